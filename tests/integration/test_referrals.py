"""Referrals on both databases: consent, sending, reports, silence and the citizen's answer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest

from chassis.database import Database
from chassis.errors import Conflict, InvalidArgument, PreconditionFailed
from services.referral.domain.consents import Item
from services.referral.domain.dispatches import Errand
from services.referral.domain.referrals import DeclineReason, Outcome, Reason, ReferralState
from services.referral.store.referrals import NewReferral, Order
from services.referral.tables import metadata
from services.referral.use_cases import asking, departing, dispatching, ending, packets, proposing, reporting, tending
from services.referral.use_cases.loading import ToCitizen, ToDepartment, ToPartner
from services.referral.use_cases.reading import Reader
from tests.integration.databases import Clock, shared
from tests.integration.referral_desk import ADDRESS, CASE, SECOND, SUMMARY, Desk

both, clock, database = shared("referral", metadata)
S = ReferralState


MONDAY = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
"""Evening in Seoul; Tuesday is Children's Day."""


@pytest.fixture
def desk(database: Database, clock: Clock) -> Desk:
    clock.now = MONDAY
    return Desk(database, clock, second="sms")


def test_a_referral_is_followed_from_the_proposal_to_the_citizens_answer(desk: Desk) -> None:
    desk.ready()
    (journey,) = desk.carry()
    load = journey.load
    assert isinstance(load, ToPartner)
    assert load.address == ADDRESS
    assert load.letter.text.count("https://hub.example/agency/") == 1
    assert "김영희" not in load.letter.text
    assert desk.stands() is S.CONSENTED
    desk.arrives(journey.dispatch_id)
    assert desk.stands() is S.SENT
    for state in (S.ACKNOWLEDGED, S.ACCEPTED, S.IN_PROGRESS, S.COMPLETED):
        assert desk.reports(state).allowed
    (question,) = desk.carry()
    assert isinstance(question.load, ToCitizen)
    assert set(question.load.texts) == {"ko", "en", "zh", "ja", "vi", "mn"}
    desk.run(asking.told, question.dispatch_id, sent=True)
    desk.answers("helped")
    row = desk.row
    assert (row.state, row.outcome, row.due_at) == ("confirmed", "helped", None)
    assert [one.sequence for one in desk.entries()] == list(range(1, row.sequence + 1))
    assert desk.calls() == []


def test_nothing_leaves_that_nobody_agreed_to(desk: Desk) -> None:
    desk.propose()
    with pytest.raises(PreconditionFailed, match="nobody agreed"):
        desk.send()
    for missing in ({"refusal_told": False}, {"days": 0}):
        with pytest.raises(InvalidArgument):
            desk.consent(**missing)
    with pytest.raises(InvalidArgument):
        desk.consent(Item.HEALTH)
    desk.consent(Item.NAME, Item.HEALTH, sensitive_agreed=True)
    found = desk.database.read(packets.packet, desk.referral_id)
    assert found.fields["name"] == "김영희"
    assert found.fields["health"] == "당뇨"
    assert "telephone" not in found.fields
    assert SUMMARY not in found.text
    assert not found.names_citizen
    desk.agency("connector", connector="gyeonggi")
    desk.send()
    (journey,) = desk.carry()
    assert isinstance(journey.load, ToDepartment)
    assert "+8210" not in str(journey.load)


@pytest.mark.parametrize("ends", ["revoked", "expired"])
@pytest.mark.parametrize("step", ["consented", "queued", "begun", "departed", "given", "sent"])
def test_a_consent_that_ends_at_any_step_of_sending_stops_what_has_not_left(desk: Desk, step: str, ends: str) -> None:
    desk.propose()
    consent = desk.consent(days=0.5)
    if step != "consented":
        desk.send()
    begun = desk.begin() if step in {"begun", "departed", "given", "sent"} else []
    left = [one for one in begun if step != "begun" and desk.run(departing.depart, one.dispatch_id)]
    if step in {"given", "sent"}:
        desk.run(departing.given, begun[0].dispatch_id)
    if step == "sent":
        desk.arrives(begun[0].dispatch_id)
    if ends == "revoked":
        desk.revoke(consent)
    else:
        desk.clock.pass_by(43_200)
    after = [one for one in begun if desk.run(departing.depart, one.dispatch_id)]
    desk.look()
    assert after == []
    assert all(not isinstance(one.load, ToDepartment) for one in desk.begin())
    (consent,) = desk.consents()
    assert consent.ended == ends
    deletions = desk.dispatches(Errand.DELETION)
    if step in {"consented", "queued", "begun"}:
        assert left == []
        assert deletions == []
        assert desk.stands() is (S.WITHDRAWN if ends == "revoked" else S.PROPOSED)
    else:
        assert len(left) == len(deletions) == 1
        assert desk.stands() is S.WITHDRAWN
    with pytest.raises(PreconditionFailed):
        desk.database.read(packets.packet, desk.referral_id)


