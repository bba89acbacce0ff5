"""Programmes, who is in them, their rounds with figures, and what happened in each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from chassis.database import Tx
from chassis.locking import held
from chassis.statements import Row, Sql
from services.outreach import tables

_PUT = Sql("""
INSERT INTO programme (id, name, weekdays, holidays, calls_per_hour, sheet_id, tries, hours, paused, created_at)
VALUES (:id, :name, :weekdays, :holidays, :calls_per_hour, :sheet_id, :tries, :hours, :paused, :now)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, weekdays = excluded.weekdays, holidays = excluded.holidays,
    calls_per_hour = excluded.calls_per_hour, sheet_id = excluded.sheet_id, tries = excluded.tries,
    hours = excluded.hours, paused = excluded.paused
RETURNING *
""")
_PROGRAMME = held("SELECT * FROM programme WHERE id = :id")
_PROGRAMMES = Sql("SELECT * FROM programme ORDER BY name, id LIMIT 1000")
_ENROL = Sql("""
INSERT INTO enrolment (programme_id, person_id, since) VALUES (:programme_id, :person_id, :now) ON CONFLICT DO NOTHING
""")
_LEAVE = Sql("DELETE FROM enrolment WHERE programme_id = :programme_id AND person_id = :person_id")
_LEAVE_ALL = Sql("DELETE FROM enrolment WHERE person_id = :person_id")
_ADD_ROUND = Sql("""
INSERT INTO call_round (id, programme_id, day, sequence) VALUES (:id, :programme_id, :day, 0)
ON CONFLICT (programme_id, day) DO NOTHING
""")
_ROUND_OF = Sql("SELECT * FROM call_round WHERE programme_id = :programme_id AND day = :day")
_ROUND = Sql("SELECT * FROM call_round WHERE id = :id")
_MISSING = Sql("""
SELECT person.* FROM enrolment JOIN person ON person.id = enrolment.person_id
WHERE enrolment.programme_id = :programme_id AND person.consent_id <> '' AND NOT EXISTS (SELECT 1 FROM call_round
    JOIN check_in ON check_in.round_id = call_round.id WHERE call_round.programme_id = :programme_id
    AND call_round.day = :day AND check_in.person_id = person.id AND check_in.state <> 'cancelled')
ORDER BY person.id LIMIT 10000
""")
_NEXT = Sql("UPDATE call_round SET sequence = sequence + 1 WHERE id = :id RETURNING sequence")
_SEQUENCES = Sql("SELECT id, sequence FROM call_round WHERE id IN :ids", lists=["ids"])
_ADD_ENTRY = Sql("""
INSERT INTO round_entry (round_id, sequence, check_in_id, kind, state, reason, actor, happened_at)
VALUES (:round_id, :sequence, :check_in_id, :kind, :state, :reason, :actor, :now)
""")
_ENTRIES = Sql("""
SELECT * FROM round_entry WHERE round_id = :id AND sequence > :after ORDER BY sequence LIMIT :limit
""")
_FIGURES = Sql(
    """
SELECT round_id, state, count(*) AS count, sum(attempts) AS attempts, sum(talk_s) AS talk_s, sum(work_s) AS work_s,
    sum(visits) AS visits, sum(CASE WHEN escalation <> '' THEN 1 ELSE 0 END) AS escalated
FROM check_in WHERE round_id IN :ids GROUP BY round_id, state
""",
    lists=["ids"],
)
_SIGNS = Sql(
    """
SELECT check_in.round_id, sum(CASE WHEN sign.state = 'proposed' THEN 1 ELSE 0 END) AS open,
    sum(CASE WHEN sign.state = 'confirmed' THEN 1 ELSE 0 END) AS confirmed
FROM check_in JOIN sign ON sign.check_in_id = check_in.id
WHERE check_in.round_id IN :ids AND sign.sign_class <> 'mood' GROUP BY check_in.round_id
""",
    lists=["ids"],
)
_NEEDS = Sql(
    """
SELECT check_in.round_id, count(*) AS needs, sum(CASE WHEN need.referral_id <> '' THEN 1 ELSE 0 END) AS referred,
    sum(CASE WHEN need.referral_state = 'confirmed' THEN 1 ELSE 0 END) AS helped
FROM check_in JOIN need ON need.check_in_id = check_in.id WHERE check_in.round_id IN :ids GROUP BY check_in.round_id
""",
    lists=["ids"],
)


@dataclass(frozen=True, slots=True)
class NewProgramme:
    """A programme as a supervisor writes it; ``hours`` are timers that are not as usual, by their names."""

    id: str
    name: str
    weekdays: Sequence[int]
    holidays: str
    calls_per_hour: int
    sheet_id: str
    tries: int
    hours: Mapping[str, float] = field(default_factory=dict)
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of a round; times in seconds."""

    states: Mapping[str, int] = field(default_factory=dict)
    attempts: int = 0
    talk_s: int = 0
    work_s: int = 0
    visits: int = 0
    escalated: int = 0
    open_signs: int = 0
    confirmed_signs: int = 0
    needs: int = 0
    referred: int = 0
    helped: int = 0


