"""The table a connector's author writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files

from hub120_sdk.alerts import Alert, AlertPage
from hub120_sdk.capabilities import Record, Telephony
from hub120_sdk.classification import Urgency
from hub120_sdk.directories import ListedPage
from hub120_sdk.errors import ConnectorError
from hub120_sdk.handovers import Handover, Ticket, Updates
from hub120_sdk.interpreting import InterpreterNews, InterpreterReport, InterpreterWanted, Translation, Words
from hub120_sdk.knowledge import Article, Question
from hub120_sdk.records import Attachment, CaseStatus, Content, Outbound, Receipt, Session
from hub120_sdk.requests import Request, Response
from hub120_sdk.testing.provider import Answer, Seen


@dataclass(frozen=True, slots=True)
class Parses:
    """A request as the provider sends it, unsigned, and the records in it."""

    name: str
    request: Request
    records: Sequence[Record | Ticket | InterpreterNews | Alert]


@dataclass(frozen=True, slots=True)
class Refuses:
    """A request that must be refused. It is signed first unless ``signed`` is false."""

    name: str
    request: Request
    error: type[ConnectorError]
    signed: bool = True


def _anything(_: Sequence[Seen]) -> None:
    """The provider may have got anything."""


@dataclass(frozen=True, slots=True)
class Sends:
    """A reply, how the provider answers, and what ``send`` makes of it."""

    name: str
    message: Outbound
    answers: Sequence[Answer]
    expected: Receipt | type[ConnectorError]
    check: Callable[[Sequence[Seen]], None] = _anything
    """Looks at what the provider got; raises ``AssertionError``."""


@dataclass(frozen=True, slots=True)
class Fetches:
    """An attachment, how the provider answers, and what ``fetch`` makes of it."""

    name: str
    attachment: Attachment
    answers: Sequence[Answer]
    expected: Content | type[ConnectorError]
    check: Callable[[Sequence[Seen]], None] = _anything


@dataclass(frozen=True, slots=True)
class Hears:
    """What the provider delivers to a listener over its own wire, and the records the listener keeps for it."""

    name: str
    delivery: bytes
    """As the suite's peer understands it (``Peer.deliver``)."""
    records: Sequence[Record]


@dataclass(frozen=True, slots=True)
class Tells:
    """An inquiry as the provider sends it, the cases that were found, and the answer."""

    name: str
    request: Request
    found: Sequence[CaseStatus]
    check: Callable[[Response], None]
    """Looks at the answer; raises ``AssertionError``."""


@dataclass(frozen=True, slots=True)
class Ends:
    """A session whose case is closed, how the provider answers, and what ``end`` makes of it."""

    name: str
    session: Session
    answers: Sequence[Answer]
    expected: type[ConnectorError] | None = None
    """None: it has ended."""
    check: Callable[[Sequence[Seen]], None] = _anything


@dataclass(frozen=True, slots=True)
class Submits:
    """A handover, how the department's system answers, and what ``submit`` makes of it."""

    name: str
    handover: Handover
    answers: Sequence[Answer]
    expected: Ticket | type[ConnectorError]
    check: Callable[[Sequence[Seen]], None] = _anything


@dataclass(frozen=True, slots=True)
class Looks:
    """A ticket's number, how the department's system answers, and what ``status`` makes of it."""

    name: str
    ticket_id: str
    answers: Sequence[Answer]
    expected: Ticket | type[ConnectorError]
    check: Callable[[Sequence[Seen]], None] = _anything


@dataclass(frozen=True, slots=True)
class Polls:
    """A cursor, how the department's system answers, and what ``updates`` makes of it; or a source of alerts and its
    ``poll``."""

    name: str
    cursor: str
    answers: Sequence[Answer]
    expected: Updates | AlertPage | type[ConnectorError]
    check: Callable[[Sequence[Seen]], None] = _anything


@dataclass(frozen=True, slots=True)
class Operates:
    """Something done with an exchange, how it answers, and what comes of it."""

    name: str
    do: Callable[[Telephony], object]
    answers: Sequence[Answer]
    expected: object
    """What ``do`` returns, or the kind of error it raises."""
    check: Callable[[Sequence[Seen]], None] = _anything


