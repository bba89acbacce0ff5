"""Sessions: where each stands."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa

from chassis.database import Tx
from chassis.locking import free, held
from chassis.statements import Row, Sql
from services.translation import tables
from services.translation.domain.coverage import Provider, ProviderKind

_ADD = Sql("""
INSERT INTO session (id, case_id, work_item_id, agent_id, language, medium, residence_status, state, providers,
    position, attempts, sequence, request_id, traceparent, requested_at)
VALUES (:id, :case_id, :work_item_id, :agent_id, :language, :medium, :residence_status, 'requested', :providers, 0,
    0, 0, :request_id, :traceparent, :now) RETURNING *
""")
_SESSION = held("SELECT * FROM session WHERE id = :id")
_BY_REQUEST = Sql("SELECT * FROM session WHERE case_id = :case_id AND request_id = :request_id")
_OPEN_OF_CASES = Sql("SELECT case_id FROM session WHERE case_id IN :case_ids AND ended_at IS NULL", lists=["case_ids"])
_OPEN_OF_CASE = held("SELECT * FROM session WHERE case_id = :case_id AND ended_at IS NULL")
_DUE = free("SELECT * FROM session WHERE due_at <= :now ORDER BY due_at LIMIT 1", "session")
_KEEP = Sql("""
UPDATE session SET state = :state, position = :position, attempts = :attempts, connected_at = :connected_at,
    ended_at = :ended_at, due_at = :due_at, sequence = sequence + 1 WHERE id = :id RETURNING *
""")
_GIVE_TO = Sql("UPDATE session SET agent_id = :agent_id WHERE id = :id")
_SEQUENCES = Sql("SELECT id, sequence FROM session WHERE id IN :ids", lists=["ids"])


def add(
    tx: Tx, session_id: str, providers: Sequence[Provider], *, case_id: str, work_item_id: str, agent_id: str,
    language: str, medium: str, residence_status: str, request_id: str, traceparent: str,
) -> Row:  # fmt: skip
    """A session that has just been asked for."""
    values = {
        "id": session_id,
        "case_id": case_id,
        "work_item_id": work_item_id,
        "agent_id": agent_id,
        "language": language,
        "medium": medium,
        "residence_status": residence_status,
        "providers": written(providers),
        "request_id": tx.keys.keyed_hash("request_id", request_id),
        "traceparent": traceparent,
        "now": tx.now.timestamp(),
    }
    return tx.execute(_ADD, values).one()


def session(tx: Tx, session_id: str, *, lock: bool = False) -> Row | None:
    """A session by id."""
    return tx.execute(_SESSION[tx.dialect if lock else "sqlite"], {"id": session_id}).one_or_none()


def by_request(tx: Tx, case_id: str, request_id: str) -> Row | None:
    """The session that an earlier request began."""
    values = {"case_id": case_id, "request_id": tx.keys.keyed_hash("request_id", request_id)}
    return tx.execute(_BY_REQUEST, values).one_or_none()


def open_of_cases(tx: Tx, case_ids: Collection[str]) -> set[str]:
    """The cases among these that have a session which is not over."""
    return set(tx.execute(_OPEN_OF_CASES, {"case_ids": sorted(case_ids)}).scalars()) if case_ids else set()


def open_of_case(tx: Tx, case_id: str) -> Row | None:
    """The session of a case that is not over; its row is held."""
    return tx.execute(_OPEN_OF_CASE[tx.dialect], {"case_id": case_id}).one_or_none()


def due(tx: Tx) -> Row | None:
    """A session whose attempt is to be given up now and that nobody holds; its row is held."""
    return tx.execute(_DUE[tx.dialect], {"now": tx.now.timestamp()}).one_or_none()


def keep(tx: Tx, row: Row) -> Row:
    """Write where a session stands, and count the change."""
    columns = ("id", "state", "position", "attempts", "connected_at", "ended_at", "due_at")
    return tx.execute(_KEEP, {name: getattr(row, name) for name in columns}).one()


def give_to(tx: Tx, session_id: str, agent_id: str) -> None:
    """Another agent leads it."""
    tx.execute(_GIVE_TO, {"id": session_id, "agent_id": agent_id})


def sequences(tx: Tx, ids: Sequence[str]) -> Mapping[str, int]:
    """How often each has changed."""
    return {row.id: row.sequence for row in tx.execute(_SEQUENCES, {"ids": list(ids)})}


def listed(
    tx: Tx, *, case_id: str, agent_id: str, active: bool, after: tuple[float, str] | None, limit: int
) -> Sequence[Row]:
    """Sessions of a case or of an agent or of all, newest first."""
    table = tables.sessions.session
    query = sa.select(table).order_by(table.c.requested_at.desc(), table.c.id.desc()).limit(limit)
    for column, value in (("case_id", case_id), ("agent_id", agent_id)):
        if value:
            query = query.where(table.c[column] == value)
    if active:
        query = query.where(table.c.ended_at.is_(None))
    if after:
        query = query.where(sa.tuple_(table.c.requested_at, table.c.id) < sa.tuple_(*map(sa.literal, after)))
    return tx.execute(query).all()


def written(providers: Sequence[Provider]) -> str:
    """Providers as they are kept."""
    return json.dumps([[one.kind.value, one.connector, one.answer_s] for one in providers])


def read(kept: str) -> tuple[Provider, ...]:
    """Providers as they were kept."""
    return tuple(Provider(ProviderKind(kind), connector, answer_s) for kind, connector, answer_s in json.loads(kept))
