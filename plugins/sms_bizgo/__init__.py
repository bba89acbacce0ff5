"""The ``sms_bizgo`` connector: text messages to a Korean number (MO), and answers, through Bizgo (Infobank)."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.sms_bizgo.channel import BizgoSms


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.sms_bizgo"), BizgoSms)
