"""Telephones of the exchange, as they are called."""

from __future__ import annotations

from demo.switchboard import Switchboard
from tests.waiting import eventually

ONE_CALL = 4
"""The capacity of an agent for one call, in conversations in writing."""


def rings(exchange: Switchboard, telephone: str) -> str:
    """The leg with which a telephone is called now."""

    def there() -> list[str]:
        return [leg for leg in exchange.legs(telephone) if leg in exchange.channels]

    return eventually(there, 20, f"{telephone} being called of {exchange.dialled}")[-1]
