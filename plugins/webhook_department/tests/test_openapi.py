"""The contract that agencies get, held against the connector.

Schemathesis plays an agency whose requests are signed by the standard's own library, and looks at every answer. What
the hub sends is held against the document's schemas.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from importlib.resources import files
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
import yaml
from hub120_sdk import Context, HttpAnswer, Noted, Refusal, Request, Response, Ticket, TicketState
from hypothesis import HealthCheck, settings
from schemathesis.checks import negative_data_rejection, not_a_server_error, positive_data_acceptance
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from standardwebhooks import Webhook

from plugins.webhook_department.department import WebhookDepartment
from plugins.webhook_department.tests.conformance import HANDOVER, SECRET, WHOLE, event

DOCUMENT = yaml.safe_load(files("plugins.webhook_department").joinpath("openapi.yaml").read_text("utf-8"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
    positive_data_acceptance,
]
STATUS = "/departments/webhook_department/status"


class Outside:
    """The agency's system: takes what it is sent."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []

    def request(self, *_: Any, body: bytes = b"", **__: Any) -> HttpAnswer:
        self.bodies.append(json.loads(body))
        return HttpAnswer(200, {}, b"{}")


def connector(outside: Outside | None = None) -> WebhookDepartment:
    given = {"handover_url": "https://works.example/h", "status_url": "", "telephone": ""}
    url = "https://hub.example/departments/webhook_department"
    http = outside or Outside()
    return WebhookDepartment(Context(given, {"signing_secret": SECRET}, http, lambda: datetime.now(UTC), url))


class Hub:
    """The connector behind a WSGI door, with one handover that moves as the hub's do."""

    def __init__(self) -> None:
        self.department = connector()
        self.state = TicketState.SUBMITTED
        self.known: set[str] = set()

    def __call__(self, environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/openapi.json":
            answer = Response.json(DOCUMENT)
        elif environ["REQUEST_METHOD"] != "POST":
            answer = Response(405)
        else:
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            answer = self.take(body, sealed(body, environ))
        start(f"{answer.status} {HTTPStatus(answer.status).phrase}", [("content-type", answer.content_type)])
        return [answer.body]

    def take(self, body: bytes, headers: dict[str, str]) -> Response:
        request = Request("POST", f"https://hub.example{STATUS}", headers, body)
        try:
            noted = [self.note(one) for one in self.department.parse(request)]
        except Refusal as error:
            return error.response or Response(500)
        return self.department.acknowledge(request, noted)

    def note(self, ticket: Ticket) -> Noted:
        if ticket.handover_id != HANDOVER.handover_id and ticket.ticket_id != "R-77":
            return Noted(ticket, known=False)
        if ticket.update_id in self.known:
            return Noted(ticket, known=True, duplicate=True)
        self.known.add(ticket.update_id)
        allowed = ticket.state is not TicketState.SUBMITTED or self.state is TicketState.SUBMITTED
        self.state = ticket.state if allowed else self.state
        return Noted(ticket, known=True, allowed=allowed)


def signed(body: bytes) -> dict[str, str]:
    """As an agency signs, with the standard's own library."""
    now = datetime.now(UTC)
    signature = Webhook(SECRET).sign("msg_7", now, body.decode("utf-8", "replace"))
    return {"webhook-id": "msg_7", "webhook-timestamp": str(int(now.timestamp())), "webhook-signature": signature}


def sealed(body: bytes, environ: dict[str, Any]) -> dict[str, str]:
    """Those headers of a signature that the request has, with values that are right: a tool cannot sign."""
    return {name: value for name, value in signed(body).items() if "HTTP_" + name.upper().replace("-", "_") in environ}


schema = schemathesis.openapi.from_wsgi("/openapi.json", Hub())


@schema.parametrize()
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_connector_does_what_the_document_says(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate(checks=CHECKS)


def schema_of(name: str) -> jsonschema_rs.Draft202012Validator:
    """One of the document's schemas, with the others it names."""
    return jsonschema_rs.Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}, validate_formats=True
    )


@pytest.mark.parametrize("handover", [HANDOVER, WHOLE], ids=["bare", "whole"])
def test_what_the_hub_sends_is_what_the_document_promises(handover: Any) -> None:
    outside = Outside()
    connector(outside).submit(handover)
    schema_of("Handover").validate(outside.bodies[0])


@pytest.mark.parametrize("name", ["acknowledged", "in_progress", "done", "refused"])
def test_the_reports_of_our_table_are_what_the_document_allows(name: str) -> None:
    schema_of("Report").validate(json.loads(event(f"report_{name}.json").body))


def report(**fields: str) -> bytes:
    return json.dumps({"update_id": "u-1", "handover_id": HANDOVER.handover_id, "state": "done", **fields}).encode()


def told(hub: Hub, body: bytes) -> tuple[int, Any]:
    answer = hub.take(body, signed(body))
    return answer.status, next(iter(json.loads(answer.body).values()))


def test_every_fate_of_a_report_has_its_answer() -> None:
    hub = Hub()
    assert told(hub, report()) == (200, "recorded")
    assert told(hub, report()) == (200, "duplicate")
    assert told(hub, report(update_id="u-2", state="submitted")) == (409, "not_allowed")
    assert told(hub, report(handover_id="another")) == (404, "unknown_handover")
    assert told(hub, report(state="?")) == (400, "unreadable")


def test_who_does_not_sign_is_told_so_in_the_documents_words() -> None:
    for headers in ({}, {**signed(report()), "webhook-signature": "v1,AAAA"}):
        answer = Hub().take(report(), headers)
        assert answer.status == 401
        schema_of("Refusal").validate(json.loads(answer.body))


def test_every_state_of_a_ticket_is_in_the_document() -> None:
    assert DOCUMENT["components"]["schemas"]["State"]["enum"] == [state.value for state in TicketState]
