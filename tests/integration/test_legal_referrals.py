"""Legal referrals on both databases: deadlines that are guarded, conflicts of interest, notes of the legal desk."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from hub120.referral.v1 import events_pb2

from chassis.database import Database
from chassis.errors import NotFound, PreconditionFailed
from chassis.statements import Row
from services.referral.domain.agency_calls import CallState
from services.referral.domain.consents import Item
from services.referral.domain.deadlines import DeadlineKind, DeadlineState, Warned
from services.referral.domain.referrals import AgencyReport, Reason, ReferralState
from services.referral.store.legal import NewDeadline
from services.referral.store.referrals import NewReferral, Order
from services.referral.tables import metadata
from services.referral.use_cases import (
    calling,
    conflicts,
    counselling,
    departing,
    dispatching,
    ending,
    guarding,
    packets,
    proposing,
    reporting,
    tending,
)
from services.referral.use_cases.calling import LegNews
from services.referral.use_cases.reading import Reader
from tests.integration.databases import Clock, shared
from tests.integration.referral_desk import Desk

both, clock, database = shared("referral", metadata)
S = ReferralState
DAYS = (7, 3, 1)
MONDAY = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
"""Ten in the morning in Seoul; no holiday is near."""
DUE = date(2026, 11, 16)
LAWYER = Reader("seo", "ListConflictsOfInterest", "법률 상담")
OTHER_CASE = "0199e0f2-7c00-7abc-8def-0000000000ff"
WOMAN = {"name": "김영희", "telephone": "010-1234-5678"}
CHEAT = {"name": "(주) 한빛투자", "telephone": "+821077770000"}


@pytest.fixture
def desk(database: Database, clock: Clock) -> Desk:
    clock.now = MONDAY
    desk = Desk(database, clock, second="sms")
    propose(desk)
    return desk


def propose(desk: Desk, request_id: str = "r-1", details: Any = WOMAN, **more: Any) -> Row:
    """Propose legal help."""
    values = {"kind": "legal", "law_field": "consumer_fraud", "details": details, **more}
    return desk.propose(request_id, **values)


def deadline(desk: Desk, day: date = DUE, kind: DeadlineKind = DeadlineKind.APPEAL) -> Row:
    """Enter a deadline."""
    new = NewDeadline(kind, day, "판결문 송달 2026-11-02", "civil_appeal", uuid4().hex)
    return desk.run(counselling.add_deadline, desk.referral_id, new, "kim")[0]


def guard(desk: Desk) -> None:
    """The clock looks at deadlines, and at silence."""
    while desk.run(guarding.guard, DAYS):
        pass
    desk.look()


def opponent(desk: Desk, person: Any, referral_id: str = "") -> Row:
    """Say who is on the other side; the referral as it is then."""
    named = (person["name"], person.get("telephone", ""))
    return desk.run(counselling.add_party, referral_id or desk.referral_id, *named, uuid4().hex, "kim")[1]


def send(desk: Desk) -> None:
    """With the agency."""
    desk.consent()
    desk.send()
    (journey,) = (one for one in desk.carry() if one.referral_id == desk.referral_id)
    desk.arrives(journey.dispatch_id)


def test_a_deadline_that_nobody_has_in_hand_reaches_a_supervisor_on_each_of_its_days(desk: Desk) -> None:
    row = desk.run(counselling.add_deadline, desk.referral_id, NewDeadline(
        DeadlineKind.APPEAL, DUE, "판결문 송달 2026-11-02", "", "d-1"), "kim")[1]  # fmt: skip
    guard(desk)
    assert (desk.row.escalation, desk.row.deadline_day) == ("", "2026-11-16")
    assert desk.row.deadline_at == row.deadline_at == datetime(2026, 11, 16, 15, tzinfo=UTC).timestamp()
    desk.clock.pass_by(7 * 86_400)
    guard(desk)
    assert desk.row.escalation == Reason.DEADLINE_NEAR
    (listed,) = desk.database.read(proposing.listed, {}, None, 10, order=Order.ESCALATED)
    assert (listed.id, listed.deadline_day) == (desk.referral_id, "2026-11-16")
    guard(desk)
    assert desk.kinds().count("deadline_near") == 1, "it is said once"
    desk.run(tending.take_escalation, desk.referral_id, "전화함", "chief", settled=True)
    desk.clock.pass_by(4 * 86_400)
    guard(desk)
    assert desk.row.escalation == Reason.DEADLINE_NEAR, "three days before it is said again"
    desk.clock.pass_by(5 * 86_400)
    guard(desk)
    assert desk.kinds()[-1] == "deadline_passed"
    assert (desk.row.deadline_id, desk.row.deadline_due_at) == ("", None)
    assert desk.database.read(guarding.warned, desk.row) == [Warned.DEADLINE_PASSED]
    desk.consent()
    assert desk.run(dispatching.send, desk.referral_id, "kim")[2] == [Warned.DEADLINE_PASSED]


def test_an_agency_that_takes_it_ends_the_haste(desk: Desk) -> None:
    deadline(desk, date(2026, 11, 5))
    guard(desk)
    assert desk.row.escalation == Reason.DEADLINE_NEAR
    send(desk)
    desk.reports(S.ACCEPTED)
    assert desk.row.escalation == ""
    desk.clock.pass_by(2 * 86_400)
    guard(desk)
    assert desk.kinds().count("deadline_near") == 2
    assert desk.row.escalation == "", "an agency has it in hand"


@pytest.mark.parametrize("entered", ["before", "after"])
def test_silence_is_escalated_before_the_deadline_whatever_times_an_agency_has(desk: Desk, entered: str) -> None:
    desk.agency("email", second="sms", timers='{"acknowledge": 400, "rung": 400}')
    if entered == "before":
        deadline(desk)
    send(desk)
    if entered == "after":
        deadline(desk)
    last = desk.row.due_at
    while desk.row.state == S.SENT:
        desk.clock.now = datetime.fromtimestamp(desk.row.due_at, UTC)
        last = desk.row.due_at
        desk.look()
    assert desk.row.escalation == Reason.SILENT
    assert last < datetime(2026, 11, 16, 15, tzinfo=UTC).timestamp()
    assert [one.reason for one in desk.entries() if one.kind == "rung"] == ["reminder", "second_contact"]


def test_who_ends_a_referral_before_its_deadline_says_that_they_know(desk: Desk) -> None:
    found = deadline(desk)
    send(desk)
    done = AgencyReport(S.COMPLETED, report_id="done")
    with pytest.raises(PreconditionFailed, match="2026-11-16") as refused:
        desk.run(reporting.report_by_agent, desk.referral_id, done, "kim")
    assert refused.value.reason == "DEADLINE_OPEN"
    with pytest.raises(PreconditionFailed, match="deadline"):
        desk.withdraw()
    withdrawn = desk.run(
        ending.withdraw, desk.referral_id, Reason.BY_AGENT, "", "kim", deadline_acknowledged=True
    )  # fmt: skip
    assert withdrawn.state == S.WITHDRAWN
    propose(desk, "r-2")
    other = deadline(desk)
    send(desk)
    _, row = desk.run(counselling.close_deadline, other.id, DeadlineState.KEPT, "kim")
    assert row.deadline_id == ""
    assert desk.run(reporting.report_by_agent, desk.referral_id, done, "kim")[0].state == S.COMPLETED
    again, _ = desk.run(counselling.close_deadline, other.id, DeadlineState.DROPPED, "lee")
    assert (again.state, again.closed_by) == ("kept", "kim"), "what is closed stays as it is"
    assert found.state == "open"


def test_an_agency_that_is_done_before_the_deadline_is_believed_and_looked_at(desk: Desk) -> None:
    deadline(desk)
    send(desk)
    assert desk.reports(S.COMPLETED).allowed
    assert (desk.row.state, desk.row.escalation) == (S.COMPLETED, Reason.DEADLINE_OPEN)


def test_deadlines_are_in_the_packet_with_the_summary_alone(desk: Desk) -> None:
    deadline(desk)
    desk.consent(Item.NAME)
    bare = desk.database.read(packets.packet, desk.referral_id)
    assert not {"deadlines", "law_field"} & set(bare.fields)
    desk.consent(Item.NAME, Item.CASE_SUMMARY)
    full = desk.database.read(packets.packet, desk.referral_id)
    assert full.fields["deadlines"] == "항소·상고·항고 2026-11-16"
    assert "법 분야: 소비자·금융사기" in full.text
    assert "송달" not in full.text, "where the date is from stays here"


def test_deadlines_and_the_other_side_go_along_to_another_agency(desk: Desk) -> None:
    deadline(desk)
    opponent(desk, CHEAT)
    send(desk)
    desk.reports(S.DECLINED)
    desk.clock.pass_by(7 * 86_400)
    guard(desk)
    first = desk.row
    assert (first.state, first.escalation) == (S.DECLINED, Reason.DEADLINE_NEAR)
    new = NewReferral(
        case_id="", service_id=desk.service_id, organization_id="", kind="", need="", agent_id="kim",
        request_id="r-2", summary="", details={},
    )  # fmt: skip
    other = desk.run(proposing.reroute, first.id, new)
    assert (other.law_field, other.deadline_day) == ("consumer_fraud", "2026-11-16")
    assert (desk.row.deadline_id, desk.row.escalation) == ("", "")
    file = desk.run(counselling.opened, other.id, LAWYER)
    assert [(one.kind, source) for one, source in file.deadlines] == [("appeal", "판결문 송달 2026-11-02")]
    assert [name for _, name, _ in file.parties] == [CHEAT["name"]]
    again, warned = desk.run(proposing.lead_elsewhere, first.id, new)
    assert (again.id, warned) == (other.id, [Warned.DEADLINE_NEAR])


def test_referrals_are_listed_by_their_deadlines(desk: Desk) -> None:
    deadline(desk, date(2026, 12, 1))
    first = desk.referral_id
    propose(desk, "r-2")
    propose(desk, "r-3")
    deadline(desk, date(2026, 11, 10))
    rows = desk.database.read(proposing.listed, {}, None, 10, order=Order.DEADLINE)
    assert [one.id for one in rows] == [desk.referral_id, first]
    (after,) = desk.database.read(proposing.listed, {}, (rows[0].deadline_at, rows[0].id), 1, order=Order.DEADLINE)
    assert after.id == first
    (near,) = desk.database.read(proposing.listed, {}, None, 10, deadline_before=rows[0].deadline_at)
    assert near.id == desk.referral_id


def test_only_legal_referrals_have_deadlines_and_not_without_end(desk: Desk) -> None:
    for _ in range(20):
        deadline(desk)
    with pytest.raises(PreconditionFailed, match="20 deadlines"):
        deadline(desk)
    desk.propose("r-2")
    with pytest.raises(PreconditionFailed, match="no legal one"):
        deadline(desk)
    with pytest.raises(NotFound):
        desk.run(counselling.close_deadline, OTHER_CASE, DeadlineState.KEPT, "kim")


@pytest.mark.parametrize(
    ("known", "same"),
    [
        ({"name": "한빛투자"}, "name"),
        ({"name": "모르는 이름", "telephone": "010 7777 0000"}, "telephone"),
        ({"name": "한빛 투자 (주)", "telephone": "+821077770000"}, "both"),
    ],
)
def test_an_agency_that_helps_the_other_side_gets_nothing_until_a_person_has_cleared_it(
    desk: Desk, known: Any, same: str
) -> None:
    first = desk.referral_id
    opponent(desk, CHEAT)
    row = propose(desk, "r-2", known, case_id=OTHER_CASE)
    assert row.conflict == "possible"
    desk.consent()
    with pytest.raises(PreconditionFailed) as refused:
        desk.send()
    assert refused.value.reason == "CONFLICT_OPEN"
    with pytest.raises(PreconditionFailed, match="has not cleared"):
        desk.run(calling.call_agency, row.id, "kim", "call-1", "120")
    assert CHEAT["name"] not in str(refused.value)
    (found,) = desk.run(conflicts.listed, row.id, LAWYER)
    assert (found.other_id, found.citizen_is_opponent, found.match) == (first, True, same)
    assert desk.trail() == [("seo", "ListConflictsOfInterest")]
    cleared = desk.run(conflicts.clear, row.id, first, "동명이인 확인", "seo")
    assert cleared.conflict == "cleared"
    desk.send()
    (other_side,) = desk.run(conflicts.listed, first, LAWYER)
    assert (other_side.other_id, other_side.cleared_by) == (row.id, "seo"), "it is cleared for both"
    (found,) = desk.run(conflicts.listed, row.id, LAWYER)
    assert (found.cleared_by, found.reason) == ("seo", "동명이인 확인")
    assert "conflict_cleared" in desk.kinds()


def test_a_conflict_that_comes_to_light_stops_what_has_not_left_and_one_more_is_cleared_anew(desk: Desk) -> None:
    other = propose(desk, "r-2", CHEAT, case_id=OTHER_CASE).id
    propose(desk, "r-3")
    desk.consent()
    desk.send()
    assert opponent(desk, {"name": "한빛투자"}).conflict == "possible"
    assert desk.carry() == []
    desk.run(conflicts.clear, desk.referral_id, other, "다른 회사", "seo")
    assert desk.send()[0].due_at is not None
    assert len(desk.carry()) == 1
    desk.clock.pass_by(60)
    assert opponent(desk, {"name": "다른 이름", "telephone": CHEAT["telephone"]}).conflict == "possible"
    party = desk.run(counselling.opened, desk.referral_id, LAWYER).parties[-1][0]
    with pytest.raises(PreconditionFailed, match="has not cleared"):
        desk.run(counselling.remove_party, party.id, "kim", legal_desk=False)
    assert desk.run(counselling.remove_party, party.id, "seo", legal_desk=True).conflict == "cleared"
    (entry,) = (one for one in desk.entries() if one.kind == "conflict_cleared")
    assert entry.reference == "", "whoever watches sees that, and not whom"


def test_a_conflict_that_the_other_side_brings_to_light_stops_what_has_not_left(desk: Desk) -> None:
    other = desk.referral_id
    propose(desk, "r-2", CHEAT, case_id=OTHER_CASE)
    desk.consent()
    desk.send()
    assert opponent(desk, CHEAT, other).conflict == "possible"
    assert desk.carry() == []
    assert (desk.row.conflict, desk.kinds()[-2:]) == ("possible", ["conflict_found", "stopped"])
    desk.run(conflicts.clear, desk.referral_id, other, "다른 회사", "seo")
    desk.send()
    assert len(desk.carry()) == 1


def test_the_last_look_before_it_departs_is_at_conflicts_too(desk: Desk) -> None:
    other = desk.referral_id
    propose(desk, "r-2", CHEAT, case_id=OTHER_CASE)
    desk.consent()
    desk.send()
    (journey,) = desk.begin()
    opponent(desk, CHEAT, other)
    assert not desk.run(departing.depart, journey.dispatch_id)
    assert (desk.row.conflict, desk.kinds()[-1]) == ("possible", "stopped")


def test_one_citizen_is_no_conflict_with_themselves_nor_with_another_agencys(desk: Desk) -> None:
    opponent(desk, {"name": "김영희"})
    assert desk.row.conflict == ""
    assert propose(desk, "r-2", {"name": "이철수"}).conflict == ""
    elsewhere = Desk(desk.database, desk.clock)
    row = propose(elsewhere, "r-3", CHEAT, case_id=OTHER_CASE)
    assert (row.conflict, opponent(desk, CHEAT).conflict) == ("", "")
    with pytest.raises(PreconditionFailed, match="no conflict"):
        desk.run(conflicts.clear, desk.referral_id, row.id, "?", "seo")


def test_two_that_are_proposed_at_once_are_found_when_they_are_sent(desk: Desk) -> None:
    opponent(desk, CHEAT)
    first = desk.referral_id
    second = propose(desk, "r-2", CHEAT, case_id=OTHER_CASE).id
    desk.referral_id = first
    assert desk.row.conflict == "", "it was proposed before the other"
    desk.consent()
    with pytest.raises(PreconditionFailed, match="conflict"):
        desk.send()
    desk.run(ending.withdraw, second, Reason.BY_CITIZEN, "", "kim")
    desk.send()


def test_what_is_confidential_is_nowhere_in_plain(desk: Desk) -> None:
    secret = "의뢰인은 화해할 뜻이 있음"
    deadline(desk)
    opponent(desk, CHEAT)
    before = desk.row.sequence
    note, _ = desk.run(counselling.add_note, desk.referral_id, secret, "n-1", "seo")
    again, text = desk.run(counselling.add_note, desk.referral_id, secret, "n-1", "seo")
    assert (again.id, text, desk.row.sequence) == (note.id, secret, before)
    read = desk.run(counselling.notes, desk.referral_id, "", 10, Reader("seo", "ListLegalNotes", "상담"))
    assert [(row.author, text) for row, text in read] == [("seo", secret)]
    assert desk.trail() == [("seo", "ListLegalNotes")]
    desk.consent()
    assert secret not in str(desk.database.read(packets.packet, desk.referral_id))
    with desk.database.engine.connect() as connection:
        rows = [row for table in metadata.sorted_tables for row in connection.execute(sa.select(table))]
    stored = b"\n".join(bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                        for row in rows for value in row)  # fmt: skip
    for plain in (secret, CHEAT["name"], "한빛투자", CHEAT["telephone"], "송달", "김영희"):
        assert plain.encode() not in stored
    assert all(secret not in str(one) and "한빛" not in str(one) for one in desk.told)


@pytest.mark.parametrize("brought_by", ["this one", "the other side"])
def test_a_conflict_that_comes_to_light_while_the_agency_is_called_hangs_it_up(desk: Desk, brought_by: str) -> None:
    other = desk.referral_id
    desk.agency("telephone")
    propose(desk, "r-2", CHEAT, case_id=OTHER_CASE)
    desk.consent()
    call = desk.run(calling.call_agency, desk.referral_id, "kim", "c-1", "120")[1]
    if brought_by == "this one":
        opponent(desk, WOMAN)
    else:
        opponent(desk, CHEAT, other)
        desk.run(calling.hear, LegNews(call.id, CallState.UP))
    assert (desk.row.state, desk.row.conflict, desk.row.sent_at) == (S.CONSENTED, "possible", None)
    assert [one.reason for one in desk.entries() if one.kind == "called"] == ["conflict_open"]
    assert [one.call_id for one in desk.told if isinstance(one, events_pb2.AgencyLegUnwanted)] == [call.id]
