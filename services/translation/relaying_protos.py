"""Relayed messages as the contract tells them."""

from __future__ import annotations

from hub120.translation.v1 import interpreting_pb2

from chassis.clock import moment
from services.translation.domain.relaying import Direction, RelayState
from services.translation.store.relay_messages import Opened

DIRECTIONS = {direction: getattr(interpreting_pb2, f"RELAY_DIRECTION_{direction.name}") for direction in Direction}
STATES = {state: getattr(interpreting_pb2, f"RELAY_STATE_{state.name}") for state in RelayState}
_ENDS = {RelayState.TRANSLATED, RelayState.DELIVERED, RelayState.FAILED}


def message(opened: Opened, state: RelayState) -> interpreting_pb2.RelayedMessage:
    """A message as it stood at the change it is told with: the translation comes with its end."""
    row, ended = opened.row, state in _ENDS
    there = ended and row.translated_at is not None
    uses = [
        interpreting_pb2.TermUse(korean=use.korean, translation=use.translation, kept=use.kept) for use in opened.terms
    ]
    return interpreting_pb2.RelayedMessage(
        id=row.id,
        session_id=row.session_id,
        number=row.number,
        direction=DIRECTIONS[Direction(row.direction)],
        state=STATES[state],
        original=opened.original,
        translation=opened.translation if there else "",
        machine=there and bool(row.machine),
        interpreter=row.interpreter if there else "",
        terms=uses if there else [],
        reason=row.reason if state is RelayState.FAILED else "",
        say_time=moment(row.said_at),
        translate_time=moment(row.translated_at) if there else None,
        contact_id=row.contact_id,
        reply_id=row.reply_id if state is RelayState.DELIVERED else "",
    )
