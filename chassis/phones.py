"""Phone numbers in the one form they are compared and looked up in."""

from __future__ import annotations

import phonenumbers

HOME_REGION = "KR"


def e164(written: str, region: str = HOME_REGION) -> str | None:
    """A number as ``+821012345678``, however it was written; nothing where it is no possible number.

    Numbers without a country code are of ``region``. Possible, not valid: new ranges open faster than tables follow.
    """
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
