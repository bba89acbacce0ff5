"""Replies, what the connector needs to send one, and reports that come before the sending is recorded."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from chassis.chains import Chain
from chassis.database import Tx
from chassis.ids import new_id
from chassis.locking import held
from chassis.statements import Row, Sql
from services.intake.domain.notices import AUTOMATIC
from services.intake.domain.replies import Parked, ReplyState, Sending, SendingFile
from services.intake.store import files

_ADD_REPLY = Chain(
    ("added", """INSERT INTO reply (id, case_id, contact_id, channel, agent_id, request_id, part, follows, text, state,
            provider_id, attempts, created_at, updated_at, traceparent, files, original, by_machine)
        VALUES (:id, :case_id, :contact_id, :channel, :agent_id, :request_id, :part, :follows, :text, 'queued',
            :provider_id, 0, :now, :now, :trace, :files, :original, :by_machine)
        ON CONFLICT (case_id, request_id, part) DO NOTHING RETURNING *"""),
    ("numbered", """UPDATE cases SET sequence = sequence + 1, updated_at = :now
        WHERE id = :case_id AND :added.id IS NOT NULL RETURNING sequence"""),
    ("noted", """INSERT INTO entry (case_id, sequence, kind, subject_id, was, becomes, agent_id, happened_at)
        SELECT :case_id, :numbered.sequence, 'reply', :id, '', 'queued', :agent_id, :now
        WHERE :numbered.sequence IS NOT NULL"""),
)  # fmt: skip
_ROAD_BACK = Sql("""
SELECT contact.id AS contact_id, contact.traceparent, (
    SELECT id FROM reply WHERE reply.case_id = :case_id AND reply.state IN ('queued', 'sending')
    AND NOT EXISTS (SELECT 1 FROM reply AS behind WHERE behind.follows = reply.id) LIMIT 1) AS under_way
FROM contact WHERE contact.case_id = :case_id ORDER BY contact.received_at DESC, contact.id DESC LIMIT 1
""")
_REPLY_BY_REQUEST = Sql("SELECT * FROM reply WHERE case_id = :case_id AND request_id = :request_id AND part = 1")
_BY_A_PERSON = Sql("SELECT 1 FROM reply WHERE case_id = :case_id AND agent_id <> :automatic LIMIT 1")
_FOLLOWERS = Sql("SELECT id, channel, traceparent FROM reply WHERE follows = :reply_id AND state = 'queued'")


def road_back(tx: Tx, case_id: str) -> Row | None:
    """The citizen's newest message in a case, the one a reply answers, and the last of those that have not left yet
    (``under_way``, None if all have); None where there is no such case. The caller holds the case's row."""
    return tx.execute(_ROAD_BACK, {"case_id": case_id}).one_or_none()


@dataclass(frozen=True, slots=True)
class NewReply:
    """A reply to be queued: one part of what an agent wrote, and the reply that must leave before it."""

    id: str
    agent_id: str
    request_id: str
    part: int
    follows: str
    text: str
    files: int = 0
    """How many files go along."""
    original: str = ""
    """What the agent wrote, where the text is a translation of it."""
    by_machine: bool = False


def add_reply(tx: Tx, case: Row, road: Row, new: NewReply) -> Row | None:
    """Queue a reply with its entry in the case; None if this request queued it before.

    The row is the reply, ``sequence`` that of the entry.
    """
    values = {
        "id": new.id,
        "case_id": case.id,
        "contact_id": road.contact_id,
        "channel": case.channel,
        "agent_id": new.agent_id,
        "request_id": tx.keys.keyed_hash("request_id", new.request_id),
        "part": new.part,
        "follows": new.follows,
        "text": tx.keys.seal(new.text, table="reply", column="text", row=new.id),
        "provider_id": b"",
        "now": tx.now.timestamp(),
        "trace": road.traceparent,
        "files": new.files,
        "original": tx.sealed("reply", new.id, "original", new.original),
        "by_machine": int(new.by_machine),
    }
    return _ADD_REPLY.run(tx, values)


def followers(tx: Tx, reply_id: str) -> Sequence[Row]:
    """The replies that waited for this one to leave."""
    return tx.execute(_FOLLOWERS, {"reply_id": reply_id}).all()


