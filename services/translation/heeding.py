"""Which events concern translation at all: those of cases in which somebody interprets, or is to."""

from __future__ import annotations

from collections.abc import Sequence

from google.protobuf.message import Message
from hub120.intake.v1 import events_pb2 as intake
from hub120.routing.v1 import events_pb2 as routing

from chassis.database import Tx
from services.translation.use_cases import sessions

_OF_CASES = (intake.CaseClosed, intake.ContactReceived, routing.WorkAssigned, routing.WorkDone)
"""Events of every case; whatever else comes concerns translation by itself."""


def heeded(tx: Tx, events: Sequence[Message]) -> list[bool]:
    """Of each event of a batch whether it does. Who is brought in by one of them is there for those behind it."""
    of_cases = [event for event in events if isinstance(event, _OF_CASES)]
    interpreted = sessions.interpreted(tx, {event.case_id for event in of_cases})
    interpreted |= {event.case_id for event in of_cases if _wants_interpreter(event)}
    return [not isinstance(event, _OF_CASES) or event.case_id in interpreted for event in events]


def _wants_interpreter(event: Message) -> bool:
    return isinstance(event, routing.WorkAssigned) and bool(event.interpreted_language)
