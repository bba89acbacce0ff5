"""A small day of a centre in simulated time, on both databases: every promise holds, and a broken one is found."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from bench.day.centres import GYEONGGI, smaller
from bench.day.database import day_database
from bench.day.measures import measured
from bench.day.promises import Record, broken_over_the_day, misexplained
from bench.day.simulation import Day, Outcome
from bench.day.timeline import Timeline
from chassis.database import Database
from services.routing.domain.offers import OfferState
from services.routing.domain.work import WorkState
from tests.integration.routing_crowd import drawn_seed

SMALL = smaller(GYEONGGI, 200, 3, 1, 1)
"""So few agents that work waits."""
SEED = 7


def replay(address: str, seed: int) -> Iterator[tuple[Database, Outcome]]:
    timeline = Timeline()
    with day_database(address, timeline) as database:
        yield database, Day(database, timeline, SMALL, seed, looks=6).run()


def decided(database: Database) -> list[tuple[str, str, float]]:
    """Who took what, and when."""
    items = Record.read(database).work.values()
    return sorted((item.case_id, item.agent_id or "", item.assigned_at or 0.0) for item in items)


def test_every_promise_holds_over_a_small_day(database_address: str) -> None:
    seed = drawn_seed()
    for database, outcome in replay(database_address, seed):
        record = Record.read(database)
        assert outcome.broken == []
        assert broken_over_the_day(record, outcome.sent, SMALL.offer_s) == []
        assert misexplained(database, record, 40, seed) == []
        assert sum(outcome.sent.values()) >= SMALL.contacts
        day = measured(database, record)
        assert len(day.all.answered) + len(day.all.abandoned) == len(record.work)
        assert 0 < day.calls.service_level <= 1
        assert 0 < day.occupancy <= 1


def test_the_same_seed_brings_the_same_day(small_day: tuple[Database, Outcome]) -> None:
    for database, _ in replay("", SEED):
        assert decided(database) == decided(small_day[0])


@pytest.mark.parametrize(
    ("tampered", "found"),
    [
        ("UPDATE offer SET ended_at = ended_at + 5000 WHERE state = 'accepted'", "did not end in its time"),
        ("UPDATE offer SET ended_at = ended_at + 5000 WHERE state = 'declined'", "at once"),
        ("UPDATE work_item SET ended_at = ended_at + 5000 WHERE medium = 'voice'", " of 100 at "),
        ("UPDATE work_item SET state = 'wrapping' WHERE id = (SELECT max(id) FROM work_item)", "in the end"),
        ("UPDATE work_item SET contact_count = contact_count + 1", "are counted"),
        ("UPDATE work_item SET rank = rank + 1", "has lost its place"),
        ("UPDATE offer SET state = 'accepted' WHERE state = 'declined'", "was accepted twice"),
    ],
)
def test_a_broken_promise_is_found(small_day: tuple[Database, Outcome], tampered: str, found: str) -> None:
    database, outcome = small_day
    with database.engine.connect() as connection:
        before = list(connection.execute(sa.text("SELECT * FROM work_item")))
        assert before
        connection.execute(sa.text(tampered))
        items = {item.id: item for item in connection.execute(sa.text("SELECT * FROM work_item")).all()}
        offers = connection.execute(sa.text("SELECT * FROM offer ORDER BY offered_at, id")).all()
        connection.rollback()
    capacities = Record.read(database).capacities
    broken = broken_over_the_day(Record(items, offers, capacities), outcome.sent, SMALL.offer_s)
    assert any(found in one for one in broken), broken[:3]


@pytest.fixture(scope="module")
def small_day() -> Iterator[tuple[Database, Outcome]]:
    yield from replay("", SEED)


def waited(name: str, queued_at: float, asked_at: float) -> tuple[SimpleNamespace, SimpleNamespace]:
    """Work that was queued, and the offer that ended its wait."""
    item = SimpleNamespace(
        id=name, case_id=name, state=WorkState.DONE, kind="25 language:ko", cost=25, priority_class="normal",
        rank=queued_at, queued_at=queued_at, ended_at=asked_at + 60, plan="usual", steps="", preferred_agent_id=None,
        agent_id="kim", contact_count=1,
    )  # fmt: skip
    offer = SimpleNamespace(
        id=f"offer of {name}", work_item_id=name, agent_id="kim", state=OfferState.ACCEPTED, offered_at=asked_at,
        ended_at=asked_at + 1,
    )  # fmt: skip
    return item, offer


def test_who_is_overtaken_is_found() -> None:
    older, its_offer = waited("older", 1000.0, 1200.0)
    newer, other_offer = waited("newer", 1050.0, 1100.0)
    record = Record({"older": older, "newer": newer}, [other_offer, its_offer], {"kim": 100})
    found = broken_over_the_day(record, {"older": 1, "newer": 1}, 30.0)
    assert found == ["kim was asked for newer while older had waited longer"]
