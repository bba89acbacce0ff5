"""A crowded floor on PostgreSQL: thousands of agents and work that waits, written straight into the tables.

Nine of ten agents have one piece of work, which is all they can take, so that what waits waits. The others are free and
speak languages in which nothing waits. What waits stands in thirty lines by language and skill.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from chassis.clock import system_clock
from chassis.crypto import Keyring
from chassis.database import Database
from services.routing.domain.agents import abilities
from services.routing.domain.work import NewWork
from services.routing.tables import metadata

SERVICE = "routing"
COST = 25
LANGUAGES = ("ko", "en", "zh", "vi", "th", "ru")
RARE = ("ja", "mn", "ne", "tl")
"""The languages of those who are free."""
FREE = 10
"""One of so many agents is free."""
SKILLS = ("", "welfare", "tax", "housing", "transport")
_LEVEL = 3
_AGENTS = sa.text("""
INSERT INTO agent (id, languages, skills, capacity, presence, presence_reason, load, missed, sequence, idle_since)
VALUES (:id, :languages, :skills, 25, 'ready', '', :load, 0, 0, :now)
""")
_ABILITIES = sa.text("INSERT INTO ability (agent_id, name) VALUES (:agent_id, :name)")
_AT_WORK = sa.text("""
INSERT INTO work_item (id, case_id, state, medium, language, skills, kind, cost, rank, channel, queued_at, agent_id,
    traceparent, changed_at, assigned_at)
SELECT 'busy-' || id, 'busy-' || id, 'assigned', 'text', 'ko', '', '25 language:ko', 25, :now, 'web', :now, id, '',
    :now, :now FROM agent WHERE load > 0
""")
_ACCEPTED = sa.text("""
INSERT INTO offer (id, work_item_id, agent_id, state, offered_at, expires_at, ended_at, why, kind, step)
SELECT 'offer-' || id, id, agent_id, 'accepted', assigned_at, assigned_at + 30, assigned_at, 'next', kind, 0
FROM work_item WHERE state = 'assigned'
""")
"""They have their work by an offer. Without these the planner would take that table for empty, and read all of it."""
_WAITING = sa.text("""
INSERT INTO work_item (id, case_id, state, medium, language, skills, kind, cost, rank, channel, queued_at, traceparent,
    changed_at)
SELECT 'w' || number, 'w' || number, 'queued', 'text', language, skill, '25 language:' || language
    || CASE WHEN skill = '' THEN '' ELSE ' skill:' || skill END, 25, :now - 0.001 * number, 'web', :now, '', :now
FROM (SELECT number, (CAST(:languages AS text[]))[1 + number % :kinds % 6] AS language,
        (CAST(:skills AS text[]))[1 + number / 6 % 5] AS skill
    FROM generate_series(CAST(:first AS int), CAST(:last AS int)) AS number) AS made
""")


@contextmanager
def crowded(address: str, keys: Keyring, agents: int) -> Iterator[Database]:
    """Routing's tables in an empty database, with so many agents."""
    database = Database(address, SERVICE, keys)
    try:
        with database.engine.begin() as connection:
            connection.execute(sa.text(f"CREATE SCHEMA {SERVICE}"))
            metadata.create_all(connection)
            _hire(connection, agents)
        yield database
    finally:
        database.close()


def agent_id(number: int) -> str:
    """Of an agent by number, from 0."""
    return f"agent-{number:05}"


def _hire(connection: sa.Connection, agents: int) -> None:
    now = system_clock().timestamp()
    people, able = [], []
    for number in range(agents):
        free = number % FREE == 0
        languages, skills = _free(number) if free else _busy(number)
        written = {"languages": " ".join(languages), "skills": " ".join(skills), "load": 0 if free else COST}
        people.append({"id": agent_id(number), "now": now - agents + number, **written})
        able += [{"agent_id": agent_id(number), "name": name} for name in abilities(languages, skills)]
    connection.execute(_AGENTS, people)
    connection.execute(_ABILITIES, able)
    connection.execute(_AT_WORK, {"now": now})
    connection.execute(_ACCEPTED)


def _free(number: int) -> tuple[dict[str, int], dict[str, int]]:
    return {RARE[number // FREE % len(RARE)]: _LEVEL}, {}


def _busy(number: int) -> tuple[dict[str, int], dict[str, int]]:
    skills = (SKILLS[1 + number % 4], SKILLS[1 + number // 4 % 4])
    return {"ko": _LEVEL, LANGUAGES[number % len(LANGUAGES)]: _LEVEL}, dict.fromkeys(skills, _LEVEL)


def wait(database: Database, first: int, last: int) -> None:
    """So much more work waits, the later the older; the planner knows of it."""
    values = {"now": system_clock().timestamp(), "first": first, "last": last, "kinds": len(LANGUAGES)}
    with database.engine.begin() as connection:
        connection.execute(_WAITING, values | {"languages": list(LANGUAGES), "skills": list(SKILLS)})
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("VACUUM ANALYZE"))


def new_work(case_id: str, language: str = "ko") -> NewWork:
    """A citizen writes for the first time."""
    return NewWork(case_id, "text", language, (), "web", system_clock().timestamp(), opens_case=True)
