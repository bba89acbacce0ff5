"""Translating: words go to the connector of the interpreter, and what it says at once is kept.

A machine may miss a term of the glossary. Then it is asked once more with the missed terms already put into the text as
they are called in the other language, which it leaves as they are; what keeps more terms is taken.
"""

from __future__ import annotations

from hub120_sdk import ConnectorError, NotOnChannel, OptedOut, Rejected, Retry, Translation, Words

from chassis import logs
from chassis.connectors import operations
from chassis.connectors.errors import NotTried, UnknownConnector
from chassis.connectors.host import Host
from chassis.database import Database
from services.translation.domain import glossary
from services.translation.use_cases import bringing, relaying_interpreter
from services.translation.use_cases.relaying_interpreter import KOREAN, Asked, Brought

_NEVER = (Rejected, NotOnChannel, OptedOut)
_AGAIN_S, _SOON_S = 30.0, 0.2
_log = logs.get_logger("translating")


def translate(database: Database, connectors: Host, session_id: str, message_id: str, connector: str) -> None:
    """Have a message translated. Whatever keeps the words from the interpreter, they are sent again from the row: the
    task itself is done."""
    asked = database.run(relaying_interpreter.begin, session_id, message_id, connector)
    if asked is None:
        return
    try:
        found = _by_machine(connectors, connector, asked) if asked.machine else _ask(connectors, connector, asked)
    except _NEVER:
        database.run(relaying_interpreter.rejected, asked)
    except NotTried as error:
        database.run(relaying_interpreter.held_back, message_id, max(error.after_s, _SOON_S))
    except (ConnectorError, UnknownConnector) as error:
        _log.warning("words_not_taken", connector=connector, message_id=message_id, error=type(error).__name__)
        after_s = error.after_s if isinstance(error, Retry) else _AGAIN_S
        database.run(relaying_interpreter.not_reached, message_id, after_s)
    else:
        if found is not None:
            database.run(bringing.take_translation, _brought(connector, asked, found))


def _ask(connectors: Host, connector: str, asked: Asked) -> Translation | None:
    found: Translation | None = connectors.ask(connector, operations.RELAY, _words(asked, asked.text))
    return found


def _by_machine(connectors: Host, connector: str, asked: Asked) -> Translation:
    korean = asked.source == KOREAN
    first = _machine(connectors, connector, _words(asked, asked.text))
    uses = glossary.uses(first.text, asked.terms, korean=korean)
    missed = [use for use in uses if not use.kept]
    if not missed:
        return first
    text = glossary.written_out(asked.text, asked.terms, missed, korean=korean)
    try:
        second = _machine(connectors, connector, _words(asked, text))
    except ConnectorError:
        return first
    kept = sum(use.kept for use in glossary.uses(second.text, asked.terms, korean=korean))
    return second if kept > len(uses) - len(missed) else first


def _machine(connectors: Host, connector: str, words: Words) -> Translation:
    found: Translation = connectors.ask(connector, operations.TRANSLATE, words)
    return found


def _words(asked: Asked, text: str) -> Words:
    return Words(
        session_id=asked.session_id,
        attempt=asked.attempt,
        message_id=asked.message_id,
        number=asked.number,
        text=text,
        source=asked.source,
        target=asked.target,
        terms=dict(asked.terms),
    )


def _brought(connector: str, asked: Asked, found: Translation) -> Brought:
    """It is of the message that was asked about, whatever the connector calls that."""
    return Brought(connector, asked.session_id, asked.message_id, found.text, found.interpreter)
