"""Routing's use cases as tests call them, and the look whether every promise holds."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from hub120.routing.v1 import events_pb2

from chassis.database import Database
from chassis.messages import key_of
from services.routing.domain.agents import Agent, Presence, with_levels
from services.routing.domain.work import NewWork, PriorityClass
from services.routing.store import agents, offers, work
from services.routing.use_cases import desk, desk_reading, matching
from services.routing.use_cases.matching import Terms
from tests.integration.databases import Clock
from tests.ledger import BROKEN_PROMISES

OFFER_S = 30.0
TERMS = Terms(OFFER_S)
A_CHAT = 25
"""What a conversation in writing takes of an agent's capacity."""
LANGUAGES = ("ko", "en", "vi")
PEOPLE = ("kim", "lee", "park")
MOST = 100
"""The highest capacity."""


def new_work(
    case_id: str,
    clock: Clock,
    *,
    language: str = "ko",
    urgency: PriorityClass = PriorityClass.NORMAL,
    medium: str = "text",
    **more: Any,
) -> NewWork:
    return NewWork(case_id, medium, language, (), "web", clock().timestamp(), urgency, **more)


def rows(database: Database, query: str) -> list[dict[str, Any]]:
    with database.engine.connect() as connection:
        return [dict(row) for row in connection.execute(sa.text(query)).mappings()]


def broken_promises(database: Database) -> list[str]:
    return [f"{promise}: {row['id']}" for promise, query in BROKEN_PROMISES.items() for row in rows(database, query)]


def agent(
    name: str,
    languages: tuple[str, ...] = ("ko",),
    capacity: int = A_CHAT,
    skills: tuple[str, ...] = (),
    **levels: int,
) -> Agent:
    return Agent(name, with_levels(languages, levels), with_levels(skills, levels), capacity)


def ready(database: Database, name: str, *, chats: int = 1, **more: Any) -> None:
    database.run(desk.put_agent, agent(name, **{"capacity": chats * A_CHAT, **more}))
    database.run(desk.set_presence, name, Presence.READY, OFFER_S)


def queue(database: Database, clock: Clock, case_id: str, **more: Any) -> None:
    database.run(matching.enqueue, new_work(case_id, clock, **more), TERMS)


def offered(database: Database, name: str) -> list[str]:
    """The cases offered to an agent."""
    items: list[Any] = [
        database.run(work.work_item, offer.work_item_id) for offer in database.run(offers.pending_of, name)
    ]
    return [item.case_id for item in items]


def take(database: Database, name: str) -> Any:
    """Accept the first offer on an agent's desk; answers the work item."""
    offer, *_ = database.run(offers.pending_of, name)
    return database.run(desk.accept_offer, offer.id, name)


def load_of(database: Database, name: str) -> int:
    found = database.run(agents.agent, name)
    assert found is not None
    return int(found.load)


def presence_of(database: Database, name: str) -> str:
    found = database.run(agents.agent, name)
    assert found is not None
    return str(found.presence)


def told_on(database: Database, name: str) -> list[tuple[int, str, str]]:
    """What the streams of a desk were told since: the change's number, what it is about, and of which case."""
    found = [
        events_pb2.DeskChanged.FromString(one.body)
        for one in database.take_signals()
        if one.key == key_of(events_pb2.DeskChanged)
    ]
    items = [
        (one.sequence, "offer", one.offer.work_item.case_id)
        if one.HasField("offer")
        else (one.sequence, "work", one.work_item.case_id)
        for one in found
        if one.agent_id == name
    ]
    return sorted(items)


def kept_on(database: Database, name: str, after: int) -> list[tuple[int, str, str]]:
    """What is kept of a desk since."""
    changes = database.run(desk_reading.read_changes, name, after)
    assert changes is not None
    return [(one.change.sequence, one.change.kind, one.work_item.case_id) for one in changes if one.work_item]
