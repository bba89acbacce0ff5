"""The rota, use case by use case, on real SQLite and PostgreSQL: who writes what, and swaps from request to rota."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

import pytest

from chassis.database import Database
from chassis.errors import NotFound, PermissionDenied, PreconditionFailed
from services.routing.domain.duty import Duty, Gap
from services.routing.domain.explaining import Ineligibility
from services.routing.domain.rota import Group, Membership, Override, OverrideKind, Shift
from services.routing.domain.swaps import ConcernKind, SwapState
from services.routing.store import rota as store
from services.routing.tables import metadata
from services.routing.use_cases import desk, explaining, matching, rota, swaps
from services.routing.use_cases.swaps import Told
from tests.integration.databases import Clock, opened
from tests.integration.routing_floor import OFFER_S, TERMS, agent, new_work, offered, ready, rows
from tests.rotas import LONG_AGO, SEOUL, SIGN_DESK, at, three_shifts


@pytest.fixture
def database(database_address: str, clock: Clock) -> Iterator[Database]:
    """With the rota that everybody can picture, on Tuesday, 10 March 2026, at noon."""
    clock.now = datetime(2026, 3, 10, 12, tzinfo=SEOUL)
    with opened(database_address, "routing", metadata, clock) as found:
        plan = three_shifts()
        for team in (*plan.teams, SIGN_DESK.team):
            found.run(rota.put_team, team)
        for shift in (*plan.shifts, *SIGN_DESK.shifts):
            found.run(rota.put_shift, shift)
        for member in plan.memberships:
            found.run(desk.put_agent, agent(member.agent_id))
            found.run(rota.put_membership, member)
        yield found


def duties(database: Database, begin: str, end: str, **of: str) -> list[Duty]:
    team_id, agent_id = of.get("team_id", ""), of.get("agent_id", "")
    return database.read(rota.list_duty, at(begin), at(end), team_id, agent_id)


def on(database: Database, moment: str) -> dict[str, list[str]]:
    """Who is on duty, team by team."""
    _, teams = database.read(rota.who_is_on, at(moment), "")
    return {team.team_id: [duty.agent_id for duty in team.on] for team in teams if team.on}


def test_what_is_stored_is_read_as_it_was_written(database: Database) -> None:
    for shift in (Shift("x", "day", "새벽", 1380, 1440, frozenset({"MO"}), from_day=LONG_AGO, minimum=3),):
        database.run(rota.put_shift, shift)
        assert shift in database.read(store.shifts)
    group = Group("g", "day", ("x", "off", "night"), date(2026, 3, 1))
    database.run(rota.put_group, group)
    assert database.read(store.groups) == (group,)
    assert SIGN_DESK.team in database.read(store.teams)
    plan = three_shifts()
    assert database.read(store.list_memberships, "", ("", "", ""), 10) == list(plan.memberships)
    assert database.read(store.list_memberships, "day", ("choi", LONG_AGO.isoformat(), "day"), 10) == [
        plan.memberships[1]
    ]


def test_who_is_on_now_and_who_is_next(database: Database) -> None:
    moment, teams = database.read(rota.who_is_on, None, "")
    assert moment == at("2026-03-10 12:00")
    told = {team.team_id: ([one.agent_id for one in team.on], team.next, team.open) for team in teams}
    assert told["day"][0] == ["choi", "kim"]
    assert {one.start for one in told["day"][1]} == {at("2026-03-11 09:00")}
    assert [(one.agent_id, one.start) for one in told["night"][1]] == [("park", at("2026-03-10 23:00"))]
    assert told["sign"] == ([], [], True)
    with pytest.raises(NotFound):
        database.read(rota.who_is_on, None, "nowhere")


def test_who_is_next_is_found_over_a_long_weekend(database: Database) -> None:
    database.run(desk.put_agent, agent("jung"))
    database.run(rota.put_membership, Membership("jung", "sign", LONG_AGO))
    _, (sign,) = database.read(rota.who_is_on, at("2025-10-02 18:00"), "sign")
    assert (sign.open, sign.on) == (False, [])
    assert [(one.agent_id, one.start) for one in sign.next] == [("jung", at("2025-10-10 09:00"))]


def test_work_for_a_closed_desk_waits_for_its_hours(database: Database, clock: Clock) -> None:
    clock.now = datetime(2026, 2, 17, 12, tzinfo=SEOUL)
    ready(database, "signer", skills=("sign-language",), capacity=100)
    assert (database.run(rota.close_desks), database.run(rota.close_desks)) == (True, False)
    database.run(matching.enqueue, replace(new_work("c1", clock, medium="video"), skills=("sign-language",)), TERMS)
    assert database.run(matching.match_waiting, OFFER_S) == 0
    (waiting,) = rows(database, "SELECT id FROM work_item")
    (now,) = database.run(explaining.explain, waiting["id"]).decisions
    assert now.sorted.ineligible == {(Ineligibility.CLOSED, "skill:sign-language"): ["signer"]}
    assert database.read(rota.closed_skills, at("2026-02-17 12:00")) == {"sign-language": at("2026-02-19 09:00")}
    database.run(rota.put_calendar_day, date(2026, 2, 17), "sign", "설날 근무", holiday=False)
    assert database.run(rota.close_desks)
    database.run(matching.match_waiting, OFFER_S)
    assert offered(database, "signer") == ["c1"]


def test_the_centres_own_days_stand_beside_the_public_ones_and_can_be_taken_back(database: Database) -> None:
    day, seollal = date(2026, 3, 11), date(2026, 2, 17)
    database.run(rota.put_calendar_day, day, "", "개소 기념일", holiday=True)
    database.run(rota.put_calendar_day, seollal, "", "설날 근무", holiday=False)
    found = database.read(rota.list_holidays, 2026)
    assert [(one.name_ko, one.observed, one.own) for one in found if one.day in (day, seollal)] == [
        ("설날", False, False),
        ("설날 근무", False, True),
        ("개소 기념일", True, True),
    ]
    for _ in range(2):
        database.run(store.remove_day, day, "")
    assert day not in {one.day for one in database.read(rota.list_holidays, 2026)}


def test_nobody_belongs_to_two_teams_on_one_day(database: Database) -> None:
    with pytest.raises(PreconditionFailed, match="member of day") as refused:
        database.run(rota.put_membership, Membership("kim", "night", date(2026, 4, 1)))
    assert refused.value.reason == "MEMBER_ELSEWHERE"
    database.run(rota.put_membership, Membership("kim", "day", LONG_AGO, date(2026, 4, 1)))
    database.run(rota.put_membership, Membership("kim", "night", date(2026, 4, 1)))
    assert on(database, "2026-03-31 10:00") == {"day": ["choi", "kim"]}
    assert on(database, "2026-04-01 23:30") == {"night": ["kim", "park"]}


def test_what_names_something_unknown_is_refused(database: Database) -> None:
    shift = Shift("x", "nowhere", "없음", 0, 60)
    with pytest.raises(NotFound):
        database.run(rota.put_shift, shift)
    for group in (Group("g", "nowhere", ("day",), LONG_AGO), Group("g", "day", ("nothing",), LONG_AGO)):
        with pytest.raises(NotFound):
            database.run(rota.put_group, group)
    for agent_id, team_id, group_id in (("nobody", "day", ""), ("kim", "nowhere", ""), ("kim", "day", "nothing")):
        with pytest.raises(NotFound):
            database.run(rota.put_membership, Membership(agent_id, team_id, LONG_AGO, group_id=group_id))
    with pytest.raises(NotFound):
        database.run(rota.put_override, away("nobody", "2026-03-10 09:00", "2026-03-10 18:00"), "")


def away(agent_id: str, start: str, end: str, kind: OverrideKind = OverrideKind.OFF, *, team_id: str = "") -> Override:
    return Override(str(uuid4()), kind, agent_id, at(start), at(end), team_id)


def test_an_override_can_be_put_twice_changed_and_removed_and_its_reason_is_sealed(database: Database) -> None:
    leave = away("kim", "2026-03-10 09:00", "2026-03-10 18:00")
    for _ in range(2):
        row, reason, found = database.run(rota.put_override, leave, "병가 900101-1234567")
        assert (row.id, reason, found) == (leave.id, "병가 900101-*******", [])
    assert on(database, "2026-03-10 12:00") == {"day": ["choi"]}
    (row, _), *others = database.read(rota.list_overrides, at("2026-03-10 00:00"), at("2026-03-11 00:00"))
    assert others == []
    assert "병가".encode() not in bytes(row.reason)
    assert [(gap.team_id, gap.on_duty, gap.minimum) for gap in _gaps(database)] == [("day", 1, 2)]
    for _ in range(2):
        database.run(rota.remove_override, leave.id)
    assert on(database, "2026-03-10 12:00") == {"day": ["choi", "kim"]}
    assert _gaps(database) == []


def _gaps(database: Database) -> list[Gap]:
    return database.read(rota.list_gaps, at("2026-03-10 09:00"), at("2026-03-11 09:00"), "")


def test_a_duty_too_many_is_stored_and_called_unwise(database: Database) -> None:
    extra = away("park", "2026-03-10 18:00", "2026-03-10 23:00", OverrideKind.ON, team_id="evening")
    _, _, found = database.run(rota.put_override, extra, "")
    assert {one.kind for one in found} == {ConcernKind.SHORT_REST, ConcernKind.LONG_WEEK}
    assert on(database, "2026-03-10 20:00") == {"evening": ["lee", "park"]}


NEXT_DAY, NEXT_EVENING = at("2026-03-11 09:00"), at("2026-03-11 18:00")


def asked(database: Database, to_agent_id: str = "lee", take: float | None = NEXT_EVENING) -> Told:
    """Kim offers tomorrow's day shift for an evening."""
    return database.run(swaps.request_swap, "kim", to_agent_id, NEXT_DAY, take, "병원 예약")


