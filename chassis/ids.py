"""Identifiers: UUIDv7 for rows and messages (RFC 9562, section 5.7), and the case number people quote."""

from __future__ import annotations

import re
import secrets
import threading
from datetime import datetime

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_UUID = re.compile("-".join(f"[0-9a-fA-F]{{{digits}}}" for digits in (8, 4, 4, 4, 12)))

_RANDOM_BITS, _STEP_BITS = 74, 40


class _Last:
    """The last identifier of this process."""

    lock = threading.Lock()
    milliseconds = random = 0


def new_id(now: datetime) -> str:
    """A UUIDv7: ascending with time, 74 random bits; those of one millisecond ascend as they were made, by random steps
    (method 2 of section 6.2), so that what is written in one transaction has an order."""
    milliseconds = int(now.timestamp() * 1000) & 0xFFFF_FFFF_FFFF
    with _Last.lock:
        random = _Last.random + 1 + secrets.randbits(_STEP_BITS)
        if milliseconds != _Last.milliseconds or random >> _RANDOM_BITS:
            random = secrets.randbits(_RANDOM_BITS)
        _Last.milliseconds, _Last.random = milliseconds, random
    value = milliseconds << 80 | 0x7 << 76 | (random >> 62) << 64 | 0b10 << 62 | (random & (1 << 62) - 1)
    digits = f"{value:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def is_uuid(text: str) -> bool:
    """Whether a text is a UUID as we write it."""
    return _UUID.fullmatch(text) is not None


def new_case_number(now: datetime) -> str:
    """The year and ten random letters that cannot be mistaken for one another, for example ``26-0KX3M-7QHMZ``."""
    letters = "".join(secrets.choice(_CROCKFORD) for _ in range(10))
    return f"{now:%y}-{letters[:5]}-{letters[5:]}"
