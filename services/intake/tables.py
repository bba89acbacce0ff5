"""Intake's tables."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import HASH, ID, SEALED, blob, number, only, text, time
from chassis.inbox import inbox_table
from chassis.leases import lease_table
from chassis.outbox import outbox_table

metadata = sa.MetaData()

citizen = sa.Table(
    "citizen",
    metadata,
    text("id", ID, primary_key=True),
    text("person_id", ID, index=True, comment="records with the same person_id are one person"),
    time("created_at"),
)

identity = sa.Table(
    "identity",
    metadata,
    text("id", ID, primary_key=True),
    text("citizen_id", ID, index=True),
    text("channel"),
    text("kind"),
    blob("address_hash", HASH),
    blob("address", SEALED),
    blob("display_name", SEALED, nullable=True),
    blob("number_hash", HASH, nullable=True, index=True, comment="of a number proved to be the citizen's"),
    time("verified_at", nullable=True),
    time("created_at"),
    sa.UniqueConstraint("channel", "address_hash", name="identity_channel_address"),
)

cases = sa.Table(
    "cases",
    metadata,
    text("id", ID, primary_key=True),
    text("number", ID, unique=True),
    text("citizen_id", ID, index=True),
    text("identity_id", ID),
    blob("conversation", HASH),
    blob("thread", SEALED, nullable=True, comment="the provider's own name of the conversation, told back in replies"),
    text("channel"),
    text("state"),
    text("language"),
    text("agent_id", ID, nullable=True),
    time("opened_at"),
    time("updated_at"),
    number("sequence"),
    number("contact_sequence", server_default="0", comment="of the last contact's entry"),
    text("topic", server_default=sa.text("''"), comment="an id of the table of topics; empty: not known"),
    number("priority", server_default="3", comment="1 life safety, 2 safety, 3 normal, 4 bulk"),
    only("cases_one_open", "identity_id", "conversation", unique=True, where="state <> 'closed'"),
    sa.Index("cases_identity", "identity_id", "conversation"),
    sa.Index("cases_newest", "opened_at", "id"),
    sa.Index("cases_agent", "agent_id", "state"),
)

contact = sa.Table(
    "contact",
    metadata,
    text("id", ID, primary_key=True),
    text("case_id", ID, index=True),
    text("channel"),
    blob("provider_id", HASH, comment="keyed hash: providers put user keys into their message ids"),
    text("medium"),
    blob("text", SEALED),
    blob("reply_context", SEALED, nullable=True),
    time("occurred_at", nullable=True),
    time("received_at"),
    text("traceparent"),
    blob("details", SEALED, nullable=True, comment="topic, place and the address of a call, as JSON"),
    time("reply_until", nullable=True, comment="when the provider stops taking replies to it"),
    text("language", server_default=sa.text("''")),
    text("topic", server_default=sa.text("''")),
    number("priority", server_default="3", comment="as it was judged by its words"),
    number("confidence", server_default="0", comment="of the topic, in percent"),
    sa.UniqueConstraint("channel", "provider_id", name="contact_provider_id"),
)

attachment = sa.Table(
    "attachment",
    metadata,
    text("id", ID, primary_key=True),
    text("contact_id", ID, index=True),
    text("case_id", ID),
    text("channel"),
    blob("reference", SEALED),
    blob("filename", SEALED, nullable=True),
    text("claimed_type"),
    text("state"),
    text("media_type"),
    number("size"),
    text("blob_key", ID),
    blob("failure", SEALED, nullable=True),
    text("traceparent"),
)

reply = sa.Table(
    "reply",
    metadata,
    text("id", ID, primary_key=True),
    text("case_id", ID, index=True),
    text("contact_id", ID),
    text("channel"),
    text("agent_id", ID),
    blob("request_id", HASH),
    number("part", comment="of a text that the channel cannot carry at once; from 1"),
    text("follows", ID, comment="the reply that must leave first; empty if none was under way"),
    blob("text", SEALED),
    text("state"),
    blob("provider_id", HASH, comment="of the sent message, or of the answer it left with; empty if not known"),
    blob("failure", SEALED, nullable=True, comment="providers name people in what they report"),
    number("attempts"),
    time("created_at"),
    time("updated_at"),
    text("traceparent"),
    number("files", server_default="0", comment="how many files go along"),
    blob("original", SEALED, nullable=True, comment="what the agent wrote, where the text is a translation of it"),
    number("by_machine", server_default="0", comment="1 if a machine translated it"),
    sa.UniqueConstraint("case_id", "request_id", "part", name="reply_request"),
    sa.Index("reply_provider", "channel", "provider_id"),
    sa.Index("reply_follows", "follows"),
)

reply_file = sa.Table(
    "reply_file",
    metadata,
    text("id", ID, primary_key=True),
    text("case_id", ID, index=True),
    text("agent_id", ID),
    text("reply_id", ID, index=True, comment="empty until a reply takes it"),
    blob("filename", SEALED, nullable=True),
    text("media_type"),
    number("size"),
    text("blob_key", ID),
    time("created_at"),
    only("reply_file_unused", "created_at", where="reply_id = ''"),
)

early_receipt = sa.Table(
    "early_receipt",
    metadata,
    text("id", ID, primary_key=True),
    text("channel"),
    blob("provider_id", HASH),
    text("state"),
    blob("failure", SEALED, nullable=True),
    time("received_at", index=True),
    sa.Index("early_receipt_provider", "channel", "provider_id"),
)

note = sa.Table(
    "note",
    metadata,
    text("id", ID, primary_key=True),
    text("case_id", ID, index=True),
    text("agent_id", ID),
    blob("request_id", HASH),
    blob("text", SEALED),
    time("created_at"),
    sa.UniqueConstraint("case_id", "request_id", name="note_request"),
)

correction = sa.Table(
    "correction",
    metadata,
    text("id", ID, primary_key=True),
    text("case_id", ID, index=True),
    text("agent_id", ID),
    text("was_topic"),
    text("topic"),
    number("was_priority"),
    number("priority"),
    time("corrected_at"),
    sa.Index("correction_newest", "corrected_at"),
)

handover = sa.Table(
    "handover",
    metadata,
    text("id", ID, primary_key=True),
    text("case_id", ID, index=True),
    text("department"),
    text("agent_id", ID),
    blob("request_id", HASH),
    blob("told", SEALED, comment="what the department is told, as JSON"),
    text("attachment_ids", ID, comment="space-separated"),
    number("names_citizen", comment="1 if the citizen agreed to be named"),
    text("state"),
    blob("ticket_hash", HASH, comment="of the department's own number; empty until it is known"),
    blob("ticket_id", SEALED, nullable=True),
    blob("note", SEALED, nullable=True),
    blob("failure", SEALED, nullable=True),
    time("expected_at", nullable=True),
    time("created_at"),
    time("updated_at"),
    time("looked_at", comment="when the department was last asked"),
    text("traceparent"),
    text("conference_id", ID, server_default=sa.text("''"), comment="during which it was handed over; empty for none"),
    time("stopped_at", nullable=True, comment="since when it must not leave any more"),
    sa.UniqueConstraint("case_id", "request_id", name="handover_request"),
    sa.Index("handover_ticket", "department", "ticket_hash"),
    only("handover_open", "department", "looked_at", where="state IN ('submitted', 'acknowledged', 'in_progress')"),
)

handover_update = sa.Table(
    "handover_update",
    metadata,
    text("department", primary_key=True),
    blob("update_hash", HASH, primary_key=True),
    text("handover_id", ID),
    time("received_at", index=True),
)

entry = sa.Table(
    "entry",
    metadata,
    text("case_id", ID, primary_key=True),
    number("sequence", primary_key=True, autoincrement=False),
    text("kind"),
    text("subject_id", ID, comment="the contact, reply, note, attachment, handover or call"),
    text("was", comment="for state changes: the state before"),
    text("becomes", comment="the state of the reply, attachment or case with this entry"),
    text("agent_id", ID, nullable=True),
    time("happened_at"),
)

word = sa.Table(
    "word",
    metadata,
    blob("word_hash", HASH, primary_key=True),
    text("case_id", ID, primary_key=True),
)

person_link = sa.Table(
    "person_link",
    metadata,
    text("id", ID, primary_key=True),
    text("citizen_id", ID, index=True),
    text("person_id", ID),
    blob("number_hash", HASH),
    text("linked_by", ID),
    time("linked_at"),
    text("unlinked_by", ID, nullable=True),
    time("unlinked_at", nullable=True),
    blob("unlink_reason", SEALED, nullable=True),
)

verification = sa.Table(
    "verification",
    metadata,
    text("id", ID, primary_key=True),
    text("citizen_id", ID),
    blob("number", SEALED),
    blob("number_hash", HASH, index=True),
    blob("code", SEALED),
    number("tries"),
    time("created_at"),
    time("expires_at"),
    time("confirmed_at", nullable=True),
    time("sent_at", nullable=True),
)

audit = sa.Table(
    "audit",
    metadata,
    text("id", ID, primary_key=True, comment="ascends with time"),
    time("happened_at"),
    text("actor", ID),
    text("action"),
    text("citizen_id", ID, index=True),
    text("case_id", ID),
    blob("purpose", SEALED),
)

call_leg = sa.Table(
    "call_leg",
    metadata,
    text("id", ID, primary_key=True),
    text("connector"),
    blob("leg_hash", HASH, comment="equal to the provider_id of the contact that the leg is"),
    blob("leg_id", SEALED),
    text("contact_id", ID, nullable=True, comment="null for a leg that is no citizen's call, or not known to be one"),
    text("case_id", ID, nullable=True, index=True),
    text("conference_id", ID, comment="the one it is in, or was in when it ended; empty if none of ours"),
    text("state"),
    text("end_reason"),
    number("sequence", comment="the exchange's number of the event that it stands by; 0 if it has none"),
    time("changed_at", comment="when that event happened"),
    time("started_at"),
    time("answered_at", nullable=True),
    time("ended_at", nullable=True),
    time("received_at", comment="of its first event"),
    text("traceparent"),
    sa.UniqueConstraint("connector", "leg_hash", name="call_leg_exchange"),
    only("call_leg_unclaimed", "received_at", where="contact_id IS NULL"),
)

commanded_leg = sa.Table(
    "commanded_leg",
    metadata,
    text("leg_id", ID, primary_key=True, comment="ours, or the id of a call that came in"),
    text("connector"),
    text("command_id", ID, comment="the newest that it took"),
    text("settled_id", ID, comment="the newest of which was told what became of it"),
    time("dialled_at", nullable=True, comment="when the exchange was first asked to call it"),
    number("hung_up", comment="1 once it was to be hung up: then it is not dialled any more"),
    text("traceparent"),
    time("changed_at", index=True),
)

packet = sa.Table(
    "packet",
    metadata,
    text("id", ID, primary_key=True, comment="the case's"),
    text("agent_id", ID),
    blob("told", SEALED, comment="title, summary, topic and place, as JSON"),
    time("updated_at"),
)

callback_offer = sa.Table(
    "callback_offer",
    metadata,
    text("case_id", ID, primary_key=True),
    text("work_item_id", ID, comment="routing's, which the notice was about"),
    time("offered_at", index=True),
)

opened_case = sa.Table(
    "opened_case",
    metadata,
    text("request_id", ID, primary_key=True, comment="chosen by the service that wants the call"),
    text("case_id", ID),
    time("opened_at", index=True),
)

told_message = sa.Table(
    "told_message",
    metadata,
    text("id", ID, primary_key=True, comment="chosen by the service that wants the citizen told"),
    text("case_id", ID),
    text("identity_id", ID),
    text("reply_id", ID, index=True, comment="the first, where the channel needs several"),
    text("choices", comment="what may be answered: codes and their words by language, as JSON"),
    time("asked_at", index=True),
    time("open_until", nullable=True, comment="how long an answer is waited for; null: for none"),
    time("other_at", nullable=True, comment="when the citizen wrote something else, first"),
    number("sent", nullable=True, comment="1 if it has left, 0 if it could not; null: not known yet"),
    only("told_message_open", "identity_id", where="open_until IS NOT NULL"),
)

partner_message = sa.Table(
    "partner_message",
    metadata,
    text("id", ID, primary_key=True, comment="chosen by the service that sends it"),
    text("channel"),
    text("kind", comment="of the address: email or phone"),
    blob("address", SEALED),
    blob("subject", SEALED, nullable=True),
    blob("text", SEALED),
    text("state", comment="as a reply's"),
    blob("failure", SEALED, nullable=True),
    blob("provider_id", HASH, comment="empty until it is known"),
    time("stopped_at", nullable=True, comment="since when it must not leave any more"),
    time("created_at", index=True),
    time("updated_at"),
    text("traceparent"),
    sa.Index("partner_message_provider", "channel", "provider_id"),
)

sighting_code = sa.Table(
    "sighting_code",
    metadata,
    text("notice_id", ID, primary_key=True, comment="outreach's, of somebody who is looked for"),
    text("code", index=True, comment="what a sighting quotes"),
    time("until"),
)

lease = lease_table(metadata)
outbox = outbox_table(metadata)
inbox = inbox_table(metadata)
