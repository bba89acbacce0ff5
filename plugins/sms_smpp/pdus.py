"""PDUs of SMPP 3.4, packed and unpacked by ``smpplib``; what it lets pass unseen is looked at here."""

from __future__ import annotations

import itertools
import logging
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hub120_sdk import Unreadable
from smpplib.exceptions import UnknownCommandError
from smpplib.smpp import make_pdu, parse_pdu

from plugins.sms_smpp.account import Account

BIND_TRANSMITTER, BIND_RECEIVER, BIND_TRANSCEIVER = "bind_transmitter", "bind_receiver", "bind_transceiver"
RESPONSE = 0x80000000
GENERIC_NACK = 0x80000000
SUBMIT_SM, DELIVER_SM, UNBIND, ENQUIRE_LINK, ALERT, DATA_SM = 0x04, 0x05, 0x06, 0x15, 0x102, 0x103
MOST_MESSAGE_BYTES = 254
_UDH_INDICATOR = 0x40
_MESSAGE_TYPE = 0x3C
_RECEIPT_TYPES = {0x04, 0x20}
_ADDRESS = re.compile(rb"[\x21-\x7e]{1,20}")
_UNPACKING = (struct.error, UnknownCommandError, ValueError, IndexError, KeyError, TypeError, AttributeError)
"""What ``smpplib`` raises for garbage."""

logging.getLogger("smpplib").setLevel(logging.ERROR)  # it warns of every parameter of a carrier's own


class Sequences:
    """Numbers for requests, counting on from 1 to 0x7FFFFFFF; what ``smpplib`` calls a client."""

    def __init__(self) -> None:
        self._numbers: Iterator[int] = itertools.count()
        self.sequence = 0

    def next_sequence(self) -> int:
        """The next number."""
        self.sequence = next(self._numbers) % 0x7FFFFFFF + 1
        return self.sequence


@dataclass(frozen=True, slots=True)
class Header:
    """The first 16 bytes of every PDU."""

    command: int
    status: int
    sequence: int

    @property
    def is_response(self) -> bool:
        """Whether it answers something of ours."""
        return bool(self.command & RESPONSE)


def header(frame: bytes) -> Header:
    """Of a frame from the wire."""
    _, command, status, sequence = struct.unpack(">LLLL", frame[:16])
    return Header(command, status, sequence)


def bind(sequences: Sequences, command: str, account: Account) -> tuple[int, bytes]:
    """A login: its number and its bytes."""
    return _packed(
        make_pdu(
            command,
            client=sequences,
            system_id=account.system_id,
            password=account.password,
            system_type=account.system_type,
        )
    )


def enquire_link(sequences: Sequences) -> tuple[int, bytes]:
    """A sign of life."""
    return _packed(make_pdu("enquire_link", client=sequences))


def unbind(sequences: Sequences) -> tuple[int, bytes]:
    """The end of a session."""
    return _packed(make_pdu("unbind", client=sequences))


def submit(sequences: Sequences, **fields: Any) -> tuple[int, bytes]:
    """A message. Addresses are checked by whoever writes them: ``smpplib`` cuts what is too long."""
    return _packed(make_pdu("submit_sm", client=sequences, **fields))


def _packed(pdu: Any) -> tuple[int, bytes]:
    return pdu.sequence, pdu.generate()


_RESPONSES = {
    DELIVER_SM: "deliver_sm_resp",
    DATA_SM: "data_sm_resp",
    ENQUIRE_LINK: "enquire_link_resp",
    UNBIND: "unbind_resp",
}


def response(to: Header, status: int) -> bytes:
    """The answer to a request of the message centre; one that is unknown gets ``generic_nack``."""
    pdu = make_pdu(_RESPONSES.get(to.command, "generic_nack"), client=Sequences(), status=status)
    pdu.sequence = to.sequence
    frame: bytes = pdu.generate()
    return frame


def message_id(frame: bytes) -> str:
    """Of a ``submit_sm_resp``; empty if there is none that can be read."""
    try:
        return _word(parse_pdu(frame, client=Sequences(), allow_unknown_opt_params=True).message_id)
    except _UNPACKING:
        return ""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a ``deliver_sm`` or ``data_sm`` brings."""

    source: str
    source_ton: int
    destination: str
    is_receipt: bool
    coding: int
    user_header: bytes
    """Without its length; empty if there is none."""
    message: bytes
    segment: tuple[int, int, int] | None
    """Reference, number and count, where the message centre tells parts by sar_* parameters."""
    receipted_id: str
    state_number: int


def delivered(frame: bytes) -> Delivered:
    """Raises ``Unreadable`` for what is none."""
    try:
        pdu = parse_pdu(frame, client=Sequences(), allow_unknown_opt_params=True)
        return _delivered(pdu)
    except _UNPACKING as error:
        raise Unreadable("the delivery is no message") from error


def _delivered(pdu: Any) -> Delivered:
    if None in {pdu.source_addr_ton, pdu.esm_class, pdu.data_coding}:
        raise Unreadable("the delivery ends too early")
    source, destination = pdu.source_addr or b"", pdu.destination_addr or b""
    if not _ADDRESS.fullmatch(source) or (destination and not _ADDRESS.fullmatch(destination)):
        raise Unreadable("the delivery has no address that can be read")
    message: bytes = getattr(pdu, "short_message", None) or pdu.message_payload or b""
    user_header, message = _parted(pdu.esm_class, message)
    told_by_parameters = pdu.receipted_message_id is not None and pdu.message_state is not None
    return Delivered(
        source=source.decode(),
        source_ton=pdu.source_addr_ton,
        destination=destination.decode(),
        is_receipt=pdu.esm_class & _MESSAGE_TYPE in _RECEIPT_TYPES or told_by_parameters,
        coding=pdu.data_coding,
        user_header=user_header,
        message=message,
        segment=_segment(pdu),
        receipted_id=_word(pdu.receipted_message_id),
        state_number=pdu.message_state or 0,
    )


def _parted(esm_class: int, message: bytes) -> tuple[bytes, bytes]:
    if not esm_class & _UDH_INDICATOR:
        return b"", message
    length = message[0] + 1 if message else 1
    if length > len(message):
        raise Unreadable("the message is shorter than its header")
    return message[1:length], message[length:]


def _segment(pdu: Any) -> tuple[int, int, int] | None:
    found = pdu.sar_msg_ref_num, pdu.sar_segment_seqnum, pdu.sar_total_segments
    return None if None in found else found


def _word(raw: bytes | None) -> str:
    """A C-octet string, as far as it is ASCII that can be shown."""
    return bytes(one for one in raw or b"" if 0x21 <= one <= 0x7E).decode()[:64]
