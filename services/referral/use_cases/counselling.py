"""What people enter about a legal referral: deadlines, who is on the other side, notes of the legal desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from chassis import calendars
from chassis.database import Tx
from chassis.errors import NotFound, PreconditionFailed
from chassis.statements import Row
from services.referral.domain import conflicts as rules
from services.referral.domain import deadlines
from services.referral.domain.conflicts import Flag, Side
from services.referral.domain.deadline_rules import RULES, Rule
from services.referral.domain.deadlines import DeadlineState, Warned, last_day
from services.referral.domain.referrals import OVER
from services.referral.store import legal, people, trail
from services.referral.store.legal import NewDeadline
from services.referral.store.people import NewPerson
from services.referral.use_cases import conflicts, dispatching, guarding
from services.referral.use_cases.moving import hold, keep, note
from services.referral.use_cases.reading import Reader, legal_one


@dataclass(frozen=True, slots=True)
class LegalFile:
    """Deadlines with where they are from, and opposing parties with name and number."""

    row: Row
    deadlines: Sequence[tuple[Row, str]] = field(repr=False)
    parties: Sequence[tuple[Row, str, str]] = field(repr=False)


def propose_deadline(rule_code: str, start: date, now: float) -> tuple[Rule, date, list[Warned]]:
    """The last day by a rule from an event on, and what is to be said beside it. Raises ``NotFound``."""
    rule = RULES.get(rule_code)
    if rule is None:
        raise NotFound("deadline rule", rule_code)
    last_year = start.year + rule.months // 12 + 1
    holidays = calendars.of_years(start.year, last_year)
    day, moved = last_day(start, holidays, days=rule.days, months=rule.months)
    told = [Warned.NOT_LEGAL_ADVICE, *deadlines.warnings(day, now)]
    return rule, day, [*told, Warned.DAY_MOVED] if moved else told


def add_deadline(tx: Tx, referral_id: str, new: NewDeadline, actor: str) -> tuple[Row, Row, list[Warned]]:
    """Enter a deadline: it, the referral as it is then, and what is to be said. A repeated request finds what it
    entered."""
    row = legal_one(tx, referral_id, lock=True)
    before = legal.deadline_by_request(tx, row.id, new.request_id)
    if before is not None:
        return before, row, guarding.warned(tx, row)
    _not_over(row)
    if len(legal.deadlines(tx, row.id)) >= deadlines.MOST:
        raise PreconditionFailed("TOO_MANY_DEADLINES", f"referral {row.id} has {deadlines.MOST} deadlines")
    added = legal.add_deadline(tx, row.id, new, actor)
    row = note(tx, guarding.refresh(tx, row), "deadline_set", actor, reason=new.kind.value, reference=added.id)
    return added, keep(tx, row), guarding.warned(tx, row)


def close_deadline(tx: Tx, deadline_id: str, state: DeadlineState, actor: str) -> tuple[Row, Row]:
    """It was kept, or was none; it and its referral as they are then. One that is closed stays as it is."""
    found = legal.deadline(tx, deadline_id)
    if found is None:
        raise NotFound("deadline", deadline_id)
    row = hold(tx, found.referral_id)
    if legal.close_deadline(tx, deadline_id, state, actor):
        changed = guarding.refresh(tx, row)
        row = guarding.in_hand(changed) if changed.deadline_id != row.deadline_id else changed
        row = keep(tx, note(tx, row, "deadline_closed", actor, reason=state.value, reference=deadline_id))
    return legal.deadline(tx, deadline_id), row


def add_party(tx: Tx, referral_id: str, name: str, telephone: str, request_id: str, actor: str) -> tuple[Row, Row]:
    """Somebody is on the other side; they and the referral as they are then. Where that makes a conflict, what has not
    left is stopped: it is sent again once the conflict is cleared. A repeated request finds whom it added."""
    row = legal_one(tx, referral_id, lock=True)
    before = people.by_request(tx, row.id, request_id)
    if before is not None:
        return before, row
    _not_over(row)
    if len(people.opponents(tx, row.id)) >= rules.MOST_PARTIES:
        raise PreconditionFailed("TOO_MANY_PARTIES", f"referral {row.id} has {rules.MOST_PARTIES} opposing parties")
    party = people.add(tx, row, NewPerson(Side.OPPONENT, name, telephone, request_id), actor)
    row = conflicts.judge(tx, note(tx, row, "party_added", actor, reference=party.id), actor)
    if row.conflict == Flag.POSSIBLE and not dispatching.has_left(tx, row):
        row = dispatching.hold_back(tx, row)
    return party, keep(tx, row)


def remove_party(tx: Tx, party_id: str, actor: str, *, legal_desk: bool) -> Row:
    """Somebody is not on the other side after all; the referral as it is then. While a conflict is open the legal desk
    alone may say so: else whoever is held up by it could take it away."""
    party = people.opponent(tx, party_id)
    if party is None:
        raise NotFound("opposing party", party_id)
    row = hold(tx, party.referral_id)
    if not legal_desk:
        conflicts.must_be_clear(tx, row)
    people.remove(tx, party_id)
    row = note(tx, row, "party_removed", actor, reference=party_id)
    return keep(tx, conflicts.judge(tx, row, actor))


def opened(tx: Tx, referral_id: str, reader: Reader) -> LegalFile:
    """Deadlines and opposing parties of a referral; who reads is on record."""
    row = legal_one(tx, referral_id)
    trail.audit(tx, reader.subject, reader.action, row.id, reader.purpose)
    return LegalFile(row, sourced(tx, row), conflicts.opponents(tx, row))


def sourced(tx: Tx, row: Row) -> list[tuple[Row, str]]:
    """Every deadline of a referral with where it is from, the nearest first."""
    return [(one, legal.source(tx, one)) for one in legal.deadlines(tx, row.id)] if row.law_field else []


def add_note(tx: Tx, referral_id: str, text: str, request_id: str, author: str) -> tuple[Row, str]:
    """The legal desk notes something for itself: no entry of the referral tells of it."""
    row = legal_one(tx, referral_id, lock=True)
    written = legal.add_note(tx, row.id, text, author, request_id)
    return written, legal.note_text(tx, written)


def notes(tx: Tx, referral_id: str, after: str, limit: int, reader: Reader) -> list[tuple[Row, str]]:
    """Notes of the legal desk, oldest first; who reads is on record."""
    row = legal_one(tx, referral_id)
    trail.audit(tx, reader.subject, reader.action, row.id, reader.purpose)
    return [(one, legal.note_text(tx, one)) for one in legal.notes(tx, row.id, after, limit)]


def _not_over(row: Row) -> None:
    if row.state in OVER and row.state not in deadlines.UNTAKEN:
        raise PreconditionFailed("REFERRAL_OVER", f"referral {row.id} is {row.state}")
