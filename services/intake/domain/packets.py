"""Hand-over packets: what whoever joins a conference must know, so that the citizen repeats nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.intake.domain.contacts import Details

MOST_CONTACTS = 20
"""So many of the last contacts are in it."""
LONGEST_TEXT = 8_000
"""Characters that a department is told; of what the citizen said the newest is kept."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing the citizen said."""

    received_at: float
    text: str


@dataclass(frozen=True, slots=True)
class Packet:
    """All of it."""

    case_id: str
    case_number: str
    language: str
    title: str = ""
    summary: str = ""
    agent_id: str = ""
    place: Details = field(default_factory=Details)
    """Where it is, and its topic."""
    said: tuple[Said, ...] = ()
    """Oldest first."""


def text_of(packet: Packet) -> str:
    """What a department is told: the agent's words, then the citizen's, newest kept."""
    opening = f"{packet.summary}\n\n" if packet.summary else ""
    kept = _newest([said.text for said in packet.said if said.text], LONGEST_TEXT - len(opening))
    left_out = sum(1 for said in packet.said if said.text) - len(kept)
    more = [f"(먼저 말한 {left_out}건은 담당 상담사에게 물어보세요.)"] if left_out else []
    told = "\n".join([*more, *(f"- {one}" for one in kept)])
    return (opening + (f"시민이 말한 내용:\n{told}" if told else "")).strip() or "통화 중입니다."


def _newest(texts: Sequence[str], room: int) -> list[str]:
    kept: list[str] = []
    for text in reversed(texts):
        room -= len(text) + 3
        if room < 0:
            break
        kept.insert(0, text)
    return kept
