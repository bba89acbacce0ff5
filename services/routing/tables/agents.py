"""Agents: their records, presences, desks and abilities, and plans of what work needs."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import EMPTY, ID, number, only, text, time
from services.routing.tables.metadata import metadata

agent = sa.Table(
    "agent",
    metadata,
    text("id", ID, primary_key=True),
    text("languages", comment="with their levels, space-separated"),
    text("skills", comment="with their levels, space-separated"),
    number("capacity", comment="of which each work item takes its cost"),
    text("presence"),
    text("presence_reason", server_default=EMPTY),
    time("return_at", nullable=True, comment="when a pause ends by itself"),
    number("load", comment="the costs of work items offered, assigned or wrapping"),
    number("missed", comment="offers missed in a row"),
    number("sequence", comment="of the last change on the desk"),
    time("idle_since"),
    only("agent_free", "idle_since", where="presence = 'ready' AND load < capacity"),
    only("agent_returning", "return_at", where="return_at IS NOT NULL"),
)

agent_version = sa.Table(
    "agent_version",
    metadata,
    text("agent_id", ID, primary_key=True),
    time("changed_at", primary_key=True),
    text("languages"),
    text("skills"),
    number("capacity"),
    comment="agents' records as they were, for explanations",
)

presence_change = sa.Table(
    "presence_change",
    metadata,
    text("agent_id", ID, primary_key=True),
    time("changed_at", primary_key=True),
    text("presence"),
    text("reason"),
    sa.Index("presence_change_time", "changed_at"),
)

ability = sa.Table(
    "ability",
    metadata,
    text("agent_id", ID, primary_key=True),
    text("name", primary_key=True),
    sa.Index("ability_name", "name", "agent_id"),
)

closed_ability = sa.Table(
    "closed_ability",
    metadata,
    text("name", primary_key=True),
    comment="what nobody is asked for now, because its desks are closed",
)

desk_change = sa.Table(
    "desk_change",
    metadata,
    text("agent_id", ID, primary_key=True),
    number("sequence", primary_key=True, autoincrement=False),
    text("kind"),
    text("subject_id", ID, comment="the offer, the work item or the transfer"),
    text("state", comment="of that with this change"),
    time("changed_at"),
    sa.Index("desk_change_time", "changed_at"),
)

plan = sa.Table(
    "plan",
    metadata,
    text("id", primary_key=True),
    number("position", comment="the first plan that fits decides"),
    text("criteria", comment="JSON: which work it is for"),
    text("steps", comment="JSON: what is asked for, and how long"),
    time("changed_at"),
)
