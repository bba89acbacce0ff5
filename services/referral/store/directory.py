"""The directory as it is read: services, organizations, places, sources."""

from __future__ import annotations

from chassis.database import Tx
from chassis.statements import Row, Sql

_SERVICE = Sql("SELECT * FROM service WHERE id = :id")
_ORGANIZATION = Sql("SELECT * FROM organization WHERE id = :id")


def service(tx: Tx, service_id: str) -> Row | None:
    """A service by id, also one that was removed (``removed_at``) or stands behind another (``behind``)."""
    return tx.execute(_SERVICE, {"id": service_id}).one_or_none()


def organization(tx: Tx, organization_id: str) -> Row | None:
    """An organization by id, also one that was removed (``removed_at``)."""
    return tx.execute(_ORGANIZATION, {"id": organization_id}).one_or_none()
