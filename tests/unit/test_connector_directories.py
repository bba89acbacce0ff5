"""Pages of a directory go through the host like all else: rubbish is the connector's fault, what is too long is
unreadable, and documents come over the wire of a process as they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hub120_sdk import Context, Limits, Listed, ListedPage, Manifest, Unreadable

from chassis.connectors import operations
from chassis.connectors.errors import ConnectorFault, FaultKind
from chassis.connectors.host import Host
from chassis.connectors.isolation import wire
from chassis.connectors.registry import Found
from tests.odd_connectors import host

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
DOCUMENT = {"name": "긴급복지지원", "minimum_age": 0, "fees": None, "phones": [{"number": "129"}], "more": {"a": 1.5}}
PAGE = ListedPage((Listed("a", DOCUMENT),), "2", 3, unchanged=("b",))


class Source:
    """Says what the test says."""

    def __init__(self, says: Any) -> None:
        self.says = says

    def services(self, modified_after: datetime | None, cursor: str) -> Any:
        if isinstance(self.says, Exception):
            raise self.says
        return self.says


def source(says: Any) -> Host:
    manifest = Manifest("source", "Source", frozenset({"directory"}), "tests", limits=Limits(send_deadline_s=10.0))

    def make(context: Context) -> Any:
        return Source(says)

    return host(Found(manifest, "tests.source", make))


def test_a_page_comes_out_as_it_is() -> None:
    assert source(PAGE).services("source", NOON, "1") == PAGE


def test_what_cannot_be_stored_is_replaced() -> None:
    page = replace(PAGE, services=(Listed("a", {"na\x00me": ["\ud800"]}),))
    [listed] = source(page).services("source", None, "").services
    assert listed.document == {"na\ufffdme": ["\ufffd"]}


@pytest.mark.parametrize(
    "says",
    [
        None,
        [PAGE],
        replace(PAGE, services=[Listed("a", DOCUMENT)]),  # type: ignore[arg-type]
        replace(PAGE, services=("a",)),  # type: ignore[arg-type]
        replace(PAGE, services=(Listed("", DOCUMENT),)),
        replace(PAGE, services=(Listed("a", "document"),)),  # type: ignore[arg-type]
        replace(PAGE, services=(Listed("a", {"at": NOON}),)),
        replace(PAGE, services=(Listed("a", {"age": float("nan")}),)),
        replace(PAGE, services=(Listed("a", {1: "one"}),)),  # type: ignore[dict-item]
        replace(PAGE, total="3"),  # type: ignore[arg-type]
        replace(PAGE, unchanged=(1,)),  # type: ignore[arg-type]
    ],
)
def test_rubbish_is_the_connectors_fault(says: Any) -> None:
    with pytest.raises(ConnectorFault) as fault:
        source(says).services("source", None, "")
    assert fault.value.kind is FaultKind.RUBBISH


def deep(levels: int) -> dict[str, object]:
    return {"in": deep(levels - 1)} if levels else {}


@pytest.mark.parametrize(
    "says",
    [
        replace(PAGE, services=(Listed("k" * 300, DOCUMENT),)),
        replace(PAGE, cursor="c" * 5_000),
        replace(PAGE, services=(Listed("a", {"text": "가" * 500_001}),)),
        replace(PAGE, services=(Listed("a", {"many": [0] * 20_001}),)),
        replace(PAGE, services=(Listed("a", deep(30)),)),
        replace(PAGE, services=tuple(Listed(str(number), {}) for number in range(501))),
        Unreadable("the source answers in riddles"),
    ],
)
def test_what_is_too_long_is_unreadable(says: Any) -> None:
    with pytest.raises(Unreadable):
        source(says).services("source", None, "")


def test_a_page_goes_over_the_wire_of_a_process_and_comes_out_the_same() -> None:
    assert wire.decode(operations.SERVICES.gives, wire.encode(PAGE)) == PAGE
    given = [
        wire.decode(kind, wire.encode(one)) for kind, one in zip(operations.SERVICES.takes, (NOON, "1"), strict=True)
    ]
    assert given == [NOON, "1"]
    assert wire.decode(operations.SERVICES.takes[0], None) is None
