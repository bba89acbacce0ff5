"""Leases on both databases: one holder at a time, and nobody stores by a lease that is not theirs any more."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from chassis import leases
from chassis.database import Database, Tx
from chassis.outbox import outbox_table
from tests.integration.databases import Clock, opened

NAME, FOR_S = "listener.radio", 15.0
metadata = sa.MetaData()
leases.lease_table(metadata)
outbox_table(metadata)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def database(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Database]:
    address = f"sqlite:///{tmp_path}/test.db"
    if request.param == "postgresql":
        address = request.getfixturevalue("postgres_address")
    with opened(address, "intake", metadata, clock) as database:
        yield database


def take(database: Database, holder: str) -> str | None:
    return database.run(leases.take, NAME, holder, FOR_S)


def move(database: Database, holder: str, cursor: str | None) -> bool:
    return database.run(leases.move, NAME, holder, cursor)


def test_the_first_gets_it_with_an_empty_cursor_and_the_second_does_not(database: Database) -> None:
    assert take(database, "one") == ""
    assert take(database, "two") is None


def test_its_holder_prolongs_it_for_as_long_as_it_lives(database: Database, clock: Clock) -> None:
    take(database, "one")
    for _ in range(5):
        clock.pass_by(FOR_S - 1)
        assert take(database, "one") == ""
        assert take(database, "two") is None


def test_another_takes_it_where_the_last_holder_came_to_once_it_ran_out(database: Database, clock: Clock) -> None:
    take(database, "one")
    assert move(database, "one", "message 7")
    clock.pass_by(FOR_S - 1)
    assert take(database, "two") is None
    clock.pass_by(1)
    assert take(database, "two") == "message 7"


def test_another_takes_it_at_once_when_it_was_given_up(database: Database) -> None:
    take(database, "one")
    move(database, "one", "message 7")
    database.run(leases.give_up, NAME, "one")
    assert take(database, "two") == "message 7"


def test_only_its_holder_gives_it_up(database: Database) -> None:
    take(database, "one")
    database.run(leases.give_up, NAME, "two")
    assert take(database, "two") is None


def test_who_lost_it_moves_nothing(database: Database, clock: Clock) -> None:
    take(database, "one")
    move(database, "one", "message 7")
    clock.pass_by(FOR_S)
    assert not move(database, "one", "message 8")
    assert not move(database, "one", None)
    take(database, "two")
    assert not move(database, "one", "message 8")
    assert take(database, "two") == "message 7"


def test_a_move_without_a_cursor_leaves_it_where_it_is(database: Database) -> None:
    take(database, "one")
    move(database, "one", "message 7")
    assert move(database, "one", None)
    assert take(database, "one") == "message 7"


def test_a_move_that_is_rolled_back_moved_nothing(database: Database) -> None:
    take(database, "one")

    def failing(tx: Tx) -> None:
        assert leases.move(tx, NAME, "one", "message 8")
        raise ValueError("what was heard could not be stored")

    with pytest.raises(ValueError, match="could not be stored"):
        database.run(failing)
    assert take(database, "one") == ""


def test_of_many_who_ask_at_once_one_gets_it(database: Database, clock: Clock) -> None:
    for turn in range(5):
        got: list[str] = []

        def ask(holder: str, got: list[str] = got) -> None:
            if take(database, holder) is not None:
                got.append(holder)

        asking = [threading.Thread(target=ask, args=(f"{turn}-{number}",)) for number in range(8)]
        for one in asking:
            one.start()
        for one in asking:
            one.join()
        assert len(got) == 1
        clock.pass_by(FOR_S)


def test_a_lease_that_is_being_moved_is_not_taken_before_the_move_is_stored(database: Database, clock: Clock) -> None:
    take(database, "one")
    moved, taken = threading.Event(), []

    def slow(tx: Tx) -> None:
        assert leases.move(tx, NAME, "one", "message 8")
        moved.set()
        clock.pass_by(FOR_S)
        other.join(0.3)  # it waits for this transaction

    def wait_and_take() -> None:
        moved.wait()
        taken.append(take(database, "two"))

    other = threading.Thread(target=wait_and_take)
    other.start()
    database.run(slow)
    other.join()
    assert taken == ["message 8"]
