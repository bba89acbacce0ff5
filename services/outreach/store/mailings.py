"""Mailings and their texts, who did what with them, and when it is quiet where."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import time

from chassis.database import Tx
from chassis.locking import free, held
from chassis.statements import Row, Sql
from chassis.trail import Trail
from services.outreach.domain.mailings import MailingState, NewMailing, Step, Text, Texts
from services.outreach.domain.quiet_hours import Place

_ADD = Sql("""
INSERT INTO mailing (id, kind, urgency, title, state, steps, starts, pace_per_s, wait_s, needs_approval_above,
    parallel_calls, call_attempts, total,
    last_number, duplicates, created_by, created_at, approved_by, approved_at, started_at, ended_at, ends_at)
VALUES (:id, :kind, :urgency, :title, 'draft', :steps, :starts, :pace_per_s, :wait_s, :needs_approval_above,
    :parallel_calls, :call_attempts, 0,
    0, 0, :created_by, :now, '', NULL, NULL, NULL, :ends_at)
ON CONFLICT (id) DO NOTHING RETURNING *
""")
_ADD_TEXT = Sql("""
INSERT INTO mailing_text (mailing_id, channel, language, text, template, subject)
VALUES (:mailing_id, :channel, :language, :text, :template, :subject)
""")
_TEXTS = Sql("SELECT * FROM mailing_text WHERE mailing_id = :mailing_id")
_MAILING = Sql("SELECT * FROM mailing WHERE id = :id")
_HELD = held("SELECT * FROM mailing WHERE id = :id")
_STATE = Sql("""
SELECT CASE WHEN ends_at <= :now AND state = 'running' THEN 'stopped' ELSE state END FROM mailing WHERE id = :id
""")
_END_AT = Sql("UPDATE mailing SET ends_at = :now WHERE id = :id AND (ends_at IS NULL OR ends_at > :now)")
_PAST_END = free(
    """
SELECT * FROM mailing WHERE ends_at <= :now AND ends_at IS NOT NULL AND state NOT IN ('done', 'stopped')
ORDER BY ends_at LIMIT 1
""",
    "mailing",
)
_MOVE = Sql("""
UPDATE mailing SET state = :state, started_at = coalesce(started_at, :started_at), ended_at = :ended_at
WHERE id = :id RETURNING *
""")
_CALL = Sql("""
UPDATE mailing SET steps = :steps, parallel_calls = :parallel_calls, call_attempts = :call_attempts WHERE id = :id
RETURNING *
""")
_GROWN = Sql("""
UPDATE mailing SET state = 'expanding', total = total + :added, last_number = last_number + :numbered,
    duplicates = duplicates + :duplicates
