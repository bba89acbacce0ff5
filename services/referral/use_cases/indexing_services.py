"""What of a service the index shall have."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from services.referral.domain import korean
from services.referral.domain.search import SERVICE_FIELDS, Field, Marked, impacts
from services.referral.store.search_index import Document
from services.referral.store.search_services import Source
from services.referral.use_cases.indexing import Analysed

_KEPT_TERMS = ("life_stage", "target", "need")


def analysed(source: Source) -> Analysed:
    """What the index shall have of a service."""
    row = source.row
    texts = texts_of(row.name, row.organization or "", json.loads(row.document))
    document = Document(
        item_id=row.id,
        areas=" ".join(source.areas),
        terms=" ".join(f"{taxonomy}:{term}" for taxonomy, term in source.terms if taxonomy in _KEPT_TERMS),
        initials=" ".join(korean.initials(texts[field]) for field in (Field.NAME, Field.ALTERNATE_NAME)).strip(),
        assured_at=row.assured_at or 0.0,
        modified_at=row.modified_at,
    )
    marked = Marked(source.areas, source.terms, row.kind, (row.minimum_age, row.maximum_age))
    return Analysed(document, impacts(texts, SERVICE_FIELDS, marked) if row.is_found else {}, row.changed_at)


def texts_of(name: str, organization: str, document: Mapping[str, Any]) -> dict[Field, str]:
    """What of a service is searched, by field; ``document`` is its HSDS document."""
    found = {field: str(document.get(field.value) or "") for field in SERVICE_FIELDS}
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
