"""Referrals on both databases: consent, sending, reports, silence and the citizen's answer."""

from __future__ import annotations

import pytest

from chassis.database import Database
from chassis.errors import Conflict, InvalidArgument, PreconditionFailed
from services.referral.domain.consents import Item
from services.referral.domain.dispatches import Errand
from services.referral.domain.referrals import DeclineReason, Outcome, Reason, ReferralState
from services.referral.store.referrals import NewReferral
from services.referral.tables import metadata
from services.referral.use_cases import asking, departing, dispatching, packets, proposing, reporting, tending
from services.referral.use_cases.loading import ToCitizen, ToDepartment, ToPartner
from services.referral.use_cases.proposing import Reader
from tests.integration.databases import Clock, shared
from tests.integration.referral_desk import ADDRESS, CASE, SECOND, SUMMARY, Desk

both, clock, database = shared("referral", metadata)
S = ReferralState


@pytest.fixture
def desk(database: Database, clock: Clock) -> Desk:
    return Desk(database, clock, second="sms")


def test_a_referral_is_followed_from_the_proposal_to_the_citizens_answer(desk: Desk) -> None:
    desk.ready()
    (journey,) = desk.carry()
    load = journey.load
    assert isinstance(load, ToPartner) and load.address == ADDRESS
    assert load.letter.text.count("https://hub.example/agency/") == 1 and "김영희" not in load.letter.text
    assert desk.stands() is S.CONSENTED
    desk.arrives(journey.dispatch_id)
    assert desk.stands() is S.SENT
    for state in (S.ACKNOWLEDGED, S.ACCEPTED, S.IN_PROGRESS, S.COMPLETED):
        assert desk.reports(state).allowed
    (question,) = desk.carry()
    assert isinstance(question.load, ToCitizen) and set(question.load.texts) == {"ko", "en", "zh", "ja", "vi", "mn"}
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
    assert found.fields["name"] == "김영희" and found.fields["health"] == "당뇨"
    assert "telephone" not in found.fields and SUMMARY not in found.text and not found.names_citizen
    desk.agency("connector", connector="gyeonggi")
    desk.send()
    (journey,) = desk.carry()
    assert isinstance(journey.load, ToDepartment) and "+8210" not in str(journey.load)


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
    assert after == [] and all(not isinstance(one.load, ToDepartment) for one in desk.begin())
    (consent,) = desk.consents()
    assert consent.ended == ends
    deletions = desk.dispatches(Errand.DELETION)
    if step in {"consented", "queued", "begun"}:
        assert left == [] and deletions == []
        assert desk.stands() is (S.WITHDRAWN if ends == "revoked" else S.PROPOSED)
    else:
        assert len(left) == len(deletions) == 1 and desk.stands() is S.WITHDRAWN
    with pytest.raises(PreconditionFailed):
        desk.database.read(packets.packet, desk.referral_id)
