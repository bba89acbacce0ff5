"""The ``kakao_consult`` connector: consultation in KakaoTalk (상담톡), which Kakao gives through dealers alone."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.kakao_consult.channel import KakaoConsult


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.kakao_consult"), KakaoConsult)
