"""Ending: where a provider keeps a conversation open, it hears that the case is over."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from hub120.intake.v1 import events_pb2

from chassis.connectors.queues import reply_queue
from chassis.database import Tx
from services.intake.domain.cases import CaseState
from services.intake.store import cases, replies


@dataclass(frozen=True, slots=True)
class Ending:
    """A conversation to be ended."""

    kind: str
    address: str
    reply_context: Mapping[str, str]
    replies_under_way: bool
    """Something the agent wrote has not left yet: the end would overtake it."""


def end_session(tx: Tx, case_id: str, channels: Collection[str]) -> None:
    """Ask for the end of a closed case's conversation, on channels that have such. Asked twice, the provider hears it
    twice, which is no error there."""
    case = cases.case(tx, case_id) if channels else None
    if case is not None and case.state == CaseState.CLOSED and case.channel in channels:
        task = events_pb2.EndSession(case_id=case_id, channel=case.channel)
        tx.ask(reply_queue(case.channel), task, subject=case_id)


def ending(tx: Tx, case_id: str) -> Ending | None:
    """What the connector needs; None if the conversation goes on, in this case or in another one."""
    case = cases.case(tx, case_id)
    if case is None or case.state != CaseState.CLOSED:
        return None
    row = replies.ending(tx, case_id)
    if row is None or row.goes_on:
        return None
    context = replies.context(tx, row)
    return Ending(row.kind, tx.opened("identity", row, "address"), context, bool(row.under_way))
