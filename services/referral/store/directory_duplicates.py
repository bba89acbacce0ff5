"""Services that may be the same, from different sources, and what somebody said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chassis.database import Tx
from chassis.locking import held
from chassis.statements import Row, Sql

_DUE = Sql("""
SELECT id FROM source WHERE imported_at IS NOT NULL AND (compared_at IS NULL OR compared_at < imported_at) ORDER BY id
""")
_FIND = Sql("""
INSERT INTO duplicate (first, second, decision, decided_by, found_at)
SELECT DISTINCT CASE WHEN own.id < other.id THEN own.id ELSE other.id END,
    CASE WHEN own.id < other.id THEN other.id ELSE own.id END, '', '', CAST(:now AS double precision)
FROM service AS own JOIN service AS other ON other.likeness = own.likeness AND other.source <> own.source
WHERE own.source = :source AND own.removed_at IS NULL AND other.removed_at IS NULL AND (
    NOT EXISTS (SELECT 1 FROM service_area WHERE service_id = own.id)
    OR NOT EXISTS (SELECT 1 FROM service_area WHERE service_id = other.id)
    OR EXISTS (SELECT 1 FROM service_area AS one JOIN service_area AS two ON two.area = one.area
        WHERE one.service_id = own.id AND two.service_id = other.id))
ON CONFLICT (first, second) DO NOTHING
""")
_PAIR = """
SELECT duplicate.*, one.source AS first_source, two.source AS second_source, one.name AS first_name,
    two.name AS second_name, one.behind AS first_behind, two.behind AS second_behind
FROM duplicate JOIN service AS one ON one.id = first JOIN service AS two ON two.id = second
WHERE one.removed_at IS NULL AND two.removed_at IS NULL
"""
_LISTED = Sql(
    f"""{_PAIR}
AND decision IN :decisions AND (first > :first OR (first = :first AND second > :second))
ORDER BY first, second LIMIT :limit
""",
    lists=["decisions"],
)
_ONE = Sql(f"{_PAIR} AND first = :first AND second = :second")
_HOLD = held("SELECT * FROM duplicate WHERE first = :first AND second = :second")
_DECIDE = Sql("""
UPDATE duplicate SET decision = :decision, decided_by = :decided_by, decided_at = :now
WHERE first = :first AND second = :second
""")
_SAME = Sql("""
SELECT one.id AS first, two.id AS second, of_one.rank AS first_rank, of_two.rank AS second_rank,
    one.source AS first_source, two.source AS second_source
FROM duplicate JOIN service AS one ON one.id = first JOIN service AS two ON two.id = second
JOIN source AS of_one ON of_one.id = one.source JOIN source AS of_two ON of_two.id = two.source
WHERE decision = 'same' AND one.removed_at IS NULL AND two.removed_at IS NULL
""")
_HIDDEN = Sql("SELECT id, behind FROM service WHERE behind <> ''")
_HIDE = Sql("UPDATE service SET behind = :behind, modified_at = :now WHERE id = :id")


def due(tx: Tx) -> Sequence[str]:
    """Sources that were imported since they were compared."""
    return tx.execute(_DUE).scalars()


def find(tx: Tx, source_id: str) -> int:
    """Write down whatever of a source is like something of another, in the same area or where either names none."""
    return tx.execute(_FIND, {"source": source_id, "now": tx.now.timestamp()}).rowcount


def listed(tx: Tx, decisions: Sequence[str], after: tuple[str, str], limit: int) -> Sequence[Row]:
    """Pairs of which neither was removed, in the order of their ids."""
    values = {"decisions": list(decisions), "first": after[0], "second": after[1], "limit": limit}
    return tx.execute(_LISTED, values).all()


def pair(tx: Tx, first: str, second: str) -> Row | None:
    """A pair of which neither was removed."""
    return tx.execute(_ONE, {"first": first, "second": second}).one_or_none()


def hold(tx: Tx, first: str, second: str) -> Row | None:
    """A pair; its row is held."""
    return tx.execute(_HOLD[tx.dialect], {"first": first, "second": second}).one_or_none()


def decide(tx: Tx, first: str, second: str, decision: str, decided_by: str) -> None:
    """Write down what somebody said of a pair."""
    values = {"first": first, "second": second, "decision": decision, "decided_by": decided_by}
    tx.execute(_DECIDE, {**values, "now": tx.now.timestamp()})


def same(tx: Tx) -> Sequence[Row]:
    """Every pair that is the same, with the ranks of the sources."""
    return tx.execute(_SAME).all()


def hidden(tx: Tx) -> Mapping[str, str]:
    """Which service stands behind which."""
    return {row.id: row.behind for row in tx.execute(_HIDDEN)}


def hide(tx: Tx, service_id: str, behind: str) -> None:
    """A service stands behind another; behind nothing it is shown again."""
    tx.execute(_HIDE, {"id": service_id, "behind": behind, "now": tx.now.timestamp()})
