"""The tests of the connector host once more, in a process that eventlet has monkey-patched, as workers are."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
_PATCHED = """
import sys
import eventlet
eventlet.monkey_patch()
import pytest
sys.exit(pytest.main(sys.argv[1:]))
"""
_OPTIONS = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-W", "ignore::DeprecationWarning"]


_SUITES = [
    "tests/unit/test_connector_host.py",
    "tests/unit/test_connector_configuration.py",
    "tests/integration/test_connector_process.py",
]


def test_the_host_keeps_its_promises_in_greenlets_too() -> None:
    environ = {**os.environ, "HUB120_TEST_RUNNER": "greenlets"}
    command = [sys.executable, "-c", _PATCHED, *_OPTIONS, "--timeout=0", *_SUITES]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
