"""Keeping spans in a file: what both processes of one machine recorded, so that traces can be looked at without a
backend.

The file is SQLite, written in batches in the background and bounded: traces in which nothing happened for longest go
first. Whatever is wrong with it costs spans and nothing else. ``kept`` reads it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from opentelemetry.trace import StatusCode

from chassis import logs
from chassis.engines import take_turn
from chassis.telemetry import attributes, recording

EVERY_S: Final = 0.25
"""How long a span waits in memory: what a process loses that is killed."""
AT_ONCE: Final = 128
"""Spans of one transaction: a worker does nothing else meanwhile."""
_LOOK_EVERY: Final = 2_000
"""After so many spans a process looks whether there are too many."""
_SLACK: Final = 0.02
"""So much more than the excess goes at once."""
_CACHE_KB: Final = 256
"""The memory of a process is dear, and what is written is seldom read."""
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS span (seq INTEGER PRIMARY KEY, trace_id TEXT, span_id TEXT, parent_id TEXT, name TEXT,
    kind TEXT, service TEXT, instance_kind TEXT, instance_id TEXT, started_ns INTEGER, ended_ns INTEGER,
    failed INTEGER, attributes TEXT, links TEXT);
CREATE INDEX IF NOT EXISTS span_of_trace ON span (trace_id);
CREATE TABLE IF NOT EXISTS trace (id TEXT PRIMARY KEY, started_ns INTEGER, ended_ns INTEGER, longest_ns INTEGER,
    spans INTEGER, failed INTEGER) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS trace_by_end ON trace (ended_ns, id);
CREATE TABLE IF NOT EXISTS mention (value TEXT, name TEXT, trace_id TEXT,
    PRIMARY KEY (value, name, trace_id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS mention_of_trace ON mention (trace_id);
"""
_ADD_SPAN: Final = """
INSERT INTO span (trace_id, span_id, parent_id, name, kind, service, instance_kind, instance_id, started_ns, ended_ns,
    failed, attributes, links) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_ADD_TRACE: Final = """
INSERT INTO trace (id, started_ns, ended_ns, longest_ns, spans, failed) VALUES (?, ?, ?, ?, 1, ?)
ON CONFLICT (id) DO UPDATE SET started_ns = min(started_ns, excluded.started_ns),
    ended_ns = max(ended_ns, excluded.ended_ns), longest_ns = max(longest_ns, excluded.longest_ns), spans = spans + 1,
    failed = failed + excluded.failed"""
_ADD_MENTION: Final = "INSERT OR IGNORE INTO mention (value, name, trace_id) VALUES (?, ?, ?)"
_COUNT: Final = "SELECT count(*) FROM span"
_OLDEST: Final = "SELECT id, spans FROM trace ORDER BY ended_ns, id LIMIT ?"
_REMOVE: Final = (
    "DELETE FROM span WHERE trace_id = ?",
    "DELETE FROM mention WHERE trace_id = ?",
    "DELETE FROM trace WHERE id = ?",
)
_log = logs.get_logger("traces")


def kept_in(file: Path, most: int) -> SpanProcessor:
    """Where spans are handed over that are to be kept, about ``most`` of them."""
    return recording.batches(KeptSpans(file, most), EVERY_S, AT_ONCE)


class KeptSpans(SpanExporter):
    """Writes spans to the file. Called from one thread at a time."""

    def __init__(self, file: Path, most: int) -> None:
        self._file, self._most = file, most
        self._db: sqlite3.Connection | None = None
        self._unlooked = _LOOK_EVERY
        self._failing = False

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Write a batch; one that cannot be written is lost, which is logged once."""
        try:
            self._write(spans)
            self._failing = False
        except (sqlite3.Error, OSError) as error:
            self.shutdown()
            if not self._failing:
                _log.warning("traces_not_kept", file=str(self._file), error=type(error).__name__)
            self._failing = True
            return SpanExportResult.FAILURE
        return SpanExportResult.SUCCESS

    def _write(self, spans: Sequence[ReadableSpan]) -> None:
        db = self._db = self._db or opened(self._file)
        take_turn(lambda: db.execute("BEGIN IMMEDIATE"))
        with db:
            db.executemany(_ADD_SPAN, map(_row, spans))
            db.executemany(_ADD_TRACE, map(_trace, spans))
            db.executemany(_ADD_MENTION, _mentions(spans))
        self._unlooked += len(spans)
        if self._unlooked >= _LOOK_EVERY:
            self._unlooked = 0
            self._bound(db)

    def _bound(self, db: sqlite3.Connection) -> None:
        """Remove the traces in which nothing happened for longest, a few in each transaction."""
        excess = db.execute(_COUNT).fetchone()[0] - self._most
        excess += self._most * _SLACK if excess > 0 else 0
        while excess > 0:
            take_turn(lambda: db.execute("BEGIN IMMEDIATE"))
            with db:
                gone = _oldest(db, min(excess, AT_ONCE))
                for statement in _REMOVE:
                    db.executemany(statement, [(trace_id,) for trace_id, _ in gone])
            excess = excess - sum(spans for _, spans in gone) if gone else 0

    def shutdown(self) -> None:
        """Close the file."""
        if self._db is not None:
            self._db.close()
            self._db = None


