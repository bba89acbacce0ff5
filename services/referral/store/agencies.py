"""Agencies: by which road each is reached."""

from __future__ import annotations

from chassis.database import Tx
from chassis.statements import Row, Sql

_AGENCY = Sql("SELECT * FROM agency WHERE id = :id")


def agency(tx: Tx, organization_id: str) -> Row | None:
    """An agency by the id of its organization; None if nobody has said how it is reached."""
    return tx.execute(_AGENCY, {"id": organization_id}).one_or_none()
