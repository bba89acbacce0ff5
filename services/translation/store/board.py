"""The board's counts: sessions that go on, those of late, and volunteers."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.database import Tx
from chassis.statements import Row, Sql
from services.translation.domain.sessions import SessionState

_GOING_ON = Sql("""
SELECT language, state, count(*) AS sessions FROM session WHERE ended_at IS NULL
GROUP BY language, state ORDER BY language, state
""")
_CONNECTED = Sql("""
SELECT connected_at - requested_at FROM session WHERE requested_at >= :since AND connected_at IS NOT NULL
ORDER BY connected_at - requested_at
""")
_UNANSWERED = Sql("SELECT count(*) FROM session WHERE requested_at >= :since AND state = :state")
_VOLUNTEERS = Sql("""
SELECT count(*) AS volunteers, count(*) FILTER (WHERE session_id <> '') AS busy,
    count(*) FILTER (WHERE resting = 1) AS resting FROM volunteer
""")


def going_on(tx: Tx) -> Sequence[Row]:
    """Sessions that are not over, by language and state."""
    return tx.execute(_GOING_ON).all()


def waits(tx: Tx, since: float) -> Sequence[float]:
    """How long it took until an interpreter was there, in sessions asked for since then, the shortest first."""
    return tx.execute(_CONNECTED, {"since": since}).scalars()


def unanswered(tx: Tx, since: float) -> int:
    """In how many sessions asked for since then nobody answered."""
    return int(tx.execute(_UNANSWERED, {"since": since, "state": SessionState.CALLBACK.value}).scalar_one())


def volunteers(tx: Tx) -> Row:
    """How many there are, and of them are asked or interpret, and rest."""
    return tx.execute(_VOLUNTEERS).one()
