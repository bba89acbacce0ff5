"""The capacity question: asked before anybody is sent, without a word about them; answered by a form or a call; and
shown, with its age, to whoever proposes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import grpc
import pytest
from hub120.referral.v1 import agency_service_pb2 as agencies
from hub120.referral.v1 import capacity_pb2, capacity_service_pb2, capacity_service_pb2_grpc
from hub120.referral.v1 import capacity_service_pb2 as pb

from chassis import event_loop, grpc_host
from chassis.database import Database
from chassis.errors import InvalidArgument, NotFound, PreconditionFailed
from chassis.settings import Settings
from services.referral.domain.capacity import Age, Answer, Question, Room, described, faults
from services.referral.domain.dispatches import Errand
from services.referral.domain.referrals import ReferralState
from services.referral.grpc_api.agencies import AgencyApi
from services.referral.grpc_api.capacity import CapacityApi
from services.referral.tables import metadata
from services.referral.use_cases import capacity
from services.referral.use_cases.loading import ToPartner
from tests.integration.agency_browser import Browser, on
from tests.integration.databases import Clock, shared
from tests.integration.grpc_calls import answering, code_of, details
from tests.integration.referral_desk import ADDRESS, CASE, DETAILS, SECOND, SUMMARY, Desk
from tests.integration.routing_floor import rows

both, clock, database = shared("referral", metadata)
SHELTER = Question("shelter", "41111", Age.FROM_35, urgent=True)
DAY_S = 86_400.0


@pytest.fixture
def desk(database: Database, clock: Clock) -> Desk:
    found = Desk(database, clock, second="email")
    found.propose(need="shelter")
    return found


def asked(desk: Desk) -> ToPartner:
    """What left for the agency."""
    (journey,) = desk.carry()
    desk.arrives(journey.dispatch_id)
    assert isinstance(journey.load, ToPartner)
    return journey.load


def path_of(load: ToPartner) -> str:
    (path,) = re.findall(r"https://hub\.example(/\S+)", load.letter.text)
    return str(path)


def last(desk: Desk, need: str = "shelter") -> tuple[str, int] | None:
    row = desk.database.read(capacity.last, desk.organization_id, need, 7)
    return None if row is None else (row.room, row.weeks)


def test_what_leaves_holds_nothing_of_the_person_and_needs_no_consent(desk: Desk) -> None:
    planted = [*DETAILS.values(), SUMMARY, CASE, desk.referral_id, desk.row.number, "821012345678"]
    calls, words = desk.asks_room(SHELTER)
    assert not calls
    load = asked(desk)
    assert load.address == ADDRESS
    assert "잘 곳, 경기도 수원시, 35~64세, 긴급" in load.letter.text
    shown: list[str] = []

    async def visit(browser: Callable[[], Browser]) -> None:
        phone = browser()
        shown.append(await phone.get(path_of(load)))
        shown.append(await phone.post(path_of(load), room="nothing"))

    on(desk.database, visit)
    kept = rows(desk.database, "SELECT need, area, age, urgent, organization_id FROM capacity_question")
    told = [one for one in desk.told if "Capacity" in type(one).__name__]
    left = f"{load} {words} {shown} {kept} {told}"
    assert [one for one in planted if one in left] == []
    assert desk.stands() is ReferralState.PROPOSED


def test_an_agency_answers_once_and_the_agent_who_waits_sees_it(desk: Desk) -> None:
    desk.asks_room(SHELTER)
    load = asked(desk)

    async def visit(browser: Callable[[], Browser]) -> None:
        phone = browser()
        shown = await phone.get(path_of(load))
        missing = await phone.press(shown, "보내기")
        assert "답변을 골라 주세요" in missing
        assert phone.seen[-1].status == 400
        await phone.post(path_of(load), room="room", key="guessed")
        assert last(desk) is None
        assert "답변을 받았습니다" in await phone.press(shown, "보내기", room="waiting_list", weeks="6")
        assert "답변을 받았습니다" in await phone.press(shown, "보내기", room="room")
        assert "Your answer is here" in await phone.get(path_of(load) + "?lang=en")
        await phone.get("/agency/capacity/nothing")
        assert phone.seen[-1].status == 404

    on(desk.database, visit)
    assert last(desk) == ("waiting_list", 6)
    (entry,) = [one for one in desk.entries() if one.kind == "capacity_told"]
    assert (entry.actor, entry.reason) == ("agency", "waiting_list")


def test_a_question_is_asked_once_until_it_is_answered_or_too_old(desk: Desk, clock: Clock) -> None:
    for _ in range(2):
        desk.asks_room(SHELTER)
    desk.asks_room(Question("food"))
    assert len(desk.dispatches(Errand.CAPACITY)) == 2
    first, lost = desk.carry()
    desk.arrives(lost.dispatch_id, "failed")
    for _ in range(2):
        desk.asks_room(Question("food"))
    assert len(desk.dispatches(Errand.CAPACITY)) == 3, "what did not arrive is asked again"
    clock.pass_by(8 * DAY_S)
    assert isinstance(first.load, ToPartner)

    async def visit(browser: Callable[[], Browser]) -> None:
        assert "답변 기간이 지났습니다" in await browser().get(path_of(first.load))  # type: ignore[arg-type]

    on(desk.database, visit)
    desk.asks_room(SHELTER)
    assert len(desk.dispatches(Errand.CAPACITY)) == 4


def test_one_that_has_not_left_when_the_referral_is_called_off_does_not_leave(desk: Desk) -> None:
    desk.asks_room(SHELTER)
    desk.withdraw()
    assert desk.carry() == []
    assert [one.state for one in desk.dispatches(Errand.CAPACITY)] == ["stopped"]
    with pytest.raises(PreconditionFailed, match="need not be asked"):
        desk.asks_room(SHELTER)


def test_whom_nobody_writes_to_is_called_and_a_system_is_not_asked(desk: Desk) -> None:
    desk.agency("telephone")
    calls, words = desk.asks_room(SHELTER)
    assert calls
    assert "잘 곳" in words
    desk.agency("connector", connector="gyeonggi")
    with pytest.raises(PreconditionFailed) as refused:
        desk.asks_room(SHELTER)
    assert refused.value.reason == "CAPACITY_NOT_ASKED"
    desk.agency("connector", connector="gyeonggi", second="email")
    assert not desk.asks_room(SHELTER)[0]
    assert asked(desk).address == SECOND


def test_what_was_said_counts_for_its_need_and_for_its_time(desk: Desk, clock: Clock) -> None:
    organization = desk.organization_id
    for room in (Room.ROOM, Room.NO_ROOM):
        desk.run(capacity.report, organization, "shelter", Answer(room), "kim")
    assert (last(desk), last(desk, "food")) == (("no_room", 0), None)
    clock.pass_by(DAY_S)
    desk.run(capacity.report, organization, "", Answer(Room.ASSESSMENT), "kim")
    assert (last(desk), last(desk, "food")) == (("assessment", 0), ("assessment", 0))
    clock.pass_by(6 * DAY_S)
    assert [counts for _, counts in desk.database.read(capacity.listed, [organization], 7)] == [True, False]
    clock.pass_by(DAY_S)
    assert last(desk) is None
    with pytest.raises(InvalidArgument):
        desk.run(capacity.report, organization, "김영희", Answer(Room.ROOM), "kim")
    with pytest.raises(NotFound):
        desk.run(capacity.report, "nobody", "", Answer(Room.ROOM), "kim")


@pytest.mark.parametrize(
    ("question", "field"),
    [
        (Question("김영희"), "need"),
        (Question("01012345678"), "need"),
        (Question("잘 곳"), "need"),
        (Question("shelter", "4111110300"), "area"),
        (Question("shelter", "수원시"), "area"),
        (Question("shelter", "제주"), "area"),
        (Question("shelter", "KR"), "area"),
        (Question("shelter", "41 "), "area"),
        (Question("shelter", "99"), "area"),
    ],
)
def test_what_is_no_code_is_not_asked_for_it_may_be_a_name(question: Question, field: str) -> None:
    assert [name for name, _ in faults(question)] == [field]


def test_a_question_is_described_in_both_languages() -> None:
    assert described(SHELTER, "en", "경기도 수원시") == "A place to sleep, 경기도 수원시, 35 to 64, urgent"
    assert described(Question("food"), "ko", "") == "먹을 것"


def test_agents_ask_report_and_see_it_through_the_contract(desk: Desk, tmp_path: Path) -> None:
    async def main() -> None:
        api = CapacityApi(desk.database, 7)
        service = grpc_host.implemented(capacity_service_pb2, capacity_service_pb2_grpc, api)
        async with answering(tmp_path, service) as (channel, issuer):
            stub = capacity_service_pb2_grpc.CapacityServiceStub(channel)  # type: ignore[no-untyped-call]

            def call(method: str, role: str = "agent", **request: Any) -> Any:
                metadata = [("authorization", f"Bearer {issuer.issue('kim', [role], 60)}")]
                return getattr(stub, method)(getattr(pb, f"{method}Request")(**request), metadata=metadata, timeout=20)

            agency = {"organization_id": desk.organization_id}
            said = await call("ReportCapacity", room=capacity_pb2.CAPACITY_ROOM_NO_ROOM, **agency)
            assert said.capacity.counts
            assert list((await call("ListCapacity", **agency)).capacities) == [said.capacity]
            words = (await call("AskCapacity", referral_id=desk.referral_id, need="shelter", area="41")).words
            assert "잘 곳, 경기도" in words
            wrong = await details(call("ReportCapacity", room=capacity_pb2.CAPACITY_ROOM_ROOM, weeks=3, **agency))
            assert [one.field for one in wrong["BadRequest"].field_violations] == ["weeks"]
            denied = await code_of(call("AskCapacity", "auditor", referral_id=desk.referral_id, need="shelter"))
            assert denied is grpc.StatusCode.PERMISSION_DENIED
            shown = await AgencyApi(Settings(), desk.database).GetAgency(agencies.GetAgencyRequest(**agency), None)
            assert list(shown.agency.capacities) == [said.capacity]

    event_loop.run(main())
