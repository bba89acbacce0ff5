"""Codes by which citizens say that they saw somebody who is looked for."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.database import Tx
from chassis.statements import Sql

_PUT = Sql("""
INSERT INTO sighting_code (notice_id, code, until) VALUES (:notice_id, :code, :until)
ON CONFLICT (notice_id) DO UPDATE SET code = excluded.code, until = excluded.until
""")
_SOUGHT = Sql(
    """
SELECT notice_id FROM sighting_code WHERE code IN :codes AND until > :now ORDER BY notice_id
""",
    lists=["codes"],
)
_REMOVE = Sql("DELETE FROM sighting_code WHERE notice_id = :notice_id OR until <= :now")


def put(tx: Tx, notice_id: str, code: str, until: float) -> None:
    """A code counts until then."""
    tx.execute(_PUT, {"notice_id": notice_id, "code": code, "until": until})


def sought(tx: Tx, codes: Sequence[str]) -> Sequence[str]:
    """The notices whose codes are among these and count now."""
    return tx.execute(_SOUGHT, {"codes": list(codes), "now": tx.now.timestamp()}).scalars()


def remove(tx: Tx, notice_id: str) -> None:
    """A notice's code counts no more; nor do those whose time has passed."""
    tx.execute(_REMOVE, {"notice_id": notice_id, "now": tx.now.timestamp()})
