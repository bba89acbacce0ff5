"""Written conversations: how far each is, and what streams are told of it, numbered without gaps."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from chassis.chains import Chain
from chassis.database import Tx
from chassis.locking import free, held
from chassis.statements import Row, Sql

_SESSION = Sql("""
SELECT session.id, session.case_id, session.agent_id, session.language, session.medium, session.state,
    session.ended_at, session.traceparent, attempt.number AS attempt, attempt.kind, attempt.connector
FROM session LEFT JOIN attempt ON attempt.session_id = session.id AND attempt.number = session.attempts
WHERE session.id = :id
""")
_WAS_ASKED = Sql("SELECT kind FROM attempt WHERE session_id = :id AND connector = :connector LIMIT 1")
_OPEN = Sql("""
INSERT INTO relay (id, case_id, topic, newest, read_to, last_number, sequence, due_at, tries)
VALUES (:id, :case_id, '', 0, NULL, 0, 0, :now, 0) ON CONFLICT (id) DO NOTHING
""")
_HELD = held("SELECT * FROM relay WHERE id = :id")
_TOLD = Sql("""
UPDATE relay SET newest = :sequence, due_at = :now, topic = CASE WHEN :topic = '' THEN topic ELSE :topic END
WHERE case_id = :case_id AND newest < :sequence
    AND EXISTS (SELECT 1 FROM session WHERE session.id = relay.id AND session.ended_at IS NULL)
RETURNING id
""")
_CORRECTED = Sql("UPDATE relay SET topic = :topic WHERE case_id = :case_id")
_READ = Sql("""
UPDATE relay SET read_to = :read_to, newest = CASE WHEN newest < :read_to THEN :read_to ELSE newest END,
    topic = :topic WHERE id = :id
""")
_NUMBER = Sql("UPDATE relay SET last_number = last_number + 1 WHERE id = :id RETURNING last_number")
_CHANGED = Chain(
    ("counted", "UPDATE relay SET sequence = sequence + 1 WHERE id = :id RETURNING sequence"),
    ("noted", """INSERT INTO relay_change (session_id, sequence, message_id, state, changed_at)
        SELECT :id, :counted.sequence, :message_id, :state, :now WHERE :counted.sequence IS NOT NULL"""),
)  # fmt: skip
_CHANGES = Sql("""
SELECT relay_change.sequence, relay_change.state AS told_state, session.agent_id AS led_by, relay_message.*
FROM relay_change JOIN session ON session.id = relay_change.session_id
LEFT JOIN relay_message ON relay_message.id = relay_change.message_id
WHERE relay_change.session_id = :id AND relay_change.sequence > :after ORDER BY relay_change.sequence LIMIT :limit
""")
_SEQUENCES = Sql("SELECT id, sequence FROM relay WHERE id IN :ids", lists=["ids"])
_DUE = free(
    """SELECT relay.id, relay.case_id, relay.newest, relay.read_to, relay.tries, session.ended_at, session.traceparent
    FROM relay JOIN session ON session.id = relay.id WHERE relay.due_at <= :now AND NOT (relay.id IN :busy)
    ORDER BY relay.due_at LIMIT :limit""",
    "relay",
    lists=["busy"],
)
_LEASE = Sql("UPDATE relay SET due_at = :until WHERE id IN :ids", lists=["ids"])
_WAKE = Sql("UPDATE relay SET due_at = :now WHERE id = :id")
_REST = Sql("UPDATE relay SET due_at = :due_at, tries = :tries WHERE id = :id AND due_at = :until")


@dataclass(frozen=True, slots=True)
class Due:
    """A conversation between which and its case words are to be carried."""

    id: str
    case_id: str
    newest: int
    read_to: int | None
    tries: int
    ended_at: float | None
    """Of the session."""
    traceparent: str


@dataclass(frozen=True, slots=True)
class Session:
    """What a written conversation knows of its session, with the provider who was asked last."""

    id: str
    case_id: str
    agent_id: str
    language: str
    medium: str
    state: str
    ended_at: float | None
    traceparent: str
    attempt: int | None
    kind: str | None
    connector: str | None


def session(tx: Tx, session_id: str) -> Session | None:
    """A session, as it stands."""
    row = tx.execute(_SESSION, {"id": session_id}).one_or_none()
    return None if row is None else Session(*row)


def kind_asked(tx: Tx, session_id: str, connector: str) -> str | None:
    """What a connector is in a session; None if it was never asked."""
    found: str | None = tx.execute(_WAS_ASKED, {"id": session_id, "connector": connector}).scalar_one_or_none()
    return found


def begin(tx: Tx, of: Session) -> bool:
    """A written session begins: what was said before is to be read. False if it had begun."""
    return tx.execute(_OPEN, {"id": of.id, "case_id": of.case_id, "now": tx.now.timestamp()}).rowcount == 1


def hold(tx: Tx, session_id: str) -> Row | None:
    """A conversation, its row held until the end of the transaction: its messages are numbered and told in order."""
    return tx.execute(_HELD[tx.dialect], {"id": session_id}).one_or_none()


def told_of(tx: Tx, case_id: str, sequence: int, topic: str) -> Sequence[str]:
    """A case has a newer entry of the citizen: the open sessions that want to read it."""
    values = {"case_id": case_id, "sequence": sequence, "topic": topic, "now": tx.now.timestamp()}
    return tx.execute(_TOLD, values).scalars()


def correct(tx: Tx, case_id: str, topic: str) -> None:
    """An agent said what a case is about."""
    tx.later(_CORRECTED, {"case_id": case_id, "topic": topic})


def have_read(tx: Tx, session_id: str, read_to: int, topic: str) -> None:
    """Words were read up to an entry of the case."""
    tx.later(_READ, {"id": session_id, "read_to": read_to, "topic": topic})


def next_number(tx: Tx, session_id: str) -> int:
    """The place of the next message."""
    return int(tx.execute(_NUMBER, {"id": session_id}).scalar_one())


def changed(tx: Tx, session_id: str, message_id: str, state: str) -> None:
    """Note what streams are told. An empty message id: the session moved."""
    values = {"id": session_id, "message_id": message_id, "state": state, "now": tx.now.timestamp()}
    _CHANGED.later(tx, values)


def changes(tx: Tx, session_id: str, after: int, limit: int) -> Sequence[Row]:
    """What streams are told after a number: ``sequence``, ``told_state``, who leads the session now (``led_by``),
    and the message as it is, if there is one."""
    return tx.execute(_CHANGES, {"id": session_id, "after": after, "limit": limit}).all()


def sequences(tx: Tx, ids: Sequence[str]) -> Mapping[str, int]:
    """How much streams were told of each conversation."""
    return {row.id: row.sequence for row in tx.execute(_SEQUENCES, {"ids": list(ids)})}


def take_due(tx: Tx, until: float, limit: int, busy: Collection[str]) -> Sequence[Due]:
    """Conversations between which and intake words are to be carried; nobody else takes them until then."""
    values = {"now": tx.now.timestamp(), "limit": limit, "busy": list(busy)}
    found = [Due(*row) for row in tx.execute(_DUE[tx.dialect], values)]
    if found:
        tx.later(_LEASE, {"ids": [one.id for one in found], "until": until})
    return found


def wake(tx: Tx, session_id: str) -> None:
    """There is something to carry."""
    tx.later(_WAKE, {"id": session_id, "now": tx.now.timestamp()})


def rest(tx: Tx, session_id: str, until: float, due_at: float | None, tries: int) -> None:
    """What was due is carried; what came meanwhile stays due."""
    tx.later(_REST, {"id": session_id, "until": until, "due_at": due_at, "tries": tries})
