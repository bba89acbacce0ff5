"""Routing decides who takes a case, and proves why.

It owns agents, their presence and desks, the rota, work items and offers, callbacks and surges, and the conferences:
calls in which an agent and a citizen talk, and those in which somebody who is in danger is handed to whoever must help.
Telephones and departments are intake's. It knows a case by its id alone: what was said, and who said it, stays with
intake.
"""

from chassis.service import Service

SERVICE = Service(
    "routing",
    "services.routing",
    listens=frozenset(
        {
            *(
                f"hub120.intake.v1.{event}"
                for event in (
                    "CallbackAsked",
                    "CallChanged",
                    "CaseClosed",
                    "CaseCorrected",
                    "ContactReceived",
                    "HandoverChanged",
                    "LegCommanded",
                    "LegKeyPressed",
                )
            ),
            *(
                f"hub120.outreach.v1.{event}"
                for event in ("CallUnwanted", "CallWanted", "SatisfactionGiven", "SurgeDeclared", "SurgeEnded")
            ),
            "hub120.referral.v1.AgencyLegUnwanted",
            "hub120.referral.v1.AgencyLegWanted",
            "hub120.referral.v1.AgencyTakesOver",
            "hub120.referral.v1.AnswerMarked",
            "hub120.referral.v1.CitizenCallWanted",
            "hub120.translation.v1.InterpreterLegUnwanted",
            "hub120.translation.v1.InterpreterLegWanted",
        }
    ),
)
