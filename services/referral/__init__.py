"""Referral links a case to welfare and legal help, and closes the loop.

It owns the directory of services (HSDS), the rules by which somebody may be entitled to them, articles that answer
agents' questions, consents, referrals and their states from proposed to confirmed by the citizen, agencies and how they
are reached. It knows a case by its id alone. It leaves to intake the case, what citizens and departments are told and
what they answer, and to routing who calls whom.
"""

from chassis.service import Service

SERVICE = Service(
    "referral",
    "services.referral",
    listens=frozenset(
        {
            *(
                f"hub120.intake.v1.{event}"
                for event in ("CitizenAnswered", "CitizenTold", "HandoverChanged", "PartnerMessageChanged")
            ),
            "hub120.routing.v1.AgencyLegChanged",
        }
    ),
    commands=frozenset({"directory", "knowledge", "referral"}),
)
