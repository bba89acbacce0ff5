"""The table of the ``open311_department`` connector."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

from hub120_sdk import (
    Address,
    AddressKind,
    Content,
    Handover,
    Misconfigured,
    Place,
    Rejected,
    Request,
    Throttled,
    Ticket,
    TicketState,
    Unauthorised,
    Unsure,
    Updates,
)
from hub120_sdk.testing import Answer, Looks, Polls, Refuses, Seen, Submits, Suite, fixture

KEY = "the-citys-own-key"
HANDOVER = Handover(
    "0199e0f2-7c00-7abc-8def-000000000021",
    "26-0KX3M-7QHMZ",
    "포트홀",
    "팔달구청 앞 구멍입니다.",
    datetime(2026, 11, 22, 8, 20, tzinfo=UTC),
    topic="pothole",
    place=Place("수원시 팔달구 효원로 1", 37.2636, 127.0286),
)
NAMED = replace(
    HANDOVER,
    citizen=Address(AddressKind.PHONE, "+821055501234", "김누리", verified=True),
    fields={"depth": "10"},
    topic="",
)


def recorded(name: str, status: int = 200) -> Answer:
    """A fixture as an answer."""
    kind = "text/xml" if name.endswith(".xml") else "application/json"
    return Answer(status, fixture("plugins.open311_department", name), {"content-type": kind})


def form(seen: Sequence[Seen]) -> dict[str, str]:
    """The fields of the only request."""
    [one] = seen
    assert (one.method, urlsplit(one.path).path) == ("POST", "/open311/v2/requests.json")
    return dict(parse_qsl(one.body.decode()))


def is_the_report(seen: Sequence[Seen]) -> None:
    """Everything the department needs, and nobody's name."""
    fields = form(seen)
    assert (fields["api_key"], fields["jurisdiction_id"], fields["service_code"]) == (KEY, "suwon.kr", "pothole")
    assert (fields["lat"], fields["long"], fields["address_string"]) == ("37.2636", "127.0286", HANDOVER.place.address)  # type: ignore[union-attr] # it has one
    assert all(word in fields["description"] for word in (HANDOVER.title, HANDOVER.text, HANDOVER.case_number))
    assert not {"phone", "email", "last_name"} & fields.keys()


def names_the_citizen(seen: Sequence[Seen]) -> None:
    """Who agreed is named; the usual service and the answers go along."""
    fields = form(seen)
    assert (fields["phone"], fields["last_name"]) == ("+821055501234", "김누리")
    assert (fields["service_code"], fields["attribute[depth]"]) == ("other", "10")


def asks_by_token(seen: Sequence[Seen]) -> None:
    """First the number, then the request."""
    assert [urlsplit(one.path).path for one in seen] == [
        "/open311/v2/tokens/12345.json",
        "/open311/v2/requests/638344.json",
    ]


def asks_since(seen: Sequence[Seen]) -> None:
    """Only what changed."""
    [one] = seen
    query = dict(parse_qsl(urlsplit(one.path).query))
    assert query["updated_after"].startswith("2026-11-26T08:00:00")


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:40]


def _closed(updated: str = "2026-11-24T11:08:21+09:00") -> Ticket:
    return Ticket(
        TicketState.DONE,
        ticket_id="293944",
        update_id=_digest("293944", updated, "closed", "구멍을 메웠습니다."),
        note="구멍을 메웠습니다.",
        expected_at=datetime.fromisoformat("2026-11-25T00:00:00+09:00"),
        updated_at=datetime.fromisoformat(updated),
    )


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    return Suite(
        settings={
            "endpoint": f"{provider}/open311/v2/",
            "jurisdiction_id": "suwon.kr",
            "service_code": "other",
            "feed": "updated_after",
            "telephone": "+82312280120",
        },
        secrets={"api_key": KEY},
        wrong_secrets={"api_key": "somebody-elses-key"},
        sign=lambda request, at: request,
        parses=[],
        refuses=[Refuses("nobody calls back", Request("POST", "https://hub.example/departments/x", {}), Unauthorised)],
        submits=_submits(),
        looks=_looks(),
        polls=[Polls("two changes", json.dumps({"at": "2026-11-26T08:00:00+00:00", "seen": []}),
                     [recorded("changed.json")], _changes(), asks_since)],
    )  # fmt: skip


def _submits() -> list[Submits]:
    mine = HANDOVER.handover_id
    taken = Ticket(TicketState.SUBMITTED, "293944", mine, note="3일 안에 현장을 확인합니다.")
    later = Ticket(TicketState.SUBMITTED, "token:12345", mine)
    return [
        Submits("taken", HANDOVER, [recorded("created.json")], taken, is_the_report),
        Submits("with the citizen's name", NAMED, [recorded("created.json")], taken, names_the_citizen),
        Submits("a number later", HANDOVER, [recorded("token.json")], later),
        Submits("an unknown service", HANDOVER, [recorded("error.json", 404)], Rejected),
        Submits("a wrong key", HANDOVER, [Answer.json({}, 403)], Misconfigured),
        Submits("slow down", HANDOVER, [Answer.json({}, 429, retry_after="3")], Throttled),
        Submits("perhaps stored", HANDOVER, [Answer(500)], Unsure),
        Submits("no number", HANDOVER, [Answer.json([{}])], Unsure),
        Submits("no place", replace(HANDOVER, place=None), [], Rejected),
        Submits("too long", replace(HANDOVER, text="가" * 4_000), [], Rejected),
        Submits("files", replace(HANDOVER, attachments=(Content(b"x", "image/jpeg", "x.jpg"),)), [], Rejected),
    ]


def _looks() -> list[Looks]:
    token = [recorded("request_of_token.json"), recorded("request.json")]
    pending = Ticket(TicketState.SUBMITTED, ticket_id="token:12345")
    return [
        Looks("done", "293944", [recorded("request.json")], _closed()),
        Looks("done, in XML with a namespace", "293944", [recorded("request_namespaced.xml")], _closed()),
        Looks("by its token", "token:12345", token, _closed(), asks_by_token),
        Looks("by a token that has no number yet", "token:12345", [Answer.json([{"token": "12345"}])], pending),
        Looks("not known", "0", [Answer.json([])], Rejected),
    ]


def _changes() -> Updates:
    first = Ticket(
        TicketState.IN_PROGRESS,
        "1",
        update_id=_digest("1", "2026-11-26T09:00:00Z", "investigating", ""),
        updated_at=datetime(2026, 11, 26, 9, tzinfo=UTC),
    )
    second = Ticket(
        TicketState.REFUSED,
        "2",
        update_id=_digest("2", "2026-11-26T10:00:00Z", "not_responsible", "Not responsible"),
        note="Not responsible",
        updated_at=datetime(2026, 11, 26, 10, tzinfo=UTC),
    )
    cursor = json.dumps({"at": "2026-11-26T10:00:00+00:00", "seen": [second.update_id]})
    return Updates((first, second), cursor)
