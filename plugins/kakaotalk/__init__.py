"""The ``kakaotalk`` connector: a KakaoTalk channel's Open Builder chatbot calls the hub as its skill."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.kakaotalk.channel import KakaoTalk


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.kakaotalk"), KakaoTalk)
