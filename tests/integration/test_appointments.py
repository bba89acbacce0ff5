"""Appointments on both databases: booked once each, moved, cancelled, reminded; citizen and agency are told."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from chassis.database import Database
from chassis.errors import NotFound, PreconditionFailed
from chassis.statements import Row, Sql
from services.referral.domain.appointments import Medium, NewSlot
from services.referral.domain.consents import Item
from services.referral.domain.deadlines import DeadlineKind, LawField
from services.referral.domain.dispatches import Errand
from services.referral.domain.referrals import Reason, ReferralState
from services.referral.store import appointments as store
from services.referral.store.legal import NewDeadline
from services.referral.tables import metadata
from services.referral.use_cases import appointments, asking, counselling, departing, packets, reporting, tending
from services.referral.use_cases.appointments import Booked
from services.referral.use_cases.loading import ToCitizen, ToDepartment, ToPartner
from tests.integration.agency_browser import Browser, on
from tests.integration.databases import Clock, shared
from tests.integration.referral_desk import Desk

both, clock, database = shared("referral", metadata)
S = ReferralState
DAY_S = 86_400.0
MONDAY = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
"""Ten in the morning in Seoul."""
TWO = datetime(2026, 11, 9, 5, 0, tzinfo=UTC).timestamp()
"""Two in the afternoon in Seoul, a week later."""


@pytest.fixture
def desk(database: Database, clock: Clock) -> Desk:
    clock.now = MONDAY
    desk = Desk(database, clock)
    desk.propose(kind="legal", law_field="lease")
    desk.consent()
    return desk


def offer(desk: Desk, *starts: float, capacity: int = 1, **more: Any) -> list[Row]:
    """The agency offers slots."""
    new = NewSlot(desk.organization_id, 30, capacity, Medium.VISIT, "수원시 영통구 법원로 1", "ko", LawField.NONE)
    found = desk.run(appointments.put_slots, replace(new, **more), starts or (TWO,), "chief", uuid4().hex)
    return list(found)


def book(desk: Desk, slot: Row, request_id: str = "b-1") -> Booked:
    """Book it for the citizen."""
    booked: Booked = desk.run(appointments.book, desk.referral_id, slot.id, "kim", request_id)
    return booked


def refused(desk: Desk, use_case: Any, *arguments: Any, **more: Any) -> str:
    """Why it is refused."""
    with pytest.raises(PreconditionFailed) as caught:
        desk.run(use_case, *arguments, **more)
    return caught.value.reason


def booked_in(desk: Desk, slot: Row) -> int:
    """How many are booked into it."""
    (found,) = desk.database.read(store.slots, [slot.id]).values()
    booked: int = found.booked
    return booked


def told(desk: Desk) -> list[str]:
    """What the citizen is told, in Korean."""
    return [one.load.texts["ko"] for one in desk.carry() if isinstance(one.load, ToCitizen)]


def test_a_slot_is_booked_moved_and_cancelled_and_the_citizen_is_told_each_time(desk: Desk) -> None:
    first, second = offer(desk, TWO, TWO + DAY_S)
    booked = book(desk, first)
    assert book(desk, first).appointment.id == booked.appointment.id
    assert (booked.row.state, booked.calls, booked_in(desk, first)) == ("consented", False, 1)
    (text,) = told(desk)
    assert "2026-11-09 14:00" in text
    assert "수원시 영통구 법원로 1" in text
    moved = desk.run(appointments.move, booked.appointment.id, second.id, "kim")
    assert (booked_in(desk, first), booked_in(desk, second)) == (0, 1)
    assert moved.appointment.remind_at == TWO
    assert "2026-11-10 14:00" in told(desk)[0]
    desk.run(appointments.move, booked.appointment.id, second.id, "kim")
    for _ in range(2):
        cancelled = desk.run(appointments.cancel, booked.appointment.id, "kim")
        assert (cancelled.appointment.state, cancelled.appointment.remind_at) == ("cancelled", None)
    assert "취소" in "".join(told(desk))
    assert booked_in(desk, second) == 0
    assert book(desk, first, "b-2").appointment.id != booked.appointment.id
    assert [row.state for row, _ in desk.database.read(appointments.listed, desk.referral_id)] == [
        "cancelled", "booked",
    ]  # fmt: skip
    happened = [kind for kind in desk.kinds() if kind in {"booked", "rebooked", "cancelled"}]
    assert happened == ["booked", "rebooked", "cancelled", "booked"]


def test_one_place_is_never_given_to_two(desk: Desk) -> None:
    (slot,) = offer(desk, capacity=3)
    ids = []
    for number in range(8):
        desk.propose(f"r-{number + 2}")
        desk.consent()
        ids.append(desk.referral_id)

    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda one: attempted(desk, slot.id, "b-1", one), ids))
    assert sorted(got) == ["SLOT_FULL"] * 5 + ["booked"] * 3
    assert booked_in(desk, slot) == 3


def test_one_referral_gets_one_appointment_and_moves_cross_without_a_knot(desk: Desk) -> None:
    one, two = offer(desk, TWO, TWO + DAY_S, capacity=4)
    mine = desk.referral_id
    with ThreadPoolExecutor(4) as pool:
        slots = [one, two, one, two]
        found = list(pool.map(lambda pair: attempted(desk, pair[1].id, f"b-{pair[0]}", mine), enumerate(slots)))
    assert sorted(found) == ["APPOINTMENT_OPEN"] * 3 + ["booked"]
    desk.propose("r-2")
    desk.consent()
    book(desk, two, "b-9")
    with ThreadPoolExecutor(4) as pool:
        moves = [(appointment, slot.id) for appointment in open_ids(desk) for slot in (one, two)] * 3
        list(pool.map(lambda move: desk.database.run(appointments.move, move[0], move[1], "kim"), moves))
    assert booked_in(desk, one) + booked_in(desk, two) == 2


def attempted(desk: Desk, slot_id: str, request_id: str, referral_id: str) -> str:
    """Booked, or why not."""
    try:
        desk.database.run(appointments.book, referral_id, slot_id, "kim", request_id)
    except PreconditionFailed as error:
        return error.reason
    return "booked"


def open_ids(desk: Desk) -> list[str]:
    """Every appointment to which somebody is expected."""
    query = Sql("SELECT id FROM appointment WHERE state = 'booked' ORDER BY id")
    return list(desk.database.read(lambda tx: tx.execute(query).scalars()))


def test_what_cannot_be_booked_is_refused_with_a_reason(desk: Desk) -> None:
    slot, soon = offer(desk, TWO, MONDAY.timestamp() + 60)
    family = offer(desk, law_field=LawField.FAMILY)[0]
    (elsewhere,) = offer(Desk(desk.database, desk.clock))
    (closed,) = offer(desk)
    desk.run(appointments.close_slot, closed.id)
    desk.clock.pass_by(60)
    mine = desk.referral_id
    for wrong, reason in ((family, "SLOT_ELSEWHERE"), (elsewhere, "SLOT_ELSEWHERE"), (closed, "SLOT_OVER"),
                          (soon, "SLOT_OVER")):  # fmt: skip
        assert refused(desk, appointments.book, mine, wrong.id, "kim", uuid4().hex) == reason
    booked = book(desk, slot)
    assert refused(desk, appointments.book, mine, slot.id, "kim", "b-2") == "APPOINTMENT_OPEN"
    assert refused(desk, appointments.close_slot, slot.id) == "SLOT_BOOKED"
    assert refused(desk, appointments.attend, booked.appointment.id, "kim", came=True) == "APPOINTMENT_AHEAD"
    desk.propose("r-2")
    assert refused(desk, appointments.book, desk.referral_id, slot.id, "kim", "b-1") == "NO_CONSENT"
    desk.consent()
    assert refused(desk, appointments.book, desk.referral_id, slot.id, "kim", "b-1") == "SLOT_FULL"
    desk.withdraw()
    assert refused(desk, appointments.book, desk.referral_id, slot.id, "kim", "b-1") == "REFERRAL_OVER"
    with pytest.raises(NotFound):
        desk.run(appointments.cancel, desk.referral_id, "kim")
    with pytest.raises(NotFound):
        desk.run(
            appointments.put_slots, NewSlot("nobody", 30, 1, Medium.VIDEO, "", "ko", LawField.NONE), [TWO], "c", "x"
        )


def test_free_slots_are_those_with_room_that_fit(desk: Desk) -> None:
    first, second = offer(desk, TWO, TWO + DAY_S)
    offer(desk, TWO - DAY_S, law_field=LawField.FAMILY)
    video = offer(desk, TWO, medium=Medium.VIDEO, place="", language="vi")[0]
    book(desk, first)

    def free(field: str = "", after: Any = None, before: float | None = None, **only: Any) -> list[str]:
        only["organization_id"] = desk.organization_id
        found = desk.database.read(appointments.free_slots, only, field, 0.0, before, after, 10)
        return [one.id for one in found]

    assert free("lease") == [video.id, second.id]
    assert free("lease", before=TWO + 1) == [video.id]
    assert free("lease", after=(TWO, video.id)) == [second.id]
    assert len(free()) == 3
    assert free(language="vi", medium="video") == [video.id]
    desk.clock.pass_by(7.5 * DAY_S)
    assert free("lease") == [second.id]


def test_the_citizen_is_reminded_the_day_before_once_and_not_by_night(desk: Desk) -> None:
    slot, other = offer(desk, TWO, TWO + DAY_S)
    booked = book(desk, slot)
    told(desk)
    desk.clock.now = datetime(2026, 11, 8, 4, 59, tzinfo=UTC)
    assert not desk.run(appointments.remind)
    desk.clock.now = datetime(2026, 11, 8, 13, 0, tzinfo=UTC)  # 22 o'clock: the worker was away
    while desk.run(appointments.remind):
        pass
    assert told(desk) == []
    desk.clock.now = datetime(2026, 11, 8, 23, 0, tzinfo=UTC)  # 8 in the morning
    while desk.run(appointments.remind):
        pass
    (text,) = told(desk)
    assert text.startswith("예약 알림: 2026-11-09 14:00")
    desk.run(appointments.move, booked.appointment.id, other.id, "kim")
    desk.clock.pass_by(DAY_S)
    while desk.run(appointments.remind):
        pass
    desk.run(appointments.cancel, booked.appointment.id, "kim")
    assert not any("알림" in text for text in told(desk)), "a reminder of what is cancelled does not leave"


def test_the_last_word_that_leaves_is_the_last_that_happened_though_intake_was_away(desk: Desk) -> None:
    desk.send()
    desk.carry()
    first, second = offer(desk, TWO, TWO + DAY_S)
    booked = book(desk, first)
    for one in desk.begin():
        desk.run(departing.depart, one.dispatch_id)
        desk.run(departing.put_off, one.dispatch_id)
    desk.run(appointments.move, booked.appointment.id, second.id, "kim")
    desk.run(appointments.move, booked.appointment.id, first.id, "kim")
    desk.run(appointments.move, booked.appointment.id, second.id, "kim")
    desk.clock.pass_by(60)
    citizen, agency = sorted((one.load for one in desk.carry()), key=lambda load: isinstance(load, ToPartner))
    assert isinstance(citizen, ToCitizen)
    assert "2026-11-10 14:00" in citizen.texts["ko"]
    assert isinstance(agency, ToPartner)
    assert "2026-11-10 14:00" in agency.letter.text
    states = [(one.errand, one.state) for one in desk.dispatches() if one.about]
    assert states == [
        (errand, state)
        for state in ("unknown", "stopped", "stopped", "given")
        for errand in ("appointment_news", "appointment")
    ]
    assert desk.row.escalation == ""
    desk.run(appointments.cancel, booked.appointment.id, "kim")
    book(desk, first, "b-2")
    assert ["취소" in text for text in sorted(told(desk))] == [True, False], "another one does not overtake it"


def test_a_citizen_who_cannot_be_told_is_called(desk: Desk) -> None:
    book(desk, offer(desk)[0])
    (journey,) = desk.carry()
    desk.run(asking.told, journey.dispatch_id, sent=False)
    assert desk.calls() == ["referral_appointment"]


def test_the_agency_learns_of_it_in_the_packet_or_by_its_road(desk: Desk) -> None:
    slot, other = offer(desk, TWO, TWO + DAY_S)
    booked = book(desk, slot)
    assert desk.database.read(packets.packet, desk.referral_id).fields["appointment"] == "2026-11-09 14:00"
    desk.send()
    journeys = desk.carry()
    assert [type(one.load) for one in journeys] == [ToCitizen, ToPartner], "the packet has it: no letter beside it"
    desk.run(appointments.move, booked.appointment.id, other.id, "kim")
    (letter,) = (one.load.letter for one in desk.carry() if isinstance(one.load, ToPartner))
    assert "2026-11-10 14:00" in letter.text
    assert "김영희" not in letter.text
    desk.agency("connector", connector="gyeonggi")
    desk.run(appointments.cancel, booked.appointment.id, "kim")
    (load,) = (one.load for one in desk.carry() if isinstance(one.load, ToDepartment))
    assert load.packet.fields == {
        "reference": desk.row.number, "appointment": "2026-11-10 14:00", "appointment_news": "cancelled",
    }  # fmt: skip
    assert not load.packet.names_citizen
    desk.run(reporting.handed_over, desk.dispatches(Errand.APPOINTMENT)[-1].id, "done")
    assert "deleted" not in desk.kinds(), "the department's answer is about the appointment"
    desk.agency("telephone")
    assert book(desk, slot, "b-2").calls


def test_the_page_of_an_agency_shows_the_hour_and_with_the_summary_the_deadlines(desk: Desk) -> None:
    new = NewDeadline(DeadlineKind.OBJECTION, date(2026, 11, 20), "결정문을 봄", "", "d-1")
    desk.run(counselling.add_deadline, desk.referral_id, new, "kim")
    book(desk, offer(desk)[0])
    desk.send()
    (letter,) = (one.load.letter for one in desk.carry() if isinstance(one.load, ToPartner))
    (path,) = re.findall(r"https://hub\.example(/\S+)", letter.text)

    async def visit(browser: Callable[[], Browser]) -> None:
        phone = browser()
        shown = await phone.press(await phone.get(path), "내용 보기")
        assert all(word in shown for word in ("주택·상가 임대차", "이의신청 2026-11-20", "2026-11-09 14:00"))
        shown = await phone.get(f"{phone.page}?lang=en")
        assert all(word in shown for word in (">lease<", "objection 2026-11-20", "2026-11-09 14:00 (Korea)"))
        assert "결정문" not in shown, "where the date is from stays here"
        desk.consent(Item.NAME)
        shown = await phone.get(f"{phone.page}?lang=en")
        assert "2026-11-09 14:00" in shown
        assert not any(word in shown for word in (">lease<", "2026-11-20")), "they are part of the summary"

    on(desk.database, visit)


def test_an_agency_that_cannot_be_told_is_called_by_a_supervisor(desk: Desk) -> None:
    desk.send()
    (journey,) = desk.carry()
    desk.arrives(journey.dispatch_id)
    book(desk, offer(desk)[0])
    desk.carry()
    (dispatch,) = desk.dispatches(Errand.APPOINTMENT)
    desk.arrives(dispatch.id, "failed")
    assert desk.row.escalation == Reason.APPOINTMENT_NOT_TOLD
    desk.run(tending.take_escalation, desk.referral_id, "전화함", "chief", settled=True)
    for _ in range(4):
        desk.pass_by(24 * 4)
    assert desk.row.escalation == Reason.SILENT
    desk.arrives(dispatch.id, "sent")
    desk.arrives(dispatch.id, "failed")
    assert desk.row.escalation == Reason.SILENT, "one reason does not take the place of another"


@pytest.mark.parametrize("ends", ["revoked", "withdrawn", "declined"])
def test_a_place_is_free_again_when_the_agency_is_not_asked_any_more(desk: Desk, ends: str) -> None:
    slot = offer(desk)[0]
    booked = book(desk, slot)
    desk.send()
    for one in desk.carry():
        desk.arrives(one.dispatch_id)
    if ends == "revoked":
        desk.revoke(desk.consents()[-1])
    elif ends == "withdrawn":
        desk.withdraw()
    else:
        desk.reports(S.DECLINED)
    assert booked_in(desk, slot) == 0
    ((appointment, _),) = desk.database.read(appointments.listed, desk.referral_id)
    assert (appointment.id, appointment.state) == (booked.appointment.id, "cancelled")
    assert "취소" in "".join(told(desk))
    assert refused(desk, appointments.move, booked.appointment.id, slot.id, "kim") == "APPOINTMENT_OVER"


def test_an_hour_that_has_begun_is_not_called_off_with_the_referral(desk: Desk) -> None:
    booked = book(desk, offer(desk)[0])
    told(desk)
    desk.clock.now = datetime.fromtimestamp(TWO, UTC)
    desk.withdraw()
    assert told(desk) == []
    noted = desk.run(appointments.attend, booked.appointment.id, "kim", came=True)
    assert noted.appointment.state == "attended"


def test_one_that_is_booked_while_the_referral_waits_to_leave_is_in_the_packet_alone(desk: Desk) -> None:
    desk.send()
    book(desk, offer(desk)[0])
    assert desk.dispatches(Errand.APPOINTMENT) == []


def test_news_that_found_intake_away_wait_for_the_morning(desk: Desk) -> None:
    desk.clock.now = datetime(2026, 11, 2, 11, 59, 58, tzinfo=UTC)  # two seconds before 21 o'clock
    book(desk, offer(desk)[0])
    (journey,) = desk.begin()
    desk.run(departing.depart, journey.dispatch_id)
    desk.run(departing.put_off, journey.dispatch_id)
    (news,) = desk.dispatches(Errand.APPOINTMENT_NEWS)
    assert news.due_at == datetime(2026, 11, 2, 23, tzinfo=UTC).timestamp()


def test_nobody_is_told_by_night_that_their_consent_has_ended(desk: Desk) -> None:
    desk.consent(days=3.5)  # until 22 o'clock
    slot = offer(desk)[0]
    book(desk, slot)
    told(desk)
    desk.clock.pass_by(3.5 * DAY_S + 1)
    desk.look()
    assert booked_in(desk, slot) == 0
    assert told(desk) == []
    desk.clock.pass_by(10 * 3600)
    assert "취소" in "".join(told(desk))


def test_who_came_and_who_did_not_is_noted_and_can_be_put_right(desk: Desk) -> None:
    booked = book(desk, offer(desk)[0])
    desk.clock.now = datetime.fromtimestamp(TWO + 60, UTC)
    for came in (False, False, True):
        noted = desk.run(appointments.attend, booked.appointment.id, "lee", came=came)
    assert (noted.appointment.state, noted.appointment.ended_by) == ("attended", "lee")
    assert desk.kinds()[-2:] == ["no_show", "attended"]
    assert refused(desk, appointments.cancel, booked.appointment.id, "kim") == "APPOINTMENT_OVER"
