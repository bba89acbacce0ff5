"""What is heard of an attempt: from its partner, from its telephone, and from the clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from hub120_sdk import Address, SessionNoted

from chassis import telemetry
from chassis.database import Tx
from chassis.settings import EMERGENCY_NUMBERS
from chassis.statements import Row
from chassis.telemetry import attributes as known
from services.translation.domain.sessions import (
    NO_CALL,
    AttemptOutcome,
    Line,
    Said,
    SessionState,
    Step,
    Verdict,
    due_at,
    judge,
    judge_line,
)
from services.translation.store import attempts, audit, sessions
from services.translation.use_cases.moving import (
    close,
    give_up,
    join,
    keep,
    last_attempt,
    line_of,
    relay,
    release,
    requested,
    take,
    want_line,
)

_MOST_ATTEMPTS = 10_000
_ALIAS = re.compile(r"[A-Za-z0-9._:#/-]{1,64}")
_A_TELEPHONE = re.compile(r"\d{7}")
_CODE = re.compile(r"[a-z0-9_.-]{1,40}")
_RINGS = frozenset({Said.ASKED, Said.ACCEPTED, Said.JOINED})


@dataclass(frozen=True, slots=True)
class Report:
    """What a partner says of an attempt."""

    session_id: str
    number: int
    said: Said
    update_id: str = ""
    interpreter: str = ""
    reason: str = ""
    call: Address | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a partner is asked for."""

    session_id: str
    number: int
    language: str
    medium: str
    residence_status: str
    requested_at: float
    answer_until: float
    last: bool
    """Behind this one stands nobody but the callback."""


def begin_asking(tx: Tx, session_id: str, number: int, connector: str) -> Wanted | None:
    """What the partner is asked; None if it has been, or nobody need ask any more."""
    row = sessions.session(tx, session_id)
    attempt = attempts.attempt(tx, session_id, number)
    if row is None or attempt is None or attempt.connector != connector:
        return None
    if attempt.ended_at is not None or attempt.requested_at is not None or row.attempts != number:
        return None
    return Wanted(
        session_id=row.id,
        number=number,
        language=row.language,
        medium=row.medium,
        residence_status=row.residence_status,
        requested_at=row.requested_at,
        answer_until=attempt.chosen_at + attempt.answer_s,
        last=row.position >= len(sessions.read(row.providers)),
    )


def reached(tx: Tx, report: Report, centre: str) -> None:
    """The partner has the request, and what it said at once. One that nobody waits for any more is let go again."""
    row = _held(tx, report.session_id)
    attempt = attempts.attempt(tx, report.session_id, report.number)
    if row is None or attempt is None:
        return
    if attempt.ended_at is not None:
        release(tx, row, attempt)
        return
    keep(tx, _hear(tx, row, attempts.keep(tx, requested(tx, attempt)), report, centre))


def not_reached(tx: Tx, session_id: str, number: int, reason: str, centre: str) -> None:
    """The partner could not be asked: the next one is. Should it have the request all the same, it is let go."""
    row = _held(tx, session_id)
    attempt = attempts.attempt(tx, session_id, number)
    if row is None or attempt is None or attempt.ended_at is not None or attempt.accepted_at is not None:
        return
    keep(tx, give_up(tx, row, attempt, AttemptOutcome.FAILED, _code(reason), centre, release=True))


def take_report(tx: Tx, connector: str, report: Report, centre: str) -> SessionNoted:
    """A partner calls back: twice, late, about somebody else's session. What changes nothing is on the audit trail."""
    row = _held(tx, report.session_id) if _plausible(report) else None
    attempt = attempts.attempt(tx, row.id, report.number) if row is not None else None
    if row is None or attempt is None or attempt.connector != connector:
        audit.add(tx, connector, "unknown_session")
        return SessionNoted(known=False)
    if report.update_id and not attempts.claim_report(tx, connector, report.update_id):
        audit.add(tx, connector, "duplicate", row.id)
        return SessionNoted(known=True, duplicate=True)
    if judge(attempts.facts(attempt, row.medium), report.said).step is Step.LATE:
        audit.add(tx, connector, "late", row.id)
        return SessionNoted(known=True, over=True)
    if attempt.ended_at is None:
        said = {known.CASE_ID: row.case_id, known.CONNECTOR: connector, known.STATE: report.said.value}
        with telemetry.continue_from(row.traceparent), telemetry.span("interpreter report", attributes=said):
            keep(tx, _hear(tx, row, attempt, report, centre))
    return SessionNoted(known=True)


