"""Transactions on both databases: what is put off is done, what goes wrong undoes all, a connection is clean after."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from hub120.intake.v1 import events_pb2

from chassis.database import Database, Tx
from chassis.outbox import outbox_table
from chassis.statements import Rows, Sql
from tests.integration.databases import Clock, opened

ROOT = Path(__file__).parents[2]
metadata = sa.MetaData()
pot = sa.Table("pot", metadata, sa.Column("name", sa.Text, primary_key=True), sa.Column("beans", sa.Integer))
outbox_table(metadata)

ADD = Sql("INSERT INTO pot (name, beans) VALUES (:name, :beans)")
MORE = Sql("UPDATE pot SET beans = beans + :beans WHERE name = :name")
ALL = Sql("SELECT * FROM pot ORDER BY name")
NO_SUCH = Sql("UPDATE pot SET peas = 1")


@pytest.fixture
def database(database_address: str, clock: Clock) -> Iterator[Database]:
    with opened(database_address, "pots", metadata, clock) as found:
        yield found


def pots(database: Database) -> dict[str, int]:
    return {row.name: row.beans for row in database.run(lambda tx: tx.execute(ALL))}


def test_what_was_put_off_is_done_before_the_next_look_and_before_the_commit(database: Database) -> None:
    def use_case(tx: Tx) -> list[int]:
        tx.later(ADD, {"name": "red", "beans": 1})
        tx.later(MORE, {"name": "red", "beans": 2})
        seen = [row.beans for row in tx.execute(ALL)]
        tx.later(MORE, {"name": "red", "beans": 70_000})
        return seen

    assert database.run(use_case) == [3]
    assert pots(database) == {"red": 70_003}


def test_what_is_planned_once_is_so_until_the_transaction_ends(database: Database) -> None:
    if database.engine.dialect.name == "sqlite":
        return
    mode = Sql("SHOW plan_cache_mode")

    def use_case(tx: Tx) -> list[str]:
        before = tx.execute(mode).scalar_one()
        tx.plans_once()
        tx.plans_once()
        return [before, tx.execute(mode).scalar_one()]

    for _ in range(2):
        assert database.run(use_case) == ["auto", "force_generic_plan"]


def test_who_is_told_rows_may_put_off_more_and_tell_it_to_everyone(database: Database) -> None:
    def use_case(tx: Tx) -> list[str]:
        order: list[str] = []

        def seen(rows: Rows) -> None:
            order.append(f"red {rows.one().beans}")
            tx.later(MORE, {"name": "red", "beans": 1})
            tx.emit(events_pb2.CaseClosed(case_id="red"), subject="s")

        tx.later(ADD, {"name": "red", "beans": 5})
        tx.later(ALL, then=seen)
        tx.later(ADD, {"name": "blue", "beans": 1}, lambda _: order.append("blue"))
        return order

    assert database.run(use_case) == ["red 5", "blue"]
    assert pots(database) == {"red": 6, "blue": 1}
    assert database.run(lambda tx: tx.execute(Sql("SELECT count(*) FROM outbox")).scalar_one()) == 1


def test_what_goes_wrong_with_the_commit_undoes_everything_and_leaves_nothing_behind(database: Database) -> None:
    def use_case(tx: Tx) -> None:
        tx.later(ADD, {"name": "red", "beans": 1})
        tx.later(NO_SUCH)

    for _ in range(3):
        with pytest.raises(sa.exc.DBAPIError):
            database.run(use_case)
    assert pots(database) == {}


def test_a_use_case_that_raises_undoes_what_was_done_and_what_was_put_off(database: Database) -> None:
    def use_case(tx: Tx) -> None:
        tx.execute(ADD, {"name": "red", "beans": 1})
        tx.later(ADD, {"name": "blue", "beans": 1})
        raise LookupError

    with pytest.raises(LookupError):
        database.run(use_case)
    assert pots(database) == {}


def test_many_messages_lie_in_the_outbox_in_the_order_in_which_they_were_told(database: Database) -> None:
    def use_case(tx: Tx) -> list[str]:
        for number in range(50):
            tx.emit(events_pb2.CaseClosed(case_id=str(number)), subject="s")
        return [message.id for message in tx.outgoing]

    told = database.run(use_case)
    stored = database.run(lambda tx: tx.execute(Sql("SELECT id FROM outbox ORDER BY seq")).scalars())
    assert stored == told


def test_a_table_may_be_altered_while_its_statements_are_prepared(database: Database) -> None:
    database.run(lambda tx: tx.execute(ADD, {"name": "red", "beans": 1}))
    assert pots(database) == {"red": 1}
    with database.engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE pot ADD COLUMN colour text"))
    assert pots(database) == {"red": 1}


_INTERRUPTED = """
import eventlet
eventlet.monkey_patch()
import sys
from pathlib import Path
from chassis import greenlets, postgres
from chassis.crypto import Keyring
from chassis.database import Database
from chassis.statements import Sql

postgres.Waiting.wait = staticmethod(greenlets.wait)
database = Database(sys.argv[1], "pots", Keyring.generate(), pool_size=1)
turns = []

def count():
    while True:
        turns.append(1)
        eventlet.sleep(0.01)

eventlet.spawn(count)
try:
    with eventlet.Timeout(0.3):
        database.run(lambda tx: tx.execute(Sql("SELECT pg_sleep(20)")))
except eventlet.Timeout:
    pass
assert len(turns) > 5, "other greenlets stood still"
big = Sql("SELECT length(:text) AS found")
assert database.run(lambda tx: tx.execute(big, {"text": "x" * 3_000_000}).scalar_one()) == 3_000_000
"""


@pytest.mark.servers
def test_an_interrupted_wait_spoils_its_connection_and_no_other(postgres_address: str) -> None:
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-W", "ignore", "-c", _INTERRUPTED, postgres_address]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
