"""Inquiring: a channel asks how the cases that came over it stand. Nothing of the citizen is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chassis.database import Tx
from chassis.statements import Row
from services.intake.domain.cases import CaseQuestion
from services.intake.domain.contacts import Details
from services.intake.domain.replies import Parked
from services.intake.store import contacts, inquiries

_PAGE = 200
_MOST_SCANNED = 5_000
"""A topic is sealed, so it is looked for in this many of the newest cases at most."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands."""

    case: Row
    details: Details
    note: str


def find_cases(tx: Tx, channel: str, asked: CaseQuestion) -> list[Standing]:
    """The cases of a channel that meet every condition, newest first, a page of them."""
    found: list[Standing] = []
    skip = asked.skip
    for standing in _standings(tx, channel, asked):
        if asked.topic and standing.details.topic != asked.topic:
            continue
        if skip > 0:
            skip -= 1
            continue
        found.append(standing)
        if len(found) == asked.limit:
            break
    return found


def replies_to(tx: Tx, found: Sequence[Standing]) -> dict[str, list[Parked]]:
    """What was answered in these cases, by case."""
    return inquiries.told(tx, [one.case.id for one in found]) if found else {}


def _standings(tx: Tx, channel: str, asked: CaseQuestion) -> Iterator[Standing]:
    for start in range(0, _MOST_SCANNED, _PAGE):
        rows = inquiries.cases_of_channel(tx, channel, asked, _PAGE, start)
        if not rows:
            return
        ids = [row.id for row in rows]
        details, notes = inquiries.opening_details(tx, ids), inquiries.last_answers(tx, ids)
        for row in rows:
            yield Standing(row, contacts.details(details.get(row.id, "")), notes.get(row.id, ""))
