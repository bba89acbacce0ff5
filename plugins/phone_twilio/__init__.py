"""The ``phone_twilio`` connector: telephone calls through Twilio's Programmable Voice, or what speaks as it does."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.phone_twilio.channel import TwilioPhone


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.phone_twilio"), TwilioPhone)
