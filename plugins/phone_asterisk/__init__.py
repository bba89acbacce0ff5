"""The ``phone_asterisk`` connector: telephone calls on an Asterisk exchange, by its REST interface (ARI)."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.phone_asterisk.channel import AsteriskPhone


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.phone_asterisk"), AsteriskPhone)
