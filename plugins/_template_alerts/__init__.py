"""YOUR CONNECTOR in one sentence."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins._template_alerts.source import YourConnector


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins._template_alerts"), YourConnector)