@dataclass(frozen=True, slots=True)
class Asks:
    """An interpreter is wanted, how the partner answers, and what ``request`` makes of it. Without answers the partner
    must not be asked over the network at all."""

    name: str
    wanted: InterpreterWanted
    answers: Sequence[Answer]
    expected: InterpreterReport | type[ConnectorError]
    check: Callable[[Sequence[Seen]], None] = _anything


@dataclass(frozen=True, slots=True)
class Relays:
    """Words for an interpreter, how the partner answers, and what ``relay`` makes of it; None: it will call back.
    Without answers the partner must not be asked."""

    name: str
    words: Words
    answers: Sequence[Answer]
    expected: Translation | type[ConnectorError] | None
    check: Callable[[Sequence[Seen]], None] = _anything


@dataclass(frozen=True, slots=True)
class Releases:
    """An attempt that is over, how the partner answers, and what ``release`` makes of it. Without answers the partner
    must not be asked."""

    name: str
    session_id: str
    attempt: int
    answers: Sequence[Answer]
    expected: type[ConnectorError] | None = None
    """None: they are released."""
    check: Callable[[Sequence[Seen]], None] = _anything


@dataclass(frozen=True, slots=True)
class Translates:
    """Words for a machine, how its provider answers, and what ``translate`` makes of it."""

    name: str
    words: Words
    answers: Sequence[Answer]
    expected: Translation | type[ConnectorError]
    check: Callable[[Sequence[Seen]], None] = _anything


@dataclass(frozen=True, slots=True)
class Lists:
    """A page of a directory, how its source answers, and what ``services`` makes of it. The rows whose expected page is
    one are a listing: one has an empty cursor, and each cursor that a page names is that of another row."""

    name: str
    answers: Sequence[Answer]
    expected: ListedPage | type[ConnectorError]
    cursor: str = ""
    modified_after: datetime | None = None
    check: Callable[[Sequence[Seen]], None] = _anything


@dataclass(frozen=True, slots=True)
class Finds:
    """A question, how the provider answers, and what ``search`` makes of it."""

    name: str
    question: Question
    answers: Sequence[Answer]
    expected: Sequence[Article] | type[ConnectorError]
    """Articles as a tuple, or the kind of error."""
    check: Callable[[Sequence[Seen]], None] = _anything


@dataclass(frozen=True, slots=True)
class Classifies:
    """A text and what a classifier says of it; None: whatever it says."""

    name: str
    text: str
    language: str | None = None
    topic: str | None = None
    urgency: Urgency | None = None


def unsigned(request: Request, _: datetime) -> Request:
    """The request as it is, for connectors that nobody calls."""
    return request


@dataclass(frozen=True, slots=True)
class Suite:
    """Everything the kit needs to know of a connector: rows for each capability that its manifest names.

    ``parses``, ``refuses`` and ``sign`` are for a channel's webhook or the callback of a department or an interpreter;
    a connector that has none of these (a listener that goes to its provider) leaves ``parses`` empty.
    """

    settings: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    wrong_secrets: Mapping[str, str] = field(default_factory=dict)
    """Secrets of the right form that are not the provider's."""
    sign: Callable[[Request, datetime], Request] = unsigned
    """A request as the provider would authenticate it at that time."""
    parses: Sequence[Parses] = ()
    refuses: Sequence[Refuses] = ()
    sends: Sequence[Sends] = ()
    fetches: Sequence[Fetches] = ()
    hears: Sequence[Hears] = ()
    tells: Sequence[Tells] = ()
    ends: Sequence[Ends] = ()
    submits: Sequence[Submits] = ()
    looks: Sequence[Looks] = ()
    polls: Sequence[Polls] = ()
    operates: Sequence[Operates] = ()
    asks: Sequence[Asks] = ()
    relays: Sequence[Relays] = ()
    releases: Sequence[Releases] = ()
    translates: Sequence[Translates] = ()
    lists: Sequence[Lists] = ()
    finds: Sequence[Finds] = ()
    classifies: Sequence[Classifies] = ()
    letters: str = "utf-8"
    """The character set that the channel carries: with ``euc-kr`` the kit's long texts have no emoji."""
    waived: Mapping[str, str] = field(default_factory=dict)
    """Checks that cannot apply, by name, each with the reason."""


def fixture(package: str, name: str) -> bytes:
    """The bytes of ``fixtures/<name>`` in a connector's package."""
    return files(package).joinpath("fixtures", name).read_bytes()
