"""The servers that tests run against: a test has its own part of them, and a private one keeps its data over a kill."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import kombu
import psycopg
import pytest
import sqlalchemy as sa

from tests import servers
from tests.servers import rabbitmq, shared
from tests.servers.machine import free_port
from tests.servers.postgres import plain
from tests.servers.spares import Spares
from tests.waiting import eventually


def test_nobody_is_told_of_a_port_that_another_was_told_of_a_moment_ago() -> None:
    told = [free_port() for _ in range(500)]
    assert len(set(told)) == len(told)


def test_a_test_has_an_empty_database_of_its_own(postgres_address: str) -> None:
    with psycopg.connect(plain(postgres_address)) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert tables == (0,)


def test_a_database_is_gone_after_its_test(postgres_server: str) -> None:
    with servers.own_database(postgres_server) as address:
        pass
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(plain(address))


def test_a_private_postgres_keeps_what_was_committed_over_kill_and_restart(
    private_postgres: Callable[[], servers.PrivatePostgres],
) -> None:
    server = private_postgres()
    with psycopg.connect(plain(server.address)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    server.kill()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(plain(server.address))
    server.start()
    server.restart()
    with psycopg.connect(plain(server.address)) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def test_a_private_rabbitmq_keeps_confirmed_messages_over_kill(
    private_rabbitmq: Callable[[], servers.PrivateRabbitmq],
) -> None:
    server = private_rabbitmq()
    queue = kombu.Queue("kept", durable=True, queue_arguments={"x-queue-type": "quorum"})
    with kombu.Connection(server.address, transport_options={"confirm_publish": True}) as connection:
        connection.Producer().publish("seven", routing_key="kept", declare=[queue], delivery_mode=2)
    server.settle()
    server.kill()
    server.start()
    with kombu.Connection(server.address) as connection:
        message = queue(connection.default_channel).get()
        assert message is not None
        assert message.payload == "seven"


def test_a_broker_that_lets_us_in_and_keeps_nothing_is_not_used(
    private_rabbitmq: Callable[[], servers.PrivateRabbitmq],
) -> None:
    server = private_rabbitmq()
    assert rabbitmq.works(server.address)
    server.control("set_vm_memory_high_watermark", "0.000001")
    assert rabbitmq.answers(server.address)
    assert not rabbitmq.works(server.address, patience_s=1)


def test_a_named_server_that_does_not_answer_is_an_error_not_a_skip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB120_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:1/none")
    with pytest.raises(servers.NotToBeHad, match="HUB120_TEST_POSTGRES"):
        shared.postgres_server()


@pytest.mark.servers
def test_a_kept_server_ends_with_the_session_that_wanted_it(tmp_path: Path) -> None:
    session = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    note = tmp_path / "kept" / "postgresql"
    note.parent.mkdir()
    command = [sys.executable, "-m", "tests.servers", "keep", "postgresql", str(note), str(session.pid)]
    with subprocess.Popen(command, cwd=shared.ROOT) as keeper:
        eventually(note.exists, 60, "a kept PostgreSQL starting")
        address = note.read_text()
        assert shared.POSTGRES.answers(address)
        session.kill()
        session.communicate()
        assert keeper.wait(timeout=30) == 0
    assert not shared.POSTGRES.answers(address)
    assert not note.parent.exists()


@pytest.mark.servers
def test_a_database_that_is_handed_on_holds_nothing_that_was_written_and_is_dropped_once_it_was_changed(
    postgres_server: str,
) -> None:
    metadata = sa.MetaData()
    sa.Table("note", metadata, sa.Column("id", sa.Integer, primary_key=True))
    spares, found = Spares(), []
    for change in (
        "INSERT INTO note VALUES (7)",
        "CREATE INDEX another ON notes.note (id)",
        "CREATE TABLE more ()",
    ):
        with spares.lent(postgres_server) as address:
            options = {"options": "-csearch_path=notes,public"}
            engine = sa.create_engine(address, poolclass=sa.NullPool, connect_args=options)
            with engine.begin() as connection:
                assert connection.execute(sa.text("SELECT to_regnamespace('notes')")).scalar_one() is None
                spare = spares.at(address)
                assert spare is not None
                spare.make_tables(connection, "notes", metadata)
                assert connection.execute(sa.text("SELECT count(*) FROM note")).scalar_one() == 0
                connection.execute(sa.text(change))
        found.append(address)
    spares.close()
    assert found[0] == found[1] != found[2]
    for address in set(found):
        with pytest.raises(psycopg.OperationalError, match="does not exist"):
            psycopg.connect(plain(address))
