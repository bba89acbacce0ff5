"""The floor's counts: what waits now, what was handled in a period, how cases ended.

Everything is counted by the database: what comes back has a row for each group and never one for each work item. A
period is read through the index on ``queued_at``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chassis.database import Tx
from chassis.statements import Row, Sql
from services.routing.domain.floor import (
    ALIKE,
    ALIKE_FROM_S,
    DAY_S,
    HALF_HOUR_S,
    SATISFIED_FROM,
    SEOUL_AHEAD_S,
    WHOLE_CAPACITY,
    Arrivals,
    Clock,
    Group,
    Handled,
    Outcomes,
    Slices,
    Steps,
    nearest_rank,
)
from services.routing.domain.staffing import HOUR_S

_IN_HAND_S = 7 * DAY_S
"""Work that was queued longer ago keeps nobody busy."""

_COUNTS = (
    *("offered", "answered", "answered_in_time", "abandoned", "abandoned_in_time", "abandoned_short"),
    *("withdrawn", "done", "transfers"),
)

Key = str | int
"""The name of a group; for hours and days the number of the slice since 1970."""


@dataclass(frozen=True, slots=True)
class Period:
    """From a moment to before another."""

    since: float
    until: float


_QUEUES = Sql("""
SELECT medium, language, priority_class, count(*) AS waiting, count(*) FILTER (WHERE state = 'offered') AS offered,
    min(queued_at) AS oldest_at, max(cost) AS cost
FROM work_item WHERE state IN ('queued', 'offered') GROUP BY medium, language, priority_class
ORDER BY min(queued_at), medium, language, priority_class
""")
_OLDEST = Sql("""
SELECT id FROM work_item WHERE state IN ('queued', 'offered') AND queued_at = :oldest_at AND medium = :medium
    AND language = :language AND priority_class = :priority_class ORDER BY id LIMIT 1
""")
_AGENTS = Sql("""
SELECT presence, presence_reason AS reason, count(*) AS agents, count(*) FILTER (WHERE load > 0) AS busy,
    sum(load) AS load, sum(capacity) AS capacity
FROM agent GROUP BY presence, presence_reason ORDER BY presence, presence_reason
""")
_SPEAKERS = Sql("""
SELECT ability.name, count(*) AS agents, sum(agent.capacity) AS capacity,
    sum(CASE WHEN agent.capacity > agent.load THEN agent.capacity - agent.load ELSE 0 END) AS free
FROM agent JOIN ability ON ability.agent_id = agent.id
WHERE agent.presence = 'ready' AND ability.name LIKE 'language:%'
    AND ability.name NOT LIKE '%/%' GROUP BY ability.name
""")
_OFFERS = Sql("SELECT count(*) AS outstanding, min(offered_at) AS oldest_at FROM offer WHERE state = 'pending'")


def queues(tx: Tx) -> Sequence[Row]:
    """What waits, by medium, language and class; who waits longest first."""
    return tx.execute(_QUEUES).all()


def oldest(tx: Tx, queue: Row) -> str:
    """The work item of a queue that has waited longest."""
    asked = {name: getattr(queue, name) for name in ("oldest_at", "medium", "language", "priority_class")}
    return tx.execute(_OLDEST, asked).scalar_one_or_none() or ""


def agents(tx: Tx) -> Sequence[Row]:
    """Agents by presence and reason."""
    return tx.execute(_AGENTS).all()


def speakers(tx: Tx) -> dict[str, Row]:
    """Ready agents by the language they speak."""
    return {row.name.removeprefix("language:"): row for row in tx.execute(_SPEAKERS)}


def offers_outstanding(tx: Tx) -> Row:
    """How many offers wait for an answer, and since when."""
    return tx.execute(_OFFERS).one()


def _key(group: Group, time: str) -> str:
    """What a row is grouped by, in SQL."""
    slices = {Group.HOUR: f"{time} / {HOUR_S}", Group.DAY: f"({time} + {SEOUL_AHEAD_S}) / {DAY_S}"}
    if group in slices:
        return f"CAST(floor({slices[group]}) AS bigint)"
    return {Group.NONE: "''", Group.AGENT: "coalesce(agent_id, '')"}.get(group, group.value)


_HANDLED = {
    group: Sql(f"""
