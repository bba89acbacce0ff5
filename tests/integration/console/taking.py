"""Work that somebody has before them at the console."""

from __future__ import annotations

from uuid import uuid4

from tests.hub import RunningHub
from tests.seat import Seat


def take(hub: RunningHub, agent: Seat, text: str, language: str, citizen: str = "") -> str:
    """A citizen writes in a language that only this agent speaks, who takes it. The case, whose page is open."""
    hub.agent(agent.subject, languages=(language,), capacity=4)
    agent.open("/desk")
    assert hub.say(text, language=language, citizen=citizen or uuid4().hex).status_code == 200
    agent.done("/accept")
    return agent.path.rpartition("/")[2]
