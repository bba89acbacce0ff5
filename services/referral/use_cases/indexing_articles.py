"""What of an article the index shall have."""

from __future__ import annotations

from chassis.statements import Row
from services.referral.domain import korean
from services.referral.domain.search import ARTICLE_FIELDS, Field, impacts
from services.referral.store.search_index import Document
from services.referral.use_cases.indexing import Analysed


def analysed(row: Row) -> Analysed:
    """What the index shall have of an article."""
    document = Document(
        item_id=row.id,
        areas="",
        terms="",
        initials=korean.initials(row.title),
        assured_at=row.updated_at or 0.0,
        modified_at=row.modified_at,
    )
    return Analysed(document, impacts(texts_of(row.title, row.text, row.category), ARTICLE_FIELDS), row.modified_at)


def texts_of(title: str, text: str, category: str = "") -> dict[Field, str]:
    """What of an article is searched, by field."""
    return {Field.NAME: title, Field.TAXONOMY: category, Field.DESCRIPTION: text}
