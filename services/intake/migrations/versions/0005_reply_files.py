"""Files that go along with replies."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_UNUSED = "reply_id = ''"


def upgrade() -> None:
    with op.batch_alter_table("reply") as reply:
        files = sa.Column("files", _WIDE, nullable=False, server_default="0", comment="how many files go along")
        reply.add_column(files)
    op.create_table(
        "reply_file",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("reply_id", sa.Text(), nullable=False, comment="empty until a reply takes it"),
        sa.Column("filename", sa.LargeBinary(), nullable=True),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", _WIDE, nullable=False),
        sa.Column("blob_key", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_reply_file_case_id"), "reply_file", ["case_id"], unique=False)
    op.create_index(op.f("ix_reply_file_reply_id"), "reply_file", ["reply_id"], unique=False)
    op.create_index(
        "reply_file_unused",
        "reply_file",
        ["created_at"],
        unique=False,
        sqlite_where=sa.text(_UNUSED),
        postgresql_where=sa.text(_UNUSED),
    )
