"""Daily imports from 복지로, on real SQLite and PostgreSQL: begun, paused, resumed, ended, killed in the middle."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from chassis.crypto import Keyring
from chassis.database import Database
from demo.bokjiro import CENTRAL, LOCAL, Bokjiro, Manners
from demo.provider import Answer, Asked
from services.referral.domain.directory import SourceKind
from services.referral.tables import metadata
from services.referral.tables.directory import service, source
from services.referral.use_cases import importing
from tests import servers
from tests.integration.databases import Clock, opened, shared
from tests.integration.listings import imports
from tests.waiting import eventually

both, clock, database = shared("referral", metadata)

DAY_S = 86_400.0
SERVICES = 70


@pytest.fixture
def bokjiro() -> Bokjiro:
    return Bokjiro(SERVICES)


def live(database: Database) -> set[str]:
    """Keys of the services that are there."""
    query = sa.select(service.c.source_key).where(service.c.removed_at.is_(None))
    rows = database.read(lambda tx: list(tx.execute(query)))
    return {row.source_key for row in rows}


def listed(bokjiro: Bokjiro) -> set[str]:
    parts = {CENTRAL: "central", LOCAL: "local"}
    return {f"{parts[api]}/{one.id}" for api, found in bokjiro.lists.items() for one in found}


def state(database: Database) -> Any:
    return database.read(lambda tx: tx.execute(sa.select(source)).one_or_none())


def test_everything_comes_once_a_day_and_what_is_gone_leaves(
    database: Database, clock: Clock, bokjiro: Bokjiro
) -> None:
    one = imports(bokjiro.address, clock)
    one.go(database)
    assert live(database) == listed(bokjiro)
    assert len(live(database)) == SERVICES
    first, done = bokjiro.asked, state(database)
    assert (done.begun_at, done.imported_at, done.kind) == (None, clock().timestamp(), SourceKind.CONNECTOR)
    one.go(database)
    assert bokjiro.asked == first
    gone = bokjiro.lists[LOCAL][3]
    bokjiro.withdraw(gone.id)
    bokjiro.publish()
    clock.pass_by(DAY_S)
    one.go(database)
    assert live(database) == listed(bokjiro)
    assert f"local/{gone.id}" not in live(database)


def test_what_the_source_calls_unchanged_is_not_asked_for_again_and_stays(
    database: Database, clock: Clock, bokjiro: Bokjiro
) -> None:
    clock.pass_by(60 * DAY_S)  # every change lies behind
    one = imports(bokjiro.address, clock, lists="local")
    one.go(database)
    before = bokjiro.asked
    clock.pass_by(DAY_S)
    one.go(database)
    assert bokjiro.asked - before == 2
    assert len(live(database)) == len(bokjiro.lists[LOCAL])
    clock.pass_by(30 * DAY_S)
    one.go(database)
    assert bokjiro.asked - before > 2 + len(bokjiro.lists[LOCAL])


def test_what_is_called_unchanged_and_is_not_there_comes_with_its_whole_page(
    database: Database, clock: Clock, bokjiro: Bokjiro
) -> None:
    clock.pass_by(60 * DAY_S)
    one = imports(bokjiro.address, clock, lists="local")
    one.go(database)
    with database.engine.begin() as connection:
        connection.execute(service.update().where(service.c.source_key == "local/WLF00000001").values(removed_at=1.0))
    before = bokjiro.asked
    clock.pass_by(DAY_S)
    one.go(database)
    assert "local/WLF00000001" in live(database)
    assert 2 < bokjiro.asked - before < 3 + 50


def test_a_day_whose_calls_are_used_up_goes_on_the_next_day_where_it_stopped(
    database: Database, clock: Clock, bokjiro: Bokjiro
) -> None:
    bokjiro.manners = Manners(calls=62)
    one = imports(bokjiro.address, clock)
    one.go(database)
    stopped, asked = len(live(database)), bokjiro.asked
    assert 0 < stopped < SERVICES
    one.go(database)
    clock.pass_by(3_600)
    one.go(database)
    assert bokjiro.asked == asked, "it was asked although the day was over"
    bokjiro.manners = Manners()
    clock.pass_by(DAY_S)
    one.go(database)
    assert live(database) == listed(bokjiro)
    assert bokjiro.asked - asked < SERVICES + 4, "it began anew"


def test_an_outage_is_waited_for_and_nothing_is_lost(database: Database, clock: Clock, bokjiro: Bokjiro) -> None:
    bokjiro.down = True
    one = imports(bokjiro.address, clock)
    one.go(database)
    asked = bokjiro.asked
    one.go(database)
    assert bokjiro.asked == asked
    bokjiro.down = False
    clock.pass_by(10)
    one.go(database)
    assert live(database) == listed(bokjiro)


def test_bad_luck_costs_time_and_nothing_else(database: Database, clock: Clock) -> None:
    bokjiro = Bokjiro(SERVICES, manners=Manners(luck=3, slow_s=0.0))
    one = imports(bokjiro.address, clock, parallel_requests="1")
    for _ in range(40):
        one.go(database)
        clock.pass_by(600)
    assert state(database).imported_at is not None
    assert len(live(database)) >= SERVICES


class Moving(Bokjiro):
    """Its lists grow while they are read."""

    moves = False

    def answer(self, asked: Asked) -> Answer:
        if self.moves and "pageNo=2" in asked.url:
            self.publish()
        return super().answer(asked)


def test_a_list_that_moved_removes_nothing(database: Database, clock: Clock) -> None:
    bokjiro = Moving(SERVICES)
    imports(bokjiro.address, clock).go(database)
    gone = bokjiro.lists[LOCAL][-1]
    bokjiro.withdraw(gone.id)
    bokjiro.moves = True
    clock.pass_by(DAY_S)
    imports(bokjiro.address, clock).go(database)
    assert f"local/{gone.id}" in live(database)
    bokjiro.moves = False
    clock.pass_by(DAY_S)
    imports(bokjiro.address, clock).go(database)
    assert live(database) == listed(bokjiro)


def test_an_empty_list_is_a_fault_of_the_source_and_removes_nothing(
    database: Database, clock: Clock, bokjiro: Bokjiro
) -> None:
    one = imports(bokjiro.address, clock)
    one.go(database)
    bokjiro.lists = {CENTRAL: [], LOCAL: []}
    clock.pass_by(DAY_S)
    one.go(database)
    assert len(live(database)) == SERVICES


def test_an_import_begun_by_hand_is_done_at_once(database: Database, clock: Clock, bokjiro: Bokjiro) -> None:
    one = imports(bokjiro.address, clock)
    one.go(database)
    before = bokjiro.asked
    clock.pass_by(60)
    database.run(importing.begin, "bokjiro", "복지로", SourceKind.CONNECTOR, 100)
    one.go(database)
    assert bokjiro.asked > before
    assert state(database).imported_at == clock().timestamp()


def test_of_two_processes_one_imports(database: Database, clock: Clock, bokjiro: Bokjiro) -> None:
    one, other = imports(bokjiro.address, clock), imports(bokjiro.address, clock)
    one.go(database)
    before = bokjiro.asked
    clock.pass_by(DAY_S)
    bokjiro.down = True
    one.go(database)
    bokjiro.down = False
    other.go(database)
    assert bokjiro.asked == before + 1
    clock.pass_by(300)
    other.go(database)
    assert bokjiro.asked > before + 1


_PROGRAM = """
import sys
from pathlib import Path
from chassis.clock import system_clock
from chassis.crypto import Keyring
from chassis.database import Database
from tests.integration.listings import imports
database = Database(sys.argv[1], "referral", Keyring.load(Path(sys.argv[2])))
imports(sys.argv[3], system_clock, parallel_requests="1").go(database)
"""


def an_hour_later() -> datetime:
    return datetime.now(UTC) + timedelta(hours=1)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with ExitStack() as stack:
        if request.param == "sqlite":
            yield f"sqlite:///{tmp_path}/{{service}}.db"
        else:
            yield stack.enter_context(servers.own_database(request.getfixturevalue("postgres_server")))


def test_a_process_that_is_killed_in_the_middle_is_followed_by_one_that_goes_on(address: str, tmp_path: Path) -> None:
    bokjiro, keys = Bokjiro(250), tmp_path / "keys.json"
    with opened(address, "referral", metadata, an_hour_later, Keyring.create(keys)) as database:
        command = [sys.executable, "-c", _PROGRAM, address, str(keys), bokjiro.address]
        process = subprocess.Popen(command)
        try:
            eventually(lambda: len(live(database)) >= 25, what="a first page")
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
        taken, asked = len(live(database)), bokjiro.asked
        assert taken < 250, "it was done before it was killed"
        imports(bokjiro.address, an_hour_later).go(database)
        assert live(database) == listed(bokjiro)
        assert bokjiro.asked - asked <= 250 - taken + 7, "it began anew"
