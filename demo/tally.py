"""The count: what was sent, what became of each message, and whether any was lost or came twice.

A message counts as lost if its webhook was answered 2xx and it lies in no case, was offered to nobody, or its citizen
never read an answer; in a language that no agent speaks also if nobody interpreted it, or the machine where the partner
should have. It counts as duplicated if it lies in cases more than once, or its citizen read more than one answer. The
messages of citizens who write again only to see their answer expect none of their own and stand beside the table, but
may no more be lost than others.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from demo import citizens
from demo.program import Report

ALL = "all"
THROUGH = tuple(dict.fromkeys(citizens.INTERPRETED.values()))
"""Who stands between citizens and agents where no agent speaks the language."""


class Fault(StrEnum):
    """What may go wrong with a message."""

    LOST = "lost"
    DUPLICATED = "duplicated"


@dataclass
class Seen:
    """What is known of one message."""

    channel: str
    expects_answer: bool
    sent_at: float
    through: str = ""
    """Who should interpret; nobody, if an agent speaks the language."""
    interpreted_by: str = ""
    accepted: bool = False
    offered_at: float | None = None
    read_at: list[float] = field(default_factory=list)
    """When its citizen read an answer."""

    def counts_for(self, line: str) -> bool:
        """Whether it belongs to that line of the table."""
        return line in {self.channel, self.through, ALL}

    def judge(self, places: Sequence[str]) -> tuple[Fault, str] | None:
        """What went wrong with it, given the cases in which it lies; None if nothing did."""
        why = self._why_lost(places) if self.accepted else ""
        if why:
            return Fault.LOST, why
        if len(places) > 1:
            return Fault.DUPLICATED, f"it lies in {len(places)} places: {', '.join(places)}"
        if len(self.read_at) > 1:
            return Fault.DUPLICATED, f"its citizen read {len(self.read_at)} answers"
        return None

    def _why_lost(self, places: Sequence[str]) -> str:
        if not places:
            return "it lies in no case"
        if self.offered_at is None:
            return f"case {places[0]} was offered to nobody"
        if self.expects_answer and not self.read_at:
            return f"case {places[0]} has no answer that its citizen has read"
        if self.through and self.interpreted_by != self.through:
            return f"case {places[0]} was interpreted by {self.interpreted_by or 'nobody'}"
        return ""

    @property
    def is_settled(self) -> bool:
        """True if nothing more is to be waited for, given that it was accepted."""
        if self.offered_at is None:
            return False
        return not self.expects_answer or (bool(self.read_at) and bool(self.interpreted_by or not self.through))


@dataclass(frozen=True, slots=True)
class Line:
    """The result of one channel, of all, or of those through interpreters or the machine."""

    channel: str
    sent: int
    accepted: int
    offered: int
    answered: int
    to_offer_ms: Sequence[float]
    to_reply_ms: Sequence[float]
    lost: int
    duplicated: int


class Tally:
    """Every message of the sample."""

    def __init__(self, planned: Iterable[citizens.Message]) -> None:
        self._messages = {message.marker: message for message in planned}
        self._seen: dict[str, Seen] = {}
        self.manners: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        """Answers of the hub other than 2xx, by status."""
        self.photos = 0

    @property
    def planned(self) -> int:
        """How many messages there will be."""
        return len(self._messages)

    def take(self, report: Report) -> None:
        """Count what a program reported."""
        match report.kind:
            case "sent":
                self._sent(report)
            case "accepted":
                self._seen[report.contact].accepted = True
            case "refused":
                self.refused[report.words] += 1
            case "photo":
                self.photos += 1
            case "manners":
                self.manners[report.words] += 1
            case "offered" | "reply" | "interpreted" if report.contact in self._seen:
                self._moved(self._seen[report.contact], report)

    def _sent(self, report: Report) -> None:
        again = citizens.asks_again(report.contact)
        if again:
            self.manners["asked again"] += 1
        message = self._messages[report.contact.partition(".")[0]]
        through = "" if again else citizens.INTERPRETED.get(message.language, "")
        self._seen[report.contact] = Seen(message.channel, not again, report.at, through)

    def _moved(self, seen: Seen, report: Report) -> None:
        if report.kind == "reply":
            seen.read_at.append(report.at)
        elif report.kind == "interpreted":
            seen.interpreted_by = report.words
        elif seen.offered_at is None or report.at < seen.offered_at:
            seen.offered_at = report.at

    def progress(self) -> tuple[int, int, int, int]:
        """How many were sent, accepted, offered and answered so far."""
        own = self._own(ALL)
        return (
            len(own),
            sum(seen.accepted for seen in own),
            sum(seen.offered_at is not None for seen in own),
            sum(bool(seen.read_at) for seen in own),
        )

    def settled(self) -> bool:
        """True once there is nothing more to wait for."""
        if len(self._own(ALL)) < self.planned:
            return False
        answered = all(seen.is_settled for seen in self._seen.values() if seen.accepted)
        decided = sum(seen.accepted for seen in self._seen.values()) + self.refused.total()
        return answered and decided == len(self._seen)

    def lines(self, places: Mapping[str, Sequence[str]]) -> list[Line]:
        """The results by channel, of all, and of what was interpreted; ``places`` are the cases in which each message
        lies."""
        faults = self.faults(places)
        return [self._line(channel, faults) for channel in (*citizens.CHANNELS, citizens.TELEPHONE, ALL, *THROUGH)]

    def faults(self, places: Mapping[str, Sequence[str]]) -> dict[str, tuple[Fault, str]]:
        """What went wrong, by marker."""
        judged = {marker: seen.judge(places.get(marker, ())) for marker, seen in self._seen.items()}
        return {marker: fault for marker, fault in judged.items() if fault}

    def _own(self, channel: str) -> list[Seen]:
        return [seen for seen in self._seen.values() if seen.expects_answer and seen.counts_for(channel)]

    def _line(self, channel: str, faults: Mapping[str, tuple[Fault, str]]) -> Line:
        own = self._own(channel)
        kinds = Counter(kind for marker, (kind, _) in faults.items() if self._seen[marker].counts_for(channel))
        to_offer = [seen.offered_at - seen.sent_at for seen in own if seen.offered_at is not None]
        to_reply = [seen.read_at[0] - seen.sent_at for seen in own if seen.read_at]
        return Line(
            channel,
            sent=len(own),
            accepted=sum(seen.accepted for seen in own),
            offered=len(to_offer),
            answered=len(to_reply),
            to_offer_ms=_milliseconds(to_offer),
            to_reply_ms=_milliseconds(to_reply),
            lost=kinds[Fault.LOST],
            duplicated=kinds[Fault.DUPLICATED],
        )


def _milliseconds(seconds: Iterable[float]) -> list[float]:
    """In order; what joined work that was offered already waited for nothing and is left out."""
    return sorted(one * 1000 for one in seconds if one > 0)


def percentile(ordered: Sequence[float], percent: float) -> float:
    """The nearest rank, of numbers in order."""
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)] if ordered else math.nan
