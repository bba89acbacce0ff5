"""Columns as every service declares them: what personal data each holds is part of the declaration.

``NONE`` holds none, ``ID`` an identifier of ours, ``HASH`` a keyed hash to look something up by, ``SEALED`` a value
that is encrypted and bound to its table, column and row. A test fails for a column that says nothing. Times are seconds
since 1970, UTC.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

NONE = {"pd": "none"}
ID = {"pd": "id"}
HASH = {"pd": "hash"}
SEALED = {"pd": "sealed", "sealed": True}
EMPTY = sa.text("''")
"""The default of a text that is added to a table with rows."""


def text(name: str, info: dict[str, Any] = NONE, *, nullable: bool = False, **options: Any) -> sa.Column[Any]:
    """A text, empty rather than null unless said otherwise."""
    return sa.Column(name, sa.Text, nullable=nullable, info=info, **options)


def time(name: str, *, nullable: bool = False, **options: Any) -> sa.Column[Any]:
    """A moment."""
    return sa.Column(name, sa.Double, nullable=nullable, info=NONE, **options)


def number(name: str, *, nullable: bool = False, **options: Any) -> sa.Column[Any]:
    """A whole number of 64 bits."""
    return sa.Column(name, wide(), nullable=nullable, info=NONE, **options)


def blob(name: str, info: dict[str, Any], *, nullable: bool = False, **options: Any) -> sa.Column[Any]:
    """Bytes: a hash or a sealed value."""
    return sa.Column(name, sa.LargeBinary, nullable=nullable, info=info, **options)


def wide() -> sa.types.TypeEngine[int]:
    """64 bits everywhere; SQLite counts rows up only in a column it calls INTEGER."""
    return sa.BigInteger().with_variant(sa.Integer, "sqlite")


def only(name: str, *columns: str, where: str, unique: bool = False) -> sa.Index:
    """An index over the rows that meet a condition."""
    condition = sa.text(where)
    return sa.Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)