WITH item AS (
    SELECT {_key(group, "queued_at")} AS key, state, transfers, assigned_at - queued_at AS wait,
        CASE WHEN state = 'abandoned' THEN ended_at - queued_at END AS left_after,
        CASE WHEN state = 'done' THEN coalesce(wrapped_at, ended_at) - assigned_at END AS talk,
        CASE WHEN state = 'done' THEN ended_at - coalesce(wrapped_at, ended_at) END AS wrap_up
    FROM work_item WHERE queued_at >= :since AND queued_at < :until)
SELECT key, CASE WHEN wait <= {ALIKE_FROM_S} THEN floor(wait)
        WHEN wait > {ALIKE_FROM_S} THEN floor({ALIKE_FROM_S} + ln(wait / {ALIKE_FROM_S}) / {ALIKE}) END AS alike,
    max(wait) AS longest, count(*) AS offered, count(wait) AS answered,
    count(*) FILTER (WHERE wait <= :within) AS answered_in_time,
    count(*) FILTER (WHERE left_after >= :short) AS abandoned,
    count(*) FILTER (WHERE left_after >= :short AND left_after <= :within) AS abandoned_in_time,
    count(*) FILTER (WHERE left_after < :short) AS abandoned_short,
    count(*) FILTER (WHERE state = 'cancelled' AND wait IS NULL) AS withdrawn,
    count(talk) AS done, coalesce(sum(wait), 0) AS wait_s, coalesce(sum(talk), 0) AS talk_s,
    coalesce(sum(wrap_up), 0) AS wrap_up_s, sum(transfers) AS transfers
FROM item GROUP BY 1, 2 ORDER BY 1, 2
""")  # noqa: S608 - keys and numbers are ours
    for group in Group
}
"""Waits that are alike are counted together, so that nothing is sorted: the cost is that of one look at each row."""


def handled(tx: Tx, period: Period, group: Group, clock: Clock) -> dict[Key, Handled]:
    """Work that arrived in a period, counted by group."""
    asked = _between(period) | {"within": clock.within_s, "short": clock.short_s}
    found: dict[Key, list[Row]] = {}
    for row in tx.execute(_HANDLED[group], asked):
        found.setdefault(row.key, []).append(row)
    return {key: _added_up(rows) for key, rows in found.items()}


def _added_up(rows: Sequence[Row]) -> Handled:
    counts = {name: sum(int(getattr(row, name)) for row in rows) for name in _COUNTS}
    wait_s, talk_s, wrap_up_s = (sum(getattr(row, name) for row in rows) for name in ("wait_s", "talk_s", "wrap_up_s"))
    waits = sorted((row.longest, row.answered) for row in rows if row.longest is not None)
    p50, p90, p99 = (nearest_rank(waits, share) for share in (0.5, 0.9, 0.99))
    return Handled(
        **counts, wait_s=wait_s, wait_p50=p50, wait_p90=p90, wait_p99=p99, talk_s=talk_s, wrap_up_s=wrap_up_s
    )


def _between(period: Period) -> dict[str, Any]:
    return {"since": period.since, "until": period.until}


_STEPS = """, edge AS (
    SELECT key, began AS at, weight FROM span UNION ALL SELECT key, ended AS at, -weight AS weight FROM span),
step AS (SELECT key, CAST(floor((at - :origin) / :slice) AS bigint) AS slice, at, weight FROM edge)
SELECT key, slice, sum(weight) AS rose, sum(weight * (:origin + (slice + 1) * :slice - at)) AS area
FROM step GROUP BY key, slice
"""
"""Spans of time, each with its weight, as the steps of a level: a slice's rows do not grow with the spans in it."""
_AGENT_KEY = {True: "agent_id", False: "''"}
_BUSY = {
    each: Sql(f"""
WITH span AS (
    SELECT {key} AS key, cost * 1.0 / {WHOLE_CAPACITY} AS weight,
        CASE WHEN assigned_at > :since THEN assigned_at ELSE :since END AS began,
        CASE WHEN ended_at < :until THEN ended_at ELSE :until END AS ended
    FROM work_item WHERE queued_at >= :queued AND queued_at < :until AND assigned_at < :until
        AND (ended_at > :since OR ended_at IS NULL)){_STEPS}""")  # noqa: S608 - keys are ours
    for each, key in _AGENT_KEY.items()
}
_READY = {
    each: Sql(f"""
WITH change AS (
    SELECT agent_id, changed_at AS began, presence, 1 AS place FROM presence_change
    WHERE changed_at >= :since AND changed_at < :until
    UNION ALL
    SELECT agent.id, :since AS began, (SELECT before.presence FROM presence_change AS before
        WHERE before.agent_id = agent.id AND before.changed_at < :since ORDER BY before.changed_at DESC LIMIT 1),
        0 AS place
    FROM agent),
stretch AS (SELECT agent_id, began, presence,
    lead(began, 1, :until) OVER (PARTITION BY agent_id ORDER BY began, place) AS ended FROM change),
span AS (SELECT {key} AS key, 1.0 AS weight, began, ended FROM stretch WHERE presence = 'ready'){_STEPS}""")  # noqa: S608 - keys are ours
    for each, key in _AGENT_KEY.items()
}


