"""A surge that a notice to the public declares: told twice it is one, and it ends with its notice; a supervisor's
stays."""

from __future__ import annotations

from hub120.routing.v1 import events_pb2

from chassis.database import Database
from services.routing.domain.surges import Surge
from services.routing.store import surges
from services.routing.tables import metadata
from services.routing.use_cases import surging
from tests.integration.databases import Clock, sent_by, shared

both, clock, database = shared("routing", metadata)

FIRST, SECOND = "0199e0f2-7c00-7abc-8def-0000000000aa", "0199e0f2-7c00-7abc-8def-0000000000bb"


PLACES = ("경기도 수원시", "경기도 성남시")


def now(database: Database) -> Surge:
    return database.read(surges.read)


def test_a_notice_begins_a_surge_that_ends_by_its_time_or_with_it(database: Database, clock: Clock) -> None:
    until = clock.now.timestamp() + 600
    _, sent = sent_by(database, surging.declare_for_notice, FIRST, PLACES, until)
    assert events_pb2.SurgeChanged.FromString(sent[0].body).active
    database.run(surging.declare_for_notice, FIRST, PLACES, until)
    assert (now(database).active, now(database).declared_by, now(database).until) == (True, f"notice.{FIRST}", until)
    assert now(database).texts["ko"].startswith("경기도 수원시, 경기도 성남시 재난 안내로")
    first = now(database).id
    clock.pass_by(601)
    database.run(surging.watch, 0.0, 0.0)
    assert not now(database).active
    database.run(surging.declare_for_notice, FIRST, PLACES, until)
    assert not now(database).active, "what was told too late begins nothing"
    database.run(surging.declare_for_notice, SECOND, (), clock.now.timestamp() + 600)
    assert (now(database).id != first, now(database).texts) == (True, {}), "no place was named"
    for _ in range(2):
        database.run(surging.end_for_notice, SECOND)
        assert not now(database).active


def test_the_end_of_one_notice_ends_no_surge_that_another_declared_since(database: Database, clock: Clock) -> None:
    until = clock.now.timestamp() + 600
    database.run(surging.declare_for_notice, FIRST, PLACES, until)
    database.run(surging.declare_for_notice, SECOND, (), until)
    database.run(surging.end_for_notice, FIRST)
    assert now(database).declared_by == f"notice.{SECOND}"


def test_a_supervisors_surge_stays_as_they_declared_it(database: Database, clock: Clock) -> None:
    until = clock.now.timestamp() + 600
    database.run(surging.declare, "lee", "단수", until, {"ko": "단수 안내"})
    database.run(surging.declare_for_notice, FIRST, PLACES, until + 600)
    database.run(surging.end_for_notice, FIRST)
    assert (now(database).declared_by, now(database).until, now(database).active) == ("lee", until, True)
