"""The index of services alone goes: the index of two collections has taken its place."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None
contract = True  # the release before searches in it


def upgrade() -> None:
    for table in ("search_document", "search_posting", "search_block", "search_progress"):
        op.drop_table(table)
