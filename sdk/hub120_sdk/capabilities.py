"""What a connector can be: Protocols; a connector implements those its manifest names.

Every method is synchronous and may be called from several threads at once. The host gives each call a deadline;
outbound HTTP goes through ``Context.http``, which knows the allowed hosts. Records in, records out, no hub imports.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias, runtime_checkable

from hub120_sdk.alerts import Alert, AlertNoted, AlertPage
from hub120_sdk.calls import CallEvent, Conference, Dial, KeyPress, Leg
from hub120_sdk.classification import Classification
from hub120_sdk.directories import ListedPage
from hub120_sdk.handovers import Handover, Noted, Ticket, Updates
from hub120_sdk.interpreting import (
    InterpreterNews,
    InterpreterReport,
    InterpreterWanted,
    SessionNoted,
    Translation,
    Words,
)
from hub120_sdk.knowledge import Article, Question
from hub120_sdk.records import (
    Address,
    Attachment,
    CaseStatus,
    Content,
    Inbound,
    Inquiry,
    Outbound,
    Receipt,
    Received,
    Session,
)
from hub120_sdk.requests import Request, Response

Record: TypeAlias = Inbound | Receipt | CallEvent | KeyPress | Inquiry
"""What comes in over a channel."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What an outside server answered; ``headers`` have lower-case names."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Http(Protocol):
    """The way out: over https to the hosts the manifest allows, never to a private address unless an operator set it.

    Redirects of a GET are followed to allowed hosts only, without ``authorization`` where the host changes.
    """

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        timeout_s: float = 10.0,
    ) -> HttpAnswer:
        """Send a request and read the whole answer within ``timeout_s``; any status is an answer.

        Raises ``Unreachable`` when the server cannot be reached, ``Unsure`` when it was reached and no whole answer
        came (for a GET that is a plain ``Retry``), ``Rejected`` for a host that is not allowed or an answer too large.
        """
        ...


