"""Sessions as agents lead them: begun, read, an interpreter replaced, ended."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from chassis import telemetry
from chassis.database import Tx
from chassis.errors import NotFound, PermissionDenied, PreconditionFailed
from chassis.ids import new_id
from chassis.statements import Row
from chassis.telemetry import attributes as known
from services.translation.domain.coverage import Abilities, Asked, Provider, answer, for_session
from services.translation.domain.sessions import OVER, AttemptOutcome, SessionState
from services.translation.store import attempts, audit
from services.translation.store import sessions as store
from services.translation.use_cases.covering import calendar_at, rules_now
from services.translation.use_cases.moving import close, give_up, keep, last_attempt, turn


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and whether they may act and look in sessions of others."""

    id: str
    leads: bool = False
    reads: bool = False


@dataclass(frozen=True, slots=True)
class NewSession:
    """What an agent asks for."""

    case_id: str
    language: str
    medium: str
    request_id: str
    work_item_id: str = ""
    residence_status: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the installation says: the language that its settings add, and what it is called on the telephone."""

    extra_language: str
    centre: str


@dataclass(frozen=True, slots=True)
class Found:
    """A session with everybody who was asked."""

    row: Row
    attempts: Sequence[Row]


def start(tx: Tx, new: NewSession, actor: Actor, terms: Terms, abilities: Abilities) -> Found:
    """Begin. A repeated request finds what it began."""
    before = store.by_request(tx, new.case_id, new.request_id)
    if before is not None:
        _may_act(before, actor)
        return _found(tx, before)
    going_on = store.open_of_case(tx, new.case_id)
    if going_on is not None:
        raise PreconditionFailed("SESSION_GOES_ON", f"session {going_on.id} of this case goes on; lead that one")
    said = {known.CASE_ID: new.case_id, known.LANGUAGE: new.language, known.MEDIUM: new.medium}
    with telemetry.span("interpreter session", attributes=said):
        row = store.add(
            tx, new_id(tx.now), _providers(tx, new, terms, abilities), case_id=new.case_id,
            work_item_id=new.work_item_id, agent_id=actor.id, language=new.language, medium=new.medium,
            residence_status=new.residence_status, request_id=new.request_id, traceparent=telemetry.traceparent(),
        )  # fmt: skip
        return _found(tx, keep(tx, turn(tx, row, terms.centre)))


def _providers(tx: Tx, new: NewSession, terms: Terms, abilities: Abilities) -> Sequence[Provider]:
    now = tx.now.timestamp()
    asked = Asked(new.language, new.medium, new.residence_status)
    found = answer(rules_now(tx, terms.extra_language), asked, now, calendar_at(now), abilities)
    return for_session(found.providers)


def read(tx: Tx, session_id: str, actor: Actor) -> Found:
    """A session as it is."""
    row = store.session(tx, session_id)
    if row is None:
        raise NotFound("interpreter session", session_id)
    if row.agent_id != actor.id and not actor.reads:
        raise PermissionDenied("another agent has this session")
    return _found(tx, row)


def list_sessions(
    tx: Tx, case_id: str, actor: Actor, after: tuple[float, str] | None, limit: int, *, active: bool
) -> list[Found]:  # fmt: skip
    """Sessions, newest first: of a case, or of whoever asks, or of all for those who may see them."""
    agent_id = "" if case_id or actor.reads else actor.id
    rows = store.listed(tx, case_id=case_id, agent_id=agent_id, active=active, after=after, limit=limit)
    asked = attempts.of_sessions(tx, [row.id for row in rows])
    return [Found(row, asked[row.id]) for row in rows]


def replace(tx: Tx, session_id: str, number: int, reason: str, actor: Actor, terms: Terms) -> Found:
    """Let the interpreter go and ask the next one. Whoever was let go before stays so."""
    row = _led(tx, session_id, actor)
    if number < row.attempts:
        return _found(tx, row)
    if SessionState(row.state) in OVER:
        raise PreconditionFailed("SESSION_OVER", f"session {row.id} is {row.state}; begin another")
    attempt = last_attempt(tx, row)
    if attempt is None or number != attempt.number:
        raise NotFound("attempt", str(number))
    going_on = attempt.outcome == AttemptOutcome.GOING_ON
    outcome = AttemptOutcome.WITHDRAWN if going_on else AttemptOutcome(attempt.outcome)
    audit.add(tx, actor.id, "replaced", row.id, reason)
    return _found(tx, keep(tx, give_up(tx, row, attempt, outcome, "replaced", terms.centre, release=True)))


def end(tx: Tx, session_id: str, actor: Actor) -> Found:
    """It is over. Ended twice is ended once."""
    row = _led(tx, session_id, actor)
    if SessionState(row.state) in OVER:
        return _found(tx, row)
    return _found(tx, keep(tx, close(tx, row)))


def interpreted(tx: Tx, case_ids: Collection[str]) -> set[str]:
    """Those of these cases in which somebody interprets, or is asked to."""
    return store.open_of_cases(tx, case_ids)


def end_with_case(tx: Tx, case_id: str) -> None:
    """A case is closed: nobody need interpret any more."""
    row = store.open_of_case(tx, case_id)
    if row is not None:
        keep(tx, close(tx, row))


def end_with_work(tx: Tx, case_id: str, work_item_id: str) -> None:
    """An agent has finished: nobody need interpret in this work any more."""
    row = store.open_of_case(tx, case_id)
    if row is not None and row.work_item_id in {"", work_item_id}:
        keep(tx, close(tx, row))


def take_over(tx: Tx, case_id: str, work_item_id: str, agent_id: str) -> None:
    """Another agent has the work now, and leads its session."""
    row = store.open_of_case(tx, case_id)
    if row is not None and row.work_item_id in {"", work_item_id} and row.agent_id != agent_id:
        store.give_to(tx, row.id, agent_id)
        keep(tx, row)


def begin_with_work(tx: Tx, new: NewSession, agent_id: str, terms: Terms, abilities: Abilities) -> None:
    """An agent has taken work in a language that they need not speak: an interpreter is brought in, unless the case has
    one. The work item tells a second delivery that it was."""
    if store.open_of_case(tx, new.case_id) is None:
        start(tx, new, Actor(agent_id, leads=True), terms, abilities)


def _found(tx: Tx, row: Row) -> Found:
    return Found(row, attempts.of_sessions(tx, [row.id])[row.id])


def _led(tx: Tx, session_id: str, actor: Actor) -> Row:
    """A session for those who may lead it; its row is held."""
    row = store.session(tx, session_id, lock=True)
    if row is None:
        raise NotFound("interpreter session", session_id)
    _may_act(row, actor)
    return row


def _may_act(row: Row, actor: Actor) -> None:
    if row.agent_id != actor.id and not actor.leads:
        raise PermissionDenied("another agent has this session")