WHERE id = :id
""")
_APPROVE = Sql("""
UPDATE mailing SET approved_by = :who, approved_at = :now WHERE id = :id AND approved_by = '' RETURNING *
""")
_NEWEST = Sql("""
SELECT * FROM mailing WHERE created_at < :created_at OR (created_at = :created_at AND id < :id)
ORDER BY created_at DESC, id DESC LIMIT :limit
""")
_TRAIL = Trail("mailing_audit", "mailing_id")
audit, trail = _TRAIL.add, _TRAIL.of
_PLACES = Sql("SELECT * FROM quiet_place ORDER BY district")
_PUT_PLACE = Sql("""
INSERT INTO quiet_place (district, zone, begins, ends) VALUES (:district, :zone, :begins, :ends)
ON CONFLICT (district) DO UPDATE SET zone = excluded.zone, begins = excluded.begins, ends = excluded.ends
""")


def add(tx: Tx, new: NewMailing) -> Row | None:
    """Write a mailing with its texts; None if its id is taken."""
    values = {
        "id": new.id,
        "kind": new.kind.value,
        "urgency": new.urgency.value,
        "title": new.title,
        "steps": json.dumps([[step.channel, step.kind] for step in new.steps]),
        "starts": json.dumps(list(new.starts)),
        "pace_per_s": new.pace_per_s,
        "wait_s": new.wait_s,
        "needs_approval_above": new.needs_approval_above,
        "ends_at": new.ends_at,
        "parallel_calls": new.parallel_calls,
        "call_attempts": new.call_attempts,
        "created_by": new.created_by,
        "now": tx.now.timestamp(),
    }
    row = tx.execute(_ADD, values).one_or_none()
    for text in new.texts if row is not None else ():
        _add_text(tx, new.id, text)
    return row


def _add_text(tx: Tx, mailing_id: str, text: Text) -> None:
    place = f"{mailing_id}:{text.channel}:{text.language}"
    values = {
        "mailing_id": mailing_id,
        "channel": text.channel,
        "language": text.language,
        "text": tx.keys.seal(text.text, table="mailing_text", column="text", row=place),
        "template": text.template,
        "subject": text.subject,
    }
    tx.later(_ADD_TEXT, values)


def texts(tx: Tx, mailing_id: str) -> Texts:
    """The texts of a mailing, opened."""
    return Texts(tuple(_text(tx, row) for row in tx.execute(_TEXTS, {"mailing_id": mailing_id})))


def _text(tx: Tx, row: Row) -> Text:
    place = f"{row.mailing_id}:{row.channel}:{row.language}"
    words = tx.keys.open_text(bytes(row.text), table="mailing_text", column="text", row=place)
    return Text(row.channel, row.language, words, row.template, row.subject)


def steps(row: Row) -> tuple[Step, ...]:
    """The channels of a mailing, in order."""
    return tuple(Step(channel, kind) for channel, kind in json.loads(row.steps))


def starts(row: Row) -> tuple[float, ...]:
    """The starting times that recipients draw from."""
    return tuple(json.loads(row.starts))


def mailing(tx: Tx, mailing_id: str) -> Row | None:
    """A mailing."""
    return tx.execute(_MAILING, {"id": mailing_id}).one_or_none()


def hold(tx: Tx, mailing_id: str) -> Row | None:
    """A mailing, its row held: what changes its state or its list goes through it."""
    return tx.execute(_HELD[tx.dialect], {"id": mailing_id}).one_or_none()


def state(tx: Tx, mailing_id: str) -> str | None:
    """How far a mailing is; one that runs past its end is stopped, whether somebody has written that down or not."""
    found: str | None = tx.execute(_STATE, {"id": mailing_id, "now": tx.now.timestamp()}).scalar_one_or_none()
    return found


def end_now(tx: Tx, mailing_id: str) -> None:
    """Nothing of a mailing leaves any more, whatever state it comes to."""
    tx.execute(_END_AT, {"id": mailing_id, "now": tx.now.timestamp()})


def past_end(tx: Tx) -> Row | None:
    """A mailing whose time has passed and that is not over; its row is held."""
    return tx.execute(_PAST_END[tx.dialect], {"now": tx.now.timestamp()}).one_or_none()


def move(tx: Tx, mailing_id: str, becomes: MailingState) -> Row:
    """Move a mailing whose row is held."""
    now = tx.now.timestamp()
    over = becomes in {MailingState.DONE, MailingState.STOPPED}
    started = now if becomes is MailingState.RUNNING else None
    values = {"id": mailing_id, "state": becomes.value, "started_at": started, "ended_at": now if over else None}
    return tx.execute(_MOVE, values).one()


def call(tx: Tx, mailing_id: str, steps: Sequence[Step], parallel_calls: int, call_attempts: int) -> Row:
    """These are the channels of a mailing from now on, and so it calls."""
    told = json.dumps([[step.channel, step.kind] for step in steps])
    values = {"id": mailing_id, "steps": told, "parallel_calls": parallel_calls, "call_attempts": call_attempts}
    return tx.execute(_CALL, values).one()


def grown(tx: Tx, mailing_id: str, *, added: int, numbered: int, duplicates: int) -> None:
    """The list has become longer."""
    tx.execute(_GROWN, {"id": mailing_id, "added": added, "numbered": numbered, "duplicates": duplicates})


def approve(tx: Tx, mailing_id: str, who: str) -> Row | None:
    """Note who approved; None if somebody did before."""
    return tx.execute(_APPROVE, {"id": mailing_id, "who": who, "now": tx.now.timestamp()}).one_or_none()


def newest(tx: Tx, after: tuple[float, str], limit: int) -> Sequence[Row]:
    """Mailings before one of that time and id."""
    return tx.execute(_NEWEST, {"created_at": after[0], "id": after[1], "limit": limit}).all()


def places(tx: Tx) -> tuple[Place, ...]:
    """Where quiet hours differ."""
    rows = tx.execute(_PLACES)
    return tuple(
        Place(row.district, row.zone, time.fromisoformat(row.begins), time.fromisoformat(row.ends)) for row in rows
    )


def put_place(tx: Tx, place: Place) -> None:
    """Say when it is quiet in a district."""
    values = {"district": place.district, "zone": place.zone}
    tx.execute(_PUT_PLACE, {**values, "begins": place.begins.isoformat(), "ends": place.ends.isoformat()})
