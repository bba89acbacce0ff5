"""How a session goes on: the next one is asked, an interpreter takes it, comes, is given up; and who is told.

Whoever calls this holds the session's row and writes it back with ``keep``.
"""

from __future__ import annotations

from hub120.intake.v1 import legs_pb2
from hub120.translation.v1 import events_pb2
from hub120_sdk import Address, AddressKind

from chassis import telemetry
from chassis.clock import moment
from chassis.connectors.queues import interpreter_queue
from chassis.database import Tx
from chassis.statements import Row
from chassis.telemetry import attributes as known
from services.translation import protos
from services.translation.domain import announcing
from services.translation.domain.coverage import Provider, ProviderKind
from services.translation.domain.sessions import (
    LAST_WORDS_S,
    OVER,
    SESSION_MOVES,
    AttemptOutcome,
    Line,
    SessionState,
    closing,
    due_at,
    rests_on,
    ring_s,
)
from services.translation.domain.volunteers import in_turn
from services.translation.store import attempts, sessions, volunteers
from services.translation.use_cases import relaying
from services.translation.use_cases.covering import calendar_at
from services.translation.use_cases.helping import MOST_VOLUNTEERS, with_days

_reached_after = telemetry.histogram(
    "hub120.interpreter.request_duration",
    "s",
    "From the choice of a partner until it has the request; the objective is 2 s",
    attributes=(telemetry.attributes.CONNECTOR,),
)
_connected_after = telemetry.histogram(
    "hub120.interpreter.connect_duration",
    "s",
    "From the request for an interpreter until one is there",
    (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0),
    (telemetry.attributes.LANGUAGE, telemetry.attributes.MEDIUM, telemetry.attributes.CONNECTOR),
)


def last_attempt(tx: Tx, row: Row) -> Row | None:
    """The attempt that goes on, or was the last."""
    return attempts.attempt(tx, row.id, row.attempts) if row.attempts else None


def keep(tx: Tx, row: Row) -> Row:
    """Write where a session stands, have its written conversation follow, and wake who watches it."""
    kept = sessions.keep(tx, row)
    relaying.follow(tx, kept.id)
    tx.signal(events_pb2.SessionChanged(session_id=kept.id, sequence=kept.sequence), subject=kept.case_id)
    return kept


def move(tx: Tx, row: Row, state: SessionState, attempt: Row | None = None) -> Row:
    """A session moves, and other services are told."""
    if state not in SESSION_MOVES[SessionState(row.state)]:
        raise LookupError(f"a session does not go from {row.state} to {state}")
    told = events_pb2.SessionMoved(
        session_id=row.id,
        case_id=row.case_id,
        work_item_id=row.work_item_id,
        language=row.language,
        medium=protos.MEDIA[row.medium],
        state=protos.STATES[state],
        machine=protos.by_machine(attempt),
    )
    tx.emit(told, subject=row.case_id, traceparent=row.traceparent)
    return row._replace(state=state.value)


def turn(tx: Tx, row: Row, centre: str) -> Row:
    """Ask whoever is next in the order; behind them stands the callback."""
    providers = sessions.read(row.providers)
    if row.position and providers[row.position - 1].kind is ProviderKind.VOLUNTEERS:
        row = row._replace(position=row.position - 1)  # perhaps there is another one
    for place in range(row.position, len(providers)):
        asked = _ask(tx, row._replace(position=place + 1), providers[place], centre)
        if asked is not None:
            return asked
    row = move(tx, row._replace(position=len(providers), due_at=None), SessionState.EXHAUSTED)
    return move(tx, row._replace(ended_at=tx.now.timestamp()), SessionState.CALLBACK)


def _ask(tx: Tx, row: Row, provider: Provider, centre: str) -> Row | None:
    """Turn to one provider; None if there is nobody."""
    if provider.kind is ProviderKind.VOLUNTEERS:
        return _hunt(tx, row, provider, centre)
    row, attempt = _begin(tx, row, provider)
    if provider.kind is ProviderKind.MACHINE:
        return join(tx, row, attempt)
    task = events_pb2.RequestInterpreter(session_id=row.id, attempt_number=attempt.number, connector=provider.connector)
    tx.ask(interpreter_queue(provider.connector), task, subject=row.case_id, traceparent=row.traceparent)
    return _offered(tx, row, attempt)


