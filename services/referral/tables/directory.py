"""The directory: who helps with what, as HSDS documents beside the columns that are looked for.

Whatever is shown of a service, its organization and its places included, never changes without ``service.modified_at``:
who keeps something beside the directory looks for what is newer. Names of people are left out of every document.
"""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import ID, NONE, blob, number, only, text, time
from services.referral.tables.metadata import metadata

source = sa.Table(
    "source",
    metadata,
    text("id", primary_key=True, comment="chosen by the centre, or the connector's id"),
    text("name"),
    text("kind", comment="hsds_json, hsds_tabular, spreadsheet or connector"),
    text("cursor", comment="where an import that stopped goes on; empty: none is under way"),
    number("rank", comment="which source is believed where two contradict each other: the lower"),
    number("generation", comment="counts imports; what a complete one has not seen is gone"),
    time("begun_at", nullable=True, comment="when the import began that is under way"),
    time("moved_at", nullable=True, comment="when it last came further"),
    time("imported_at", nullable=True, comment="when one was last complete"),
    time("compared_at", nullable=True, comment="when it was last compared with other sources"),
)

organization = sa.Table(
    "organization",
    metadata,
    text("id", primary_key=True, comment="HSDS: a UUID"),
    text("source"),
    text("source_key", comment="what the source calls it"),
    text("name"),
    text("document", comment="HSDS organization, without its services, as JSON"),
    blob("digest", NONE, comment="of the document as the source gave it"),
    time("modified_at"),
    time("removed_at", nullable=True),
    sa.UniqueConstraint("source", "source_key", name="organization_key"),
    sa.Index("organization_modified", "modified_at", "id"),
)

service = sa.Table(
    "service",
    metadata,
    text("id", primary_key=True, comment="HSDS: a UUID"),
    text("organization_id", index=True),
    text("source"),
    text("source_key", comment="what the source calls it"),
    text("name"),
    text("status", comment="as HSDS: active, inactive, defunct or temporarily closed"),
    text("kind", comment="welfare or legal"),
    number("minimum_age", nullable=True, comment="in years; null: none"),
    number("maximum_age", nullable=True, comment="in years; null: none"),
    text("document", comment="HSDS service, without its organization and locations, as JSON"),
    blob("digest", NONE, comment="of the document as the source gave it"),
    text("likeness", comment="name and organization, written alike where they mean the same"),
    text("behind", comment="the service that stands for it, being the same from a better source; empty: none"),
    number("generation", comment="the import that saw it last"),
    time("assured_at", nullable=True, comment="when somebody last said that it is right"),
    text("assured_by", ID, comment="who of the centre said so; empty: the source"),
    time("modified_at"),
    time("removed_at", nullable=True),
    sa.UniqueConstraint("source", "source_key", name="service_key"),
    sa.Index("service_modified", "modified_at", "id"),
    sa.Index("service_likeness", "likeness", "source"),
    only("service_behind", "behind", where="behind <> ''"),
)

location = sa.Table(
    "location",
    metadata,
    text("id", primary_key=True, comment="HSDS: a UUID"),
    text("organization_id", index=True),
    text("source"),
    text("source_key", comment="what the source calls it"),
    text("name"),
    sa.Column("latitude", sa.Double, nullable=True, info=NONE),
    sa.Column("longitude", sa.Double, nullable=True, info=NONE),
    text("document", comment="HSDS location, as JSON"),
    time("modified_at"),
    time("removed_at", nullable=True),
    sa.UniqueConstraint("source", "source_key", name="location_key"),
)

service_at_location = sa.Table(
    "service_at_location",
    metadata,
    text("id", primary_key=True, comment="HSDS: a UUID"),
    text("service_id", index=True),
    text("location_id", index=True),
    text("document", comment="HSDS service_at_location without both, as JSON"),
    time("modified_at"),
    sa.UniqueConstraint("service_id", "location_id", name="service_at_location_once"),
)

service_area = sa.Table(
    "service_area",
    metadata,
    text("service_id", primary_key=True),
    text(
        "area",
        primary_key=True,
        comment="district code of the Ministry of the Interior: its first 2, 5 or 10 digits, "
        "or `KR` for the whole country",
    ),
    sa.Index("service_area_of", "area", "service_id"),
)

service_term = sa.Table(
    "service_term",
    metadata,
    text("service_id", primary_key=True),
    text("taxonomy", primary_key=True, comment="life_stage, target, interest, topic or need"),
    text("term", primary_key=True, comment="the term's code"),
    sa.Index("service_term_of", "taxonomy", "term", "service_id"),
)

import_error = sa.Table(
    "import_error",
    metadata,
    text("source", primary_key=True),
    text("source_key", primary_key=True, comment="what the source calls it, or where it stands"),
    number("number", primary_key=True, comment="counts what is wrong with one record, from 1"),
    text("place", comment="file and row, where it comes from a file"),
    text("path", comment="where in the document, as JSON Pointer"),
    text("message", comment="what is wrong, without the value"),
    time("found_at"),
)

duplicate = sa.Table(
    "duplicate",
    metadata,
    text("first", primary_key=True, comment="the service with the lower id"),
    text("second", primary_key=True, index=True),
    text("decision", comment="same or different; empty: nobody has decided"),
    text("decided_by", ID, comment="who decided"),
    time("found_at"),
    time("decided_at", nullable=True),
    sa.Index("duplicate_open", "decision", "first", "second"),
)
