"""Notices: what each says and where it stands, its entries, approvals and releases."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from chassis import telemetry
from chassis.database import Tx
from chassis.ids import new_id
from chassis.locking import free, held
from chassis.statements import Row, Sql
from chassis.trail import Trail
from services.outreach import tables
from services.outreach.domain.areas import Area
from services.outreach.domain.notices import Counts, Entry, NoticeAct, NoticeClass, NoticeState, Standing

_TABLE = "notice"
_ADD = Sql("""
INSERT INTO notice (id, state, act, notice_class, hazard, alert_id, follows, area, channels, sign_video_url, created_by,
    author, version, texts, counted_version, counts, request_id, sequence, surge, reason, traceparent, proposed_at,
    waits_since, ends_at, due_at)
VALUES (:id, 'proposed', :act, :notice_class, :hazard, :alert_id, :follows, :area, :channels, :sign_video_url,
    :created_by, :created_by, 1, :texts, 0, '{}', :request_id, 0, 0, '', :traceparent, :now, :now, :ends_at, :due_at)
RETURNING *
""")
_NOTICE = Sql("SELECT * FROM notice WHERE id = :id")
_HOLD = held("SELECT * FROM notice WHERE id = :id")
_BY_REQUEST = Sql("SELECT * FROM notice WHERE created_by = :created_by AND request_id = :request_id")
_OF_ALERT = held("SELECT * FROM notice WHERE alert_id = :alert_id ORDER BY id")
_FOLLOWERS = held("SELECT * FROM notice WHERE follows = :follows AND state IN ('proposed', 'released') ORDER BY id")
_DUE = free("SELECT * FROM notice WHERE due_at <= :now ORDER BY due_at LIMIT 1", "notice")
_SURGING = Sql("SELECT * FROM notice WHERE surge = 1 AND id <> :id ORDER BY ends_at DESC LIMIT 1")
_NEXT_ENTRY = Sql("UPDATE notice SET sequence = sequence + 1 WHERE id = :id RETURNING sequence")
_ADD_ENTRY = Sql("""
INSERT INTO notice_entry (id, notice_id, sequence, kind, state, reason, actor, reference, version, note,
    happened_at)
VALUES (:id, :notice_id, :sequence, :kind, :state, :reason, :actor, :reference, :version, :note, :now)
""")
_ENTRIES = Sql("""
SELECT * FROM notice_entry WHERE notice_id = :notice_id AND sequence > :after ORDER BY sequence LIMIT :limit
""")
_SEQUENCES = Sql("SELECT id, sequence FROM notice WHERE id IN :ids", lists=["ids"])
_APPROVE = Sql("""
INSERT INTO notice_approval (notice_id, version, approved_by, place, approved_at)
VALUES (:notice_id, :version, :approved_by, :place, :now)
""")
_APPROVED = Sql("SELECT approved_by FROM notice_approval WHERE notice_id = :id AND version = :version ORDER BY place")
_RELEASE = Sql("""
INSERT INTO notice_release (id, notice_id, act, notice_class, version, channels, area, readers_of, texts, released_at,
    ends_at)
