"""Sessions and their attempts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chassis.database import Tx
from chassis.statements import Sql

_SEQUENCES = Sql("SELECT id, sequence FROM session WHERE id IN :ids", lists=["ids"])


def sequences(tx: Tx, ids: Sequence[str]) -> Mapping[str, int]:
    """How often each has changed."""
    return {row.id: row.sequence for row in tx.execute(_SEQUENCES, {"ids": list(ids)})}
