"""The ``sms_smpp`` connector: SMS straight from and to a carrier's message centre, by SMPP 3.4."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.sms_smpp.channel import SmppSms


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.sms_smpp"), SmppSms)
