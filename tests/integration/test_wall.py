"""The wall on real SQLite and PostgreSQL: a day counted by hand, who waits and who is there."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hub120.routing.v1 import events_pb2
from hub120.routing.v1 import wall_service_pb2 as pb
from hub120.routing.v1 import work_pb2 as work

from chassis.database import Database, Tx
from chassis.messages import key_of
from services.routing import tables
from services.routing.domain.agents import Presence
from services.routing.domain.conference import Purpose
from services.routing.domain.floor import DAY_S, Clock
from services.routing.domain.ladders import Emergency, Target
from services.routing.domain.plans import HELD
from services.routing.domain.rota import Membership, Shift, Team
from services.routing.domain.wall import Goals
from services.routing.domain.work import PriorityClass
from services.routing.grpc_api import wall_protos
from services.routing.tables import metadata
from services.routing.use_cases import desk, matching, rota, surging, wall
from tests.integration import conference_floor
from tests.integration.databases import Clock as Time
from tests.integration.databases import shared
from tests.integration.floor_book import Book, at
from tests.integration.routing_floor import OFFER_S, TERMS, agent, new_work, queue, ready, take

COUNTS = Clock(within_s=20, short_s=5, returns_s=7 * DAY_S)
GOALS = Goals(0.8, 0.95, 0.963)
both, clock, database = shared("routing", metadata)


@pytest.fixture
def book(database: Database) -> Book:
    return Book(database)


def read(book: Book) -> pb.Wall:
    figures = book.read(wall.count_figures, COUNTS)
    return wall_protos.wall(book.read(wall.read_wall, figures), GOALS, COUNTS)


def count(found: Any) -> tuple[int, int, int]:
    return found.offered, found.answered, found.abandoned


def test_the_day_begins_at_midnight_in_seoul_and_is_told_by_channel_and_hour(book: Book, clock: Time) -> None:
    clock.now = datetime.fromtimestamp(at(10, 30, day=4), UTC)
    book.work(at(23, 59, 59, day=3), wait=1, talk=1, wrap_up=1)  # yesterday, but one of the last 24 hours
    book.work(at(10, 59, 59, day=3), wait=1, talk=1, wrap_up=1)  # before them
    book.work(at(0, day=4), wait=5, talk=100, wrap_up=10)
    book.work(at(9, day=4), wait=25, talk=100, wrap_up=10, channel="web")
    book.work(at(10, 15, day=4), gone=30, channel="web")
    book.work(at(10, 15, day=4), gone=1, channel="web")
    told = read(book)
    assert count(told.today) == (4, 2, 1)
    assert (told.today.service_level, told.today.service_level_2) == (1 / 2, 1 / 3)
    assert (told.today.average_wait.ToSeconds(), told.today.abandoned_short) == (15, 1)
    assert {one.key: count(one) for one in told.channels} == {"phone": (1, 1, 0), "web": (3, 1, 1)}
    assert count(told.last_hour) == (2, 0, 1)
    assert (len(told.hours), told.hours[-1].start_time.ToSeconds()) == (24, at(10, day=4))
    drawn = {one.start_time.ToSeconds() - at(0, day=4): count(one) for one in told.hours if one.offered}
    assert drawn == {-3600: (1, 1, 0), 0: (1, 1, 0), 9 * 3600: (1, 1, 0), 10 * 3600: (2, 0, 1)}
    assert not told.hours[0].HasField("service_level"), "nothing was answered in that hour"


def test_who_leaves_in_the_very_second_has_waited(book: Book, clock: Time) -> None:
    clock.now = datetime.fromtimestamp(at(12, day=4), UTC)
    book.work(at(9, day=4), gone=COUNTS.short_s)
    book.work(at(9, day=4), gone=COUNTS.short_s - 0.1)
    told = read(book)
    for part in (told.today, *told.channels, told.hours[-4]):
        assert (part.offered, part.abandoned, part.abandoned_short) == (2, 1, 1)


def test_how_cases_ended_stands_beside_the_goals(book: Book, clock: Time) -> None:
    clock.now = datetime.fromtimestamp(at(12, day=4), UTC)
    for number, score in enumerate((5, 2, 4, None)):
        case_id = book.work(at(9, number, day=4), wait=1, talk=1, wrap_up=1)
        book.put(
            "case_outcome", case_id=case_id, citizen_id=f"p{number}", channel="web", language="ko", topic="",
            work_items=1 if score else 2, closed_at=at(10, day=4), score=score, scored_at=score and at(11, day=4),
        )  # fmt: skip
    told = read(book)
    assert (told.today.closed, told.today.first_contact_resolution) == (4, 0.75)
    assert (told.today.scores, told.today.satisfied) == (3, 2 / 3)
    assert (told.goals.service_level, told.goals.answer_within.ToSeconds()) == (0.8, 20)
    assert (told.goals.first_contact_resolution, told.goals.satisfaction) == (0.95, 0.963)


def test_what_waits_is_told_by_queue_and_in_all_and_a_callback_for_later_does_not_wait(
    book: Book, database: Database, clock: Time
) -> None:
    began = clock().timestamp()
    queue(database, clock, "first")
    clock.pass_by(60)
    queue(database, clock, "second", language="vi", urgency=PriorityClass.LIFE_SAFETY)
    queue(database, clock, "third", language="vi", urgency=PriorityClass.LIFE_SAFETY)
    book.work(began - 5000, language="en", held_until=began + 5000, kind=f"100 {HELD} language:en")
    ready(database, "kim", languages=("vi",))
    told = read(book)
    all_ = told.waiting
    assert (all_.waiting, all_.offered, all_.later, all_.oldest_queue_time.ToSeconds()) == (3, 1, 1, began)
    assert not all_.medium
    assert [(one.language, one.waiting, one.offered, one.later) for one in told.queues] == [
        ("ko", 1, 0, 0),
        ("vi", 2, 1, 0),
        ("en", 0, 0, 1),
    ]
    assert not told.queues[-1].HasField("oldest_queue_time")
    assert [(one.language, one.agents) for one in told.languages] == [("vi", 1)]


def test_agents_are_counted_by_presence_in_all_and_by_the_team_that_is_on_shift(
    book: Book, database: Database, clock: Time
) -> None:
    clock.now = datetime.fromtimestamp(at(12, day=4), UTC)
    for name in ("kim", "lee"):
        ready(database, name, languages=("ko",))
    database.run(desk.set_presence, "lee", Presence.PAUSED, OFFER_S, "meal")
    database.run(rota.put_team, Team("day", "주간팀", "Day team"))
    database.run(rota.put_team, Team("night", "심야팀", "Night team"))
    database.run(rota.put_shift, Shift("day", "day", "주간", 540, 1080))
    database.run(rota.put_shift, Shift("night", "night", "심야", 1380, 540))
    ready(database, "park")
    for agent_id, team in (("kim", "day"), ("lee", "day"), ("park", "night")):
        database.run(rota.put_membership, Membership(agent_id, team, date(2020, 1, 1)))
    queue(database, clock, "c1")
    told = read(book)
    assert present(told.agents) == {work.PRESENCE_READY: (2, 1), work.PRESENCE_PAUSED: (1, 0)}
    day, night = told.teams
    assert (day.name_en, day.open, day.leave_time.ToSeconds()) == ("Day team", True, at(18, day=4))
    assert present(day.on_shift) == {work.PRESENCE_READY: (1, 1), work.PRESENCE_PAUSED: (1, 0)}
    assert (night.open, list(night.on_shift), night.HasField("leave_time")) == (False, [], False)
    assert (night.next_time.ToSeconds(), night.next_agents) == (at(23, day=4), 1)
    assert not {"kim", "lee", "park"} & set(str(told).replace('"', " ").split())


def present(found: Any) -> dict[int, tuple[int, int]]:
    return {one.presence: (one.agents, one.busy) for one in found}


def test_safety_calls_go_on_beside_drills_which_are_told_apart(book: Book, database: Database, clock: Time) -> None:
    began = clock().timestamp()
    cases = []
    for number, drill in enumerate((False, False, True, False)):
        call, case = f"0199e0f2-7c00-7abc-8def-0000000000f{number}", f"0199e0f2-7c00-7abc-8def-0000000000e{number}"
        floor = conference_floor.Floor(database, clock)
        floor.calls_in(call, case)
        floor.start(Target(emergency=Emergency.POLICE), case_id=case, drill=drill)
        cases.append(case)
        clock.pass_by(30)
    plain = tables.metadata.tables["conference"].update().values(purpose=Purpose.TALK.value)
    with database.engine.begin() as connection:
        connection.execute(plain.where(plain.table.c.case_id == cases.pop()))
    told = read(book)
    assert (told.safety_calls.calls, told.safety_calls.oldest_start_time.ToSeconds()) == (2, began)
    assert (told.drills.calls, told.drills.oldest_start_time.ToSeconds()) == (1, began + 60)


def test_a_surge_is_told_with_its_banner_and_without_who_declared_it(book: Book, database: Database) -> None:
    assert not read(book).surge.active
    until = at(20, day=5)
    database.run(surging.declare, "chief", "a dam", until, {"ko": "문의가 많습니다"})
    surge = read(book).surge
    assert (surge.active, surge.declared, surge.until_time.ToSeconds()) == (True, True, until)
    assert dict(surge.banner) == {"ko": "문의가 많습니다"}
    assert "chief" not in str(surge)
    database.run(surging.end)
    assert not read(book).surge.banner


def test_topics_that_rise_stand_before_those_that_are_frequent(book: Book, clock: Time) -> None:
    now, done = clock().timestamp(), {"wait": 1, "talk": 1, "wrap_up": 1}
    for topic, usual, lately in (("waste", 40, 41), ("snow", 0, 9), ("tax", 20, 18), ("rare", 1, 4)):
        for number in range(lately):
            book.work(now - 500 - number, topic=topic, **done)
        for day in range(1, 8):
            for number in range(usual):
                book.work(now - day * DAY_S - 500 - number, topic=topic, **done)
    told = read(book).topics
    assert [(one.topic, one.count, one.trending) for one in told] == [
        ("snow", 9, True),
        ("waste", 41, False),
        ("tax", 18, False),
    ]


def test_whatever_no_desk_shows_is_said_and_of_many_in_a_row_one(database: Database, clock: Time) -> None:
    told = key_of(events_pb2.FloorChanged)
    database.take_signals()

    def said() -> list[str]:
        return [one.key for one in database.take_signals()]

    database.run(desk.put_agent, agent("kim"))
    database.run(desk.set_presence, "kim", Presence.READY, OFFER_S)
    assert said() == [told, told]
    queue(database, clock, "c1")
    assert said() == [key_of(events_pb2.DeskChanged)], "the desk shows it"
    take(database, "kim")
    database.take_signals()
    database.run(two_come, clock)
    assert said() == [told]
    database.run(matching.cancel_work, "c2")
    assert said() == [told]
    database.run(desk.set_presence, "kim", Presence.PAUSED, OFFER_S, "meal", clock().timestamp() + 60)
    assert said() == [told]
    clock.pass_by(61)
    database.run(matching.return_from_pauses, OFFER_S)
    assert said() == [told]


def two_come(tx: Tx, clock: Time) -> None:
    for case_id in ("c2", "c3"):
        matching.enqueue(tx, new_work(case_id, clock), TERMS)