@pytest.mark.parametrize("taken_back", [True, False])
def test_what_intake_has_is_taken_back_before_a_department_is_told_to_delete(desk: Desk, taken_back: bool) -> None:
    desk.agency("connector", connector="gyeonggi")
    consent = desk.ready()
    desk.carry()
    desk.revoke(consent)
    assert desk.dispatches(Errand.DELETION) == []
    (recall,) = desk.begin()
    assert desk.run(departing.depart, recall.dispatch_id)
    desk.run(departing.recalled, recall.dispatch_id, taken_back=taken_back)
    (referral,) = desk.dispatches(Errand.REFERRAL)
    assert referral.state == ("stopped" if taken_back else "given")
    assert len(desk.dispatches(Errand.DELETION)) == (0 if taken_back else 1)


def test_a_department_reports_late_twice_and_in_any_order(desk: Desk) -> None:
    desk.agency("connector", connector="gyeonggi")
    desk.ready()
    (journey,) = desk.carry()
    for state in ("acknowledged", "submitted", "acknowledged", "in_progress", "submitted"):
        desk.run(reporting.handed_over, journey.dispatch_id, state)
    assert desk.stands() is S.IN_PROGRESS
    assert desk.kinds().count("reported") == 2
    assert not desk.reports(S.ACCEPTED).allowed
    promised = desk.clock.now.timestamp() + 30 * 86_400
    assert desk.reports(S.IN_PROGRESS, expected_at=promised, report_id="same").allowed
    assert desk.reports(S.COMPLETED, report_id="same").duplicate
    assert desk.row.due_at == promised
    desk.run(reporting.handed_over, "0199e0f2-7c00-7abc-8def-0000000000ff", "done")
    desk.run(reporting.handed_over, journey.dispatch_id, "refused")
    assert desk.stands() is S.DECLINED
    assert desk.row.reason == "other"
    assert not desk.reports(S.COMPLETED).allowed


@pytest.mark.parametrize(("state", "why"), [("failed", Reason.NOT_SENT), ("unknown", Reason.SENDING_UNKNOWN)])
def test_what_does_not_arrive_is_escalated_and_may_be_sent_again(desk: Desk, state: str, why: Reason) -> None:
    desk.ready()
    (journey,) = desk.carry()
    desk.arrives(journey.dispatch_id, state)
    row = desk.row
    assert (row.state, row.escalation) == ("escalated", why.value)
    desk.run(tending.take_escalation, desk.referral_id, "", "chief", settled=False)
    with pytest.raises(Conflict):
        desk.run(tending.take_escalation, desk.referral_id, "", "other", settled=False)
    desk.send()
    (second,) = desk.carry()
    assert second.dispatch_id != journey.dispatch_id
    assert desk.row.escalation == ""
    desk.arrives(second.dispatch_id)
    assert desk.stands() is S.SENT


def test_a_silent_agency_is_reminded_then_its_second_contact_then_a_supervisor_has_it(desk: Desk) -> None:
    desk.sent()
    errands: list[list[tuple[str, str]]] = []
    for _ in range(5):
        desk.pass_by(24)
        written = [one.load for one in desk.carry() if isinstance(one.load, ToPartner)]
        errands.append([(one.letter.subject, one.address) for one in written])
    assert [len(one) for one in errands] == [0, 1, 1, 0, 0]
    assert "답변 대기" in errands[1][0][0]
    assert errands[2][0][1] == SECOND
    row = desk.row
    assert (row.state, row.escalation, row.reached) == ("escalated", "silent", "sent")
    listed = desk.database.read(proposing.listed, {}, None, 10, order=Order.ESCALATED)
    assert [one.id for one in listed] == [row.id]
    assert len(desk.dispatches(Errand.QUESTION)) == 1
    desk.answers("nobody_came")
    assert desk.stands() is S.ESCALATED
    assert desk.row.outcome == "nobody_came"
    assert desk.reports(S.SENT).allowed is True, "it shows that it is there"


