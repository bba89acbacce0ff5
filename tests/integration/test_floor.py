"""The floor on real SQLite and PostgreSQL: a day counted by hand, and everything else a supervisor asks for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any

import pytest

from chassis.database import Database
from services.routing.domain.floor import ALIKE, DAY_S, Clock, Group
from services.routing.domain.staffing import Target
from services.routing.store import offers
from services.routing.store.floor import Period
from services.routing.tables import metadata
from services.routing.use_cases import desk, floor, matching
from services.routing.use_cases.floor import Performance, Supposed, starts_at
from tests.integration import databases
from tests.integration.databases import emptied, opened
from tests.integration.floor_book import Book, at
from tests.integration.routing_floor import TERMS, queue, ready

COUNTS = Clock(within_s=20, short_s=5, returns_s=7 * DAY_S)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def opened_once(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with ExitStack() as ends:
        address = f"sqlite:///{tmp_path_factory.mktemp('floor')}/{{service}}.db"
        if request.param == "postgresql":
            spares = request.getfixturevalue("spares")
            address = ends.enter_context(spares.lent(request.getfixturevalue("postgres_server")))
        yield ends.enter_context(opened(address, "routing", metadata, databases.Clock()))


@pytest.fixture
def clock(opened_once: Database) -> databases.Clock:
    """Nine in the morning of the day after the one that is counted."""
    found = opened_once.clock
    assert isinstance(found, databases.Clock)
    found.now = datetime(2026, 5, 4, 0, tzinfo=UTC)
    return found


@pytest.fixture
def database(opened_once: Database, clock: databases.Clock) -> Database:
    emptied(opened_once, metadata)
    return opened_once


DAY = Period(at(0), at(0, day=4))


@pytest.fixture
def book(database: Database) -> Book:
    return Book(database)


def performance(book: Book, group: Group = Group.NONE, period: Period = DAY) -> dict[Any, Performance]:
    return {one.key: one for one in book.read(floor.read_performance, period, group, COUNTS)}


def a_day(book: Book) -> None:
    """Ten work items: four in time, two late, one left at once, one in time, one late, one is withdrawn."""
    for wait in (2, 4, 10, 20):
        book.work(at(9), wait=wait, talk=100, wrap_up=20)
    book.work(at(9, 30), wait=60, talk=200, wrap_up=40, channel="web", cost=25, medium="text")
    book.work(at(23, 59), wait=120, talk=300, wrap_up=0, agent_id="lee", topic="snow")  # into the next day
    book.work(at(9), gone=4.9)
    book.work(at(9), gone=15)
    book.work(at(9), gone=21)
    book.work(at(9, 59, 59), gone=5, state="cancelled")
    book.work(at(0, day=4), wait=1, talk=1, wrap_up=1)  # the next day
    book.work(at(23, 59, 59, day=2), wait=1, talk=1, wrap_up=1)  # the day before


def test_a_day_is_counted_as_by_hand(book: Book) -> None:
    a_day(book)
    (found,) = performance(book).values()
    day = found.handled
    assert (day.offered, day.answered, day.answered_in_time) == (10, 6, 4)
    assert (day.abandoned, day.abandoned_in_time, day.abandoned_short) == (2, 1, 1)
    assert (day.withdrawn, day.waiting, day.done) == (1, 0, 6)
    assert day.service_level == 4 / 6
    assert day.service_level_2 == 5 / 8
    assert day.abandonment == 2 / 8
    assert day.average_wait_s == pytest.approx((2 + 4 + 10 + 20 + 60 + 120) / 6)
    assert (day.wait_p50, day.wait_p90, day.wait_p99) == pytest.approx((10, 120, 120))
    assert day.average_talk_s == pytest.approx((4 * 100 + 200 + 300) / 6)
    assert day.average_wrap_up_s == pytest.approx((4 * 20 + 40) / 6)
    assert day.average_handle_s == pytest.approx(1020 / 6)


def test_another_time_to_answer_counts_another_service_level(book: Book) -> None:
    a_day(book)
    (found,) = book.read(floor.read_performance, DAY, Group.NONE, Clock(within_s=60, short_s=0))
    assert (found.handled.service_level, found.handled.abandoned, found.handled.abandoned_short) == (5 / 6, 3, 0)


@pytest.mark.parametrize(
    ("group", "offered"),
    [
        (Group.CHANNEL, {"phone": 9, "web": 1}),
        (Group.LANGUAGE, {"ko": 10}),
        (Group.TOPIC, {"waste": 9, "snow": 1}),
        (Group.AGENT, {"": 4, "kim": 5, "lee": 1}),
    ],
)
def test_a_day_is_told_apart_by_what_is_asked(book: Book, group: Group, offered: dict[str, int]) -> None:
    a_day(book)
    assert {key: one.handled.offered for key, one in performance(book, group).items()} == offered


def test_percentiles_are_those_of_each_group(book: Book) -> None:
    for wait in range(1, 101):
        book.work(at(9), wait=wait, channel="phone")
        book.work(at(9), wait=2 * wait, channel="web")
    found = {key: one.handled for key, one in performance(book, Group.CHANNEL).items()}
    assert (found["phone"].wait_p50, found["phone"].wait_p90, found["phone"].wait_p99) == pytest.approx((50, 90, 99))
    long = found["web"].wait_p50, found["web"].wait_p90, found["web"].wait_p99
    assert long == pytest.approx((100, 180, 198), rel=ALIKE)


def test_hours_and_days_are_those_of_seoul(book: Book) -> None:
    for queued_at in (at(23, 30, day=2), at(23, 59, 59.9, day=2), at(0), at(0, 59, 59), at(1)):
        book.work(queued_at)
    long = Period(at(12, day=2), at(12))
    by_hour = performance(book, Group.HOUR, long)
    assert {starts_at(Group.HOUR, key): one.handled.offered for key, one in by_hour.items()} == {
        **{at(23, day=2): 2, at(0): 2, at(1): 1}
    }
    by_day = performance(book, Group.DAY, long)
    assert {starts_at(Group.DAY, key): one.handled.offered for key, one in by_day.items()} == {
        at(0, day=2): 2,
        at(0): 3,
    }


def test_occupancy_is_busy_over_ready_time_by_agent_hour_and_day(book: Book) -> None:
    book.agent("kim", (at(23, day=2), "ready"), (at(1), "paused"), (at(1, 30), "ready"), (at(2), "offline"))
    book.agent("lee", (at(0), "ready"))
    book.agent("never")
    book.work(at(23, 50, day=2), wait=0, talk=1800, wrap_up=0)  # 20 minutes of it in the day's first hour
    book.work(at(1, 40), wait=0, talk=600, wrap_up=600, agent_id="lee", cost=50)
    book.work(at(1, 50), wait=600, agent_id="lee", cost=25)  # still in hand at the end
    short = Period(at(0), at(3))
    each = {key: one.occupancy for key, one in performance(book, Group.AGENT, short).items()}
    assert each == pytest.approx({"kim": 20 / 90, "lee": (0.5 * 20 + 0.25 * 60) / 180})
    hours = {starts_at(Group.HOUR, key): one.occupancy for key, one in performance(book, Group.HOUR, short).items()}
    assert hours == pytest.approx({at(0): 20 / 120, at(1): 10 / 90, at(2): 15 / 60})
    assert performance(book, Group.NONE, short)[""].occupancy == pytest.approx(45 / 270)
    (day,) = performance(book, Group.DAY, short).values()
    assert day.occupancy == pytest.approx(45 / 270)
    assert performance(book, Group.CHANNEL, short)["phone"].occupancy is None


def test_first_contact_resolution_asks_whether_the_citizen_came_back(book: Book, clock: databases.Clock) -> None:
    clock.now = datetime(2026, 5, 20, tzinfo=UTC)
    closing = at(10)
    for citizen in ("helped", "back in time", "back late", "before"):
        book.close(book.work(at(9), wait=1, talk=1, wrap_up=1, citizen_id=citizen), closing)
    for citizen, back in (("back in time", at(10, 1)), ("back late", at(10, 1, day=10)), ("before", at(9, 30))):
        for _ in range(2):
            book.run(floor.note_return, citizen, back)
    book.run(floor.note_return, "back in time", at(10, 1, day=20))
    book.run(floor.note_return, "", at(11))
    for _ in range(2):
        twice = book.work(at(9), wait=1, talk=1, wrap_up=1, case_id="twice", citizen_id="twice")
    book.close(twice, closing)
    book.close(twice, closing)
    found = performance(book)[""].outcomes
    assert (found.closed, found.closed_at_first_contact, found.closed_lately) == (5, 3, 0)
    assert found.first_contact_resolution == 3 / 5
    clock.now = datetime(2026, 5, 9, tzinfo=UTC)
    assert performance(book)[""].outcomes.closed_lately == 3
    assert performance(book, Group.AGENT)["kim"].outcomes.closed == 5


def test_satisfaction_counts_once_a_case_whichever_comes_first(book: Book) -> None:
    cases = [book.work(at(9), wait=1, talk=1, wrap_up=1) for _ in range(4)]
    for case_id, score in zip(cases, (5, 4, 3, 5), strict=True):
        book.run(floor.note_satisfaction, case_id, score, at(11))
    book.close(cases[0], at(10))
    book.run(floor.note_satisfaction, cases[3], 1, at(12))
    book.run(floor.note_satisfaction, cases[3], 1, at(12))
    book.run(floor.note_satisfaction, cases[3], 6, at(12))
    book.run(floor.note_satisfaction, "never routed", 5, at(12))
    found = performance(book)[""].outcomes
    assert (found.scores, found.satisfied, found.average_score) == (4, 2, 13 / 4)
    assert found.closed == 1


def test_work_that_went_from_one_agent_to_another_is_a_transfer(book: Book) -> None:
    book.work(at(9), wait=5, transfers=2)
    book.work(at(9), wait=5)
    assert performance(book)[""].handled.transfers == 2


def test_the_floor_shows_queues_agents_and_offers(book: Book, clock: databases.Clock) -> None:
    now = clock().timestamp()
    book.agent("kim", (now - 60, "ready"), load=100)
    book.agent("lee", (now - 60, "ready"))
    book.agent("park", (now - 60, "paused"), presence_reason="lunch", load=25)
    book.agent("tran", (now - 60, "ready"), language="vi", load=100)
    book.work(now - 30, state="offered", agent_id="lee", id="first")
    book.work(now - 10, id="second")
    book.work(now - 20, language="vi", priority_class="safety", id="third")
    book.work(now - 5, language="th", id="fourth")
    book.work(now - 600, wait=3, talk=170, wrap_up=20)
    times = {"offered_at": now - 8, "expires_at": now + 20}
    book.put("offer", id="o1", work_item_id="first", agent_id="lee", state="pending", **times)
    found = book.read(floor.read_floor, COUNTS)
    queues = [(one.row.language, one.row.priority_class, one.row.waiting, one.row.offered) for one in found.queues]
    assert queues == [("ko", "normal", 2, 1), ("vi", "safety", 1, 0), ("th", "normal", 1, 0)]
    assert [one.oldest for one in found.queues] == ["first", "third", "fourth"]
    assert [one.agents for one in found.queues] == [2, 1, 0]
    assert [one.expected_wait_s for one in found.queues] == pytest.approx([190.0, 380.0, None])
    agents = [(row.presence, row.reason, row.agents, row.busy) for row in found.agents]
    assert agents == [("paused", "lunch", 1, 1), ("ready", "", 3, 2)]
    assert found.occupancy == pytest.approx(200 / 300)
    assert (found.offers.outstanding, found.offers.oldest_at) == (1, pytest.approx(now - 8))
    assert found.last_hour.service_level == 1.0
    clock.pass_by(1)
    assert book.read(floor.read_floor, COUNTS) == found


def test_an_empty_floor_has_no_queue_no_occupancy_and_no_level(book: Book) -> None:
    found = book.read(floor.read_floor, COUNTS)
    assert (list(found.queues), list(found.agents), found.occupancy, found.offers.outstanding) == ([], [], None, 0)
    assert found.last_hour.service_level is None
    assert performance(book) == {}


def test_topics_are_held_against_the_same_hour_of_the_days_before(book: Book, clock: databases.Clock) -> None:
    clock.now = datetime(2026, 5, 3, 15, 20, tzinfo=UTC)  # twenty past midnight in Seoul
    now = clock().timestamp()
    for number in range(12):
        book.work(now - 3599 + number, topic="gas")
        book.work(now - 60 - number % 7 * DAY_S, topic="waste")
    book.work(now - 1, topic="")
    for _ in range(9):
        book.work(now - 3 * DAY_S + 1, topic="gas")  # another hour
    book.work(now - 2 * DAY_S - 60, topic="gas")
    found = book.read(floor.list_topics, 6, 2)
    assert [(one.topic, one.count, one.usual, one.trending) for one in found] == [
        *(("gas", 12, 1 / 6, True), ("waste", 2, 10 / 6, False))
    ]
    assert [one.topic for one in book.read(floor.list_topics, 6, 3)] == ["gas"]


def test_staffing_looks_at_the_same_half_hours_of_the_last_weeks(book: Book) -> None:
    week = 7 * DAY_S
    for back in (1, 2):
        for number in range(153):
            book.work(at(23, 30, number * 11, day=4) - back * week, wait=5, talk=150, wrap_up=30)
    book.work(at(0, 10, day=5) - week, wait=5, talk=150, wrap_up=30, medium="text", cost=25)
    tonight = Period(at(23, 30, day=4), at(0, 30, day=5))
    before, after = book.read(floor.read_staffing, tonight, Target(), 2, "")
    assert (before.starts_at, after.starts_at) == (at(23, 30, day=4), at(0, day=5))
    assert (before.load.per_hour, before.load.aht_s, before.service.agents) == pytest.approx((306, 180, 19))
    assert (after.load.per_hour, after.load.aht_s, after.service.agents) == pytest.approx((1, 45, 1))
    assert book.read(floor.read_staffing, tonight, Target(), 2, "voice")[1].load.per_hour == 0


def test_what_if_takes_from_the_last_hour_what_is_not_supposed(book: Book, clock: databases.Clock) -> None:
    now = clock().timestamp()
    for name in ("kim", "lee"):
        book.agent(name, (now - 60, "ready"))
    for number in range(20):
        book.work(now - 10 - number, wait=1, talk=60, wrap_up=30)
    nothing = Supposed(None, 1.0, None, None, Target(), patience_s=120, lasts_s=3600)
    found = book.read(floor.suppose, nothing)
    assert (found.load.per_hour, found.load.aht_s, found.service.agents) == pytest.approx((20, 90, 2))
    supposed = Supposed(306, 5.0, 180.0, 19, Target(), patience_s=120, lasts_s=3600)
    assert book.read(floor.suppose, supposed).agents_needed == 83


def test_first_contact_resolution_is_told_apart_where_an_article_was_the_answer(
    book: Book, clock: databases.Clock
) -> None:
    clock.now = datetime(2026, 5, 20, tzinfo=UTC)
    for case, citizen in (("a", "stays"), ("b", "back"), ("c", "unmarked"), ("d", "taken back")):
        book.work(at(9), wait=1, talk=1, wrap_up=1, case_id=case, citizen_id=citizen)
    for case, answered, marked_at in (
        *(("a", True, at(9)), ("a", False, at(8)), ("b", True, at(9))),
        *(("d", True, at(9)), ("d", False, at(9, 1)), ("nobody", True, at(9))),
    ):
        book.run(floor.note_answered, case, marked_at, answered=answered)
    assert performance(book)[""].outcomes.closed == 0
    for case in "abcd":
        book.run(floor.note_closed, case)
    book.run(floor.note_return, "back", clock().timestamp() + 60)
    clock.pass_by(120)
    (found,) = performance(book, period=Period(at(9), clock().timestamp())).values()
    outcomes = found.outcomes
    assert (outcomes.closed, outcomes.closed_with_answer) == (4, 2), "the later word of d, and none of nobody"
    assert outcomes.first_contact_resolution_with_answer == 1 / 2
    assert outcomes.first_contact_resolution == 3 / 4


def test_what_agents_do_at_their_desks_is_what_is_counted(
    book: Book, database: Database, clock: databases.Clock
) -> None:
    ready(database, "kim", chats=4)
    queue(database, clock, "c1", citizen_id="p1")
    (offer,) = database.run(offers.pending_of, "kim")
    clock.pass_by(12)
    item = database.run(desk.accept_offer, offer.id, "kim")
    clock.pass_by(100)
    database.run(desk.start_wrap_up, item.id, "kim")
    clock.pass_by(30)
    database.run(desk.finish_work, item.id, "kim", close_case=True, terms=TERMS)
    queue(database, clock, "c2", citizen_id="p2")
    clock.pass_by(58)
    database.run(matching.cancel_work, "c2")
    (found,) = book.read(floor.read_performance, Period(at(9, day=4), at(10, day=4)), Group.NONE, COUNTS)
    day = found.handled
    assert (day.offered, day.answered, day.withdrawn, day.waiting) == (2, 1, 1, 0)
    assert (day.average_wait_s, day.average_talk_s, day.average_wrap_up_s) == pytest.approx((12, 100, 30))
    assert (found.outcomes.closed, found.outcomes.closed_at_first_contact) == (1, 1)
    assert found.occupancy == pytest.approx(130 / 200 * 0.25)