def put(tx: Tx, new: NewProgramme) -> Row:
    """Write a programme."""
    values = {
        "id": new.id,
        "name": new.name,
        "weekdays": " ".join(map(str, sorted(set(new.weekdays)))),
        "holidays": new.holidays,
        "calls_per_hour": new.calls_per_hour,
        "sheet_id": new.sheet_id,
        "tries": new.tries,
        "hours": json.dumps(dict(new.hours)),
        "paused": int(new.paused),
        "now": tx.now.timestamp(),
    }
    return tx.execute(_PUT, values).one()


def programme(tx: Tx, programme_id: str, *, lock: bool = False) -> Row | None:
    """A programme by id."""
    return tx.execute(_PROGRAMME[tx.dialect if lock else "sqlite"], {"id": programme_id}).one_or_none()


def the_programme(tx: Tx, programme_id: str) -> Row:
    """A programme that is there: none is ever removed."""
    return tx.execute(_PROGRAMME["sqlite"], {"id": programme_id}).one()


def programmes(tx: Tx) -> Sequence[Row]:
    """All programmes, by name."""
    return tx.execute(_PROGRAMMES).all()


def weekdays(row: Row) -> set[int]:
    """On which days of the week it calls."""
    return set(map(int, row.weekdays.split()))


def hours(row: Row) -> Mapping[str, float]:
    """Its own timers."""
    found: Mapping[str, float] = json.loads(row.hours)
    return found


def enrol(tx: Tx, programme_id: str, person_id: str) -> None:
    """Somebody is in a programme."""
    tx.execute(_ENROL, {"programme_id": programme_id, "person_id": person_id, "now": tx.now.timestamp()})


def leave(tx: Tx, programme_id: str, person_id: str) -> None:
    """Somebody is not in a programme any more."""
    tx.execute(_LEAVE, {"programme_id": programme_id, "person_id": person_id})


def leave_all(tx: Tx, person_id: str) -> None:
    """Somebody is in no programme any more."""
    tx.execute(_LEAVE_ALL, {"person_id": person_id})


def missing(tx: Tx, programme_id: str, day: str) -> Sequence[Row]:
    """Who is in a programme, agreed, and not planned on a day."""
    return tx.execute(_MISSING, {"programme_id": programme_id, "day": day}).all()


def round_of(tx: Tx, round_id: str, programme_id: str, day: str) -> Row:
    """The round of a day; the id is that of a new one if there is none."""
    tx.execute(_ADD_ROUND, {"id": round_id, "programme_id": programme_id, "day": day})
    return tx.execute(_ROUND_OF, {"programme_id": programme_id, "day": day}).one()


def call_round(tx: Tx, round_id: str) -> Row | None:
    """A round by id."""
    return tx.execute(_ROUND, {"id": round_id}).one_or_none()


def listed(tx: Tx, programme_id: str, after: tuple[str, str] | None, limit: int) -> Sequence[Row]:
    """Rounds, the newest day first."""
    table = tables.rounds.call_round
    place = sa.tuple_(table.c.day, table.c.id)
    query = sa.select(table).order_by(table.c.day.desc(), table.c.id.desc()).limit(limit)
    if programme_id:
        query = query.where(table.c.programme_id == programme_id)
    return tx.execute(query if after is None else query.where(place < sa.tuple_(*map(sa.literal, after)))).all()


def sequences(tx: Tx, ids: Sequence[str]) -> Mapping[str, int]:
    """How many entries each has."""
    return {row.id: row.sequence for row in tx.execute(_SEQUENCES, {"ids": list(ids)})}


def add_entry(tx: Tx, check_in: Row, kind: str, actor: str, reason: str) -> int:
    """What has just happened to a check-in; its number in the round."""
    sequence = int(tx.execute(_NEXT, {"id": check_in.round_id}).scalar_one())
    values = {
        "round_id": check_in.round_id,
        "sequence": sequence,
        "check_in_id": check_in.id,
        "kind": kind,
        "state": check_in.state,
        "reason": reason,
        "actor": actor,
        "now": tx.now.timestamp(),
    }
    tx.execute(_ADD_ENTRY, values)
    return sequence


def entries(tx: Tx, round_id: str, after: int, limit: int) -> Sequence[Row]:
    """What happened after an entry, in order."""
    return tx.execute(_ENTRIES, {"id": round_id, "after": after, "limit": limit}).all()


def figures(tx: Tx, ids: Sequence[str]) -> dict[str, Figures]:
    """What became of rounds."""
    values = {"ids": list(ids)}
    rows = tx.execute(_FIGURES, values).all()
    signs = {row.round_id: row for row in tx.execute(_SIGNS, values)}
    needs = {row.round_id: row for row in tx.execute(_NEEDS, values)}
    return {one: _figures([row for row in rows if row.round_id == one], signs.get(one), needs.get(one)) for one in ids}


def _figures(rows: Sequence[Row], signs: Row | None, needs: Row | None) -> Figures:
    def total(column: str) -> int:
        return sum(int(getattr(row, column)) for row in rows)

    more: dict[str, Any] = {} if signs is None else {"open_signs": signs.open, "confirmed_signs": signs.confirmed}
    if needs is not None:
        more |= {"needs": needs.needs, "referred": needs.referred, "helped": needs.helped}
    return Figures(
        {row.state: row.count for row in rows},
        *(total(column) for column in ("attempts", "talk_s", "work_s", "visits", "escalated")),
        **more,
    )
