"""People on either side of legal referrals, by keyed hashes of name and telephone; and conflicts that were cleared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from chassis.database import Tx
from chassis.ids import new_id
from chassis.statements import Row, Sql
from services.referral.domain.conflicts import Side, one_form

_ADD = Sql("""
INSERT INTO legal_person (id, referral_id, case_id, organization_id, side, name, telephone, name_hash, telephone_hash,
    added_by, added_at, request_id)
VALUES (:id, :referral_id, :case_id, :organization_id, :side, :name, :telephone, :name_hash, :telephone_hash,
    :added_by, :now, :request_id) RETURNING *
""")
_PERSON = Sql("SELECT * FROM legal_person WHERE id = :id AND side = 'opponent'")
_BY_REQUEST = Sql("SELECT * FROM legal_person WHERE referral_id = :id AND request_id = :request_id")
_OPPONENTS = Sql("SELECT * FROM legal_person WHERE referral_id = :id AND side = 'opponent' ORDER BY id")
_REMOVE = Sql("DELETE FROM legal_person WHERE id = :id")
_OPPOSED = Sql("""
SELECT other.referral_id AS other_id, referral.number, mine.side,
    MAX(CASE WHEN other.name_hash = mine.name_hash THEN 1 ELSE 0 END) AS same_name,
    MAX(CASE WHEN other.telephone_hash = mine.telephone_hash THEN 1 ELSE 0 END) AS same_telephone,
    MAX(mine.added_at) AS mine_at, MAX(other.added_at) AS other_at
FROM legal_person AS mine
JOIN legal_person AS other ON other.organization_id = mine.organization_id
    AND (other.name_hash = mine.name_hash OR other.telephone_hash = mine.telephone_hash)
    AND other.side <> mine.side AND other.case_id <> mine.case_id
JOIN referral ON referral.id = other.referral_id
WHERE mine.referral_id = :id AND (referral.ended_at IS NULL OR referral.sent_at IS NOT NULL)
GROUP BY other.referral_id, referral.number, mine.side ORDER BY other.referral_id, mine.side
""")
_CLEARED = Sql("SELECT * FROM legal_conflict WHERE referral_id = :id OR other_id = :id ORDER BY cleared_at, id")
_CLEAR = Sql("""
INSERT INTO legal_conflict (id, referral_id, other_id, cleared_by, cleared_at, reason)
VALUES (:id, :referral_id, :other_id, :by, :now, :reason)
""")


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody on one side; ``telephone`` is E.164, or empty where it is not known."""

    side: Side
    name: str = field(repr=False)
    telephone: str = field(repr=False)
    request_id: str


def add(tx: Tx, row: Row, new: NewPerson, actor: str) -> Row:
    """Somebody on one side of a referral. Of its client no name is kept here: it stands in the referral."""
    person_id, alike, opponent = new_id(tx.now), one_form(new.name), new.side is Side.OPPONENT
    seal = tx.keys.seal
    telephone = seal(new.telephone, table="legal_person", column="telephone", row=person_id) if new.telephone else None
    values = {
        "id": person_id,
        "referral_id": row.id,
        "case_id": row.case_id,
        "organization_id": row.organization_id,
        "side": new.side.value,
        "name": tx.sealed("legal_person", person_id, "name", new.name) if opponent else None,
        "telephone": telephone if opponent else None,
        "name_hash": tx.keys.keyed_hash("legal_name", alike) if alike else None,
        "telephone_hash": tx.keys.keyed_hash("legal_telephone", new.telephone) if new.telephone else None,
        "added_by": actor,
        "now": tx.now.timestamp(),
        "request_id": tx.keys.keyed_hash("request_id", new.request_id),
    }
    return tx.execute(_ADD, values).one()


def opponent(tx: Tx, person_id: str) -> Row | None:
    """An opposing party by id."""
    return tx.execute(_PERSON, {"id": person_id}).one_or_none()


def by_request(tx: Tx, referral_id: str, request_id: str) -> Row | None:
    """Whom an earlier request added."""
    values = {"id": referral_id, "request_id": tx.keys.keyed_hash("request_id", request_id)}
    return tx.execute(_BY_REQUEST, values).one_or_none()


def opponents(tx: Tx, referral_id: str) -> Sequence[Row]:
    """Opposing parties of a referral, in the order in which they were added."""
    return tx.execute(_OPPONENTS, {"id": referral_id}).all()


def name(tx: Tx, person: Row) -> str:
    """The name of an opposing party."""
    return tx.opened("legal_person", person, "name")


def telephone(tx: Tx, person: Row) -> str:
    """The number of an opposing party; empty if nobody knows it."""
    return tx.opened("legal_person", person, "telephone")


def remove(tx: Tx, person_id: str) -> None:
    """Somebody is on no side any more."""
    tx.execute(_REMOVE, {"id": person_id})


def opposed(tx: Tx, referral_id: str) -> Sequence[Row]:
    """Referrals of other cases to the same agency in which somebody of this one stands on the other side: ``other_id``,
    ``number``, ``side`` on which they stand here, what is the same, and since when it is known. One that ended before
    the agency had it does not count."""
    return tx.execute(_OPPOSED, {"id": referral_id}).all()


def cleared(tx: Tx, referral_id: str) -> Sequence[Row]:
    """What was cleared between a referral and others, from either side, oldest first."""
    return tx.execute(_CLEARED, {"id": referral_id}).all()


def clear(tx: Tx, referral_id: str, other_id: str, reason: str, actor: str) -> None:
    """A person says that two referrals do not stand against each other."""
    conflict_id = new_id(tx.now)
    values = {
        "id": conflict_id,
        "referral_id": referral_id,
        "other_id": other_id,
        "by": actor,
        "now": tx.now.timestamp(),
        "reason": tx.sealed("legal_conflict", conflict_id, "reason", reason),
    }
    tx.execute(_CLEAR, values)


def reason(tx: Tx, conflict: Row) -> str:
    """Why a conflict is none."""
    return tx.opened("legal_conflict", conflict, "reason")
