"""The connector itself: which resource is asked for, and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hub120_sdk import (
    Attachment,
    CaseStatus,
    Content,
    Context,
    Delivery,
    Outbound,
    Progress,
    Receipt,
    Received,
    Record,
    Rejected,
    Request,
    Response,
)
from hub120_sdk.answers import good

from plugins.open311 import catalogue, inbound
from plugins.open311.rendering import not_found, problems, rendered

_SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
_REPLY_ELSEWHERE = "Open311 has no way back to the citizen: answer by telephone or e-mail, if the report names one"


class Open311:
    """The Channel, and the Inquiries of those who look how their reports stand."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._services = catalogue.read(context.settings["services"])
        self._publishes = context.settings["publish_replies"] == "yes"

    def parse(self, request: Request) -> Sequence[Record]:
        """A report, an inquiry, or nothing for what needs no look into the hub. Only reports need an api_key."""
        asked = inbound.read(self._context, request)
        if asked.method == "POST":
            return [inbound.report(self._context, self._services, request, asked)]
        if asked.kind in {"requests", "tokens"}:
            return [inbound.inquiry(self._context, asked)]
        if asked.kind == "services" and asked.id and asked.id not in self._services:
            raise not_found(asked.form, "service_code is not one of GET services")
        return []

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        """The report's number, or the resource that was asked for."""
        asked = inbound.read(self._context, request)
        if asked.method == "POST":
            made = [
                {"service_request_id": one.case_number, "service_notice": None, "account_id": None} for one in received
            ]
            return rendered(asked.form, "service_requests", made, 201)
        if asked.kind == "discovery":
            return rendered(asked.form, "discovery", self._discovery())
        if asked.id:
            return rendered(asked.form, "service_definition", catalogue.defined(self._services[asked.id]))
        return rendered(asked.form, "services", catalogue.listed(list(self._services.values())))

    def tell(self, request: Request, found: Sequence[CaseStatus]) -> Response:
        """How reports stand."""
        asked = inbound.read(self._context, request)
        codes = inbound.wanted_codes(asked)
        wanted = [one for one in found if not codes or one.topic in codes]
        if asked.id and not wanted:
            return problems(asked.form, 404, "there is no service request of this id")
        if asked.kind == "tokens":
            told = [{"service_request_id": one.case_number, "token": asked.id} for one in wanted]
            return rendered(asked.form, "service_requests", told)
        return rendered(asked.form, "service_requests", [self._standing(one) for one in wanted])

    def send(self, message: Outbound) -> Receipt:
        """A reply is published with the report where the operator wants that; nobody is written to."""
        if not self._publishes:
            raise Rejected(_REPLY_ELSEWHERE)
        if message.attachments:
            raise Rejected("status_notes hold text alone")
        return Receipt(Delivery.SENT, reply_id=message.reply_id)

    def fetch(self, attachment: Attachment) -> Content:
        """The picture under ``media_url``."""
        answer = good(self._context.http.request("GET", attachment.reference))
        return Content(answer.body, answer.headers.get("content-type", "").partition(";")[0], attachment.filename)

    def _standing(self, case: CaseStatus) -> dict[str, object]:
        service, place = self._services.get(case.topic), case.place
        return {
            "service_request_id": case.case_number,
            "status": "closed" if case.progress is Progress.CLOSED else "open",
            "status_notes": (case.note or None) if self._publishes else None,
            "service_name": service.name if service else None,
            "service_code": case.topic or None,
            "description": None,
            "agency_responsible": self._context.settings["agency"] or None,
            "service_notice": None,
            "requested_datetime": _written(case.opened_at),
            "updated_datetime": _written(case.updated_at),
            "expected_datetime": None,
            "address": (place.address or None) if place else None,
            "address_id": None,
            "zipcode": None,
            "lat": place.latitude if place else None,
            "long": place.longitude if place else None,
            "media_url": None,
        }

    def _discovery(self) -> dict[str, object]:
        endpoint = {
            "specification": _SPECIFICATION,
            "url": self._context.public_url,
            "changeset": "2026-11-27T00:00:00+00:00",
            "type": "production",
            "formats": ["text/xml", "application/json"],
        }
        return {
            "changeset": endpoint["changeset"],
            "contact": self._context.settings["agency"] or None,
            "key_service": None,
            "endpoints": [endpoint],
        }


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
