"""What a contact is about, until when it can be answered, and which process holds a listener."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("contact") as contact:
        contact.add_column(
            sa.Column(
                "details", sa.LargeBinary(), nullable=True, comment="topic, place and the address of a call, as JSON"
            )
        )
        contact.add_column(
            sa.Column("reply_until", sa.Double(), nullable=True, comment="when the provider stops taking replies to it")
        )
    op.create_table(
        "lease",
        sa.Column("id", sa.Text(), nullable=False, comment="what is held, for example listener.email"),
        sa.Column("holder", sa.Text(), nullable=False, comment="a process, by an id it made up when it started"),
        sa.Column("held_until", sa.Double(), nullable=False),
        sa.Column("cursor", sa.LargeBinary(), nullable=True, comment="how far the holder came"),
        sa.PrimaryKeyConstraint("id"),
    )
