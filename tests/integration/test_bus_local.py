"""What is peculiar to the bus in a file: where its wake-up sockets hang, and that its broadcast log stays small."""

from __future__ import annotations

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from chassis.bus import BusUnavailable, Queue
from chassis.bus.local.bell import bell_directory
from chassis.bus.local.journal import Journal
from tests.contract.buses import EVENT, child, drained, event, listening, numbered, opened, reading, take_one

CASES = Queue("cases", frozenset({EVENT}))


def test_the_address_is_relative_with_three_slashes_and_absolute_with_four(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for address in ("local:///var/bus.db", f"local:///{tmp_path}/other/bus.db"):
        with opened(address, CASES):
            pass
    assert (tmp_path / "var" / "bus.db").exists()
    assert (tmp_path / "other" / "bus.db").exists()


def test_a_new_file_that_somebody_else_is_making_is_opened_when_they_are_done(tmp_path: Path) -> None:
    """SQLite refuses to change how such a file is written without waiting, whatever it is told."""
    with closing(sqlite3.connect(tmp_path / "bus.db", isolation_level=None, check_same_thread=False)) as other:
        other.execute("CREATE TABLE theirs (id)")
        other.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor(1) as thread:
            opening = thread.submit(Journal, tmp_path / "bus.db", durable=True)
            with pytest.raises(TimeoutError):
                opening.result(timeout=0.3)
            other.execute("COMMIT")
            opening.result(timeout=10).close()


def test_readers_are_woken_where_the_path_is_too_long_for_a_socket(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 20) / ("longer" * 20)
    address = f"local:///{folder}/bus.db"
    with opened(address, CASES) as bus, reading(bus, CASES.name) as consumer, child("publish", address, 5) as other:
        take_one(consumer)
        other.says()
    elsewhere = bell_directory(folder / "bus.db")
    assert folder not in elsewhere.parents
    elsewhere.rmdir()


def test_a_dead_process_leaves_no_socket_behind() -> None:
    with TemporaryDirectory() as short:  # a long path would move the sockets elsewhere
        leave_no_socket_behind(Path(short))


def leave_no_socket_behind(tmp_path: Path) -> None:
    address = f"local:///{tmp_path}/bus.db"
    with opened(address, CASES) as bus:
        bus.publish([event()])
        with child("hold", address, CASES.name, 1) as other:
            other.says()
            assert len(list((tmp_path / "bus.db.bells").iterdir())) == 1
        bus.publish([event()])
        assert list((tmp_path / "bus.db.bells").iterdir()) == []


def test_the_broadcast_log_stays_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chassis.bus.local.BROADCASTS_KEPT", 50)
    with opened(f"local:///{tmp_path}/bus.db", CASES) as bus, listening(bus, EVENT) as heard:
        for _ in range(10):
            bus.publish(numbered(20))
    with sqlite3.connect(tmp_path / "bus.db") as file:
        assert file.execute("SELECT count(*) FROM broadcast").fetchone() == (50,)
    file.close()
    assert heard


def test_a_file_somebody_else_has_locked_is_waited_for_and_then_reported(tmp_path: Path) -> None:
    with opened(f"local:///{tmp_path}/bus.db", CASES) as bus, reading(bus, CASES.name) as consumer:
        bus.publish(sent := numbered(2))
        first, second = consumer.receive(2, 5.0)
        other = sqlite3.connect(tmp_path / "bus.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        with pytest.raises(BusUnavailable, match="locked"):
            bus.publish([event()], timeout_s=0.3)
        assert time.monotonic() - started < 3
        other.execute("ROLLBACK")
        other.close()
        consumer.ack([first, second])
        bus.publish([sent[0]])
        assert drained(bus, CASES.name) == [sent[0]]


def test_what_could_not_be_acknowledged_is_delivered_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chassis.bus.local.consumer._TURN_S", 0.1)
    with opened(f"local:///{tmp_path}/bus.db", CASES) as bus, reading(bus, CASES.name) as consumer:
        bus.publish([sent := event()])
        delivery = take_one(consumer)
        other = sqlite3.connect(tmp_path / "bus.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        consumer.ack([delivery])
        other.execute("ROLLBACK")
        other.close()
        assert take_one(consumer).message == sent