def answered(database: Database, swap_id: str, answer: SwapState, by: str, *, supervises: bool = False) -> str:
    told = database.run(swaps.answer_swap, swap_id, answer, by, supervises=supervises)
    return str(told.row.state)


def approved(database: Database, swap_id: str, *, force: bool = False) -> Told:
    return database.run(swaps.approve_swap, swap_id, "chief", force=force)


def refusal(database: Database, use_case: object, *arguments: object, **more: object) -> str:
    with pytest.raises(PreconditionFailed) as refused:
        database.run(use_case, *arguments, **more)  # type: ignore[arg-type]
    return refused.value.reason


def test_a_swap_is_asked_for_accepted_approved_and_then_on_the_rota_and_can_be_undone(database: Database) -> None:
    told = asked(database)
    assert (told.row.state, told.reason, told.row.expires_at) == ("requested", "병원 예약", NEXT_DAY)
    assert asked(database).row.id == told.row.id
    for _ in range(2):
        assert answered(database, told.row.id, SwapState.ACCEPTED, "lee") == "accepted"
    assert on(database, "2026-03-11 10:00") == {"day": ["choi", "kim"]}
    for _ in range(2):
        assert approved(database, told.row.id, force=True).row.state == "approved"
    assert on(database, "2026-03-11 10:00") == {"day": ["choi", "lee"]}
    assert on(database, "2026-03-11 20:00") == {"evening": ["kim"]}
    assert on(database, "2026-03-12 10:00") == {"day": ["choi", "kim"]}
    ((row, _),) = database.read(rota.list_overrides, NEXT_DAY, NEXT_DAY + 1)
    assert row.swap_id == told.row.id
    changed = away("kim", "2026-03-11 09:00", "2026-03-11 18:00")
    mine = Override(row.id, changed.kind, changed.agent_id, changed.start, changed.end)
    assert refusal(database, rota.put_override, mine, "") == "MADE_BY_SWAP"
    database.run(rota.remove_override, row.id)
    assert on(database, "2026-03-11 20:00") == {"evening": ["lee"]}


