"""A transaction on SQLite: statements run one by one where the process is, nothing is gained by putting any off."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from chassis.engines import take_turn
from chassis.statements import Row, Rows, Sql, Then, Values, composed, row_type


class SqliteSession:
    """See ``chassis.statements.Session``."""

    def __init__(self, connection: Any, dialect: sa.Dialect, begins: str) -> None:
        """Begin, as soon as it is our turn: ``BEGIN IMMEDIATE`` to write, ``BEGIN`` to read."""
        self.in_doubt = False
        self._connection, self._dialect = connection, dialect
        take_turn(lambda: connection.execute(begins))

    def execute(self, statement: Sql | sa.Executable, values: Values) -> Rows:
        """Run it."""
        if isinstance(statement, Sql):
            text, bound = statement.sqlite, statement.named(values)
        else:
            text, bound = composed(statement, self._dialect, values)
        cursor = self._connection.cursor()
        cursor.row_factory = _named
        try:
            cursor.execute(text, bound)
            return Rows(cursor.fetchall() if cursor.description else (), cursor.rowcount)
        finally:
            cursor.close()

    def later(self, statement: Sql, values: Values, then: Then | None) -> None:
        """Run it now."""
        rows = self.execute(statement, values)
        if then is not None:
            then(rows)

    def settle(self) -> None:
        """Nothing was put off."""

    def commit(self) -> None:
        """Commit."""
        self.in_doubt = True
        self._connection.commit()

    def undo(self) -> bool:
        """Nothing to do: the pool rolls back what comes to it open."""
        return True


def _named(cursor: Any, row: tuple[Any, ...]) -> Row:
    return row_type(tuple(column[0] for column in cursor.description))._make(row)
