"""What was delivered, as records: messages of citizens, put together from their parts, and receipts."""

from __future__ import annotations

import re

from hub120_sdk import Address, AddressKind, Inbound
from hub120_sdk.korean_sms import e164

from plugins.sms_smpp import letters
from plugins.sms_smpp.memory import Piece, Whole, digest
from plugins.sms_smpp.pdus import Delivered

GAP = "[…누락…]"
"""Stands for parts that never came."""
_INTERNATIONAL = 1
_DIGITS = re.compile(r"\+?[1-9]\d{6,14}")


def piece(delivered: Delivered) -> Piece:
    """The message or part in a delivery; a place that cannot be is that of a whole message."""
    reference, number, count = "", 1, 1
    told = letters.place(delivered.user_header)
    if told is None and delivered.segment is not None:
        told = f"sar:{delivered.segment[0]}", delivered.segment[1], delivered.segment[2]
    if told is not None and 1 <= told[1] <= told[2]:
        reference, number, count = told
    source = f"{delivered.source_ton}:{delivered.source}"
    return Piece(source, delivered.destination, delivered.coding, delivered.message, reference, number, count)


def message(whole: Whole, default_letters: str, key: str) -> Inbound:
    """A citizen's message. SMPP gives it neither an id nor a time: the id is made of its words and its arrival."""
    runs = [GAP if run is None else letters.read(whole.coding, run, default_letters) for run in whole.runs]
    return Inbound(
        provider_id=digest(key, ["message", whole.seal]),
        sender=sender(whole.source),
        text="".join(runs),
        conversation=whole.destination,
    )


def sender(source: str) -> Address:
    """A telephone number, or what else carriers put there: a short code, a name."""
    ton, _, written = source.partition(":")
    number = e164(written)
    if not number and ton == str(_INTERNATIONAL) and _DIGITS.fullmatch(written):
        number = "+" + written.removeprefix("+")
    kind = AddressKind.PHONE if number else AddressKind.ACCOUNT
    return Address(kind, number or written, verified=True)
