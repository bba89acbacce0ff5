"""The ``safetydata`` connector: 긴급재난문자, the disaster messages of the ministry's portal, polled."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.safetydata.source import Safetydata


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.safetydata"), Safetydata)
