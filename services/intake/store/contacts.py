"""Contacts and their attachments. Receiving is the hot path: one look-up and, on PostgreSQL, one statement that inserts
everything a contact brings."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from chassis.chains import Chain
from chassis.crypto import mask_resident_numbers
from chassis.database import Tx
from chassis.statements import Row, Sql
from services.intake.domain.contacts import Details, NewAttachment, NewContact, Settled, media_type_of, number_proved_by
from services.intake.domain.priorities import Standing


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a sender when a contact comes in; empty fields where nothing is."""

    contact_id: str | None
    contact_case_id: str | None
    contact_case_number: str | None
    identity_id: str | None
    citizen_id: str | None
    case_id: str | None
    case_number: str | None
    case_state: str | None
    proved: bool
    parked: bool
    question_id: str | None
    """The last one they were asked that may still be answered."""


_KNOWN = Sql("""
SELECT seen.id AS contact_id, seen_case.id AS contact_case_id, seen_case.number AS contact_case_number,
       identity.id AS identity_id, identity.citizen_id, cases.id AS case_id, cases.number AS case_number,
       cases.state AS case_state, identity.number_hash IS NOT NULL AS proved,
       EXISTS (SELECT 1 FROM cases AS told JOIN reply ON reply.case_id = told.id AND reply.state = 'parked'
           WHERE told.identity_id = identity.id AND told.conversation = :conversation) AS parked,
       (SELECT id FROM told_message WHERE told_message.identity_id = identity.id AND told_message.open_until > :now
           ORDER BY told_message.asked_at DESC LIMIT 1) AS question_id
FROM (SELECT 1) AS one
LEFT JOIN contact AS seen ON seen.channel = :channel AND seen.provider_id = :provider_id
LEFT JOIN cases AS seen_case ON seen_case.id = seen.case_id
LEFT JOIN identity ON identity.channel = :channel AND identity.address_hash = :address_hash
LEFT JOIN cases ON cases.identity_id = identity.id AND cases.conversation = :conversation AND cases.state <> 'closed'
""")


def known(tx: Tx, new: NewContact) -> Known:
    """Everything receiving needs to know, in one look-up."""
    values = {
        "channel": new.channel,
        "provider_id": tx.keys.keyed_hash("provider_id", new.provider_id),
        "address_hash": tx.keys.keyed_hash("address", new.sender.address),
        "conversation": conversation_hash(tx, new.conversation),
        "now": tx.now.timestamp(),
    }
    return Known(*tx.execute(_KNOWN, values).one())


_IS_KNOWN = Sql("SELECT id FROM contact WHERE channel = :channel AND provider_id = :provider_id")


def is_known(tx: Tx, channel: str, provider_id: str) -> bool:
    """Whether a contact with the provider's id is there."""
    values = {"channel": channel, "provider_id": tx.keys.keyed_hash("provider_id", provider_id)}
    return tx.execute(_IS_KNOWN, values).one_or_none() is not None


def conversation_hash(tx: Tx, conversation: str) -> bytes:
    """A provider's thread id as it is looked up; threads are named after people often enough."""
    return tx.keys.keyed_hash("conversation", conversation) if conversation else b""


