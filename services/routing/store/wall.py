"""The wall's counts: what waits, who is there, which calls go on, and the last day hour by hour.

What changes with each event is read by small statements; the day is one look at each of its work items.
"""

from __future__ import annotations

from collections.abc import Sequence

from chassis.database import Tx
from chassis.statements import Row, Sql
from services.routing.domain.agents import Presence
from services.routing.domain.conference import Purpose
from services.routing.domain.floor import Clock, Handled
from services.routing.domain.staffing import HOUR_S
from services.routing.domain.wall import Seat

_QUEUES = Sql("""
SELECT medium, language, priority_class, count(*) FILTER (WHERE held_until IS NULL) AS waiting,
    count(*) FILTER (WHERE state = 'offered') AS offered,
    min(queued_at) FILTER (WHERE held_until IS NULL) AS oldest_at, count(held_until) AS later
FROM work_item WHERE state IN ('queued', 'offered') GROUP BY medium, language, priority_class
ORDER BY oldest_at NULLS LAST, medium, language, priority_class
""")
_SEATS = Sql("SELECT id, presence, load FROM agent ORDER BY id")
_CALLS = Sql("""
SELECT drill, count(*) AS calls, min(started_at) AS oldest_at FROM conference
WHERE ended_at IS NULL AND purpose = :purpose GROUP BY drill
""")
_HOURS = Sql(f"""
WITH item AS (
    SELECT CAST(floor(queued_at / {HOUR_S}) AS bigint) AS hour, channel, state, transfers,
        assigned_at - queued_at AS wait, CASE WHEN state = 'abandoned' THEN ended_at - queued_at END AS left_after
    FROM work_item WHERE queued_at >= :since)
SELECT hour, channel, count(*) AS offered, count(wait) AS answered,
    count(*) FILTER (WHERE wait <= :within) AS answered_in_time,
    count(*) FILTER (WHERE left_after >= :short) AS abandoned,
    count(*) FILTER (WHERE left_after >= :short AND left_after <= :within) AS abandoned_in_time,
    count(*) FILTER (WHERE left_after < :short) AS abandoned_short,
    count(*) FILTER (WHERE state = 'cancelled' AND wait IS NULL) AS withdrawn,
    CAST(sum(transfers) AS bigint) AS transfers, coalesce(sum(wait), 0) AS wait_s
FROM item GROUP BY hour, channel
""")  # noqa: S608 - a number of ours


def queues(tx: Tx) -> Sequence[Row]:
    """What waits, by medium, language and class; who waits longest first. Callbacks held for their time count apart."""
    return tx.execute(_QUEUES).all()


def seats(tx: Tx) -> list[Seat]:
    """Every agent."""
    return [Seat(row.id, Presence(row.presence), row.load > 0) for row in tx.execute(_SEATS)]


def safety_calls(tx: Tx) -> dict[bool, Row]:
    """Three-way calls that go on, drills (True) apart."""
    return {bool(row.drill): row for row in tx.execute(_CALLS, {"purpose": Purpose.SAFETY.value})}


def hours(tx: Tx, first: int, clock: Clock) -> list[tuple[int, str, Handled]]:
    """Work that arrived from an hour on, counted by hour and channel. Percentiles and handling times are not."""
    asked = {"since": first * HOUR_S, "within": clock.within_s, "short": clock.short_s}
    found = []
    for row in tx.execute(_HOURS, asked):
        counts = {name: getattr(row, name) for name in row._fields if name not in {"hour", "channel"}}
        found.append((row.hour, row.channel, Handled(**counts)))
    return found
