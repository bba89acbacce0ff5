"""The kit on departments: one that keeps every promise is gold, and each broken promise is found by its check."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hub120_sdk import (
    Address,
    AddressKind,
    Context,
    Handover,
    Manifest,
    Noted,
    Rejected,
    Request,
    Response,
    Retry,
    Setting,
    Ticket,
    TicketState,
    Unauthorised,
    Unreadable,
    Updates,
    shapes,
)
from hub120_sdk.answers import good, json_body, word
from hub120_sdk.credentials import same
from hub120_sdk.testing import CHECKS, Answer, Grade, Looks, Outcome, Parses, Polls, Submits, Suite, run

MANIFEST = Manifest(
    "department_model",
    "Department model",
    frozenset({"department"}),
    "tests",
    idempotent_send=True,
    allowed_hosts=("{api}",),
    settings={"api": Setting("the department")},
    secrets={"key": Setting("the secret")},
)
HANDOVER = Handover("handover-1", "26-0KX3M-7QHMZ", "가로등", "꺼졌어요", datetime(2026, 5, 4, tzinfo=UTC))


class Department:
    """Keeps every promise."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.api = context.settings["api"]

    def submit(self, handover: Handover) -> Ticket:
        body = json.dumps({"id": handover.handover_id, "text": handover.text}).encode()
        answer = good(self.context.http.request("POST", f"{self.api}/tickets", body=body))
        return Ticket(TicketState.SUBMITTED, word(answer, "number"), handover.handover_id)

    def status(self, ticket_id: str) -> Ticket:
        answer = good(self.context.http.request("GET", f"{self.api}/tickets/{ticket_id}"))
        return Ticket(self.state(word(answer, "state")), ticket_id)

    def state(self, word: str) -> TicketState:
        try:
            return TicketState(word)
        except ValueError:
            raise Retry("the department said nothing of the state") from None

    def updates(self, cursor: str) -> Updates:
        answer = good(self.context.http.request("GET", f"{self.api}/updates?after={cursor}"))
        listed = json_body(answer)
        reports = listed.get("reports") if isinstance(listed, dict) else None
        if not isinstance(reports, list) or not reports:
            return Updates((), cursor)
        return Updates(tuple(self.ticket(one) for one in reports), str(reports[-1]["id"]))

    def ticket(self, raw: object) -> Ticket:
        try:
            state = TicketState(shapes.text(raw, "state", required=True))
        except ValueError as error:
            raise Unreadable("state is unknown") from error
        number, update_id = (shapes.text(raw, name, required=True) for name in ("number", "id"))
        return Ticket(state, number, update_id=update_id)

    def parse(self, request: Request) -> Sequence[Ticket]:
        at = request.headers.get("x-at", "")
        if not same(request.headers.get("x-sign", ""), signature(self.context.secrets["key"], at, request.body)):
            raise Unauthorised("x-sign is wrong")
        if abs(self.context.now() - datetime.fromisoformat(at)) > timedelta(minutes=5):
            raise Unauthorised("x-at is too old")
        return [self.ticket(shapes.mapping(request.json(), required=True))]

    def acknowledge(self, request: Request, noted: Sequence[Noted]) -> Response:
        return Response() if all(one.known for one in noted) else Response(404)

    def line(self) -> Address | None:
        return None


def signature(key: str, at: str, body: bytes) -> str:
    return hmac.new(key.encode(), at.encode() + body, hashlib.sha256).hexdigest()


def sign(request: Request, at: datetime) -> Request:
    stamp = at.isoformat()
    return replace(request, headers={"x-at": stamp, "x-sign": signature("the-right-key", stamp, request.body)})


def callback(update_id: str) -> Request:
    body = {"id": update_id, "number": "T-1", "state": "done"}
    return Request("POST", "https://hub.example/departments/model", {}, json.dumps(body).encode())


def suite(provider: str, now: datetime) -> Suite:
    ticket = Ticket(TicketState.SUBMITTED, "T-1", "handover-1")
    reports = [{"id": f"u-{number}", "number": "T-1", "state": "in_progress"} for number in range(2)]
    tickets = tuple(Ticket(TicketState.IN_PROGRESS, "T-1", update_id=f"u-{number}") for number in range(2))
    return Suite(
        settings={"api": provider},
        secrets={"key": "the-right-key"},
        wrong_secrets={"key": "a-wrong-key"},
        sign=sign,
        parses=[Parses(one, callback(one), [Ticket(TicketState.DONE, "T-1", update_id=one)]) for one in ("u-8", "u-9")],
        submits=[
            Submits("accepted", HANDOVER, [Answer.json({"number": "T-1"}, 201)], ticket),
            Submits("not theirs", HANDOVER, [Answer.json({}, 422)], Rejected),
        ],
        looks=[Looks("in work", "T-1", [Answer.json({"state": "done"})], Ticket(TicketState.DONE, "T-1"))],
        polls=[
            Polls("two reports", "u-", [Answer.json({"reports": reports})], Updates(tickets, "u-1")),
            Polls("nothing new", "u-1", [Answer.json({"reports": []})], Updates((), "u-1")),
        ],
    )


