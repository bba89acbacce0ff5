"""An old woman who lives alone and whose line is always busy, her daughter, who picks up at once, and a farmer."""

from __future__ import annotations

from demo.staff import TRUNK

OLD_WOMAN, DAUGHTER = "+821001200120", "+821001200121"
FARMER = "+823177770005"
"""A number on a wire, which takes no text messages; somebody picks up at once."""


def line(number: str) -> str:
    """How the exchange dials somebody."""
    return TRUNK.format(national=f"0{number.removeprefix('+82')}")
