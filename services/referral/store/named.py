"""The few things of the directory that a referral names: the service, and the organization behind it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from chassis.database import Tx
from chassis.statements import Row, Sql

_SERVICE = Sql("SELECT id, organization_id, name, kind FROM service WHERE id = :id AND removed_at IS NULL")
_ORGANIZATION = Sql("SELECT id, name FROM organization WHERE id = :id AND removed_at IS NULL")
_DOCUMENT = {
    "service": Sql("SELECT document FROM service WHERE id = :id"),
    "organization": Sql("SELECT document FROM organization WHERE id = :id"),
}
_NAME = {
    "service": Sql("SELECT name FROM service WHERE id = :id"),
    "organization": Sql("SELECT name FROM organization WHERE id = :id"),
}


def service(tx: Tx, service_id: str) -> Row | None:
    """A service that the directory still has: ``id``, ``organization_id``, ``name`` and ``kind``."""
    return tx.execute(_SERVICE, {"id": service_id}).one_or_none()


def organization(tx: Tx, organization_id: str) -> Row | None:
    """An organization that the directory still has: ``id`` and ``name``."""
    return tx.execute(_ORGANIZATION, {"id": organization_id}).one_or_none()


def name(tx: Tx, kind: str, row_id: str) -> str:
    """What a ``service`` or an ``organization`` is called, or was; empty if nobody knows it."""
    return tx.execute(_NAME[kind], {"id": row_id}).scalar_one_or_none() or ""


def phones(tx: Tx, kind: str, row_id: str) -> Sequence[Mapping[str, Any]]:
    """The telephones of a ``service`` or an ``organization``, as its HSDS document lists them."""
    document = tx.execute(_DOCUMENT[kind], {"id": row_id}).scalar_one_or_none()
    found: Sequence[Mapping[str, Any]] = json.loads(document).get("phones") or () if document else ()
    return found
