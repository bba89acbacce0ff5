"""The ``cap`` connector: alerts in OASIS CAP 1.1 and 1.2, pushed with a signature or polled from a feed."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.cap.source import Cap


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.cap"), Cap)
