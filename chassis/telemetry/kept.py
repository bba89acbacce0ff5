"""Reading the file in which spans are kept: which traces there are, and the tree of one.

It is read while processes write it; nothing here changes it.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from chassis.telemetry import attributes

MOST_SPANS: Final = 5_000
"""Of one trace; the first of it are shown."""
_WAIT_S: Final = 2.0
_ROOT: Final = """
SELECT name, service, instance_kind FROM span WHERE trace_id = ? ORDER BY parent_id <> '', started_ns LIMIT 1"""
_CASES: Final = "SELECT value FROM mention WHERE trace_id = ? AND name = ? ORDER BY value LIMIT 20"
_SPANS: Final = """
SELECT span_id, parent_id, name, kind, service, instance_kind, instance_id, started_ns, ended_ns, failed, attributes,
    links FROM span WHERE trace_id = ? ORDER BY started_ns, seq LIMIT ?"""
_TRACE: Final = "SELECT id, started_ns, ended_ns, longest_ns, spans, failed FROM trace WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which traces to list: all, or those that name a thing, that failed, or in which something took so long."""

    thing: tuple[str, str] | None = None
    """An attribute of ``attributes.THINGS`` and the id."""
    failed: bool = False
    longest_ns: int = 0
    after: tuple[int, str] | None = None
    """Goes on behind a trace that ended then and has that id."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A trace by itself. ``longest_ns`` is how long its longest span took, ``failed`` how many of its spans failed."""

    trace_id: str
    started_ns: int
    ended_ns: int
    longest_ns: int
    spans: int
    failed: int
    name: str
    service: str
    instance_kind: str
    case_ids: Sequence[str]


@dataclass(frozen=True, slots=True)
class KeptSpan:
    """A span in the tree of its trace; ``depth`` is 0 for one whose parent is not there."""

    span_id: str
    parent_id: str
    name: str
    kind: str
    service: str
    instance_kind: str
    started_ns: int
    ended_ns: int
    failed: bool
    attributes: Mapping[str, Any]
    links: Sequence[tuple[str, str]]
    """Of each its trace and span."""
    depth: int


class KeptTraces:
    """The file, for whoever looks at traces. Before a span was kept there are none."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def find(self, wanted: Wanted, limit: int) -> list[Summary]:
        """Traces in which something happened last, first."""
        if not self._file.exists():
            return []
        with closing(self._opened()) as db:
            statement, values = _finding(wanted, limit)
            return [_summary(db, row) for row in db.execute(statement, values).fetchall()]

    def trace(self, trace_id: str) -> tuple[Summary, list[KeptSpan]] | None:
        """A trace and its spans, each behind its parent, of one parent those that began first, first."""
        if not self._file.exists():
            return None
        with closing(self._opened()) as db:
            row = db.execute(_TRACE, (trace_id,)).fetchone()
            spans = db.execute(_SPANS, (trace_id, MOST_SPANS)).fetchall()
            return None if row is None else (_summary(db, row), list(_tree(spans)))

    def _opened(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self._file.absolute().as_uri()}?mode=ro", uri=True, timeout=_WAIT_S)


def _finding(wanted: Wanted, limit: int) -> tuple[str, list[Any]]:
    """The statement that finds them, and its values."""
    where, values = ["longest_ns >= ?"], [wanted.longest_ns]
    conditions: list[tuple[bool, str, Sequence[Any]]] = [
        (wanted.failed, "failed > 0", ()),
        (
            wanted.thing is not None,
            "id IN (SELECT trace_id FROM mention WHERE name = ? AND value = ?)",
            wanted.thing or (),
        ),
        (wanted.after is not None, "(ended_ns, id) < (?, ?)", wanted.after or ()),
    ]
    for holds, condition, more in conditions:
        if holds:
            where.append(condition)
            values.extend(more)
    columns = "id, started_ns, ended_ns, longest_ns, spans, failed"
    chosen = " AND ".join(where)
    return f"SELECT {columns} FROM trace WHERE {chosen} ORDER BY ended_ns DESC, id DESC LIMIT ?", [*values, limit]  # noqa: S608 - our words


def _summary(db: sqlite3.Connection, row: tuple[Any, ...]) -> Summary:
    name, service, kind = db.execute(_ROOT, (row[0],)).fetchone() or ("", "", "")
    cases = [value for (value,) in db.execute(_CASES, (row[0], attributes.CASE_ID)).fetchall()]
    trace_id, started_ns, ended_ns, longest_ns, spans, failed = row
    return Summary(trace_id, started_ns, ended_ns, longest_ns, spans, failed, name, service, kind, cases)


def _tree(rows: Sequence[tuple[Any, ...]]) -> Iterator[KeptSpan]:
    """Depth first. What one process did for a service, whatever it began with, is that service's."""
    there, below = {row[0] for row in rows}, defaultdict(list)
    for row in rows:
        below[row[1] if row[1] in there else ""].append(row)
    ahead = [(row, 0, "", "") for row in reversed(below[""])]
    while ahead:
        row, depth, instance, inherited = ahead.pop()
        said = json.loads(row[10])
        whose = said.get(attributes.SERVICE) or (inherited if row[6] == instance else "") or row[4]
        yield _span(row, said, whose, depth)
        ahead.extend((child, depth + 1, row[6], whose) for child in reversed(below[row[0]]))


def _span(row: tuple[Any, ...], said: Mapping[str, Any], service: str, depth: int) -> KeptSpan:
    span_id, parent_id, name, kind, _, instance_kind, _, started, ended, failed, _, links = row
    found = [(trace_id, span_id) for trace_id, span_id in json.loads(links)]
    return KeptSpan(
        span_id, parent_id, name, kind, service, instance_kind, started, ended, bool(failed), said, found, depth
    )
