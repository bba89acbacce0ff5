"""By which road each agency is reached."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _text(name: str, comment: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, comment=comment)


def _sealed(name: str, comment: str) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(), nullable=True, comment=comment)


def upgrade() -> None:
    op.create_table(
        "agency",
        _text("id", "the organization's"),
        _text("road", "connector, email, sms, telephone or none"),
        _text("connector", "the department's; empty for any other road"),
        _sealed("address", "an e-mail address or a number"),
        _text("second_road", "email, sms or none"),
        _sealed("second_address", "whom to turn to when nobody answers"),
        _text("language", "in which it is written to: ko or en"),
        _text("timers", "working hours to acknowledge, accept, progress, and between rungs, as JSON"),
        sa.PrimaryKeyConstraint("id"),
    )
