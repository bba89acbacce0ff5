"""Volunteers, and how their day was so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chassis.database import Tx
from chassis.statements import Row, Sql
from services.translation.domain.volunteers import Volunteer
from services.translation.store import coverage

_PUT = Sql("""
INSERT INTO volunteer (id, languages, hours, telephone, sessions_a_day, minutes_a_day, resting, session_id)
VALUES (:id, :languages, :hours, :telephone, :sessions_a_day, :minutes_a_day, :resting, '')
ON CONFLICT (id) DO UPDATE SET languages = excluded.languages, hours = excluded.hours, telephone = excluded.telephone,
    sessions_a_day = excluded.sessions_a_day, minutes_a_day = excluded.minutes_a_day, resting = excluded.resting
""")
_VOLUNTEER = Sql("SELECT * FROM volunteer WHERE id = :id")
_COUNT = Sql("SELECT count(*) FROM volunteer")
_WHO_SPEAK = Sql("""
SELECT * FROM volunteer WHERE languages LIKE :spoken AND id > :after ORDER BY id LIMIT :limit
""")
_REMOVE = Sql("DELETE FROM volunteer WHERE id = :id")
_CLAIM = Sql("""
UPDATE volunteer SET session_id = :session_id, asked_at = :now WHERE id = :id AND session_id = '' AND resting = 0
RETURNING *
""")
_FREE = Sql("UPDATE volunteer SET session_id = '' WHERE id = :id AND session_id = :session_id")
_DAYS = Sql("""
SELECT interpreter, count(*) AS sessions, sum(COALESCE(ended_at, :now) - accepted_at) AS seconds FROM attempt
WHERE interpreter IN :ids AND kind = 'volunteers' AND accepted_at >= :since GROUP BY interpreter
""", lists=["ids"])  # fmt: skip


def put(tx: Tx, one: Volunteer, languages: Sequence[str], telephone: str) -> None:
    """Create or change a volunteer."""
    values = {
        "id": one.id,
        "languages": f" {' '.join(languages)} ",
        "hours": coverage.written(one.hours),
        "telephone": tx.keys.seal(telephone, table="volunteer", column="telephone", row=one.id),
        "sessions_a_day": one.sessions_a_day,
        "minutes_a_day": one.minutes_a_day,
        "resting": int(one.resting),
    }
    tx.execute(_PUT, values)


def volunteer(tx: Tx, volunteer_id: str) -> Row | None:
    """A volunteer by id."""
    return tx.execute(_VOLUNTEER, {"id": volunteer_id}).one_or_none()


def telephone(tx: Tx, row: Row) -> str:
    """What the exchange calls them by."""
    return tx.opened("volunteer", row, "telephone")


def count(tx: Tx) -> int:
    """How many there are."""
    found: int = tx.execute(_COUNT).scalar_one()
    return found


def who_speak(tx: Tx, language: str, after: str, limit: int) -> Sequence[Row]:
    """Those who speak a language, by id after another; without a language all."""
    spoken = f"% {language} %" if language else "%"
    return tx.execute(_WHO_SPEAK, {"spoken": spoken, "after": after, "limit": limit}).all()


def remove(tx: Tx, volunteer_id: str) -> bool:
    """Forget a volunteer; False if there is none."""
    return tx.execute(_REMOVE, {"id": volunteer_id}).rowcount > 0


def claim(tx: Tx, volunteer_id: str, session_id: str) -> Row | None:
    """Take a volunteer for a session; None if somebody else has taken them meanwhile."""
    values = {"id": volunteer_id, "session_id": session_id, "now": tx.now.timestamp()}
    return tx.execute(_CLAIM, values).one_or_none()


def let_go(tx: Tx, volunteer_id: str, session_id: str) -> None:
    """They are free for others."""
    tx.execute(_FREE, {"id": volunteer_id, "session_id": session_id})


def days(tx: Tx, ids: Sequence[str], since: float) -> Mapping[str, tuple[int, int]]:
    """How many sessions and minutes each had since a moment; whoever had none is not in it."""
    if not ids:
        return {}
    rows = tx.execute(_DAYS, {"ids": list(ids), "since": since, "now": tx.now.timestamp()})
    return {row.interpreter: (row.sessions, int(row.seconds // 60)) for row in rows}


def facts(row: Row, day: tuple[int, int] = (0, 0)) -> Volunteer:
    """A volunteer as the rules see them."""
    return Volunteer(
        id=row.id,
        hours=coverage.read(row.hours),
        sessions_a_day=row.sessions_a_day,
        minutes_a_day=row.minutes_a_day,
        resting=bool(row.resting),
        busy=bool(row.session_id),
        sessions_today=day[0],
        minutes_today=day[1],
        asked_at=row.asked_at,
    )
