"""Delivery receipts: by optional parameters, or in the words that carriers agreed on (``id:… stat:… err:…``)."""

from __future__ import annotations

import re

from hub120_sdk import Delivery, Receipt

from plugins.sms_smpp import mapping
from plugins.sms_smpp.pdus import Delivered

_FIELD = re.compile(rb"\b(id|stat|err):\s*([!-~]{1,64})", re.IGNORECASE)


def read(delivered: Delivered, receipt_ids: str) -> Receipt | None:
    """The receipt, or None for one that does not say of what."""
    found = _FIELD.findall(delivered.message)  # the first of each: the message's own words come last
    said = {name.lower().decode(): value.decode() for name, value in reversed(found)}
    state = mapping.STATE_NUMBERS.get(delivered.state_number) or said.get("stat", "").upper()[:7]
    own = sent_id(delivered.receipted_id, receipt_ids) or _canonical(said.get("id", ""), _IN_TEXT[receipt_ids])
    if not own or state not in mapping.STATES:
        return None
    delivery = mapping.STATES[state]
    reason = mapping.not_delivered(state, said.get("err", "")) if delivery is Delivery.FAILED else ""
    return Receipt(delivery, provider_id=own, reason=reason)


_IN_TEXT = {"same": 0, "decimal": 10, "hexadecimal": 16}
_IN_RESPONSES = {"same": 0, "decimal": 16, "hexadecimal": 10}


def sent_id(written: str, receipt_ids: str) -> str:
    """The id of ``submit_sm_resp``, or of receipted_message_id, in the form in which receipts are found."""
    return _canonical(written, _IN_RESPONSES[receipt_ids])


def _canonical(written: str, base: int) -> str:
    """In decimal, where carriers write one number in two ways; as it is, where they do not or where it is none."""
    try:
        return str(int(written, base)) if base else written
    except ValueError:
        return written
