"""The rota: teams, shifts, groups, memberships, overrides, days of the calendar and swaps."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OPEN = sa.text("state IN ('requested', 'accepted')")
_OF_SWAP = sa.text("swap_id <> ''")
_TABLES = ("rota_team", "rota_shift", "rota_group", "rota_membership", "rota_override", "rota_day", "rota_swap")


def _text(name: str, comment: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, comment=comment)


def _number(name: str, comment: str | None = None) -> sa.Column[int]:
    return sa.Column(name, _NUMBER, nullable=False, comment=comment)


def _time(name: str, *, nullable: bool = False) -> sa.Column[float]:
    return sa.Column(name, sa.Double(), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "rota_team",
        _text("id"),
        _text("name_ko"),
        _text("name_en"),
        _text("zone"),
        _text("skills", "that this desk alone serves, space-separated"),
        _text("languages", "space-separated"),
        _number("minimum"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "rota_shift",
        _text("id"),
        _text("team_id"),
        _text("name_ko"),
        _text("name_en"),
        _number("start_minute", "of the local day"),
        _number("end_minute", "at or before the start: on the next day"),
        _text("days", "MO to SU, space-separated"),
        _text("on_holidays"),
        _text("from_day"),
        _text("until_day", "the first day on which it no longer runs"),
        _number("minimum"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "rota_group",
        _text("team_id"),
        _text("id"),
        _text("cycle", "a shift or 'off' for each day, space-separated"),
        _text("cycle_start"),
        sa.PrimaryKeyConstraint("team_id", "id"),
    )
    op.create_table(
        "rota_membership",
        _text("agent_id"),
        _text("from_day"),
        _text("team_id"),
        _text("group_id"),
        _text("until_day", "the first day on which it is over"),
        sa.PrimaryKeyConstraint("agent_id", "from_day", "team_id"),
    )
    op.create_table(
        "rota_override",
        _text("id"),
        _text("kind"),
        _text("agent_id"),
        _text("instead_of"),
        _text("team_id"),
        _time("start_at"),
        _time("end_at"),
        _text("back_team_id", "of a swap: what is done in return"),
        _time("back_start_at", nullable=True),
        _time("back_end_at", nullable=True),
        _text("swap_id"),
        sa.Column("reason", sa.LargeBinary(), nullable=True, comment="may speak of illness"),
        _time("created_at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("rota_override_start", "rota_override", ["start_at"])
    op.create_index(
        "rota_override_swap",
        "rota_override",
        ["swap_id"],
        unique=True,
        sqlite_where=_OF_SWAP,
        postgresql_where=_OF_SWAP,
    )
    op.create_table(
        "rota_day",
        _text("day"),
        _text("team_id", "empty for all teams"),
        _number("holiday", "1, or 0 for a working day"),
        _text("name"),
        sa.PrimaryKeyConstraint("day", "team_id"),
    )
    op.create_table(
        "rota_swap",
        _text("id"),
        _text("agent_id"),
        _text("to_agent_id"),
        _text("give_team_id"),
        _text("give_shift_id"),
        _time("give_start_at"),
        _time("give_end_at"),
        _text("take_team_id"),
        _text("take_shift_id"),
        _time("take_start_at", nullable=True),
        _time("take_end_at", nullable=True),
        _text("state"),
        sa.Column("reason", sa.LargeBinary(), nullable=True, comment="what agents say about themselves"),
        _time("requested_at"),
        _time("changed_at"),
        _text("changed_by"),
        _time("expires_at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "rota_swap_one_open",
        "rota_swap",
        ["agent_id", "give_start_at"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_index("rota_swap_expiring", "rota_swap", ["expires_at"], sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.create_index("rota_swap_agent", "rota_swap", ["agent_id", "id"])
    op.create_index("rota_swap_to_agent", "rota_swap", ["to_agent_id", "id"])


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
