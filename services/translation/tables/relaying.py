"""Written conversations: how far each is, its messages in both languages, and what streams are told of it in order."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import HASH, ID, SEALED, blob, number, only, text, time
from services.translation.tables.metadata import metadata

relay = sa.Table(
    "relay",
    metadata,
    text("id", ID, primary_key=True, comment="the session's"),
    text("case_id", ID, index=True),
    text("topic", comment="of the case, as intake told it last"),
    number("newest", comment="the newest entry of the case that intake told of"),
    number("read_to", nullable=True, comment="up to which entry words were read; null until they were read first"),
    number("last_number", comment="of its messages"),
    number("sequence", comment="counts what streams are told"),
    time("due_at", nullable=True, comment="when words are carried between it and intake next; null: there are none"),
    number("tries", comment="how often in a row they could not be"),
    only("relay_due", "due_at", where="due_at IS NOT NULL"),
)

relay_message = sa.Table(
    "relay_message",
    metadata,
    text("id", ID, primary_key=True),
    text("session_id", ID),
    number("number", comment="its place in the conversation, from 1"),
    text("direction"),
    text("state"),
    blob("request_id", HASH, comment="of the agent's request, or the citizen's contact: each is relayed once"),
    text("agent_id", ID, comment="empty for the citizen's words"),
    text("contact_id", ID, comment="empty for the agent's words"),
    text("reply_id", ID, comment="empty until it is a reply in the case"),
    blob("original", SEALED),
    blob("translation", SEALED, nullable=True),
    blob("terms", SEALED, nullable=True, comment="how terms were treated, as JSON"),
    number("attempt", comment="of the session, whose interpreter was last asked; 0: none was"),
    text("interpreter", ID, comment="the partner's own name for them, or the connector; empty until it is translated"),
    number("machine", comment="1 if a machine translated it"),
    number("legal", comment="1 if it is about law"),
    number("confirmed", comment="1 if the agent lets a machine translate it"),
    number("told", comment="1 if its translation, or that there is none, was told"),
    text("reason"),
    number("tries", comment="how often it did not reach the interpreter"),
    time("said_at"),
    time("resend_at", nullable=True, comment="when it is sent to the interpreter again"),
    time("give_up_at", nullable=True, comment="when it is given up; null until it was sent"),
    time("translated_at", nullable=True),
    text("traceparent"),
    sa.UniqueConstraint("session_id", "number", name="relay_message_number"),
    sa.UniqueConstraint("session_id", "request_id", name="relay_message_request"),
    only("relay_message_resend", "resend_at", where="resend_at IS NOT NULL"),
    only("relay_message_give_up", "give_up_at", where="give_up_at IS NOT NULL"),
    only("relay_message_untold", "session_id", "direction", "number", where="told = 0"),
)

relay_change = sa.Table(
    "relay_change",
    metadata,
    text("session_id", ID, primary_key=True),
    number("sequence", primary_key=True, autoincrement=False),
    text("message_id", ID, comment="empty: the session moved"),
    text("state", comment="of the message, or the session"),
    time("changed_at"),
)