def _plausible(report: Report) -> bool:
    try:
        UUID(report.session_id)
    except ValueError:
        return False
    return 0 < report.number <= _MOST_ATTEMPTS


def _hear(tx: Tx, row: Row, attempt: Row, report: Report, centre: str) -> Row:
    """Carry out what a partner's word about its attempt that goes on means."""
    if report.interpreter:
        attempt = attempts.keep(tx, attempt._replace(interpreter=alias(report.interpreter)))
    said = report.said
    if report.call is not None and row.medium == "voice" and said in _RINGS and attempt.line == Line.NONE:
        if report.call.value in EMERGENCY_NUMBERS:
            return give_up(tx, row, attempt, AttemptOutcome.FAILED, "number", centre, release=True)
        attempt = want_line(tx, row, attempt, line_of(tx, report.call), centre)
        if attempt.accepted_at is not None:
            return row._replace(due_at=due_at(attempts.facts(attempt, row.medium), tx.now.timestamp()))
        said = Said.ACCEPTED
    return _carry(tx, row, attempt, judge(attempts.facts(attempt, row.medium), said), report.reason, centre)


def _carry(tx: Tx, row: Row, attempt: Row, verdict: Verdict, reason: str, centre: str) -> Row:
    """The session as it is then. Whoever says that they do not interpret need not be told so."""
    match verdict.step:
        case Step.REACHED:
            attempts.keep(tx, requested(tx, attempt))
        case Step.TAKE:
            row, _ = take(tx, row, attempt)
        case Step.JOIN:
            row = join(tx, row, attempt)
        case Step.GIVE_UP:
            row = give_up(tx, row, attempt, verdict.outcome, _code(reason), centre, release=False)
        case _:
            pass
    return row


def hear_line(tx: Tx, session_id: str, number: int, line: Line | None, reason: str, centre: str) -> None:
    """The telephone of an interpreter moved. News of an attempt that is over change nothing."""
    row = _held(tx, session_id)
    attempt = attempts.attempt(tx, session_id, number)
    if row is None or attempt is None or attempt.ended_at is not None or line is None:
        return
    if line is Line.ENDED and reason == NO_CALL:
        keep(tx, close(tx, row))
        return
    verdict = judge_line(attempts.facts(attempt, row.medium), line, reason)
    if verdict.step is Step.NOTHING:
        return
    attempt = attempts.keep(tx, attempt._replace(line=line.value))
    if verdict.step is Step.GIVE_UP:
        row = give_up(tx, row, attempt, verdict.outcome, _code(reason), centre, release=True)
    else:
        row = join(tx, row, attempt)
    keep(tx, row)


def words_came(tx: Tx, session_id: str) -> None:
    """The first words were translated: whoever did it is there, and interprets."""
    row = _held(tx, session_id)
    attempt = last_attempt(tx, row) if row is not None else None
    if row is not None and attempt is not None and row.state == SessionState.CONNECTED:
        keep(tx, relay(tx, join(tx, row, attempt), attempt))


def tend(tx: Tx, centre: str) -> bool:
    """Give up one attempt that took too long; False if there is none. The next one has a time of its own."""
    row = sessions.due(tx)
    if row is None:
        return False
    attempt = last_attempt(tx, row)
    if attempt is None:
        raise LookupError(f"session {row.id} waits for nobody")
    reason = "no_answer" if attempt.accepted_at is None else "not_joined"
    keep(tx, give_up(tx, row, attempt, AttemptOutcome.NO_ANSWER, reason, centre, release=True))
    return True


def let_go(tx: Tx) -> bool:
    """Have one partner told that its interpreter can go, after the last words; False if there is none."""
    attempt = attempts.releasing(tx)
    row = sessions.session(tx, attempt.session_id) if attempt is not None else None
    if attempt is None or row is None:
        return False
    attempts.keep(tx, release(tx, row, attempt))
    return True


def _held(tx: Tx, session_id: str) -> Row | None:
    return sessions.session(tx, session_id, lock=True)


def alias(given: str) -> str:
    """The partner's own name for somebody, and nothing that may be a person's name or telephone."""
    plain = _ALIAS.fullmatch(given) and not _A_TELEPHONE.search(given)
    return given if plain else ""


def _code(given: str) -> str:
    """A reason as a code; words of somebody's are none."""
    return given if _CODE.fullmatch(given) else "other" if given else ""
