"""Work items count the messages of the citizen they are about, and those that their agent has seen."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_COLUMNS = {
    "contact_count": ("1", "messages of the citizen this work is about"),
    "contact_sequence": ("0", "the case's entry of the last of them"),
    "seen_count": ("0", "of them, those that had come when an agent took it"),
    "seen_sequence": ("0", "the case's entry of the last of those"),
}


def upgrade() -> None:
    for name, (default, comment) in _COLUMNS.items():
        op.add_column("work_item", sa.Column(name, _NUMBER, nullable=False, server_default=default, comment=comment))
    op.execute("UPDATE work_item SET seen_count = contact_count")


def downgrade() -> None:
    for name in _COLUMNS:
        op.drop_column("work_item", name)
