"""Messages to partners: an agency is reminded, or gets a link. No case's entry, and no citizen reads them."""

from __future__ import annotations

from dataclasses import dataclass

MAX_TEXT = 2_000
MAX_SUBJECT = 100


@dataclass(frozen=True, slots=True)
class PartnerMessage:
    """What a partner shall read, by which connector. ``kind`` of the address: email or phone."""

    id: str
    channel: str
    kind: str
    address: str
    text: str
    subject: str = ""
