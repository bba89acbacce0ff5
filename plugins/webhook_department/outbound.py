"""Handovers to the agency's system, and looks at how far it is, both signed."""

from __future__ import annotations

import base64
import hashlib
import json
from urllib.parse import quote

from hub120_sdk import (
    Address,
    Context,
    Handover,
    HttpAnswer,
    Misconfigured,
    Place,
    Rejected,
    Ticket,
    TicketState,
    Unreadable,
    Unsure,
    shapes,
    standardwebhooks,
)
from hub120_sdk.answers import good, json_body

from plugins.webhook_department import reading


def submit(context: Context, handover: Handover) -> Ticket:
    """POST the handover. Its id is ``webhook-id`` over every attempt: the agency knows a second one by it."""
    body = json.dumps(_body(context, handover), ensure_ascii=False).encode()
    signed = standardwebhooks.sign(context.secrets["signing_secret"], handover.handover_id, context.now(), body)
    headers = {"content-type": "application/json", **signed}
    answer = context.http.request("POST", context.settings["handover_url"], headers=headers, body=body, timeout_s=20)
    said = _said(_checked(answer, "handover_url"))
    try:
        return reading.ticket(said, handover_id=handover.handover_id)
    except Unreadable:
        return Ticket(TicketState.SUBMITTED, handover_id=handover.handover_id)  # 2xx: it was taken, whatever the words


def _body(context: Context, handover: Handover) -> dict[str, object]:
    told: dict[str, object] = {
        "handover_id": handover.handover_id,
        "case_number": handover.case_number,
        "title": handover.title,
        "text": handover.text,
        "requested_at": handover.requested_at.isoformat(),
        "language": handover.language,
        "urgent": handover.urgent,
    }
    optional = {
        "topic": handover.topic,
        "place": _place(handover.place),
        "citizen": _citizen(handover.citizen),
        "fields": dict(handover.fields),
        "attachments": [
            {"media_type": one.media_type, "filename": one.filename, "data": base64.b64encode(one.data).decode()}
            for one in handover.attachments
        ],
        "status_callback": f"{context.public_url}/status" if context.public_url else "",
    }
    return told | {name: value for name, value in optional.items() if value}


def _place(place: Place | None) -> dict[str, object]:
    if place is None:
        return {}
    named = {"address": place.address, "latitude": place.latitude, "longitude": place.longitude}
    return {name: value for name, value in named.items() if value not in {None, ""}}


def _citizen(citizen: Address | None) -> dict[str, str]:
    if citizen is None:
        return {}
    return {"kind": citizen.kind.value, "value": citizen.value, "name": citizen.display_name}


def status(context: Context, ticket_id: str) -> Ticket:
    """GET a ticket, signed over its address's SHA-256 and an empty body."""
    url = context.settings["status_url"]
    if not url:
        raise Rejected("this department is not asked: it reports by itself")
    url = f"{url.rstrip('/')}/{quote(ticket_id, safe='')}"
    name = hashlib.sha256(url.encode()).hexdigest()
    signed = standardwebhooks.sign(context.secrets["signing_secret"], name, context.now(), b"")
    answer = context.http.request("GET", url, headers=signed)
    if answer.status in {404, 410}:
        raise Rejected(f"the department knows no such ticket ({answer.status})")
    try:
        said = shapes.mapping(json_body(_checked(answer, "status_url")), required=True)
        shapes.text(said, "state", required=True)
        found = reading.ticket(said, handover_id=shapes.text(said, "handover_id"))
    except Unreadable as error:
        raise Unsure(f"the department's answer cannot be read: {error.reason}") from error
    return found if found.ticket_id else Ticket(found.state, ticket_id, found.handover_id, note=found.note)


def _said(answer: HttpAnswer) -> dict[str, object]:
    said = json_body(answer)
    return said if isinstance(said, dict) else {}


def _checked(answer: HttpAnswer, setting: str) -> HttpAnswer:
    if answer.status in {401, 403, 404} or 300 <= answer.status < 400:
        raise Misconfigured(f"{setting} answered {answer.status}: check its address and signing_secret")
    return good(answer)
