"""Conflicts of interest on both databases: found from either side, whatever has not left stops until the legal desk has
cleared them, and nobody learns more than they must."""

from __future__ import annotations

from typing import Any

import pytest
from hub120.referral.v1 import events_pb2

from chassis.errors import PreconditionFailed
from services.referral.domain.agency_calls import CallState
from services.referral.domain.referrals import AgencyReport, Outcome, Reason, ReferralState
from services.referral.tables import metadata
from services.referral.use_cases import (
    appointments,
    calling,
    conflicts,
    counselling,
    departing,
    ending,
    reporting,
)
from services.referral.use_cases.calling import LegNews
from tests.integration.databases import shared
from tests.integration.legal_desk import (
    CHEAT,
    LAWYER,
    OTHER_CASE,
    WOMAN,
    opponent,
    propose,
    proposed,
    send,
)
from tests.integration.referral_desk import Desk

both, clock, database = shared("referral", metadata)
desk = proposed
S = ReferralState
DAYS = (7, 3, 1)


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
    with pytest.raises(PreconditionFailed, match="has not cleared"):
        desk.run(reporting.report_by_agent, row.id, AgencyReport(S.ACKNOWLEDGED, report_id="told"), "kim")
    with pytest.raises(PreconditionFailed, match="has not cleared"):
        desk.run(appointments.book, row.id, OTHER_CASE, "kim", "b-1")
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
    desk.run(conflicts.listed, first, LAWYER)
    assert desk.row.conflict == "possible", "the flag is as it is to be once somebody has looked"
    desk.consent()
    with pytest.raises(PreconditionFailed, match="conflict"):
        desk.send()
    desk.run(ending.withdraw, second, Reason.BY_CITIZEN, "", "kim")
    desk.send()


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
        for _ in range(2):
            desk.run(calling.hear, LegNews(call.id, CallState.UP))
        with pytest.raises(PreconditionFailed, match="has not cleared"):
            desk.run(calling.report, desk.referral_id, AgencyReport(S.ACCEPTED, report_id="said"), "kim")
    assert (desk.row.state, desk.row.conflict, desk.row.sent_at) == (S.CONSENTED, "possible", None)
    assert next(one.reason for one in desk.entries() if one.kind == "called") == "conflict_open"
    assert {one.call_id for one in desk.told if isinstance(one, events_pb2.AgencyLegUnwanted)} == {call.id}


def test_an_agency_that_had_the_other_side_before_is_still_on_it(desk: Desk) -> None:
    propose(desk, "r-2", CHEAT, case_id=OTHER_CASE)
    send(desk)
    desk.reports(S.COMPLETED)
    desk.confirm(Outcome.HELPED)
    assert desk.row.ended_at is not None
    desk.referral_id = propose(desk, "r-3", WOMAN).id
    assert opponent(desk, CHEAT).conflict == "possible"


def test_a_referral_has_so_many_opposing_parties_each_added_once_and_none_when_it_is_over(desk: Desk) -> None:
    for number in range(20):
        asked = (desk.referral_id, f"상대방 {number}", "", "client" if number == 0 else f"p-{number}", "kim")
        added = {desk.run(counselling.add_party, *asked)[0].id for _ in range(2)}
        assert len(added) == 1
    assert len(desk.run(counselling.opened, desk.referral_id, LAWYER).parties) == 20
    with pytest.raises(PreconditionFailed, match="20 opposing parties"):
        opponent(desk, CHEAT)
    desk.withdraw()
    with pytest.raises(PreconditionFailed) as over:
        opponent(desk, CHEAT)
    assert over.value.reason == "REFERRAL_OVER"
