"""The glossary: Korean terms of administration and what they are called in other languages."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from chassis.database import Tx
from chassis.locking import held
from chassis.statements import Row, Sql
from services.translation import tables

_TERM = held("SELECT * FROM term WHERE korean = :korean AND language = :language")
_PUT = Sql("""
INSERT INTO term (korean, language, translation, note, version, changed_by, changed_at)
VALUES (:korean, :language, :translation, :note, :version, :changed_by, :now)
ON CONFLICT (korean, language) DO UPDATE SET translation = excluded.translation, note = excluded.note,
    version = excluded.version, changed_by = excluded.changed_by, changed_at = excluded.changed_at
RETURNING *
""")
_REMOVE = Sql("DELETE FROM term WHERE korean = :korean AND language = :language")
_COUNT = Sql("SELECT count(*) FROM term WHERE language = :language")


def term(tx: Tx, korean: str, language: str) -> Row | None:
    """A term; its row is held."""
    return tx.execute(_TERM[tx.dialect], {"korean": korean, "language": language}).one_or_none()


def put(
    tx: Tx, *, korean: str, language: str, translation: str, note: str, version: int, changed_by: str
) -> Row:  # fmt: skip
    """Create or change a term."""
    values = {
        "korean": korean,
        "language": language,
        "translation": translation,
        "note": note,
        "version": version,
        "changed_by": changed_by,
        "now": tx.now.timestamp(),
    }
    return tx.execute(_PUT, values).one()


def count(tx: Tx, language: str) -> int:
    """How many there are in a language."""
    found: int = tx.execute(_COUNT, {"language": language}).scalar_one()
    return found


def remove(tx: Tx, korean: str, language: str) -> bool:
    """Drop a term; False if there is none."""
    return tx.execute(_REMOVE, {"korean": korean, "language": language}).rowcount > 0


def listed(tx: Tx, language: str, after: tuple[str, str] | None, limit: int) -> Sequence[Row]:
    """Terms by Korean and language; without a language all."""
    table = tables.coverage.term
    query = sa.select(table).order_by(table.c.korean, table.c.language).limit(limit)
    if language:
        query = query.where(table.c.language == language)
    if after:
        query = query.where(sa.tuple_(table.c.korean, table.c.language) > sa.tuple_(*map(sa.literal, after)))
    return tx.execute(query).all()
