"""Attempts to reach an interpreter, and what partners said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chassis.database import Tx
from chassis.locking import free
from chassis.statements import Row, Sql
from services.translation.domain.coverage import Provider, ProviderKind
from services.translation.domain.sessions import Attempt, Line

_ADD = Sql("""
INSERT INTO attempt (session_id, number, kind, connector, answer_s, interpreter, outcome, reason, line, chosen_at)
VALUES (:session_id, :number, :kind, :connector, :answer_s, :interpreter, '', '', '', :now) RETURNING *
""")
_ATTEMPT = Sql("SELECT * FROM attempt WHERE session_id = :session_id AND number = :number")
_ATTEMPTS = Sql("SELECT * FROM attempt WHERE session_id IN :ids ORDER BY session_id, number", lists=["ids"])
_KEEP = Sql("""
UPDATE attempt SET interpreter = :interpreter, outcome = :outcome, reason = :reason, line = :line,
    requested_at = :requested_at, accepted_at = :accepted_at, joined_at = :joined_at, ended_at = :ended_at,
    release_at = :release_at WHERE session_id = :session_id AND number = :number
""")
_RELEASING = free("SELECT * FROM attempt WHERE release_at <= :now ORDER BY release_at LIMIT 1", "attempt")
_CLAIM = Sql("""
INSERT INTO report (connector, update_hash, received_at) VALUES (:connector, :update_hash, :now) ON CONFLICT DO NOTHING
""")
_FORGET = Sql("DELETE FROM report WHERE received_at < :before")
_KEPT = (
    *("session_id", "number", "interpreter", "outcome", "reason", "line"),
    *("requested_at", "accepted_at", "joined_at", "ended_at", "release_at"),
)


def add(tx: Tx, session_id: str, number: int, provider: Provider, interpreter: str = "") -> Row:
    """One more who is asked."""
    values = {
        "session_id": session_id,
        "number": number,
        "kind": provider.kind.value,
        "connector": provider.connector,
        "answer_s": provider.answer_s,
        "interpreter": interpreter,
        "now": tx.now.timestamp(),
    }
    return tx.execute(_ADD, values).one()


def attempt(tx: Tx, session_id: str, number: int) -> Row | None:
    """An attempt of a session. Whoever changes it holds the session's row."""
    return tx.execute(_ATTEMPT, {"session_id": session_id, "number": number}).one_or_none()


def of_sessions(tx: Tx, ids: Sequence[str]) -> Mapping[str, list[Row]]:
    """Everybody who was asked in each of these, in order."""
    found: dict[str, list[Row]] = {one: [] for one in ids}
    for row in tx.execute(_ATTEMPTS, {"ids": list(ids)}) if ids else []:
        found[row.session_id].append(row)
    return found


def keep(tx: Tx, row: Row) -> Row:
    """Write where an attempt stands."""
    tx.execute(_KEEP, {name: getattr(row, name) for name in _KEPT})
    return row


def facts(row: Row, medium: str) -> Attempt:
    """An attempt as the rules see it."""
    return Attempt(
        kind=ProviderKind(row.kind),
        medium=medium,
        chosen_at=row.chosen_at,
        answer_s=float(row.answer_s),
        accepted_at=row.accepted_at,
        joined_at=row.joined_at,
        line=Line(row.line),
        over=row.ended_at is not None,
    )


def releasing(tx: Tx) -> Row | None:
    """One whose partner is to be told that nobody is needed any more; its row is held."""
    return tx.execute(_RELEASING[tx.dialect], {"now": tx.now.timestamp()}).one_or_none()


def claim_report(tx: Tx, connector: str, update_id: str) -> bool:
    """Mark a partner's report as taken; False if it was taken before."""
    values = {
        "connector": connector,
        "update_hash": tx.keys.keyed_hash("update_id", update_id),
        "now": tx.now.timestamp(),
    }
    return tx.execute(_CLAIM, values).rowcount == 1


def forget_reports(tx: Tx, before: float) -> int:
    """Drop reports that no partner repeats any more; returns how many."""
    return tx.execute(_FORGET, {"before": before}).rowcount
