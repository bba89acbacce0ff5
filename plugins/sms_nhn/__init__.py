"""The ``sms_nhn`` connector: answers and notices as SMS, LMS and MMS through NHN Cloud."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.sms_nhn.channel import NhnSms


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.sms_nhn"), NhnSms)
