"""The ``interpreter_http`` connector: a partner with a system of its own, asked and heard in signed JSON."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.interpreter_http.interpreter import HttpInterpreter


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.interpreter_http"), HttpInterpreter)
