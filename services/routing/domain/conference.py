"""The rules of a safety conference: where it stands, whom to call next and when, and when the agent may leave; and what
every conference is made of. The rules of a plain call are in ``talks``.

Everything follows from the legs: ``plan`` looks at them at a moment and says what is due then. It may be asked at any
time and as often as one likes, so a hub that died in the middle goes on where it was. Standard library only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from services.routing.domain.ladders import Ladder

GRACE_S = 5.0
"""How much longer than it may ring a leg is waited for: the exchange tells of the end late, or never."""
ROUND_PAUSE_S = 5.0
"""Between two rounds of a ladder."""
AGENT_RING_S = 20
AGENT_CALLS = 3
"""So often the agent is called; who hangs up before they may leave is called again."""
CITIZEN_RING_S = 30
CITIZEN_CALLS = 3
"""So often a citizen is called whose line was lost."""
AGAIN_S = 3.0
"""Between two calls of the agent or of the citizen."""
SUPERVISOR_RING_S = 30
SUPERVISOR_CALLS = 20
SUPERVISOR_AGAIN_S = 15.0
"""Between two calls of the supervisors' line, once the ladder is used up."""


class Purpose(StrEnum):
    """What a conference is for; its rules follow from that."""

    SAFETY = "safety"
    TALK = "talk"


class ConferenceState(StrEnum):
    """Where a conference stands."""

    REQUESTED = "requested"
    DIALLING = "dialling"
    RINGING = "ringing"
    BRIDGED = "bridged"
    ACKNOWLEDGED = "acknowledged"
    HANDED_OVER = "handed_over"
    CLIMBING = "climbing"
    ESCALATED = "escalated"
    CITIZEN_LOST = "citizen_lost"
    ENDED = "ended"
    CANCELLED = "cancelled"
    FAILED = "failed"


OVER = frozenset({ConferenceState.ENDED, ConferenceState.CANCELLED, ConferenceState.FAILED})
_CALLING = frozenset(
    {
        ConferenceState.DIALLING,
        ConferenceState.RINGING,
        ConferenceState.BRIDGED,
        ConferenceState.CLIMBING,
        ConferenceState.ESCALATED,
        ConferenceState.CITIZEN_LOST,
    }
)
"""Nobody has acknowledged yet. Between these it goes as the exchange tells: late, at once, or back."""
_STOPPED = frozenset({ConferenceState.ENDED, ConferenceState.CANCELLED, ConferenceState.FAILED})
_TAKEN = frozenset({ConferenceState.ACKNOWLEDGED, ConferenceState.HANDED_OVER})

CONFERENCE_MOVES: Mapping[ConferenceState, frozenset[ConferenceState]] = {
    ConferenceState.REQUESTED: _CALLING | _STOPPED,
    ConferenceState.DIALLING: (_CALLING | _STOPPED) - {ConferenceState.DIALLING},
    ConferenceState.RINGING: (_CALLING | _STOPPED) - {ConferenceState.RINGING},
    ConferenceState.BRIDGED: (_CALLING | _TAKEN | _STOPPED) - {ConferenceState.BRIDGED, ConferenceState.CANCELLED},
    ConferenceState.ACKNOWLEDGED: frozenset({ConferenceState.HANDED_OVER, ConferenceState.ENDED}),
    ConferenceState.HANDED_OVER: frozenset({ConferenceState.ENDED}),
    ConferenceState.CLIMBING: (_CALLING | _STOPPED) - {ConferenceState.CLIMBING},
    ConferenceState.ESCALATED: (_CALLING | _STOPPED) - {ConferenceState.ESCALATED},
    ConferenceState.CITIZEN_LOST: (_CALLING | _TAKEN | _STOPPED | {ConferenceState.REQUESTED})
    - {ConferenceState.CITIZEN_LOST},
    ConferenceState.ENDED: frozenset(),
    ConferenceState.CANCELLED: frozenset(),
    ConferenceState.FAILED: frozenset(),
}


class Role(StrEnum):
    """What somebody is in a conference."""

    AGENT = "agent"
    CITIZEN = "citizen"
    TARGET = "target"
    SUPERVISOR = "supervisor"
    LISTENER = "listener"
    """A supervisor who listens in. No rule counts them: whoever leads goes on as if they were not there."""
    INTERPRETER = "interpreter"
    """Somebody who interprets. No rule counts them either: whom to call is translation's."""
    AGENCY = "agency"
    """Somebody of the agency to which the citizen is referred. Safety conferences do not count them; from a talk the
    agent may leave once they take over."""


WHO_TAKE_OVER = frozenset({Role.TARGET, Role.SUPERVISOR})
"""One of these on the bridge may acknowledge."""


NOT_DIALLED = "not_dialled"
"""Why a leg ended that the exchange did not, or not in time, begin to call."""


class LegState(StrEnum):
    """Where a leg stands."""

    ORDERED = "ordered"
    """The exchange is asked to call."""
    DIALLING = "dialling"
    RINGING = "ringing"
    UP = "up"
    HELD = "held"
    ENDED = "ended"

    @classmethod
    def answered(cls) -> frozenset[LegState]:
        """Somebody is there."""
        return frozenset({cls.UP, cls.HELD})


