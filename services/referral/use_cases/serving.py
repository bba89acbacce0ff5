"""The directory as everybody may read it, in HSDS 3.0."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from chassis.database import Tx
from chassis.errors import NotFound
from chassis.statements import Row
from services.referral.domain import taxonomies
from services.referral.domain.taxonomies import Taxonomy, Term
from services.referral.hsds import writing
from services.referral.hsds.writing import Document
from services.referral.store import directory as store
from services.referral.store import directory_pages as pages
from services.referral.store.directory_pages import Page, Wanted


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list."""

    contents: Sequence[Document]
    page: Page
    total: int

    def envelope(self) -> Document:
        """As HSDS wraps it."""
        last = max(1, -(-self.total // self.page.size))
        return {
            "total_items": self.total,
            "total_pages": last,
            "page_number": self.page.number,
            "size": len(self.contents),
            "first_page": self.page.number == 1,
            "last_page": self.page.number >= last,
            "empty": not self.contents,
            "contents": self.contents,
        }


def services(tx: Tx, wanted: Wanted, page: Page, *, full: bool = False, minimal: bool = False) -> Listed:
    """Services that are shown, whole, short, or as id and date alone."""
    rows, total = pages.services(tx, wanted, page)
    if minimal:
        return Listed([writing.minimal_service(row) for row in rows], page, total)
    organizations = store.organizations(tx, [row.organization_id for row in rows])
    if not full:
        listed = [writing.listed_service(row, organizations[row.organization_id]) for row in rows]
        return Listed(listed, page, total)
    places = store.places(tx, [row.id for row in rows])
    whole = [writing.service(row, organizations[row.organization_id], places.get(row.id, ())) for row in rows]
    return Listed(whole, page, total)


def service(tx: Tx, service_id: str) -> Document:
    """A whole service, also one that stands behind another. Raises ``NotFound``."""
    row = _there(store.service(tx, service_id), "service", service_id)
    organization = store.organizations(tx, [row.organization_id])[row.organization_id]
    return writing.service(row, organization, store.places(tx, [row.id]).get(row.id, ()))


def organizations(tx: Tx, wanted: Wanted, page: Page, *, full: bool = False) -> Listed:
    """Organizations, whole or short."""
    rows, total = pages.organizations(tx, wanted, page)
    if full:
        return Listed([writing.organization(row, pages.services_of(tx, row.id)) for row in rows], page, total)
    return Listed([writing.listed_organization(row) for row in rows], page, total)


def organization(tx: Tx, organization_id: str) -> Document:
    """A whole organization. Raises ``NotFound``."""
    row = _there(store.organization(tx, organization_id), "organization", organization_id)
    return writing.organization(row, pages.services_of(tx, row.id))


def places(tx: Tx, wanted: Wanted, page: Page, *, full: bool = False) -> Listed:
    """Services at locations, whole or short."""
    rows, total = pages.places(tx, wanted, page)
    return Listed(_places(tx, rows, writing.place if full else writing.listed_place), page, total)


def place(tx: Tx, place_id: str) -> Document:
    """A whole service at a location. Raises ``NotFound``."""
    row = pages.place(tx, place_id)
    if row is None:
        raise NotFound("service at location", place_id)
    _there(store.service(tx, row.service_id), "service at location", place_id)
    return _places(tx, [row], writing.place)[0]


def all_taxonomies(search: str, page: Page) -> Listed:
    """The taxonomies of the profile."""
    found = [writing.taxonomy(one) for one in taxonomies.TAXONOMIES.values()]
    return _page(found, search, page)


def taxonomy(taxonomy_id: str) -> Document:
    """A taxonomy. Raises ``NotFound``."""
    return writing.taxonomy(_by_id(taxonomies.TAXONOMIES.values(), "taxonomy", taxonomy_id))


def all_terms(search: str, taxonomy_id: str, page: Page) -> Listed:
    """The terms of the profile's taxonomies."""
    found = [writing.term(one) for one in taxonomies.TERMS.values()]
    return _page([one for one in found if taxonomy_id in {"", one["taxonomy_id"]}], search, page)


def term(term_id: str) -> Document:
    """A term. Raises ``NotFound``."""
    return writing.term(_by_id(taxonomies.TERMS.values(), "taxonomy term", term_id))


def meant(taxonomy_id: str, term_id: str) -> tuple[tuple[str, str], ...] | None:
    """What ids of taxonomy and term ask for: nothing where neither is given, and no term at all for unknown ones."""
    if not taxonomy_id and not term_id:
        return None
    names = {one.id: one.name for one in taxonomies.TAXONOMIES.values()}
    if not term_id:
        return ((names[taxonomy_id], ""),) if taxonomy_id in names else ()
    found = taxonomies.TERMS.get(term_id)
    if found is None or (taxonomy_id and names.get(taxonomy_id) != found.taxonomy):
        return ()
    return ((found.taxonomy, found.code),)


def _there(row: Row | None, kind: str, id: str) -> Row:
    if row is None or row.removed_at is not None:
        raise NotFound(kind, id)
    return row


def _places(tx: Tx, rows: Sequence[Row], write: Callable[[Row, Row, Row], Document]) -> list[Document]:
    found = store.services(tx, [row.service_id for row in rows])
    organizations = store.organizations(tx, [row.organization_id for row in found.values()])
    return [write(row, found[row.service_id], organizations[found[row.service_id].organization_id]) for row in rows]


def _by_id(all_of_them: Iterable[Taxonomy] | Iterable[Term], kind: str, id: str) -> Any:
    for one in all_of_them:
        if one.id == id:
            return one
    raise NotFound(kind, id)


def _page(found: Sequence[Document], search: str, page: Page) -> Listed:
    text = search.casefold()
    held = [one for one in found if text in one["name"].casefold() or text in one["description"].casefold()]
    return Listed(held[(page.number - 1) * page.size :][: page.size], page, len(held))
