"""The contract that partners get, held against the connector.

Schemathesis plays a partner whose requests are signed by the standard's own library, and looks at every answer. What
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
from hub120_sdk import (
    Context,
    HttpAnswer,
    InterpreterNews,
    InterpreterState,
    Refusal,
    Request,
    Response,
    SessionNoted,
    Translation,
)
from hypothesis import HealthCheck, settings
from schemathesis.checks import negative_data_rejection, not_a_server_error, positive_data_acceptance
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from standardwebhooks import Webhook

from plugins.interpreter_http.interpreter import HttpInterpreter
from plugins.interpreter_http.tests.conformance import (
    MESSAGE,
    SECRET,
    SESSION,
    WANTED,
    WHOLE,
    WITH_TERMS,
    WORDS,
    event,
)

DOCUMENT = yaml.safe_load(files("plugins.interpreter_http").joinpath("openapi.yaml").read_text("utf-8"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
    positive_data_acceptance,
]
REPORTS, TRANSLATIONS = (f"/interpreters/interpreter_http/{path}" for path in ("reports", "translations"))


class Outside:
    """The partner's system: takes what it is sent."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []

    def request(self, *_: Any, body: bytes = b"", **__: Any) -> HttpAnswer:
        self.bodies.append(json.loads(body))
        return HttpAnswer(200, {}, b"{}")


def connector(outside: Outside | None = None) -> HttpInterpreter:
    given = {"partner_url": "https://interpreters.example/hub120", "languages": ""}
    url = "https://hub.example/interpreters/interpreter_http"
    http = outside or Outside()
    return HttpInterpreter(Context(given, {"signing_secret": SECRET}, http, lambda: datetime.now(UTC), url))


class Hub:
    """The connector behind a WSGI door, with one session in its second attempt, and one message."""

    def __init__(self) -> None:
        self.interpreter = connector()
        self.known: set[str] = set()

    def __call__(self, environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/openapi.json":
            answer = Response.json(DOCUMENT)
        elif environ["REQUEST_METHOD"] != "POST":
            answer = Response(405)
        else:
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            answer = self.take(environ["PATH_INFO"], body, sealed(body, environ))
        start(f"{answer.status} {HTTPStatus(answer.status).phrase}", [("content-type", answer.content_type)])
        return [answer.body]

    def take(self, path: str, body: bytes, headers: dict[str, str]) -> Response:
        request = Request("POST", f"https://hub.example{path}", headers, body)
        try:
            noted = [self.note(one) for one in self.interpreter.parse(request)]
        except Refusal as error:
            return error.response or Response(500)
        return self.interpreter.acknowledge(request, noted)

    def note(self, news: InterpreterNews) -> SessionNoted:
        name = news.message_id if isinstance(news, Translation) else news.update_id
        if news.session_id != SESSION or (isinstance(news, Translation) and name != MESSAGE):
            return SessionNoted(known=False)
        if not isinstance(news, Translation) and news.attempt != 2:
            return SessionNoted(known=True, over=True)
        duplicate = name in self.known
        self.known.add(name)
        return SessionNoted(known=True, duplicate=duplicate)


def signed(body: bytes) -> dict[str, str]:
    """As a partner signs, with the standard's own library."""
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


def test_what_the_hub_sends_is_what_the_document_promises() -> None:
    outside = Outside()
    interpreter = connector(outside)
    interpreter.request(WANTED)
    interpreter.request(WHOLE)
    interpreter.relay(WORDS)
    interpreter.relay(WITH_TERMS)
    interpreter.release(SESSION, 1)
    for name, body in zip(("Wanted", "Wanted", "Words", "Words", "Release"), outside.bodies, strict=True):
        schema_of(name).validate(body)


@pytest.mark.parametrize("state", ["accepted", "declined", "joined", "left", "ended"])
def test_the_reports_of_our_table_are_what_the_document_allows(state: str) -> None:
    schema_of("Report").validate(json.loads(event(f"report_{state}.json").body))


def test_the_translation_of_our_table_is_what_the_document_allows() -> None:
    schema_of("Translation").validate(json.loads(event("translation.json").body))


def report(**fields: object) -> bytes:
    return json.dumps({"update_id": "u-1", "session_id": SESSION, "attempt": 2, "state": "accepted", **fields}).encode()


def translation(**fields: object) -> bytes:
    return json.dumps({"session_id": SESSION, "message_id": MESSAGE, "text": "네", **fields}).encode()


def told(hub: Hub, path: str, body: bytes) -> tuple[int, Any]:
    answer = hub.take(path, body, signed(body))
    return answer.status, next(iter(json.loads(answer.body).values()))


def test_every_fate_of_a_report_has_its_answer() -> None:
    hub = Hub()
    assert told(hub, REPORTS, report()) == (200, "recorded")
    assert told(hub, REPORTS, report()) == (200, "duplicate")
    assert told(hub, REPORTS, report(update_id="u-2", attempt=1)) == (409, "session_over")
    assert told(hub, REPORTS, report(session_id="another")) == (404, "unknown_session")
    assert told(hub, REPORTS, report(state="?")) == (400, "unreadable")


def test_every_fate_of_a_translation_has_its_answer() -> None:
    hub = Hub()
    assert told(hub, TRANSLATIONS, translation()) == (200, "recorded")
    assert told(hub, TRANSLATIONS, translation()) == (200, "duplicate")
    assert told(hub, TRANSLATIONS, translation(message_id="another")) == (404, "unknown_session")
    assert told(hub, TRANSLATIONS, translation(text="")) == (400, "unreadable")


def test_who_does_not_sign_is_told_so_in_the_documents_words() -> None:
    for headers in ({}, {**signed(report()), "webhook-signature": "v1,AAAA"}):
        answer = Hub().take(REPORTS, report(), headers)
        assert answer.status == 401
        schema_of("Refusal").validate(json.loads(answer.body))


def test_every_state_of_an_interpreter_is_in_the_document() -> None:
    assert DOCUMENT["components"]["schemas"]["State"]["enum"] == [state.value for state in InterpreterState]
