"""An old woman who lives alone and whose line is always busy, and her daughter, who picks up at once."""

from __future__ import annotations

from demo.staff import TRUNK

OLD_WOMAN, DAUGHTER = "+821001200120", "+821001200121"


def line(number: str) -> str:
    """How the exchange dials somebody."""
    return TRUNK.format(national=f"0{number.removeprefix('+82')}")
