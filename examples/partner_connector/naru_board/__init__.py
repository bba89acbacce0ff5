"""The message board of the city of Naru as a channel of hub120."""

from hub120_sdk import Manifest, Register, hookimpl

from naru_board.channel import NaruBoard


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("naru_board"), NaruBoard)
