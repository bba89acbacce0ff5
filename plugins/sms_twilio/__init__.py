"""The ``sms_twilio`` connector: SMS and MMS through Twilio's Programmable Messaging, or what speaks as it does."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.sms_twilio.channel import TwilioSms


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.sms_twilio"), TwilioSms)
