"""Calling out: a service of the hub wants a citizen called, and an agent is found for it as for a callback."""

from __future__ import annotations

from collections.abc import Callable

from chassis import telemetry
from chassis.database import Tx
from services.routing.domain.work import DEFAULT_LANGUAGE, NewWork
from services.routing.store import work
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
