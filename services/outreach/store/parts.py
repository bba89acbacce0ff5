"""Parts of mailings' lists: what one task is about, and when it is due."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.database import Tx
from chassis.ids import new_id
from chassis.locking import free, held
from chassis.statements import Row, Sql

_ADD = Sql("""
INSERT INTO mailing_part (id, mailing_id, step, channel, first, last, urgent, state, due_at, moved_at, look_at)
VALUES (:id, :mailing_id, :step, :channel, :first, :last, :urgent, 'waiting', :due_at, :now, NULL)
ON CONFLICT (mailing_id, step, first) DO UPDATE SET state = 'waiting', due_at = excluded.due_at,
    moved_at = excluded.moved_at
WHERE mailing_part.state = 'done'
""")
_PART = held("SELECT * FROM mailing_part WHERE id = :id")
_PART_OF = Sql("""
SELECT * FROM mailing_part WHERE mailing_id = :mailing_id AND step = :step AND first <= :number AND last >= :number
""")
_MOVE = Sql("""
UPDATE mailing_part SET state = :state, due_at = :due_at, look_at = coalesce(:look_at, look_at), moved_at = :now
WHERE id = :id
""")
_TOUCH = Sql("UPDATE mailing_part SET moved_at = :now WHERE id = :id")
_UNDER_WAY = Sql("""
SELECT count(*) FROM mailing_part WHERE channel = :channel AND state IN ('queued', 'sending') AND urgent >= :urgent
""")
_DUE = free(
    """
SELECT part.* FROM mailing_part AS part JOIN mailing ON mailing.id = part.mailing_id
WHERE part.state = 'waiting' AND part.due_at <= :now AND part.channel = :channel AND mailing.state = 'running'
    AND part.urgent >= :urgent
ORDER BY part.urgent DESC, part.due_at, part.first LIMIT :limit
""",
    "part",
)
_DUE_CALLS = Sql("""
SELECT part.* FROM mailing_part AS part JOIN mailing ON mailing.id = part.mailing_id
WHERE part.channel = 'voice' AND part.state = 'waiting' AND part.due_at <= :now AND mailing.state = 'running'
ORDER BY part.urgent DESC, part.due_at, part.first LIMIT 1
""")
_PUT_OFF = Sql("""
UPDATE mailing_part SET due_at = :until
WHERE mailing_id = :mailing_id AND channel = 'voice' AND state = 'waiting' AND due_at <= :until
""")
_DUE_CHANNELS = Sql("""
SELECT DISTINCT part.channel FROM mailing_part AS part JOIN mailing ON mailing.id = part.mailing_id
WHERE part.state = 'waiting' AND part.due_at <= :now AND mailing.state = 'running'
""")
_FORGOTTEN = Sql("""
UPDATE mailing_part SET moved_at = :now WHERE state IN ('queued', 'sending') AND moved_at < :before
RETURNING id, channel, mailing_id
""")
_LOOK = free(
    """
SELECT part.* FROM mailing_part AS part WHERE part.look_at <= :now AND part.state = 'done'
ORDER BY part.look_at LIMIT 20
""",
    "part",
)
_SPREAD = Sql("""
UPDATE mailing_part SET due_at = :start + (first - 1) / CAST(:pace AS double precision)
WHERE mailing_id = :mailing_id AND state = 'waiting'
""")
_REOPEN = Sql("""
UPDATE mailing_part SET state = 'waiting', due_at = :now, moved_at = :now
WHERE mailing_id = :mailing_id AND state = 'done' AND EXISTS (SELECT 1 FROM mailing_recipient AS one
    WHERE one.mailing_id = :mailing_id AND one.number BETWEEN mailing_part.first AND mailing_part.last
        AND one.step = mailing_part.step AND one.state = 'queued')
""")
_LOOKED = Sql("UPDATE mailing_part SET look_at = NULL WHERE id = :id")
_END_ALL = Sql("""
UPDATE mailing_part SET state = 'done', look_at = NULL, moved_at = :now
WHERE mailing_id = :mailing_id AND state <> 'sending'
""")
_OPEN = Sql("""
SELECT 1 FROM mailing_part WHERE mailing_id = :mailing_id AND (state <> 'done' OR look_at IS NOT NULL) LIMIT 1
""")
_FINISHED = Sql("""
SELECT id FROM mailing WHERE state = 'running' AND NOT EXISTS (SELECT 1 FROM mailing_part
    WHERE mailing_part.mailing_id = mailing.id AND (state <> 'done' OR look_at IS NOT NULL))