VALUES (:id, :notice_id, :act, :notice_class, :version, :channels, :area, :readers_of, :texts, :now, :ends_at)
RETURNING *
""")
_RELEASE_WITH = Sql("SELECT * FROM notice_release WHERE id = :id")
_TAKEN = Sql("UPDATE notice_release SET taken_at = :now WHERE id = :id")
_RELEASE_OF = Sql("SELECT * FROM notice_release WHERE notice_id = :notice_id")
_STOP = Sql("UPDATE notice_release SET stopped_at = :now WHERE notice_id = :notice_id AND stopped_at IS NULL")
_WAITING = Sql("""
SELECT * FROM notice_release WHERE taken_at IS NULL AND stopped_at IS NULL AND ends_at > :now ORDER BY id LIMIT :limit
""")
_ERASE = (
    Sql("UPDATE notice SET texts = NULL WHERE id = :id"),
    Sql("UPDATE notice_release SET texts = NULL WHERE notice_id = :id"),
    Sql("DELETE FROM mailing_text WHERE mailing_id IN (SELECT id FROM notice_release WHERE notice_id = :id)"),
    Sql("UPDATE notice_entry SET note = NULL WHERE notice_id = :id"),
)
_TRAIL = Trail("notice_audit", "notice_id")
audit, trail = _TRAIL.add, _TRAIL.of


@dataclass(frozen=True, slots=True)
class NewNotice:
    """What is proposed."""

    notice_class: NoticeClass
    hazard: str
    area: Area
    channels: tuple[str, ...]
    texts: Mapping[str, str]
    created_by: str
    ends_at: float
    act: NoticeAct = NoticeAct.FIRST
    alert_id: str = ""
    follows: str = ""
    sign_video_url: str = ""
    request_id: str = ""


def add(tx: Tx, new: NewNotice) -> Row:
    """A notice that is proposed now."""
    notice_id = new_id(tx.now)
    values = {
        "id": notice_id,
        "act": new.act.value,
        "notice_class": new.notice_class.value,
        "hazard": new.hazard,
        "alert_id": new.alert_id,
        "follows": new.follows,
        "area": new.area.written(),
        "channels": " ".join(new.channels),
        "sign_video_url": new.sign_video_url,
        "created_by": new.created_by,
        "texts": sealed_texts(tx, _TABLE, notice_id, new.texts),
        "request_id": tx.keys.keyed_hash("request_id", new.request_id) if new.request_id else None,
        "traceparent": telemetry.traceparent(),
        "now": tx.now.timestamp(),
        "ends_at": new.ends_at,
        "due_at": new.ends_at,
    }
    return tx.execute(_ADD, values).one()


def notice(tx: Tx, notice_id: str) -> Row | None:
    """A notice by id."""
    return tx.execute(_NOTICE, {"id": notice_id}).one_or_none()


def hold(tx: Tx, notice_id: str) -> Row | None:
    """A notice by id; its row is held."""
    return tx.execute(_HOLD[tx.dialect], {"id": notice_id}).one_or_none()


def by_request(tx: Tx, created_by: str, request_id: str) -> Row | None:
    """The notice that an earlier request of the same person proposed."""
    hashed = tx.keys.keyed_hash("request_id", request_id)
    return tx.execute(_BY_REQUEST, {"created_by": created_by, "request_id": hashed}).one_or_none()


def of_alert(tx: Tx, alert_id: str) -> Sequence[Row]:
    """The notices made of an alert, oldest first; their rows are held."""
    return tx.execute(_OF_ALERT[tx.dialect], {"alert_id": alert_id}).all()


def followers(tx: Tx, notice_id: str) -> Sequence[Row]:
    """What is proposed or released for the readers of a notice; the rows are held."""
    return tx.execute(_FOLLOWERS[tx.dialect], {"follows": notice_id}).all()


def due(tx: Tx) -> Row | None:
    """One that the clock is to look at; its row is held."""
    return tx.execute(_DUE[tx.dialect], {"now": tx.now.timestamp()}).one_or_none()


def surging(tx: Tx, but: str) -> Row | None:
    """Of the other notices that make routing prepare, the one that lasts longest."""
    return tx.execute(_SURGING, {"id": but}).one_or_none()


def change(tx: Tx, notice_id: str, **values: Any) -> Row:
    """Write columns anew. The caller holds the row."""
    table = tables.notices.notice
    changed = {name: value.value if hasattr(value, "value") else value for name, value in values.items()}
    return tx.execute(sa.update(table).where(table.c.id == notice_id).values(**changed).returning(table)).one()


def standing(tx: Tx, row: Row) -> Standing:
    """How far its approval is."""
    approved = tx.execute(_APPROVED, {"id": row.id, "version": row.version}).scalars()
    counted = row.counted_version == row.version
    return Standing(
        NoticeState(row.state), row.author, row.version, row.recipients if counted else None, counted, approved
    )


def approve(tx: Tx, row: Row, by: str, place: int) -> None:
    """Somebody approves the present text."""
    values = {"notice_id": row.id, "version": row.version, "approved_by": by, "place": place}
    tx.execute(_APPROVE, {**values, "now": tx.now.timestamp()})


def count(tx: Tx, row: Row, counts: Counts | None) -> Row:
    """Keep what a dry run found."""
    told = (
        {"by_channel": dict(counts.by_channel), "by_language": dict(counts.by_language), "unplaced": counts.unplaced}
        if counts
        else {}
    )
    recipients = counts.recipients if counts else None
    return change(tx, row.id, counted_version=row.version, recipients=recipients, counts=json.dumps(told))


def counted(row: Row) -> Counts | None:
    """What the last dry run of the present text found."""
    if row.recipients is None or row.counted_version != row.version:
        return None
    told = json.loads(row.counts)
    return Counts(row.recipients, told["by_channel"], told["by_language"], told["unplaced"])


def enter(tx: Tx, row: Row, kind: Entry, actor: str, *, reason: str = "", note: str = "", reference: str = "") -> int:
    """Write down what happened to a notice; returns its number. The caller holds the row."""
    entry_id = new_id(tx.now)
    sequence: int = tx.execute(_NEXT_ENTRY, {"id": row.id}).scalar_one()
    values = {
        "id": entry_id,
        "notice_id": row.id,
        "sequence": sequence,
        "kind": kind.value,
        "state": row.state,
        "reason": reason,
        "actor": actor,
        "reference": reference,
        "version": row.version,
        "note": tx.sealed("notice_entry", entry_id, "note", note),
        "now": tx.now.timestamp(),
    }
    tx.execute(_ADD_ENTRY, values)
    return sequence


def entries(tx: Tx, notice_id: str, after: int, limit: int) -> Sequence[Row]:
    """What happened to a notice after a number."""
    return tx.execute(_ENTRIES, {"notice_id": notice_id, "after": after, "limit": limit}).all()


def sequences(tx: Tx, ids: Sequence[str]) -> Mapping[str, int]:
    """The last entry of each notice, for those who watch."""
    return {row.id: row.sequence for row in tx.execute(_SEQUENCES, {"ids": list(ids)})}


def release(tx: Tx, row: Row, texts: Mapping[str, Mapping[str, str]], readers_of: str) -> Row:
    """Write down what is to be sent: texts by language, each with its form."""
    release_id = new_id(tx.now)
    values = {
        "id": release_id,
        "notice_id": row.id,
        "act": row.act,
        "notice_class": row.notice_class,
        "version": row.version,
        "channels": row.channels,
        "area": row.area,
        "readers_of": readers_of,
        "texts": sealed_texts(tx, "notice_release", release_id, texts),
        "now": tx.now.timestamp(),
        "ends_at": row.ends_at,
    }
    return tx.execute(_RELEASE, values).one()


def release_of(tx: Tx, notice_id: str) -> Row | None:
    """What is to be sent, or was, of a notice."""
    return tx.execute(_RELEASE_OF, {"notice_id": notice_id}).one_or_none()


def release_with(tx: Tx, release_id: str) -> Row | None:
    """A release by its id."""
    return tx.execute(_RELEASE_WITH, {"id": release_id}).one_or_none()


def taken(tx: Tx, release_id: str) -> None:
    """Somebody has begun to send it."""
    tx.execute(_TAKEN, {"id": release_id, "now": tx.now.timestamp()})


def stop(tx: Tx, notice_id: str) -> None:
    """What has not left of a notice does not leave."""
    tx.execute(_STOP, {"notice_id": notice_id, "now": tx.now.timestamp()})


def waiting(tx: Tx, limit: int) -> Sequence[Row]:
    """Releases that nobody has begun to send, oldest first."""
    return tx.execute(_WAITING, {"now": tx.now.timestamp(), "limit": limit}).all()


def texts(tx: Tx, row: Row, table: str = _TABLE) -> dict[str, Any]:
    """The texts of a notice or a release, by language; empty once they were erased."""
    found = tx.opened(table, row, "texts")
    return json.loads(found) if found else {}


def sealed_texts(tx: Tx, table: str, row_id: str, texts: Mapping[str, Any]) -> bytes:
    """Texts as their column keeps them."""
    return tx.keys.seal(json.dumps(dict(texts), ensure_ascii=False), table=table, column="texts", row=row_id)


def erase(tx: Tx, notice_id: str) -> None:
    """Take every word out of a notice and what was sent of it: it named somebody."""
    for statement in _ERASE:
        tx.execute(statement, {"id": notice_id})


def listed(tx: Tx, states: Sequence[str], alert_id: str, before: str, limit: int) -> Sequence[Row]:
    """Notices, newest first, of these states (none: all), older than an id."""
    table = tables.notices.notice
    query = sa.select(table).order_by(table.c.id.desc()).limit(limit)
    for condition, given in ((table.c.state.in_(states), states), (table.c.alert_id == alert_id, alert_id)):
        if given:
            query = query.where(condition)
    if before:
        query = query.where(table.c.id < before)
    return tx.execute(query).all()
