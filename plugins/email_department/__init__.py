"""The ``email_department`` connector: hand-over by e-mail, for a department with no system at all."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.email_department.department import EmailDepartment


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.email_department"), EmailDepartment)
