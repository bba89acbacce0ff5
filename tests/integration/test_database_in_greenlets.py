"""SQLite in a process that eventlet has monkey-patched: who waits for a transaction's turn lets others run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
_TWO_GREENLETS = """
import eventlet
eventlet.monkey_patch()
import sys, time
from pathlib import Path
from chassis.crypto import Keyring
from chassis.database import Database

folder = Path(sys.argv[1])
database = Database(f"sqlite:///{folder}/{{service}}.db", "intake", Keyring.create(folder / "keyring.json"))
order = []

def hold(tx):
    eventlet.sleep(0.2)  # as the relay waits for the bus
    order.append("held")

def follow(tx):
    order.append("followed")

started = time.monotonic()
first = eventlet.spawn(database.run, hold)
eventlet.sleep(0.05)
second = eventlet.spawn(database.run, follow)
first.wait(), second.wait()
assert order == ["held", "followed"], order
assert time.monotonic() - started < 3, "the greenlet that waited stopped the one it waited for"
"""


def test_a_greenlet_that_waits_for_its_turn_does_not_stop_the_one_whose_turn_it_is(tmp_path: Path) -> None:
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-W", "ignore", "-c", _TWO_GREENLETS, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
