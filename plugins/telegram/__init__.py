"""The ``telegram`` connector: a Telegram bot over its webhook and the Bot API."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.telegram.channel import Telegram


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.telegram"), Telegram)