def _begin(tx: Tx, row: Row, provider: Provider, interpreter: str = "") -> tuple[Row, Row]:
    number = row.attempts + 1
    return row._replace(attempts=number), attempts.add(tx, row.id, number, provider, interpreter)


def _offered(tx: Tx, row: Row, attempt: Row) -> Row:
    due = due_at(attempts.facts(attempt, row.medium), tx.now.timestamp())
    return move(tx, row._replace(due_at=due), SessionState.OFFERED, attempt)


def _hunt(tx: Tx, row: Row, provider: Provider, centre: str) -> Row | None:
    """Call the volunteer whose turn it is; None if nobody is free."""
    now = tx.now.timestamp()
    speakers = with_days(tx, volunteers.who_speak(tx, row.language, "", MOST_VOLUNTEERS))
    before = attempts.of_sessions(tx, [row.id])[row.id]
    asked = {one.interpreter for one in before if one.kind == ProviderKind.VOLUNTEERS}
    for one in in_turn([found.volunteer for found in speakers], asked, now, calendar_at(now)):
        claimed = volunteers.claim(tx, one.id, row.id)
        if claimed is not None:
            row, attempt = _begin(tx, row, provider, one.id)
            attempt = attempts.keep(tx, attempt._replace(requested_at=now))
            attempt = want_line(tx, row, attempt, _dial_to(tx, volunteers.telephone(tx, claimed)), centre)
            return _offered(tx, row, attempt)
    return None


def line_of(tx: Tx, call: Address) -> legs_pb2.DialTo:
    """The telephone that a partner named."""
    if call.kind is AddressKind.ACCOUNT:
        return legs_pb2.DialTo(account=call.value)
    return _dial_to(tx, call.value)


def _dial_to(tx: Tx, telephone: str) -> legs_pb2.DialTo:
    """A number may be somebody's own: it leaves sealed, and intake alone opens it."""
    if not telephone.lstrip("+").isdigit():
        return legs_pb2.DialTo(account=telephone)
    sealed = tx.keys.seal(telephone, table="dial_to", column="sealed_number", row="")
    return legs_pb2.DialTo(sealed_number=sealed)


def want_line(tx: Tx, row: Row, attempt: Row, to: legs_pb2.DialTo, centre: str) -> Row:
    """Have the interpreter's telephone put on the line; the attempt as it is then."""
    attempt = attempts.keep(tx, attempt._replace(line=Line.WANTED.value))
    facts = attempts.facts(attempt, row.medium)
    told = legs_pb2.Announcement(text=announcing.announcement(centre, row.language), language=announcing.LANGUAGE)
    wanted = events_pb2.InterpreterLegWanted(
        session_id=row.id,
        attempt_number=attempt.number,
        case_id=row.case_id,
        dial_to=to,
        ring_seconds=ring_s(facts),
        announcement=told,
        expire_time=moment(due_at(facts, tx.now.timestamp())),
    )
    tx.emit(wanted, subject=row.case_id, traceparent=row.traceparent)
    return attempt


def requested(tx: Tx, attempt: Row) -> Row:
    """The attempt, to be kept: the partner has the request. Its own word of it may be here before the answer to the
    request is."""
    if attempt.requested_at is not None:
        return attempt
    took_s, said = tx.now.timestamp() - attempt.chosen_at, {known.CONNECTOR: attempt.connector}
    tx.once_committed("measure asking", lambda: _reached_after.record(took_s, said))
    return attempt._replace(requested_at=tx.now.timestamp())


def take(tx: Tx, row: Row, attempt: Row) -> tuple[Row, Row]:
    """Somebody takes it: they are waited for."""
    now = tx.now.timestamp()
    accepted = requested(tx, attempt)._replace(outcome=AttemptOutcome.ACCEPTED.value, accepted_at=now)
    attempt = attempts.keep(tx, accepted)
    if row.connected_at is None:
        _measure(tx, row, attempt)
    due = due_at(attempts.facts(attempt, row.medium), now)
    row = row._replace(connected_at=row.connected_at or now, due_at=due)
    return move(tx, row, SessionState.CONNECTED, attempt), attempt


