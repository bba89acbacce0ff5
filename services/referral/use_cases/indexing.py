"""The index follows the directory: services that were changed are analysed, and written with their place in the index.

A round reads, analyses outside any transaction, and writes in one; what was changed meanwhile comes again. Where it
stands is a row, so whoever dies in between is followed by any other worker, and two that do the same disturb nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chassis.database import Tx
from services.referral.domain import korean
from services.referral.domain.search import FIELDS, Field, Marked, impacts
from services.referral.domain.search_postings import BLOCK
from services.referral.store import search_index as store
from services.referral.store.search_index import Document, Source

MOST = 1_024
"""Services in one round."""
_KEPT_TERMS = ("life_stage", "target", "need")


@dataclass(frozen=True, slots=True)
class Analysed:
    """A service ready to be written; one without terms is not to be found."""

    document: Document
    terms: Mapping[str, int]
    changed_at: float
    """When the service itself was changed last, whatever its organization was."""


def analysed(source: Source) -> Analysed:
    """What the index shall have of a service."""
    row = source.row
    texts = texts_of(row.name, row.organization or "", json.loads(row.document))
    document = Document(
        service_id=row.id,
        areas=" ".join(source.areas),
        terms=" ".join(f"{taxonomy}:{term}" for taxonomy, term in source.terms if taxonomy in _KEPT_TERMS),
        initials=" ".join(korean.initials(texts[field]) for field in (Field.NAME, Field.ALTERNATE_NAME)).strip(),
        assured_at=row.assured_at or 0.0,
        modified_at=row.modified_at,
    )
    marked = Marked(source.areas, source.terms, row.kind, (row.minimum_age, row.maximum_age))
    return Analysed(document, impacts(texts, marked) if row.is_found else {}, row.changed_at)


def texts_of(name: str, organization: str, document: Mapping[str, Any]) -> dict[Field, str]:
    """What of a service is searched, by field; ``document`` is its HSDS document."""
    found = {field: str(document.get(field.value) or "") for field in FIELDS}
    found[Field.NAME], found[Field.ORGANIZATION] = name, organization
    found[Field.DESCRIPTION] = f"{found[Field.DESCRIPTION]} {document.get('application_process') or ''}".strip()
    found[Field.ELIGIBILITY] = str(document.get("eligibility_description") or "")
    found[Field.TAXONOMY] = ", ".join(_taxonomy_names(document))
    return found


def _taxonomy_names(document: Mapping[str, Any]) -> Iterable[str]:
    for attribute in document.get("attributes") or ():
        term = attribute.get("taxonomy_term") or {}
        if name := term.get("name") or attribute.get("label"):
            yield str(name)


def keep(tx: Tx, found: Sequence[Analysed], *, follow: bool = True) -> int:
    """Write services into the index; returns how many were not as they should be. ``follow``: they came in the order of
    their changes, and the next round goes on behind them. Written twice, they are as they should be."""
    store.hold(tx)
    there = store.known(tx, [one.document.service_id for one in found])
    late = [one for one in found if _differs(one, there)]
    store.drop(tx, [there[one.document.service_id].number for one in late if one.document.service_id in there])
    _write(tx, [one for one in late if one.terms])
    if follow and found:
        store.move(tx, found[-1].changed_at, found[-1].document.service_id)
    return len(late)


def _differs(one: Analysed, there: Mapping[str, Any]) -> bool:
    known = there.get(one.document.service_id)
    if known is None:
        return bool(one.terms)
    return not one.terms or bool(known.modified_at != one.document.modified_at)


def _write(tx: Tx, found: Sequence[Analysed]) -> None:
    if not found:
        return
    by_block: dict[int, dict[str, dict[int, int]]] = {}
    fresh = set()
    for number, one in zip(store.numbers(tx, len(found)), found, strict=True):
        block, place = divmod(number, BLOCK)
        if place == 0:
            fresh.add(block)
        added = by_block.setdefault(block, {})
        for term, impact in one.terms.items():
            added.setdefault(term, {})[place] = impact
        store.add(tx, number, one.document)
    for block, terms in by_block.items():
        store.post(tx, block, terms, fresh=block in fresh)


def forget_gone(tx: Tx) -> int:
    """Services that are no longer in the directory at all leave the index; returns how many."""
    ids = store.gone(tx, MOST)
    if ids:
        store.hold(tx)
        store.drop(tx, [row.number for row in store.known(tx, ids).values()])
    return len(ids)


def tidy(tx: Tx) -> bool:
    """Room of services that were changed or removed is given back; True if there may be more."""
    store.hold(tx)
    store.mark_wasted(tx)
    return store.clear_empty(tx)
