"""The ``email`` connector: a mailbox of the centre, read over IMAP and answered over SMTP."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.email.channel import Email


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.email"), Email)
