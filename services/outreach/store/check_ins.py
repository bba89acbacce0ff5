"""Check-ins: where each stands, and what was found to be needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import sqlalchemy as sa

from chassis.database import Tx
from chassis.ids import new_id
from chassis.locking import free, held
from chassis.statements import Row, Sql
from services.outreach import tables

_ADD = Sql("""
INSERT INTO check_in (id, round_id, programme_id, person_id, state, reason, planned_at, until_at, tried, attempts,
    untaken, errand_id, case_id, agent_id, outcome, escalation, escalation_taken_by, visitor, visits, talk_s, work_s,
    due_at)
VALUES (:id, :round_id, :programme_id, :person_id, 'planned', '', :planned_at, :until_at, '', 0, 0, '', '', '', '', '',
    '', '', 0, 0, 0, :planned_at) RETURNING *
""")
_CHECK_IN = held("SELECT * FROM check_in WHERE id = :id")
_DUE = free("SELECT * FROM check_in WHERE due_at <= :now ORDER BY due_at LIMIT 1", "check_in")
_OPEN_OF = Sql("""
SELECT id FROM check_in WHERE person_id = :person_id AND (:programme_id = '' OR programme_id = :programme_id)
AND state NOT IN ('answered', 'completed', 'accounted_for', 'visited', 'cancelled') ORDER BY id
""")
_OF_CASE = Sql("""
SELECT check_in_id FROM errand WHERE case_id = :case_id AND check_in_id <> '' ORDER BY id DESC LIMIT 1
""")
_OF_PERSONS_CASE = Sql("""
SELECT check_in_id FROM errand WHERE case_id = :case_id AND about = 'check_in' ORDER BY id DESC LIMIT 1
""")
_PLANNED = Sql("SELECT planned_at FROM check_in WHERE round_id = :round_id AND state <> 'cancelled'")
_KEPT: Final = (
    *("state", "reason", "planned_at", "until_at", "tried", "attempts", "untaken", "errand_id", "case_id", "agent_id"),
    *("outcome", "outcome_note", "escalation", "escalation_taken_by", "escalated_at", "visitor", "visit_by", "visits"),
    *("talk_s", "work_s", "due_at"),
)
_KEEP = Sql(f"UPDATE check_in SET {', '.join(f'{one} = :{one}' for one in _KEPT)} WHERE id = :id")  # noqa: S608 - ours
_ADD_NEED = Sql("""
INSERT INTO need (id, check_in_id, case_id, code, referral_id, referral_state, found_at)
VALUES (:id, :check_in_id, :case_id, :code, :referral_id, :state, :now)
""")
_NEEDS = Sql("SELECT * FROM need WHERE check_in_id IN :ids ORDER BY id", lists=["ids"])
_NEED_OF = Sql("SELECT * FROM need WHERE referral_id = :referral_id")
_NEED_WITHOUT = Sql("""
SELECT * FROM need WHERE case_id = :case_id AND referral_state IN ('', 'rerouted') ORDER BY referral_state DESC, id
LIMIT 1
""")
_REFER = Sql("UPDATE need SET referral_id = :referral_id, referral_state = :state WHERE id = :id")


def add(
    tx: Tx, check_in_id: str, round_id: str, programme_id: str, person_id: str, planned_at: float, until_at: float
) -> Row:  # fmt: skip
    """A check-in that is planned now."""
    values = {
        "id": check_in_id,
        "round_id": round_id,
        "programme_id": programme_id,
        "person_id": person_id,
        "planned_at": planned_at,
        "until_at": until_at,
    }
    return tx.execute(_ADD, values).one()


def check_in(tx: Tx, check_in_id: str, *, lock: bool = False) -> Row | None:
    """A check-in by id."""
    return tx.execute(_CHECK_IN[tx.dialect if lock else "sqlite"], {"id": check_in_id}).one_or_none()


def due(tx: Tx) -> Row | None:
    """One for which something is due and that nobody holds; its row is held."""
    return tx.execute(_DUE[tx.dialect], {"now": tx.now.timestamp()}).one_or_none()


def keep(tx: Tx, row: Row) -> None:
    """Write where a check-in stands."""
    tx.execute(_KEEP, {name: getattr(row, name) for name in ("id", *_KEPT)})


def open_of(tx: Tx, person_id: str, programme_id: str = "") -> list[str]:
    """A person's check-ins of which nobody has said yet how they are."""
    return tx.execute(_OPEN_OF, {"person_id": person_id, "programme_id": programme_id}).scalars()


def of_case(tx: Tx, case_id: str) -> str | None:
    """The newest check-in for which somebody is called in a case."""
    found: str | None = tx.execute(_OF_CASE, {"case_id": case_id}).scalar_one_or_none()
    return found


def of_persons_case(tx: Tx, case_id: str) -> str | None:
    """The newest check-in of the person whose case it is."""
    found: str | None = tx.execute(_OF_PERSONS_CASE, {"case_id": case_id}).scalar_one_or_none()
    return found


def planned(tx: Tx, round_id: str) -> list[float]:
    """When calls of a round are planned."""
    return tx.execute(_PLANNED, {"round_id": round_id}).scalars()


def outcome_note(tx: Tx, row: Row) -> str:
    """What others said of how somebody is."""
    return tx.opened("check_in", row, "outcome_note")


def listed(
    tx: Tx, round_id: str, after: tuple[float, str] | None, limit: int, *, escalated: bool
) -> Sequence[Row]:  # fmt: skip
    """Check-ins of a round in the order in which they were planned; escalated ones by how long a supervisor is wanted,
    the longest first."""
    table = tables.check_ins.check_in
    order = (table.c.escalated_at if escalated else table.c.planned_at, table.c.id)
    query = sa.select(table).order_by(*order).limit(limit)
    if round_id:
        query = query.where(table.c.round_id == round_id)
    if escalated:
        query = query.where(table.c.escalation != "")
    if after is not None:
        query = query.where(sa.tuple_(*order) > sa.tuple_(*map(sa.literal, after)))
    return tx.execute(query).all()


def add_need(tx: Tx, row: Row, code: str, *, referral_id: str = "", state: str = "") -> None:
    """Something that somebody needs."""
    values = {
        "id": new_id(tx.now),
        "check_in_id": row.id,
        "case_id": row.case_id,
        "code": code,
        "referral_id": referral_id,
        "state": state,
        "now": tx.now.timestamp(),
    }
    tx.execute(_ADD_NEED, values)


def needs(tx: Tx, ids: Sequence[str]) -> Mapping[str, list[Row]]:
    """What was found to be needed, by check-in."""
    found: dict[str, list[Row]] = {one: [] for one in ids}
    for row in tx.execute(_NEEDS, {"ids": list(ids)}) if ids else []:
        found[row.check_in_id].append(row)
    return found


def need_of(tx: Tx, referral_id: str, case_id: str) -> Row | None:
    """The need that a referral is about: the one it was made of, else one of its case whose referral was led elsewhere,
    else the oldest of its case without one."""
    known = tx.execute(_NEED_OF, {"referral_id": referral_id}).first()
    return known or (tx.execute(_NEED_WITHOUT, {"case_id": case_id}).first() if case_id else None)


def refer(tx: Tx, need: Row, referral_id: str, state: str) -> None:
    """A need has a referral, which stands so."""
    tx.execute(_REFER, {"id": need.id, "referral_id": referral_id, "state": state})
