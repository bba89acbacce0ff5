"""Figures of referrals as they are asked for: of a period, slice by slice, agency by agency; and what metrics show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chassis.database import Tx
from services.referral.domain.figures import Figures, Slice, begin_of, begins
from services.referral.store import figures
from services.referral.store.figures import Wanted


@dataclass(frozen=True, slots=True)
class Sliced:
    """Figures of a slice that begins then, in seconds since 1970."""

    begins_at: float
    figures: Figures


@dataclass(frozen=True, slots=True)
class OfAgency:
    """Figures of an agency."""

    organization_id: str
    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Now:
    """How referrals stand: those that are open by their state, and for how many a supervisor is wanted, the first since
    ``first_waits_s``."""

    open: Mapping[str, int]
    escalated: int
    first_waits_s: float


def read(tx: Tx, wanted: Wanted, length: Slice | None) -> tuple[Figures, list[Sliced]]:
    """The figures of a period together, and slice by slice if there is a length."""
    together = figures.together(tx, wanted)
    if length is None:
        return together, []
    days = begins(wanted.since, wanted.until, length)
    found = figures.by_slice(tx, wanted, days)
    return together, [Sliced(max(begin_of(day), wanted.since), found.get(day, Figures())) for day in days]


def by_agency(tx: Tx, wanted: Wanted, after: str, limit: int) -> list[OfAgency]:
    """The figures of agencies by their ids."""
    ids: Sequence[str] = figures.agencies(tx, wanted, after, limit)
    found, names = figures.by_agency(tx, wanted, ids), figures.names(tx, ids)
    return [OfAgency(one, names.get(one, ""), found.get(one, Figures())) for one in ids]


def now(tx: Tx) -> Now:
    """How referrals stand now."""
    escalated, since = figures.escalated(tx)
    waits_s = max(0.0, tx.now.timestamp() - since) if since is not None else 0.0
    return Now(figures.open_by_state(tx), escalated, waits_s)
