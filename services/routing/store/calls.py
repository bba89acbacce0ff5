"""The calls of citizens that are on the line, as far as intake has told."""

from __future__ import annotations

from chassis.database import Tx
from chassis.statements import Row, Sql

_PUT_CALL = Sql("""
INSERT INTO citizen_call (call_id, case_id, channel, state, occurred_at)
VALUES (:call_id, :case_id, :channel, :state, :occurred_at)
ON CONFLICT (call_id) DO UPDATE SET state = excluded.state, occurred_at = excluded.occurred_at
WHERE citizen_call.state <> 'ended' AND (excluded.state = 'ended' OR citizen_call.occurred_at <= excluded.occurred_at)
""")
_CALL_OF = Sql("""
SELECT * FROM citizen_call WHERE case_id = :case_id AND state <> 'ended' ORDER BY occurred_at DESC, call_id LIMIT 1
""")
_TELLS_OF_CALLS = Sql("SELECT 1 FROM citizen_call WHERE channel = :channel LIMIT 1")
_FORGET_CALLS = Sql("DELETE FROM citizen_call WHERE occurred_at < :before")


def put_call(tx: Tx, call_id: str, case_id: str, channel: str, state: str, occurred_at: float) -> None:
    """Remember where a citizen's call stands; older news change nothing."""
    values = {"call_id": call_id, "case_id": case_id, "channel": channel, "state": state, "occurred_at": occurred_at}
    tx.execute(_PUT_CALL, values)


def call_of(tx: Tx, case_id: str) -> Row | None:
    """The call of a case that is still on the line, if there is one."""
    return tx.execute(_CALL_OF, {"case_id": case_id}).one_or_none()


def tells_of_calls(tx: Tx, channel: str) -> bool:
    """An exchange that has told of a call within a day is there, and can call."""
    return tx.execute(_TELLS_OF_CALLS, {"channel": channel}).first() is not None


def forget_calls(tx: Tx, before: float) -> int:
    """Drop calls that cannot be on the line any more; returns how many."""
    return tx.execute(_FORGET_CALLS, {"before": before}).rowcount
