"""Calling out: a service of the hub wants a citizen called, and an agent is found for it as for a callback."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hub120.routing.v1 import events_pb2

from chassis import telemetry
from chassis.database import Tx
from chassis.statements import Row
from services.routing.domain.conference import Role
from services.routing.domain.work import DEFAULT_LANGUAGE, TAKEN, NewWork, PriorityClass, WorkState
from services.routing.store import agents, conferences, work
from services.routing.use_cases import matching
from services.routing.use_cases.matching import Enqueued, Terms


def call_citizen(tx: Tx, case_id: str, purpose: str, terms: Terms, then: Callable[[Enqueued], object]) -> None:
    """Queue a call, by the exchange and in the language that the case had. Where it has open work, whoever has or gets
    that is told the purpose, and nobody is called a second time."""
    last = work.last_work(tx, case_id)
    new = NewWork(
        case_id=case_id,
        medium="voice",
        language=last.language if last else DEFAULT_LANGUAGE,
        skills=(),
        channel=last.channel if last else "",
        queued_at=tx.now.timestamp(),
        topic=last.topic if last else "",
        citizen_id=last.citizen_id if last else "",
        traceparent=telemetry.traceparent(),
        contacts=0,
        purpose=purpose,
    )
    matching.enqueue(tx, new, terms, then)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A call that a service waits for. ``preferred`` are agents, the first before the others; ``priority_class`` is
    bulk where nothing else is said, so that the call waits behind all who come themselves."""

    request_id: str
    case_id: str
    citizen_id: str
    purpose: str
    language: str
    preferred: Sequence[str]
    priority_class: PriorityClass = PriorityClass.BULK


def call_out(tx: Tx, wanted: Wanted, terms: Terms, then: Callable[[Enqueued], object]) -> None:
    """Queue a call, for the first at work of those who shall have it. A second event
    finds the work of the first."""
    if work.of_request(tx, wanted.case_id, wanted.request_id) is not None:
        return
    there = agents.at_work(tx, wanted.preferred)
    new = NewWork(
        case_id=wanted.case_id,
        medium="voice",
        language=wanted.language or DEFAULT_LANGUAGE,
        skills=(),
        channel="",
        queued_at=tx.now.timestamp(),
        priority_class=wanted.priority_class,
        citizen_id=wanted.citizen_id,
        traceparent=telemetry.traceparent(),
        contacts=0,
        purpose=wanted.purpose,
        request_id=wanted.request_id,
        preferred_agent_id=next((one for one in wanted.preferred if one in there), ""),
    )
    matching.enqueue(tx, new, terms, then)


def call_unwanted(tx: Tx, request_id: str, case_id: str) -> None:
    """Nobody need call any more. An agent who has the call goes on, and what the citizen came with themselves goes on
    waiting. Told twice, the second time finds no such work open, and tells nothing of work that has ended."""
    item = work.of_request(tx, case_id, request_id)
    if item is not None and item.state not in {WorkState.QUEUED, WorkState.OFFERED}:
        return
    if item is not None and item.contact_count:
        work.forget_request(tx, item.id)
    elif item is not None:
        taken = matching.end_waiting(tx, case_id, WorkState.CANCELLED, "the call is not wanted any more")
        if taken is not None and taken.state in TAKEN:
            return
    _tell(tx, request_id, case_id, events_pb2.CALL_OUT_RESULT_NOT_TAKEN)


def tell_ended(tx: Tx, item: Row, agent_id: str, *, unanswered: bool) -> None:
    """Who waits for the call hears how it ended: as the agent says, or by the citizen's telephones in its call."""
    if not item.request_id:
        return
    legs = conferences.legs(tx, item.conference_id) if item.conference_id else ()
    citizens = [leg for leg in legs if leg.role == Role.CITIZEN]
    now = tx.now.timestamp()
    talked = sum(
        (now if leg.ended_at is None else leg.ended_at) - leg.answered_at
        for leg in citizens
        if leg.answered_at is not None
    )
    result = events_pb2.CALL_OUT_RESULT_UNKNOWN
    if unanswered or (citizens and all(leg.answered_at is None for leg in citizens)):
        result = events_pb2.CALL_OUT_RESULT_NO_ANSWER
    elif citizens:
        result = events_pb2.CALL_OUT_RESULT_ANSWERED
    worked = max(0.0, now - (item.assigned_at or now))
    _tell(tx, item.request_id, item.case_id, result, agent_id=agent_id, talked=talked, worked=worked)


def _tell(
    tx: Tx, request_id: str, case_id: str, result: events_pb2.CallOutResult, *, agent_id: str = "",
    talked: float = 0.0, worked: float = 0.0,
) -> None:  # fmt: skip
    ended = events_pb2.CallOutEnded(
        request_id=request_id,
        case_id=case_id,
        agent_id=agent_id,
        result=result,
        talk_seconds=max(0, math.ceil(talked)),
        work_seconds=max(0, math.ceil(worked)),
    )
    tx.emit(ended, subject=case_id)
