"""The records that pass between the hub and a connector.

Frozen values, standard library only. They carry what every channel has in common; what one provider alone knows
stays in ``reply_context``, which the hub keeps encrypted and hands back unread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class AddressKind(StrEnum):
    """What an address is, so that the same citizen is recognised on another channel."""

    PHONE = "phone"
    """An E.164 number; of whom the hub calls also a short one that is dialled as it is, such as 119."""
    EMAIL = "email"
    ACCOUNT = "account"
    """A provider's own user key, meaningful on that channel alone."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a citizen can be reached on one channel. ``verified``: the provider vouches that the sender owns it."""

    kind: AddressKind
    value: str
    display_name: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A photo, video or file that a citizen sent: by reference, and the hub calls ``fetch`` soon after, or whole."""

    reference: str
    """The provider's URL or media id; often it expires within minutes. Empty for one that is whole."""
    media_type: str = ""
    """As the provider claims it; the hub looks at the bytes and decides for itself."""
    filename: str = ""
    data: bytes | None = field(default=None, repr=False)
    """The bytes, where they come with the message itself: kept before the provider is answered, and never fetched.
    What is refused (empty, too large, no photo) is shown as refused; the message is kept all the same."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is: an address, a point (WGS 84, degrees), or both."""

    address: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message or call of a citizen.

    ``provider_id`` is the provider's own id of this message: the hub keeps the first delivery and answers every
    later one with the same id as it answered the first.
    """

    provider_id: str
    sender: Address
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    conversation: str = ""
    """The provider's thread, where it has one; an open case is looked up by sender and conversation."""
    language: str = ""
    """BCP 47, if the channel states it; empty lets the hub decide."""
    occurred_at: datetime | None = None
    reply_context: Mapping[str, str] = field(default_factory=dict)
    """What ``send`` will need to reply to this very message (a callback address, a reply token)."""
    reply_until: datetime | None = None
    """When the provider stops taking replies to this message (a 24-hour window); None: never, or not known."""
    medium: str = ""
    """text, voice or video where it is another than the manifest's."""
    topic: str = ""
    """What it is about in the channel's own words: a service code, a form's category."""
    place: Place | None = None
    """What place it is about."""
    join_url: str = ""
    """Where an agent's front end joins a voice or video call."""
    number: str = ""
    """The sender's own telephone number (E.164), if the provider vouches for it and ``sender`` is something else."""


class Delivery(StrEnum):
    """How far a reply came. A later report never moves it backwards (sent → delivered → read)."""

    SENT = "sent"
    """The provider accepted it."""
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    """The provider gave up; the reason says why."""
    PARKED = "parked"
    """The channel cannot carry it now; the hub hands it to ``answer`` with the citizen's next message."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one reply: returned by ``send``, or parsed from a status callback."""

    state: Delivery
    provider_id: str = ""
    """The provider's id of the sent message; status callbacks are matched by it (or by ``reply_id``)."""
    reply_id: str = ""
    """The hub's id, when a status callback carries it back."""
    reason: str = ""
    """The provider's code and words for a failure; no personal data."""
    context_used: bool = False
    """``reply_context`` was good for one use and is spent."""
    to: Address | None = None
    """Where a provider reports by time and not by id: the citizen, all of whose replies up to ``until`` came so far."""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of an attachment."""

    data: bytes
    media_type: str = ""
    filename: str = ""


@dataclass(frozen=True, slots=True)
class Outbound:
    """One reply to a citizen.

    ``reply_id`` stays the same over every attempt: hand it to the provider as idempotency key where it takes one.
    ``reply_context`` is that of the message replied to, empty once spent.
    """

    reply_id: str
    to: Address
    text: str
    attachments: tuple[Content, ...] = ()
    conversation: str = ""
    language: str = ""
    reply_context: Mapping[str, str] = field(default_factory=dict)
    template: str = ""
    """The provider's id of an approved template that the text fills, for channels that carry nothing else."""
    variables: Mapping[str, str] = field(default_factory=dict)
    """What goes into the template's places, by their names."""
    subject: str = ""
    """In one line, for channels whose messages have a subject; empty for an answer, which has that of the question."""


@dataclass(frozen=True, slots=True)
class Session:
    """A conversation that the provider keeps open until it is told the end."""

    to: Address
    reply_context: Mapping[str, str] = field(default_factory=dict)
    """Of the citizen's last message."""


@dataclass(frozen=True, slots=True)
class Received:
    """What the hub did with one ``Inbound``, for channels that reply in the HTTP response itself."""

    inbound: Inbound
    """As it was parsed, without the ``data`` of its attachments."""
    contact_id: str
    case_number: str
    """What a citizen can quote, for example ``26-0KX3-7QHM``."""
    duplicate: bool = False
    """The same provider id came before; answer as the first time."""
    waiting: Sequence[Outbound] = ()
    """Parked replies to this citizen that fit into this answer; the hub counts them as sent."""


class Progress(StrEnum):
    """Where a case stands, as a citizen may know it."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question about cases that came over this very channel; all conditions hold. Answered by ``tell``."""

    case_numbers: tuple[str, ...] = ()
    """These alone; empty: any."""
    provider_ids: tuple[str, ...] = ()
    """Those opened by a message with one of these ids; empty: any."""
    opened_from: datetime | None = None
    opened_before: datetime | None = None
    updated_from: datetime | None = None
    progress: tuple[Progress, ...] = ()
    topic: str = ""
    limit: int = 100
    """At most so many, newest first; 1 to 1,000."""
    skip: int = 0
    """After so many."""
    replies: bool = False
    """Also what was answered, for a channel that fetches its replies: it says who asks, and that they may read it."""


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """What a channel may tell of a case that came over it: nothing of the person, nothing the citizen wrote."""

    case_number: str
    progress: Progress
    opened_at: datetime
    updated_at: datetime
    topic: str = ""
    place: Place | None = None
    note: str = ""
    """The last reply that left: what the centre answered."""
    replies: tuple[Outbound, ...] = ()
    """If the inquiry wants them: all that left or wait, oldest first. One waits until a receipt tells of it."""