def _measure(tx: Tx, row: Row, attempt: Row) -> None:
    said = {known.LANGUAGE: row.language, known.MEDIUM: row.medium, known.CONNECTOR: attempt.connector}
    took_s = tx.now.timestamp() - row.requested_at
    tx.once_committed("measure connecting", lambda: _connected_after.record(took_s, said))


def join(tx: Tx, row: Row, attempt: Row) -> Row:
    """They are there. Who speaks interprets from now on, a written conversation waits for its first words."""
    if attempt.accepted_at is None:
        row, attempt = take(tx, row, attempt)
    if attempt.joined_at is None:
        attempt = attempts.keep(tx, attempt._replace(joined_at=tx.now.timestamp()))
    row = row._replace(due_at=None)
    return relay(tx, row, attempt) if rests_on(ProviderKind(attempt.kind), row.medium) else row


def relay(tx: Tx, row: Row, attempt: Row) -> Row:
    """They interpret."""
    return row if row.state == SessionState.RELAYING else move(tx, row, SessionState.RELAYING, attempt)


def give_up(
    tx: Tx, row: Row, attempt: Row, outcome: AttemptOutcome, reason: str, centre: str, *, release: bool
) -> Row:  # fmt: skip
    """An attempt is over although the conversation is not: the next one is asked."""
    leave(tx, row, attempt, outcome, reason, release_in_s=0.0 if release else None)
    return turn(tx, move(tx, row._replace(due_at=None), SessionState.UNANSWERED), centre)


def leave(
    tx: Tx, row: Row, attempt: Row, outcome: AttemptOutcome, reason: str, *, release_in_s: float | None
) -> None:  # fmt: skip
    """An attempt is over. The telephone is hung up, the volunteer is free, the partner is told, if it must be."""
    now, kind = tx.now.timestamp(), ProviderKind(attempt.kind)
    if attempt.line in {Line.WANTED, Line.UP}:
        gone = events_pb2.InterpreterLegUnwanted(session_id=row.id, attempt_number=attempt.number, case_id=row.case_id)
        tx.emit(gone, subject=row.case_id, traceparent=row.traceparent)
    if kind is ProviderKind.VOLUNTEERS:
        volunteers.let_go(tx, attempt.interpreter, row.id)
    release_at = None if release_in_s is None or kind is not ProviderKind.PARTNER else now + release_in_s
    line = Line.ENDED.value if attempt.line else ""
    attempt = attempt._replace(outcome=outcome.value, reason=reason, line=line, ended_at=now, release_at=release_at)
    if release_at is not None and not release_in_s:
        attempt = release(tx, row, attempt)
    attempts.keep(tx, attempt)


def release(tx: Tx, row: Row, attempt: Row) -> Row:
    """Have the partner told that nobody is needed any more; the attempt as it is then."""
    task = events_pb2.ReleaseInterpreter(session_id=row.id, attempt_number=attempt.number, connector=attempt.connector)
    tx.ask(interpreter_queue(attempt.connector), task, subject=row.case_id, traceparent=row.traceparent)
    return attempt._replace(release_at=None)


def close(tx: Tx, row: Row) -> Row:
    """A session is over, whoever says so."""
    if SessionState(row.state) in OVER:
        return row
    attempt = last_attempt(tx, row)
    if attempt is not None and attempt.ended_at is None:
        going_on = attempt.outcome == AttemptOutcome.GOING_ON
        outcome = AttemptOutcome.WITHDRAWN if going_on else AttemptOutcome(attempt.outcome)
        written = row.medium == "text" and not going_on
        leave(tx, row, attempt, outcome, "", release_in_s=LAST_WORDS_S if written else 0.0)
    state = closing(connected=row.connected_at is not None)
    return move(tx, row._replace(due_at=None, ended_at=tx.now.timestamp()), state, attempt)
