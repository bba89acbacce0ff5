"""Wording: what a citizen wrote is read by a service that carries the conversation on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.database import Tx
from chassis.errors import NotFound
from services.intake.store import cases, words
from services.intake.store.words import Word
from services.intake.use_cases.casework import Reader, audit

PAGE = 50
UNANSWERED = 20
"""Messages from before that are looked at when nobody has read any yet."""


@dataclass(frozen=True, slots=True)
class Words:
    """A page of what was written."""

    words: Sequence[Word]
    sequence: int
    """The last entry that was looked at."""
    more: bool
    topic: str


def read_words(tx: Tx, case_id: str, after: int | None, reader: Reader) -> Words:
    """What the citizen wrote after an entry; without one, what no person has answered yet."""
    case = cases.case(tx, case_id)
    if case is None:
        raise NotFound("case", case_id)
    found = _unanswered(tx, case_id) if after is None else words.after(tx, case_id, after, PAGE + 1)
    page = found[:PAGE]
    written = [one for one in page if one.text]
    if written:
        audit(tx, reader, citizen_id=case.citizen_id, case_id=case.id)
    last = page[-1].sequence if page else after or 0
    return Words(written, last, more=len(found) > len(page), topic=case.topic)


def _unanswered(tx: Tx, case_id: str) -> Sequence[Word]:
    """Since the last reply of a person, and the newest in any case."""
    answered, found = words.last_reply(tx, case_id), words.newest(tx, case_id, UNANSWERED)
    spoken = [one.sequence for one in found if one.text]
    since = min(answered, spoken[-1] - 1) if spoken else answered
    return [one for one in found if one.sequence > since]
