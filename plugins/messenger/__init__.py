"""The ``messenger`` connector: Facebook pages and Instagram accounts over Meta's Messenger Platform."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.messenger.channel import Messenger


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.messenger"), Messenger)
