"""How rows are held: the same query for both databases, with PostgreSQL's row locks where there are any.

SQLite lets one transaction write at a time, so nothing need be held there.
"""

from __future__ import annotations

from collections.abc import Sequence

from chassis.statements import Sql


def held(query: str) -> dict[str, Sql]:
    """A query that waits for its rows and holds them until the end of the transaction."""
    return {"sqlite": Sql(query), "postgresql": Sql(f"{query} FOR NO KEY UPDATE")}


def free(query: str, table: str, *, lists: Sequence[str] = ()) -> dict[str, Sql]:
    """A query that takes rows of ``table`` nobody holds, and holds them."""
    skipping = f"{query} FOR NO KEY UPDATE OF {table} SKIP LOCKED"
    return {"sqlite": Sql(query, lists=lists), "postgresql": Sql(skipping, lists=lists)}
