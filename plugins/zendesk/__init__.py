"""The ``zendesk`` connector: the articles of a Zendesk help centre, searched while an agent talks."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.zendesk.search import Zendesk


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.zendesk"), Zendesk)
