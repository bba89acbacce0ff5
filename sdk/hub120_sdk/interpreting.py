"""Interpreting: what a partner is asked for, and what it says of it.

A session is one conversation with one citizen. Its id is the hub's own and the same over every attempt to tell it; the
``attempt`` counts the partners asked in it, so that what a partner says too late is known to be about an older one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from hub120_sdk.records import Address


class InterpreterState(StrEnum):
    """Where a partner stands with a session."""

    ASKED = "asked"
    """It looks for somebody and will say."""
    ACCEPTED = "accepted"
    """Somebody takes it."""
    DECLINED = "declined"
    """Nobody does; the reason says why."""
    JOINED = "joined"
    """They are at the keyboard, or on the line."""
    LEFT = "left"
    """They went although the conversation goes on: another is needed."""
    ENDED = "ended"
    """They went after the hub had released them."""


@dataclass(frozen=True, slots=True)
class InterpreterWanted:
    """An interpreter is wanted. Nothing in it is personal: who the citizen is stays with the hub."""

    session_id: str
    attempt: int
    language: str
    """ISO 639; sign language is ``kvk``."""
    medium: str
    """voice, text or video."""
    requested_at: datetime
    answer_until: datetime
    """Who has not accepted by then is not waited for."""
    residence_status: str = ""
    """Of the citizen, a word of the centre's."""
    topic: str = ""
    """What it is about, an id of ``hub120_sdk.topics``."""


@dataclass(frozen=True, slots=True)
class InterpreterReport:
    """What a partner says of a session: returned by ``request``, or parsed from a callback."""

    session_id: str
    attempt: int
    state: InterpreterState
    update_id: str = ""
    """What tells this report from any other: a second one with the same id changes nothing. Empty for what ``request``
    returns."""
    interpreter: str = ""
    """The partner's own name for who interprets: a number or an alias, no personal data."""
    reason: str = ""
    """Why not, as a code: ``busy``, ``closed``, ``language``, ``medium``, ``no_answer``, or the partner's own."""
    call: Address | None = None
    """For a conversation by voice: the telephone that the hub shall put on the line. It comes with ACCEPTED or with a
    later report; until then there is nobody to dial."""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """Something was said and shall be translated. The same ``message_id`` comes again until it has a translation."""

    session_id: str
    attempt: int
    message_id: str
    number: int
    """Its place in the conversation; translations are shown in this order."""
    text: str = field(repr=False)
    source: str = "ko"
    """ISO 639."""
    target: str = ""
    terms: Mapping[str, str] = field(default_factory=dict)
    """Terms that are in it, and what each is called in the target language."""


@dataclass(frozen=True, slots=True)
class Translation:
    """The words of a message in the other language: returned by ``relay``, or parsed from a callback. A second one for
    the same message changes nothing."""

    session_id: str
    message_id: str
    text: str = field(repr=False)
    interpreter: str = ""


@dataclass(frozen=True, slots=True)
class SessionNoted:
    """What the hub did with a report or a translation from a callback, for the answer to it."""

    known: bool
    """The hub has such a session, with such a message."""
    duplicate: bool = False
    over: bool = False
    """The session, or this attempt of it, is over, or the words are given up: nothing was changed."""


InterpreterNews: TypeAlias = InterpreterReport | Translation
"""What a partner calls back with."""
