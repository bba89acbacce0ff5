"""The ``open311_department`` connector: a department whose system takes requests over Open311 GeoReport v2."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.open311_department.department import Open311Department


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.open311_department"), Open311Department)
