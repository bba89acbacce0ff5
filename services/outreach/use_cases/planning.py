"""Planning: programmes become rounds some days ahead, and each person gets a time in theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from chassis.database import Tx
from chassis.errors import InvalidArgument, NotFound, PreconditionFailed
from chassis.ids import new_id
from chassis.statements import Row
from services.outreach.domain import calling_times
from services.outreach.domain.calling_times import HolidayRule, Slot, Span, Window
from services.outreach.domain.check_ins import CHECK_IN_MOVES, CheckInState, Reason
from services.outreach.store import check_ins, people, rounds, sheets
from services.outreach.store.rounds import NewProgramme
from services.outreach.use_cases.calling_people import cancel
from services.outreach.use_cases.moving import CLOCK, escalate, hold, holidays, keep, note

AHEAD: Final = timedelta(days=7)
"""So far ahead rounds are planned."""
MOVES_AHEAD: Final = timedelta(days=30)
_S = CheckInState


def put_programme(tx: Tx, new: NewProgramme, centre: Span) -> Row:
    """Write a programme and plan it. Raises ``NotFound`` for a call sheet that there is not."""
    if sheets.sheet(tx, new.sheet_id) is None:
        raise NotFound("call sheet", new.sheet_id)
    row = rounds.put(tx, new)
    plan(tx, row.id, centre)
    return row


def enrol(tx: Tx, programme_id: str, person_id: str, centre: Span) -> None:
    """Somebody is called in a programme from now on. Done twice, they are in it once."""
    person = people.person(tx, person_id)
    if person is None:
        raise NotFound("person", person_id)
    if rounds.programme(tx, programme_id) is None:
        raise NotFound("programme", programme_id)
    if not person.consent_id:
        raise PreconditionFailed("NOT_AGREED", f"person {person_id} has not agreed to be called: RecordCallConsent")
    rounds.enrol(tx, programme_id, person_id)
    plan(tx, programme_id, centre)


def leave(tx: Tx, programme_id: str, person_id: str, agent_id: str) -> int:
    """Somebody is not called in a programme any more; how many check-ins were called off. Who is looked for already is
    looked for."""
    rounds.leave(tx, programme_id, person_id)
    found = 0
    for check_in_id in check_ins.open_of(tx, person_id, programme_id):
        row = hold(tx, check_in_id)
        if row.state in {_S.PLANNED, _S.CALLING}:
            keep(tx, cancel(tx, row, Reason.LEFT, agent_id))
            found += 1
    return found


def plan(tx: Tx, programme_id: str, centre: Span) -> int:
    """Plan a programme's coming days; how many check-ins were new. Done twice, the second time finds nobody missing."""
    programme = rounds.programme(tx, programme_id, lock=True)
    if programme is None or programme.paused:
        return 0
    now = tx.now.timestamp()
    today = calling_times.day_of(now)
    free = holidays(now)
    rule = HolidayRule(programme.holidays)
    found = calling_times.days(rounds.weekdays(programme), rule, today, today + AHEAD, free)
    return sum(_fill(tx, programme, day, centre, today) for day in found)


def _fill(tx: Tx, programme: Row, day: date, centre: Span, today: date) -> int:
    """Give whoever is missing in a round a time. Whose time is over today comes in the next round."""
    wanted = rounds.missing(tx, programme.id, day.isoformat())
    begins = calling_times.minute_of(tx.now.timestamp()) if day == today else 0.0
    times = {one.id: calling_times.spans(day, people.windows(one), centre) for one in wanted}
    times = {one: calling_times.after(spans, begins) for one, spans in times.items()}
    none = [one for one, spans in times.items() if not spans] if day != today else []
    some = {one: spans for one, spans in times.items() if spans}
    if not none and not some:
        return 0
    of = rounds.round_of(tx, new_id(tx.now), programme.id, day.isoformat())
    _place(tx, of, programme, day, some)
    for person_id in none:
        planned = calling_times.moment(day, centre.start)
        row = check_ins.add(tx, new_id(tx.now), of.id, programme.id, person_id, planned, planned)
        keep(tx, escalate(tx, row._replace(due_at=None), Reason.NO_WINDOW))
    return len(none) + len(some)


def _place(tx: Tx, of: Row, programme: Row, day: date, free: Mapping[str, Sequence[Span]]) -> None:
    taken = [calling_times.minute_of(at) for at in check_ins.planned(tx, of.id)]
    for person_id, span in calling_times.spread(free, programme.calls_per_hour, taken).items():
        slot = Slot(calling_times.moment(day, span.start), calling_times.moment(day, span.end))
        row = check_ins.add(tx, new_id(tx.now), of.id, programme.id, person_id, slot.at, slot.until)
        note(tx, row, "planned", CLOCK)


def move_check_in(tx: Tx, check_in_id: str, planned_at: float, agent_id: str, centre: Span) -> Row:
    """Call at another time. Raises ``PreconditionFailed`` once somebody has been called, and for a quiet hour."""
    row, now = hold(tx, check_in_id), tx.now.timestamp()
    if row.state != _S.PLANNED or row.attempts:
        raise PreconditionFailed("CHECK_IN_BEGUN", f"check-in {row.id} is {row.state}: it has begun")
    if not now <= planned_at <= now + MOVES_AHEAD.total_seconds():
        raise InvalidArgument([("plan_time", "is in the future, within 30 days")])
    if calling_times.is_quiet(planned_at, centre):
        raise PreconditionFailed("QUIET_HOURS", "nobody is called at that time: see HUB120_CHECK_IN_HOURS")
    until = calling_times.moment(calling_times.day_of(planned_at), centre.end)
    row = row._replace(planned_at=planned_at, until_at=until, due_at=planned_at)
    if row.escalation == Reason.NO_WINDOW:
        row = row._replace(escalation="", escalation_taken_by="", escalated_at=None)
    note(tx, row, "moved", agent_id)
    return keep(tx, row)


def fit_windows(tx: Tx, person: Row, agent_id: str, centre: Span) -> None:
    """What is planned for somebody goes into the windows that they have now, on the same day."""
    for check_in_id in check_ins.open_of(tx, person.id):
        row = hold(tx, check_in_id)
        if row.state == _S.PLANNED and not row.attempts:
            keep(tx, _fitted(tx, row, people.windows(person), agent_id, centre))


def _fitted(tx: Tx, row: Row, windows: Sequence[Window], agent_id: str, centre: Span) -> Row:
    day, minute = calling_times.day_of(row.planned_at), calling_times.minute_of(row.planned_at)
    free = calling_times.spans(day, windows, centre)
    span = next((one for one in free if one.start <= minute < one.end), free[0] if free else None)
    if span is None:
        return escalate(tx, row._replace(due_at=None), Reason.NO_WINDOW)
    planned_at = calling_times.moment(day, max(span.start, minute) if minute < span.end else span.start)
    row = row._replace(planned_at=planned_at, until_at=calling_times.moment(day, span.end), due_at=planned_at)
    if row.escalation == Reason.NO_WINDOW:
        row = row._replace(escalation="", escalation_taken_by="", escalated_at=None)
    note(tx, row, "moved", agent_id)
    return row


def stop_calls(tx: Tx, person_id: str, reason: Reason, agent_id: str) -> int:
    """Whatever is planned for somebody is called off, and whoever is asked for it; how many check-ins that were."""
    found = 0
    for check_in_id in check_ins.open_of(tx, person_id):
        row = hold(tx, check_in_id)
        if _S.CANCELLED in CHECK_IN_MOVES[_S(row.state)]:
            keep(tx, cancel(tx, row, reason, agent_id))
            found += 1
    return found
