"""Consent is asked in words that the law wants, and recorded."""

from __future__ import annotations

from chassis.database import Tx
from chassis.errors import InvalidArgument, PreconditionFailed
from chassis.ids import new_id
from chassis.statements import Row
from services.referral.domain import wording
from services.referral.domain.consents import Ended, Given, Item, Purpose, faults
from services.referral.domain.referrals import OVER, ReferralState
from services.referral.domain.wording import Wording
from services.referral.store import consents, named
from services.referral.use_cases.moving import found, hold, keep, move, note


def prepare(
    tx: Tx, referral_id: str, purpose: Purpose, items: frozenset[Item], until: float, language: str
) -> list[Wording]:  # fmt: skip
    """What the agent reads out: Korean, then the citizen's language if it is another."""
    row = found(tx, referral_id)
    return wording.wordings(named.name(tx, "organization", row.organization_id), purpose, items, until, language)


def record(tx: Tx, referral_id: str, given: Given, agent_id: str, request_id: str) -> tuple[Row, Row]:
    """The citizen agrees; the consent and its referral as they are then. A repeated request finds what it recorded. One
    that counts makes way, and what was sent by it stays with the agency until the new one ends."""
    row = hold(tx, referral_id)
    before = consents.by_request(tx, referral_id, request_id)
    if before is not None:
        return before, row
    wrong = faults(given, tx.now.timestamp())
    if wrong:
        raise InvalidArgument(wrong)
    if row.state in OVER:
        raise PreconditionFailed("REFERRAL_OVER", f"referral {row.id} is {row.state}")
    if row.consent_id:
        consents.end(tx, row.consent_id, Ended.REPLACED, agent_id)
    consent = consents.add(tx, new_id(tx.now), row, given, agent_id, request_id, wording.VERSION)
    row = row._replace(consent_id=consent.id)
    if row.state == ReferralState.PROPOSED:
        row = move(tx, row, ReferralState.CONSENTED, agent_id, kind="consent_given", reference=consent.id)
    else:
        row = note(tx, row, "consent_given", agent_id, reference=consent.id)
    return consent, keep(tx, row)


def listed(tx: Tx, case_id: str, referral_id: str, after: str, limit: int) -> list[Row]:
    """Consents of a case or a referral, oldest first."""
    return list(consents.listed(tx, case_id, referral_id, after, limit))