LEG_MOVES: Mapping[LegState, frozenset[LegState]] = {
    LegState.ORDERED: frozenset(LegState) - {LegState.ORDERED},
    LegState.DIALLING: frozenset({LegState.RINGING, LegState.UP, LegState.HELD, LegState.ENDED}),
    LegState.RINGING: frozenset({LegState.UP, LegState.HELD, LegState.ENDED}),
    LegState.UP: frozenset({LegState.HELD, LegState.ENDED}),
    LegState.HELD: frozenset({LegState.UP, LegState.ENDED}),
    LegState.ENDED: frozenset(),
}
"""A leg goes one way, save that it is held and taken up again."""


class Acknowledged(StrEnum):
    """How a conference was acknowledged."""

    BY_VOICE = "by_voice"
    BY_SYSTEM = "by_system"
    BY_KEY = "by_key"


class EntryKind(StrEnum):
    """What an entry of the record is about."""

    STARTED = "started"
    MOVED = "moved"
    CALLED = "called"
    LEG = "leg"
    NOT_DONE = "not_done"
    HOLD = "hold"
    PACKET = "packet"
    ACKNOWLEDGED = "acknowledged"
    AGENT_LEFT = "agent_left"
    FORCED = "forced"
    ALERT = "alert"
    CLOSED = "closed"
    TURNED = "turned"
    MONITORED = "monitored"
    BARGED = "barged"


@dataclass(frozen=True, slots=True)
class Leg:
    """One telephone of a conference."""

    id: str
    role: Role
    state: LegState
    due_at: float | None = None
    """Until when it must have been answered; None once it was."""
    ended_at: float | None = None
    agent_id: str = ""
    """Whose telephone it is, of agents and those who listen in."""
    joined: bool = True
    """The exchange was asked to put it onto the bridge; false for a citizen who hears music."""
    answered: bool = False
    """Somebody was there, even if they are gone."""
    dialled: bool = True
    """The exchange has begun to call; false if it was never heard that it did."""
    takes_over: bool = False
    """Of an agency: it has said so."""

    @property
    def live(self) -> bool:
        """It has not ended."""
        return self.state is not LegState.ENDED

    @property
    def up(self) -> bool:
        """It was answered and has not ended."""
        return self.state in LegState.answered()


@dataclass(frozen=True, slots=True)
class Conference:
    """All that decides what comes next."""

    state: ConferenceState
    ladder: Ladder
    step: int = 0
    """How many steps of the ladder were begun."""
    legs: tuple[Leg, ...] = ()
    acknowledged: bool = False
    agent_left: bool = False
    alerted: bool = False
    has_supervisor: bool = False
    """There is a line on which supervisors are called."""
    calls_citizen: bool = True
    """False in a drill: then no citizen is called."""
    purpose: Purpose = Purpose.SAFETY
    agent_id: str = ""
    """The agent who leads."""

    def of(self, *roles: Role) -> list[Leg]:
        """The legs of those."""
        return [leg for leg in self.legs if leg.role in roles]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is due at a moment."""

    late: tuple[str, ...]
    """Legs that nobody answered in time: they are hung up and count as ended."""
    calls: tuple[Role, ...]
    """Who is called now; for TARGET it is the next step of the ladder."""
    state: ConferenceState
    agent_left: bool
    alert: bool
    """Supervisors must be told that the ladder is used up."""
    due_at: float | None
    """When to look again, though nothing happens; None: never."""
    joins: tuple[str, ...] = ()
    """Legs of citizens who hear music: they are put onto the bridge now."""
    holds: tuple[str, ...] = ()
    """Legs of citizens with whom nobody is: they hear music meanwhile."""
    unreached: bool = False
    """The agent did not answer their telephone: the work is somebody else's."""


def plan(conference: Conference, now: float) -> Plan:
    """What is due. Whoever carries it out asks again until nothing is."""
    late, conference = given_up(conference, now)
    left = conference.agent_left or (conference.acknowledged and not any_live(conference.of(Role.AGENT)))
    conference = replace(conference, agent_left=left)
    times = {role: at for role in _PATIENCE if (at := _next_call(conference, role, now)) is not None}
    calls = tuple(role for role, at in times.items() if at <= now)
    state = standing(conference)
    if state in OVER:
        return Plan(late, (), state, left, _alerts(conference, state), None)
    due_at = next_look(conference, times.values(), now)
    return Plan(late, calls, state, left, _alerts(conference, state), due_at, not_joined(conference))


def given_up(conference: Conference, now: float) -> tuple[tuple[str, ...], Conference]:
    """The legs that nobody answered in time, and the conference once they have ended."""
    late = tuple(leg.id for leg in conference.legs if not leg.up and leg.live and leg.due_at and leg.due_at <= now)
    legs = tuple(
        replace(leg, state=LegState.ENDED, ended_at=now, due_at=None) if leg.id in late else leg
        for leg in conference.legs
    )
    return late, replace(conference, legs=legs)


