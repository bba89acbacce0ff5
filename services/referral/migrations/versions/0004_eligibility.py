"""Rules of eligibility."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str, comment: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, comment=comment)


def _number(name: str, comment: str | None = None, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, _NUMBER, nullable=False, comment=comment, **options)


def upgrade() -> None:
    op.create_table(
        "eligibility_rule",
        _text("id", "chosen by whoever wrote the rule"),
        _number("newest", "its last version; whoever writes one holds this row"),
        _number("edition", "how often a version was written or ended: their sum names the state of all rules"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "eligibility_version",
        _text("rule_id"),
        _number("version", autoincrement=False),
        _text("valid_from", "YYYY-MM-DD: the first day on which it is used"),
        _text("ends", "YYYY-MM-DD: the first day on which it is not used any more; empty: open"),
        _text("document", "the rule as it was written, as JSON; never changed"),
        _text("written_by", "an agent, or `sample`"),
        sa.Column("written_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("rule_id", "version"),
    )
    op.create_table(
        "median_income",
        _number("year", autoincrement=False),
        _text("won", "a month, for households of one to seven, space-separated"),
        _text("source"),
        _text("source_date", "YYYY-MM-DD"),
        _text("url"),
        _number("assured", "0: somebody must compare it with the source"),
        _text("written_by"),
        sa.Column("written_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("year"),
    )
