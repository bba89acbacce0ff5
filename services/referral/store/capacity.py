"""What agencies were asked about their room, and what they said last."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.database import Tx
from chassis.locking import held
from chassis.statements import Row, Sql
from services.referral.domain.capacity import Age, Answer, Question

_ADD = Sql("""
INSERT INTO capacity_question (id, referral_id, organization_id, need, area, age, urgent, token_hash, asked_at)
VALUES (:id, :referral_id, :organization_id, :need, :area, :age, :urgent, :token_hash, :now)
""")
_QUESTION = Sql("SELECT * FROM capacity_question WHERE id = :id")
_BY_TOKEN = held("SELECT * FROM capacity_question WHERE token_hash = :token_hash")
_OF_REFERRAL = Sql("SELECT * FROM capacity_question WHERE referral_id = :referral_id ORDER BY id")
_ANSWERED = Sql("UPDATE capacity_question SET answered_at = :now WHERE id = :id")
_FORGET = Sql("DELETE FROM capacity_question WHERE asked_at < :before")
_PUT = Sql("""
INSERT INTO capacity (organization_id, need, room, weeks, said_by, said_at)
VALUES (:organization_id, :need, :room, :weeks, :said_by, :now)
ON CONFLICT (organization_id, need) DO UPDATE SET room = excluded.room, weeks = excluded.weeks,
    said_by = excluded.said_by, said_at = excluded.said_at RETURNING *
""")
_OF_AGENCIES = Sql("SELECT * FROM capacity WHERE organization_id IN :ids ORDER BY said_at DESC, need", lists=["ids"])


def add(tx: Tx, question_id: str, of: Row, asked: Question, token: str) -> None:
    """The agency of a referral is asked now."""
    values = {
        "id": question_id,
        "referral_id": of.id,
        "organization_id": of.organization_id,
        "need": asked.need,
        "area": asked.area,
        "age": asked.age.value,
        "urgent": int(asked.urgent),
        "token_hash": tx.keys.keyed_hash("capacity_token", token),
        "now": tx.now.timestamp(),
    }
    tx.execute(_ADD, values)


def question(tx: Tx, question_id: str) -> Row | None:
    """A question by the id of its dispatch."""
    return tx.execute(_QUESTION, {"id": question_id}).one_or_none()


def by_token(tx: Tx, token: str, *, lock: bool = False) -> Row | None:
    """The question to which a link leads."""
    values = {"token_hash": tx.keys.keyed_hash("capacity_token", token)}
    return tx.execute(_BY_TOKEN[tx.dialect if lock else "sqlite"], values).one_or_none()


def of_referral(tx: Tx, referral_id: str) -> Sequence[Row]:
    """What was asked for a referral, oldest first."""
    return tx.execute(_OF_REFERRAL, {"referral_id": referral_id}).all()


def asked(row: Row) -> Question:
    """A question as it was asked."""
    return Question(row.need, row.area, Age(row.age), bool(row.urgent))


def answered(tx: Tx, question_id: str) -> None:
    """It wants no answer any more."""
    tx.execute(_ANSWERED, {"id": question_id, "now": tx.now.timestamp()})


def put(tx: Tx, organization_id: str, need: str, said: Answer, by: str) -> Row:
    """What an agency says now, in place of what it said before."""
    values = {
        "organization_id": organization_id,
        "need": need,
        "room": said.room.value,
        "weeks": said.weeks,
        "said_by": by,
        "now": tx.now.timestamp(),
    }
    return tx.execute(_PUT, values).one()


def of_agencies(tx: Tx, organization_ids: Sequence[str]) -> Sequence[Row]:
    """What agencies said last for each need, the newest first."""
    return tx.execute(_OF_AGENCIES, {"ids": list(organization_ids)}).all()


def forget(tx: Tx, before: float) -> int:
    """Drop questions of long ago; returns how many."""
    return tx.execute(_FORGET, {"before": before}).rowcount
