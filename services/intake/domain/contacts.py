"""What a citizen says, as the use cases take it from a connector."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from services.intake.domain.priorities import Judged
from services.intake.domain.replies import Parked


class AttachmentState(StrEnum):
    """What became of a photo, video or file."""

    PENDING = "pending"
    STORED = "stored"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote, as the channel knows them. ``kind`` is phone, email or account."""

    kind: str
    address: str
    display_name: str = ""
    verified: bool = False


def number_proved_by(new: NewContact) -> str:
    """The telephone number that the channel vouches for as the sender's; empty where it names none."""
    return new.sender.address if new.sender.verified and new.sender.kind == "phone" else new.number


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a file: stored under ``blob_key``, or refused for a reason."""

    state: AttachmentState
    media_type: str = ""
    size: int = 0
    blob_key: str = ""
    failure: str = ""


@dataclass(frozen=True, slots=True)
class NewAttachment:
    """A file announced by a contact: still at the provider, or settled because it came with the message itself."""

    reference: str
    media_type: str = ""
    filename: str = ""
    settled: Settled | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """What a contact is about beside its words."""

    topic: str = ""
    """In the channel's own words: a service code, a form's category."""
    address: str = ""
    """Of the place it is about."""
    latitude: float | None = None
    longitude: float | None = None
    join_url: str = ""
    """Where an agent's front end joins the call."""


def coarse_place(details: Details) -> str:
    """The place in words that are equal for what is close by: a cell of about a hundred metres, else the address as it
    was written, without case and blanks. Empty where none is known."""
    if details.latitude is not None and details.longitude is not None:
        return f"{details.latitude:.3f} {details.longitude:.3f}"
    return "".join(details.address.casefold().split())


@dataclass(frozen=True, slots=True)
class NewContact:
    """A citizen's message as it comes in."""

    channel: str
    medium: str
    provider_id: str
    sender: Sender
    text: str = ""
    conversation: str = ""
    language: str = ""
    reply_context: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[NewAttachment, ...] = ()
    occurred_at: float | None = None
    reply_until: float | None = None
    details: Details = Details()
    number: str = ""
    """The sender's own telephone number, where the channel vouches for it and the address is something else."""
    judged: Judged = field(default_factory=Judged)
    """What is made of its words."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a contact: stored now, or recognised as stored before."""

    contact_id: str
    case_id: str
    case_number: str
    duplicate: bool
    waiting: tuple[Parked, ...] = ()
    opted_out: bool = False
    """They want nothing more of what goes to many; they are to be told that it is done."""
    language: str = ""


_SCRIPTS = (
    ("ko", re.compile(r"[\uac00-\ud7a3\u3131-\u318e]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
)


_STATED = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9_-]{1,30})?")


def language_of(stated: str, text: str) -> str:
    """The language a channel stated, else the one whose script the text is written in, else empty.

    Two or three letters, so that agents who speak it are found by it; what else a channel may have put there is not
    kept. Hangul decides first: Korean sentences hold Chinese characters and Latin words, never the other way round.
    """
    known = _STATED.fullmatch(stated.lower())
    if known:
        return {"kr": "ko"}.get(known[1], known[1])
    return next((language for language, script in _SCRIPTS if script.search(text)), "")


SURE = 0.9
"""From here on a language counts as recognised, whatever the channel stated."""
SURE_LETTERS = 20
"""A text with fewer letters is too short to contradict the channel."""


def language_heard(stated: str, text: str, recognised: str, confidence: float) -> str:
    """The language a channel stated, unless the text is long enough to be sure that it is another.

    Where the channel states none, what was recognised, else what the script gives away.
    """
    known = language_of(stated, "")
    heard = language_of(recognised, "")
    sure = confidence >= SURE and sum(letter.isalpha() for letter in text) >= SURE_LETTERS
    if heard and (sure or not known):
        return heard
    return known or language_of("", text)


_MEDIA_TYPE = re.compile(r"[a-z]{2,20}/([a-z0-9][a-z0-9.+-]{0,80}|\*)")


def media_type_of(stated: str) -> str:
    """A media type as a channel stated it, without parameters; empty where it has not the form of one."""
    plain = stated.partition(";")[0].strip().lower()
    return plain if _MEDIA_TYPE.fullmatch(plain) else ""
