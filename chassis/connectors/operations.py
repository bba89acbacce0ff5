"""Everything a connector can be asked to do: one table, which the host, its guards and the wire to a process share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from hub120_sdk import (
    Address,
    Alert,
    AlertNoted,
    AlertPage,
    Article,
    Attachment,
    CaseStatus,
    Classification,
    Conference,
    ConnectorError,
    Content,
    Dial,
    Handover,
    InterpreterNews,
    InterpreterReport,
    InterpreterWanted,
    Leg,
    ListedPage,
    Misconfigured,
    Noted,
    NotOnChannel,
    OptedOut,
    Outbound,
    Question,
    Receipt,
    Received,
    Record,
    Rejected,
    Request,
    Response,
    Retry,
    Session,
    SessionNoted,
    Throttled,
    Ticket,
    Translation,
    Unauthorised,
    Unreachable,
    Unreadable,
    Unsure,
    Updates,
    Words,
)


class Road(StrEnum):
    """Calls of one road share a lane and a breaker; those of different roads never wait for each other."""

    INBOUND = "inbound"
    """A provider waits for its answer."""
    SEND = "send"
    """What the connector's rate limit is for."""
    FETCH = "fetch"
    """What is asked of the provider and changes nothing there."""
    CALL = "call"
    """A telephone call in progress waits for it."""
    CLASSIFY = "classify"
    """A citizen's message waits for it, and does without if it takes too long."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one capability."""

    capability: str
    method: str
    takes: tuple[Any, ...]
    gives: Any
    road: Road
    may_raise: tuple[type[ConnectorError], ...]
    """The most special first: what is raised is rebuilt as exactly one of these; anything else is a fault."""

    def __str__(self) -> str:
        """As it is called in logs, spans and frames."""
        return f"{self.capability}.{self.method}"


_IN: tuple[type[ConnectorError], ...] = (Unauthorised, Unreadable, Misconfigured)
_OUT: tuple[type[ConnectorError], ...] = (
    *(OptedOut, NotOnChannel, Rejected, Throttled, Unreachable, Unsure, Retry, Misconfigured),
)

PARSE = Operation("channel", "parse", (Request,), Sequence[Record], Road.INBOUND, _IN)
ANSWER = Operation("channel", "answer", (Request, Sequence[Received]), Response, Road.INBOUND, ())
SEND = Operation("channel", "send", (Outbound,), Receipt, Road.SEND, _OUT)
FETCH = Operation("channel", "fetch", (Attachment,), Content, Road.FETCH, _OUT)
TELL = Operation("inquiries", "tell", (Request, Sequence[CaseStatus]), Response, Road.INBOUND, ())
END = Operation("sessions", "end", (Session,), None, Road.SEND, _OUT)
SUBMIT = Operation("department", "submit", (Handover,), Ticket, Road.SEND, _OUT)
STATUS = Operation("department", "status", (str,), Ticket, Road.FETCH, _OUT)
UPDATES = Operation("department", "updates", (str,), Updates, Road.FETCH, _OUT)
PARSE_TICKETS = Operation("department", "parse", (Request,), Sequence[Ticket], Road.INBOUND, _IN)
ACKNOWLEDGE = Operation("department", "acknowledge", (Request, Sequence[Noted]), Response, Road.INBOUND, ())
LINE = Operation("department", "line", (), Address | None, Road.FETCH, _OUT)
DIAL = Operation("telephony", "dial", (Dial,), Leg, Road.CALL, _OUT)
BRIDGE = Operation("telephony", "bridge", (str, Sequence[str]), Conference, Road.CALL, _OUT)
ADD_PARTY = Operation("telephony", "add_party", (str, str), None, Road.CALL, _OUT)
REMOVE_PARTY = Operation("telephony", "remove_party", (str, str), None, Road.CALL, _OUT)
HOLD = Operation("telephony", "hold", (str, str, bool), None, Road.CALL, _OUT)
MUTE = Operation("telephony", "mute", (str, str, bool), None, Road.CALL, _OUT)
HANG_UP = Operation("telephony", "hang_up", (str,), None, Road.CALL, _OUT)
LOOK = Operation("telephony", "look", (str,), Conference, Road.CALL, _OUT)

INTERPRETS = Operation("interpreter", "languages", (), Sequence[str], Road.INBOUND, ())
REQUEST = Operation("interpreter", "request", (InterpreterWanted,), InterpreterReport, Road.SEND, _OUT)
RELAY = Operation("interpreter", "relay", (Words,), Translation | None, Road.SEND, _OUT)
RELEASE = Operation("interpreter", "release", (str, int), None, Road.SEND, _OUT)
PARSE_NEWS = Operation("interpreter", "parse", (Request,), Sequence[InterpreterNews], Road.INBOUND, _IN)
NOTE_NEWS = Operation("interpreter", "acknowledge", (Request, Sequence[SessionNoted]), Response, Road.INBOUND, ())
TRANSLATES = Operation("translator", "languages", (), Sequence[str], Road.INBOUND, ())
TRANSLATE = Operation("translator", "translate", (Words,), Translation, Road.SEND, _OUT)

SERVICES = Operation("directory", "services", (datetime | None, str), ListedPage, Road.FETCH, (*_OUT, Unreadable))

SEARCH = Operation("knowledge", "search", (Question,), Sequence[Article], Road.FETCH, (*_OUT, Unreadable))

POLL_ALERTS = Operation("alerts", "poll", (str,), AlertPage, Road.FETCH, (*_OUT, Unreadable))
PARSE_ALERTS = Operation("alerts", "parse", (Request,), Sequence[Alert], Road.INBOUND, _IN)
NOTE_ALERTS = Operation("alerts", "acknowledge", (Request, Sequence[AlertNoted]), Response, Road.INBOUND, ())

CLASSIFY = Operation("classifier", "classify", (str,), Classification, Road.CLASSIFY, ())

LISTEN = Operation("listener", "listen", (), None, Road.INBOUND, (Throttled, Retry, Misconfigured))
"""Not called like the others: it holds a connection for as long as it can (``chassis.listening``)."""

OPERATIONS: dict[str, Operation] = {
    str(one): one
    for one in (
        *(PARSE, ANSWER, SEND, FETCH, TELL, END, SUBMIT, STATUS, UPDATES, PARSE_TICKETS, ACKNOWLEDGE, LINE),
        *(DIAL, BRIDGE, ADD_PARTY, REMOVE_PARTY, HOLD, MUTE, HANG_UP, LOOK, CLASSIFY),
        *(INTERPRETS, REQUEST, RELAY, RELEASE, PARSE_NEWS, NOTE_NEWS, TRANSLATES, TRANSLATE, SERVICES),
        *(SEARCH, POLL_ALERTS, PARSE_ALERTS, NOTE_ALERTS),
    )
}
"""By their names."""


def of(capabilities: frozenset[str]) -> list[Operation]:
    """What a connector with these capabilities can be asked."""
    return [one for one in OPERATIONS.values() if one.capability in capabilities]
