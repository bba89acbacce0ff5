"""Referrals as agents lead them: proposed, read, listed, led elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from chassis import telemetry
from chassis.database import Tx
from chassis.errors import NotFound, PreconditionFailed
from chassis.ids import new_case_number, new_id
from chassis.statements import Row
from chassis.streams import PAGE
from chassis.telemetry.attributes import CASE_ID
from services.referral.domain.consents import Ended
from services.referral.domain.deadlines import Warned
from services.referral.domain.referrals import REROUTABLE, Kind, ReferralState
from services.referral.store import consents, named, referrals, trail
from services.referral.store.referrals import NewReferral, Order
from services.referral.use_cases import conflicts, counselling, guarding
from services.referral.use_cases.ending import end_consent
from services.referral.use_cases.moving import found, hold, keep, move, note
from services.referral.use_cases.reading import Reader

__all__ = ["Opened", "Reader", "entries", "lead_elsewhere", "listed", "opened", "propose", "reroute"]


@dataclass(frozen=True, slots=True)
class Opened:
    """A referral with what was said in it."""

    row: Row
    summary: str = field(repr=False)
    details: Mapping[str, str] = field(repr=False)
    consents: Sequence[Row] = ()
    deadlines: Sequence[tuple[Row, str]] = field(default=(), repr=False)
    """Each with where it is from."""


def propose(tx: Tx, new: NewReferral) -> Row:
    """Propose help. A repeated request finds what it proposed. Without an ``organization_id`` the service's own is
    asked."""
    before = referrals.by_request(tx, new.case_id, new.request_id)
    if before is not None:
        return before
    service = named.service(tx, new.service_id)
    if service is None:
        raise NotFound("service", new.service_id)
    organization_id = new.organization_id or service.organization_id
    if named.organization(tx, organization_id) is None:
        raise NotFound("organization", organization_id)
    new = replace(new, organization_id=organization_id)
    with telemetry.span("referral", attributes={CASE_ID: new.case_id}):
        row = referrals.add(tx, new_id(tx.now), new_case_number(tx.now), new, telemetry.traceparent())
    row = note(tx, row, "moved", new.agent_id, reference=new.rerouted_from)
    return keep(tx, conflicts.know_client(tx, row, new.agent_id) if new.kind == Kind.LEGAL else row)


def opened(tx: Tx, referral_id: str, reader: Reader) -> Opened:
    """A referral with what was said in it; who reads is on record."""
    row = found(tx, referral_id)
    trail.audit(tx, reader.subject, reader.action, row.id, reader.purpose)
    return Opened(
        row, referrals.summary(tx, row), referrals.details(tx, row), consents.of_referral(tx, row.id),
        counselling.sourced(tx, row),
    )  # fmt: skip


def entries(tx: Tx, referral_id: str, after: int, reader: Reader | None) -> list[tuple[Row, str]]:
    """What happened after an entry, each with the words in it. If there are any, who reads is on record; None: the
    record of this stream stands."""
    found(tx, referral_id)
    rows = referrals.entries(tx, referral_id, after, PAGE)
    told = [(row, referrals.note(tx, row)) for row in rows]
    if reader is not None and any(words for _, words in told):
        trail.audit(tx, reader.subject, reader.action, referral_id, reader.purpose)
    return told


def listed(
    tx: Tx, only: Mapping[str, Any], after: tuple[float, str] | None, limit: int, *, order: Order = Order.PROPOSED,
    open_only: bool = False, deadline_before: float | None = None,
) -> list[Row]:  # fmt: skip
    """Referrals whose columns have these values, in an order."""
    found = referrals.listed(
        tx, only, after, limit, order=order, open_only=open_only, deadline_before=deadline_before
    )  # fmt: skip
    return list(found)


def reroute(tx: Tx, referral_id: str, new: NewReferral) -> Row:
    """Propose another agency in its place; the new one. A repeated request finds what it proposed. Consent to the old
    one was for the old one: it ends, and that agency is told to delete what it got."""
    row = hold(tx, referral_id)
    before = referrals.by_request(tx, row.case_id, new.request_id)
    if before is not None:
        return before
    if row.state not in REROUTABLE:
        raise PreconditionFailed("NOT_REROUTABLE", f"referral {row.id} is {row.state}: withdraw it, or wait")
    row = end_consent(tx, row, Ended.DONE, new.agent_id)
    other = propose(tx, _in_place_of(tx, row, new))
    if row.law_field:
        row, other = guarding.carry_over(tx, row, other, new.agent_id)
        other = keep(tx, conflicts.carry_over(tx, row, other, new.agent_id))
    row = row._replace(rerouted_to=other.id)
    keep(tx, move(tx, row, ReferralState.REROUTED, new.agent_id, reference=other.id))
    return other


def lead_elsewhere(tx: Tx, referral_id: str, new: NewReferral) -> tuple[Row, Sequence[Warned]]:
    """Propose another agency (``reroute``); the new referral, and what is to be said of the deadlines that go along."""
    other = reroute(tx, referral_id, new)
    return other, guarding.warned(tx, other)


def _in_place_of(tx: Tx, row: Row, new: NewReferral) -> NewReferral:
    """What was said before is said again, unless the agent says something else."""
    return replace(
        new,
        case_id=row.case_id,
        kind=row.kind,
        need=row.need,
        urgent=bool(row.urgent),
        summary=new.summary or referrals.summary(tx, row),
        details=referrals.details(tx, row),
        rerouted_from=row.id,
        law_field=row.law_field,
    )
