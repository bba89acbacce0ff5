"""Requests to the endpoint: a handover as a service request, and how it stands."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlencode

from hub120_sdk import AddressKind, Context, Handover, Rejected, Retry, Ticket, TicketState, Unsure, Updates

from plugins.open311_department import mapping
from plugins.open311_department.mapping import TOKEN
from plugins.open311_department.reading import Row, moment, rows

LONGEST_DESCRIPTION = 4_000
FIRST_LOOK_BACK = timedelta(days=1)
PAGE, MOST_PAGES = 100, 20
_PERHAPS_DONE = frozenset({500, 502, 504})
"""GeoReport v2 recognises no repeat: what may have been stored before it failed is not sent again unasked."""


def submit(context: Context, handover: Handover) -> Ticket:
    """POST service request. The endpoint gives a number, or a token for one that comes later."""
    body = urlencode(_fields(context, handover)).encode()
    headers = {"content-type": "application/x-www-form-urlencoded; charset=utf-8"}
    answer = context.http.request("POST", _url(context, "requests"), headers=headers, body=body)
    if answer.status in _PERHAPS_DONE:
        raise Unsure(f"the endpoint answered {answer.status}: it may have the request all the same")
    try:
        first = next(iter(rows(answer)), {})
    except Retry as error:
        if not 200 <= answer.status < 300:
            raise
        raise Unsure("the endpoint took the request and answered nothing that can be read") from error
    number = first.get("service_request_id") or (TOKEN + first["token"] if first.get("token") else "")
    if not number:
        raise Unsure("the endpoint gave neither service_request_id nor token")
    note = first.get("service_notice", "")
    return Ticket(TicketState.SUBMITTED, ticket_id=number, handover_id=handover.handover_id, note=note)


def _fields(context: Context, handover: Handover) -> list[tuple[str, str]]:
    description = f"{handover.title}\n\n{handover.text}\n\n({handover.case_number})"
    if len(description) > LONGEST_DESCRIPTION:
        raise Rejected(f"title and text have more than the {LONGEST_DESCRIPTION} characters of an Open311 description")
    if handover.attachments:
        raise Rejected("Open311 v2 carries no files: describe what they show, or hand over by another road")
    code = handover.topic or context.settings["service_code"]
    if not code:
        raise Rejected("no topic was chosen, and HUB120_CONNECTOR_OPEN311_DEPARTMENT_SERVICE_CODE is not set")
    answers = [(f"attribute[{name}]", value) for name, value in handover.fields.items()]
    fields = [
        ("api_key", context.secrets["api_key"]),
        ("jurisdiction_id", context.settings["jurisdiction_id"]),
        ("service_code", code),
        ("description", description),
        *_where(handover),
        *_who(handover),
    ]
    return [(name, value) for name, value in fields if value] + answers


def _where(handover: Handover) -> list[tuple[str, str]]:
    place = handover.place
    if place is None or not (place.address or place.latitude is not None):
        raise Rejected("an Open311 request needs a place: an address, or a point on the map")
    point = [("lat", f"{place.latitude}"), ("long", f"{place.longitude}")] if place.latitude is not None else []
    return [*point, ("address_string", place.address)]


def _who(handover: Handover) -> list[tuple[str, str]]:
    citizen = handover.citizen
    if citizen is None:
        return []
    by_kind = {AddressKind.EMAIL: "email", AddressKind.PHONE: "phone", AddressKind.ACCOUNT: "account_id"}
    return [(by_kind[citizen.kind], citizen.value), ("last_name", citizen.display_name)]


def status(context: Context, ticket_id: str) -> Ticket:
    """GET service request; a token is turned into the number first."""
    if ticket_id.startswith(TOKEN):
        return _by_token(context, ticket_id)
    found = rows(context.http.request("GET", _url(context, f"requests/{quote(ticket_id, safe='')}")))
    if not found or not found[0].get("service_request_id"):
        raise Rejected("the endpoint does not know this service request")
    return mapping.ticket(found[0])


def _by_token(context: Context, ticket_id: str) -> Ticket:
    token = ticket_id.removeprefix(TOKEN)
    found = rows(context.http.request("GET", _url(context, f"tokens/{quote(token, safe='')}")))
    number = found[0].get("service_request_id", "") if found else ""
    return status(context, number) if number else Ticket(TicketState.SUBMITTED, ticket_id=ticket_id)


def updates(context: Context, cursor: str) -> Updates:
    """What changed since, by the feed the endpoint has. The cursor is the time of the last change seen and the changes
    seen of that very time, so that none is lost and none told twice."""
    feed = context.settings["feed"]
    if feed == "none":
        return Updates((), cursor)
    since, seen = _cursor(context, cursor)
    found = _changes(context, feed, since)
    tickets = sorted((mapping.ticket(row) for row in found), key=_when)
    fresh = [one for one in tickets if one.ticket_id and _when(one) >= since and one.update_id not in seen]
    return Updates(tuple(fresh), _moved(since, seen, fresh))


def _when(ticket: Ticket) -> datetime:
    return ticket.updated_at or datetime.min.replace(tzinfo=UTC)


def _cursor(context: Context, cursor: str) -> tuple[datetime, list[str]]:
    try:
        told = json.loads(cursor or "{}")
        since = moment(told.get("at", ""))
        return since or context.now() - FIRST_LOOK_BACK, list(told.get("seen", []))
    except (ValueError, AttributeError, TypeError):
        return context.now() - FIRST_LOOK_BACK, []


def _moved(since: datetime, seen: list[str], fresh: list[Ticket]) -> str:
    last = max([since, *map(_when, fresh)])
    same = [one.update_id for one in fresh if _when(one) == last]
    return json.dumps({"at": last.isoformat(), "seen": (same if last > since else [*seen, *same])[-50:]})


def _changes(context: Context, feed: str, since: datetime) -> list[Row]:
    if feed == "updates":
        query = {"start_date": since.isoformat(), "end_date": context.now().isoformat()}
        return rows(context.http.request("GET", _url(context, "servicerequestupdates", **query)))
    found: list[Row] = []
    for page in range(1, MOST_PAGES + 1):
        query = {"updated_after": since.isoformat(), "page": str(page), "page_size": str(PAGE)}
        more = rows(context.http.request("GET", _url(context, "requests", **query)))
        found += more
        if len(more) < PAGE:
            break
    return found


def _url(context: Context, resource: str, **query: str) -> str:
    settings = context.settings
    if settings["jurisdiction_id"]:
        query["jurisdiction_id"] = settings["jurisdiction_id"]
    asked = f"?{urlencode(query)}" if query else ""
    form = "xml" if settings["format"] == "xml" else "json"
    return f"{settings['endpoint'].rstrip('/')}/{resource}.{form}{asked}"
