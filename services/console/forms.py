"""The fields of forms, as browsers send them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import parse_qs

from starlette.requests import Request

LONGEST_FORM: Final = 256 * 1024
_MOST_FIELDS: Final = 200
_NUMBER: Final = re.compile(r"-?[0-9]{1,9}")
"""What fits every number of the contracts."""


class TooMuch(Exception):
    """A form that is longer or has more fields than any of ours, or that cannot be read."""


class Form:
    """The fields of a form that was sent."""

    def __init__(self, fields: Mapping[str, Sequence[str]]) -> None:
        self._fields = fields

    def __getitem__(self, name: str) -> str:
        """One field without the space around it; empty if it was not sent."""
        return self._fields.get(name, [""])[0].strip()

    def all(self, name: str) -> list[str]:
        """Every value of a field."""
        return [one.strip() for one in self._fields.get(name, []) if one.strip()]

    def number(self, name: str) -> int:
        """A whole number of at most nine digits; 0 if it is none."""
        text = self[name]
        return int(text) if _NUMBER.fullmatch(text) else 0

    def numbers(self, name: str) -> list[int]:
        """Every value of a field that is such a number."""
        return [int(one) for one in self.all(name) if _NUMBER.fullmatch(one)]

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return bool(self[name])


async def fields(request: Request) -> Mapping[str, Sequence[str]]:
    """The fields of a form as it was sent. Raises ``TooMuch``."""
    body = await request.body()
    if len(body) > LONGEST_FORM:
        raise TooMuch
    try:
        return parse_qs(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise TooMuch from None