def reply_by_request(tx: Tx, case_id: str, request_id: str) -> Row:
    """The reply an earlier request queued."""
    values = {"case_id": case_id, "request_id": tx.keys.keyed_hash("request_id", request_id)}
    return tx.execute(_REPLY_BY_REQUEST, values).one()


def provider_hash(tx: Tx, provider_id: str) -> bytes:
    """A provider's id as it is kept and looked up; empty where there is none."""
    return tx.keys.keyed_hash("provider_id", provider_id) if provider_id else b""


_REPLY = held("SELECT * FROM reply WHERE id = :id")
_REPLY_BY_PROVIDER = held("SELECT * FROM reply WHERE channel = :channel AND provider_id = :provider_id")


def reply(tx: Tx, reply_id: str) -> Row | None:
    """A reply by its id, its row held."""
    return tx.execute(_REPLY[tx.dialect], {"id": reply_id}).one_or_none()


def reply_by_provider(tx: Tx, channel: str, provider_id: str) -> Row | None:
    """A reply by the provider's id of the sent message, its row held."""
    values = {"channel": channel, "provider_id": provider_hash(tx, provider_id)}
    return tx.execute(_REPLY_BY_PROVIDER[tx.dialect], values).first()


_LEFT_UNTIL = Sql("""
SELECT reply.id FROM identity
JOIN cases ON cases.identity_id = identity.id
JOIN reply ON reply.case_id = cases.id
WHERE identity.channel = :channel AND identity.address_hash = :address_hash
    AND reply.state IN ('sent', 'delivered') AND reply.created_at <= :until
ORDER BY reply.id LIMIT 500
""")


def left_until(tx: Tx, channel: str, address: str, until: float) -> list[str]:
    """The replies to an address that were written until then, have left, and are not known to be read."""
    address_hash = tx.keys.keyed_hash("address", address)
    rows = tx.execute(_LEFT_UNTIL, {"channel": channel, "address_hash": address_hash, "until": until}).all()
    return [row.id for row in rows]


_KEEP_PROVIDER_ID = Sql("UPDATE reply SET provider_id = :provider_id WHERE id = :id")
_MOVE_BACK = Sql("""
UPDATE reply SET state = 'queued', updated_at = :now, attempts = attempts - :untried
WHERE id = :id AND state = 'sending'
""")


def keep_provider_id(tx: Tx, reply_id: str, provider_id: str) -> None:
    """The provider's id of a message whose fate was known before it."""
    tx.execute(_KEEP_PROVIDER_ID, {"id": reply_id, "provider_id": provider_hash(tx, provider_id)})


def move_back(tx: Tx, reply_id: str, *, tried: bool) -> None:
    """A reply that was being sent waits again; if it was not ``tried`` that was no attempt."""
    tx.execute(_MOVE_BACK, {"id": reply_id, "untried": 0 if tried else 1, "now": tx.now.timestamp()})


_BEGIN = Chain(
    ("begun", """UPDATE reply SET state = 'sending', attempts = attempts + 1, updated_at = :now
        WHERE id = :id AND state IN :states
        RETURNING case_id, contact_id, channel AS reply_channel, text AS reply_text, traceparent, files"""),
    ("road", """SELECT identity.id AS identity_id, identity.kind, identity.address, cases.language, cases.thread,
            contact.reply_context
        FROM cases JOIN identity ON identity.id = cases.identity_id JOIN contact ON contact.id = :begun.contact_id
        WHERE cases.id = :begun.case_id"""),
    lists=("states",),
)  # fmt: skip


def begin_sending(tx: Tx, reply_id: str, states: Sequence[ReplyState]) -> Sending | None:
    """A reply with all the connector needs, ``sending`` from now on; None if it is in none of these states."""
    values = {"id": reply_id, "states": [state.value for state in states], "now": tx.now.timestamp()}
    row = _BEGIN.run(tx, values)
    if row is None:
        return None
    return Sending(
        reply_id=reply_id,
        channel=row.reply_channel,
        kind=row.kind,
        address=tx.keys.open_text(bytes(row.address), table="identity", column="address", row=row.identity_id),
        text=tx.keys.open_text(bytes(row.reply_text), table="reply", column="text", row=reply_id),
        conversation=_thread(tx, row),
        language=row.language,
        reply_context=context(tx, row),
        case_id=row.case_id,
        files=_files(tx, reply_id) if row.files else (),
    )


