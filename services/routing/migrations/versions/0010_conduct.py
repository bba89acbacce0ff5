"""Conduct: reports of abuse, flagged citizens, the policy's versions, and how long agents rest."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column(
        "work_item",
        sa.Column(
            "recover_s",
            _NUMBER,
            nullable=False,
            server_default="0",
            comment="how long who reported abuse in it rests afterwards",
        ),
    )
    op.create_table(
        "abuse_report",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("work_item_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("citizen_id", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("abuse_class", sa.Text(), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True, comment="what happened, in the agent's words"),
        sa.Column("request_id", sa.LargeBinary(), nullable=False),
        sa.Column("policy_version", _NUMBER, nullable=False, comment="by which it was judged"),
        sa.Column("prescribed_step", sa.Text(), nullable=False),
        sa.Column("taken_step", sa.Text(), nullable=False, comment="empty until the agent says what they did"),
        sa.Column("recover_s", _NUMBER, nullable=False, comment="how long the agent rests for it"),
        sa.Column("reported_at", sa.Double(), nullable=False),
        sa.Column("taken_at", sa.Double(), nullable=True),
        sa.Column("withdrawn_at", sa.Double(), nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("work_item_id", "request_id", name="abuse_report_request"),
    )
    op.create_index("abuse_report_citizen", "abuse_report", ["citizen_id", "reported_at"])
    op.create_index("abuse_report_case", "abuse_report", ["case_id", "reported_at"])
    op.create_table(
        "citizen_flag",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("citizen_id", sa.Text(), nullable=False),
        sa.Column("abuse_class", sa.Text(), nullable=False),
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("flagged_at", sa.Double(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.Column("lifted_at", sa.Double(), nullable=True),
        sa.Column("lifted_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        comment="citizens whom the dedicated team answers",
    )
    for column in ("citizen_id", "report_id", "expires_at"):
        op.create_index(f"ix_citizen_flag_{column}", "citizen_flag", [column])
    op.create_table(
        "conduct_policy",
        sa.Column("version", _NUMBER, nullable=False),
        sa.Column("policy", sa.Text(), nullable=False, comment="JSON: classes, steps and texts"),
        sa.Column("written_at", sa.Double(), nullable=False),
        sa.Column("written_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("version"),
    )
    op.create_table(
        "conduct_record",
        sa.Column("id", sa.Text(), nullable=False, comment="ascends with time"),
        sa.Column("happened_at", sa.Double(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False, comment="the report, the flag or the citizen"),
        sa.Column("citizen_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        comment="who withdrew, lifted or read what, and why; rows are added, never changed",
    )
    op.create_index("ix_conduct_record_citizen_id", "conduct_record", ["citizen_id"])


def downgrade() -> None:
    raise NotImplementedError("reports of abuse are not dropped; restore the backup taken before the upgrade")
