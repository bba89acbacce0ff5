"""Services are looked for, and one is proposed to the citizen, in the place of another if need be."""

from __future__ import annotations

import asyncio

from hub120.referral.v1 import capacity_pb2, legal_pb2
from hub120.referral.v1 import directory_service_pb2 as directory
from hub120.referral.v1 import referral_pb2 as pb
from hub120.referral.v1 import referral_service_pb2 as referrals
from hub120.referral.v1 import search_service_pb2 as searching
from starlette.responses import Response

from services.console.desk.referring.cards import card
from services.console.drawing import choices, enum_name
from services.console.forms import Form
from services.console.live import Part
from services.console.visits import Visit

_SHOWN = 6
_DETAILS = (
    pb.CONSENT_ITEM_NAME,
    pb.CONSENT_ITEM_TELEPHONE,
    pb.CONSENT_ITEM_ADDRESS,
    pb.CONSENT_ITEM_BIRTH_DATE,
    pb.CONSENT_ITEM_HOUSEHOLD,
    pb.CONSENT_ITEM_INCOME,
    pb.CONSENT_ITEM_DEBTS,
    pb.CONSENT_ITEM_HEALTH,
    pb.CONSENT_ITEM_DISABILITY,
    pb.CONSENT_ITEM_RESIDENCE_STATUS,
    pb.CONSENT_ITEM_CRISIS,
)
"""What is asked for by itself: the summary has a field of its own, and files are no part of it."""
_SECOND_THOUGHTS = frozenset({capacity_pb2.CAPACITY_ROOM_NO_ROOM, capacity_pb2.CAPACITY_ROOM_WAITING_LIST})


async def search(visit: Visit) -> Response:
    """Services that may help, each with why it is there, where it comes from and how fresh that is."""
    form = await visit.form()
    wanted = searching.SearchServicesRequest(
        query=form["query"], area=form["area"], kind=form["kind"], page_size=_SHOWN
    )
    if form["age"]:
        wanted.age = form.number("age")
    found = (await visit.ask(wanted)).services
    known = await asyncio.gather(*(visit.ask(directory.GetServiceRequest(service_id=one.service_id)) for one in found))
    results = [(one, more.service) for one, more in zip(found, known, strict=True)]
    return visit.done(
        visit.part(
            "referring-found", "desk/referring_found.html", results=results, instead=form["instead"],
            case_id=visit.path["case_id"],
        )
    )  # fmt: skip


async def choose(visit: Visit) -> Response:
    """The form in which one of them is proposed."""
    form = await visit.form()
    service = (await visit.ask(directory.GetServiceRequest(service_id=form["service_id"]))).service
    details = [one for one in choices(pb.ConsentItem, visit.language) if one[0] in _DETAILS]
    return visit.done(
        visit.part(
            f"propose-{service.id}", "desk/referring_propose.html", service=service, details=details,
            law_fields=choices(legal_pb2.LawField, visit.language), legal=enum_name(service, "kind").endswith("LEGAL"),
            needs=[term for term in service.terms if term.taxonomy == "need"], instead=form["instead"],
            case_id=visit.path["case_id"],
        )
    )  # fmt: skip


async def propose(visit: Visit) -> Response:
    """It is proposed; nothing leaves yet."""
    form = await visit.form()
    case_id, instead = visit.path["case_id"], form["instead"]
    if instead:
        made = await visit.ask(
            referrals.RerouteReferralRequest(
                referral_id=instead, service_id=form["service_id"], summary=form["summary"],
                request_id=form["request_id"],
            )
        )  # fmt: skip
        return visit.done(Part("referring-found", ""), *await card(visit, made.referral))
    made = await visit.ask(_proposed(form, case_id))
    said = visit.t("referring.little_room") if made.capacity.room in _SECOND_THOUGHTS else ""
    return visit.done(Part("referring-found", ""), *await card(visit, made.referral), said=said)


def _proposed(form: Form, case_id: str) -> referrals.ProposeReferralRequest:
    legal = form["kind"] == "legal"
    values = [(item, form[f"item_{item}"]) for item in _DETAILS]
    return referrals.ProposeReferralRequest(
        case_id=case_id,
        service_id=form["service_id"],
        kind=pb.REFERRAL_KIND_LEGAL if legal else pb.REFERRAL_KIND_WELFARE,
        need=form["need"] or "help",
        summary=form["summary"],
        details=[pb.ItemValue(item=item, value=value) for item, value in values if value],
        urgent=form.ticked("urgent"),
        request_id=form["request_id"],
        law_field=form.number("law_field") if legal else 0,  # type: ignore[arg-type] # an enum's number
    )
