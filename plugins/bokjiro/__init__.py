"""The ``bokjiro`` connector: 복지로, the ministry's directory of central and local welfare services."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.bokjiro.directory import Bokjiro


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.bokjiro"), Bokjiro)