_ADD = {
    "citizen": "INSERT INTO citizen (id, person_id, created_at) VALUES (:citizen_id, :citizen_id, :now)",
    "identity": """INSERT INTO identity (id, citizen_id, channel, kind, address_hash, address, display_name,
        number_hash, verified_at, created_at) VALUES (:identity_id, :citizen_id, :channel, :kind, :address_hash,
        :address, :display_name, :number_hash, :verified_at, :now)""",
    "cases": """INSERT INTO cases (id, number, citizen_id, identity_id, conversation, thread, channel, state,
        language, topic, priority, opened_at, updated_at, sequence, contact_sequence) VALUES (:case_id, :case_number,
        :citizen_id, :identity_id, :conversation, :thread, :channel, 'open', :language, :topic, :priority, :now, :now,
        1, 1)""",
    "contact": """INSERT INTO contact (id, case_id, channel, provider_id, medium, text, reply_context, occurred_at,
        received_at, traceparent, details, reply_until, language, topic, priority, confidence) VALUES (:contact_id,
        :case_id, :channel, :provider_id, :medium, :text, :reply_context, :occurred_at, :now, :traceparent, :details,
        :reply_until, :language, :topic, :priority, :confidence) RETURNING id""",
    "entry": """INSERT INTO entry (case_id, sequence, kind, subject_id, was, becomes, happened_at)
        VALUES (:case_id, :sequence, 'contact', :contact_id, '', '', :now)""",
}


_RECEIVE: dict[tuple[str, ...], Chain] = {
    brings: Chain(*((f"new_{part}", _ADD[part]) for part in (*brings, "contact", "entry")))
    for brings in (("citizen", "identity", "cases"), ("cases",), ())
}
"""For each set of rows a contact brings with it: the statement that inserts them all."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a new contact goes: the rows it joins or brings."""

    citizen_id: str
    identity_id: str
    case_id: str
    case_number: str
    contact_id: str
    sequence: int
    standing: Standing
    """What the case is about and how urgent it is, with this contact."""
    brings: tuple[str, ...]


def add_contact(tx: Tx, new: NewContact, placed: Placed, *, text: str, language: str, traceparent: str) -> None:
    """Insert a contact with whatever of citizen, identity and case is new."""
    seal = tx.keys.seal
    context = json.dumps(dict(new.reply_context)) if new.reply_context else ""
    row = placed.contact_id
    values: dict[str, Any] = {
        "now": tx.now.timestamp(),
        "contact_id": row,
        "case_id": placed.case_id,
        "sequence": placed.sequence,
        "channel": new.channel,
        "provider_id": tx.keys.keyed_hash("provider_id", new.provider_id),
        "medium": new.medium,
        "text": seal(text, table="contact", column="text", row=row),
        "reply_context": seal(context, table="contact", column="reply_context", row=row) if context else None,
        "occurred_at": new.occurred_at,
        "traceparent": traceparent,
        "details": _details(tx, row, new.details),
        "reply_until": new.reply_until,
        "language": language,
        "topic": new.judged.topic,
        "priority": new.judged.priority.value,
        "confidence": new.judged.confidence,
    }
    if placed.brings:
        values |= {
            "case_number": placed.case_number,
            "citizen_id": placed.citizen_id,
            "identity_id": placed.identity_id,
            "conversation": conversation_hash(tx, new.conversation),
            "thread": _thread(tx, placed.case_id, new.conversation),
        }
    if "identity" in placed.brings:
        values |= _identity(tx, new, placed.identity_id)
    _RECEIVE[placed.brings].later(tx, values)


def _thread(tx: Tx, row: str, conversation: str) -> bytes | None:
    """None also for a name with a resident number in it: with that masked it would lead somewhere else."""
    if not conversation or mask_resident_numbers(conversation)[0] != conversation:
        return None
    return tx.keys.seal(conversation, table="cases", column="thread", row=row)


def _details(tx: Tx, row: str, details: Details) -> bytes | None:
    """As they are kept, the words masked one by one: the digits of a point on the map are no number of a person."""
    told = {name: value for name, value in asdict(details).items() if value not in {"", None}}
    masked = {name: mask_resident_numbers(one)[0] if isinstance(one, str) else one for name, one in told.items()}
    text = json.dumps(masked, ensure_ascii=False)
    return tx.keys.seal(text, table="contact", column="details", row=row) if told else None


def details(kept: str) -> Details:
    """As they were kept."""
    return Details(**json.loads(kept)) if kept else Details()