def _thread(tx: Tx, row: Row) -> str:
    if row.thread is None:
        return ""
    return tx.keys.open_text(bytes(row.thread), table="cases", column="thread", row=row.case_id)


def _files(tx: Tx, reply_id: str) -> tuple[SendingFile, ...]:
    rows = files.of_reply(tx, reply_id)
    return tuple(SendingFile(row.blob_key, row.media_type, tx.opened("reply_file", row, "filename")) for row in rows)


def context(tx: Tx, row: Row) -> dict[str, str]:
    """The reply context of a contact (``contact_id``, ``reply_context``), opened."""
    if row.reply_context is None:
        return {}
    blob = bytes(row.reply_context)
    text = tx.keys.open_text(blob, table="contact", column="reply_context", row=row.contact_id)
    found: dict[str, str] = json.loads(text)
    return found


_MOVE = Chain(
    ("moved", """UPDATE reply SET state = :state, failure = coalesce(:failure, failure), updated_at = :now,
            provider_id = coalesce(:provider_id, provider_id)
        WHERE id = :id AND state = :was RETURNING case_id, agent_id"""),
    ("numbered", """UPDATE cases SET sequence = sequence + 1, updated_at = :now WHERE id = :moved.case_id
        RETURNING sequence"""),
    ("noted", """INSERT INTO entry (case_id, sequence, kind, subject_id, was, becomes, agent_id, happened_at)
        SELECT :moved.case_id, :numbered.sequence, 'reply', :id, '', :state, :moved.agent_id, :now
        WHERE :numbered.sequence IS NOT NULL"""),
)  # fmt: skip


def move_reply(
    tx: Tx, reply_id: str, was: ReplyState, state: ReplyState, *, failure: str = "", provider_id: str = ""
) -> Row | None:
    """Move a reply and note it in the case; None if it is no longer where it was. The row has ``case_id`` and the
    entry's ``sequence``; the case's row is held."""
    return _MOVE.run(tx, _moving(tx, reply_id, was, state, failure, provider_id))


def end_sending(
    tx: Tx, reply_id: str, state: ReplyState, *, failure: str, provider_id: str
) -> tuple[Row | None, Sequence[Row]]:
    """As ``move_reply`` for one that is being sent, and the replies that waited for it to leave."""
    moved: list[Row | None] = []
    _MOVE.later(tx, _moving(tx, reply_id, ReplyState.SENDING, state, failure, provider_id), moved.append)
    behind = followers(tx, reply_id)
    return moved[0], behind


def _moving(
    tx: Tx, reply_id: str, was: ReplyState, state: ReplyState, failure: str, provider_id: str
) -> dict[str, object]:
    return {
        "id": reply_id,
        "was": was.value,
        "state": state.value,
        "failure": tx.sealed("reply", reply_id, "failure", failure),
        "provider_id": provider_hash(tx, provider_id) or None,
        "now": tx.now.timestamp(),
    }


_ENDING = Sql("""
SELECT identity.id, identity.kind, identity.address, contact.id AS contact_id, contact.reply_context,
    EXISTS (SELECT 1 FROM reply WHERE reply.case_id = cases.id AND reply.state IN ('queued', 'sending')) AS under_way,
    EXISTS (SELECT 1 FROM cases AS next WHERE next.identity_id = cases.identity_id
        AND next.conversation = cases.conversation AND next.state <> 'closed') AS goes_on
FROM cases JOIN identity ON identity.id = cases.identity_id JOIN contact ON contact.case_id = cases.id
WHERE cases.id = :case_id ORDER BY contact.received_at DESC, contact.id DESC LIMIT 1
""")


def ending(tx: Tx, case_id: str) -> Row | None:
    """Who the conversation of a case is with, whether anything is still on its way, and whether it goes on in a case
    that was opened since."""
    return tx.execute(_ENDING, {"case_id": case_id}).first()


_SPEND_CONTEXT = Sql(
    "UPDATE contact SET reply_context = NULL WHERE id = (SELECT contact_id FROM reply WHERE id = :reply_id)"
)


def spend_context(tx: Tx, reply_id: str) -> None:
    """The contact's reply context was good for one use."""
    tx.execute(_SPEND_CONTEXT, {"reply_id": reply_id})


