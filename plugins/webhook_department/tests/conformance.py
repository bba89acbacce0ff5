"""The table of the ``webhook_department`` connector."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from hub120_sdk import (
    Address,
    AddressKind,
    Content,
    Handover,
    Misconfigured,
    Place,
    Rejected,
    Request,
    Ticket,
    TicketState,
    Unauthorised,
    Unreadable,
    Unsure,
    standardwebhooks,
)
from hub120_sdk.testing import Answer, Looks, Parses, Refuses, Seen, Submits, Suite, fixture

SECRET = "whsec_aHViMTIwLWRlcGFydG1lbnQtc2lnbmluZw=="
WRONG = "whsec_c29tZWJvZHktZWxzZXMtc2VjcmV0LWtleQ=="
URL = "https://hub.example/departments/webhook_department/status"
HANDOVER = Handover(
    "0199e0f2-7c00-7abc-8def-000000000120",
    "26-0KX3M-7QHMZ",
    "가로등 고장",
    "마을 광장 앞 가로등이 꺼져 있습니다.",
    datetime.fromisoformat("2026-11-24T09:00:00+09:00"),
)
WHOLE = replace(
    HANDOVER,
    topic="streetlight",
    place=Place("누리시 광장로 1", 37.5, 127.0),
    citizen=Address(AddressKind.PHONE, "+821055501234", "김누리"),
    attachments=(Content(b"\xff\xd8\xff", "image/jpeg", "가로등.jpg"),),
    urgent=True,
    fields={"pole": "B-12"},
)


def event(name: str) -> Request:
    """A fixture as an unsigned request."""
    return Request("POST", URL, {"content-type": "application/json"}, fixture("plugins.webhook_department", name))


def sign(request: Request, at: datetime) -> Request:
    """Sign as the agency does."""
    signed = standardwebhooks.sign(SECRET, "msg_1", at, request.body)
    return replace(request, headers={**request.headers, **signed})


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    return Suite(
        settings={
            "handover_url": f"{provider}/handovers",
            "status_url": f"{provider}/tickets/",
            "telephone": "+82310001200",
        },
        secrets={"signing_secret": SECRET},
        wrong_secrets={"signing_secret": WRONG},
        sign=sign,
        parses=_parses(),
        refuses=_refuses(),
        submits=_submits(),
        looks=_looks(),
    )


def _parses() -> list[Parses]:
    ours = HANDOVER.handover_id
    tomorrow, changed = "2026-11-25T18:00:00+09:00", "2026-11-24T09:30:00+09:00"
    working = Ticket(
        TicketState.IN_PROGRESS,
        "R-77",
        update_id="R-77/2",
        note="내일 오전에 현장을 확인합니다.",
        expected_at=datetime.fromisoformat(tomorrow),
        updated_at=datetime.fromisoformat(changed),
    )
    seen = Ticket(TicketState.ACKNOWLEDGED, "R-77", ours, "R-77/1")
    done = Ticket(TicketState.DONE, "", ours, "R-77/3", "수리했습니다.")
    refused = Ticket(TicketState.REFUSED, "", f"{ours[:-1]}1", "R-78/1", "도로과 업무입니다.")
    return [
        Parses("seen", event("report_acknowledged.json"), [seen]),
        Parses("in progress, by its ticket", event("report_in_progress.json"), [working]),
        Parses("done", event("report_done.json"), [done]),
        Parses("refused", event("report_refused.json"), [refused]),
    ]


def _refuses() -> list[Refuses]:
    def changed(**fields: object) -> Request:
        body = json.loads(event("report_in_progress.json").body)
        return replace(event("report_in_progress.json"), body=json.dumps({**body, **fields}).encode())

    return [
        Refuses("no update id", changed(update_id=""), Unreadable),
        Refuses("no state", changed(state=None), Unreadable),
        Refuses("an unknown state", changed(state="closed"), Unreadable),
        Refuses("neither id nor ticket", changed(ticket_id=""), Unreadable),
        Refuses("a note without end", changed(note="가" * 5_001), Unreadable),
        Refuses("a time without zone", changed(expected_at="2026-11-25T18:00:00"), Unreadable),
        Refuses("a ticket of two lines", changed(ticket_id="R\n77"), Unreadable),
        Refuses("no signature", event("report_done.json"), Unauthorised, signed=False),
    ]


def _submits() -> list[Submits]:
    ours = HANDOVER.handover_id
    plain = Ticket(TicketState.SUBMITTED, handover_id=ours)
    named = replace(plain, ticket_id="R-77")
    due = {"ticket_id": "R-77", "state": "acknowledged", "note": "접수", "expected_at": "2026-11-25T18:00:00Z"}
    seen = Ticket(
        TicketState.ACKNOWLEDGED, "R-77", ours, note="접수", expected_at=datetime.fromisoformat("2026-11-25T18:00:00Z")
    )
    return [
        Submits("taken", HANDOVER, [Answer.json({"ticket_id": "R-77"}, 201)], named, _is_bare),
        Submits("taken without a word", HANDOVER, [Answer(204, b"", {})], plain),
        Submits("taken and seen at once", WHOLE, [Answer.json(due)], seen, _is_whole),
        Submits("taken with words of no meaning", HANDOVER, [Answer.json({"state": "?"})], plain),
        Submits("refused", HANDOVER, [Answer.json({}, 422)], Rejected),
        Submits("a wrong secret", HANDOVER, [Answer(401)], Misconfigured),
        Submits("moved", HANDOVER, [Answer(308, b"", {"location": "https://new.example/"})], Misconfigured),
    ]


def _told(seen: Sequence[Seen]) -> dict[str, object]:
    [one] = seen
    at = datetime.fromtimestamp(int(one.headers["webhook-timestamp"])).astimezone()
    assert standardwebhooks.verify(SECRET, one.headers, one.body, at) == HANDOVER.handover_id
    told: dict[str, object] = json.loads(one.body)
    return told


def _is_bare(seen: Sequence[Seen]) -> None:
    told = _told(seen)
    assert {"citizen", "place", "attachments", "topic", "fields"}.isdisjoint(told)
    assert told["status_callback"]


def _is_whole(seen: Sequence[Seen]) -> None:
    told = _told(seen)
    assert told["place"] == {"address": "누리시 광장로 1", "latitude": 37.5, "longitude": 127.0}
    assert told["citizen"] == {"kind": "phone", "value": "+821055501234", "name": "김누리"}
    assert told["fields"] == {"pole": "B-12"}


def _looks() -> list[Looks]:
    found = Answer.json({"ticket_id": "R/77", "state": "done", "note": "수리"})
    done = Ticket(TicketState.DONE, "R/77", note="수리")
    return [
        Looks("done", "R/77", [found], done, _is_escaped),
        Looks("without its number", "R/77", [Answer.json({"state": "done", "note": "수리"})], done),
        Looks("unknown", "R/78", [Answer(404)], Rejected),
        Looks("of no state", "R/77", [Answer.json({"note": "?"})], Unsure),
        Looks("a wrong secret", "R/77", [Answer(403)], Misconfigured),
    ]


def _is_escaped(seen: Sequence[Seen]) -> None:
    assert seen[0].path == "/tickets/R%2F77"
    assert seen[0].headers["webhook-signature"].startswith("v1,")
