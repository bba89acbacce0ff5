"""The rota. Days are written YYYY-MM-DD, so that they sort; "0001-01-01" and "9999-12-31" stand for always."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import ID, SEALED, blob, number, only, text, time
from services.routing.tables.metadata import metadata

rota_team = sa.Table(
    "rota_team",
    metadata,
    text("id", primary_key=True),
    text("name_ko"),
    text("name_en"),
    text("zone"),
    text("skills", comment="that this desk alone serves, space-separated"),
    text("languages", comment="space-separated"),
    number("minimum"),
)

rota_shift = sa.Table(
    "rota_shift",
    metadata,
    text("id", primary_key=True),
    text("team_id"),
    text("name_ko"),
    text("name_en"),
    number("start_minute", comment="of the local day"),
    number("end_minute", comment="at or before the start: on the next day"),
    text("days", comment="MO to SU, space-separated"),
    text("on_holidays"),
    text("from_day"),
    text("until_day", comment="the first day on which it no longer runs"),
    number("minimum"),
)

rota_group = sa.Table(
    "rota_group",
    metadata,
    text("team_id", primary_key=True),
    text("id", primary_key=True),
    text("cycle", comment="a shift or 'off' for each day, space-separated"),
    text("cycle_start"),
)

rota_membership = sa.Table(
    "rota_membership",
    metadata,
    text("agent_id", ID, primary_key=True),
    text("from_day", primary_key=True),
    text("team_id", primary_key=True),
    text("group_id"),
    text("until_day", comment="the first day on which it is over"),
)

rota_override = sa.Table(
    "rota_override",
    metadata,
    text("id", ID, primary_key=True),
    text("kind"),
    text("agent_id", ID),
    text("instead_of", ID),
    text("team_id"),
    time("start_at"),
    time("end_at"),
    text("back_team_id", comment="of a swap: what is done in return"),
    time("back_start_at", nullable=True),
    time("back_end_at", nullable=True),
    text("swap_id", ID),
    blob("reason", SEALED, nullable=True, comment="may speak of illness"),
    time("created_at"),
    sa.Index("rota_override_start", "start_at"),
    only("rota_override_swap", "swap_id", unique=True, where="swap_id <> ''"),
)

rota_day = sa.Table(
    "rota_day",
    metadata,
    text("day", primary_key=True),
    text("team_id", primary_key=True, comment="empty for all teams"),
    number("holiday", comment="1, or 0 for a working day"),
    text("name"),
)

rota_swap = sa.Table(
    "rota_swap",
    metadata,
    text("id", ID, primary_key=True),
    text("agent_id", ID),
    text("to_agent_id", ID),
    text("give_team_id"),
    text("give_shift_id"),
    time("give_start_at"),
    time("give_end_at"),
    text("take_team_id"),
    text("take_shift_id"),
    time("take_start_at", nullable=True),
    time("take_end_at", nullable=True),
    text("state"),
    blob("reason", SEALED, nullable=True, comment="what agents say about themselves"),
    time("requested_at"),
    time("changed_at"),
    text("changed_by", ID),
    time("expires_at"),
    only("rota_swap_one_open", "agent_id", "give_start_at", unique=True, where="state IN ('requested', 'accepted')"),
    only("rota_swap_expiring", "expires_at", where="state IN ('requested', 'accepted')"),
    sa.Index("rota_swap_agent", "agent_id", "id"),
    sa.Index("rota_swap_to_agent", "to_agent_id", "id"),
)
