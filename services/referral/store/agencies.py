"""Agencies: by which road each is reached."""

from __future__ import annotations

import json
from collections.abc import Sequence

from chassis.database import Tx
from chassis.statements import Row, Sql
from services.referral.domain.agencies import Agency, AgencyRoad, SecondContact

_TABLE, _NONE = "agency", "none"
_AGENCY = Sql("SELECT * FROM agency WHERE id = :id")
_LISTED = Sql("""
SELECT agency.*, organization.name FROM agency JOIN organization ON organization.id = agency.id
WHERE agency.id > :after ORDER BY agency.id LIMIT :limit
""")
_NAMED = Sql("""
SELECT agency.*, organization.name FROM agency JOIN organization ON organization.id = agency.id WHERE agency.id = :id
""")
_PUT = Sql("""
INSERT INTO agency (id, road, connector, address, second_road, second_address, language, timers)
VALUES (:id, :road, :connector, :address, :second_road, :second_address, :language, :timers)
ON CONFLICT (id) DO UPDATE SET road = excluded.road, connector = excluded.connector, address = excluded.address,
    second_road = excluded.second_road, second_address = excluded.second_address, language = excluded.language,
    timers = excluded.timers
""")
_REMOVE = Sql("DELETE FROM agency WHERE id = :id RETURNING id")


def agency(tx: Tx, organization_id: str) -> Row | None:
    """An agency by the id of its organization; None if nobody has said how it is reached."""
    return tx.execute(_AGENCY, {"id": organization_id}).one_or_none()


def named(tx: Tx, organization_id: str) -> Agency | None:
    """An agency as supervisors see it."""
    row = tx.execute(_NAMED, {"id": organization_id}).one_or_none()
    return None if row is None else _opened(tx, row)


def listed(tx: Tx, after: str, limit: int) -> Sequence[Agency]:
    """Agencies by the id of their organization."""
    return [_opened(tx, row) for row in tx.execute(_LISTED, {"after": after, "limit": limit})]


def _opened(tx: Tx, row: Row) -> Agency:
    second = None
    if row.second_road != _NONE:
        second = SecondContact(AgencyRoad(row.second_road), tx.opened(_TABLE, row, "second_address"))
    return Agency(
        organization_id=row.id,
        road=AgencyRoad(row.road),
        connector=row.connector,
        address=tx.opened(_TABLE, row, "address"),
        timers=json.loads(row.timers),
        name=row.name,
        language=row.language,
        second=second,
    )


def put(tx: Tx, new: Agency) -> None:
    """Write how an agency is reached."""
    values = {
        "id": new.organization_id,
        "road": new.road.value,
        "connector": new.connector,
        "address": _sealed(tx, new, "address", new.address),
        "second_road": new.second.road.value if new.second else _NONE,
        "second_address": _sealed(tx, new, "second_address", new.second.address if new.second else ""),
        "language": new.language,
        "timers": json.dumps(dict(new.timers)),
    }
    tx.execute(_PUT, values)


def _sealed(tx: Tx, new: Agency, column: str, address: str) -> bytes | None:
    return tx.keys.seal(address, table=_TABLE, column=column, row=new.organization_id) if address else None


def remove(tx: Tx, organization_id: str) -> bool:
    """Nobody is referred to it any more; False if there is none."""
    return tx.execute(_REMOVE, {"id": organization_id}).first() is not None
