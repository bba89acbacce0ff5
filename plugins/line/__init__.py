"""The ``line`` connector: a LINE official account over the Messaging API."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.line.channel import Line


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.line"), Line)
