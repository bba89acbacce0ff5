"""Intake receives what citizens send and keeps the case.

It owns citizens and their addresses, cases, contacts, attachments, replies, notes, the proof that a number is a
citizen's, and the audit trail of who read them. It hands replies to channel connectors. It leaves to routing who takes
a case, and to everyone else what a case is about.
"""

from chassis.connectors.queues import TaskKind
from chassis.service import Service

SERVICE = Service(
    "intake",
    "services.intake",
    listens=frozenset(
        {
            *(f"hub120.outreach.v1.{event}" for event in ("MissingPersonActive", "MissingPersonClosed")),
            *(f"hub120.routing.v1.{event}" for event in ("HandoverWanted", "QueueNotice", "WorkAssigned", "WorkDone")),
        }
    ),
    tasks={
        TaskKind.REPLY: frozenset({"channel", "department", "inquiries", "listener", "sessions", "telephony"}),
        TaskKind.CALL: frozenset({"telephony"}),
    },
)
