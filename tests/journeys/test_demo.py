"""The demonstration as its users start it: the sample goes through, everything stays up, Ctrl-C ends all of it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.hub import ROOT
from tests.servers.machine import free_port
from tests.waiting import eventually

pytestmark = pytest.mark.slow

SAMPLE_S = 200.0
"""Seconds on a quiet machine; far more where many tests run at once."""


@contextmanager
def demonstration(folder: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """``python -m demo`` on free ports; ended at the end."""
    names = ("HTTP", "GRPC", "WORKER")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("HUB120_")},
        **{f"HUB120_{name}_ADDRESS": f"127.0.0.1:{free_port()}" for name in names},
        "HUB120_DATA_DIR": str(folder),
    }
    with (folder.parent / "told.txt").open("w") as told:
        running = subprocess.Popen(
            [sys.executable, "-m", "demo", *options],
            env=environment, cwd=ROOT, stdout=told, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
    try:
        yield running
    finally:
        if running.poll() is None:
            running.send_signal(signal.SIGTERM)
        try:
            running.wait(30)
        finally:
            running.kill()


def row(told: str, name: str) -> list[str]:
    """The cells of a row of the table."""
    found = re.search(rf"{name}\s+(.*)", told)
    assert found, told
    return found[1].split()


def below(pid: int) -> set[int]:
    """Every process that this one started, and theirs."""
    children = {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}
    return children | {one for child in children for one in below(child)}


def alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_the_sample_loses_and_doubles_nothing(tmp_path: Path) -> None:
    with demonstration(tmp_path / "data", "--exit", "--contacts", "60", "--seed", "7") as running:
        code = running.wait(SAMPLE_S)
    told = (tmp_path / "told.txt").read_text()
    assert code == 0, told
    cells = row(told, "합계 Total")
    assert cells[:4] == ["61"] * 4, told  # sent, accepted, offered, answered: with the call
    assert cells[-2:] == ["0", "0"], told  # lost, duplicated
    told_of = "Earthquake: 3 notices, 12 messages and 3 calls to 5 people in 4 languages"
    assert told_of in told, told
    assert "Check-in: 3 calls in vain or to her daughter, 1 visit, 1 need, 1 referred, 1 helped" in told, told
    for line, count in {"전화 Call": "1", "통역 Partner": "3", "기계 Machine": "2"}.items():
        cells = row(told, line)
        assert (cells[:4], cells[-2:]) == ([count] * 4, ["0", "0"]), told


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are found in /proc")
def test_it_stays_up_until_ctrl_c_and_leaves_no_process_behind(tmp_path: Path) -> None:
    with demonstration(tmp_path / "data", "--contacts", "5") as running:
        told = tmp_path / "told.txt"
        eventually(lambda: "Ctrl-C" in told.read_text() or running.poll() is not None, SAMPLE_S, "the addresses")
        started = below(running.pid)
        assert len(started) == 9, told.read_text()  # six providers, the agents, the hub's api and its worker
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 0, told.read_text()
    eventually(lambda: not any(map(alive, started)), what="every process having ended")


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "letters.txt").write_text("mine")
    with demonstration(data, "--exit", "--contacts", "1") as running:
        assert running.wait(60) == 1
    assert (data / "letters.txt").read_text() == "mine"
    assert "HUB120_DATA_DIR" in (tmp_path / "told.txt").read_text()
