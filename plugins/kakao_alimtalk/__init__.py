"""The ``kakao_alimtalk`` connector: KakaoTalk notices (알림톡) through Solapi, as SMS where there is no KakaoTalk."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.kakao_alimtalk.channel import Alimtalk


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.kakao_alimtalk"), Alimtalk)
