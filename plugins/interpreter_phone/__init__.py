"""The ``interpreter_phone`` connector: an interpreter partner that has a telephone and no system of its own."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.interpreter_phone.interpreter import PhoneInterpreter


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.interpreter_phone"), PhoneInterpreter)
