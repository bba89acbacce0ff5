"""The rules of a talk, the plain call: an agent and a citizen on one bridge, and nobody else need be there.

The agent's telephone is called first; the citizen hears music while nobody is there to talk to. As with safety
conferences everything follows from the legs and the clock. Standard library only.
"""

from __future__ import annotations

from collections.abc import Mapping

from services.routing.domain.conference import (
    AGAIN_S,
    OVER,
    Conference,
    ConferenceState,
    Leg,
    Plan,
    Role,
    any_live,
    given_up,
    next_look,
    not_joined,
)

AGENT_CALLS = 2
"""So often the agent is called before the work is somebody else's."""

TALK_MOVES: Mapping[ConferenceState, frozenset[ConferenceState]] = {
    ConferenceState.REQUESTED: frozenset({ConferenceState.BRIDGED}) | OVER,
    ConferenceState.BRIDGED: frozenset({ConferenceState.REQUESTED, ConferenceState.ENDED, ConferenceState.FAILED}),
    ConferenceState.ENDED: frozenset(),
    ConferenceState.CANCELLED: frozenset(),
    ConferenceState.FAILED: frozenset(),
}
"""Bridged goes back to requested where another agent takes over and is called. A talk that becomes a safety conference,
and one that is called off and becomes the talk again, begin in requested."""


def plan(talk: Conference, now: float) -> Plan:
    """What is due. Whoever carries it out asks again until nothing is."""
    late, talk = given_up(talk, now)
    state = standing(talk)
    if state in OVER:
        unreached = _is_unreached(talk, state)
        return Plan(late, (), state, agent_left=False, alert=False, due_at=None, unreached=unreached)
    times = {role: at for role, at in _next_calls(talk, now).items() if at is not None}
    calls = tuple(role for role, at in times.items() if at <= now)
    there, alone = _agent_is_there(talk), tuple(leg.id for leg in talk.of(Role.CITIZEN) if leg.up and leg.joined)
    return Plan(
        late, calls, state, agent_left=False, alert=False, due_at=next_look(talk, times.values(), now),
        joins=not_joined(talk) if there else (), holds=() if there else alone,
    )  # fmt: skip


def _is_unreached(talk: Conference, state: ConferenceState) -> bool:
    """The agent did not answer; where the exchange never began to call, that says nothing of the agent."""
    fails = state is ConferenceState.FAILED and talk.state not in OVER
    return fails and any(leg.dialled for leg in _own(talk))


def _next_calls(talk: Conference, now: float) -> Mapping[Role, float | None]:
    """When somebody is called next; None: not as things stand."""
    citizen = now if not talk.of(Role.CITIZEN) and _agent_is_there(talk) else None
    own = _own(talk)
    if any_live(own) or not _is_called(talk):
        return {Role.CITIZEN: citizen}
    again = max((leg.ended_at or now for leg in own), default=now - AGAIN_S) + AGAIN_S
    return {Role.AGENT: again, Role.CITIZEN: citizen}


def _own(talk: Conference) -> list[Leg]:
    """The telephone of the agent who leads."""
    return [leg for leg in talk.of(Role.AGENT) if leg.agent_id == talk.agent_id]


def _is_called(talk: Conference) -> bool:
    """The agent who leads has not answered yet, and is waited for or called again."""
    own = _own(talk)
    return not any(leg.answered for leg in own) and (len(own) < AGENT_CALLS or any_live(own))


def _agent_is_there(talk: Conference) -> bool:
    return any(leg.up for leg in talk.of(Role.AGENT))


def standing(talk: Conference) -> ConferenceState:
    """Where a talk stands, by its legs."""
    citizens = talk.of(Role.CITIZEN)
    if talk.state in OVER:
        return talk.state
    if citizens and not any_live(citizens):
        return ConferenceState.ENDED
    if not any_live(talk.of(Role.AGENT)) and not _is_called(talk):
        return ConferenceState.ENDED if any(leg.answered for leg in _own(talk)) else ConferenceState.FAILED
    both = _agent_is_there(talk) and any(leg.up for leg in citizens)
    return ConferenceState.BRIDGED if both else ConferenceState.REQUESTED