def next_look(conference: Conference, times: Iterable[float], now: float) -> float | None:
    """When a leg must have been answered, or somebody is called next."""
    waits = [leg.due_at for leg in conference.legs if leg.live and not leg.up and leg.due_at]
    return min([*waits, *(at for at in times if at > now)], default=None)


def not_joined(conference: Conference) -> tuple[str, ...]:
    """Citizens who are there and not on the bridge."""
    return tuple(leg.id for leg in conference.of(Role.CITIZEN) if leg.live and not leg.joined)


def any_live(legs: Iterable[Leg]) -> bool:
    """One of them has not ended."""
    return any(leg.live for leg in legs)


def _next_call(conference: Conference, role: Role, now: float) -> float | None:
    """When somebody is called next; None: not as things stand."""
    legs = conference.of(role)
    if conference.state in OVER or conference.acknowledged or any_live(legs):
        return None
    last = max((leg.ended_at or now for leg in legs), default=None)
    calls_left, pause_s = _PATIENCE[role](conference, legs)
    return _after(last, pause_s, now) if calls_left else None


def _agent_is_called(conference: Conference, legs: list[Leg]) -> tuple[bool, float]:
    return not conference.agent_left and len(legs) < AGENT_CALLS, AGAIN_S


def _citizen_is_called(conference: Conference, legs: list[Leg]) -> tuple[bool, float]:
    return conference.calls_citizen and len(legs) <= CITIZEN_CALLS, AGAIN_S


def _target_is_called(conference: Conference, legs: list[Leg]) -> tuple[bool, float]:
    begins_round = conference.step and conference.step % len(conference.ladder.rungs) == 0
    return conference.step < conference.ladder.steps, ROUND_PAUSE_S if begins_round else 0.0


def _supervisor_is_called(conference: Conference, legs: list[Leg]) -> tuple[bool, float]:
    unheard = conference.step >= conference.ladder.steps and not any_live(conference.of(Role.TARGET))
    return conference.has_supervisor and unheard and len(legs) < SUPERVISOR_CALLS, SUPERVISOR_AGAIN_S


_PATIENCE: Mapping[Role, Callable[[Conference, list[Leg]], tuple[bool, float]]] = {
    Role.AGENT: _agent_is_called,
    Role.CITIZEN: _citizen_is_called,
    Role.TARGET: _target_is_called,
    Role.SUPERVISOR: _supervisor_is_called,
}
"""Whether one of them is called once more, and how long after the last call; who is not here counts for nothing."""


def _after(last: float | None, pause_s: float, now: float) -> float:
    return now if last is None else last + pause_s


def _alerts(conference: Conference, state: ConferenceState) -> bool:
    reached = any_live(conference.of(Role.TARGET)) or any(leg.up for leg in conference.of(Role.SUPERVISOR))
    unheard = conference.step >= conference.ladder.steps and not reached
    open_ = state not in OVER or state is ConferenceState.FAILED
    return unheard and open_ and not conference.acknowledged and not conference.alerted


def standing(conference: Conference) -> ConferenceState:
    """Where a conference stands, by its legs."""
    if conference.state in OVER:
        return conference.state
    if conference.acknowledged:
        return _taken_over(conference)
    if _citizen_is_lost(conference):
        return ConferenceState.CITIZEN_LOST
    return _reached(conference)


def _taken_over(conference: Conference) -> ConferenceState:
    if not conference.agent_left:
        return ConferenceState.ACKNOWLEDGED
    both = any_live(conference.of(*WHO_TAKE_OVER)) and any_live(conference.of(Role.CITIZEN))
    return ConferenceState.HANDED_OVER if both else ConferenceState.ENDED


def _citizen_is_lost(conference: Conference) -> bool:
    """They were there, or did not answer, and there is still hope."""
    legs = conference.of(Role.CITIZEN)
    if not conference.calls_citizen or any(leg.up for leg in legs) or not any(not leg.live for leg in legs):
        return False
    return any_live(legs) or len(legs) <= CITIZEN_CALLS


def _reached(conference: Conference) -> ConferenceState:
    """How far whoever must know was reached."""
    if any(leg.up for leg in conference.of(*WHO_TAKE_OVER)):
        return ConferenceState.BRIDGED
    states = {leg.state for leg in conference.of(Role.TARGET) if leg.live}
    for leg_state, state in (
        (LegState.RINGING, ConferenceState.RINGING),
        (LegState.DIALLING, ConferenceState.DIALLING),
    ):
        if leg_state in states:
            return state
    if states or conference.step < conference.ladder.steps:
        first = conference.step <= 1 and not any(not leg.live for leg in conference.of(Role.TARGET))
        return ConferenceState.REQUESTED if first else ConferenceState.CLIMBING
    anybody = any_live(leg for leg in conference.legs if leg.role in _PATIENCE)
    anybody = anybody or any(_next_call(conference, role, 0.0) is not None for role in _PATIENCE)
    return ConferenceState.ESCALATED if anybody else ConferenceState.FAILED
