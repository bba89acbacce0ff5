"""The ``x`` connector: direct messages, and mentions where wanted, over the API of X (formerly Twitter)."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.x.channel import X


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.x"), X)
