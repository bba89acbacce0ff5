"""Citizens, their addresses, the proof of a number, and which records are one person."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.database import Tx
from chassis.locking import held
from chassis.statements import Row, Sql
from services.intake.domain.verification import Verification

_CITIZEN = Sql("SELECT * FROM citizen WHERE id = :id")
_IDENTITIES = Sql("SELECT * FROM identity WHERE citizen_id = :id ORDER BY created_at, id")
_LINKED = Sql(
    "SELECT id FROM citizen WHERE id <> :id AND person_id = (SELECT person_id FROM citizen WHERE id = :id) ORDER BY id"
)


def citizen(tx: Tx, citizen_id: str) -> Row | None:
    """A citizen by id."""
    return tx.execute(_CITIZEN, {"id": citizen_id}).one_or_none()


def identities(tx: Tx, citizen_id: str) -> Sequence[Row]:
    """The addresses of a citizen."""
    return tx.execute(_IDENTITIES, {"id": citizen_id}).all()


def linked(tx: Tx, citizen_id: str) -> list[str]:
    """Other records of the same person."""
    return list(tx.execute(_LINKED, {"id": citizen_id}).scalars())


_ADD_VERIFICATION = Sql("""
INSERT INTO verification (id, citizen_id, number, number_hash, code, tries, created_at, expires_at)
VALUES (:id, :citizen_id, :number, :number_hash, :code, 0, :now, :expires_at)
""")
_VERIFICATION = held("SELECT * FROM verification WHERE id = :id")
_RECENT_CODES = Sql("SELECT count(*) FROM verification WHERE number_hash = :number_hash AND created_at > :since")
_TRIED = Sql("UPDATE verification SET tries = tries + 1 WHERE id = :id")
_CONFIRMED = Sql("UPDATE verification SET confirmed_at = :now WHERE id = :id")


def recent_codes(tx: Tx, number: str, since: float) -> int:
    """How many codes went to a number since then."""
    values = {"number_hash": tx.keys.keyed_hash("number", number), "since": since}
    return int(tx.execute(_RECENT_CODES, values).scalar_one())


def add_verification(tx: Tx, verification_id: str, citizen_id: str, number: str, code: str, expires_at: float) -> None:
    """Begin to prove a number."""
    values = {
        "id": verification_id,
        "citizen_id": citizen_id,
        "number": tx.keys.seal(number, table="verification", column="number", row=verification_id),
        "number_hash": tx.keys.keyed_hash("number", number),
        "code": tx.keys.seal(code, table="verification", column="code", row=verification_id),
        "now": tx.now.timestamp(),
        "expires_at": expires_at,
    }
    tx.execute(_ADD_VERIFICATION, values)


def verification(tx: Tx, verification_id: str) -> tuple[Verification, str] | None:
    """A proof under way and its number, the row held."""
    row = tx.execute(_VERIFICATION[tx.dialect], {"id": verification_id}).one_or_none()
    if row is None:
        return None
    code = tx.opened("verification", row, "code")
    found = Verification(row.id, row.citizen_id, code, row.tries, row.expires_at, row.confirmed_at)
    return found, tx.opened("verification", row, "number")


def count_try(tx: Tx, verification_id: str) -> None:
    """A wrong code was told."""
    tx.execute(_TRIED, {"id": verification_id})


def confirm(tx: Tx, verification_id: str) -> None:
    """The right code was told."""
    tx.execute(_CONFIRMED, {"id": verification_id, "now": tx.now.timestamp()})


_ADD_PROVED = Sql("""
INSERT INTO identity (id, citizen_id, channel, kind, address_hash, address, number_hash, verified_at, created_at)
VALUES (:id, :citizen_id, :channel, 'phone', :address_hash, :address, :number_hash, :now, :now)
ON CONFLICT (channel, address_hash) DO UPDATE SET verified_at = excluded.verified_at
""")
_SAME_NUMBER = Sql("""
SELECT DISTINCT citizen.id, citizen.person_id FROM identity JOIN citizen ON citizen.id = identity.citizen_id
WHERE identity.number_hash = :number_hash AND citizen.id <> :citizen_id ORDER BY citizen.id
""")
_JOIN_PERSON = Sql("UPDATE citizen SET person_id = :person_id WHERE id = :citizen_id")
_ADD_LINK = Sql("""
INSERT INTO person_link (id, citizen_id, person_id, number_hash, linked_by, linked_at)
VALUES (:id, :citizen_id, :person_id, :number_hash, :actor, :now)
""")


def add_proved_number(tx: Tx, identity_id: str, citizen_id: str, number: str) -> None:
    """A number is the citizen's. It hangs on the record itself: its channel is ``number:`` and the citizen's id."""
    values = {
        "id": identity_id,
        "citizen_id": citizen_id,
        "channel": f"number:{citizen_id}",
        "address_hash": tx.keys.keyed_hash("address", number),
        "address": tx.keys.seal(number, table="identity", column="address", row=identity_id),
        "number_hash": tx.keys.keyed_hash("number", number),
        "now": tx.now.timestamp(),
    }
    tx.execute(_ADD_PROVED, values)


def same_number(tx: Tx, citizen_id: str, number: str) -> Sequence[Row]:
    """Other records that had proved the same number, with their persons."""
    values = {"citizen_id": citizen_id, "number_hash": tx.keys.keyed_hash("number", number)}
    return tx.execute(_SAME_NUMBER, values).all()


def link(tx: Tx, link_id: str, citizen_id: str, person_id: str, number: str, actor: str) -> None:
    """Make a record part of a person, and keep who did it by which number."""
    tx.execute(_JOIN_PERSON, {"citizen_id": citizen_id, "person_id": person_id})
    values = {
        "id": link_id,
        "citizen_id": citizen_id,
        "person_id": person_id,
        "number_hash": tx.keys.keyed_hash("number", number),
        "actor": actor,
        "now": tx.now.timestamp(),
    }
    tx.execute(_ADD_LINK, values)


_OPEN_LINKS = Sql("SELECT id FROM person_link WHERE citizen_id = :citizen_id AND unlinked_at IS NULL")
_END_LINK = Sql(
    "UPDATE person_link SET unlinked_by = :actor, unlinked_at = :now, unlink_reason = :reason WHERE id = :id"
)
_FORGET_NUMBER = Sql("DELETE FROM identity WHERE citizen_id = :citizen_id AND channel = :channel")


def unlink(tx: Tx, citizen_id: str, actor: str, reason: str) -> None:
    """Take a record out of its person; a number it proved by code is its own no more."""
    for link_id in tx.execute(_OPEN_LINKS, {"citizen_id": citizen_id}).scalars():
        sealed = tx.sealed("person_link", link_id, "unlink_reason", reason)
        tx.execute(_END_LINK, {"id": link_id, "actor": actor, "now": tx.now.timestamp(), "reason": sealed})
    tx.execute(_JOIN_PERSON, {"citizen_id": citizen_id, "person_id": citizen_id})
    tx.execute(_FORGET_NUMBER, {"citizen_id": citizen_id, "channel": f"number:{citizen_id}"})


_HEIRS = Sql("SELECT id FROM citizen WHERE person_id = :citizen_id AND id <> :citizen_id ORDER BY id")


def hand_over_person(tx: Tx, citizen_id: str) -> None:
    """If other records are named after this one, name them after the first of themselves."""
    heirs = tx.execute(_HEIRS, {"citizen_id": citizen_id}).scalars()
    for heir in heirs:
        tx.execute(_JOIN_PERSON, {"citizen_id": heir, "person_id": heirs[0]})