def opened(file: Path) -> sqlite3.Connection:
    """The file to write to, with its tables."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    db = sqlite3.connect(file, timeout=1, isolation_level=None, check_same_thread=False)
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "journal_size_limit=16777216"):
        take_turn(lambda pragma=pragma: db.execute(f"PRAGMA {pragma}"))  # type: ignore[misc] # bound for the loop
    take_turn(lambda: db.executescript(_SCHEMA))
    db.execute(f"PRAGMA cache_size=-{_CACHE_KB}")
    db.execute("PRAGMA busy_timeout=0")  # from here on turns are waited for without stopping the process
    return db


def _oldest(db: sqlite3.Connection, spans: float) -> list[tuple[str, int]]:
    """Traces that hold at least so many spans together, or all there are."""
    found: list[tuple[str, int]] = []
    for row in db.execute(_OLDEST, (AT_ONCE,)).fetchall():
        if spans <= 0:
            break
        found.append(row)
        spans -= row[1]
    return found


def _row(span: ReadableSpan) -> tuple[Any, ...]:
    context, resource = span.get_span_context(), span.resource.attributes
    said, links = dict(span.attributes or {}), [_ids(link.context) for link in span.links]
    return (
        *_ids(context),
        f"{span.parent.span_id:016x}" if span.parent else "",
        span.name,
        span.kind.name,
        resource["service.name"],
        resource[attributes.INSTANCE_KIND],
        resource["service.instance.id"],
        span.start_time,
        span.end_time,
        _failed(span),
        json.dumps(said, ensure_ascii=False, separators=(",", ":")),
        json.dumps(links, separators=(",", ":")),
    )


def _ids(context: Any) -> tuple[str, str]:
    return f"{context.trace_id:032x}", f"{context.span_id:016x}"


def _trace(span: ReadableSpan) -> tuple[Any, ...]:
    """What a span adds to its trace. A call that stays open as long as its caller likes is not slow."""
    started, ended, waits = span.start_time or 0, span.end_time or 0, (span.attributes or {}).get(attributes.STREAM)
    return _ids(span.get_span_context())[0], started, ended, 0 if waits else ended - started, _failed(span)


def _failed(span: ReadableSpan) -> int:
    return int(span.status.status_code is StatusCode.ERROR)


def _mentions(spans: Iterable[ReadableSpan]) -> Iterable[tuple[str, str, str]]:
    for span in spans:
        for name, value in (span.attributes or {}).items():
            if name in attributes.THINGS:
                yield str(value), name, _ids(span.get_span_context())[0]
