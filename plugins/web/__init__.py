"""The ``web`` connector: a city's own web chat, form or app speaks plain signed JSON."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.web.channel import Web


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.web"), Web)
