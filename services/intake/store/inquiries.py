"""What a channel asks of cases that came over it."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from chassis.database import Tx
from chassis.statements import Row, Sql
from services.intake import tables
from services.intake.domain.cases import CaseQuestion
from services.intake.domain.replies import Parked

_FIRST = Sql(
    """
SELECT contact.id, contact.case_id, contact.details FROM contact WHERE contact.case_id IN :ids AND contact.id = (
    SELECT opening.id FROM contact AS opening WHERE opening.case_id = contact.case_id
    ORDER BY opening.received_at, opening.id LIMIT 1)
""",
    lists=["ids"],
)
_ANSWERED = Sql(
    """
SELECT reply.id, reply.case_id, reply.text FROM reply WHERE reply.case_id IN :ids
AND reply.state IN ('sent', 'delivered', 'read') ORDER BY reply.created_at, reply.id
""",
    lists=["ids"],
)


_TOLD = Sql(
    """
SELECT reply.id, reply.case_id, reply.text FROM reply WHERE reply.case_id IN :ids
AND reply.state IN ('parked', 'sent', 'delivered', 'read') ORDER BY reply.created_at, reply.id
""",
    lists=["ids"],
)


def cases_of_channel(tx: Tx, channel: str, asked: CaseQuestion, limit: int, skip: int) -> Sequence[Row]:
    """Cases of a channel that meet every condition, newest first."""
    cases, contact = tables.cases, tables.contact
    query = sa.select(cases).where(cases.c.channel == channel)
    query = query.order_by(cases.c.opened_at.desc(), cases.c.id.desc()).limit(limit).offset(skip)
    if asked.case_numbers:
        query = query.where(cases.c.number.in_(asked.case_numbers))
    if asked.provider_ids:
        hashes = [tx.keys.keyed_hash("provider_id", one) for one in asked.provider_ids]
        wrote = sa.select(contact.c.case_id).where(contact.c.channel == channel, contact.c.provider_id.in_(hashes))
        query = query.where(cases.c.id.in_(wrote))
    if asked.states:
        query = query.where(cases.c.state.in_([state.value for state in asked.states]))
    for column, least, below in (
        ("opened_at", asked.opened_from, asked.opened_before),
        ("updated_at", asked.updated_from, None),
    ):
        query = query if least is None else query.where(cases.c[column] >= least)
        query = query if below is None else query.where(cases.c[column] < below)
    return tx.execute(query).all()


def opening_details(tx: Tx, case_ids: Sequence[str]) -> dict[str, str]:
    """What each case's first contact was about, as it was kept."""
    rows = tx.execute(_FIRST, {"ids": list(case_ids)})
    return {row.case_id: tx.opened("contact", row, "details") for row in rows}


def last_answers(tx: Tx, case_ids: Sequence[str]) -> dict[str, str]:
    """The text of each case's last reply that left."""
    rows = tx.execute(_ANSWERED, {"ids": list(case_ids)})
    return {row.case_id: tx.opened("reply", row, "text") for row in rows}


def told(tx: Tx, case_ids: Sequence[str]) -> dict[str, list[Parked]]:
    """Each case's replies that left, or wait to be fetched, oldest first."""
    found: dict[str, list[Parked]] = {}
    for row in tx.execute(_TOLD, {"ids": list(case_ids)}):
        found.setdefault(row.case_id, []).append(Parked(row.id, tx.opened("reply", row, "text")))
    return found
