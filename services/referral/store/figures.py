"""Figures of referrals, counted by the database: what comes back has a row for each group and never one for each
referral. A period is read through the index on ``proposed_at``.

Working hours are hours of the clock without the days that are none: each day of the calendar has the working days
before it, so that the time between two moments is a difference, and nothing is walked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from chassis import calendars
from chassis.database import Tx
from chassis.statements import Row, Sql
from services.referral.domain.figures import (
    AHEAD_S,
    DAY_S,
    Counts,
    Figures,
    Hours,
    Span,
    Step,
    day_number,
    day_of,
    number_of,
)
from services.referral.domain.ladders import HOUR_S
from services.referral.domain.referrals import DeclineReason

Key = str | int
"""The id of an agency, the number of the first day of a slice, or empty for all together."""

_CALENDAR: Final = """
WITH RECURSIVE number (day) AS (
    SELECT CAST(:first AS bigint) UNION ALL SELECT day + 1 FROM number WHERE day < CAST(:last AS bigint)),
working AS (SELECT day, CASE WHEN (day + 4) % 7 IN (0, 6) OR day IN :holidays THEN 0 ELSE 1 END AS works,
    max(CASE WHEN day IN :begins THEN day END) OVER (ORDER BY day) AS slice FROM number),
calendar AS (SELECT day, works, slice, sum(works) OVER (ORDER BY day) - works AS before FROM working)"""
"""Day 0 was a Thursday."""
_WHICH: Final = """proposed_at >= :since AND proposed_at < :until AND (:agency = '' OR organization_id = :agency)
    AND (:kind = '' OR kind = :kind) AND (:need = '' OR need = :need) AND (:agent = '' OR agent_id = :agent)"""


def _day(time: str) -> str:
    return f"CAST(floor(({time} + {AHEAD_S}) / {DAY_S}) AS bigint)"


def _worked(day: str, time: str) -> str:
    """Working seconds from the first day of the calendar until a moment on a day of it."""
    return f"{day}.before * {DAY_S} + {day}.works * ({time} + {AHEAD_S} - {day}.day * {DAY_S})"


def _from(key: str) -> str:
    """The referrals of a period, each with its key."""
    some = " AND organization_id IN :some" if key == "organization_id" else ""
    joined = f"JOIN calendar ON calendar.day = {_day('proposed_at')}" if key == "slice" else ""
    return f"FROM referral {joined} WHERE {_WHICH}{some}"


_KEYS: Final = {"all": "''", "agency": "organization_id", "slice": "slice"}
_LISTS: Final = {name: ["holidays", "begins", *(["some"] if name == "agency" else [])] for name in _KEYS}
_DECLINED: Final = {reason: f"declined_{reason.value}" for reason in DeclineReason if reason}
_COUNTS = {
    name: Sql(f"""{_CALENDAR}
SELECT {key} AS key, count(*) AS proposed, count(consented_at) AS consented, count(sent_at) AS sent,
    count(acknowledged_at) AS acknowledged, count(accepted_at) AS accepted, count(completed_at) AS completed,
    count(*) FILTER (WHERE state = 'withdrawn') AS withdrawn, count(first_escalated_at) AS escalated,
    count(*) FILTER (WHERE rerouted_to <> '') AS rerouted, count(silent_at) AS silent,
    count(*) FILTER (WHERE outcome = 'helped') AS helped, count(*) FILTER (WHERE outcome = 'partly') AS partly,
    count(*) FILTER (WHERE outcome = 'not_helped') AS not_helped,
    count(*) FILTER (WHERE outcome = 'nobody_came') AS nobody_came,
    count(*) FILTER (WHERE outcome = '' AND state = 'unreachable') AS unreachable,
    count(*) FILTER (WHERE outcome = '' AND state = 'completed') AS unanswered,
    count(*) FILTER (WHERE outcome = '' AND sent_at IS NOT NULL AND ended_at IS NULL AND state <> 'completed')
        AS not_yet_asked,
    {", ".join(f"count(*) FILTER (WHERE declined_for = '{one.value}') AS {told}" for one, told in _DECLINED.items())}
{_from(key)} GROUP BY 1
""", lists=_LISTS[name])
    for name, key in _KEYS.items()
}  # fmt: skip
_ENDS: Final = {
    Step.ACKNOWLEDGE: "acknowledged_at", Step.ACCEPT: "accepted_at", Step.COMPLETE: "completed_at"
}  # fmt: skip
_STEPS: Final = " UNION ALL ".join(
    f"""SELECT key, '{step}' AS step, {end} - sent_at AS clock_s,
        {_worked("ending", end)} - ({_worked("beginning", "sent_at")}) AS working_s
    FROM item JOIN calendar AS beginning ON beginning.day = {_day("sent_at")}
        JOIN calendar AS ending ON ending.day = {_day(end)} WHERE {end} IS NOT NULL"""  # noqa: S608 - names are ours
    for step, end in _ENDS.items()
)


def _at(place: str, value: str, percent: int) -> str:
    """The value of a nearest rank."""
    return f"max(CASE WHEN {place} = (n * {percent} + 99) / 100 THEN {value} END)"


_SPANS = {
    name: Sql(f"""{_CALENDAR},
