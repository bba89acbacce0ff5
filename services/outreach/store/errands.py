"""Errands: who is asked for a check-in, by a call or through a department's system, and which recipients of
mailings are called."""

from __future__ import annotations

from collections.abc import Sequence

from chassis import telemetry
from chassis.database import Tx
from chassis.locking import held
from chassis.statements import Row, Sql

LEASE_S = 30.0
_ADD = Sql("""
INSERT INTO errand (id, check_in_id, recipient_id, about, department, state, result, case_id, tries, created_at, due_at,
    traceparent)
VALUES (:id, :check_in_id, :recipient_id, :about, :department, 'waiting', '', '', 0, :now, :due_at, :traceparent)
""")
_ERRAND = held("SELECT * FROM errand WHERE id = :id")
_FIND_DUE = Sql("""
SELECT id FROM errand WHERE due_at <= :now AND (state = 'waiting' OR recipient_id = '') ORDER BY due_at LIMIT :limit
""")
_TAKE = Sql("UPDATE errand SET due_at = :until WHERE id = :id AND due_at <= :now")
_KEEP = Sql("""
UPDATE errand SET state = :state, result = :result, case_id = :case_id, tries = :tries, due_at = :due_at WHERE id = :id
""")
_OF = Sql("SELECT * FROM errand WHERE check_in_id = :id ORDER BY id")
_OF_RECIPIENT = Sql("SELECT * FROM errand WHERE recipient_id = :id AND recipient_id <> '' ORDER BY id")
_OF_CASE = Sql("""
SELECT * FROM errand WHERE case_id = :case_id AND recipient_id <> '' ORDER BY id DESC LIMIT 1
""")
_CALLS = """
FROM errand JOIN mailing_recipient AS one ON one.id = errand.recipient_id JOIN mailing ON mailing.id = one.mailing_id
WHERE errand.recipient_id <> '' AND errand.state <> 'ended'"""
_OPEN_CALLS = Sql(f"SELECT errand.id {_CALLS} AND mailing.id = :mailing_id ORDER BY errand.id")
_UNFIT_CALLS = Sql(
    f"""
SELECT errand.id {_CALLS} AND (
    (errand.state IN ('given', 'unwanted') AND errand.due_at <= :now)
    OR (errand.state = 'given' AND (mailing.state <> 'running' OR one.state <> 'sending'))
    OR (errand.state = 'given' AND mailing.urgency = 'bulk' AND (one.place IN :quiet OR EXISTS (
        SELECT 1 FROM contact_rule AS rule
        WHERE rule.person_hash = one.person_hash AND rule.channel IN ('', 'voice')))))
ORDER BY errand.id LIMIT :limit
""",  # noqa: S608 - our names
    lists=["quiet"],
)


def add(tx: Tx, errand_id: str, check_in_id: str, about: str, department: str, due_at: float) -> None:
    """Somebody is to be asked for a check-in."""
    _add(tx, errand_id, about, due_at, check_in_id=check_in_id, department=department)


def add_call(tx: Tx, errand_id: str, recipient_id: str, about: str) -> None:
    """A recipient of a mailing is to be called."""
    _add(tx, errand_id, about, tx.now.timestamp(), recipient_id=recipient_id)


def _add(
    tx: Tx, errand_id: str, about: str, due_at: float, *, check_in_id: str = "", recipient_id: str = "",
    department: str = "",
) -> None:  # fmt: skip
    values = {
        "id": errand_id,
        "check_in_id": check_in_id,
        "recipient_id": recipient_id,
        "about": about,
        "department": department,
        "now": tx.now.timestamp(),
        "due_at": due_at,
        "traceparent": telemetry.traceparent(),
    }
    tx.execute(_ADD, values)


def errand(tx: Tx, errand_id: str, *, lock: bool = False) -> Row | None:
    """An errand by id."""
    return tx.execute(_ERRAND[tx.dialect if lock else "sqlite"], {"id": errand_id}).one_or_none()


def take_due(tx: Tx, limit: int, busy: Sequence[str]) -> list[str]:
    """Errands that are to be brought to intake, each taken by one api for a while."""
    now = tx.now.timestamp()
    found = tx.execute(_FIND_DUE, {"now": now, "limit": limit + len(busy)}).scalars()
    values = {"now": now, "until": now + LEASE_S}
    return [
        one for one in found if one not in busy and tx.execute(_TAKE, {**values, "id": one}).rowcount == 1
    ][:limit]  # fmt: skip


def keep(tx: Tx, row: Row) -> None:
    """Write where an errand stands."""
    tx.execute(_KEEP, {name: getattr(row, name) for name in ("id", "state", "result", "case_id", "tries", "due_at")})


def of_check_in(tx: Tx, check_in_id: str) -> Sequence[Row]:
    """Who was asked for a check-in, in order."""
    return tx.execute(_OF, {"id": check_in_id}).all()


def of_recipient(tx: Tx, recipient_id: str) -> Sequence[Row]:
    """The calls to a recipient of a mailing, in order."""
    return tx.execute(_OF_RECIPIENT, {"id": recipient_id}).all()


def call_of_case(tx: Tx, case_id: str) -> Row | None:
    """The newest call to a recipient of a mailing in a case."""
    return tx.execute(_OF_CASE, {"case_id": case_id}).one_or_none()


def open_calls(tx: Tx, mailing_id: str) -> list[str]:
    """The calls of a mailing that are on their way, wanted, or not yet known to have ended."""
    return tx.execute(_OPEN_CALLS, {"mailing_id": mailing_id}).scalars()


def unfit_calls(tx: Tx, quiet: Sequence[str], limit: int) -> list[str]:
    """Calls that are not to be made now, or of which nobody has told for too long: their mailing is held, somebody
    reached the recipient otherwise, it is quiet where they are, or they want no calls."""
    return tx.execute(_UNFIT_CALLS, {"now": tx.now.timestamp(), "quiet": list(quiet), "limit": limit}).scalars()
