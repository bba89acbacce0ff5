"""Alerts of authorities, notices to the public, and people who are looked for."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str, comment: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, comment=comment)


def _number(name: str, comment: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, _NUMBER, nullable=False, comment=comment)


def _time(name: str, comment: str | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Double(), nullable=nullable, comment=comment)


def _blob(name: str, comment: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(), nullable=True, comment=comment)


def _alert() -> None:
    op.create_table(
        "alert",
        _text("id", "ascends with time"),
        _text("source", "the connector that brought it"),
        _text("sender", "an authority, as CAP names it"),
        _text("identifier", "of the sender's no other alert"),
        _text("status", "CAP's word"),
        _text("kind", "CAP's msgType"),
        _text("scope", "CAP's word"),
        _text("state"),
        _text("event", "what the authority calls it"),
        _text("hazard", "a code of ours"),
        _text("category", "CAP's word"),
        _text("severity", "CAP's word, the gravest of all languages; so urgency and certainty"),
        _text("urgency"),
        _text("certainty"),
        _text("area", "codes, polygons, circles and names, as JSON"),
        _text("replaced_by", "the alert that updated or cancelled it; empty: none"),
        _blob("content", "all that it says, as JSON: it may name somebody who is looked for"),
        _time("sent_at"),
        _time("begins_at"),
        _time("ends_at"),
        _time("received_at"),
        _time("due_at", "when the clock moves it", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sender", "identifier", name="alert_once"),
    )
    op.create_index(
        "alert_due",
        "alert",
        ["due_at"],
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index("alert_state", "alert", ["state", "id"])


def _alert_reference() -> None:
    op.create_table(
        "alert_reference",
        _text("sender"),
        _text("identifier"),
        _text("by_alert", "the alert that says something of it"),
        _text("kind", "CAP's msgType of that one"),
        _text("status", "CAP's word of that one"),
        sa.PrimaryKeyConstraint("sender", "identifier", "by_alert"),
        comment="what alerts say of others, also of such as come later",
    )


def _alert_change() -> None:
    op.create_table(
        "alert_change",
        sa.Column("sequence", _NUMBER, nullable=False, autoincrement=False, comment="1 for the first, without gaps"),
        _text("alert_id"),
        _text("state"),
        _time("changed_at"),
        sa.PrimaryKeyConstraint("sequence"),
    )
    op.create_index("ix_alert_change_changed_at", "alert_change", ["changed_at"])


def _alert_counter() -> None:
    op.create_table(
        "alert_counter",
        _text("id", "now"),
        _number("last", "the last sequence of all alerts"),
        sa.PrimaryKeyConstraint("id"),
    )


def _notice_rule() -> None:
    op.create_table(
        "notice_rule",
        _text("id"),
        _text("area_code", "KR: any"),
        _text("hazard", "empty: any"),
        _text("category", "CAP's; empty: any"),
        _text("severity", "at least, in CAP's words; so urgency and certainty"),
        _text("urgency"),
        _text("certainty"),
        _text("notice_class"),
        _text("channels", "in their order, blanks between"),
        _text("put_by"),
        _time("put_at"),
        sa.PrimaryKeyConstraint("id"),
    )


def _notice() -> None:
    op.create_table(
        "notice",
        _text("id", "ascends with time"),
        _text("state"),
        _text("act", "first, update or cancel"),
        _text("notice_class"),
        _text("hazard"),
        _text("alert_id", "the alert behind it; empty: none"),
        _text("follows", "the notice whose readers it is for; empty: none"),
        _text("area", "codes, polygons, circles and names, as JSON"),
        _text("channels", "in their order, blanks between"),
        _text("sign_video_url", "the same in sign language; empty: none"),
        _text("created_by", "who proposed it, or `rule`"),
        _text("author", "who wrote the present text"),
        _number("version", "of the text; 1 for the first"),
        _blob("texts", "by language, as JSON"),
        _number("counted_version", "the version that was last counted; 0: none"),
        sa.Column("recipients", _NUMBER, nullable=True, comment="as counted; null: nobody can say"),
        _text("counts", "by channel and language, as JSON"),
        _blob("request_id"),
        _number("sequence", "how many entries it has"),
        _number("surge", "1 while it makes routing prepare for many calls"),
        _text("reason", "why it stands where it does, a code"),
        _text("traceparent"),
        _time("proposed_at"),
        _time("waits_since", "when the present text was written"),
        _time("called_at", "when a second approval was asked for loudly", nullable=True),
        _time("released_at", nullable=True),
        _time("ends_at", "when its time has passed"),
        _time("due_at", "when the clock looks at it", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("created_by", "request_id", name="notice_request"),
    )
    op.create_index("notice_alert", "notice", ["alert_id", "id"])
    op.create_index(
        "notice_due",
        "notice",
        ["due_at"],
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index("notice_follows", "notice", ["follows", "id"])
    op.create_index("notice_state", "notice", ["state", "id"])
    op.create_index(
        "notice_surge", "notice", ["ends_at"], sqlite_where=sa.text("surge = 1"), postgresql_where=sa.text("surge = 1")
    )


def _notice_approval() -> None:
    op.create_table(
        "notice_approval",
        _text("notice_id"),
        _number("version"),
        _text("approved_by"),
        _number("place", "1 for the first"),
        _time("approved_at"),
        sa.PrimaryKeyConstraint("notice_id", "version", "approved_by"),
    )


def _notice_entry() -> None:
    op.create_table(
        "notice_entry",
        _text("id"),
        _text("notice_id"),
        _number("sequence", "1 for the first, without gaps"),
        _text("kind", "what happened, a code"),
        _text("state", "where the notice stood afterwards"),
        _text("reason", "a code"),
        _text("actor", "a person, `citizen`, `rule` or `clock`"),
        _text("reference", "the case it is about; empty: none"),
        _number("version", "of the text"),
        _blob("note", "in somebody's words"),
        _time("happened_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("notice_id", "sequence", name="notice_entry_once"),
    )


def _notice_release() -> None:
    op.create_table(
        "notice_release",
        _text("id", "ascends with time"),
        _text("notice_id"),
        _text("act"),
        _text("notice_class"),
        _number("version"),
        _text("channels"),
        _text("area"),
        _text("readers_of", "the release whose readers it is for; empty: whoever is in the area"),
        _blob("texts", "by language, with the form a carrier takes each in, as JSON"),
        _time("released_at"),
        _time("ends_at", "nothing leaves after it"),
        _time("taken_at", "when somebody began to send it", nullable=True),
        _time("stopped_at", "when it was called off: what has not left does not leave", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("notice_id", name="notice_release_once"),
        comment="what is to be sent",
    )
    op.create_index(
        "notice_release_waits",
        "notice_release",
        ["id"],
        sqlite_where=sa.text("taken_at IS NULL AND stopped_at IS NULL"),
        postgresql_where=sa.text("taken_at IS NULL AND stopped_at IS NULL"),
    )


def _missing_person() -> None:
    op.create_table(
        "missing_person",
        _text("id", "the notice's"),
        _text("kind", "child, disability or dementia"),
        _text("code", "what a sighting quotes"),
        _text("outcome", "how the search ended; empty: it goes on"),
        _blob("name"),
        _blob("description"),
        _blob("police_reference", "by which the police asked for it"),
        _text("photo", "where the picture is kept, sealed; empty: none"),
        _text("photo_type"),
        _text("reported_by"),
        _time("seen_at", "when they were last seen", nullable=True),
        _time("ends_at"),
        _time("closed_at", nullable=True),
        _time("erased_at", "when name, words and photo were taken out", nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "missing_code",
        "missing_person",
        ["code"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "missing_kept",
        "missing_person",
        ["closed_at"],
        sqlite_where=sa.text("erased_at IS NULL"),
        postgresql_where=sa.text("erased_at IS NULL"),
    )


def _notice_audit() -> None:
    op.create_table(
        "notice_audit",
        _text("id", "ascends with time"),
        _time("happened_at"),
        _text("actor"),
        _text("action", "a code"),
        _text("notice_id"),
        _blob("purpose", "in somebody's words"),
        sa.PrimaryKeyConstraint("id"),
        comment="who read what names somebody who is looked for; rows are added, never changed",
    )
    op.create_index("ix_notice_audit_notice_id", "notice_audit", ["notice_id"])


def upgrade() -> None:
    _alert()
    _alert_reference()
    _alert_change()
    _alert_counter()
    _notice_rule()
    _notice()
    _notice_approval()
    _notice_entry()
    _notice_release()
    _missing_person()
    _notice_audit()
