"""Volunteers and the glossary, as supervisors keep them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.database import Tx
from chassis.errors import Conflict, InvalidArgument, NotFound, PreconditionFailed
from chassis.statements import Row
from services.translation.domain.volunteers import Volunteer, day_began
from services.translation.store import terms, volunteers
from services.translation.use_cases.covering import calendar_at

MOST_VOLUNTEERS = 5_000
MOST_TERMS = 5_000
"""In one language."""


@dataclass(frozen=True, slots=True)
class NewTerm:
    """A term as somebody writes it; ``version`` is the one they read, 0 to write whatever is there."""

    korean: str
    language: str
    translation: str
    note: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A volunteer with how their day was, and the languages they speak."""

    volunteer: Volunteer
    languages: Sequence[str]


def put_volunteer(tx: Tx, one: Volunteer, languages: Sequence[str], telephone: str) -> Found:
    """Create or change a volunteer; without a telephone they keep the one they have."""
    row = volunteers.volunteer(tx, one.id)
    if row is None:
        if not telephone:
            raise InvalidArgument([("volunteer.telephone", "is required for one who is new")])
        if volunteers.count(tx) >= MOST_VOLUNTEERS:
            raise PreconditionFailed("TOO_MANY_VOLUNTEERS", f"there are {MOST_VOLUNTEERS} volunteers")
    volunteers.put(tx, one, languages, telephone or volunteers.telephone(tx, row))
    (found,) = with_days(tx, [volunteers.volunteer(tx, one.id)])
    return found


def list_volunteers(tx: Tx, language: str, after: str, limit: int) -> list[Found]:
    """Volunteers by id."""
    return with_days(tx, volunteers.who_speak(tx, language, after, limit))


def with_days(tx: Tx, rows: Sequence[Row]) -> list[Found]:
    """Volunteers with how their day was so far."""
    now = tx.now.timestamp()
    days = volunteers.days(tx, [row.id for row in rows], day_began(now, calendar_at(now)))
    return [Found(volunteers.facts(row, days.get(row.id, (0, 0))), row.languages.split()) for row in rows]


def remove_volunteer(tx: Tx, volunteer_id: str) -> None:
    """Forget a volunteer."""
    if not volunteers.remove(tx, volunteer_id):
        raise NotFound("volunteer", volunteer_id)


def put_term(tx: Tx, new: NewTerm, changed_by: str) -> Row:
    """Create or change a term. Whoever read an older one must look again."""
    before = terms.term(tx, new.korean, new.language)
    version = before.version if before else 0
    if new.version and new.version != version:
        raise Conflict(f"the term is at version {version}, not {new.version}: read it again", "TERM_CHANGED")
    if before is None and terms.count(tx, new.language) >= MOST_TERMS:
        raise PreconditionFailed("TOO_MANY_TERMS", f"there are {MOST_TERMS} terms in this language")
    return terms.put(
        tx, korean=new.korean, language=new.language, translation=new.translation, note=new.note,
        version=version + 1, changed_by=changed_by,
    )  # fmt: skip


def remove_term(tx: Tx, korean: str, language: str) -> None:
    """Drop a term."""
    if not terms.remove(tx, korean, language):
        raise NotFound("term", "")
