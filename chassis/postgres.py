"""A transaction on PostgreSQL, spoken through libpq's pipeline: what need not wait for an answer does not.

``BEGIN`` travels with the first statement, and what nobody reads the result of travels with the next statement or with
``COMMIT``: a use case that reads once and writes five rows takes two round trips and not eight. Each exchange ends in
a Sync, so the server knows when a transaction is idle and its time limits hold. psycopg opens the connection, turns
values into what travels and back, and waits; its cursors cost several times as much (docs/adr/0009).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg import generators, pq, waiting
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result

from chassis.statements import Rows, Sql, Then, Values, composed, numbered, row_type

_BEGIN, _COMMIT, _ROLLBACK = Sql("BEGIN"), Sql("COMMIT"), Sql("ROLLBACK")
_COMPOSED = re.compile(r"%\((\w+)\)s")
_FAILED, _ROWS = pq.ExecStatus.FATAL_ERROR, pq.ExecStatus.TUPLES_OK
_INTERVAL_S = 0.1
_names = itertools.count(1)

Answers = list[list[Any]]
Put = tuple[Sql, Values, Then | None]


class Waiting:
    """How this process waits for an answer. A worker sets a way that lets its other greenlets run."""

    wait: Callable[..., Answers] = staticmethod(waiting.wait)


class Memory:
    """What is kept with a connection: its prepared statements, and how values of each type travel."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.prepared: dict[_Key, bytes] = {}
        self.transformer = Transformer(connection)
        self.columns: dict[_Key, tuple[str, ...]] = {}
        """What each prepared statement returns. One whose tables were altered cannot be run again as it is."""


_Key = tuple[Sql, tuple[int, ...]]
"""A statement and the types of its values."""


@dataclass(slots=True)
class _Step:
    """A statement on its way; without a key it is not prepared."""

    text: bytes
    values: Sequence[Any]
    types: tuple[int, ...]
    formats: Sequence[Any]
    key: _Key | None
    prepares: bool = False
    then: Then | None = None


class PostgresSession:
    """See ``chassis.statements.Session``. The transaction begins with its first statement."""

    def __init__(self, connection: psycopg.Connection, dialect: sa.Dialect, memory: Memory) -> None:
        self.in_doubt = False
        self._connection, self._dialect, self._memory = connection, dialect, memory
        self._wire = connection.pgconn
        self._put_off: list[Put] = []
        self._begun = self._talking = False
        self._wire.enter_pipeline_mode()

    def execute(self, statement: Sql | sa.Executable, values: Values) -> Rows:
        """Send it behind what was put off, and read its rows."""
        last = self._step(statement, values) if isinstance(statement, Sql) else self._composed(statement, values)
        found: list[Rows] = []
        last.then = found.append
        self._exchange([*self._before(), last])
        return found[0]

    def later(self, statement: Sql, values: Values, then: Then | None) -> None:
        """Keep it."""
        self._put_off.append((statement, values, then))

    def settle(self) -> None:
        """Send what was put off; who is told may put off more."""
        while any(then is not None for _, _, then in self._put_off):
            self._exchange([*self._before()])

    def commit(self) -> None:
        """Send what was put off, and the commit behind it."""
        if self._begun or self._put_off:
            steps = [*self._before(), self._step(_COMMIT, {})]
            self.in_doubt = True
            told = self._exchange(steps)
            self.in_doubt = False
            if told != b"COMMIT":
                raise psycopg.errors.InFailedSqlTransaction("a use case went on after a statement had failed")
        self._wire.exit_pipeline_mode()

    def undo(self) -> bool:
        """Roll back. An exchange that was interrupted leaves a connection nobody can use."""
        if self._talking:
            return False
        try:
            if self._begun:
                self._exchange([self._step(_ROLLBACK, {})])
            self._wire.exit_pipeline_mode()
        except psycopg.Error:
            return False
        return True

    def _before(self) -> Iterator[_Step]:
        """What goes before the next statement."""
        put_off, self._put_off = self._put_off, []
        if not self._begun:
            yield self._step(_BEGIN, {})
        for statement, values, then in put_off:
            step = self._step(statement, values)
            step.then = then
            yield step

    def _step(self, statement: Sql, values: Values) -> _Step:
        step = self._dumped(statement.numbered, statement.ordered(values))
        step.key = (statement, step.types)
        return step

    def _composed(self, statement: sa.Executable, values: Values) -> _Step:
        text, bound = composed(statement, self._dialect, values)
        whole, names = numbered(text, _COMPOSED)
        return self._dumped(whole.replace(b"%%", b"%"), [bound[name] for name in names])

    def _dumped(self, text: bytes, values: list[Any]) -> _Step:
        transformer = self._memory.transformer
        dumped = transformer.dump_sequence(values, [PyFormat.AUTO] * len(values))
        return _Step(text, dumped, tuple(transformer.types or ()), transformer.formats or (), None)

    def _exchange(self, steps: Sequence[_Step]) -> bytes | None:
        """Send, wait for all answers, tell who is to be told; returns what the last statement says it did."""
        answers = self._converse(steps)
        told = [(one.then, self._rows(answer, one.key)) for one, answer in zip(steps, answers, strict=True) if one.then]
        for then, rows in told:
            then(rows)
        last: bytes | None = answers[-1].command_status
        return last

    def _converse(self, steps: Sequence[_Step]) -> list[Any]:
        """The answer to each step; raises the first error among them."""
        self._talking = True
        for step in steps:
            self._send(step)
        self._wire.pipeline_sync()
        expected = len(steps) + sum(step.prepares for step in steps) + 1
        answers = Waiting.wait(_conversation(self._wire, expected), self._wire.socket, interval=_INTERVAL_S)
        self._talking, self._begun = False, True
        for answer in answers:
            if answer[0].status == _FAILED:
                self._forget(steps)
                self.in_doubt = False
                raise error_from_result(answer[0])
        arrived = iter(answers)
        return [(next(arrived) and next(arrived) if step.prepares else next(arrived))[0] for step in steps]

    def _forget(self, steps: Sequence[_Step]) -> None:
        """After an error nobody knows which of the statements were prepared, or whether they still fit their tables."""
        for step in steps:
            if step.key is not None:
                self._memory.prepared.pop(step.key, None)
                self._memory.columns.pop(step.key, None)

    def _send(self, step: _Step) -> None:
        if step.key is None:
            self._wire.send_query_params(step.text, step.values, step.types, step.formats)
            return
        name = self._memory.prepared.get(step.key)
        if name is None:
            step.prepares = True
            name = self._memory.prepared[step.key] = b"hub120_%d" % next(_names)
            self._wire.send_prepare(name, step.text, step.types)
        self._wire.send_query_prepared(name, step.values, step.formats)

    def _rows(self, result: Any, key: _Key | None) -> Rows:
        if result.status != _ROWS:
            return Rows((), result.command_tuples or 0)
        if not result.ntuples:
            return Rows([], 0)
        transformer = self._memory.transformer
        transformer.set_pgresult(result)
        columns = self._memory.columns.get(key) if key else None
        if columns is None:
            columns = tuple(result.fname(number).decode() for number in range(result.nfields))
            if key:
                self._memory.columns[key] = columns
        rows = transformer.load_rows(0, result.ntuples, row_type(columns)._make)
        return Rows(rows, len(rows))


def _conversation(wire: Any, expected: int) -> Any:
    """psycopg's way of waiting: a generator that says what it waits for."""
    yield from generators.send(wire)
    answers: Answers = []
    for _ in range(expected):
        answers.append((yield from generators.fetch_many(wire)))
    return answers
