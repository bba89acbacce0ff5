"""What a request asks for, and reports as messages (GeoReport v2, POST service request)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

from hub120_sdk import (
    Address,
    AddressKind,
    Attachment,
    Context,
    Inbound,
    Inquiry,
    Place,
    Progress,
    Request,
    Unreadable,
)
from hub120_sdk.credentials import same_as_any

from plugins.open311.catalogue import Question, Service
from plugins.open311.rendering import JSON, XML, bad_request, forbidden, not_found

LONGEST_DESCRIPTION = 4_000
WINDOW = timedelta(days=90)
PAGE, LARGEST_PAGE = 100, 1_000
_REPEAT_WINDOW_S = 3_600
_PATH = re.compile(r"(?P<kind>discovery|services|requests|tokens)(/(?P<id>[^/]{1,200}))?\.(?P<form>xml|json)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})")
_PROGRESS = {"open": (Progress.OPEN, Progress.IN_PROGRESS), "closed": (Progress.CLOSED,)}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request taken apart."""

    method: str
    kind: str
    id: str
    form: str
    query: Mapping[str, str]


def read(context: Context, request: Request) -> Asked:
    """What is asked for. Raises ``Unreadable`` for what is no resource of the specification."""
    url = urlsplit(request.url)
    tail = url.path.partition(f"/channels/{_ID}/")[2]
    found = _PATH.fullmatch(tail)
    form = JSON if tail.endswith(".json") else XML
    if not found or (found["kind"] == "discovery" and found["id"]) or (found["kind"] == "tokens" and not found["id"]):
        raise not_found(form, "there is no such resource: see discovery.xml")
    try:
        query = dict(parse_qsl(url.query, max_num_fields=100))
    except ValueError as error:
        raise bad_request(form, "the query is not readable") from error
    asked = Asked(request.method, found["kind"], found["id"] or "", form, query)
    if request.method == "POST" and (asked.kind != "requests" or asked.id):
        raise not_found(form, "only reports are POSTed, to requests.xml or requests.json")
    _check_jurisdiction(context, asked, query)
    return asked


_ID = "open311"


def _check_jurisdiction(context: Context, asked: Asked, given: Mapping[str, str]) -> None:
    ours = context.settings["jurisdiction_id"]
    if ours and given.get("jurisdiction_id", ours) != ours:
        raise not_found(asked.form, "jurisdiction_id is not one of this endpoint")


def report(context: Context, services: Mapping[str, Service], request: Request, asked: Asked) -> Inbound:
    """A report as a message. Raises ``Unauthorised`` or ``Unreadable``, each with the specification's errors."""
    fields = _form(request, asked)
    given = {name: value for name, value in fields if not name.startswith("attribute[")}
    key = given.get("api_key", "") or asked.query.get("api_key", "")
    if not same_as_any(key, context.secrets["api_keys"]):
        raise forbidden(asked.form)
    _check_jurisdiction(context, asked, given)
    service = services.get(given.get("service_code", ""))
    if service is None:
        raise _unknown_service(asked, given)
    answers = _answers(fields)
    wrong = [*_missing(service.questions, answers), *_wrong(given)]
    if wrong:
        raise bad_request(asked.form, *wrong)
    provider_id = _provider_id(context, key, request.body)
    return Inbound(
        provider_id=provider_id,
        sender=_sender(given, provider_id),
        text=_text(service, given, answers),
        attachments=(Attachment(given["media_url"], "image/*"),) if given.get("media_url") else (),
        conversation=provider_id,
        topic=service.code,
        place=_place(given),
    )


def _form(request: Request, asked: Asked) -> list[tuple[str, str]]:
    try:
        return request.form()
    except Unreadable as error:
        raise bad_request(asked.form, error.reason) from error


def _unknown_service(asked: Asked, given: Mapping[str, str]) -> Unreadable:
    if given.get("service_code"):
        return not_found(asked.form, "service_code is not one of GET services")
    return bad_request(asked.form, "service_code is missing")