""")
_STOPPED = Sql("""
SELECT id FROM mailing WHERE state = 'stopped' AND EXISTS (SELECT 1 FROM mailing_part
    WHERE mailing_part.mailing_id = mailing.id AND (state <> 'done' OR look_at IS NOT NULL))
""")


def add(tx: Tx, mailing: Row, step: int, channel: str, bounds: tuple[int, int], due_at: float) -> None:
    """A part of a mailing's list that is to be sent over a channel; one that was done waits again."""
    values = {"id": new_id(tx.now), "mailing_id": mailing.id, "step": step, "channel": channel, "first": bounds[0]}
    urgent = int(mailing.urgency == "life_safety")
    tx.later(_ADD, {**values, "last": bounds[1], "urgent": urgent, "due_at": due_at, "now": tx.now.timestamp()})


def hold(tx: Tx, part_id: str) -> Row | None:
    """A part, its row held."""
    return tx.execute(_PART[tx.dialect], {"id": part_id}).one_or_none()


def part_of(tx: Tx, mailing_id: str, step: int, number: int) -> Row | None:
    """The part that a number of the list is in."""
    return tx.execute(_PART_OF, {"mailing_id": mailing_id, "step": step, "number": number}).first()


def move(tx: Tx, part_id: str, state: str, due_at: float, look_at: float | None = None) -> None:
    """Say where a part stands, and when it is to be looked at."""
    values = {"id": part_id, "state": state, "due_at": due_at, "look_at": look_at, "now": tx.now.timestamp()}
    tx.execute(_MOVE, values)


def spread(tx: Tx, mailing_id: str, start: float, pace_per_s: float) -> None:
    """Each part is due when its turn comes at this pace."""
    tx.execute(_SPREAD, {"mailing_id": mailing_id, "start": start, "pace": pace_per_s})


def reopen(tx: Tx, mailing_id: str) -> None:
    """Parts in which somebody waits again are due again."""
    tx.execute(_REOPEN, {"mailing_id": mailing_id, "now": tx.now.timestamp()})


def touch(tx: Tx, part_id: str) -> None:
    """Somebody is at it."""
    tx.later(_TOUCH, {"id": part_id, "now": tx.now.timestamp()})


def under_way(tx: Tx, channel: str, *, urgent: bool) -> int:
    """Parts that are with a channel's connector or on their way there; only urgent ones if asked so."""
    found: int = tx.execute(_UNDER_WAY, {"channel": channel, "urgent": int(urgent)}).scalar_one()
    return found


def due(tx: Tx, channel: str, limit: int, *, urgent: bool) -> Sequence[Row]:
    """Parts that may go to a connector now, life safety first."""
    values = {"channel": channel, "limit": limit, "now": tx.now.timestamp(), "urgent": int(urgent)}
    return tx.execute(_DUE[tx.dialect], values).all()


def due_for_calls(tx: Tx) -> Row | None:
    """A part of which somebody may be called now, life safety first; its row is not held."""
    return tx.execute(_DUE_CALLS, {"now": tx.now.timestamp()}).first()


def put_off_calls(tx: Tx, mailing_id: str, until: float) -> None:
    """Nobody more is called of a mailing until then."""
    tx.execute(_PUT_OFF, {"mailing_id": mailing_id, "until": until})


def due_channels(tx: Tx) -> list[str]:
    """The connectors for which something is due."""
    return tx.execute(_DUE_CHANNELS, {"now": tx.now.timestamp()}).scalars()


def forgotten(tx: Tx, before: float) -> Sequence[Row]:
    """Parts that somebody took and that have not moved since then: their task is asked for again."""
    return tx.execute(_FORGOTTEN, {"before": before, "now": tx.now.timestamp()}).all()


def to_look_at(tx: Tx) -> Sequence[Row]:
    """Parts whose deliveries were waited for long enough; once."""
    found = tx.execute(_LOOK[tx.dialect], {"now": tx.now.timestamp()}).all()
    for row in found:
        tx.later(_LOOKED, {"id": row.id})
    return found


def end_all(tx: Tx, mailing_id: str) -> None:
    """Nothing of a mailing is to be sent any more. What is with a sender ends when that has said what came of it."""
    tx.execute(_END_ALL, {"mailing_id": mailing_id, "now": tx.now.timestamp()})


def any_open(tx: Tx, mailing_id: str) -> bool:
    """Whether anything of a mailing is still to be done."""
    return tx.execute(_OPEN, {"mailing_id": mailing_id}).first() is not None


def finished(tx: Tx) -> list[str]:
    """Running mailings of which nothing is left."""
    return tx.execute(_FINISHED).scalars()


def of_stopped(tx: Tx) -> list[str]:
    """Stopped mailings whose list still has what is to be crossed out."""
    return tx.execute(_STOPPED).scalars()
