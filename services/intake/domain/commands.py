"""Commands for legs of calls: what may be asked of an exchange, what became of it, and what stands against it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Command(StrEnum):
    """What is done with one telephone of a conference."""

    DIAL = "dial"
    JOIN = "join"
    HOLD = "hold"
    RESUME = "resume"
    MUTE = "mute"
    UNMUTE = "unmute"
    HANG_UP = "hang_up"


class Outcome(StrEnum):
    """What became of a command."""

    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    NO_LINE = "no_line"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    FORBIDDEN = "forbidden"


ANNOUNCEMENT_CHARACTERS = 500
"""A longer announcement is none: nothing that is said is cut in the middle."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A command as it came."""

    id: str
    connector: str
    conference_id: str
    leg_id: str
    command: Command
    expires_at: float = 0.0
    number: str = ""
    """Of a public service, if one is to be dialled."""
    case_id: str = ""
    """Whose citizen is to be called, if one is."""
    drill: bool = False
    announcement: str = ""
    """What whoever is dialled hears first."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a leg took before."""

    command_id: str = ""
    settled_id: str = ""
    dialled: bool = False
    hung_up: bool = False
    heard_of: bool = False
    """The exchange has told something of it."""


@dataclass(frozen=True, slots=True)
class Skip:
    """It is not carried out. ``told`` is what is told of it; None where that was told before."""

    told: Outcome | None


def stands_against(asked: Asked, taken: Taken, now: float, emergency_numbers: Collection[str]) -> Skip | None:
    """Why a command is not carried out; None if it is.

    A command may come twice: one that was settled is not told of again, and a leg of which the exchange has told
    something was dialled already. One that died in the middle is carried out again until it expires: the exchange
    does not dial anew a leg that is there.
    """
    if asked.id == taken.settled_id:
        return Skip(None)
    if asked.command is Command.DIAL:
        return _stands_against_dialling(asked, taken, now, emergency_numbers)
    overtaken = asked.command is not Command.HANG_UP and asked.id < taken.command_id
    return Skip(Outcome.EXPIRED) if overtaken else None


def _stands_against_dialling(asked: Asked, taken: Taken, now: float, emergency_numbers: Collection[str]) -> Skip | None:
    if asked.drill and asked.number in emergency_numbers:
        return Skip(Outcome.FORBIDDEN)
    if len(asked.announcement) > ANNOUNCEMENT_CHARACTERS:
        return Skip(Outcome.REFUSED)
    if taken.hung_up:
        return Skip(Outcome.WITHDRAWN)
    if taken.heard_of:
        return Skip(Outcome.DONE)
    if now > asked.expires_at:
        return Skip(Outcome.FAILED if taken.dialled else Outcome.EXPIRED)
    return None