def _identity(tx: Tx, new: NewContact, row: str) -> dict[str, Any]:
    """A sender's address. A number that the carrier vouches for counts as proved."""
    sender, seal = new.sender, tx.keys.seal
    number = number_proved_by(new)
    return {
        "kind": sender.kind,
        "address_hash": tx.keys.keyed_hash("address", sender.address),
        "address": seal(sender.address, table="identity", column="address", row=row),
        "display_name": tx.sealed("identity", row, "display_name", sender.display_name),
        "number_hash": tx.keys.keyed_hash("number", number) if number else None,
        "verified_at": tx.now.timestamp() if number else None,
    }


_PROVE = Sql("UPDATE identity SET number_hash = :number_hash, verified_at = :now WHERE id = :id")


def prove(tx: Tx, identity_id: str, number: str) -> None:
    """An address that was known before is proved to be the sender's own number."""
    values = {"id": identity_id, "number_hash": tx.keys.keyed_hash("number", number), "now": tx.now.timestamp()}
    tx.execute(_PROVE, values)


_ADD_WORDS = {
    "sqlite": Sql("INSERT INTO word (word_hash, case_id) VALUES (:hash, :case_id) ON CONFLICT DO NOTHING"),
    "postgresql": Sql(
        "INSERT INTO word (word_hash, case_id) SELECT unnest(CAST(:hashes AS bytea[])), :case_id ON CONFLICT DO NOTHING"
    ),
}


def add_words(tx: Tx, case_id: str, words: Iterable[str]) -> None:
    """Make a case findable by these words. Sorted, so that two writers never deadlock."""
    hashes = sorted(tx.keys.keyed_hash("word", word) for word in words)
    if not hashes:
        return
    if tx.dialect == "sqlite":
        for one in hashes:
            tx.later(_ADD_WORDS["sqlite"], {"hash": one, "case_id": case_id})
    else:
        tx.later(_ADD_WORDS["postgresql"], {"hashes": hashes, "case_id": case_id})


_ADD_ATTACHMENT = Sql("""
INSERT INTO attachment (id, contact_id, case_id, channel, reference, filename, claimed_type, state, media_type, size,
    blob_key, traceparent)
VALUES (:id, :contact_id, :case_id, :channel, :reference, :filename, :claimed_type, 'pending', '', 0, '', :trace)
""")


def add_attachment(
    tx: Tx, attachment_id: str, contact_id: str, case_id: str, channel: str, new: NewAttachment, traceparent: str
) -> None:
    """Announce a file that is still at the provider."""
    values = {
        "id": attachment_id,
        "contact_id": contact_id,
        "case_id": case_id,
        "channel": channel,
        "reference": tx.keys.seal(new.reference, table="attachment", column="reference", row=attachment_id),
        "filename": tx.sealed("attachment", attachment_id, "filename", new.filename),
        "claimed_type": media_type_of(new.media_type),
        "trace": traceparent,
    }
    tx.execute(_ADD_ATTACHMENT, values)


_ATTACHMENT = Sql("SELECT * FROM attachment WHERE id = :id")
_SET_ATTACHMENT = Sql("""
UPDATE attachment SET state = :state, media_type = :media_type, size = :size, blob_key = :blob_key, failure = :failure
WHERE id = :id AND state = 'pending'
""")


def attachment(tx: Tx, attachment_id: str) -> Row | None:
    """An attachment by its id."""
    return tx.execute(_ATTACHMENT, {"id": attachment_id}).one_or_none()


def settle_attachment(tx: Tx, attachment_id: str, settled: Settled) -> bool:
    """Store what became of a pending attachment; False if that is known already."""
    values = {
        "id": attachment_id,
        "state": settled.state.value,
        "media_type": settled.media_type,
        "size": settled.size,
        "blob_key": settled.blob_key,
        "failure": tx.sealed("attachment", attachment_id, "failure", settled.failure),
    }
    return tx.execute(_SET_ATTACHMENT, values).rowcount == 1
