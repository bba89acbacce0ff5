"""What interpreters and machines say goes through the host like all else: rubbish is the connector's fault, what is too
long is unreadable, and a partner calls at an address of its own kind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hub120_sdk import (
    Context,
    InterpreterNews,
    InterpreterReport,
    InterpreterState,
    InterpreterWanted,
    Limits,
    Manifest,
    Request,
    Response,
    SessionNoted,
    Translation,
    Unauthorised,
    Unreadable,
    Words,
)

from chassis.connectors import operations
from chassis.connectors.errors import ConnectorFault, FaultKind
from chassis.connectors.host import Host
from chassis.connectors.isolation import wire
from chassis.connectors.registry import Found
from tests.odd_connectors import host

PATIENT = Limits(parse_deadline_s=10.0, send_deadline_s=10.0)
PARTNER = Manifest("partner", "Partner", frozenset({"interpreter"}), "tests", limits=PATIENT)
MACHINE = Manifest("machine", "Machine", frozenset({"translator"}), "tests", limits=PATIENT)
REQUEST = Request("POST", "https://hub.example/interpreters/partner/reports", {})
REPORT = InterpreterReport("s-1", 1, InterpreterState.ACCEPTED, "u-1", occurred_at=datetime(2026, 5, 4, tzinfo=UTC))
TRANSLATION = Translation("s-1", "m-1", "네")
WORDS = Words("s-1", 1, "m-1", 1, "yes", "en", "ko")


class Partner:
    """Says what the test says."""

    def __init__(self, context: Context, says: Any) -> None:
        self.context, self.says = context, says

    def parse(self, request: Request) -> Any:
        if isinstance(self.says, Exception):
            raise self.says
        return self.says

    def acknowledge(self, request: Request, noted: list[SessionNoted]) -> Response:
        return Response(200 if all(one.known for one in noted) else 404)

    def languages(self) -> list[str]:
        return ["en"]

    def request(self, wanted: InterpreterWanted) -> InterpreterReport:
        return InterpreterReport(wanted.session_id, wanted.attempt, InterpreterState.ASKED)

    def release(self, session_id: str, attempt: int) -> None:
        pass

    def relay(self, words: Words) -> Any:
        return self.says

    def translate(self, words: Words) -> Any:
        return self.says


def partner(says: Any, kept: list[Context] | None = None, manifest: Manifest = PARTNER) -> Host:
    def make(context: Context) -> Any:
        if kept is not None:
            kept.append(context)
        return Partner(context, says)

    return host(Found(manifest, "tests.partner", make), public_url="https://hub.example")


def test_news_come_out_as_they_are() -> None:
    one = partner([REPORT, TRANSLATION])
    assert one.parse_news("partner", REQUEST) == [REPORT, TRANSLATION]
    assert one.acknowledge_news("partner", REQUEST, [SessionNoted(known=False)]).status == 404


def test_partners_call_at_an_address_of_their_own_kind() -> None:
    kept: list[Context] = []
    partner([], kept)
    partner([], kept, MACHINE)
    assert [one.public_url for one in kept] == [
        "https://hub.example/interpreters/partner",
        "https://hub.example/channels/machine",
    ]


@pytest.mark.parametrize(
    "says",
    [
        None,
        "news",
        ["news"],
        [replace(REPORT, update_id="")],
        [replace(REPORT, attempt="1")],  # type: ignore[arg-type]
        [replace(REPORT, occurred_at=datetime(2026, 5, 4))],
        [replace(TRANSLATION, text=None)],  # type: ignore[arg-type]
    ],
)
def test_rubbish_is_the_connectors_fault(says: Any) -> None:
    with pytest.raises(ConnectorFault) as fault:
        partner(says).parse_news("partner", REQUEST)
    assert fault.value.kind is FaultKind.RUBBISH


@pytest.mark.parametrize("says", [[replace(TRANSLATION, text="가" * 100_001)], [replace(REPORT, session_id="s" * 300)]])
def test_what_is_too_long_is_unreadable(says: Any) -> None:
    with pytest.raises(Unreadable):
        partner(says).parse_news("partner", REQUEST)


def test_a_wrong_signature_is_told_as_such() -> None:
    with pytest.raises(Unauthorised):
        partner(Unauthorised("no signature")).parse_news("partner", REQUEST)


def test_what_cannot_be_stored_is_replaced() -> None:
    [news] = partner([replace(TRANSLATION, text="네\ud800\x00")]).parse_news("partner", REQUEST)
    assert news == replace(TRANSLATION, text="네\ufffd\ufffd")


@pytest.mark.parametrize(
    ("manifest", "operation", "said", "rubbish"),
    [
        (PARTNER, operations.RELAY, None, "네"),
        (PARTNER, operations.RELAY, TRANSLATION, [TRANSLATION]),
        (MACHINE, operations.TRANSLATE, TRANSLATION, None),
    ],
)
def test_a_translation_is_one_or_is_to_come(manifest: Manifest, operation: Any, said: Any, rubbish: Any) -> None:
    assert partner(said, manifest=manifest).ask(manifest.id, operation, WORDS) == said
    with pytest.raises(ConnectorFault):
        partner(rubbish, manifest=manifest).ask(manifest.id, operation, WORDS)


@pytest.mark.parametrize("news", [[REPORT], [TRANSLATION], [REPORT, TRANSLATION]])
def test_news_go_over_the_wire_of_a_process_and_come_out_the_same(news: list[InterpreterNews]) -> None:
    decoded: Callable[..., Any] = wire.decode
    assert list(decoded(operations.PARSE_NEWS.gives, wire.encode(news))) == news