item AS (SELECT {key} AS key, sent_at, acknowledged_at, accepted_at, completed_at
    {_from(key)} AND sent_at IS NOT NULL),
span AS ({_STEPS}),
ranked AS (SELECT key, step, clock_s, working_s, count(*) OVER (PARTITION BY key, step) AS n,
    row_number() OVER (PARTITION BY key, step ORDER BY clock_s) AS clock_place,
    row_number() OVER (PARTITION BY key, step ORDER BY working_s) AS working_place FROM span)
SELECT key, step, n, avg(clock_s) AS clock_mean, {_at("clock_place", "clock_s", 50)} AS clock_p50,
    {_at("clock_place", "clock_s", 90)} AS clock_p90, avg(working_s) AS working_mean,
    {_at("working_place", "working_s", 50)} AS working_p50, {_at("working_place", "working_s", 90)} AS working_p90
FROM ranked GROUP BY key, step, n
""", lists=_LISTS[name])  # noqa: S608 - names are ours
    for name, key in _KEYS.items()
}  # fmt: skip
_AGENCIES = Sql(f"""
SELECT DISTINCT organization_id FROM referral WHERE {_WHICH} AND organization_id > :after
ORDER BY organization_id LIMIT :limit
""")  # noqa: S608 - ours
_NAMES = Sql("SELECT id, name FROM organization WHERE id IN :ids", lists=["ids"])
_OPEN = Sql("SELECT state, count(*) AS referrals FROM referral WHERE ended_at IS NULL GROUP BY state")
_ESCALATED = Sql("SELECT count(*) AS referrals, min(escalated_at) AS since FROM referral WHERE escalation <> ''")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which referrals: those proposed from a moment to before another, to an agency, of a kind, for a need, by an
    agent; empty: any."""

    since: float
    until: float
    agency: str = ""
    kind: str = ""
    need: str = ""
    agent: str = ""


def together(tx: Tx, wanted: Wanted) -> Figures:
    """The figures of all of them."""
    return _figures(tx, "all", wanted, {}).get("", Figures())


def by_slice(tx: Tx, wanted: Wanted, begins: Sequence[int]) -> Mapping[Key, Figures]:
    """The figures of slices by the number of their first day; of those in which something was proposed."""
    return _figures(tx, "slice", wanted, {"begins": begins})


def by_agency(tx: Tx, wanted: Wanted, agencies: Sequence[str]) -> Mapping[Key, Figures]:
    """The figures of these agencies by their ids."""
    return _figures(tx, "agency", wanted, {"some": agencies}) if agencies else {}


def agencies(tx: Tx, wanted: Wanted, after: str, limit: int) -> Sequence[str]:
    """The agencies to which something was proposed, by their ids, after one."""
    return tx.execute(_AGENCIES, _values(wanted) | {"after": after, "limit": limit}).scalars()


def names(tx: Tx, ids: Sequence[str]) -> Mapping[str, str]:
    """What organizations are called, or were."""
    return {row.id: row.name for row in tx.execute(_NAMES, {"ids": list(ids)})}


def open_by_state(tx: Tx) -> Mapping[str, int]:
    """How many referrals are open now, by where they stand."""
    return {row.state: row.referrals for row in tx.execute(_OPEN, {})}


def escalated(tx: Tx) -> tuple[int, float | None]:
    """For how many referrals a supervisor is wanted now, and since when for the first."""
    row = tx.execute(_ESCALATED, {}).one()
    return row.referrals, row.since


def _values(wanted: Wanted) -> dict[str, Any]:
    return {one.name: getattr(wanted, one.name) for one in fields(wanted)}


def _figures(tx: Tx, name: str, wanted: Wanted, more: Mapping[str, Any]) -> dict[Key, Figures]:
    first, last = day_number(wanted.since), day_number(max(wanted.since, tx.now.timestamp()))
    off = calendars.of_years(day_of(first).year, day_of(last).year)
    days = {"first": first, "last": last, "holidays": sorted(map(number_of, off)), "begins": []}
    values = {**_values(wanted), **days, **more}
    spans: dict[Key, dict[Step, Span]] = {}
    for row in tx.execute(_SPANS[name], values):
        spans.setdefault(row.key, {})[Step(row.step)] = _span(row)
    return {
        row.key: Figures(_counts(row), _declined(row), spans.get(row.key, {}))
        for row in tx.execute(_COUNTS[name], values)
    }


def _counts(row: Row) -> Counts:
    return Counts(**{one.name: getattr(row, one.name) for one in fields(Counts)})


def _declined(row: Row) -> dict[DeclineReason, int]:
    return {reason: getattr(row, name) for reason, name in _DECLINED.items()}


def _span(row: Row) -> Span:
    def hours(of: str) -> Hours:
        return Hours(*(float(getattr(row, f"{of}_{what}")) / HOUR_S for what in ("p50", "p90", "mean")))

    return Span(row.n, hours("working"), hours("clock"))
