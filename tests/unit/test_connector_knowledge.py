"""Articles go through the host like all else: rubbish is the connector's fault, what is too long is unreadable, and
they come over the wire of a process as they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hub120_sdk import Article, Context, Limits, Manifest, Question, Unreadable

from chassis.connectors import operations
from chassis.connectors.checks import FOUND
from chassis.connectors.errors import ConnectorFault, FaultKind
from chassis.connectors.host import Host
from chassis.connectors.isolation import wire
from chassis.connectors.registry import Found
from tests.odd_connectors import host

ASKED = Question("여권을 잃어버렸어요", "ko", 5)
FULL = Article("7", "여권", "신고하세요.", "https://a.example/7", datetime(2026, 3, 2, tzinfo=UTC), "ko", "민원", 0.5)
BARE = Article("8", "사진", "6개월")


class Source:
    """Says what the test says."""

    def __init__(self, says: Any) -> None:
        self.says = says

    def search(self, question: Question) -> Any:
        if isinstance(self.says, Exception):
            raise self.says
        return self.says


def source(says: Any) -> Host:
    manifest = Manifest("source", "Source", frozenset({"knowledge"}), "tests", limits=Limits(send_deadline_s=10.0))

    def make(context: Context) -> Any:
        return Source(says)

    return host(Found(manifest, "tests.source", make))


def test_articles_come_out_as_they_are() -> None:
    assert source([FULL, BARE]).search("source", ASKED) == [FULL, BARE]
    assert source(()).search("source", ASKED) == []


def test_what_cannot_be_shown_is_left_out_and_what_cannot_be_stored_replaced() -> None:
    odd = replace(FULL, title="여\x00권", url="javascript:alert(1)", language="한국어")
    [found] = source([odd]).search("source", ASKED)
    assert (found.title, found.url, found.language) == ("여\ufffd권", "", "")
    many = [replace(BARE, key=str(number)) for number in range(FOUND + 9)]
    assert len(source(many).search("source", ASKED)) == FOUND


@pytest.mark.parametrize(
    "says",
    [
        None,
        "여권",
        [ASKED],
        [replace(BARE, key="")],
        [replace(BARE, title=" ")],
        [BARE, replace(FULL, key="8")],
        [replace(FULL, updated=datetime(2026, 3, 2))],
        [replace(FULL, score=float("nan"))],
        [replace(FULL, url=None)],  # type: ignore[arg-type]
    ],
)
def test_rubbish_is_the_connectors_fault(says: Any) -> None:
    with pytest.raises(ConnectorFault) as fault:
        source(says).search("source", ASKED)
    assert fault.value.kind is FaultKind.RUBBISH


@pytest.mark.parametrize(
    "says", [[replace(BARE, text="가" * 100_001)], [replace(BARE, key="k" * 256)], Unreadable("riddles")]
)
def test_what_is_too_long_is_unreadable(says: Any) -> None:
    with pytest.raises(Unreadable):
        source(says).search("source", ASKED)


def test_questions_and_articles_go_over_the_wire_of_a_process_and_come_out_the_same() -> None:
    assert wire.decode(operations.SEARCH.gives, wire.encode([FULL, BARE])) == (FULL, BARE)
    assert wire.decode(operations.SEARCH.takes[0], wire.encode(ASKED)) == ASKED


def test_a_question_is_not_shown() -> None:
    assert "여권" not in repr(ASKED)
