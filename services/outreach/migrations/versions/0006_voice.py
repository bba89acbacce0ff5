"""Recipients of mailings are called by agents, and a list that was half brought in is gone on with."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OPEN = sa.text("recipient_id <> '' AND state <> 'ended'")
_CALLS = sa.text("recipient_id <> ''")
_ABOUT = "check_in, second_contact or local_office"


def _number(name: str, default: str, comment: str) -> sa.Column[int]:
    return sa.Column(name, _NUMBER, nullable=False, server_default=sa.text(default), comment=comment)


def upgrade() -> None:
    comment = "whom a mailing calls; empty: it is for a check-in"
    recipient = sa.Column("recipient_id", sa.Text(), nullable=False, server_default=sa.text("''"), comment=comment)
    op.add_column("errand", recipient)
    _say("check_in_id", "empty: it is for a recipient of a mailing", None)
    _say("about", "check_in, second_contact, local_office, campaign or notice", _ABOUT)
    op.create_index("errand_recipient", "errand", ["recipient_id"], sqlite_where=_CALLS, postgresql_where=_CALLS)
    op.create_index("errand_open_calls", "errand", ["recipient_id"], sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.add_column("mailing", _number("parallel_calls", "10", "calls that are wanted of agents at the same time"))
    op.add_column("mailing", _number("call_attempts", "3", "how often a recipient is called"))
    op.add_column("recipient_list", _number("reached", "0", "the row of the file up to which it is brought in"))
    op.add_column("recipient_list", _number("complete", "1", "0: not all of the file is there"))
    op.add_column(
        "recipient_list", sa.Column("file_hash", sa.LargeBinary(), nullable=True, comment="of the file and its columns")
    )


def downgrade() -> None:
    for table, columns in (
        ("recipient_list", ("file_hash", "complete", "reached")),
        ("mailing", ("call_attempts", "parallel_calls")),
    ):
        for column in columns:
            op.drop_column(table, column)
    op.drop_index("errand_open_calls", "errand")
    op.drop_index("errand_recipient", "errand")
    op.drop_column("errand", "recipient_id")
    _say("about", _ABOUT, "check_in, second_contact, local_office, campaign or notice")
    _say("check_in_id", None, "empty: it is for a recipient of a mailing")


def _say(column: str, comment: str | None, was: str | None) -> None:
    """What a column holds; SQLite keeps no comments."""
    if op.get_bind().dialect.name == "postgresql":
        kept = {"existing_type": sa.Text(), "existing_nullable": False, "existing_comment": was}
        op.alter_column("errand", column, comment=comment, **kept)  # type: ignore[arg-type] # alembic's are named
