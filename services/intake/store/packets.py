"""Hand-over packets: the agent's words, and what the citizen said."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from chassis.crypto import mask_resident_numbers
from chassis.database import Tx
from chassis.statements import Row, Sql
from services.intake.domain.contacts import Details
from services.intake.domain.packets import MOST_CONTACTS, Said

_PUT = Sql("""
INSERT INTO packet (id, agent_id, told, updated_at) VALUES (:id, :agent_id, :told, :now)
ON CONFLICT (id) DO UPDATE SET agent_id = excluded.agent_id, told = excluded.told, updated_at = excluded.updated_at
""")
_PACKET = Sql("SELECT * FROM packet WHERE id = :id")
_SAID = Sql("""
SELECT id, text, received_at FROM contact WHERE case_id = :case_id ORDER BY received_at DESC, id DESC LIMIT :limit
""")


def put(tx: Tx, case_id: str, agent_id: str, title: str, summary: str, place: Details) -> None:
    """Keep the agent's words; what was there before is gone."""
    told = {"title": title, "summary": summary, "place": asdict(place)}
    text, _ = mask_resident_numbers(json.dumps(told, ensure_ascii=False))
    sealed = tx.keys.seal(text, table="packet", column="told", row=case_id)
    tx.execute(_PUT, {"id": case_id, "agent_id": agent_id, "told": sealed, "now": tx.now.timestamp()})


def packet(tx: Tx, case_id: str) -> tuple[Row, str, str, Details] | None:
    """Who wrote it, then title, summary and place."""
    row = tx.execute(_PACKET, {"id": case_id}).one_or_none()
    if row is None:
        return None
    told = json.loads(tx.opened("packet", row, "told"))
    return row, told["title"], told["summary"], Details(**told["place"])


def said(tx: Tx, case_id: str) -> Sequence[Said]:
    """What the citizen said last, oldest first."""
    rows = tx.execute(_SAID, {"case_id": case_id, "limit": MOST_CONTACTS}).all()
    return [Said(row.received_at, tx.opened("contact", row, "text")) for row in reversed(rows)]
