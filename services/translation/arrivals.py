"""What partners call back with: reports of sessions, and translations; stored one by one in the transaction of their
request."""

from __future__ import annotations

from collections.abc import Sequence

from hub120_sdk import InterpreterNews, InterpreterReport, SessionNoted, Translation

from chassis.database import Tx
from services.translation.domain.sessions import Said
from services.translation.store import audit
from services.translation.use_cases import bringing, hearing
from services.translation.use_cases.hearing import Report
from services.translation.use_cases.relaying_interpreter import Brought


def note(tx: Tx, connector: str, news: Sequence[InterpreterNews], centre: str) -> list[SessionNoted]:
    """Store what a request holds; what became of each, in order."""
    return [_note(tx, connector, one, centre) for one in news]


def _note(tx: Tx, connector: str, one: InterpreterNews, centre: str) -> SessionNoted:
    if isinstance(one, Translation):
        return bringing.take_translation(tx, brought(connector, one))
    return hearing.take_report(tx, connector, report_of(one), centre)


def refused(tx: Tx, connector: str, why: str) -> None:
    """A request of a partner's that was not signed, or that nobody can read."""
    audit.add(tx, connector, why)


def brought(connector: str, found: Translation) -> Brought:
    """A translation, and who brings it."""
    return Brought(connector, found.session_id, found.message_id, found.text, found.interpreter)


def report_of(said: InterpreterReport) -> Report:
    """What a partner said of a session."""
    return Report(
        session_id=said.session_id,
        number=said.attempt,
        said=Said(said.state.value),
        update_id=said.update_id,
        interpreter=said.interpreter,
        reason=said.reason,
        call=said.call,
    )
