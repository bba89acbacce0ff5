"""YOUR CONNECTOR in one sentence."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins._template_knowledge.knowledge import YourConnector


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins._template_knowledge"), YourConnector)