_WRITTEN_FIRST = """(SELECT min(sequence) FROM entry
    WHERE entry.case_id = reply.case_id AND entry.subject_id = reply.id)"""
_PARKED = Sql(f"""
SELECT * FROM reply WHERE state = 'parked' AND case_id IN (
    SELECT told.id FROM cases JOIN cases AS told ON told.identity_id = cases.identity_id
        AND told.conversation = cases.conversation
    WHERE cases.id = :case_id)
ORDER BY {_WRITTEN_FIRST} LIMIT :limit
""")  # noqa: S608 - put together from the constant above


def parked(tx: Tx, case_id: str, limit: int) -> list[Parked]:
    """The oldest replies that wait for the citizen's next message, from any case of the conversation this one is in:
    a case may be closed before its last reply has left."""
    rows = tx.execute(_PARKED, {"case_id": case_id, "limit": limit})
    return [Parked(row.id, tx.opened("reply", row, "text")) for row in rows]


_CARRIED_BY = Sql(
    f"SELECT * FROM reply WHERE channel = :channel AND provider_id = :provider_id ORDER BY {_WRITTEN_FIRST}"  # noqa: S608
)


def carry(tx: Tx, reply_id: str, contact_id: str) -> Row | None:
    """A parked reply leaves with the answer to a contact; returns as ``move_reply``."""
    return move_reply(tx, reply_id, ReplyState.PARKED, ReplyState.SENT, provider_id=f"answer:{contact_id}")


def carried_by(tx: Tx, channel: str, contact_id: str) -> list[Parked]:
    """The replies that left with the answer to a contact: a second delivery of it is answered with them again."""
    rows = tx.execute(_CARRIED_BY, {"channel": channel, "provider_id": provider_hash(tx, f"answer:{contact_id}")})
    return [Parked(row.id, tx.opened("reply", row, "text")) for row in rows]


_KEEP_EARLY = Sql("""
INSERT INTO early_receipt (id, channel, provider_id, state, failure, received_at)
VALUES (:id, :channel, :provider_id, :state, :failure, :now)
""")
_TAKE_EARLY = Sql("""
DELETE FROM early_receipt WHERE channel = :channel AND provider_id = :provider_id RETURNING id, state, failure
""")
_FORGET_EARLY = Sql("DELETE FROM early_receipt WHERE received_at < :before")


def keep_early_receipt(tx: Tx, channel: str, provider_id: str, state: ReplyState, failure: str) -> None:
    """A report about a message whose sending is not recorded yet."""
    receipt_id = new_id(tx.now)
    values = {
        "id": receipt_id,
        "channel": channel,
        "provider_id": provider_hash(tx, provider_id),
        "state": state.value,
        "failure": tx.sealed("early_receipt", receipt_id, "failure", failure),
        "now": tx.now.timestamp(),
    }
    tx.execute(_KEEP_EARLY, values)


def take_early_receipts(tx: Tx, channel: str, provider_id: bytes) -> list[tuple[ReplyState, str]]:
    """The reports that came before the sending was recorded, once; in no order, and none is needed."""
    rows = tx.execute(_TAKE_EARLY, {"channel": channel, "provider_id": provider_id})
    return [(ReplyState(row.state), tx.opened("early_receipt", row, "failure")) for row in rows]


_EARLY_WITH_REPLY = Sql("""
SELECT DISTINCT reply.channel, reply.provider_id, reply.id AS reply_id FROM early_receipt
JOIN reply ON reply.channel = early_receipt.channel AND reply.provider_id = early_receipt.provider_id LIMIT 200
""")


def early_receipts_with_reply(tx: Tx) -> Sequence[Row]:
    """Early reports whose message is recorded by now."""
    return tx.execute(_EARLY_WITH_REPLY).all()


def forget_early_receipts(tx: Tx, before: float) -> None:
    """Drop reports about messages that the hub never sent."""
    tx.execute(_FORGET_EARLY, {"before": before})


def written_by_a_person(tx: Tx, case_id: str) -> bool:
    """Whether an agent has written to the citizen in a case."""
    return tx.execute(_BY_A_PERSON, {"case_id": case_id, "automatic": AUTOMATIC}).first() is not None