def test_a_short_rest_needs_a_supervisor_who_forces_it(database: Database) -> None:
    told = asked(database)
    kinds = {(one.kind, one.agent_id) for one in told.concerns}
    assert (ConcernKind.SHORT_REST, "lee") in kinds
    answered(database, told.row.id, SwapState.ACCEPTED, "lee")
    assert refusal(database, swaps.approve_swap, told.row.id, "chief", force=False) == "SHORT_REST"
    assert database.read(swaps.list_swaps, [SwapState.ACCEPTED], "", "", 9)[0].row.id == told.row.id
    forced = approved(database, told.row.id, force=True)
    assert ConcernKind.SHORT_REST in {one.kind for one in forced.concerns}


def test_nobody_is_booked_twice_not_even_by_force(database: Database) -> None:
    assert refusal(database, swaps.request_swap, "kim", "choi", NEXT_DAY, None, "") == "DOUBLE_BOOKING"
    told = asked(database, take=None)
    answered(database, told.row.id, SwapState.ACCEPTED, "lee")
    busy = away("lee", "2026-03-11 12:00", "2026-03-11 13:00", OverrideKind.ON, team_id="evening")
    database.run(rota.put_override, busy, "")
    assert refusal(database, swaps.approve_swap, told.row.id, "chief", force=True) == "DOUBLE_BOOKING"


