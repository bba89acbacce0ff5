"""One connector at work: each call in its lane, with a deadline, breaker, rate limit, span and an entry in the log."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from hub120_sdk import (
    Connector,
    ConnectorError,
    Line,
    Listener,
    Manifest,
    Misconfigured,
    Refusal,
    Response,
    Retry,
    Throttled,
)

from chassis import logs, telemetry
from chassis.connectors import checks
from chassis.connectors.call_log import CallLog, LoggedCall
from chassis.connectors.checks import REASON_CHARACTERS, Rubbish, clean_text
from chassis.connectors.errors import ConnectorFault, FaultKind, NotTried, TooBusy, place
from chassis.connectors.guards import Breaker, BreakerState, Monotonic, Outcome, RateLimit
from chassis.connectors.operations import LISTEN, Operation, Road
from chassis.connectors.runner import DeadlinePassed, Ended, Lane, LaneFull, Runner, attempt
from chassis.connectors.tally import Tally

LONGEST_PAUSE_S = 86_400.0
KILL_GRACE_S = 2.0
"""How much longer than its deadline a call in a process of its own may take, to be killed there and not here."""
_INBOUND_PLACES = 8
_FETCH_PLACES = 4
_CALL_PLACES = 16
_CLASSIFY_PLACES = 8
_WORSE = (BreakerState.CLOSED, BreakerState.HALF_OPEN, BreakerState.OPEN)
"""Breakers' states, the worst last."""
_durations = telemetry.histogram(
    "hub120.connector.call.duration", "s", "How long calls of connectors take; TooBusy: every place was taken",
    attributes=(telemetry.attributes.CONNECTOR, telemetry.attributes.CAPABILITY, telemetry.attributes.OUTCOME),
)  # fmt: skip
_log = logs.get_logger("connectors")


@dataclass(frozen=True, slots=True)
class LastError:
    """The kind of the last error and when it was; no reason: it might name someone."""

    kind: str
    at: datetime


class Running:
    """A connector that was made and can be called."""

    def __init__(
        self,
        manifest: Manifest,
        connector: Connector,
        runner: Runner,
        now: Callable[[], datetime],
        monotonic: Monotonic,
        moved: Callable[[], None] = lambda: None,
    ) -> None:
        """``moved`` is called whenever a breaker moves."""
        self.manifest = manifest
        self.connector = connector
        self.log = CallLog()
        self.tally = Tally(monotonic)
        self.last_error: LastError | None = None
        self.deaf = False
        """Its listener lost the connection and has not heard anything since, nor held the next one for a while."""
        self._now = now
        self._monotonic = monotonic
        self._roads = _roads(manifest, runner, monotonic, moved)
        self._misconfigured: set[Operation] = set()

    @property
    def breaker(self) -> BreakerState:
        """The worst of its breakers."""
        return self._worst.state

    @property
    def breaker_since(self) -> datetime:
        """When the worst of its breakers came to be so."""
        return self._now() - timedelta(seconds=self._monotonic() - self._worst.since_s)

    @property
    def _worst(self) -> Breaker:
        """Of those in the same state the one that moved last."""
        breakers = [road.breaker for road in self._roads.values()]
        return max(breakers, key=lambda one: (_WORSE.index(one.state), one.since_s))

    @property
    def in_flight(self) -> int:
        """Calls being worked on, abandoned ones included."""
        return sum(road.lane.busy for road in self._roads.values())

    def call(self, call: Operation, work: Callable[[], Any], **logged: Any) -> Any:
        """Do ``work`` under all the rules. Raises SDK errors that the contract allows this call, and the host's own."""
        started, kind = time.monotonic(), ""
        said = {telemetry.attributes.CONNECTOR: self.manifest.id, telemetry.attributes.CAPABILITY: str(call)}
        with telemetry.span(f"connector {call.method}", attributes=said) as span:
            try:
                value = self._roads[call.road].travel(work, call)
                self._misconfigured.discard(call)
                self.tally.add(failed=False)
                return value
            except ConnectorError as error:
                kind = error.kind if isinstance(error, ConnectorFault) else type(error).__name__
                span.set_attribute(telemetry.attributes.OUTCOME, kind)
                self._failed(call, kind, error)
                if not isinstance(error, NotTried):
                    self.tally.add(failed=isinstance(error, Retry | Misconfigured))
                raise
            finally:
                took_s = time.monotonic() - started
                _durations.record(took_s, {**said, telemetry.attributes.OUTCOME: kind or "done"})
                self.log.add(LoggedCall(self._now(), call.method, took_s, kind, **logged))

    def listen(self, line: Line) -> None:
        """Let a listener hold its connection; returns when it lost it. Raises ``Retry`` and its kinds or
        ``Misconfigured``; there is no deadline, whoever runs it watches the line and ends it by ``DeadlinePassed``."""
        try:
            ended = attempt(lambda: cast(Listener, self.connector).listen(line))
            if isinstance(ended.raised, DeadlinePassed):
                raise ConnectorFault(FaultKind.TOO_SLOW, "its listener gave no sign of life, or did not end")
            _value(ended, LISTEN)
        except ConnectorError as error:
            self._failed(LISTEN, error.kind if isinstance(error, ConnectorFault) else type(error).__name__, error)
            raise

    def hears(self) -> None:
        """Its listener is at work."""
        self.deaf = False
        self._misconfigured.discard(LISTEN)

    @property
    def healthy(self) -> bool:
        """False while a breaker is open, its listener hears nothing, or an operator must act: settings or credentials
        are wrong."""
        return not (self._misconfigured or self.deaf) and self.breaker is not BreakerState.OPEN

    def _failed(self, call: Operation, kind: str, error: ConnectorError) -> None:
        self.last_error = LastError(kind, self._now())
        if isinstance(error, Misconfigured):
            self._misconfigured.add(call)
        if isinstance(error, ConnectorFault):
            _log.warning(
                "connector fault",
                connector=self.manifest.id,
                capability=str(call),
                kind=kind,
                reason=error.reason,
            )


