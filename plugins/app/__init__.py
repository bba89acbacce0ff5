"""The ``app`` connector: reports with photos and a place, from the city's own mobile app or web form."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.app.channel import App


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.app"), App)
