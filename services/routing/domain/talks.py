"""The rules of a talk, the plain call: an agent and a citizen on one bridge, and nobody else need be there.

The agent's telephone is called first; the citizen hears music while nobody is there to talk to. An agency that is
called into it may take over: then the agent may leave, and it goes on without them; before, they are called again if
their telephone is hung up. As with safety conferences everything follows from the legs and the clock. Standard library
only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

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
AGENT_CALLS_BACK = 3
"""So often in all while an agency is on the line, or called, and has not taken over."""

TALK_MOVES: Mapping[ConferenceState, frozenset[ConferenceState]] = {
    ConferenceState.REQUESTED: frozenset({ConferenceState.BRIDGED, ConferenceState.HANDED_OVER}) | OVER,
    ConferenceState.BRIDGED: frozenset(
        {ConferenceState.REQUESTED, ConferenceState.HANDED_OVER, ConferenceState.ENDED, ConferenceState.FAILED}
    ),
    ConferenceState.HANDED_OVER: frozenset({ConferenceState.ENDED}),
    ConferenceState.ENDED: frozenset(),
    ConferenceState.CANCELLED: frozenset(),
    ConferenceState.FAILED: frozenset(),
}
"""Bridged goes back to requested where another agent takes over and is called, or the agent is called again; an agency
may take over meanwhile. A talk that becomes a safety conference, and one that is called off and becomes the talk again,
begin in requested."""


def plan(talk: Conference, now: float) -> Plan:
    """What is due. Whoever carries it out asks again until nothing is."""
    late, talk = given_up(talk, now)
    talk = replace(talk, agent_left=talk.agent_left or _has_left(talk))
    state = standing(talk)
    if state in OVER:
        unreached = _is_unreached(talk, state)
        return Plan(late, (), state, talk.agent_left, alert=False, due_at=None, unreached=unreached)
    times = {role: at for role, at in _next_calls(talk, now).items() if at is not None}
    calls = tuple(role for role, at in times.items() if at <= now)
    there = _is_there(talk, Role.AGENT) or _is_there(talk, Role.AGENCY)
    alone = tuple(leg.id for leg in talk.of(Role.CITIZEN) if leg.up and leg.joined)
    return Plan(
        late, calls, state, talk.agent_left, alert=False, due_at=next_look(talk, times.values(), now),
        joins=not_joined(talk) if there else (), holds=() if there else alone,
    )  # fmt: skip


def _is_unreached(talk: Conference, state: ConferenceState) -> bool:
    """The agent did not answer; where the exchange never began to call, that says nothing of the agent."""
    fails = state is ConferenceState.FAILED and talk.state not in OVER
    return fails and any(leg.dialled for leg in _own(talk))


def _next_calls(talk: Conference, now: float) -> Mapping[Role, float | None]:
    """When somebody is called next; None: not as things stand."""
    citizen = now if not talk.of(Role.CITIZEN) and _is_there(talk, Role.AGENT) else None
    own = _own(talk)
    if any_live(own) or not _is_called(talk):
        return {Role.CITIZEN: citizen}
    again = max((leg.ended_at or now for leg in own), default=now - AGAIN_S) + AGAIN_S
    return {Role.AGENT: again, Role.CITIZEN: citizen}


def _own(talk: Conference) -> list[Leg]:
    """The telephone of the agent who leads."""
    return [leg for leg in talk.of(Role.AGENT) if leg.agent_id == talk.agent_id]


def _is_called(talk: Conference) -> bool:
    """The agent who leads has not answered yet, or may not leave, and is waited for or called again."""
    own = _own(talk)
    if talk.agent_left:
        return False
    if any(leg.answered for leg in own):
        return agency_waits(talk.legs) and (len(own) < AGENT_CALLS_BACK or any_live(own))
    return len(own) < AGENT_CALLS or any_live(own)


def agency_waits(legs: Iterable[Leg]) -> bool:
    """An agency is on the line, or called, and nobody there has taken over."""
    agencies = [leg for leg in legs if leg.role is Role.AGENCY and leg.live]
    return bool(agencies) and not any(map(_takes_over, agencies))


def agency_has_it(legs: Iterable[Leg]) -> bool:
    """An agency is on the line and has taken over: the agent may leave."""
    return any(map(_takes_over, legs))


def _takes_over(leg: Leg) -> bool:
    return leg.role is Role.AGENCY and leg.up and leg.takes_over


def _has_left(talk: Conference) -> bool:
    """The agent has hung up after the agency took over."""
    own = _own(talk)
    return agency_has_it(talk.legs) and any(leg.answered for leg in own) and not any_live(talk.of(Role.AGENT))


def _is_there(talk: Conference, role: Role) -> bool:
    return any(leg.up for leg in talk.of(role))


def standing(talk: Conference) -> ConferenceState:
    """Where a talk stands, by its legs."""
    citizens = talk.of(Role.CITIZEN)
    if talk.state in OVER:
        return talk.state
    if citizens and not any_live(citizens):
        return ConferenceState.ENDED
    if talk.agent_left:
        return ConferenceState.HANDED_OVER if agency_has_it(talk.legs) else ConferenceState.ENDED
    if not any_live(talk.of(Role.AGENT)) and not _is_called(talk):
        return ConferenceState.ENDED if any(leg.answered for leg in _own(talk)) else ConferenceState.FAILED
    both = _is_there(talk, Role.AGENT) and any(leg.up for leg in citizens)
    return ConferenceState.BRIDGED if both else ConferenceState.REQUESTED
