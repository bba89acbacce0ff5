"""Parts that come late, twice, never or in disorder, and deliveries that come again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest
from hub120_sdk import Inbound
from hub120_sdk.testing import Bench
from hub120_sdk.testing.ear import Ear, KitLine
from hypothesis import given
from hypothesis import strategies as st

from plugins.sms_smpp import inbound
from plugins.sms_smpp.memory import MOST_PARTS, MOST_REPEATS, REPEAT_S, Memory, Piece
from plugins.sms_smpp.tests.conformance import LONG, frames
from plugins.sms_smpp.tests.smsc import Smsc

pytestmark = pytest.mark.slow  # a listener waits

TEXT = "가나다라마바"
PIECES = [
    Piece("1:821055501234", "0315550120", 8, letter.encode("utf-16-be"), "8:1", number, len(TEXT))
    for number, letter in enumerate(TEXT, 1)
]


@pytest.fixture
def bench() -> Iterator[Bench]:
    with Bench("plugins.sms_smpp") as bench:
        yield bench


def text(memory: Memory, *pieces: Piece, now: float = 0.0) -> list[str]:
    return [inbound.message(one, "gsm", "key").text for piece in pieces for one in memory.take(piece, now)]


@given(st.permutations(PIECES), st.lists(st.sampled_from(PIECES)), st.data())
def test_parts_make_their_message_in_any_order_and_however_often_they_come(
    order: list[Piece], again: list[Piece], data: st.DataObject
) -> None:
    memory, found = Memory(), []
    last = order.pop()
    for piece in data.draw(st.permutations([*order, *(one for one in again if one != last)])):
        found += text(memory, piece)
        memory = Memory.load(memory.dump())  # as if another process went on
    assert [*found, *text(memory, last)] == [TEXT]
    assert not memory.waiting


@given(st.sets(st.sampled_from(PIECES), min_size=1, max_size=len(PIECES) - 1))
def test_a_message_that_waited_long_enough_shows_its_gaps(some: set[Piece]) -> None:
    memory = Memory()
    assert text(memory, *some, now=5.0) == []
    assert memory.overdue(4.9) == []
    [whole] = memory.overdue(5.0)
    shown = inbound.message(whole, "gsm", "key").text
    assert [letter for letter in shown if letter in TEXT] == [TEXT[one.number - 1] for one in sorted(some, key=place)]
    assert shown.startswith(inbound.GAP) is (PIECES[0] not in some)
    assert shown.endswith(inbound.GAP) is (PIECES[-1] not in some)
    assert not memory.waiting


def place(piece: Piece) -> int:
    return piece.number


def test_a_reference_that_is_used_anew_ends_the_message_before() -> None:
    memory = Memory()
    assert text(memory, PIECES[0]) == []
    assert text(memory, replace(PIECES[0], message="하".encode("utf-16-be"))) == ["가" + inbound.GAP]
    assert len(memory.waiting) == 1


def test_senders_do_not_get_each_others_parts() -> None:
    memory = Memory()
    other = [replace(one, source="1:821055509876") for one in PIECES]
    mixed = [piece for pair in zip(PIECES, other, strict=True) for piece in pair]
    assert text(memory, *mixed) == [TEXT, TEXT]


def test_the_oldest_makes_room_and_is_not_lost() -> None:
    memory = Memory()
    some = [replace(PIECES[0], reference=str(number)) for number in range(MOST_PARTS + 1)]
    assert text(memory, *some) == ["가" + inbound.GAP]
    assert len(memory.waiting) == MOST_PARTS
    assert len(memory.dump()) < 100_000


def test_deliveries_are_remembered_for_a_day_and_only_so_many() -> None:
    memory = Memory()
    memory.remember("first", 0.0)
    memory.remember("second", REPEAT_S)
    assert not memory.is_repeat("first")
    for number in range(MOST_REPEATS + 1):
        memory.remember(str(number), REPEAT_S)
    assert len(memory.repeats) == MOST_REPEATS
    memory.forget(["5", "unknown"])
    assert not memory.is_repeat("5")


@pytest.mark.parametrize(
    "cursor", ["", "x", "[]", "null", '{"waiting": 1}', '{"waiting": {"k": {}}}', '{"repeats": []}']
)
def test_a_cursor_that_cannot_be_read_remembers_nothing(cursor: str) -> None:
    assert Memory.load(cursor) == Memory()


def test_the_cursor_is_json_without_numbers_or_words_of_repeats() -> None:
    memory = Memory()
    memory.remember("digest", 1.0)
    assert json.loads(memory.dump()) == {"waiting": {}, "repeats": {"digest": 1.0}}


def test_a_listener_gives_up_waiting_and_keeps_what_came(bench: Bench) -> None:
    third, first, _, _ = frames("long_message_reordered")
    with Ear(bench.listener, KitLine()) as ear:
        bench.peer.deliver(first + third)
        ear.until(lambda: not bench.peer.unacknowledged(), "both parts were acknowledged")
        assert not ear.line.kept
        bench.now += timedelta(minutes=61)
        ear.until(lambda: ear.line.kept, "what came was kept")
        [message] = ear.line.kept
        assert isinstance(message, Inbound)
        before, after = message.text.split(inbound.GAP)
        assert LONG.startswith(before)
        assert LONG.endswith(after)


def test_what_may_come_again_after_a_cut_is_known_for_a_quarter_of_an_hour(bench: Bench) -> None:
    bench.settings["enquire_link_s"] = "60"  # so that nothing proves an acknowledgement
    listener: Any = bench.make(bench.suite.secrets)
    smsc = cast(Smsc, bench.peer)
    [row] = [row for row in bench.suite.hears if row.name == "a message"]
    with Ear(listener, KitLine()) as ear:
        for binds in (2, 3):
            smsc.deliver(row.delivery)
            ear.until(lambda: not smsc.unacknowledged(), "it was acknowledged")
            smsc.drop()
            ear.until(lambda: len(smsc.binds) == binds, "it bound again")  # noqa: B023 (it is asked at once)
        assert len(ear.line.kept) == 1
        bench.now += timedelta(minutes=16)
        ear.until(lambda: '"repeats": {}' in ear.line.cursor, "it is not expected to come again")
        smsc.deliver(row.delivery)
        ear.until(lambda: len(ear.line.messages) == 2, "the same words were a new message")
