"""Outreach calls and notifies those who did not ask.

It owns the people who agreed to be called regularly, rounds of check-in calls and what becomes of those who do not
answer, campaigns and disaster notices with who got them, and who must not be called or written to. It knows a case by
its id alone. It leaves to intake the case and what a citizen is answered, to routing who calls whom, and to referral
the help that a call shows to be needed.
"""

from chassis.connectors.queues import TaskKind
from chassis.service import Service

SERVICE = Service(
    "outreach",
    "services.outreach",
    listens=frozenset(
        {
            "hub120.intake.v1.CaseClosed",
            "hub120.intake.v1.CitizenAnswered",
            "hub120.intake.v1.DeliveryReported",
            "hub120.intake.v1.HandoverChanged",
            "hub120.intake.v1.OptOutAsked",
            "hub120.intake.v1.SightingReceived",
            "hub120.referral.v1.ReferralMoved",
            "hub120.routing.v1.CallOutEnded",
        }
    ),
    tasks={TaskKind.BULK: frozenset({"channel"})},
    commands=frozenset({"outreach"}),
)
