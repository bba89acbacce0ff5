"""Reading: on SQLite it waits for no writer and holds none up, and who watches a case is on record while they read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from chassis.database import Database, Tx
from chassis.statements import Sql
from services.intake import watching
from services.intake.domain.contacts import NewContact, Sender
from services.intake.store import cases
from services.intake.tables import metadata
from services.intake.use_cases import casework, receiving
from services.intake.use_cases.casework import Reader
from tests.integration.databases import Clock, opened

READER = Reader("kim", "WatchCase", "상담 답변")
ADD = Sql("INSERT INTO citizen (id, person_id, created_at) VALUES (:id, :id, 0)")
COUNT = Sql("SELECT count(*) FROM citizen")


@pytest.fixture
def database(database_address: str, clock: Clock) -> Iterator[Database]:
    with opened(database_address, "intake", metadata, clock) as found:
        yield found


def add(tx: Tx, citizen: str) -> None:
    tx.execute(ADD, {"id": citizen})


def count(tx: Tx) -> int:
    return int(tx.execute(COUNT).scalar_one())


def test_what_is_written_while_somebody_reads_waits_for_nobody_and_is_read_by_the_next(database: Database) -> None:
    def read_while_writing(tx: Tx) -> int:
        before = count(tx)
        database.run(add, "citizen")
        return before

    assert database.read(read_while_writing) == 0
    assert database.read(count) == 1


def test_reading_does_not_wait_while_another_process_has_the_turn_to_write(tmp_path: Path, clock: Clock) -> None:
    with (
        opened(f"sqlite:///{tmp_path}/{{service}}.db", "intake", metadata, clock) as database,
        closing(sqlite3.connect(tmp_path / "intake.db", isolation_level=None)) as other,
    ):
        database.run(add, "before")
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO citizen (id, person_id, created_at) VALUES ('during', 'during', 0)")
        assert database.read(count) == 1
        other.execute("COMMIT")
        assert database.read(count) == 2


def test_a_read_that_would_change_something_is_refused_on_sqlite(tmp_path: Path, clock: Clock) -> None:
    with opened(f"sqlite:///{tmp_path}/{{service}}.db", "intake", metadata, clock) as database:
        with pytest.raises(sa.exc.OperationalError, match="readonly"):
            database.read(add, "citizen")
        assert database.read(count) == 0


def write(database: Database, citizen: str = "citizen") -> str:
    """A citizen writes; returns the case."""
    number = database.read(lambda tx: tx.execute(Sql("SELECT count(*) FROM contact")).scalar_one())
    new = NewContact("web", "text", f"m{number}", Sender("account", citizen), text="안녕하세요")
    return database.run(receiving.receive_contact, new, lambda parked: parked).case_id


def on_record(database: Database) -> list[tuple[str, str, str]]:
    """Who read which case, and why."""
    rows = database.read(casework.list_audit, "", "", "", 100)
    return [(row.actor, row.case_id, why) for row, why in rows]


def test_a_stream_is_on_record_from_its_first_read_and_again_while_it_reads_on(
    database: Database, clock: Clock
) -> None:
    case_id = write(database)
    row = (READER.subject, case_id, READER.purpose)
    watch = watching.Watch(database, case_id, READER)
    assert [sequence for sequence, _ in watch.read(0)] == [1]
    assert on_record(database) == [row]
    for _ in range(3):
        clock.pass_by(watching.AUDIT_HOLDS.total_seconds() / 4)
        write(database)
        watch.read(1)
    assert on_record(database) == [row]
    clock.pass_by(watching.AUDIT_HOLDS.total_seconds() / 4)
    assert len(watch.read(1)) == 3
    assert on_record(database) == [row] * 2


def test_every_stream_is_on_record_by_itself_and_one_that_read_nothing_is_not(database: Database, clock: Clock) -> None:
    case_id = write(database)
    first = watching.Watch(database, case_id, READER)
    first.read(0)
    second = watching.Watch(database, case_id, Reader("lee", "WatchCase", "감독"))
    assert second.read(1) == []
    assert len(on_record(database)) == 1
    write(database)
    assert [told.texts["text"] for _, told in second.read(1)] == ["안녕하세요"]
    assert sorted(on_record(database)) == sorted([("kim", case_id, READER.purpose), ("lee", case_id, "감독")])


def test_no_read_of_a_stream_goes_unrecorded_when_its_row_could_not_be_stored(database: Database, clock: Clock) -> None:
    case_id = write(database)
    watch = watching.Watch(database, case_id, READER)
    database.run(lambda tx: tx.execute(Sql("ALTER TABLE audit RENAME TO away")))
    with pytest.raises(sa.exc.DBAPIError):
        watch.read(0)
    database.run(lambda tx: tx.execute(Sql("ALTER TABLE away RENAME TO audit")))
    assert database.read(cases.entries, case_id)
    watch.read(0)
    assert len(on_record(database)) == 1
