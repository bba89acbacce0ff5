"""Translation brings an interpreter in.

It owns who interprets which language and when, the volunteers whom the hub itself calls, sessions with interpreters and
who was asked in them, the words that are relayed, and the glossary that keeps the terms of the administration the same
in every language. It knows a case by its id alone. It leaves to routing who takes the case and to whom a telephone is
connected, and to intake what citizens write and are answered.
"""

from chassis.connectors.queues import TaskKind
from chassis.service import Service

_INTERPRET = frozenset({"interpreter", "translator"})

SERVICE = Service(
    "translation",
    "services.translation",
    listens=frozenset(
        {
            "hub120.intake.v1.CaseClosed",
            "hub120.intake.v1.CaseCorrected",
            "hub120.intake.v1.ContactReceived",
            *(f"hub120.routing.v1.{event}" for event in ("InterpreterLegChanged", "WorkAssigned", "WorkDone")),
        }
    ),
    tasks={TaskKind.INTERPRETER: _INTERPRET, TaskKind.WORDS: _INTERPRET},
)
