"""The first tables of referral: the directory."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str, comment: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, comment=comment)


def _number(name: str, comment: str | None = None, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, _NUMBER, comment=comment, **{"nullable": False, **options})


def _time(name: str, comment: str | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Double(), nullable=nullable, comment=comment)


def _blob(name: str, comment: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(), nullable=False, comment=comment)


def _id() -> sa.Column[Any]:
    return _text("id", "HSDS: a UUID")


def upgrade() -> None:
    op.create_table(
        "outbox",
        _number("seq", autoincrement=True),
        _text("id"),
        _text("kind"),
        _text("key"),
        _text("headers"),
        _blob("body"),
        _time("created_at"),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table("inbox", _text("event_id"), _time("received_at"), sa.PrimaryKeyConstraint("event_id"))
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])
    op.create_table(
        "source",
        _text("id", "chosen by the centre, or the connector's id"),
        _text("name"),
        _text("kind", "hsds_json, hsds_tabular, spreadsheet or connector"),
        _text("cursor", "where an import that stopped goes on; empty: none is under way"),
        _number("rank", "which source is believed where two contradict each other: the lower"),
        _number("generation", "counts imports; what a complete one has not seen is gone"),
        _time("begun_at", "when the import began that is under way", nullable=True),
        _time("moved_at", "when it last came further", nullable=True),
        _time("imported_at", "when one was last complete", nullable=True),
        _time("compared_at", "when it was last compared with other sources", nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    _providers()
    _places()


def _providers() -> None:
    op.create_table(
        "organization",
        _id(),
        _text("source"),
        _text("source_key", "what the source calls it"),
        _text("name"),
        _text("document", "HSDS organization, without its services, as JSON"),
        _blob("digest", "of the document as the source gave it"),
        _time("modified_at"),
        _time("removed_at", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source", "source_key", name="organization_key"),
    )
    op.create_index("organization_modified", "organization", ["modified_at", "id"])
    op.create_table(
        "service",
        _id(),
        _text("organization_id"),
        _text("source"),
        _text("source_key", "what the source calls it"),
        _text("name"),
        _text("status", "as HSDS: active, inactive, defunct or temporarily closed"),
        _text("kind", "welfare or legal"),
        _number("minimum_age", "in years; null: none", nullable=True),
        _number("maximum_age", "in years; null: none", nullable=True),
        _text("document", "HSDS service, without its organization and locations, as JSON"),
        _blob("digest", "of the document as the source gave it"),
        _text("likeness", "name and organization, written alike where they mean the same"),
        _text("behind", "the service that stands for it, being the same from a better source; empty: none"),
        _number("generation", "the import that saw it last"),
        _time("assured_at", "when somebody last said that it is right", nullable=True),
        _text("assured_by", "who of the centre said so; empty: the source"),
        _time("modified_at"),
        _time("removed_at", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source", "source_key", name="service_key"),
    )
    op.create_index("ix_service_organization_id", "service", ["organization_id"])
    op.create_index("service_modified", "service", ["modified_at", "id"])
    op.create_index("service_likeness", "service", ["likeness", "source"])
    hidden = sa.text("behind <> ''")
    op.create_index("service_behind", "service", ["behind"], sqlite_where=hidden, postgresql_where=hidden)


def _places() -> None:
    op.create_table(
        "location",
        _id(),
        _text("organization_id"),
        _text("source"),
        _text("source_key", "what the source calls it"),
        _text("name"),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        _text("document", "HSDS location, as JSON"),
        _time("modified_at"),
        _time("removed_at", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source", "source_key", name="location_key"),
    )
    op.create_index("ix_location_organization_id", "location", ["organization_id"])
    op.create_table(
        "service_at_location",
        _id(),
        _text("service_id"),
        _text("location_id"),
        _text("document", "HSDS service_at_location without both, as JSON"),
        _time("modified_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("service_id", "location_id", name="service_at_location_once"),
    )
    op.create_index("ix_service_at_location_service_id", "service_at_location", ["service_id"])
    op.create_index("ix_service_at_location_location_id", "service_at_location", ["location_id"])
    op.create_table(
        "service_area",
        _text("service_id"),
        _text(
            "area",
            "district code of the Ministry of the Interior: its first 2, 5 or 10 digits, or `KR` for the whole country",
        ),
        sa.PrimaryKeyConstraint("service_id", "area"),
    )
    op.create_index("service_area_of", "service_area", ["area", "service_id"])
    op.create_table(
        "service_term",
        _text("service_id"),
        _text("taxonomy", "life_stage, target, interest, topic or need"),
        _text("term", "the term's code"),
        sa.PrimaryKeyConstraint("service_id", "taxonomy", "term"),
    )
    op.create_index("service_term_of", "service_term", ["taxonomy", "term", "service_id"])
