"""Agencies in calls, and what figures of referrals are counted from."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_SILENT = """
UPDATE referral SET silent_at = (SELECT min(entry.happened_at) FROM referral_entry AS entry
    WHERE entry.referral_id = referral.id AND (entry.state = 'expired' OR (entry.kind = 'rung'
        AND entry.state IN ('sent', 'acknowledged', 'accepted', 'in_progress'))))
"""
_ESCALATED = """
UPDATE referral SET first_escalated_at = (SELECT min(entry.happened_at) FROM referral_entry AS entry
    WHERE entry.referral_id = referral.id AND entry.kind = 'escalated')
"""
_DECLINED = """
UPDATE referral SET declined_for = coalesce((SELECT min(entry.reason) FROM referral_entry AS entry
    WHERE entry.referral_id = referral.id AND entry.kind = 'reported' AND entry.state = 'declined'), '')
"""
FROM_ENTRIES = (_SILENT, _ESCALATED, _DECLINED)
"""What is known of referrals that are older."""


def upgrade() -> None:
    _calls()
    _figures()


def _calls() -> None:
    op.create_table(
        "agency_call",
        sa.Column("id", sa.Text(), nullable=False, comment="ascends with time"),
        sa.Column("referral_id", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False, comment="who called the agency"),
        sa.Column("request_id", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False, comment="why it ended, a code"),
        sa.Column(
            "said",
            sa.Text(),
            nullable=False,
            comment="what the agency said in it: a state of referrals; empty: nothing yet",
        ),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("answered_at", sa.Double(), nullable=True),
        sa.Column("ended_at", sa.Double(), nullable=True),
        sa.Column("due_at", sa.Double(), nullable=True, comment="when it counts as having ended without a word"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("referral_id", "request_id", name="agency_call_request"),
    )
    _only("agency_call_due", "agency_call", "due_at", "due_at IS NOT NULL")


def _figures() -> None:
    declined = "why the agency did not take it, a code; empty: it did not say so"
    op.add_column("referral", sa.Column("declined_for", sa.Text(), nullable=False, server_default="", comment=declined))
    for name, comment in (
        ("silent_at", "when the agency was first silent for too long"),
        ("first_escalated_at", "when a supervisor was first wanted"),
    ):
        op.add_column("referral", sa.Column(name, sa.Double(), nullable=True, comment=comment))
    for statement in FROM_ENTRIES:
        op.execute(statement)
    _only("referral_open", "referral", "state", "ended_at IS NULL")


def _only(name: str, table: str, column: str, where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, [column], sqlite_where=condition, postgresql_where=condition)
