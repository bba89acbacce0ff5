"""Mailings: one text to many recipients; how far a mailing and each of its recipients may go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

KINDS_OF_ADDRESS = ("phone", "account", "email")
MOST_STEPS = 5
"""Channels of one mailing."""
MOST_TEXTS = 100
LONGEST_TEXT = 2_000
MOST_ADDRESSES = 5
LONGEST_ADDRESS = 200
MOST_VARIABLES = 20
LONGEST_VARIABLE = 200
PART = 500
"""Recipients that one task is about."""
MOST_TRIES = 4
"""How often one channel is tried for one recipient."""
RETRY_S = (5.0, 60.0, 600.0)
"""How long a passing trouble of a provider is waited out before each further try."""
FALLBACK_LANGUAGE = "ko"
VOICE = "voice"
"""The step at which agents call; it is no connector, and none comes after it."""
MOST_CALLS, MOST_ATTEMPTS = 200, 5
USUAL_CALLS, USUAL_ATTEMPTS = 10, 3


class Kind(StrEnum):
    """What a mailing is."""

    CAMPAIGN = "campaign"
    NOTICE = "notice"


class Urgency(StrEnum):
    """Whether a mailing may wait and be refused. Only life safety leaves in quiet hours, and cannot be refused."""

    BULK = "bulk"
    LIFE_SAFETY = "life_safety"


class MailingState(StrEnum):
    """How far a mailing is."""

    DRAFT = "draft"
    EXPANDING = "expanding"
    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    STOPPED = "stopped"


MAILING_MOVES: Mapping[MailingState, frozenset[MailingState]] = {
    MailingState.DRAFT: frozenset({MailingState.EXPANDING, MailingState.STOPPED}),
    MailingState.EXPANDING: frozenset({MailingState.READY, MailingState.STOPPED}),
    MailingState.READY: frozenset({MailingState.RUNNING, MailingState.STOPPED}),
    MailingState.RUNNING: frozenset({MailingState.PAUSED, MailingState.DONE, MailingState.STOPPED}),
    MailingState.PAUSED: frozenset({MailingState.RUNNING, MailingState.STOPPED}),
    MailingState.DONE: frozenset({MailingState.RUNNING}),
    MailingState.STOPPED: frozenset(),
}
"""One that is done runs again when a person has somebody sent it again of whom nobody knew whether they got it, or has
those called whom nothing reached."""
OPEN = (MailingState.DRAFT, MailingState.EXPANDING)
"""Recipients may still be added."""


class RecipientState(StrEnum):
    """How far a mailing came to one recipient."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    SKIPPED = "skipped"
    UNSURE = "unsure"


_ARRIVED = frozenset({RecipientState.DELIVERED, RecipientState.READ})
RECIPIENT_MOVES: Mapping[RecipientState, frozenset[RecipientState]] = {
    RecipientState.QUEUED: _ARRIVED
    | {RecipientState.SENDING, RecipientState.SENT, RecipientState.FAILED, RecipientState.SKIPPED},
    RecipientState.SENDING: _ARRIVED
    | {
        RecipientState.QUEUED,
        RecipientState.SENT,
        RecipientState.FAILED,
        RecipientState.SKIPPED,
        RecipientState.UNSURE,
    },
    RecipientState.UNSURE: _ARRIVED | {RecipientState.QUEUED, RecipientState.SENT, RecipientState.FAILED},
    RecipientState.SENT: _ARRIVED | {RecipientState.QUEUED, RecipientState.FAILED},
    RecipientState.DELIVERED: frozenset({RecipientState.READ}),
    RecipientState.READ: frozenset(),
    RecipientState.FAILED: _ARRIVED | {RecipientState.QUEUED},
    RecipientState.SKIPPED: frozenset({RecipientState.QUEUED}),
}
"""Queued again is: by the same channel where it surely did not leave, by the next one, or to be called where nothing
else did. What arrived stays so."""


