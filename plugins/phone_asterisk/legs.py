"""What the listener knows of legs: enough to tell what it missed while nobody listened. Kept as the line's cursor."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hub120_sdk import LegState

_LATEST = datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Known:
    """A leg that has not ended, as it was last told."""

    state: LegState
    conference_id: str = ""
    joined: str = ""
    """The conference it was in last: if it is in none now, somebody took it out."""
    since: datetime | None = None
    """When it was last told; not kept."""

    def next_moment(self, happened: datetime) -> datetime:
        """When the next event counts as having happened: they come in their order, but many within one millisecond of
        Asterisk's clock, so each is a little later than the one before."""
        if self.since is not None and happened <= self.since < _LATEST:
            return self.since + timedelta(microseconds=1)
        return happened


class Legs:
    """All that have not ended, by channel."""

    def __init__(self, cursor: str) -> None:
        self._known = dict(_read(cursor))

    def __contains__(self, leg_id: str) -> bool:
        return leg_id in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._known))

    def get(self, leg_id: str) -> Known:
        """What is known; of a new leg nothing but that it is being dialled."""
        return self._known.get(leg_id, Known(LegState.DIALLING))

    def put(self, leg_id: str, known: Known) -> None:
        """Remember where a leg stands."""
        self._known[leg_id] = known

    def drop(self, leg_id: str) -> None:
        """It ended."""
        self._known.pop(leg_id, None)

    @property
    def cursor(self) -> str:
        """All of it, for the next time."""
        rows = [[leg_id, one.state.value, one.conference_id, one.joined] for leg_id, one in self._known.items()]
        return json.dumps(rows, separators=(",", ":"), ensure_ascii=False)


def _read(cursor: str) -> Iterator[tuple[str, Known]]:
    for leg_id, state, conference_id, joined in json.loads(cursor or "[]"):
        yield leg_id, Known(LegState(state), conference_id, joined)
