"""Call sheets in their versions, what was answered, and the signs in it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from chassis.database import Tx
from chassis.ids import new_id
from chassis.locking import held
from chassis.statements import Row, Sql
from services.outreach.check_in_sheet import SAMPLE_ID, sample
from services.outreach.domain.sheets import Sheet, document, read
from services.outreach.domain.signs import Found, SignState

_SHEET = Sql("""
SELECT * FROM call_sheet WHERE id = :id AND (:version = 0 OR version = :version) ORDER BY version DESC LIMIT 1
""")
_ADD = Sql("""
INSERT INTO call_sheet (id, version, document, written_by, written_at) VALUES (:id, :version, :document, :by, :now)
""")
_ANSWERS = Sql("SELECT * FROM sheet_answers WHERE id = :id")
_ADD_ANSWERS = Sql("""
INSERT INTO sheet_answers (id, sheet_id, version, answers, request_id, agent_id, submitted_at)
VALUES (:id, :sheet_id, :version, :answers, :request_id, :agent_id, :now)
""")
_SIGNS = Sql("SELECT * FROM sign WHERE check_in_id = :id ORDER BY id")
_SIGN = held("SELECT * FROM sign WHERE id = :id")
_ADD_SIGN = Sql("""
INSERT INTO sign (id, check_in_id, kind, sign_class, words, question_id, state, decided_by, found_at, decided_at)
VALUES (:id, :check_in_id, :kind, :sign_class, :words, :question_id, 'proposed', '', :now, NULL)
""")
_DECIDE = Sql("UPDATE sign SET state = :state, decided_by = :by, decided_at = :now WHERE id = :id")


def sheet(tx: Tx, sheet_id: str, version: int = 0) -> Sheet | None:
    """A call sheet in a version, or the newest; the one that a centre begins with is always there."""
    row = tx.execute(_SHEET, {"id": sheet_id, "version": version}).one_or_none()
    if row is not None:
        return read(row.id, row.version, json.loads(row.document))
    return sample() if sheet_id == SAMPLE_ID and version in {0, sample().version} else None


def add(tx: Tx, new: Sheet, version: int, by: str) -> None:
    """A version of a call sheet."""
    kept = json.dumps(document(new), ensure_ascii=False)
    values = {"id": new.id, "version": version, "document": kept, "by": by, "now": tx.now.timestamp()}
    tx.execute(_ADD, values)


def answered(tx: Tx, check_in_id: str) -> Row | None:
    """The sheet of a check-in, if it is there."""
    return tx.execute(_ANSWERS, {"id": check_in_id}).one_or_none()


def answers(tx: Tx, row: Row) -> Mapping[str, str]:
    """What was answered, by question."""
    found: Mapping[str, str] = json.loads(tx.opened("sheet_answers", row, "answers"))
    return found


def add_answers(
    tx: Tx, check_in_id: str, of: Sheet, given: Mapping[str, str], request_id: str, agent_id: str
) -> None:  # fmt: skip
    """Keep what was answered."""
    values = {
        "id": check_in_id,
        "sheet_id": of.id,
        "version": of.version,
        "answers": tx.sealed("sheet_answers", check_in_id, "answers", json.dumps(dict(given), ensure_ascii=False)),
        "request_id": tx.keys.keyed_hash("request_id", request_id),
        "agent_id": agent_id,
        "now": tx.now.timestamp(),
    }
    tx.execute(_ADD_ANSWERS, values)


def add_sign(tx: Tx, check_in_id: str, question_id: str, found: Found) -> None:
    """Words look like a sign."""
    sign_id = new_id(tx.now)
    values = {
        "id": sign_id,
        "check_in_id": check_in_id,
        "kind": found.kind,
        "sign_class": found.sign_class.value,
        "words": tx.keys.seal(found.words, table="sign", column="words", row=sign_id),
        "question_id": question_id,
        "now": tx.now.timestamp(),
    }
    tx.execute(_ADD_SIGN, values)


def signs(tx: Tx, check_in_id: str) -> Sequence[Row]:
    """The signs of a check-in."""
    return tx.execute(_SIGNS, {"id": check_in_id}).all()


def sign(tx: Tx, sign_id: str) -> Row | None:
    """A sign, its row held."""
    return tx.execute(_SIGN[tx.dialect], {"id": sign_id}).one_or_none()


def words(tx: Tx, row: Row) -> str:
    """The words that showed a sign."""
    return tx.opened("sign", row, "words")


def decide(tx: Tx, sign_id: str, state: SignState, by: str) -> None:
    """A person says what it is."""
    tx.execute(_DECIDE, {"id": sign_id, "state": state.value, "by": by, "now": tx.now.timestamp()})