@pytest.fixture
def install(make_package: Callable[..., str]) -> Callable[..., str]:
    return lambda connector, table=suite: make_package(connector, MANIFEST, table)


def test_a_department_that_keeps_every_promise_is_gold(install: Callable[..., str]) -> None:
    report = run(install(Department))
    assert report.grade is Grade.GOLD, report.table()
    names = {result.check.name for result in report.results}
    assert {"refuses_a_replay", "stands_garbage", "acknowledges_reports", "moves_its_cursor"} <= names
    assert not names & {"answers_the_provider", "fetches_attachments", "carries_the_whole_text"}


def test_a_department_that_only_calls_back_is_not_asked(install: Callable[..., str]) -> None:
    class CallsBack(Department):
        def updates(self, cursor: str) -> Updates:
            return Updates((), cursor)

    def table(provider: str, now: datetime) -> Suite:
        return replace(suite(provider, now), polls=())

    report = run(install(CallsBack, table))
    assert report.grade is Grade.GOLD, report.table()
    assert "stands_still_where_nothing_is_polled" in {result.check.name for result in report.results}


class LosesItsTickets(Department):
    def submit(self, handover: Handover) -> Ticket:
        return replace(super().submit(handover), ticket_id="", handover_id="")


class SubmitsUnderNewIds(Department):
    def submit(self, handover: Handover) -> Ticket:
        return replace(
            super().submit(replace(handover, handover_id=f"now {time.time()}")), handover_id=handover.handover_id
        )


class BelievesThatItIsDone(Department):
    def state(self, word: str) -> TicketState:
        return TicketState(word)


class StandsStill(Department):
    def updates(self, cursor: str) -> Updates:
        return replace(super().updates(cursor), cursor=cursor)


class NumbersReportsAnew(Department):
    def updates(self, cursor: str) -> Updates:
        found = super().updates(cursor)
        return replace(found, tickets=tuple(replace(one, update_id=f"{time.time()}") for one in found.tickets))


class RunsAheadInAnOutage(Department):
    def updates(self, cursor: str) -> Updates:
        found = super().updates(cursor)
        return found if found.tickets else Updates((), "the end")


class SwallowsOutages(Department):
    def updates(self, cursor: str) -> Updates:
        try:
            return super().updates(cursor)
        except Retry:
            return Updates((), cursor)


class RefusesSecondReports(Department):
    def acknowledge(self, request: Request, noted: Sequence[Noted]) -> Response:
        return Response(409 if any(one.duplicate for one in noted) else 200)


class RejectsTheUnknownWith500(Department):
    def acknowledge(self, request: Request, noted: Sequence[Noted]) -> Response:
        return Response() if all(one.known for one in noted) else Response(500)


class KnowsEveryNumber(Department):
    def status(self, ticket_id: str) -> Ticket:
        try:
            return super().status(ticket_id)
        except Rejected:
            return Ticket(TicketState.REFUSED, ticket_id)


class HasAStrangeTelephone(Department):
    def line(self) -> Address | None:
        return Address(AddressKind.PHONE, "내선 12")


@pytest.mark.parametrize(
    ("connector", "check"),
    [
        (LosesItsTickets, "submits_as_the_table_says"),
        (SubmitsUnderNewIds, "shows_the_handover_id_to_the_department"),
        (SubmitsUnderNewIds, "stands_an_error_after_it_was_saved"),
        (BelievesThatItIsDone, "stands_nonsense"),
        (StandsStill, "moves_its_cursor"),
        (NumbersReportsAnew, "moves_its_cursor"),
        (RunsAheadInAnOutage, "keeps_its_cursor_in_an_outage"),
        (SwallowsOutages, "retries_when_the_provider_fails"),
        (RefusesSecondReports, "acknowledges_reports"),
        (RejectsTheUnknownWith500, "acknowledges_reports"),
        (KnowsEveryNumber, "looks_as_the_table_says"),
        (HasAStrangeTelephone, "names_its_telephone"),
    ],
)
def test_a_department_s_broken_promise_is_found_by_its_check(
    install: Callable[..., str], connector: type, check: str
) -> None:
    report = run(install(connector), checks=[one for one in CHECKS if one.name == check])
    [result] = report.results
    assert result.outcome is Outcome.FAILED, report.table()
