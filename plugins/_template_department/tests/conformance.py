"""The table: what the department gets, answers and reports. Add a row for each answer and report you know of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hub120_sdk import Handover, Rejected, Request, Ticket, TicketState, Unreadable
from hub120_sdk.testing import Answer, Looks, Parses, Refuses, Submits, Suite, fixture

from plugins._template_department.department import signature

KEY = "the-key-of-the-tests"
HANDOVER = Handover("h-1", "26-0KX3M-7QHMZ", "가로등", "가로등이 꺼져 있어요.", datetime(2026, 5, 4, tzinfo=UTC))
REPORT = Request(
    "POST",
    "https://hub.example/departments/your_connector",
    {},
    fixture("plugins._template_department", "report.json"),
)


def sign(request: Request, at: datetime) -> Request:
    """Sign as the department does."""
    return replace(request, headers={**request.headers, "x-signature": signature(KEY, request.body)})


def suite(provider: str, now: datetime) -> Suite:
    """The table. ``provider`` is the address of the kit's fake department, ``now`` the time of the kit's clock."""
    done = Ticket(TicketState.DONE, "T-1", update_id="u-1", note="내일 아침에 고쳤습니다.")
    return Suite(
        settings={"api_url": provider},
        secrets={"webhook_key": KEY},
        wrong_secrets={"webhook_key": "another-key"},
        sign=sign,
        parses=[Parses("it is done", REPORT, [done])],
        refuses=[Refuses("no state", replace(REPORT, body=b'{"id": "u-1", "number": "T-1"}'), Unreadable)],
        submits=[
            Submits("taken", HANDOVER, [Answer.json({"number": "T-1"})], Ticket(TicketState.SUBMITTED, "T-1", "h-1")),
            Submits("not theirs", HANDOVER, [Answer.json({}, 422)], Rejected),
        ],
        looks=[
            Looks("in work", "T-1", [Answer.json({"state": "working"})], Ticket(TicketState.IN_PROGRESS, "T-1")),
        ],
        waived={"refuses_a_replay": "the signature has no time in it; update_id recognises a second report"},
    )
