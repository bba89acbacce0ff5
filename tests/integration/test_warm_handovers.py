"""Warm hand-over, as referral leads it: the agency is called into the talk, says there whether it takes over, and the
referral goes on from what was said. Both databases."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hub120.referral.v1 import events_pb2

from chassis.database import Database
from chassis.errors import PreconditionFailed
from chassis.statements import Sql
from services.referral.domain.agency_calls import LONGEST_S, UNHEARD_S, CallState
from services.referral.domain.dispatches import Errand
from services.referral.domain.referrals import AgencyReport, DeclineReason, Reason, ReferralState
from services.referral.store import agency_calls
from services.referral.tables import metadata
from services.referral.use_cases import calling
from services.referral.use_cases.calling import LegNews
from tests.integration.databases import Clock, shared
from tests.integration.referral_desk import ADDRESS, HOUSE, Desk, S

C = CallState

both, clock, database = shared("referral", metadata)


@pytest.fixture
def desk(database: Database, clock: Clock) -> Desk:
    """A referral to an agency with a telephone, to which the citizen has agreed."""
    desk = Desk(database, clock, "telephone")
    desk.propose()
    desk.consent()
    return desk


def call(desk: Desk, request_id: str = "c-1") -> str:
    _, found = desk.run(calling.call_agency, desk.referral_id, "kim", request_id, HOUSE.centre)
    call_id: str = found.id
    return call_id


def hear(desk: Desk, call_id: str, *states: CallState, reason: str = "", takes_over: bool = False) -> None:
    for state in states:
        desk.run(calling.hear, LegNews(call_id, state, reason, takes_over))


def says(desk: Desk, state: ReferralState, request_id: str = "", **more: Any) -> tuple[bool, bool]:
    """What the agent reports of the call: whether it was allowed, and a duplicate."""
    report = AgencyReport(state, report_id=request_id or state.value, **more)
    _, taken = desk.run(calling.report, desk.referral_id, report, "kim")
    return taken.allowed, taken.duplicate


def of(desk: Desk, kind: type[Any]) -> list[Any]:
    return [one for one in desk.told if isinstance(one, kind)]


def called(desk: Desk) -> list[str]:
    """What became of the calls, by the referral's entries."""
    return [one.reason for one in desk.entries() if one.kind == "called"]


def later(desk: Desk, seconds: float) -> None:
    desk.clock.pass_by(seconds)
    while desk.run(calling.tend):
        pass


def test_an_agency_that_answers_and_takes_over_moves_the_referral_and_lets_the_agent_leave(desk: Desk) -> None:
    call_id = call(desk)
    assert call(desk) == call_id
    (wanted,) = of(desk, events_pb2.AgencyLegWanted)
    assert ADDRESS.encode() not in wanted.SerializeToString()
    number = desk.database.keys.open_text(wanted.dial_to.sealed_number, table="dial_to", column="sealed_number", row="")
    assert (number, wanted.agent_id, wanted.case_id) == (ADDRESS, "kim", desk.row.case_id)
    assert HOUSE.centre in wanted.announcement.text
    hear(desk, call_id, C.RINGING, C.UP, C.UP)
    assert (desk.stands(), called(desk)) == (S.SENT, ["answered"])
    assert says(desk, S.ACKNOWLEDGED) == (True, False)
    assert of(desk, events_pb2.AgencyTakesOver) == []
    assert says(desk, S.ACCEPTED) == (True, False)
    assert says(desk, S.ACCEPTED) == (False, True)
    assert {one.call_id for one in of(desk, events_pb2.AgencyTakesOver)} == {call_id}
    hear(desk, call_id, C.ENDED, reason="done")
    assert (desk.stands(), called(desk)) == (S.ACCEPTED, ["answered"])
    assert desk.dispatches(Errand.REFERRAL) == []


def test_a_key_takes_over_though_nobody_told_that_they_had_answered(desk: Desk) -> None:
    call_id = call(desk)
    for _ in range(2):
        hear(desk, call_id, C.UP, takes_over=True)
    assert (desk.stands(), called(desk)) == (S.ACCEPTED, ["answered"])
    hear(desk, call_id, C.UP)
    assert called(desk) == ["answered"]


@pytest.mark.parametrize("reason", ["busy", "no_answer", "refused", "no_call", "expired"])
def test_a_call_in_vain_is_the_agents_turn_who_calls_again_or_sends_as_usual(desk: Desk, reason: str) -> None:
    hear(desk, call(desk), C.RINGING, C.ENDED, reason=reason)
    assert (desk.stands(), called(desk)) == (S.CONSENTED, [reason])
    with pytest.raises(PreconditionFailed, match="answered"):
        says(desk, S.ACCEPTED)
    assert desk.send()[1], "it is sent all the same"
    assert desk.kinds()[-1] == "to_call"
    hear(desk, call(desk, "c-2"), C.UP)
    assert desk.stands() is S.SENT


def test_an_agent_who_forgets_after_a_call_in_vain_is_found_by_a_supervisor(desk: Desk) -> None:
    hear(desk, call(desk), C.ENDED, reason="busy")
    desk.pass_by(24 * 7)
    assert (desk.stands(), desk.row.escalation) == (S.ESCALATED, Reason.NOT_SENT)


