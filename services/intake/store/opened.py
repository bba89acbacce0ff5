"""Cases that other services opened for somebody who is to be called."""

from __future__ import annotations

from chassis.database import Tx
from chassis.statements import Row, Sql

_BY_REQUEST = Sql("""
SELECT cases.* FROM opened_case JOIN cases ON cases.id = opened_case.case_id WHERE opened_case.request_id = :request_id
""")
_REMEMBER = Sql("""
INSERT INTO opened_case (request_id, case_id, opened_at) VALUES (:request_id, :case_id, :now) ON CONFLICT DO NOTHING
""")
_FORGET = Sql("DELETE FROM opened_case WHERE opened_at < :before")
_IDENTITY = Sql("SELECT * FROM identity WHERE channel = :channel AND address_hash = :address_hash")
_OPEN_CASE = Sql("""
SELECT cases.* FROM identity JOIN cases ON cases.identity_id = identity.id
WHERE identity.channel = :channel AND identity.address_hash = :address_hash AND cases.conversation = :conversation
    AND cases.state <> 'closed'
""")
_ADD_CITIZEN = Sql("INSERT INTO citizen (id, person_id, created_at) VALUES (:id, :id, :now)")
_ADD_IDENTITY = Sql("""
INSERT INTO identity (id, citizen_id, channel, kind, address_hash, address, display_name, created_at)
VALUES (:id, :citizen_id, :channel, 'phone', :address_hash, :address, :display_name, :now)
ON CONFLICT (channel, address_hash) DO NOTHING RETURNING *
""")
_ADD_CASE = Sql("""
INSERT INTO cases (id, number, citizen_id, identity_id, conversation, thread, channel, state, language, topic, priority,
    opened_at, updated_at, sequence, contact_sequence)
VALUES (:id, :number, :citizen_id, :identity_id, :conversation, NULL, :channel, 'open', :language, '', 3, :now, :now, 0,
    0)
ON CONFLICT DO NOTHING RETURNING id, citizen_id
""")


def by_request(tx: Tx, request_id: str) -> Row | None:
    """The case that an earlier request found or opened."""
    return tx.execute(_BY_REQUEST, {"request_id": request_id}).one_or_none()


def remember(tx: Tx, request_id: str, case_id: str) -> None:
    """A request has its case."""
    tx.execute(_REMEMBER, {"request_id": request_id, "case_id": case_id, "now": tx.now.timestamp()})


def forget(tx: Tx, before: float) -> int:
    """Drop requests that nobody repeats any more; returns how many."""
    return tx.execute(_FORGET, {"before": before}).rowcount


def _where(tx: Tx, channel: str, telephone: str) -> dict[str, object]:
    return {"channel": channel, "address_hash": tx.keys.keyed_hash("address", telephone)}


def identity(tx: Tx, channel: str, telephone: str) -> Row | None:
    """Who has that number on a channel."""
    return tx.execute(_IDENTITY, _where(tx, channel, telephone)).one_or_none()


def open_case(tx: Tx, channel: str, telephone: str) -> Row | None:
    """Their open case."""
    return tx.execute(_OPEN_CASE, {**_where(tx, channel, telephone), "conversation": b""}).one_or_none()


def add_person(
    tx: Tx, citizen_id: str, identity_id: str, channel: str, telephone: str, display_name: str
) -> Row | None:  # fmt: skip
    """Somebody of whom nothing is known but the number; None if they came at the same moment."""
    now = tx.now.timestamp()
    values = {
        **_where(tx, channel, telephone),
        "id": identity_id,
        "citizen_id": citizen_id,
        "address": tx.keys.seal(telephone, table="identity", column="address", row=identity_id),
        "display_name": tx.sealed("identity", identity_id, "display_name", display_name),
        "now": now,
    }
    found = tx.execute(_ADD_IDENTITY, values).one_or_none()
    if found is not None:
        tx.execute(_ADD_CITIZEN, {"id": citizen_id, "now": now})
    return found


def add_case(tx: Tx, case_id: str, number: str, identity: Row, channel: str, language: str) -> Row | None:
    """A case without a contact; None if there is an open one."""
    values = {
        "id": case_id,
        "number": number,
        "citizen_id": identity.citizen_id,
        "identity_id": identity.id,
        "conversation": b"",
        "channel": channel,
        "language": language,
        "now": tx.now.timestamp(),
    }
    return tx.execute(_ADD_CASE, values).one_or_none()