def test_a_swap_of_a_duty_that_is_gone_is_refused(database: Database) -> None:
    assert refusal(database, swaps.request_swap, "kim", "lee", NEXT_DAY + 60, None, "") == "NOT_ON_DUTY"
    told = asked(database)
    answered(database, told.row.id, SwapState.ACCEPTED, "lee")
    database.run(rota.put_override, away("kim", "2026-03-11 09:00", "2026-03-11 18:00"), "")
    assert refusal(database, swaps.approve_swap, told.row.id, "chief", force=True) == "NOT_ON_DUTY"


def test_a_duty_is_in_one_open_swap_at_most(database: Database) -> None:
    told = asked(database)
    assert refusal(database, swaps.request_swap, "kim", "park", NEXT_DAY, None, "") == "SWAP_OPEN"
    assert refusal(database, swaps.request_swap, "lee", "park", NEXT_EVENING, None, "") == "SWAP_OPEN"
    assert answered(database, told.row.id, SwapState.WITHDRAWN, "kim") == "withdrawn"
    assert asked(database, take=None).row.id != told.row.id


def test_only_those_concerned_answer_and_a_supervisor_may_decline(database: Database) -> None:
    swap_id = asked(database).row.id
    with pytest.raises(NotFound):
        answered(database, swap_id, SwapState.DECLINED, "park")
    for answer, by in ((SwapState.ACCEPTED, "kim"), (SwapState.WITHDRAWN, "lee"), (SwapState.DECLINED, "kim")):
        with pytest.raises(PermissionDenied):
            answered(database, swap_id, answer, by)
    with pytest.raises(PermissionDenied):
        answered(database, swap_id, SwapState.ACCEPTED, "chief", supervises=True)
    assert refusal(database, swaps.approve_swap, swap_id, "chief", force=True) == "MOVE_NOT_ALLOWED"
    answered(database, swap_id, SwapState.ACCEPTED, "lee")
    assert answered(database, swap_id, SwapState.DECLINED, "chief", supervises=True) == "declined"
    assert refusal(database, swaps.answer_swap, swap_id, SwapState.ACCEPTED, "lee", supervises=False) == (
        "MOVE_NOT_ALLOWED"
    )


def test_a_swap_that_nobody_approved_in_time_expires(database: Database, clock: Clock) -> None:
    swap_id = asked(database).row.id
    clock.now = datetime.fromtimestamp(NEXT_DAY, SEOUL)
    refused = refusal(database, swaps.answer_swap, swap_id, SwapState.ACCEPTED, "lee", supervises=False)
    assert refused == "SWAP_EXPIRED"
    assert [database.run(swaps.expire_swaps) for _ in range(2)] == [1, 0]
    (found,) = database.read(swaps.list_swaps, list(SwapState), "lee", "", 9)
    assert found.row.state == "expired"
    assert refusal(database, swaps.request_swap, "kim", "lee", NEXT_DAY, None, "") == "SWAP_EXPIRED"


def test_of_two_swaps_approved_at_once_that_exclude_each_other_one_is_refused(database: Database) -> None:
    """Choi and Kim both give tomorrow's day shift to Lee."""
    swap_ids = []
    for agent_id in ("choi", "kim"):
        told = database.run(swaps.request_swap, agent_id, "lee", NEXT_DAY, None, "")
        answered(database, told.row.id, SwapState.ACCEPTED, "lee")
        swap_ids.append(told.row.id)

    def approve(swap_id: str) -> str:
        try:
            return str(approved(database, swap_id, force=True).row.state)
        except PreconditionFailed as refused:
            return refused.reason

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(approve, swap_ids)) == ["DOUBLE_BOOKING", "approved"]
    assert len(rows(database, "SELECT id FROM rota_override")) == 1