def _answers(fields: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """``attribute[code]=value``, repeated or as ``attribute[code][]`` for lists."""
    answers: dict[str, list[str]] = {}
    for name, value in fields:
        if name.startswith("attribute[") and value:
            code = name.removeprefix("attribute[").removesuffix("[]").removesuffix("]")
            answers.setdefault(code, []).append(value)
    return answers


def _missing(questions: Sequence[Question], answers: Mapping[str, Sequence[str]]) -> list[str]:
    missing = [f"attribute[{one.code}] is missing" for one in questions if one.required and one.code not in answers]
    unknown = [
        f"attribute[{one.code}] is none of {', '.join(one.values)}"
        for one in questions
        if one.values is not None and not set(answers.get(one.code, ())) <= one.values.keys()
    ]
    return missing + unknown


def _wrong(given: Mapping[str, str]) -> list[str]:
    wrong = []
    if not (given.get("lat") and given.get("long")) and not (given.get("address_string") or given.get("address_id")):
        wrong.append("lat and long, address_string or address_id is missing")
    if (given.get("lat") or given.get("long")) and _point(given) is None:
        wrong.append("lat and long are not degrees (WGS 84)")
    if len(given.get("description", "")) > LONGEST_DESCRIPTION:
        wrong.append(f"description has more than {LONGEST_DESCRIPTION} characters")
    if len(given.get("address_string", "")) > 1_000:
        wrong.append("address_string has more than 1,000 characters")
    if len(given.get("media_url", "")) > 2_000:
        wrong.append("media_url has more than 2,000 characters")
    return wrong


def _point(given: Mapping[str, str]) -> tuple[float, float] | None:
    try:
        latitude, longitude = float(given.get("lat", "")), float(given.get("long", ""))
    except ValueError:
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _place(given: Mapping[str, str]) -> Place:
    point = _point(given) or (None, None)
    address = given.get("address_string", "") or given.get("address_id", "")
    return Place(address, point[0], point[1])


def _sender(given: Mapping[str, str], provider_id: str) -> Address:
    """Who reports, by what is known of them; nobody is asked to say. Nothing of it is proved."""
    name = " ".join(part for part in (given.get("last_name", ""), given.get("first_name", "")) if part)[:200]
    for field, kind in (("email", AddressKind.EMAIL), ("phone", AddressKind.PHONE)):
        if 3 <= len(given.get(field, "")) <= 200:
            return Address(kind, given[field], name)
    for field in ("account_id", "device_id"):
        if given.get(field) and len(given[field]) <= 200:
            return Address(AddressKind.ACCOUNT, f"{field}:{given[field]}", name)
    return Address(AddressKind.ACCOUNT, f"anonymous:{provider_id}", name)


def _text(service: Service, given: Mapping[str, str], answers: Mapping[str, Sequence[str]]) -> str:
    """What the citizen wrote, under what they chose, with their answers to the service's questions."""
    known = {question.code: question for question in service.questions}
    lines = [f"[{service.name}]", given.get("description", "").strip()]
    for code, values in answers.items():
        question = known.get(code)
        named = (question.values or {}) if question else {}
        said = ", ".join(named.get(value, value) for value in values)
        lines.append(f"{question.description if question and question.description else code}: {said}")
    return "\n".join(line for line in lines if line)


def _provider_id(context: Context, key: str, body: bytes) -> str:
    """GeoReport v2 gives a report no id. The same report from the same app within the hour is taken as one that was
    sent again; the same words later as another, for losing one is worse than showing it twice."""
    window = str(int(context.now().timestamp()) // _REPEAT_WINDOW_S)
    return hashlib.sha256(b"\x00".join([window.encode(), key.encode("utf-8", "replace"), body])).hexdigest()[:40]


def inquiry(context: Context, asked: Asked) -> Inquiry:
    """Which requests are asked for. Raises ``Unreadable``."""
    if asked.id:
        return Inquiry(case_numbers=(asked.id,), limit=1)
    query = asked.query
    if query.get("service_request_id"):
        return Inquiry(case_numbers=tuple(query["service_request_id"].split(","))[:LARGEST_PAGE], limit=LARGEST_PAGE)
    first, last = _window(context, asked)
    codes = wanted_codes(asked)
    page, size = _number(asked, "page", 1, 10_000), _number(asked, "page_size", PAGE, LARGEST_PAGE)
    return Inquiry(
        opened_from=first,
        opened_before=last,
        updated_from=_moment(asked, "updated_after"),
        progress=_progress(asked),
        topic=codes[0] if len(codes) == 1 else "",
        limit=size,
        skip=(page - 1) * size,
    )


def wanted_codes(asked: Asked) -> list[str]:
    """The service codes asked for; none: all."""
    return [code for code in asked.query.get("service_code", "").split(",") if code]


def _window(context: Context, asked: Asked) -> tuple[datetime, datetime | None]:
    """From when to when requests were made: at most 90 days, the last 90 where nothing is said."""
    first, last = _moment(asked, "start_date"), _moment(asked, "end_date")
    if first is None:
        return (last or context.now()) - WINDOW, last
    if (last or context.now()) - first > WINDOW and last is not None:
        raise bad_request(asked.form, "start_date and end_date are more than 90 days apart")
    return first, last or first + WINDOW


def _moment(asked: Asked, name: str) -> datetime | None:
    value = asked.query.get(name, "").replace(" ", "+")  # a plus that was not escaped
    if not value:
        return None
    try:
        if not _DATE.fullmatch(value):
            raise ValueError(value)
        return datetime.fromisoformat(value).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise bad_request(asked.form, f"{name} is no date like 2026-01-31T09:00:00+09:00") from error


def _progress(asked: Asked) -> tuple[Progress, ...]:
    named = [word for word in asked.query.get("status", "").split(",") if word]
    if not set(named) <= _PROGRESS.keys():
        raise bad_request(asked.form, "status is open or closed, or both with a comma between")
    return tuple(progress for word in named for progress in _PROGRESS[word])


def _number(asked: Asked, name: str, default: int, largest: int) -> int:
    value = asked.query.get(name, str(default))
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= largest):
        raise bad_request(asked.form, f"{name} is a number from 1 to {largest}")
    return int(value)
