"""Talks: plain calls as conferences, work that goes back from agents who do not answer, and supervisors who listen in."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("conference", _text("purpose", default="safety"))
    op.add_column("conference", _number("was_talk", "1 for a safety conference that began as a talk"))
    op.add_column("conference", _number("unreached", "1 while work of an agent who did not answer has not gone back"))
    condition = sa.text("unreached = 1")
    op.create_index(
        "conference_unreached", "conference", ["agent_id"], sqlite_where=condition, postgresql_where=condition
    )
    op.add_column("conference_leg", _text("agent_id", "whose telephone it is, of agents and those who listen in"))
    op.add_column("conference_leg", _number("joined", "0 while a citizen who called hears music yet", default="1"))
    op.add_column("conference_leg", _number("held", "1 while a citizen with whom no agent is hears music"))
    op.add_column("conference_leg", _number("muted", "1 while nobody shall hear it"))
    conference = sa.Column("conference_id", sa.Text(), nullable=True, comment="the call it has, or had last")
    op.add_column("work_item", conference)
    op.add_column("offer", _number("unreached", "1 if who accepted did not answer their telephone"))


def _text(name: str, comment: str | None = None, default: str = "") -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, server_default=sa.text(f"'{default}'"), comment=comment)


def _number(name: str, comment: str, default: str = "0") -> sa.Column[Any]:
    return sa.Column(name, _NUMBER, nullable=False, server_default=default, comment=comment)


def downgrade() -> None:
    raise NotImplementedError("what was said of calls is not dropped; restore the backup taken before the upgrade")
