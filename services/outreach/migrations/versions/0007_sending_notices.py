"""Notices go out as mailings: whose they are, how far each list is filled, and until when anything leaves."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply this migration."""
    marked = sa.Column(
        "gets_notices", _NUMBER, nullable=False, server_default="0",
        comment="1: notices to the public go to these people",
    )  # fmt: skip
    kinds = sa.Column(
        "kinds", sa.Text(), nullable=False, server_default=sa.text("''"),
        comment="of address that they have, blanks between",
    )  # fmt: skip
    address = sa.Column(
        "address_hash", sa.LargeBinary(), nullable=True, comment="of the number, as lists and mailings have it"
    )
    ends: sa.Column[float] = sa.Column(
        "ends_at", sa.Double(), nullable=True, comment="nothing leaves from then on; null: no end"
    )
    for table, column in (("recipient_list", marked), ("list_member", kinds), ("person", address), ("mailing", ends)):
        op.add_column(table, column)
    op.create_index(
        "mailing_ends", "mailing", ["ends_at"],
        sqlite_where=sa.text("ends_at IS NOT NULL AND state NOT IN ('done', 'stopped')"),
        postgresql_where=sa.text("ends_at IS NOT NULL AND state NOT IN ('done', 'stopped')"),
    )  # fmt: skip
    _sending()


def _sending() -> None:
    op.create_table(
        "notice_sending",
        sa.Column("release_id", sa.Text(), nullable=False, comment="the mailing has the same id"),
        sa.Column("notice_id", sa.Text(), nullable=False),
        sa.Column(
            "filling", sa.Text(), nullable=False,
            comment="whence its list is filled now: readers, lists, people; full, or off",
        ),
        sa.Column(
            "reached", sa.Text(), nullable=False, comment="the last of those who were put on it, as JSON"
        ),
        sa.Column(
            "in_area", _NUMBER, nullable=False,
            comment="1: whoever is in the area gets it; 0: the readers of an earlier notice alone",
        ),
        sa.Column("full_at", sa.Double(), nullable=True, comment="when its list was complete"),
        sa.PrimaryKeyConstraint("release_id"),
        comment="how far a release has come on its way into a mailing",
    )  # fmt: skip
    op.create_index(
        "notice_sending_open", "notice_sending", ["release_id"],
        sqlite_where=sa.text("filling NOT IN ('full', 'off')"),
        postgresql_where=sa.text("filling NOT IN ('full', 'off')"),
    )  # fmt: skip