class Clock(Protocol):
    """The time as the host sees it; tests pass their own."""

    def __call__(self) -> datetime:
        """Now, with its time zone."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """What a connector is made with: its own settings and secrets (checked against the manifest), and the way out."""

    settings: Mapping[str, str]
    secrets: Mapping[str, str]
    http: Http
    now: Clock
    public_url: str = ""
    """Where the provider reaches this connector, without a slash at the end; every path below it comes to ``parse``."""

    def __repr__(self) -> str:
        """Without the secrets."""
        return f"Context(settings={dict(self.settings)!r}, public_url={self.public_url!r})"


@runtime_checkable
class Channel(Protocol):
    """A road on which citizens write or call and are answered."""

    def parse(self, request: Request) -> Sequence[Record]:
        """Check the signature, then read what came: messages, status callbacks, or nothing (a provider's own check).

        Raises ``Unauthorised`` or ``Unreadable``, nothing else. No network.
        """
        ...

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        """What the provider expects as HTTP response, after everything in ``received`` is stored."""
        ...

    def send(self, message: Outbound) -> Receipt:
        """Hand a reply to the provider.

        Raises ``Retry``, ``Throttled``, ``Rejected``, ``OptedOut`` or ``Misconfigured``. A channel that cannot carry
        the reply now returns a ``PARKED`` receipt; one that can never carry it raises ``Rejected``. Nothing is cut.
        """
        ...

    def fetch(self, attachment: Attachment) -> Content:
        """The bytes of an attachment. Raises as ``send`` does."""
        ...


@runtime_checkable
class Inquiries(Protocol):
    """A channel that is also asked how cases stand: its ``parse`` may return one ``Inquiry``."""

    def tell(self, request: Request, found: Sequence[CaseStatus]) -> Response:
        """The answer to the request whose inquiry found these cases."""
        ...


@runtime_checkable
class Sessions(Protocol):
    """A channel whose provider keeps a conversation open until it is told the end: it is, when the case is closed and
    its last reply has left."""

    def end(self, session: Session) -> None:
        """End it. Raises as ``send`` does; one that has ended already is no error."""
        ...


class Line(Protocol):
    """A listener's way into the hub. What it keeps is stored before ``keep`` returns."""

    @property
    def cursor(self) -> str:
        """What was last given to ``keep``, by whichever process; empty at first."""
        ...

    def keep(self, records: Sequence[Record], cursor: str | None = None) -> Sequence[Received]:
        """Store records, and with them how far the provider was read. Acknowledge to the provider after this alone.

        Raises ``Retry`` when the hub cannot store now: acknowledge nothing, and let the provider deliver again. Raises
        ``Unreadable`` for what is beyond the hub's bounds (a text of 100,000 characters): keep less of it, or step over
        it, lest the same delivery come for ever.
        """
        ...

    def ended(self) -> bool:
        """True once ``listen`` shall return. Also a sign of life: ask at least every ``limits.silence_s`` seconds."""
        ...

    def wait(self, seconds: float) -> bool:
        """Sleep, no longer than until the end; returns ``ended()``."""
        ...


@runtime_checkable
class Listener(Protocol):
    """A road that the hub goes to: a mailbox, a message centre, an exchange that tells its events."""

    def listen(self, line: Line) -> None:
        """Hold the connection and keep what comes until ``line.ended()``. One process of the installation does so at a
        time, one after another with the same cursor.

        A lost connection ends it: return, or raise ``Retry`` or ``Misconfigured``; the hub calls again after a pause.
        """
        ...


@runtime_checkable
class Telephony(Protocol):
    """An exchange: legs are dialled and put into conferences. Progress comes as ``CallEvent``, keys as ``KeyPress``.

    Asked for again, each leads to the same end: a leg that is there already is not dialled anew. Raise as ``send``
    does; what is not there any more is ``Rejected``.
    """

    def dial(self, dial: Dial) -> Leg:
        """Call a telephone; returns as soon as the exchange has begun."""
        ...

    def bridge(self, conference_id: str, leg_ids: Sequence[str]) -> Conference:
        """Make a conference of legs that are up."""
        ...

    def add_party(self, conference_id: str, leg_id: str) -> None:
        """Put one more leg into a conference."""
        ...

    def remove_party(self, conference_id: str, leg_id: str) -> None:
        """Take a leg out; it stays up, the others hear each other on."""
        ...

    def hold(self, conference_id: str, leg_id: str, held: bool) -> None:
        """Let a leg hear music instead of the conference, or let it hear the conference again."""
        ...

    def mute(self, conference_id: str, leg_id: str, muted: bool) -> None:
        """Let nobody in the conference hear a leg, which hears them on, or let them hear it again.

        An exchange that cannot raises ``Rejected``, here and for a ``Dial`` that is muted.
        """
        ...

    def hang_up(self, leg_id: str) -> None:
        """End a leg. One that has ended stays so."""
        ...

    def look(self, conference_id: str) -> Conference:
        """The conference as it is now: after a restart the exchange is asked, not the hub's memory."""
        ...


@runtime_checkable
class Department(Protocol):
    """Those who do the work: they get handovers and say how far they are. Callbacks reach ``parse``."""

    def submit(self, handover: Handover) -> Ticket:
        """Hand a case over. Raises as ``send`` does."""
        ...

    def status(self, ticket_id: str) -> Ticket:
        """How far the department is. Raises as ``send`` does; a number it does not know is ``Rejected``."""
        ...

    def updates(self, cursor: str) -> Updates:
        """What changed since the cursor, empty at first. One that only calls back returns nothing and the cursor."""
        ...

    def parse(self, request: Request) -> Sequence[Ticket]:
        """Check the signature, then read what the department says. Raises ``Unauthorised`` or ``Unreadable``."""
        ...

    def acknowledge(self, request: Request, noted: Sequence[Noted]) -> Response:
        """What the department expects as HTTP response, after everything in ``noted`` is stored."""
        ...

    def line(self) -> Address | None:
        """Its telephone for a three-way call, if it has one that is answered now."""
        ...


@runtime_checkable
class Classifier(Protocol):
    """Says in which language a text is, what it is about and how urgent it is. One of the installation is asked, with
    every text that comes in and before it is stored, so within ``limits.classify_deadline_s``."""

    def classify(self, text: str) -> Classification:
        """What the text is about. No network, nothing kept: the text is what a citizen wrote.

        Raises nothing. Whatever does not come in time, or is no classification, counts as nothing said; crisis words
        (``hub120_sdk.crisis``) are looked for by the hub as well, and what they raise is not lowered.
        """
        ...


@runtime_checkable
class Interpreter(Protocol):
    """A partner outside who interprets. Asked for the same session and attempt again, it looks for nobody a second
    time; callbacks reach ``parse``."""

    def languages(self) -> Sequence[str]:
        """What it interprets, ISO 639; empty: whatever it is asked for. No network."""
        ...

    def request(self, wanted: InterpreterWanted) -> InterpreterReport:
        """Ask for an interpreter; returns as soon as the partner has it. Raises as ``send`` does."""
        ...

    def relay(self, words: Words) -> Translation | None:
        """Have words translated: at once, or None and the translation is called back. Raises as ``send`` does; for a
        partner by telephone alone ``Rejected``."""
        ...

    def release(self, session_id: str, attempt: int) -> None:
        """They are not needed any more. One that is not there any more is no error. Raises as ``send`` does."""
        ...

    def parse(self, request: Request) -> Sequence[InterpreterNews]:
        """Check the signature, then read what the partner says. Raises ``Unauthorised`` or ``Unreadable``."""
        ...

    def acknowledge(self, request: Request, noted: Sequence[SessionNoted]) -> Response:
        """What the partner expects as HTTP response, after everything in ``noted`` is stored."""
        ...


@runtime_checkable
class Translator(Protocol):
    """A machine that translates."""

    def languages(self) -> Sequence[str]:
        """What it translates from and into Korean, ISO 639. No network."""
        ...

    def translate(self, words: Words) -> Translation:
        """The words in the other language. Raises as ``send`` does."""
        ...


@runtime_checkable
class Directory(Protocol):
    """A source of services that can help: a ministry's list, another city's directory. The hub imports it once a day,
    page by page, and goes on where it stopped."""

    def services(self, modified_after: datetime | None, cursor: str) -> ListedPage:
        """A page: the first with an empty cursor, each next with the cursor of the one before. The same page may be
        asked for again, after an error or a restart, and hours later.

        ``modified_after``: what did not change since may be named as ``unchanged`` instead of listed; None: list all.
        Raises as ``send`` does, and ``Unreadable`` for an answer that is none.
        """
        ...


@runtime_checkable
class Knowledge(Protocol):
    """Somebody else's articles: a help centre, a ministry's questions and answers. It is asked while an agent waits,
    beside the hub's own articles, and does without whoever is silent for too long."""

    def search(self, question: Question) -> Sequence[Article]:
        """The articles that answer best, the best first; none where there are none. Asking changes nothing.

        Raises as ``send`` does, and ``Unreadable`` for an answer that is none.
        """
        ...


@runtime_checkable
class Alerts(Protocol):
    """A source of alerts: an authority that warns. It is polled, or it pushes to ``parse``, or both."""

    def poll(self, cursor: str) -> AlertPage:
        """What is new since the cursor, empty at first. The same cursor may be asked with again, after an error or a
        restart. A source that only pushes returns nothing and the cursor.

        Raises as ``send`` does, and ``Unreadable`` for an answer that is none.
        """
        ...

    def parse(self, request: Request) -> Sequence[Alert]:
        """Check the signature, then read what was pushed. Raises ``Unauthorised`` or ``Unreadable``. No network."""
        ...

    def acknowledge(self, request: Request, noted: Sequence[AlertNoted]) -> Response:
        """What the source expects as HTTP response, after everything in ``noted`` is stored."""
        ...


CAPABILITIES: Mapping[str, type] = {
    "channel": Channel,
    "inquiries": Inquiries,
    "sessions": Sessions,
    "listener": Listener,
    "telephony": Telephony,
    "department": Department,
    "classifier": Classifier,
    "interpreter": Interpreter,
    "translator": Translator,
    "directory": Directory,
    "knowledge": Knowledge,
    "alerts": Alerts,
}
"""Each capability a manifest may name, and what the connector then implements."""

Connector: TypeAlias = (
    Channel | Telephony | Department | Classifier | Interpreter | Translator | Directory | Knowledge | Alerts
)
"""What a factory makes; it implements every capability its manifest names."""
