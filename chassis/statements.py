"""SQL as services write it, and its rows: one text for both drivers, run on the driver itself.

A service runs a handful of known statements thousands of times a minute. Run on the driver they cost half of what
they cost through SQLAlchemy's execution (docs/adr/0009), so SQLAlchemy keeps schema, pool, dialects and the statements
that are put together at run time, and what is written by hand goes straight through.
"""

from __future__ import annotations

import json
import re
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol, TypeAlias

import sqlalchemy as sa
from sqlalchemy import exc

Row: TypeAlias = Any
"""A named tuple of the columns asked for."""

Values = Mapping[str, Any]
NONE: Values = {}

_PARAMETER = re.compile(r"(?<![:\w]):(\w+)")


class Sql:
    """A statement with named parameters (``:name``).

    A parameter named in ``lists`` stands after ``IN`` and takes a sequence.
    """

    __slots__ = ("_lists", "names", "numbered", "sqlite")

    def __init__(self, text: str, *, lists: Sequence[str] = ()) -> None:
        self._lists = tuple(lists)
        self.sqlite = _sqlite(text, lists)
        self.numbered, self.names = numbered(_any_of(text, lists), _PARAMETER)
        """PostgreSQL's text with ``$1``, and the names in the order of their numbers."""

    def named(self, values: Values) -> Values:
        """The values as SQLite takes them."""
        return {**values, **{name: json.dumps(list(values[name])) for name in self._lists}} if self._lists else values

    def ordered(self, values: Values) -> list[Any]:
        """The values as PostgreSQL takes them."""
        if not self._lists:
            return [values[name] for name in self.names]
        return [list(values[name]) if name in self._lists else values[name] for name in self.names]


def numbered(text: str, parameter: re.Pattern[str]) -> tuple[bytes, tuple[str, ...]]:
    """A text with ``$1``, ``$2``… where ``parameter`` finds names, and the names in the order of their numbers."""
    names: dict[str, int] = {}
    whole = parameter.sub(lambda found: f"${names.setdefault(found[1], len(names) + 1)}", text)
    return whole.encode(), tuple(names)


def _sqlite(text: str, lists: Sequence[str]) -> str:
    for name in lists:
        text = text.replace(f"IN :{name}", f"IN (SELECT value FROM json_each(:{name}))")  # noqa: S608 - names we gave
    return text


def _any_of(text: str, lists: Sequence[str]) -> str:
    for name in lists:
        text = text.replace(f"IN :{name}", f"= ANY(:{name})")
    return text


class Rows:
    """What a statement returned."""

    __slots__ = ("_found", "rowcount")

    def __init__(self, found: Sequence[Row], rowcount: int) -> None:
        self._found = found
        self.rowcount = rowcount
        """Rows inserted, changed or deleted."""

    def __iter__(self) -> Iterator[Row]:
        return iter(self._found)

    def all(self) -> Sequence[Row]:
        """Every row."""
        return self._found

    def first(self) -> Row | None:
        """The first row, if any."""
        return self._found[0] if self._found else None

    def one(self) -> Row:
        """The only row. Raises ``NoResultFound`` or ``MultipleResultsFound``."""
        if len(self._found) != 1:
            raise (exc.MultipleResultsFound if self._found else exc.NoResultFound)(f"{len(self._found)} rows, not one")
        return self._found[0]

    def one_or_none(self) -> Row | None:
        """The only row, or None. Raises ``MultipleResultsFound``."""
        return self.one() if self._found else None

    def scalar_one(self) -> Any:
        """The first column of the only row."""
        return self.one()[0]

    def scalar_one_or_none(self) -> Any:
        """The first column of the only row, or None."""
        return self.one()[0] if self._found else None

    def scalars(self) -> list[Any]:
        """The first column of every row."""
        return [row[0] for row in self._found]


Then = Callable[[Rows], object]
"""Is told the rows of a statement that was put off."""


class Session(Protocol):
    """One transaction, as its driver runs it. What goes wrong is raised as the driver's own error."""

    in_doubt: bool
    """True after an error that leaves open whether the commit was done."""

    def execute(self, statement: Sql | sa.Executable, values: Values) -> Rows:
        """Run a statement and everything put off before it."""
        ...

    def later(self, statement: Sql, values: Values, then: Then | None) -> None:
        """Put off a statement until the next one, or the commit; ``then`` is told its rows."""
        ...

    def settle(self) -> None:
        """Run what was put off, as long as somebody is to be told of it."""
        ...

    def commit(self) -> None:
        """Run what was put off, and commit."""
        ...

    def undo(self) -> bool:
        """Take everything back; False if the connection cannot be used again."""
        ...


def composed(statement: sa.Executable, dialect: sa.Dialect, values: Values) -> tuple[str, Values]:
    """Text and values of a statement that was put together at run time, with the parameters of the dialect."""
    compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})  # type: ignore[attr-defined]
    return compiled.string, {**compiled.params, **values}


@lru_cache(maxsize=512)
def row_type(columns: tuple[str, ...]) -> Any:
    """The class of rows with these columns."""
    return namedtuple("Row", columns, rename=True)  # a column without a name of its own ("1") is read by place
