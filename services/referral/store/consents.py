"""Consents: what was agreed to, until when, and how it ended."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from chassis.database import Tx
from chassis.locking import free
from chassis.statements import Row, Sql
from services.referral import tables
from services.referral.domain.consents import Ended, Given, Item

_ADD = Sql("""
INSERT INTO consent (id, referral_id, case_id, organization_id, purpose, items, how, evidence, refusal_told,
    sensitive_agreed, language, wording, agent_id, request_id, given_at, until, ended, ended_by)
VALUES (:id, :referral_id, :case_id, :organization_id, :purpose, :items, :how, :evidence, :refusal_told,
    :sensitive_agreed, :language, :wording, :agent_id, :request_id, :now, :until, '', '') RETURNING *
""")
_CONSENT = Sql("SELECT * FROM consent WHERE id = :id")
_BY_REQUEST = Sql("SELECT * FROM consent WHERE referral_id = :referral_id AND request_id = :request_id")
_OF_REFERRALS = Sql("SELECT * FROM consent WHERE referral_id IN :ids ORDER BY id", lists=["ids"])
_END = Sql("""
UPDATE consent SET ended = :ended, ended_by = :ended_by, ended_at = :now WHERE id = :id AND ended = ''
""")
_EXPIRED = free("SELECT * FROM consent WHERE until <= :now AND ended = '' ORDER BY until LIMIT 1", "consent")


def add(tx: Tx, consent_id: str, of: Row, given: Given, agent_id: str, request_id: str, wording: int) -> Row:
    """What a citizen agrees to now, for a referral."""
    values = {
        "id": consent_id,
        "referral_id": of.id,
        "case_id": of.case_id,
        "organization_id": of.organization_id,
        "purpose": given.purpose.value,
        "items": f" {' '.join(sorted(given.items))} ",
        "how": given.how.value,
        "evidence": given.evidence,
        "refusal_told": int(given.refusal_told),
        "sensitive_agreed": int(given.sensitive_agreed),
        "language": given.language,
        "wording": wording,
        "agent_id": agent_id,
        "request_id": tx.keys.keyed_hash("request_id", request_id),
        "until": given.until,
        "now": tx.now.timestamp(),
    }
    return tx.execute(_ADD, values).one()


def consent(tx: Tx, consent_id: str) -> Row | None:
    """A consent by id."""
    return tx.execute(_CONSENT, {"id": consent_id}).one_or_none()


def by_request(tx: Tx, referral_id: str, request_id: str) -> Row | None:
    """The consent that an earlier request recorded."""
    values = {"referral_id": referral_id, "request_id": tx.keys.keyed_hash("request_id", request_id)}
    return tx.execute(_BY_REQUEST, values).one_or_none()


def of_referral(tx: Tx, referral_id: str) -> Sequence[Row]:
    """Every consent of a referral, oldest first."""
    return tx.execute(_OF_REFERRALS, {"ids": [referral_id]}).all()


def end(tx: Tx, consent_id: str, ended: Ended, by: str) -> bool:
    """It counts no more; False if it had ended before."""
    values = {"id": consent_id, "ended": ended.value, "ended_by": by, "now": tx.now.timestamp()}
    return tx.execute(_END, values).rowcount == 1


def expired(tx: Tx) -> Row | None:
    """One whose time is over and that nobody has ended; its row is held."""
    return tx.execute(_EXPIRED[tx.dialect], {"now": tx.now.timestamp()}).one_or_none()


def items(row: Row) -> frozenset[Item]:
    """What may be given."""
    return frozenset(map(Item, row.items.split()))


def listed(tx: Tx, case_id: str, referral_id: str, after: str, limit: int) -> Sequence[Row]:
    """Consents of a case or of a referral, by id after another."""
    table = tables.referrals.consent
    query = sa.select(table).where(table.c.id > after).order_by(table.c.id).limit(limit)
    for column, value in (("case_id", case_id), ("referral_id", referral_id)):
        if value:
            query = query.where(table.c[column] == value)
    return tx.execute(query).all()
