"""People who are looked for: sealed as long as they are, and gone afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from chassis.database import Tx
from chassis.locking import free, held
from chassis.statements import Row, Sql
from services.outreach.domain.missing import Found, MissingKind

_TABLE = "missing_person"
_ADD = Sql("""
INSERT INTO missing_person (id, kind, code, outcome, name, description, police_reference, photo, photo_type,
    reported_by, seen_at, ends_at)
VALUES (:id, :kind, :code, '', :name, :description, :police_reference, :photo, :photo_type, :reported_by, :seen_at,
    :ends_at)
RETURNING *
""")
_PERSON = Sql("SELECT * FROM missing_person WHERE id = :id")
_HOLD = held("SELECT * FROM missing_person WHERE id = :id")
_BY_CODE = Sql("SELECT * FROM missing_person WHERE code = :code AND closed_at IS NULL")
_CODES = Sql("SELECT code FROM missing_person WHERE closed_at IS NULL")
_CLOSE = Sql("UPDATE missing_person SET outcome = :outcome, closed_at = :now WHERE id = :id RETURNING *")
_CLOSED = free(
    "SELECT * FROM missing_person WHERE closed_at <= :now AND erased_at IS NULL ORDER BY closed_at LIMIT 1", _TABLE
)
_OVER = free(
    "SELECT missing_person.* FROM missing_person JOIN notice ON notice.id = missing_person.id"
    " WHERE missing_person.closed_at IS NULL AND notice.state NOT IN ('proposed', 'released') LIMIT 1",
    _TABLE,
)
_ERASE = Sql("""
UPDATE missing_person SET name = NULL, description = NULL, police_reference = NULL, photo = '', photo_type = '',
    erased_at = :now
WHERE id = :id
""")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody who is looked for."""

    kind: MissingKind
    name: str = field(repr=False)
    description: str = field(repr=False)
    police_reference: str = field(repr=False)
    seen_at: float | None
    reported_by: str
    photo: str = ""
    photo_type: str = ""


def add(tx: Tx, notice_id: str, wanted: Wanted, code: str, ends_at: float) -> Row:
    """Keep whom a notice is about."""
    values = {
        "id": notice_id,
        "kind": wanted.kind.value,
        "code": code,
        "name": tx.sealed(_TABLE, notice_id, "name", wanted.name),
        "description": tx.sealed(_TABLE, notice_id, "description", wanted.description),
        "police_reference": tx.sealed(_TABLE, notice_id, "police_reference", wanted.police_reference),
        "photo": wanted.photo,
        "photo_type": wanted.photo_type,
        "reported_by": wanted.reported_by,
        "seen_at": wanted.seen_at,
        "ends_at": ends_at,
    }
    return tx.execute(_ADD, values).one()


def person(tx: Tx, notice_id: str) -> Row | None:
    """Whom a notice is about; None if it is about nobody."""
    return tx.execute(_PERSON, {"id": notice_id}).one_or_none()


def hold(tx: Tx, notice_id: str) -> Row | None:
    """Whom a notice is about; the row is held."""
    return tx.execute(_HOLD[tx.dialect], {"id": notice_id}).one_or_none()


def by_code(tx: Tx, code: str) -> Row | None:
    """Whoever is looked for by a code now."""
    return tx.execute(_BY_CODE, {"code": code}).one_or_none()


def codes(tx: Tx) -> Sequence[str]:
    """The codes that are in use."""
    return tx.execute(_CODES).scalars()


def close(tx: Tx, notice_id: str, outcome: Found) -> Row:
    """The search is over. The caller holds the row."""
    values = {"id": notice_id, "outcome": outcome.value, "now": tx.now.timestamp()}
    return tx.execute(_CLOSE, values).one()


def over(tx: Tx) -> Row | None:
    """One who is looked for by no notice any more; the row is held."""
    return tx.execute(_OVER[tx.dialect]).one_or_none()


def to_erase(tx: Tx) -> Row | None:
    """One whose search is over and whose name is still there; the row is held."""
    return tx.execute(_CLOSED[tx.dialect], {"now": tx.now.timestamp()}).one_or_none()


def erase(tx: Tx, notice_id: str) -> None:
    """Take out what names them."""
    tx.execute(_ERASE, {"id": notice_id, "now": tx.now.timestamp()})
