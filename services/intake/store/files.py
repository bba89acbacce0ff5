"""Files that agents send: laid ready first, then taken by one reply."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.database import Tx
from chassis.statements import Row, Sql

_ADD = Sql("""
INSERT INTO reply_file (id, case_id, agent_id, reply_id, filename, media_type, size, blob_key, created_at)
VALUES (:id, :case_id, :agent_id, '', :filename, :media_type, :size, :blob_key, :now)
""")
_TAKE = Sql(
    "UPDATE reply_file SET reply_id = :reply_id WHERE case_id = :case_id AND reply_id = '' AND id IN :ids",
    lists=["ids"],
)
_OF_REPLY = Sql("SELECT * FROM reply_file WHERE reply_id = :reply_id ORDER BY id")
_OF_CASE = Sql("SELECT * FROM reply_file WHERE case_id = :case_id AND reply_id <> '' ORDER BY id")
_UNUSED = Sql("DELETE FROM reply_file WHERE reply_id = '' AND created_at < :before RETURNING blob_key")


def add_file(
    tx: Tx, file_id: str, case_id: str, agent_id: str, *, filename: str, media_type: str, size: int, blob_key: str
) -> None:
    """A file that is stored and waits for a reply to take it."""
    values = {
        "id": file_id,
        "case_id": case_id,
        "agent_id": agent_id,
        "filename": tx.sealed("reply_file", file_id, "filename", filename),
        "media_type": media_type,
        "size": size,
        "blob_key": blob_key,
        "now": tx.now.timestamp(),
    }
    tx.execute(_ADD, values)


def take(tx: Tx, case_id: str, reply_id: str, ids: Sequence[str]) -> bool:
    """Give files to a reply; False if one of them is not of the case, or another reply has it."""
    values = {"case_id": case_id, "reply_id": reply_id, "ids": list(ids)}
    return not ids or tx.execute(_TAKE, values).rowcount == len(ids)


def of_reply(tx: Tx, reply_id: str) -> Sequence[Row]:
    """The files of a reply."""
    return tx.execute(_OF_REPLY, {"reply_id": reply_id}).all()


def of_case(tx: Tx, case_id: str) -> Sequence[Row]:
    """The files of all replies of a case."""
    return tx.execute(_OF_CASE, {"case_id": case_id}).all()


def drop_unused(tx: Tx, before: float) -> list[str]:
    """Forget files that no reply took; returns the keys of their bytes."""
    return tx.execute(_UNUSED, {"before": before}).scalars()
