"""The ``translator_papago`` connector: machine translation by NAVER Cloud's Papago."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.translator_papago.translator import Papago


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.translator_papago"), Papago)
