"""Monitoring: supervisors listen in on a call, or speak in it. Whoever leads it sees so on its record; there is no
listening that nobody is told of."""

from __future__ import annotations

from hub120.intake.v1 import legs_pb2

from chassis.database import Tx
from chassis.errors import NotFound, PreconditionFailed
from chassis.statements import Row
from services.routing.domain.conference import OVER, EntryKind, LegState, Role
from services.routing.domain.ladders import Lines
from services.routing.store import conferences
from services.routing.use_cases.conducting import call_agent, command, conduct, give_up, hang_up_leg, note
from services.routing.use_cases.conferencing import Found, read


def monitor(tx: Tx, conference_id: str, supervisor_id: str, lines: Lines) -> Found:
    """Hear everybody and be heard by nobody. Asked twice, the second time they do."""
    return _listens(tx, conference_id, supervisor_id, lines, muted=True)


def barge(tx: Tx, conference_id: str, supervisor_id: str, lines: Lines) -> Found:
    """Hear everybody and be heard by all. Asked twice, the second time they are."""
    return _listens(tx, conference_id, supervisor_id, lines, muted=False)


def leave(tx: Tx, conference_id: str, supervisor_id: str) -> Found:
    """Neither. Asked twice, the second time they are gone."""
    row = _held(tx, conference_id)
    for leg in _own(tx, row, supervisor_id):
        hang_up_leg(tx, row, leg)
    return read(tx, row.id)


def _listens(tx: Tx, conference_id: str, supervisor_id: str, lines: Lines, *, muted: bool) -> Found:
    row = _held(tx, conference_id)
    if row.state in OVER:
        raise PreconditionFailed("CONFERENCE_OVER", f"conference {row.id} is {row.state}; there is nobody to hear")
    own = _own(tx, row, supervisor_id)
    if any(bool(leg.muted) == muted for leg in own):
        return read(tx, row.id)
    note(tx, row, EntryKind.MONITORED if muted else EntryKind.BARGED, role=Role.LISTENER, actor=supervisor_id)
    answered = [leg for leg in own if LegState(leg.state) in LegState.answered()]
    for leg in answered:
        command(tx, row, leg.id, legs_pb2.LEG_COMMAND_MUTE if muted else legs_pb2.LEG_COMMAND_UNMUTE)
        conferences.mute_leg(tx, leg, muted=muted)
    if not answered:
        _call_anew(tx, row, own, supervisor_id, lines, muted=muted)
    conduct(tx, row, lines)
    return read(tx, row.id)


def _call_anew(tx: Tx, row: Row, own: list[Row], supervisor_id: str, lines: Lines, *, muted: bool) -> None:
    """A telephone that rings yet will be answered as it was dialled, so it is dialled again."""
    for leg in own:
        give_up(tx, row, leg, "cancelled")
    call_agent(tx, row, Role.LISTENER, supervisor_id, lines, muted=muted)


def _own(tx: Tx, row: Row, supervisor_id: str) -> list[Row]:
    """Their telephone, while it has not ended."""
    legs = conferences.legs(tx, row.id)
    return [
        leg
        for leg in legs
        if leg.role == Role.LISTENER and leg.agent_id == supervisor_id and leg.state != LegState.ENDED
    ]


def _held(tx: Tx, conference_id: str) -> Row:
    row = conferences.conference(tx, conference_id, lock=True)
    if row is None:
        raise NotFound("conference", conference_id)
    return row
