"""A reply as one ``submit_sm``, or as the parts of a long message one after another."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping

from hub120_sdk import (
    AddressKind,
    Delivery,
    NotOnChannel,
    Outbound,
    Receipt,
    Rejected,
    Throttled,
)
from hub120_sdk.korean_sms import at_home
from hub120_sdk.text import length

from plugins.sms_smpp import letters, mapping, pdus, receipts
from plugins.sms_smpp.account import Account
from plugins.sms_smpp.letters import Part
from plugins.sms_smpp.session import Sender, Session

TEXT_CHARACTERS = 1_000
_INTERNATIONAL = 1
_WRITABLE = re.compile(r"\+?\d{3,20}")
_FINAL_RECEIPT = 1
_BETWEEN_S = 1.0
_ATTEMPTS = 3


def send(account: Account, sender: Sender, message: Outbound) -> Receipt:
    """Submit it. The receipt to come is that of the last part: its id stands for the message."""
    if length(message.text) > TEXT_CHARACTERS:
        raise Rejected(f"the text has more than {TEXT_CHARACTERS} characters")
    if message.attachments:
        raise Rejected("files cannot be sent by SMS: put them on a page and send its address")
    addresses = _addresses(account, message)
    coding, parts = letters.parts(message.text, account.long_messages, message.reply_id)
    session = sender.session()
    provider_id = ""
    for number, part in enumerate(parts, 1):
        receipt = {"registered_delivery": _FINAL_RECEIPT} if number == len(parts) else {}
        fields = {**addresses, **_fields(part), **receipt, "data_coding": coding}
        provider_id = _submitted(session, fields, is_first=number == 1)
    return Receipt(Delivery.SENT, receipts.sent_id(provider_id, account.receipt_ids), message.reply_id)


def _addresses(account: Account, message: Outbound) -> dict[str, object]:
    """The citizen is answered from the number written to."""
    to = message.to.value
    if not _WRITABLE.fullmatch(to):
        raise NotOnChannel("the citizen's address is no number that can be written to")
    ton, npi = account.destination
    if message.to.kind is not AddressKind.PHONE:  # a short code, written as it is
        ton = 0
    elif ton != _INTERNATIONAL:
        to = at_home(to) or to
    source = message.conversation if _WRITABLE.fullmatch(message.conversation) else account.from_number
    return {
        "source_addr_ton": account.source[0],
        "source_addr_npi": account.source[1],
        "source_addr": source.removeprefix("+"),
        "dest_addr_ton": ton,
        "dest_addr_npi": npi,
        "destination_addr": to.removeprefix("+"),
    }


def _fields(part: Part) -> Mapping[str, object]:
    if part.is_payload:
        return {"message_payload": part.message}
    fields: dict[str, object] = {"short_message": part.message, "esm_class": part.esm_class}
    if part.segment is not None:
        names = ("sar_msg_ref_num", "sar_segment_seqnum", "sar_total_segments")
        fields |= zip(names, part.segment, strict=True)
    return fields


def _submitted(session: Session, fields: Mapping[str, object], *, is_first: bool) -> str:
    """The id of a part. One in the middle waits a little where the message centre asks for it: the others would have
    left in vain."""
    attempts = 1 if is_first else _ATTEMPTS
    while True:
        frame = session.ask(*pdus.submit(session.sequences, **fields))
        status, attempts = pdus.header(frame).status, attempts - 1
        if status == mapping.OK:
            return pdus.message_id(frame)
        error = mapping.error(status)
        if not isinstance(error, Throttled) or not attempts:
            raise error
        time.sleep(_BETWEEN_S)
