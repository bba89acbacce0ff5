"""Transfers: work goes from one agent to another, or to a department, and is nobody's at no moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

USUAL_WAIT_S = 60.0
"""How long a receiver is looked for where the agent who asks says nothing else."""


class TransferState(StrEnum):
    """Where a transfer stands."""

    REQUESTED = "requested"
    OFFERED = "offered"
    JOINED = "joined"
    COMPLETED = "completed"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


TRANSFER_MOVES: Mapping[TransferState, frozenset[TransferState]] = {
    TransferState.REQUESTED: frozenset(TransferState) - {TransferState.REQUESTED, TransferState.JOINED},
    TransferState.OFFERED: frozenset(TransferState) - {TransferState.OFFERED},
    TransferState.JOINED: frozenset({TransferState.COMPLETED, TransferState.CANCELLED}),
    TransferState.COMPLETED: frozenset(),
    TransferState.DECLINED: frozenset(),
    TransferState.EXPIRED: frozenset(),
    TransferState.CANCELLED: frozenset(),
}
"""An offered one is requested again where whoever fits is looked for and the one who was asked said no. What a
department says may be the first that is heard of it, so it moves from requested to everything but joined."""
TRANSFER_ENDED = frozenset(state for state, moves in TRANSFER_MOVES.items() if not moves)


class Style(StrEnum):
    """How the first agent leaves: after a while with both, or in the moment of acceptance. Never before it."""

    WARM = "warm"
    COLD = "cold"


@dataclass(frozen=True, slots=True)
class NewTransfer:
    """What an agent asks for. One of ``to_agent_id``, ``needs`` and ``department`` says to whom."""

    work_item_id: str
    agent_id: str
    request_id: str
    style: Style = Style.WARM
    to_agent_id: str = ""
    needs: tuple[str, ...] = ()
    """In the words of ``agents.abilities``; ``language:*`` is the citizen's."""
    department: str = ""
    note: str = ""
    wait_s: float = USUAL_WAIT_S
    note_id: str = ""
    """The note of the case that the department is told."""
    citizen_agreed: bool = False


def said_by_department(handover: str, style: Style) -> TransferState | None:
    """Where a transfer to a department goes when the handover is in that state; None if it stays. Cold, its system
    having the case is enough; warm, a person there has seen it."""
    if handover in {"refused", "failed"}:
        return TransferState.DECLINED
    if handover in {"acknowledged", "in_progress", "done"}:
        return TransferState.COMPLETED
    if handover == "submitted":
        return TransferState.COMPLETED if style is Style.COLD else TransferState.OFFERED
    return None
