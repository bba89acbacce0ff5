"""How a check-in moves, what is noted of it in its round, and who is asked next.

Whoever calls this holds the check-in's row and writes it back with ``keep``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from hub120.outreach.v1 import events_pb2

from chassis import calendars
from chassis.database import Tx
from chassis.errors import NotFound
from chassis.ids import new_id
from chassis.statements import Row
from services.outreach.domain import calling_times
from services.outreach.domain.calling_times import ZONE, Slot, Span
from services.outreach.domain.check_ins import (
    ABOUT,
    CHECK_IN_MOVES,
    HOUR_S,
    About,
    CheckInState,
    Reason,
    Timers,
    asks_next,
    timers,
)
from services.outreach.domain.errands import ENDED, GIVEN, GIVEN_UP, WAITING
from services.outreach.store import check_ins, errands, people, rounds

CLOCK: Final = "clock"
EXCHANGE: Final = "exchange"
OFFICE: Final = "office"
REFERRAL: Final = "referral"
"""Actors beside agents."""
_S = CheckInState


@dataclass(frozen=True, slots=True)
class Terms:
    """What a check-in's next step depends on beside itself."""

    person: Row
    programme: Row
    centre: Span
    """The hours in which the centre calls."""

    @property
    def timers(self) -> Timers:
        """The programme's."""
        return timers(rounds.hours(self.programme))


def hold(tx: Tx, check_in_id: str) -> Row:
    """A check-in, its row held until the end of the transaction. Raises ``NotFound``."""
    row = check_ins.check_in(tx, check_in_id, lock=True)
    if row is None:
        raise NotFound("check-in", check_in_id)
    return row


def with_errand(tx: Tx, errand_id: str) -> tuple[Row, Row] | None:
    """A check-in and an errand for it, both rows held; None if there is no such errand."""
    seen = errands.errand(tx, errand_id)
    if seen is None:
        return None
    row, errand = hold(tx, seen.check_in_id), errands.errand(tx, errand_id, lock=True)
    return None if errand is None else (row, errand)


def terms_of(tx: Tx, row: Row, centre: Span) -> Terms:
    """The terms of a check-in."""
    return Terms(people.the_person(tx, row.person_id), rounds.the_programme(tx, row.programme_id), centre)


def holidays(at: float) -> frozenset[date]:
    """The public holidays around a moment."""
    year = datetime.fromtimestamp(at, ZONE).year
    return frozenset(calendars.of_years(year - 1, year + 1))


def note(tx: Tx, row: Row, kind: str, actor: str, reason: str = "") -> None:
    """Something happened; who watches the round hears of it."""
    sequence = rounds.add_entry(tx, row, kind, actor, reason)
    tx.signal(events_pb2.RoundChanged(round_id=row.round_id, sequence=sequence), subject=row.round_id)


def move(
    tx: Tx, row: Row, state: CheckInState, actor: str, *, kind: str = "moved", reason: str = "",
    due_at: float | None = None,
) -> Row:  # fmt: skip
    """A check-in moves; the row as it is then."""
    if state not in CHECK_IN_MOVES[_S(row.state)]:
        raise LookupError(f"a check-in does not go from {row.state} to {state}")
    row = row._replace(state=state.value, reason=reason, due_at=due_at)
    note(tx, row, kind, actor, reason)
    return row


def escalate(tx: Tx, row: Row, reason: Reason, actor: str = CLOCK) -> Row:
    """A supervisor is to see it, and take it. What a life may depend on is not covered by anything else."""
    if row.escalation in {reason, Reason.LIFE_SAFETY}:
        return row
    row = row._replace(escalation=reason.value, escalation_taken_by="", escalated_at=tx.now.timestamp())
    note(tx, row, "escalated", actor, reason.value)
    return row


def calm(row: Row) -> Row:
    """No supervisor is wanted any more, unless a life may depend on it."""
    if row.escalation == Reason.LIFE_SAFETY:
        return row
    return row._replace(escalation="", escalation_taken_by="", escalated_at=None)


def keep(tx: Tx, row: Row) -> Row:
    """Write where a check-in stands."""
    check_ins.keep(tx, row)
    return row


def ask(tx: Tx, row: Row, about: About, at: float, department: str = "") -> Row:
    """Somebody is asked, by a call or a department's system, from a moment on."""
    errand_id = new_id(tx.now)
    errands.add(tx, errand_id, row.id, about.value, department, at)
    tx.signal(events_pb2.ErrandWaits(errand_id=errand_id), subject=row.id)
    return row._replace(errand_id=errand_id)


def let_go(tx: Tx, row: Row) -> Row:
    """Nobody need be asked any more. A call that an agent has goes on; what a department has it keeps."""
    errand = errands.errand(tx, row.errand_id) if row.errand_id else None
    if errand is not None and errand.state in {WAITING, GIVEN}:
        if errand.state == GIVEN and not errand.department:
            tx.emit(events_pb2.CallUnwanted(request_id=errand.id, case_id=errand.case_id), subject=errand.case_id)
        errands.keep(tx, errand._replace(state=ENDED, result=GIVEN_UP, due_at=None))
    return row._replace(errand_id="")


def plan_again(tx: Tx, row: Row, terms: Terms, state: CheckInState, actor: str, reason: str = "") -> Row:
    """They are called at another time: in a part of the day in which they were not, if there is one."""
    now = tx.now.timestamp()
    windows, tried = people.windows(terms.person), frozenset(map(calling_times.Part, row.tried.split()))
    slot = calling_times.next_attempt(now, tried, windows, terms.centre)
    slot = slot or calling_times.next_attempt(now, (), windows, terms.centre)
    if slot is None:
        return escalate(tx, move(tx, row, state, actor, reason=reason), Reason.NO_WINDOW)
    return at(tx, row, slot, state, actor, reason)


def at(tx: Tx, row: Row, slot: Slot, state: CheckInState, actor: str, reason: str = "") -> Row:
    """They are called then."""
    row = row._replace(planned_at=slot.at, until_at=slot.until)
    return move(tx, row, state, actor, reason=reason, due_at=slot.at)


def climb(tx: Tx, row: Row, terms: Terms, actor: str, why: Reason = Reason.NONE) -> Row:
    """Nobody answered, or knows: the next is asked, in the end whoever goes there. A supervisor hears of a visit for
    which nobody is named."""
    person, now = terms.person, tx.now.timestamp()
    row = let_go(tx, row)
    state = asks_next(_S(row.state), has_second=bool(person.has_second), has_office=bool(person.has_office))
    if state is _S.VISIT_ORDERED:
        visit_by = now + terms.timers.visit_h * HOUR_S
        row = row._replace(visitor="", visit_by=visit_by, visits=row.visits + 1)
        row = move(tx, row, state, actor, kind="visit", reason=why.value, due_at=visit_by)
        return escalate(tx, row, why if why is not Reason.NONE else Reason.NO_OFFICE)
    by_system = state is _S.LOCAL_OFFICE and person.office_department
    begins = now if by_system else calling_times.next_open(now, terms.centre)
    row = ask(tx, row, ABOUT[state], begins, person.office_department if by_system else "")
    hours = terms.timers.second_contact_h if state is _S.SECOND_CONTACT else terms.timers.office_h
    return move(tx, row, state, actor, reason=why.value, due_at=begins + hours * HOUR_S)