@dataclass(frozen=True, slots=True)
class _Road:
    """What one kind of call goes through."""

    lane: Lane
    breaker: Breaker
    rate: RateLimit
    deadline_s: float

    def travel(self, work: Callable[[], Any], call: Operation) -> Any:
        """Wait for the rate, ask the breaker, run in the lane, judge how it ended."""
        wait_s = self.rate.take()
        if wait_s:
            time.sleep(wait_s)
        probe, outcome = self.breaker.enter(), Outcome.SILENT
        try:
            value = _value(self._run(work), call)
            outcome = Outcome.ANSWERED
            return value
        except ConnectorError as error:
            outcome = _outcome(error, call)
            raise
        finally:
            self.breaker.leave(probe, outcome)

    def _run(self, work: Callable[[], Any]) -> Ended:
        try:
            return self.lane.run(work, self.deadline_s)
        except DeadlinePassed:
            raise ConnectorFault(FaultKind.TOO_SLOW, f"not done within {self.deadline_s:g} s") from None
        except LaneFull:
            raise TooBusy("every place of the connector is taken", 1.0) from None


def _roads(manifest: Manifest, runner: Runner, monotonic: Monotonic, moved: Callable[[], None]) -> dict[Road, _Road]:
    """A lane and a breaker for each road: none waits behind another."""
    limits, name = manifest.limits, manifest.id
    grace_s = KILL_GRACE_S if manifest.isolation == "process" else 0.0
    unlimited = RateLimit(0, monotonic)
    send_rate = RateLimit(limits.sends_per_second, monotonic)

    def road(kind: Road, size: int, rate: RateLimit, deadline_s: float) -> _Road:
        breaker = Breaker(monotonic, lambda state: _tell(name, kind, state, moved))
        return _Road(runner.lane(f"{name} {kind}", size), breaker, rate, deadline_s + grace_s)

    return {
        Road.INBOUND: road(Road.INBOUND, _INBOUND_PLACES, unlimited, limits.parse_deadline_s),
        Road.SEND: road(Road.SEND, limits.parallel_sends, send_rate, limits.send_deadline_s),
        Road.FETCH: road(Road.FETCH, _FETCH_PLACES, unlimited, limits.send_deadline_s),
        Road.CALL: road(Road.CALL, _CALL_PLACES, unlimited, limits.send_deadline_s),
        Road.CLASSIFY: road(Road.CLASSIFY, _CLASSIFY_PLACES, unlimited, limits.classify_deadline_s),
    }


def _tell(connector: str, kind: str, state: BreakerState, moved: Callable[[], None]) -> None:
    """Once when a connector is left alone, once when it is back."""
    _log.warning("connector breaker", connector=connector, kind=kind, state=str(state))
    moved()


def _value(ended: Ended, call: Operation) -> Any:
    """What the call gave, or the error its contract allows, or a fault."""
    error = ended.raised
    if error is None:
        return ended.value
    if isinstance(error, ConnectorFault | NotTried):
        raise error
    if isinstance(error, Rubbish):
        raise ConnectorFault(FaultKind.RUBBISH, str(error)) from None
    for allowed in call.may_raise:
        if isinstance(error, allowed):
            raise _rebuilt(error, allowed) from None
    raise ConnectorFault(FaultKind.RAISED, place(error)) from None


def _rebuilt(error: ConnectorError, kind: type[ConnectorError]) -> ConnectorError:
    """The error anew, with nothing a connector may have hung on it: a bounded reason and a sane pause."""
    reason = clean_text(str(error.reason)[:REASON_CHARACTERS])
    if issubclass(kind, Refusal):
        return kind(reason, _refusing(getattr(error, "response", None)))
    if not issubclass(kind, Retry):
        return kind(reason)
    after_s = getattr(error, "after_s", 0.0)
    sane = isinstance(after_s, int | float) and 0 <= after_s <= LONGEST_PAUSE_S
    return kind(reason, float(after_s) if sane else 0.0)


def _refusing(response: object) -> Response | None:
    """How the connector wants a refusal to look, if it is an answer that refuses."""
    try:
        clean = checks.response(response)
    except Rubbish:
        return None
    return clean if 400 <= clean.status < 500 else None


def _outcome(error: ConnectorError, call: Operation) -> Outcome:
    """Only a hang counts against what comes in: a single odd request must not close the door to all others."""
    if isinstance(error, Throttled | NotTried | Misconfigured):
        return Outcome.SILENT
    if call.road in {Road.INBOUND, Road.CLASSIFY}:
        hung = isinstance(error, ConnectorFault) and error.kind in {FaultKind.TOO_SLOW, FaultKind.DIED}
        return Outcome.FAILED if hung else Outcome.ANSWERED
    return Outcome.FAILED if isinstance(error, Retry) else Outcome.ANSWERED
