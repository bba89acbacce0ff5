"""Rehearsing: what a mailing would send by which channel, and what that costs. Nothing leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from chassis.database import Database, Tx
from chassis.errors import PreconditionFailed
from chassis.statements import Row
from services.outreach.domain.mailings import OPEN, RecipientState, Texts, address_of, needs_approval
from services.outreach.store import mailings, recipients
from services.outreach.use_cases import mailing

PAGE = 5_000


@dataclass(frozen=True, slots=True)
class Cost:
    """What goes by a channel in a language."""

    channel: str
    language: str
    recipients: int
    unit_price_won: float

    @property
    def total_won(self) -> float:
        """For all of them."""
        return self.recipients * self.unit_price_won


@dataclass(frozen=True, slots=True)
class DryRun:
    """What would leave."""

    costs: tuple[Cost, ...]
    unreachable: int
    needs_approval: bool

    @property
    def total_won(self) -> float:
        """For everything."""
        return sum(one.total_won for one in self.costs)


def dry_run(database: Database, mailing_id: str, prices: Mapping[str, float]) -> DryRun:
    """Count the list by the first channel that reaches each. Raises ``NotFound``, ``PreconditionFailed`` with
    MAILING_INCOMPLETE."""
    row, texts = database.run(_complete, mailing_id)
    found: Counter[tuple[str, str]] = Counter()
    after, seen = 0, True
    while seen:
        counted, after, seen = database.run(_count, row, texts, after)
        found.update(counted)
    unreachable = found.pop(("", ""), 0)
    costs = tuple(
        Cost(channel, language, many, prices.get(channel, 0.0)) for (channel, language), many in sorted(found.items())
    )
    approved = row.approved_by or not needs_approval(row.total, row.needs_approval_above)
    return DryRun(costs, unreachable, not approved)


def _complete(tx: Tx, mailing_id: str) -> tuple[Row, Texts]:
    row = mailing.of(tx, mailing_id)
    if row.state in OPEN:
        raise PreconditionFailed("MAILING_INCOMPLETE", f"the list of mailing {mailing_id} is not complete")
    return row, mailings.texts(tx, mailing_id)


def _count(tx: Tx, row: Row, texts: Texts, after: int) -> tuple[Counter[tuple[str, str]], int, bool]:
    """A page of the list by channel and language; the number of its last, and whether there may be more."""
    page = recipients.page(tx, row.id, after, PAGE)
    found: Counter[tuple[str, str]] = Counter()
    for one in page:
        found[("", "") if one.state == RecipientState.SKIPPED else _road(tx, row, texts, one)] += 1
    return found, page[-1].number if page else after, len(page) == PAGE


def _road(tx: Tx, row: Row, texts: Texts, one: Row) -> tuple[str, str]:
    addresses, _ = recipients.opened(tx, one)
    for step in mailings.steps(row):
        text = texts.of(step.channel, one.language)
        if text is not None and address_of(step, addresses):
            return step.channel, text.language
    return "", ""
