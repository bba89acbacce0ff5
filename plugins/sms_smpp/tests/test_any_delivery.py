"""Whatever is delivered is a message, a receipt, or told to be unreadable; whatever is written, its parts make it."""

from __future__ import annotations

import struct

from hub120_sdk import Inbound, Receipt, Unreadable
from hypothesis import given
from hypothesis import strategies as st
from smpplib.gsm import GSM_CHARACTER_TABLE, gsm_encode

from plugins.sms_smpp import inbound, letters, pdus, receipts
from plugins.sms_smpp.account import LONG_MESSAGES, RECEIPT_IDS
from plugins.sms_smpp.memory import Memory
from plugins.sms_smpp.tests.conformance import frames
from plugins.sms_smpp.tests.smsc import DELIVER_SM, pdu

GOOD = [
    frame
    for name in ("message_in_ucs2", "long_message_16_bit", "long_message_sar", "receipt_in_parameters")
    for frame in frames(name)
]
GARBLED = st.tuples(st.sampled_from(GOOD), st.lists(st.tuples(st.integers(16, 400), st.integers(0, 255)), max_size=6))
GSM = "".join(letter for letter in dict.fromkeys(GSM_CHARACTER_TABLE) if letter not in "\x1b`")
WAYS = st.sampled_from(LONG_MESSAGES)


@given(st.binary(max_size=300).map(lambda body: pdu(DELIVER_SM, body)) | GARBLED.map(lambda two: garbled(*two)))
def test_a_delivery_is_a_record_or_is_unreadable(frame: bytes) -> None:
    try:
        delivered = pdus.delivered(frame)
    except Unreadable:
        return
    for ids in RECEIPT_IDS:
        receipt = receipts.read(delivered, ids)
        assert receipt is None or isinstance(receipt, Receipt)
        assert receipt is None or receipt.provider_id
    memory = Memory()
    done = memory.take(inbound.piece(delivered), 0.0) + memory.overdue(1.0)
    [message] = [inbound.message(one, "gsm", "key") for one in done]
    assert isinstance(message, Inbound)
    assert message.sender.value
    assert message.provider_id


def garbled(good: bytes, changes: list[tuple[int, int]]) -> bytes:
    frame = bytearray(good)
    for place, value in changes:
        frame[min(place, len(frame) - 1)] = value
    return bytes(frame)


@given(st.text(st.characters(codec="utf-16"), max_size=1000), WAYS, st.text())
def test_the_parts_make_the_text_and_each_fits(text: str, way: str, reply_id: str) -> None:
    coding, parts = letters.parts(text, way, reply_id)
    assert parts == letters.parts(text, way, reply_id)[1]
    assert 1 <= len(parts) <= 255
    assert all(len(one.message) <= 140 or one.is_payload or coding == letters.DEFAULT for one in parts)
    assert all(len(one.message) <= 160 or one.is_payload for one in parts)
    bodies = [one.message[one.message[0] + 1 :] if one.esm_class else one.message for one in parts]
    charset = "ascii" if coding == letters.DEFAULT else "utf-16-be"
    assert "".join(one.decode(charset) for one in bodies) == text  # none ends inside an emoji
    places = [letters.place(one.message[1 : one.message[0] + 1]) for one in parts if one.esm_class]
    assert [one[1:] for one in places if one] == [(number, len(parts)) for number in range(1, len(places) + 1)]


@given(st.text(GSM))
def test_the_default_alphabet_reads_as_the_library_writes_it(text: str) -> None:
    assert letters.read(letters.DEFAULT, gsm_encode(text), "gsm") == text


@given(st.integers(0, 255), st.binary(max_size=160), st.sampled_from(["gsm", "ascii", "latin-1", "cp949"]))
def test_every_data_coding_gives_a_text(coding: int, message: bytes, default: str) -> None:
    text = letters.read(coding, message, default)
    assert text.encode("utf-8").decode() == text  # no half of a pair
    assert text or message in (b"", b"\x1b")


def test_what_is_no_text_is_told_in_its_place() -> None:
    assert letters.read(0x04, b"\x00\x01\x02", "gsm") == "[읽을 수 없는 메시지: data_coding 0x04, 3 bytes]"


def test_a_sequence_number_is_used_once_and_starts_again_at_the_end() -> None:
    sequences = pdus.Sequences()
    assert [sequences.next_sequence() for _ in range(3)] == [1, 2, 3]
    number, frame = pdus.enquire_link(sequences)
    assert struct.unpack(">LLLL", frame) == (16, 0x15, 0, number)
