"""HappyTalk's older form: other paths and other names for the same steps."""

from __future__ import annotations

from typing import ClassVar

from hub120_sdk import Context, Misconfigured

from plugins.kakao_consult.dealer import Bubble, FileKind
from plugins.kakao_consult.happytalk import HappyTalk, serial_number


class HappyTalkV1(HappyTalk):
    """The Dealer."""

    UPLOADS: ClassVar[str] = "/v1"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        if self.end_event:
            raise Misconfigured("HappyTalk's v1 hands nothing over to a bot: HUB120_CONNECTOR_KAKAO_CONSULT_END_EVENT")

    def write(self, bubble: Bubble) -> str:
        """A text (TX), an image (IM) or a file (FI), which all others are too."""
        body, file = self.identity(bubble), bubble.file
        if file is None:
            body |= {"message_type": "TX", "message": bubble.text}
        elif file.kind is FileKind.IMAGE:
            body |= {"message_type": "IM", "image_url": file.url}
        else:
            body |= {"message_type": "FI", "file_url": file.url, "file_name": file.name, "file_size": file.size}
        self.post_json("/v1/chat/write", body)
        return serial_number(bubble)

    def end(self, user_key: str) -> None:
        """End the session."""
        self.post_json("/v1/chat/end", {"user_key": user_key, "sender_key": self.sender_key}, or_over=True)
