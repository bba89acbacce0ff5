"""Mailings and surveys: recipients, parts, rules about who is not to be written to; lists of people and campaigns."""

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


def _blob(name: str, comment: str | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(), nullable=nullable, comment=comment)


def _double(name: str, comment: str | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Double(), nullable=nullable, comment=comment)


def upgrade() -> None:
    _mailings()
    _recipients()
    _rules()
    _lists()


def _mailings() -> None:
    op.create_table(
        "mailing",
        _text("id"),
        _text("kind"),
        _text("urgency", "bulk or life_safety"),
        _text("title"),
        _text("state"),
        _text("steps", "JSON: channels in order, each with the kind of address"),
        _text("starts", "JSON: starting times, one of which each recipient draws"),
        _double("pace_per_s"),
        _double("wait_s"),
        _number("needs_approval_above"),
        _number("total", "recipients on the list"),
        _number("last_number", "the highest number on the list"),
        _number("duplicates"),
        _text("created_by"),
        _double("created_at"),
        _text("approved_by"),
        _double("approved_at", nullable=True),
        _double("started_at", nullable=True),
        _double("ended_at", nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("mailing_newest", "mailing", ["created_at", "id"])
    where = sa.text("state IN ('running', 'stopped')")
    op.create_index("mailing_open", "mailing", ["id"], sqlite_where=where, postgresql_where=where)
    op.create_table(
        "mailing_text",
        _text("mailing_id"),
        _text("channel"),
        _text("language"),
        _blob("text", "it may be about a person"),
        _text("template"),
        _text("subject"),
        sa.PrimaryKeyConstraint("mailing_id", "channel", "language"),
    )
    op.create_table(
        "mailing_audit",
        _text("id"),
        _double("happened_at"),
        _text("actor"),
        _text("action"),
        _text("mailing_id", "or the list"),
        _blob("purpose", nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_mailing_audit_mailing_id", "mailing_audit", ["mailing_id"])


def _recipients() -> None:
    op.create_table(
        "mailing_recipient",
        _text("id"),
        _text("mailing_id"),
        _number("number", "the place on the list"),
        _blob("person_hash"),
        _blob("details", "JSON: addresses by kind, variables"),
        _text("language"),
        _text("district"),
        _text("place", "the district whose quiet hours count"),
        _number("variant", "which starting time was drawn"),
        _text("state"),
        _text("reason"),
        _number("step", "which of the mailing's channels is tried"),
        _number("tries", "of that channel"),
        _blob("provider_hash", "of the provider's id, once it is known", nullable=True),
        _double("due_at"),
        _double("moved_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("mailing_id", "person_hash", name="mailing_recipient_person"),
        sa.UniqueConstraint("mailing_id", "number", name="mailing_recipient_number"),
    )
    where = sa.text("provider_hash IS NOT NULL")
    op.create_index(
        "mailing_recipient_provider", "mailing_recipient", ["provider_hash"], sqlite_where=where, postgresql_where=where
    )
    op.create_table(
        "mailing_part",
        _text("id"),
        _text("mailing_id"),
        _number("step"),
        _text("channel"),
        _number("first"),
        _number("last"),
        _number("urgent", "1 for life safety: its parts go first"),
        _text("state", "waiting, queued, sending, done"),
        _double("due_at"),
        _double("moved_at"),
        _double("look_at", "until when deliveries of it are waited for", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("mailing_id", "step", "first", name="mailing_part_place"),
    )
    where = sa.text("state = 'waiting'")
    op.create_index("mailing_part_due", "mailing_part", ["due_at"], sqlite_where=where, postgresql_where=where)
    where = sa.text("look_at IS NOT NULL")
    op.create_index("mailing_part_look", "mailing_part", ["look_at"], sqlite_where=where, postgresql_where=where)
    where = sa.text("state IN ('queued', 'sending')")
    op.create_index(
        "mailing_part_under_way", "mailing_part", ["channel", "moved_at"], sqlite_where=where, postgresql_where=where
    )


def _rules() -> None:
    op.create_table(
        "delivery_report",
        _text("id"),
        _text("channel"),
        _blob("provider_hash"),
        _text("state"),
        _double("received_at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_delivery_report_provider_hash", "delivery_report", ["provider_hash"])
    op.create_index("ix_delivery_report_received_at", "delivery_report", ["received_at"])
    op.create_table(
        "contact_rule",
        _blob("person_hash"),
        _text("channel", "empty: all of them"),
        _text("kind"),
        _text("source", "who wrote it down, or the connector that said so"),
        _double("created_at"),
        sa.PrimaryKeyConstraint("person_hash", "channel"),
    )
    op.create_table(
        "quiet_place",
        _text("district", "with all whose code begins so"),
        _text("zone"),
        _text("begins"),
        _text("ends"),
        sa.PrimaryKeyConstraint("district"),
    )


def _lists() -> None:
    op.create_table(
        "recipient_list",
        _text("id"),
        _text("name"),
        _text("variables", "JSON: what texts may name"),
        _number("members"),
        _number("refused"),
        _number("duplicates"),
        _text("created_by"),
        _double("created_at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_recipient_list_created_at", "recipient_list", ["created_at"])
    op.create_table(
        "list_member",
        _text("list_id"),
        _number("number", "the row of the file", autoincrement=False),
        _blob("person_hash"),
        _blob("details", "JSON: addresses by kind, variables"),
        _text("language"),
        _text("district"),
        _number("birth_year", "0: unknown"),
        _text("tags", "each between blanks"),
        sa.PrimaryKeyConstraint("list_id", "number"),
        sa.UniqueConstraint("list_id", "person_hash", name="list_member_person"),
    )
    op.create_table(
        "row_fault",
        _text("list_id"),
        _number("number", "the row of the file", autoincrement=False),
        _text("heading", "the column; empty: the whole row"),
        _text("code"),
        sa.PrimaryKeyConstraint("list_id", "number", "heading"),
    )
    op.create_table(
        "campaign",
        _text("mailing_id"),
        _text("list_id"),
        _text("segment", "JSON: who of the list is meant"),
        _number("reached", "the list's number up to which the mailing's list is filled"),
        _number("open", "1 while it is being filled"),
        sa.PrimaryKeyConstraint("mailing_id"),
    )
    where = sa.text("open = 1")
    op.create_index("campaign_open", "campaign", ["mailing_id"], sqlite_where=where, postgresql_where=where)
    op.create_table(
        "survey",
        _text("id", "the message's"),
        _text("case_id"),
        _text("state", "waiting, asked, answered, untold"),
        _number("score", "1 to 5; 0: none yet"),
        _double("due_at", "when intake is asked (again)"),
        _double("created_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", name=None),
    )
    where = sa.text("state = 'waiting'")
    op.create_index("survey_due", "survey", ["due_at"], sqlite_where=where, postgresql_where=where)