def test_what_is_still_under_way_is_not_sent_a_second_time(desk: Desk) -> None:
    desk.ready()
    (journey,) = desk.begin()
    desk.run(departing.depart, journey.dispatch_id)
    desk.run(departing.put_off, journey.dispatch_id)
    desk.pass_by(60)
    assert desk.row.escalation == "not_sent"
    desk.send()
    assert desk.stands() is S.CONSENTED
    assert [one.id for one in desk.dispatches(Errand.REFERRAL)] == [journey.dispatch_id]


def test_an_agencys_own_times_count(database: Database, clock: Clock) -> None:
    clock.now = MONDAY
    desk = Desk(database, clock, timers='{"acknowledge": 2, "rung": 1}')
    desk.sent()
    clock.pass_by(3600)
    desk.look()
    assert desk.dispatches(Errand.REMINDER) == []
    for _ in range(2):
        clock.pass_by(24 * 3600)
        desk.look()
    assert desk.stands() is S.ESCALATED


def test_an_agency_with_a_telephone_alone_is_called_and_what_it_says_is_reported(desk: Desk) -> None:
    desk.agency("telephone")
    desk.propose()
    with pytest.raises(PreconditionFailed, match="nobody agreed"):
        desk.run(reporting.report_by_agent, desk.referral_id, reporting.AgencyReport(S.ACCEPTED), "kim")
    consent = desk.consent()
    assert desk.send()[1]
    assert desk.send()[1]
    assert desk.begin() == []
    assert desk.kinds().count("to_call") == 1
    assert not desk.reports(S.ACCEPTED).allowed
    assert desk.reports(S.ACCEPTED, by="kim").allowed
    desk.revoke(consent)
    assert (desk.row.state, desk.row.escalation) == ("withdrawn", "deletion_by_telephone")
    desk.run(tending.take_escalation, desk.referral_id, "담당자가 파기했다고 함", "chief", settled=True)
    assert desk.row.escalation == ""
    assert desk.kinds()[-1] == "settled"


def test_a_citizen_who_cannot_be_asked_in_writing_is_called_and_in_the_end_unreachable(desk: Desk) -> None:
    desk.sent()
    desk.reports(S.COMPLETED)
    (question,) = desk.carry()
    desk.run(asking.told, question.dispatch_id, sent=False)
    assert desk.calls() == ["referral_outcome"]
    desk.confirm(Outcome.NONE)
    for _ in range(2):
        desk.clock.pass_by(14 * 86_400)
        desk.look()
    assert desk.calls() == ["referral_outcome"] * 2
    assert desk.stands() is S.UNREACHABLE
    assert desk.row.due_at is None
    desk.confirm(Outcome.PARTLY, "쌀만 받았다고 함")
    assert (desk.row.state, desk.row.outcome) == ("confirmed", "partly")
    with pytest.raises(PreconditionFailed, match="outcome"):
        desk.confirm(Outcome.NOT_HELPED)


def test_a_citizen_whom_it_did_not_help_comes_back_to_an_agent_who_finds_another_agency(desk: Desk) -> None:
    desk.sent()
    desk.reports(S.COMPLETED)
    desk.carry()
    desk.answers("")
    assert desk.stands() is S.COMPLETED
    assert desk.entries()[-1].reason == "own_words"
    desk.answers("not_helped")
    desk.answers("helped")
    assert desk.stands() is S.NOT_HELPED
    assert desk.calls() == ["referral_not_helped"]
    first = desk.referral_id
    new = NewReferral("", desk.service_id, "", "", "", "lee", "r-2", "", {})
    other = desk.run(proposing.reroute, first, new)
    assert desk.run(proposing.reroute, first, new).id == other.id
    assert (other.rerouted_from, other.state, other.case_id) == (first, "proposed", CASE)
    assert desk.row.rerouted_to == other.id
    assert desk.stands() is S.REROUTED
    opened = desk.run(proposing.opened, other.id, Reader("lee", "GetReferral", "follow up"))
    assert opened.summary == SUMMARY
    assert opened.consents == []
    (consent,) = desk.consents()
    assert consent.ended == "done"
    assert len(desk.dispatches(Errand.DELETION)) == 1


