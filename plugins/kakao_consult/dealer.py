"""What every dealer of consultations does, each in its own form, and what is the same for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Protocol

from hub120_sdk import Content, Context, Record, Request

IMAGE_TYPES = frozenset({"image/jpeg", "image/png", "image/gif"})
IMAGE_BYTES = 5 * 1024 * 1024
"""What KakaoTalk shows as an image; any other picture goes as a file."""


class FileKind(StrEnum):
    """As what KakaoTalk shows a file; the dealers' words for it."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on KakaoTalk's servers: nothing else can be sent."""

    kind: FileKind
    url: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message in the chat: a text, or a file."""

    reply_id: str
    number: int
    """Its place in the reply."""
    user_key: str
    text: str = ""
    file: Upload | None = None


class Dealer(Protocol):
    """One dealer's form of the consultation API."""

    TAKEN: ClassVar[Mapping[str, object]]
    """What a webhook is answered."""

    def __init__(self, context: Context) -> None: ...

    def read(self, request: Request) -> list[Record]:
        """What the webhook brings. Raises ``Unreadable``."""
        ...

    def upload(self, file: Content, kind: FileKind) -> Upload:
        """Put a file on KakaoTalk's servers. Raises as ``Channel.send``."""
        ...

    def write(self, bubble: Bubble) -> str:
        """Write into the citizen's session; returns the dealer's id of the message. Raises as ``Channel.send``."""
        ...

    def end(self, user_key: str) -> None:
        """End the session, and let the bot go on where a setting says so. Raises as ``Channel.send``; one that is over
        already is no error."""
        ...
