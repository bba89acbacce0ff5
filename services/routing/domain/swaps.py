"""Swaps of duties between two agents: their states, what forbids one, and what is unwise about a change of the rota.

Standard library only. An approved swap is one override, so the rota knows nothing of swaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from services.routing.domain.duty import Duty
from services.routing.domain.rota import DEFAULT_ZONE, Override, OverrideKind, Part, zone_of

SHORTEST_REST_S = 11 * 3600.0
"""Between the end of one duty and the start of the next."""
LONGEST_WEEK_S = 52 * 3600.0
"""Of the Labour Standards Act, in a week from Monday; breaks are counted, so it warns rather early."""
WEEK_S = 7 * 86_400.0


class SwapState(StrEnum):
    """Where a swap stands."""

    REQUESTED = "requested"
    ACCEPTED = "accepted"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


_ENDED = frozenset({SwapState.DECLINED, SwapState.WITHDRAWN, SwapState.EXPIRED})
OPEN = frozenset({SwapState.REQUESTED, SwapState.ACCEPTED})

SWAP_MOVES: Mapping[SwapState, frozenset[SwapState]] = {
    SwapState.REQUESTED: frozenset({SwapState.ACCEPTED}) | _ENDED,
    SwapState.ACCEPTED: frozenset({SwapState.APPROVED}) | _ENDED,
    SwapState.APPROVED: frozenset(),
    SwapState.DECLINED: frozenset(),
    SwapState.WITHDRAWN: frozenset(),
    SwapState.EXPIRED: frozenset(),
}


class ConcernKind(StrEnum):
    """What is unwise about a change of the rota."""

    SHORT_REST = "short_rest"
    LONG_WEEK = "long_week"


class Concern(NamedTuple):
    """One thing to look at: too short a rest, or too long a week, from when until when."""

    kind: ConcernKind
    agent_id: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Swap:
    """One agent gives a duty to another, who may give one in return."""

    agent_id: str
    to_agent_id: str
    give: Part
    take: Part | None = None

    @property
    def begins(self) -> float:
        """When the first of its duties begins: by then it must be approved."""
        return min(part.start for part in self._parts())

    @property
    def ends(self) -> float:
        """When the last of its duties ends."""
        return max(part.end for part in self._parts())

    def _parts(self) -> list[Part]:
        return [self.give, *([self.take] if self.take else [])]

    def override(self, id: str, swap_id: str) -> Override:
        """What it does to the rota."""
        give = self.give
        return Override(
            id, OverrideKind.INSTEAD, self.to_agent_id, give.start, give.end, give.team_id, self.agent_id, self.take,
            swap_id,
        )  # fmt: skip

    def is_on(self, duties: Iterable[Duty]) -> bool:
        """Whether both duties are on the rota as the swap has them."""
        there = {(one.agent_id, Part(one.team_id, one.start, one.end)) for one in duties}
        given = (self.agent_id, self.give) in there
        return given and (self.take is None or (self.to_agent_id, self.take) in there)

    def double_booked(self, duties: Iterable[Duty]) -> bool:
        """Whether either would be on duty twice at once."""
        return any(
            _overlap(duty, part)
            for duty in duties
            for receiver, part, own in ((self.to_agent_id, self.give, self.take), (self.agent_id, self.take, self.give))
            if part and duty.agent_id == receiver and Part(duty.team_id, duty.start, duty.end) != own
        )


def _overlap(duty: Duty, part: Part) -> bool:
    return duty.start < part.end and part.start < duty.end


def around(begin: float, end: float) -> tuple[float, float]:
    """The span in which a change between two moments can cause a concern: whole weeks, and a rest before and after."""
    return _week(begin) - SHORTEST_REST_S, _week(end) + WEEK_S + SHORTEST_REST_S


def concerns(before: Sequence[Duty], after: Sequence[Duty]) -> list[Concern]:
    """What a change of the rota makes unwise: what was so before is not told again, unless it grew."""
    rests = set(_short_rests(after)) - set(_short_rests(before))
    worked = _weeks(before)
    weeks = (
        Concern(ConcernKind.LONG_WEEK, agent_id, week, week + WEEK_S)
        for (agent_id, week), seconds in _weeks(after).items()
        if seconds > LONGEST_WEEK_S and seconds > worked.get((agent_id, week), 0.0)
    )
    return sorted([*rests, *weeks])


def _short_rests(duties: Iterable[Duty]) -> Iterable[Concern]:
    """Pieces of one duty have a break between them, no rest."""
    last: dict[str, Duty] = {}
    for duty in sorted(duties):
        previous = last.get(duty.agent_id)
        last[duty.agent_id] = duty
        if previous and previous.origin != duty.origin and duty.start - previous.end < SHORTEST_REST_S:
            yield Concern(ConcernKind.SHORT_REST, duty.agent_id, previous.end, duty.start)


def _weeks(duties: Iterable[Duty]) -> dict[tuple[str, float], float]:
    """How long each agent is on duty in each week."""
    found: dict[tuple[str, float], float] = {}
    for duty in duties:
        start = duty.start
        while start < duty.end:
            week = _week(start)
            until = min(duty.end, week + WEEK_S)
            found[duty.agent_id, week] = found.get((duty.agent_id, week), 0.0) + until - start
            start = until
    return found


def _week(moment: float) -> float:
    """The Monday, 00:00, of the week of a moment. Korea's clocks do not change."""
    local = datetime.fromtimestamp(moment, zone_of(DEFAULT_ZONE))
    monday = local.date() - timedelta(days=local.weekday())
    return datetime(monday.year, monday.month, monday.day, tzinfo=zone_of(DEFAULT_ZONE)).timestamp()
