"""The ``open311`` connector: the hub as a GeoReport v2 server, for any city app that speaks Open311."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.open311.channel import Open311


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.open311"), Open311)
