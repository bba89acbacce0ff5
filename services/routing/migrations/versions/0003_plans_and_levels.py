"""Levels of languages and skills, capacity by cost, plans with steps, priority classes, and what explains a decision."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None
contract = True  # the lines of work that waited went by "needs" and "priority"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WAITING = sa.text("state = 'queued'")
_OF_AGENT = sa.text("state = 'queued' AND preferred_agent_id IS NOT NULL")
_RELAXING = sa.text("state = 'queued' AND step_until IS NOT NULL")
_RETURNING = sa.text("return_at IS NOT NULL")
_COSTS = "CASE medium WHEN 'text' THEN 25 ELSE 100 END"


def _column(name: str, kind: Any, default: str | None = None, comment: str | None = None) -> sa.Column[Any]:
    given = sa.text("''") if default == "" else default
    return sa.Column(name, kind, nullable=default is None, server_default=given, comment=comment)


def _added() -> dict[str, list[sa.Column[Any]]]:
    return {
        "agent": [
            _column("presence_reason", sa.Text(), ""),
            _column("return_at", sa.Double(), comment="when a pause ends by itself"),
        ],
        "work_item": [
            _column(
                "kind",
                sa.Text(),
                "",
                "cost and needs, space-separated: what is alike waits in one line",
            ),
            _column("cost", _NUMBER, "25", "what it takes of an agent's capacity"),
            _column("priority_class", sa.Text(), "normal"),
            _column("rank", sa.Double(), "0", "the place in the order: lower is taken first"),
            _column("topic", sa.Text(), ""),
            _column("citizen_id", sa.Text(), ""),
            _column("plan", sa.Text(), "usual", "which plan decided on its steps"),
            _column("steps", sa.Text(), "", "JSON: the plan's steps and where each stands; empty for the usual one"),
            _column("step_until", sa.Double(), comment="when the next step counts"),
            _column("preferred_agent_id", sa.Text(), comment="who knows the case"),
            _column("assigned_at", sa.Double()),
            _column("wrapped_at", sa.Double()),
            _column("ended_at", sa.Double()),
        ],
        "offer": [
            _column("why", sa.Text(), "", "what decided for this agent"),
            _column("kind", sa.Text(), "", "cost and needs that were asked for"),
            _column("step", _NUMBER, "0", "that counted then"),
        ],
    }


_COMMENTS = {
    "languages": "with their levels, space-separated",
    "skills": "with their levels, space-separated",
    "capacity": "of which each work item takes its cost",
    "load": "the costs of work items offered, assigned or wrapping",
}


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for name, comment in _COMMENTS.items():
            op.alter_column("agent", name, comment=comment, existing_comment=None)
    for table, columns in _added().items():
        for column in columns:
            op.add_column(table, column)
    op.execute(
        "UPDATE agent SET capacity = capacity * 25, languages = replace(languages, ' ', '\\:3 ') || '\\:3',"
        " skills = CASE WHEN skills = '' THEN '' ELSE replace(skills, ' ', '\\:3 ') || '\\:3' END"
    )
    for level in ("2", "3"):
        op.execute(
            f"INSERT INTO ability (agent_id, name) SELECT agent_id, name || '/{level}' FROM ability"  # noqa: S608 - ours
            " WHERE name NOT LIKE '%/_'"
        )
    op.execute(
        f"UPDATE work_item SET cost = {_COSTS}, kind = {_COSTS} || ' ' || needs, rank = queued_at + (priority - 5) * 600,"  # noqa: S608 - ours
        " assigned_at = CASE WHEN state IN ('assigned', 'wrapping', 'done') THEN changed_at END,"
        " ended_at = CASE WHEN state IN ('done', 'cancelled', 'abandoned') THEN changed_at END"
    )
    op.execute(
        "UPDATE agent SET load = coalesce((SELECT sum(cost) FROM work_item WHERE work_item.agent_id = agent.id"
        " AND state IN ('offered', 'assigned', 'wrapping')), 0)"
    )
    op.execute(
        "UPDATE offer SET kind = coalesce((SELECT kind FROM work_item WHERE work_item.id = offer.work_item_id), '25')"
    )
    op.drop_index("work_item_waiting", table_name="work_item")
    op.drop_column("work_item", "needs")
    op.drop_column("work_item", "priority")
    op.create_index("agent_returning", "agent", ["return_at"], sqlite_where=_RETURNING, postgresql_where=_RETURNING)
    op.create_index(
        "work_item_waiting", "work_item", ["kind", "rank", "id"], sqlite_where=_WAITING, postgresql_where=_WAITING
    )
    op.create_index(
        "work_item_of_agent", "work_item", ["preferred_agent_id"], sqlite_where=_OF_AGENT, postgresql_where=_OF_AGENT
    )
    op.create_index(
        "work_item_relaxing", "work_item", ["step_until"], sqlite_where=_RELAXING, postgresql_where=_RELAXING
    )
    op.create_index("work_item_case", "work_item", ["case_id", "ended_at"])
    op.create_index("offer_time", "offer", ["offered_at"])
    op.create_table(
        "agent_version",
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Double(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("skills", sa.Text(), nullable=False),
        sa.Column("capacity", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("agent_id", "changed_at"),
        comment="agents' records as they were, for explanations",
    )
    op.create_table(
        "presence_change",
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Double(), nullable=False),
        sa.Column("presence", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("agent_id", "changed_at"),
    )
    op.create_index("presence_change_time", "presence_change", ["changed_at"])
    op.create_table(
        "plan",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", _NUMBER, nullable=False, comment="the first plan that fits decides"),
        sa.Column("criteria", sa.Text(), nullable=False, comment="JSON: which work it is for"),
        sa.Column("steps", sa.Text(), nullable=False, comment="JSON: what is asked for, and how long"),
        sa.Column("changed_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.execute("INSERT INTO agent_version SELECT id, idle_since, languages, skills, capacity FROM agent")
    op.execute("INSERT INTO presence_change SELECT id, idle_since, presence, '' FROM agent")


def downgrade() -> None:
    raise NotImplementedError("levels and plans have no older form; restore the backup taken before the upgrade")