def test_an_agency_that_declines_says_why_and_a_repeated_proposal_is_the_first(desk: Desk) -> None:
    desk.sent()
    assert desk.reports(S.DECLINED, DeclineReason.FULL, note="대기자 30명").allowed
    assert (desk.row.state, desk.row.reason, desk.row.due_at) == ("declined", "full", None)
    assert desk.propose().state == "declined"
    with pytest.raises(PreconditionFailed, match="declined"):
        desk.withdraw()


def test_what_was_said_is_sealed_and_who_reads_it_is_on_record(desk: Desk) -> None:
    desk.ready()
    desk.reports(S.ACCEPTED, note="김영희 님과 통화함", by="kim")
    kept = [str(row) for table in metadata.sorted_tables for row in _rows(desk.database, table)]
    assert not any(word in row for row in kept for word in ("김영희", "+8210", "거처 없이", "통화함"))
    reader = Reader("lee", "GetReferral", "call back")
    opened = desk.run(proposing.opened, desk.referral_id, reader)
    assert opened.details["name"] == "김영희"
    told = desk.run(proposing.entries, desk.referral_id, 0, Reader("lee", "WatchReferral", ""))
    assert told[-1][1] == "김영희 님과 통화함"
    assert desk.trail() == [("lee", "GetReferral"), ("lee", "WatchReferral")]


def _rows(database: Database, table: Any) -> list[Any]:
    with database.engine.connect() as connection:
        rows = connection.execute(table.select()).all()
    return [[str(bytes(one), "utf-8", "replace") if isinstance(one, bytes) else one for one in row] for row in rows]


def test_a_consent_that_is_taken_back_while_a_dispatch_departs_has_the_last_word_or_is_followed_by_a_deletion(
    desk: Desk,
) -> None:
    for round_ in range(8):
        desk.propose(f"race-{round_}")
        consent = desk.consent()
        desk.send()
        (journey,) = (one for one in desk.begin() if one.referral_id == desk.referral_id)
        with ThreadPoolExecutor(2) as pool:
            departed = pool.submit(desk.database.run, departing.depart, journey.dispatch_id)
            pool.submit(desk.database.run, ending.revoke, consent.id, "", "kim").result()
        assert desk.stands() is S.WITHDRAWN
        assert len(desk.dispatches(Errand.DELETION)) == int(departed.result())


def test_a_message_that_comes_back_after_it_was_sent_is_escalated(desk: Desk) -> None:
    desk.sent()
    (dispatch,) = desk.dispatches()
    desk.arrives(dispatch.id, "failed")
    assert (desk.row.state, desk.row.escalation) == ("escalated", "not_sent")


def test_a_new_link_goes_to_the_known_address_and_a_notice_to_the_citizen(desk: Desk) -> None:
    desk.propose()
    assert desk.run(dispatching.send_link, desk.referral_id) is False
    consent = desk.consent()
    desk.send()
    desk.arrives(desk.carry()[0].dispatch_id)
    assert desk.run(dispatching.send_link, desk.referral_id) is True
    desk.run(
        dispatching.tell_citizen, desk.referral_id, {"ko": "내일 10시 상담입니다.", "en": "Tomorrow at 10."}, "clock"
    )
    link, notice = (one.load for one in desk.carry())
    assert isinstance(link, ToPartner)
    assert (link.address, "새 주소" in link.letter.subject) == (ADDRESS, True)
    assert isinstance(notice, ToCitizen)
    assert (notice.texts["en"], notice.choices) == ("Tomorrow at 10.", {})
    desk.revoke(consent)
    assert desk.run(dispatching.send_link, desk.referral_id) is False