def busy(tx: Tx, period: Period, slices: Slices, *, each_agent: bool) -> dict[str, list[Steps]]:
    """How many agents were busy, as steps, for each agent or all together; side by side counts by its cost."""
    return _steps(tx, _BUSY[each_agent], period, slices, {"queued": period.since - _IN_HAND_S})


def ready(tx: Tx, period: Period, slices: Slices, *, each_agent: bool) -> dict[str, list[Steps]]:
    """How many agents were ready, as steps, for each agent or all together."""
    return _steps(tx, _READY[each_agent], period, slices, {})


def _steps(tx: Tx, statement: Sql, period: Period, slices: Slices, more: Mapping[str, float]) -> dict[str, list[Steps]]:
    found: dict[str, list[Steps]] = {}
    for row in tx.execute(statement, _between(period) | {"origin": slices.origin, "slice": slices.length_s, **more}):
        found.setdefault(row.key, []).append(Steps(row.slice, float(row.rose), float(row.area)))
    return found


_CLOSE = Sql("""
INSERT INTO case_outcome (case_id, citizen_id, channel, language, topic, agent_id, work_items, closed_at, score,
    scored_at, answered, answer_marked_at)
SELECT case_id, citizen_id, channel, language, topic, agent_id,
    (SELECT count(*) FROM work_item AS every WHERE every.case_id = :case_id), CAST(:closed_at AS double precision),
    CAST(:score AS bigint), CAST(:scored_at AS double precision),
    CAST(:answered AS bigint), CAST(:answer_marked_at AS double precision)
FROM work_item WHERE case_id = :case_id ORDER BY id DESC LIMIT 1
ON CONFLICT (case_id) DO UPDATE SET citizen_id = excluded.citizen_id, channel = excluded.channel,
    language = excluded.language, topic = excluded.topic, agent_id = excluded.agent_id,
    work_items = CASE WHEN excluded.closed_at IS NULL THEN case_outcome.work_items ELSE excluded.work_items END,
    closed_at = coalesce(excluded.closed_at, case_outcome.closed_at),
    score = coalesce(excluded.score, case_outcome.score),
    scored_at = coalesce(excluded.scored_at, case_outcome.scored_at),
    answered = CASE WHEN excluded.answer_marked_at >= coalesce(case_outcome.answer_marked_at, 0)
        THEN excluded.answered ELSE case_outcome.answered END,
    answer_marked_at = CASE WHEN excluded.answer_marked_at >= coalesce(case_outcome.answer_marked_at, 0)
        THEN excluded.answer_marked_at ELSE case_outcome.answer_marked_at END
""")


_NOTHING = dict.fromkeys(("closed_at", "score", "scored_at", "answered", "answer_marked_at"))


def note_closed(tx: Tx, case_id: str, closed_at: float) -> None:
    """A case is closed. Said again, the later time counts."""
    tx.later(_CLOSE, _NOTHING | {"case_id": case_id, "closed_at": closed_at})


def note_score(tx: Tx, case_id: str, score: int, scored_at: float) -> None:
    """What a citizen says of a case. A case that routing never had has no outcome here."""
    tx.later(_CLOSE, _NOTHING | {"case_id": case_id, "score": score, "scored_at": scored_at})


def note_answered(tx: Tx, case_id: str, marked_at: float, *, answered: bool) -> None:
    """Whether an article was the answer in a case, as it was last said; of two words the later counts."""
    tx.later(_CLOSE, _NOTHING | {"case_id": case_id, "answered": int(answered), "answer_marked_at": marked_at})


