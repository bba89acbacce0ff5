"""What the app's server sends: a report, alone or in a form with its photos; receipts; or an inquiry."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from hub120_sdk import (
    Attachment,
    CaseStatus,
    Delivery,
    Inbound,
    Inquiry,
    Outbound,
    Place,
    Receipt,
    Received,
    Record,
    Request,
    Response,
    Unreadable,
    multipart,
    shapes,
    sites,
)

from plugins.app import mapping

ANSWERS, REPORT_ID = "answers", "report_id"
"""In ``reply_context``: how the app wants the reply, and which report it is about."""
_MOST_PHOTOS = 10
_MOST_FOUND = 200
_ANSWER_BYTES = 900_000


def read(request: Request) -> list[Record]:
    """The report, the receipts or the inquiry. Raises ``Unreadable``."""
    content_type = request.headers.get("content-type", "")
    if content_type.startswith("multipart/"):
        return [_form(multipart.read(content_type, request.body))]
    body = shapes.mapping(request.json(), required=True)
    if mapping.RECEIPTS in body:
        return list(_receipts(body))
    if mapping.INQUIRY in body:
        return [_inquiry(shapes.mapping(body, mapping.INQUIRY, required=True))]
    return [_report(shapes.mapping(body, mapping.REPORT, required=True), ())]


def _form(parts: Sequence[multipart.Part]) -> Inbound:
    """The part named ``report`` is the report, every file a photo of it, whatever its name."""
    written = [part.data for part in parts if part.name == mapping.REPORT]
    if len(written) != 1:
        raise Unreadable("the form has not one part named report")
    try:
        report = json.loads(written[0])
    except (ValueError, RecursionError) as error:
        raise Unreadable("the part named report is not JSON") from error
    files = [part for part in parts if part.is_file and part.name != mapping.REPORT]
    return _report(
        shapes.mapping(report, required=True), [Attachment("", one.media_type, one.filename, one.data) for one in files]
    )


def _report(report: Mapping[str, object], enclosed: Sequence[Attachment]) -> Inbound:
    announced = [sites.announced(one) for one in shapes.items(report, "photos", limit=_MOST_PHOTOS)]
    photos = (*announced, *enclosed)
    report_id = shapes.text(report, "id", required=True)
    place, text = _place(report), shapes.text(report, "text")
    if len(photos) > _MOST_PHOTOS:
        raise Unreadable(f"a report has at most {_MOST_PHOTOS} photos")
    if not (text or photos or place):
        raise Unreadable("text, photos and place are all empty")
    about = shapes.text(report, "about") or report_id
    exact = mapping.accuracy(shapes.mapping(report, "place").get("accuracy_m")) if place else ""
    return Inbound(
        provider_id=report_id,
        sender=shapes.person(report, "reporter"),
        text="\n".join(line for line in (text, exact) if line),
        attachments=photos,
        conversation=about,
        language=shapes.text(report, "language"),
        occurred_at=shapes.moment(report, "occurred_at"),
        reply_context={ANSWERS: _wanted(report), REPORT_ID: about},
        topic=shapes.text(report, "category"),
        place=place,
    )


def _wanted(report: Mapping[str, object]) -> str:
    wanted = shapes.text(report, "answers") or mapping.PUSH
    if wanted not in {mapping.PUSH, mapping.FETCH}:
        raise Unreadable(f"answers must be {mapping.PUSH} or {mapping.FETCH}")
    return wanted


def _place(report: Mapping[str, object]) -> Place | None:
    told = shapes.mapping(report, "place")
    found = shapes.place(told.get("latitude"), told.get("longitude"), shapes.text(told, "address"))
    named = told.get("latitude") is not None or told.get("longitude") is not None
    if named and (found is None or found.latitude is None):
        raise Unreadable("place.latitude and place.longitude are no point on Earth")
    return found


def _receipts(body: Mapping[str, object]) -> Iterator[Receipt]:
    """Of one reply by its id, or of all that a reporter has had until a moment."""
    for one in shapes.items(body, mapping.RECEIPTS):
        state = mapping.STATES.get(shapes.text(one, "state", required=True))
        if state is None:
            raise Unreadable(f"receipts.state must be one of {', '.join(mapping.STATES)}")
        reason = shapes.text(one, "reason") if state is Delivery.FAILED else ""
        until = shapes.moment(one, "until")
        if until is not None:
            yield Receipt(state, reason=reason, to=shapes.person(one, "reporter"), until=until)
        else:
            yield Receipt(state, reply_id=shapes.text(one, "reply_id", required=True), reason=reason)


def _inquiry(asked: Mapping[str, object]) -> Inquiry:
    """Of the cases that the app names, or of all that changed: an app's server may read every report of its own."""
    names = {name: tuple(_strings(asked, name)) for name in ("case_numbers", "report_ids")}
    since = shapes.moment(asked, "updated_from")
    if since is None and not any(names.values()):
        raise Unreadable("inquiry names neither case_numbers nor report_ids nor updated_from")
    return Inquiry(
        case_numbers=names["case_numbers"],
        provider_ids=names["report_ids"],
        updated_from=since,
        limit=_MOST_FOUND,
        skip=_skip(asked.get("skip")),
        replies=True,
    )


def _skip(value: object) -> int:
    return value if isinstance(value, int) and 0 <= value <= 1_000_000 else 0


def _strings(asked: Mapping[str, object], name: str) -> Iterator[str]:
    for one in shapes.items(asked, name):
        yield shapes.text({name: one}, name, required=True)


def answer(received: Sequence[Received]) -> Response:
    """What became of a report."""
    if not received:
        return Response.json({})
    one = received[0]
    replies = [_reply(waiting) for waiting in one.waiting]
    return Response.json(
        {"report_id": one.inbound.provider_id, "case_number": one.case_number, "replies": replies},
    )


def told(found: Sequence[CaseStatus]) -> Response:
    """Cases with their answers; as many as fit, and whether these are all."""
    cases: list[dict[str, object]] = []
    size = 0
    for one in found:
        case = _standing(one)
        size += len(json.dumps(case, ensure_ascii=False).encode("utf-8", "replace")) + 1
        if size > _ANSWER_BYTES:
            break
        cases.append(case)
    return Response.json({"cases": cases, "more": len(cases) < len(found) or len(found) == _MOST_FOUND})


def _standing(case: CaseStatus) -> dict[str, object]:
    place = case.place
    return {
        "case_number": case.case_number,
        "progress": case.progress,
        "opened_at": case.opened_at.isoformat(),
        "updated_at": case.updated_at.isoformat(),
        "category": case.topic,
        "place": None
        if place is None
        else {"address": place.address, "latitude": place.latitude, "longitude": place.longitude},
        "replies": [_reply(reply) for reply in case.replies],
    }


def _reply(reply: Outbound) -> dict[str, str]:
    return {"id": reply.reply_id, "text": reply.text}
