"""What somebody may be entitled to: the facts that decide most are asked for, a few at a time. Nothing of it is kept:
what is known goes along in the form.
"""

from __future__ import annotations

import re

from hub120.referral.v1 import eligibility_pb2 as pb
from hub120.referral.v1 import eligibility_service_pb2 as eligibility
from starlette.responses import Response

from services.console.visits import Visit

_SHOWN = 6
_ASKED = 4
_NUMBER = re.compile(r"[0-9]{1,15}")
UNKNOWN = "unknown"
"""An answer: it was asked, and nobody can say."""


async def assess(visit: Visit) -> Response:
    """What is likely so far, why, and what to ask next."""
    form = await visit.form()
    catalogue = {fact.id: fact for fact in (await visit.ask(eligibility.ListFactsRequest())).facts}
    told = [(fact, form[f"fact_{fact.id}"]) for fact in catalogue.values()]
    known = [(fact, text, value) for fact, text in told if (value := _value(fact, text)) is not None]
    wanted = eligibility.AssessRequest(facts=[value for _, _, value in known], page_size=_SHOWN)
    found = await visit.ask(wanted)
    return visit.done(
        visit.part(
            "referring-assessed", "desk/referring_assessed.html", found=found,
            known=[(fact, text) for fact, text, _ in known],
            asked=[(one, catalogue[one.fact]) for one in found.questions[:_ASKED]],
            case_id=visit.path["case_id"],
        )
    )  # fmt: skip


def _value(fact: pb.Fact, text: str) -> pb.FactValue | None:
    """What was answered, as the kind of the fact says; None for nothing."""
    if not text:
        return None
    if text == UNKNOWN:
        return pb.FactValue(fact=fact.id, unknown=True)
    if fact.kind == pb.FACT_KIND_NUMBER:
        return pb.FactValue(fact=fact.id, number=int(text)) if _NUMBER.fullmatch(text) else None
    if fact.kind == pb.FACT_KIND_YES_NO:
        return pb.FactValue(fact=fact.id, yes=text == "yes")
    return pb.FactValue(fact=fact.id, choice=text)
