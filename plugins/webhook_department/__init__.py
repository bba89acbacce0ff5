"""The ``webhook_department`` connector: an agency's own system gets handovers as signed JSON and calls back."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.webhook_department.department import WebhookDepartment


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.webhook_department"), WebhookDepartment)
