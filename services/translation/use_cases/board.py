"""The board: how interpreting stands, for everybody in the room. It only reads."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from chassis.database import Tx
from chassis.statements import Row
from services.translation.store import board

LATELY_S = 3600.0


@dataclass(frozen=True, slots=True)
class Board:
    """Interpreting at one moment; two boards are the same if nothing but time lies between them."""

    at: float = field(compare=False)
    sessions: Sequence[Row]
    partners: int
    volunteers: Row
    connected: int
    unanswered: int
    connect_p50_s: float | None
    connect_p90_s: float | None


def read_board(tx: Tx, partners: int) -> Board:
    """How interpreting stands, with so many partners at work."""
    since = tx.now.timestamp() - LATELY_S
    waits = board.waits(tx, since)
    return Board(
        at=tx.now.timestamp(),
        sessions=board.going_on(tx),
        partners=partners,
        volunteers=board.volunteers(tx),
        connected=len(waits),
        unanswered=board.unanswered(tx, since),
        connect_p50_s=_rank(waits, 0.5),
        connect_p90_s=_rank(waits, 0.9),
    )


def _rank(ordered: Sequence[float], share: float) -> float | None:
    """The smallest that so much of them does not exceed."""
    return ordered[math.ceil(share * len(ordered)) - 1] if ordered else None
