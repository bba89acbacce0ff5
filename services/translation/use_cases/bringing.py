"""Bringing: a translation comes, from a connector's answer or by its callback."""

from __future__ import annotations

from dataclasses import replace

from chassis.database import Tx
from services.translation.store import audit
from services.translation.use_cases import hearing, relaying_interpreter
from services.translation.use_cases.relaying_interpreter import Brought, Noted


def take_translation(tx: Tx, brought: Brought) -> Noted:
    """Keep a translation; with the first one the interpreting begins. What changes nothing is on the audit trail: one
    for no message of ours, one that comes twice, one for words that were given up."""
    if relaying_interpreter.is_first(tx, brought):
        hearing.words_came(tx, brought.session_id)  # holds the session before its conversation, as all others do
    noted = relaying_interpreter.translated(tx, replace(brought, interpreter=hearing.alias(brought.interpreter)))
    if not noted.known:
        audit.add(tx, brought.connector, "unknown_words")
    elif noted.over:
        audit.add(tx, brought.connector, "late_words", brought.session_id)
    elif noted.duplicate:
        audit.add(tx, brought.connector, "duplicate_words", brought.session_id)
    return noted