def test_an_agency_that_declines_in_the_call_is_not_left_to_hang(desk: Desk) -> None:
    call_id = call(desk)
    hear(desk, call_id, C.UP)
    assert says(desk, S.DECLINED, reason=DeclineReason.FULL) == (True, False)
    desk.run(calling.hang_up, desk.referral_id, "kim")
    desk.run(calling.hang_up, desk.referral_id, "kim")
    assert [one.call_id for one in of(desk, events_pb2.AgencyLegUnwanted)] == [call_id]
    assert (desk.stands(), desk.row.declined_for) == (S.DECLINED, "full")


def test_an_agency_that_hangs_up_without_a_word_has_got_it_and_its_ladder_runs(desk: Desk) -> None:
    call_id = call(desk)
    hear(desk, call_id, C.UP)
    due = desk.row.due_at
    desk.clock.pass_by(60)
    hear(desk, call_id, C.ENDED, reason="done")
    assert (desk.stands(), called(desk)) == (S.SENT, ["answered", "no_word"])
    assert desk.row.due_at == due, "its time to acknowledge runs as before"
    assert says(desk, S.ACCEPTED) == (True, False), "the agent may say afterwards what was said"
    assert of(desk, events_pb2.AgencyTakesOver) == []


def test_a_consent_that_ends_while_it_rings_takes_the_call_back_and_nothing_moves_on(desk: Desk) -> None:
    call_id = call(desk)
    hear(desk, call_id, C.RINGING)
    desk.revoke(desk.consents()[0])
    assert [one.call_id for one in of(desk, events_pb2.AgencyLegUnwanted)] == [call_id]
    assert (desk.stands(), called(desk), desk.row.escalation) == (S.WITHDRAWN, ["consent_ended"], "")
    for _ in range(2):
        hear(desk, call_id, C.UP)
    assert (desk.stands(), desk.row.sent_at) == (S.WITHDRAWN, None)
    assert desk.row.escalation == Reason.DELETION_BY_TELEPHONE, "who had answered already is to delete what they heard"
    assert len(of(desk, events_pb2.AgencyLegUnwanted)) == 2
    hear(desk, call_id, C.ENDED, reason="done")
    assert called(desk) == ["consent_ended", "answered"]


def test_an_agency_that_has_taken_over_stays_on_the_line_though_the_consent_ends(desk: Desk) -> None:
    hear(desk, call(desk), C.UP, takes_over=True)
    desk.revoke(desk.consents()[0])
    assert (desk.stands(), desk.row.escalation) == (S.WITHDRAWN, Reason.DELETION_BY_TELEPHONE)
    assert of(desk, events_pb2.AgencyLegUnwanted) == []


def test_a_consent_that_ran_out_before_the_answer_takes_the_call_back(desk: Desk, clock: Clock) -> None:
    desk.consent(days=1 / 86_400)
    call_id = call(desk)
    clock.pass_by(2)
    hear(desk, call_id, C.UP)
    assert (desk.stands(), called(desk)) == (S.CONSENTED, ["consent_ended"])


def test_a_call_of_which_nothing_is_heard_ends_without_a_word_and_late_news_count(desk: Desk) -> None:
    call_id = call(desk)
    later(desk, UNHEARD_S - 1)
    assert called(desk) == []
    later(desk, 1)
    assert (desk.stands(), called(desk)) == (S.CONSENTED, ["no_word"])
    hear(desk, call_id, C.UP)
    assert (desk.stands(), called(desk)) == (S.SENT, ["no_word", "answered"])
    later(desk, LONGEST_S)
    assert called(desk)[-1] == "no_word"
    hear(desk, call_id, C.ENDED, reason="no_call")
    assert called(desk) == ["no_word", "answered", "no_word"]
    found = desk.database.read(agency_calls.call, call_id)
    assert found is not None
    assert found.due_at is None


def test_what_stands_in_the_way_of_a_call_is_said(database: Database, clock: Clock) -> None:
    desk = Desk(database, clock, "connector", connector="works")
    desk.propose()
    reasons: list[str] = []
    for step in (lambda: None, desk.consent, lambda: _directory_knows(desk, "031-228-1234"), lambda: None):
        step()
        try:
            call(desk, f"c-{len(reasons)}")
        except PreconditionFailed as refused:
            reasons.append(refused.reason)
        else:
            reasons.append("")
    assert reasons == ["NO_CONSENT", "NO_LINE", "", "CALL_GOES_ON"]
    (wanted,) = of(desk, events_pb2.AgencyLegWanted)
    number = database.keys.open_text(wanted.dial_to.sealed_number, table="dial_to", column="sealed_number", row="")
    assert number == "+82312281234", "the directory knows a telephone where the agency has none of its own"
    desk.withdraw()
    with pytest.raises(PreconditionFailed) as over:
        call(desk, "c-9")
    assert over.value.reason == "NOT_CALLABLE"


def _directory_knows(desk: Desk, number: str) -> None:
    phones = [{"number": "119"}, {"number": "031-111-1111", "type": "fax"}, {"number": number, "type": "voice"}]
    statement = Sql("UPDATE service SET document = :document WHERE id = :id")
    desk.database.run(
        lambda tx: tx.execute(statement, {"id": desk.service_id, "document": json.dumps({"phones": phones})})
    )
