"""Statements that hand values on: a use case's few hot writes as one round trip.

On PostgreSQL a chain is one statement of data-modifying expressions (WITH … RETURNING; its manual, section 7.8.4), on
SQLite its steps run one after another. Both stop having effects where a step finds nothing, because the steps behind
it refer to it. Measured gain and rules are in docs/adr/0009.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from chassis.database import Tx
from chassis.statements import Row, Sql, Values, row_type

_REFERENCE = re.compile(r":(\w+)\.(\w+)")
_LOCK = re.compile(r" FOR NO KEY UPDATE( OF \w+)?( SKIP LOCKED)?")


class Chain:
    """Named steps. ``:step.column`` in a later step is what an earlier one returned.

    The result holds the columns of all steps, so their names differ. A step whose name ends in ``?`` may return
    nothing; its columns are None then. Steps must not write the same row twice: on PostgreSQL all of them see the rows
    as they were before the statement, also after waiting for a lock.
    """

    __slots__ = ("_steps", "_whole")

    def __init__(self, *steps: tuple[str, str], lists: tuple[str, ...] = ()) -> None:
        self._steps = [_Step(name, text, lists) for name, text in steps]
        parts = ", ".join(f"{step.name} AS ({step.expression})" for step in self._steps)
        self._whole = Sql(f"WITH {parts} SELECT * FROM {_joined(self._steps)}", lists=lists)  # noqa: S608 - our names

    def run(self, tx: Tx, values: Values) -> Row | None:
        """The columns that the steps returned, in one row; None if a step that must return something did not."""
        if tx.dialect == "postgresql":
            return tx.execute(self._whole, values).one_or_none()
        return self._one_by_one(tx, values)

    def later(self, tx: Tx, values: Values, then: Callable[[Row | None], object] | None = None) -> None:
        """As ``Tx.later``; ``then`` is told what ``run`` would return."""
        if tx.dialect == "postgresql":
            tx.later(self._whole, values, then and (lambda rows: then(rows.one_or_none())))
            return
        row = self._one_by_one(tx, values)
        if then is not None:
            then(row)

    def _one_by_one(self, tx: Tx, values: Values) -> Row | None:
        known: dict[str, Any] = dict(values)
        result: dict[str, Any] = {}
        for step in self._steps:
            found = tx.execute(step.alone, known)
            if not step.columns:
                continue
            row = found.one_or_none()
            if row is None and not step.optional:
                return None
            returned = dict.fromkeys(step.columns) if row is None else row._asdict()
            result |= returned
            known |= {f"{step.name}__{column}": value for column, value in returned.items()}
        return row_type(tuple(result))._make(result.values())


class _Step:
    """One step in both forms."""

    def __init__(self, name: str, text: str, lists: tuple[str, ...]) -> None:
        self.name = name.removesuffix("?")
        self.optional = name.endswith("?")
        self.columns = _columns(text)
        self.expression = _REFERENCE.sub(r"(SELECT \2 FROM \1)", text)
        alone = _LOCK.sub("", _REFERENCE.sub(r":\1__\2", text))
        self.alone = Sql(alone, lists=[one for one in lists if f":{one}" in text])


def _columns(text: str) -> list[str]:
    """What a step returns; for ``*`` only that it returns something."""
    if "RETURNING" in text:
        returned = text.rpartition("RETURNING")[2]
        return [one.split()[-1].rpartition(".")[2] for one in returned.split(",")]
    return ["*"] if text.lstrip().startswith("SELECT") else []


def _joined(steps: list[_Step]) -> str:
    """All returning steps side by side: each has one row, or an optional one none."""
    returning = [step for step in steps if step.columns]
    first, *others = returning
    return first.name + "".join(
        f" LEFT JOIN {step.name} ON true" if step.optional else f" CROSS JOIN {step.name}" for step in others
    )
