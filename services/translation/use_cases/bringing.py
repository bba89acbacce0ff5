"""Bringing: a translation comes, from a connector's answer or by its callback."""

from __future__ import annotations

from dataclasses import replace

from hub120_sdk import SessionNoted

from chassis.database import Tx
from chassis.ids import is_uuid
from services.translation.store import audit, relaying
from services.translation.store.relaying import Session
from services.translation.use_cases import hearing, relaying_interpreter
from services.translation.use_cases.relaying_interpreter import Brought


def take_translation(tx: Tx, brought: Brought) -> SessionNoted:
    """Keep a translation; with the first one the interpreting begins. What changes nothing is on the audit trail: one
    for no message of ours, one that comes twice, one for words that were given up."""
    plausible = is_uuid(brought.session_id) and is_uuid(brought.message_id)
    session = relaying.session(tx, brought.session_id) if plausible else None
    noted = _take(tx, session, brought) if session is not None else SessionNoted(known=False)
    if not noted.known:
        audit.add(tx, brought.connector, "unknown_words")
    elif noted.over:
        audit.add(tx, brought.connector, "late_words", brought.session_id)
    elif noted.duplicate:
        audit.add(tx, brought.connector, "duplicate_words", brought.session_id)
    return noted


def _take(tx: Tx, session: Session, brought: Brought) -> SessionNoted:
    if relaying_interpreter.is_first(tx, session, brought):
        hearing.words_came(tx, session.id)  # holds the session before its conversation, as all others do
    by = hearing.alias(brought.interpreter)
    return relaying_interpreter.translated(tx, session, replace(brought, interpreter=by))
