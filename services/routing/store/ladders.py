"""Ladders as tables keep them."""

from __future__ import annotations

import json

from chassis.database import Tx
from chassis.statements import Row, Sql
from services.routing.domain.ladders import Emergency, Ladder, Rung, Target

_PUT_LADDER = Sql("""
INSERT INTO ladder (id, rungs, rounds, changed_at) VALUES (:id, :rungs, :rounds, :now)
ON CONFLICT (id) DO UPDATE SET rungs = excluded.rungs, rounds = excluded.rounds, changed_at = excluded.changed_at
""")
_LADDER = Sql("SELECT * FROM ladder WHERE id = :id")
_LADDERS = Sql("SELECT * FROM ladder ORDER BY id")


def put_ladder(tx: Tx, ladder: Ladder) -> None:
    """Write a ladder."""
    values = {"id": ladder.id, "rungs": written(ladder), "rounds": ladder.rounds, "now": tx.now.timestamp()}
    tx.execute(_PUT_LADDER, values)


def ladder(tx: Tx, ladder_id: str) -> Ladder | None:
    """A ladder by id."""
    row = tx.execute(_LADDER, {"id": ladder_id}).one_or_none()
    return None if row is None else ladder_of(row.id, row)


def ladders(tx: Tx) -> list[Ladder]:
    """All of them."""
    return [ladder_of(row.id, row) for row in tx.execute(_LADDERS)]


def written(ladder: Ladder) -> str:
    """The rungs of a ladder as a column keeps them."""
    return json.dumps([[str(rung.target), rung.target.emergency is not None, rung.ring_s] for rung in ladder.rungs])


def ladder_of(ladder_id: str, row: Row) -> Ladder:
    """The ladder that is kept in a row."""
    rungs = tuple(Rung(target_of(who, emergency=emergency), ring_s) for who, emergency, ring_s in json.loads(row.rungs))
    return Ladder(ladder_id, rungs, row.rounds)


def target_of(who: str, *, emergency: bool) -> Target:
    """Who is meant by what is kept."""
    return Target(emergency=Emergency(who)) if emergency else Target(department=who)