def before(state: RecipientState) -> frozenset[RecipientState]:
    """From where one may come to this state."""
    return frozenset(was for was, becomes in RECIPIENT_MOVES.items() if state in becomes)


class Reason(StrEnum):
    """Why somebody did not get a mailing."""

    OPTED_OUT = "opted_out"
    DO_NOT_CALL = "do_not_call"
    NO_ROAD = "no_road"
    STOPPED = "stopped"
    REJECTED = "rejected"
    NOT_DELIVERED = "not_delivered"
    NO_ANSWER = "no_answer"
    TROUBLE = "trouble"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Step:
    """A channel that a mailing goes by, and by which kind of address it reaches people (``phone``, ``account``,
    ``email``)."""

    channel: str
    kind: str


@dataclass(frozen=True, slots=True)
class Text:
    """What is sent: over a channel (empty: any) and in a language. ``template`` is the provider's id of an approved
    one."""

    channel: str
    language: str
    text: str
    template: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class NewMailing:
    """A mailing as it is written. ``needs_approval_above``: with more recipients somebody else must approve it."""

    id: str
    kind: Kind
    urgency: Urgency
    title: str
    steps: tuple[Step, ...]
    texts: tuple[Text, ...]
    created_by: str
    needs_approval_above: int
    pace_per_s: float = 0.0
    """At most so many a second; 0: as fast as the channels take them."""
    wait_s: float = 0.0
    """How long a delivery is waited for before the next channel; 0: the next only follows a failure."""
    starts: tuple[float, ...] = ()
    """When it leaves, by lot for each recipient; empty: when it is started."""
    ends_at: float | None = None
    """Nothing leaves from then on; None: it has no end."""
    parallel_calls: int = USUAL_CALLS
    """At most so many calls are wanted of agents at the same time."""
    call_attempts: int = USUAL_ATTEMPTS
    """How often a recipient is called, at other times of the day."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who shall get a mailing: addresses by kind, or by a connector's id where it has one of its own."""

    addresses: Mapping[str, str]
    language: str = ""
    district: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a chunk of recipients."""

    added: int
    duplicates: int
    refused: int
    """They do not want to be written to, or have no address that can be used."""


class Texts:
    """The texts of a mailing, found by channel and language."""

    def __init__(self, texts: tuple[Text, ...]) -> None:
        self._found = {(one.channel, one.language): one for one in texts}

    def of(self, channel: str, language: str) -> Text | None:
        """What somebody of this language gets over this channel: their language before Korean, and the channel's own
        words before everybody's."""
        primary = language.partition("-")[0].lower()
        for wanted in (primary, FALLBACK_LANGUAGE):
            found = self._found.get((channel, wanted)) or self._found.get(("", wanted))
            if found is not None:
                return found
        return None


def address_of(step: Step, addresses: Mapping[str, str]) -> str:
    """Where a step reaches somebody; empty if it does not."""
    return addresses.get(step.channel) or addresses.get(step.kind, "")


def person(addresses: Mapping[str, str]) -> str:
    """What a person is recognised by: the telephone number where there is one."""
    for kind in KINDS_OF_ADDRESS:
        if addresses.get(kind):
            return f"{kind}:{addresses[kind]}"
    return next((f"{kind}:{address}" for kind, address in sorted(addresses.items()) if address), "")


def needs_approval(total: int, above: int) -> bool:
    """Two people decide about what goes to many, however urgent."""
    return total > above


def part_bounds(first: int, last: int, size: int = PART) -> list[tuple[int, int]]:
    """A list's numbers in parts."""
    return [(start, min(start + size - 1, last)) for start in range(first, last + 1, size)]


def part_size(pace_per_s: float) -> int:
    """Recipients of one part: with a pace, what leaves in ten seconds."""
    return PART if pace_per_s <= 0 else max(1, min(PART, int(pace_per_s * 10)))
