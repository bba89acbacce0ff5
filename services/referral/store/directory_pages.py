"""Lists of the directory as its public API asks for them: filtered, and a page by its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from chassis.database import Tx
from chassis.statements import Row, Sql
from services.referral import tables

_PLACE = Sql("""
SELECT service_at_location.*, location.document AS location_document
FROM service_at_location JOIN location ON location.id = location_id WHERE service_at_location.id = :id
""")
_SERVICES_OF = Sql("""
SELECT id, name, status FROM service
WHERE organization_id = :id AND removed_at IS NULL AND behind = '' ORDER BY name, id
""")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list shall hold; everything that is given must hold at once."""

    search: str = ""
    """Part of a name or description, of an organization's name too."""
    terms: tuple[tuple[str, str], ...] | None = None
    """Taxonomy and code, any of them; a code may be empty for any."""
    organization_id: str = ""
    modified_after: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list."""

    number: int = 1
    size: int = 50


def services(tx: Tx, wanted: Wanted, page: Page) -> tuple[Sequence[Row], int]:
    """Services by id that are shown, and how many there are on all pages."""
    service = tables.directory.service
    query = sa.select(service).where(*_of_services(tx, wanted))
    return _paged(tx, query, service.c.id, page)


def organizations(tx: Tx, wanted: Wanted, page: Page) -> tuple[Sequence[Row], int]:
    """Organizations by id, and how many there are on all pages."""
    table = tables.directory.organization
    query = sa.select(table).where(table.c.removed_at.is_(None))
    if wanted.search:
        query = query.where(_holds(tx, table, wanted.search))
    if wanted.modified_after is not None:
        query = query.where(table.c.modified_at >= wanted.modified_after)
    return _paged(tx, query, table.c.id, page)


def places(tx: Tx, wanted: Wanted, page: Page) -> tuple[Sequence[Row], int]:
    """Services at locations by id, each with ``location_document``, and how many there are on all pages."""
    place, location, service = (
        tables.directory.service_at_location,
        tables.directory.location,
        tables.directory.service,
    )
    query = (
        sa.select(place, location.c.document.label("location_document"))
        .join(location, location.c.id == place.c.location_id)
        .join(service, service.c.id == place.c.service_id)
        .where(*_of_services(tx, wanted))
    )
    return _paged(tx, query, place.c.id, page)


def place(tx: Tx, place_id: str) -> Row | None:
    """A service at a location, with ``location_document``."""
    return tx.execute(_PLACE, {"id": place_id}).one_or_none()


def services_of(tx: Tx, organization_id: str) -> Sequence[Row]:
    """Id, name and status of the services of an organization."""
    return tx.execute(_SERVICES_OF, {"id": organization_id}).all()


def _of_services(tx: Tx, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    service, organization = tables.directory.service, tables.directory.organization
    conditions = [service.c.removed_at.is_(None), service.c.behind == ""]
    if wanted.organization_id:
        conditions.append(service.c.organization_id == wanted.organization_id)
    if wanted.modified_after is not None:
        conditions.append(service.c.modified_at >= wanted.modified_after)
    if wanted.terms is not None:
        conditions.append(service.c.id.in_(_with_terms(wanted.terms)))
    if wanted.search:
        named = sa.select(organization.c.id).where(organization.c.name.icontains(wanted.search, autoescape=True))
        conditions.append(sa.or_(service.c.organization_id.in_(named), _holds(tx, service, wanted.search)))
    return conditions


def _with_terms(terms: Sequence[tuple[str, str]]) -> sa.Select[Any]:
    table = tables.directory.service_term
    any_of = [
        sa.and_(table.c.taxonomy == taxonomy, table.c.term == code) if code else table.c.taxonomy == taxonomy
        for taxonomy, code in terms
    ]
    return sa.select(table.c.service_id).where(sa.or_(sa.false(), *any_of))


def _holds(tx: Tx, table: sa.Table, text: str) -> sa.ColumnElement[bool]:
    """Whether name, other name or description hold a text."""
    fields = (_said(tx, table, "description"), _said(tx, table, "alternate_name"))
    return sa.or_(*(field.icontains(text, autoescape=True) for field in (table.c.name, *fields)))


def _said(tx: Tx, table: sa.Table, field: str) -> sa.ColumnElement[str]:
    if tx.dialect == "sqlite":
        return sa.func.json_extract(table.c.document, sa.literal_column(f"'$.{field}'"), type_=sa.Text)
    return sa.cast(table.c.document, sa.JSON).op("->>", return_type=sa.Text())(sa.literal_column(f"'{field}'"))


def _paged(tx: Tx, query: sa.Select[Any], by: sa.Column[Any], page: Page) -> tuple[Sequence[Row], int]:
    total: int = tx.execute(query.with_only_columns(sa.func.count(), maintain_column_froms=True)).scalar_one()
    rows = tx.execute(query.order_by(by).offset((page.number - 1) * page.size).limit(page.size)).all()
    return rows, total
