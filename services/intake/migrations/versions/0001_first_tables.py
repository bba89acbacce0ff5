"""The first tables of intake."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("reference", sa.LargeBinary(), nullable=False),
        sa.Column("filename", sa.LargeBinary(), nullable=True),
        sa.Column("claimed_type", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("blob_key", sa.Text(), nullable=False),
        sa.Column("failure", sa.LargeBinary(), nullable=True),
        sa.Column("traceparent", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_attachment_contact_id"), "attachment", ["contact_id"], unique=False)
    op.create_table(
        "audit",
        sa.Column("id", sa.Text(), nullable=False, comment="ascends with time"),
        sa.Column("happened_at", sa.Double(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("citizen_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("purpose", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_audit_citizen_id"), "audit", ["citizen_id"], unique=False)
    op.create_table(
        "cases",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("citizen_id", sa.Text(), nullable=False),
        sa.Column("identity_id", sa.Text(), nullable=False),
        sa.Column("conversation", sa.LargeBinary(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=True),
        sa.Column("opened_at", sa.Double(), nullable=False),
        sa.Column("updated_at", sa.Double(), nullable=False),
        sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index("cases_agent", "cases", ["agent_id", "state"], unique=False)
    op.create_index("cases_identity", "cases", ["identity_id", "conversation"], unique=False)
    op.create_index("cases_newest", "cases", ["opened_at", "id"], unique=False)
    op.create_index(
        "cases_one_open",
        "cases",
        ["identity_id", "conversation"],
        unique=True,
        sqlite_where=sa.text("state <> 'closed'"),
        postgresql_where=sa.text("state <> 'closed'"),
    )
    op.create_index(op.f("ix_cases_citizen_id"), "cases", ["citizen_id"], unique=False)
    op.create_table(
        "citizen",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False, comment="records with the same person_id are one person"),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_citizen_person_id"), "citizen", ["person_id"], unique=False)
    op.create_table(
        "contact",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column(
            "provider_id",
            sa.LargeBinary(),
            nullable=False,
            comment="keyed hash: providers put user keys into their message ids",
        ),
        sa.Column("medium", sa.Text(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("reply_context", sa.LargeBinary(), nullable=True),
        sa.Column("occurred_at", sa.Double(), nullable=True),
        sa.Column("received_at", sa.Double(), nullable=False),
        sa.Column("traceparent", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("channel", "provider_id", name="contact_provider_id"),
    )
    op.create_index(op.f("ix_contact_case_id"), "contact", ["case_id"], unique=False)
    op.create_table(
        "early_receipt",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("failure", sa.LargeBinary(), nullable=True),
        sa.Column("received_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("early_receipt_provider", "early_receipt", ["channel", "provider_id"], unique=False)
    op.create_index(op.f("ix_early_receipt_received_at"), "early_receipt", ["received_at"], unique=False)
    op.create_table(
        "entry",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column(
            "sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False, comment="the contact, reply, note or attachment"),
        sa.Column("was", sa.Text(), nullable=False, comment="for state changes: the state before"),
        sa.Column(
            "becomes", sa.Text(), nullable=False, comment="the state of the reply, attachment or case with this entry"
        ),
        sa.Column("agent_id", sa.Text(), nullable=True),
        sa.Column("happened_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "sequence"),
    )
    op.create_table(
        "identity",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("citizen_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("address_hash", sa.LargeBinary(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("display_name", sa.LargeBinary(), nullable=True),
        sa.Column("number_hash", sa.LargeBinary(), nullable=True, comment="of a number proved to be the citizen's"),
        sa.Column("verified_at", sa.Double(), nullable=True),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("channel", "address_hash", name="identity_channel_address"),
    )
    op.create_index(op.f("ix_identity_citizen_id"), "identity", ["citizen_id"], unique=False)
    op.create_index(op.f("ix_identity_number_hash"), "identity", ["number_hash"], unique=False)
    op.create_table(
        "inbox",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("received_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("event_id"),
    )
    op.create_index(op.f("ix_inbox_received_at"), "inbox", ["received_at"], unique=False)
    op.create_table(
        "note",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("request_id", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "request_id", name="note_request"),
    )
    op.create_index(op.f("ix_note_case_id"), "note", ["case_id"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "person_link",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("citizen_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("number_hash", sa.LargeBinary(), nullable=False),
        sa.Column("linked_by", sa.Text(), nullable=False),
        sa.Column("linked_at", sa.Double(), nullable=False),
        sa.Column("unlinked_by", sa.Text(), nullable=True),
        sa.Column("unlinked_at", sa.Double(), nullable=True),
        sa.Column("unlink_reason", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_person_link_citizen_id"), "person_link", ["citizen_id"], unique=False)
    op.create_table(
        "reply",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("request_id", sa.LargeBinary(), nullable=False),
        sa.Column(
            "part",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="of a text that the channel cannot carry at once; from 1",
        ),
        sa.Column(
            "follows", sa.Text(), nullable=False, comment="the reply that must leave first; empty if none was under way"
        ),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column(
            "provider_id",
            sa.LargeBinary(),
            nullable=False,
            comment="of the sent message, or of the answer it left with; empty if not known",
        ),
        sa.Column("failure", sa.LargeBinary(), nullable=True, comment="providers name people in what they report"),
        sa.Column("attempts", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("updated_at", sa.Double(), nullable=False),
        sa.Column("traceparent", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "request_id", "part", name="reply_request"),
    )
    op.create_index(op.f("ix_reply_case_id"), "reply", ["case_id"], unique=False)
    op.create_index("reply_follows", "reply", ["follows"], unique=False)
    op.create_index("reply_provider", "reply", ["channel", "provider_id"], unique=False)
    op.create_table(
        "verification",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("citizen_id", sa.Text(), nullable=False),
        sa.Column("number", sa.LargeBinary(), nullable=False),
        sa.Column("number_hash", sa.LargeBinary(), nullable=False),
        sa.Column("code", sa.LargeBinary(), nullable=False),
        sa.Column("tries", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.Column("confirmed_at", sa.Double(), nullable=True),
        sa.Column("sent_at", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_verification_number_hash"), "verification", ["number_hash"], unique=False)
    op.create_table(
        "word",
        sa.Column("word_hash", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("word_hash", "case_id"),
    )


def downgrade() -> None:
    op.drop_table("word")
    op.drop_index(op.f("ix_verification_number_hash"), table_name="verification")
    op.drop_table("verification")
    op.drop_index("reply_provider", table_name="reply")
    op.drop_index("reply_follows", table_name="reply")
    op.drop_index(op.f("ix_reply_case_id"), table_name="reply")
    op.drop_table("reply")
    op.drop_index(op.f("ix_person_link_citizen_id"), table_name="person_link")
    op.drop_table("person_link")
    op.drop_table("outbox")
    op.drop_index(op.f("ix_note_case_id"), table_name="note")
    op.drop_table("note")
    op.drop_index(op.f("ix_inbox_received_at"), table_name="inbox")
    op.drop_table("inbox")
    op.drop_index(op.f("ix_identity_number_hash"), table_name="identity")
    op.drop_index(op.f("ix_identity_citizen_id"), table_name="identity")
    op.drop_table("identity")
    op.drop_table("entry")
    op.drop_index(op.f("ix_early_receipt_received_at"), table_name="early_receipt")
    op.drop_index("early_receipt_provider", table_name="early_receipt")
    op.drop_table("early_receipt")
    op.drop_index(op.f("ix_contact_case_id"), table_name="contact")
    op.drop_table("contact")
    op.drop_index(op.f("ix_citizen_person_id"), table_name="citizen")
    op.drop_table("citizen")
    op.drop_index(op.f("ix_cases_citizen_id"), table_name="cases")
    op.drop_index(
        "cases_one_open",
        table_name="cases",
        sqlite_where=sa.text("state <> 'closed'"),
        postgresql_where=sa.text("state <> 'closed'"),
    )
    op.drop_index("cases_identity", table_name="cases")
    op.drop_index("cases_newest", table_name="cases")
    op.drop_index("cases_agent", table_name="cases")
    op.drop_table("cases")
    op.drop_index(op.f("ix_audit_citizen_id"), table_name="audit")
    op.drop_table("audit")
    op.drop_index(op.f("ix_attachment_contact_id"), table_name="attachment")
    op.drop_table("attachment")