_CAME_BACK = Sql("""
UPDATE case_outcome SET returned_at = :at WHERE citizen_id = :citizen_id AND returned_at IS NULL AND closed_at < :at
""")
_CLOSED = {
    group: Sql(f"""
WITH outcome AS (
    SELECT {_key(group, "closed_at")} AS key, closed_at, answered,
        work_items = 1 AND (returned_at IS NULL OR returned_at > closed_at + :returns) AS resolved
    FROM case_outcome WHERE closed_at >= :since AND closed_at < :until)
SELECT key, count(*) AS closed, count(*) FILTER (WHERE resolved) AS closed_at_first_contact,
    count(*) FILTER (WHERE resolved AND closed_at > :lately) AS closed_lately,
    count(*) FILTER (WHERE answered = 1) AS closed_with_answer,
    count(*) FILTER (WHERE resolved AND answered = 1) AS closed_at_first_contact_with_answer FROM outcome GROUP BY key
""")  # noqa: S608 - keys are ours
    for group in Group
}
_SCORED = {
    group: Sql(f"""
SELECT {_key(group, "scored_at")} AS key, count(*) AS scores,
    count(*) FILTER (WHERE score >= {SATISFIED_FROM}) AS satisfied, sum(score) AS score_sum
FROM case_outcome WHERE scored_at >= :since AND scored_at < :until GROUP BY 1
""")  # noqa: S608 - keys are ours
    for group in Group
}


def note_return(tx: Tx, citizen_id: str, at: float) -> None:
    """A citizen comes with something new: the cases closed before were not their last word."""
    tx.later(_CAME_BACK, {"citizen_id": citizen_id, "at": at})


def outcomes(tx: Tx, period: Period, group: Group, clock: Clock) -> dict[Key, Outcomes]:
    """Cases closed in a period, and what citizens said in it, counted by group."""
    lately = tx.now.timestamp() - clock.returns_s
    found: dict[Key, dict[str, int]] = {}
    for row in tx.execute(_CLOSED[group], _between(period) | {"returns": clock.returns_s, "lately": lately}):
        found.setdefault(row.key, {}).update(row._asdict())
    for row in tx.execute(_SCORED[group], _between(period)):
        found.setdefault(row.key, {}).update(row._asdict(), score_sum=int(row.score_sum))
    return {key: Outcomes(**{name: n for name, n in one.items() if name != "key"}) for key, one in found.items()}


_TOPICS = Sql("""
WITH RECURSIVE hour (back, began) AS (
    SELECT 0, CAST(:since AS double precision)
    UNION ALL SELECT back + 1, began - 86400 FROM hour WHERE back < :days)
SELECT topic, back, count(*) AS arrived FROM hour JOIN work_item ON queued_at >= began AND queued_at < began + 3600
WHERE topic <> '' GROUP BY topic, back
""")


def topics(tx: Tx, days: int) -> tuple[dict[str, int], dict[str, int]]:
    """Work items by topic: of the last hour, and of the same hour of the days before, all together."""
    now: dict[str, int] = {}
    before: dict[str, int] = {}
    for row in tx.execute(_TOPICS, {"since": tx.now.timestamp() - HOUR_S, "days": days}):
        counted = before if row.back else now
        counted[row.topic] = counted.get(row.topic, 0) + row.arrived
    return now, before


_ARRIVALS = Sql(f"""
SELECT CAST(floor(queued_at / {HALF_HOUR_S}) AS bigint) AS slot, count(*) AS arrived,
    count(*) FILTER (WHERE state = 'done') AS done, coalesce(sum(CASE WHEN state = 'done'
    THEN (ended_at - assigned_at) * cost / {WHOLE_CAPACITY}.0 END), 0) AS handle_s
FROM work_item WHERE queued_at >= :since AND queued_at < :until AND (:medium = '' OR medium = :medium) GROUP BY 1
""")  # noqa: S608 - numbers of ours


def arrivals(tx: Tx, period: Period, medium: str) -> dict[int, Arrivals]:
    """What arrived in each half hour of a period and how long it took agents; of one medium, or of all."""
    found = tx.execute(_ARRIVALS, _between(period) | {"medium": medium})
    return {row.slot: Arrivals(row.arrived, row.done, float(row.handle_s)) for row in found}
