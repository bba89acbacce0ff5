"""Conferences as tests lead them: use cases on a real database, and what they asked of exchanges and departments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hub120.intake.v1 import legs_pb2
from hub120.routing.v1 import conference_pb2 as pb
from hub120.routing.v1 import events_pb2

from chassis.connectors.queues import call_queue, reply_queue
from chassis.database import Database
from services.routing.domain.conference import ConferenceState, LegState, Role
from services.routing.domain.ladders import Emergency, Lines, Target
from services.routing.use_cases import conferencing, hearing
from services.routing.use_cases.conferencing import Found, Leader, NewConference
from services.routing.use_cases.hearing import CallNews
from tests.integration.databases import Clock, sent_by

EXCHANGE, CASE, CALL = "phone", "0199e0f2-7c00-7abc-8def-00000000000c", "0199e0f2-7c00-7abc-8def-0000000000ca"
AGENT, CHIEF = Leader("kim"), Leader("chief", supervisor=True)
POLICE, WORKS = Target(emergency=Emergency.POLICE), Target(department="works")
POLICE_LINE, DRILL_LINE, CHIEF_LINE = "+8200112", "+8231000", "+8231001"
LINES = Lines({"112": POLICE_LINE}, drill=DRILL_LINE, supervisor=CHIEF_LINE, exchange=EXCHANGE)


class Floor:
    """A conference desk; ``asked`` are the commands to exchanges, oldest first."""

    def __init__(self, database: Database, clock: Clock, lines: Lines = LINES) -> None:
        self.database, self.clock, self.lines = database, clock, lines
        self.asked: list[legs_pb2.CommandLeg] = []
        self.packets: list[legs_pb2.HandOverPacket] = []
        self.told: list[events_pb2.ConferenceMoved] = []
        self.interpreters: list[events_pb2.InterpreterLegChanged] = []
        """What translation was told of the telephones it wanted."""
        self.agencies: list[events_pb2.AgencyLegChanged] = []
        """What referral was told of the telephones it wanted."""
        self.conference_id = ""

    def run(self, use_case: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
        """Run a use case and keep what it sent."""
        found, sent = sent_by(self.database, use_case, *arguments, **more)
        for message in sent:
            if message.key == call_queue(EXCHANGE):
                self.asked.append(legs_pb2.CommandLeg.FromString(message.body))
            elif message.key == reply_queue(WORKS.department):
                self.packets.append(legs_pb2.HandOverPacket.FromString(message.body))
            elif message.key.endswith("ConferenceMoved"):
                self.told.append(events_pb2.ConferenceMoved.FromString(message.body))
            elif message.key.endswith("InterpreterLegChanged"):
                self.interpreters.append(events_pb2.InterpreterLegChanged.FromString(message.body))
            elif message.key.endswith("AgencyLegChanged"):
                self.agencies.append(events_pb2.AgencyLegChanged.FromString(message.body))
        return found

    def calls_in(self, call_id: str = CALL, case_id: str = CASE, state: LegState = LegState.UP) -> None:
        """A citizen is on the line."""
        self.hear(call_id, state, case_id=case_id)

    def start(self, target: Target | None = POLICE, leader: Leader = AGENT, **more: Any) -> Found:
        """Begin."""
        new = NewConference(**{"request_id": "r-1", "case_id": CASE, "target": target, **more})
        found: Found = self.run(conferencing.start, new, leader, self.lines)
        self.conference_id = found.row.id
        return found

    def hear(self, leg_id: str, state: LegState, *, case_id: str = "", reason: str = "", at: float = 0.0) -> None:
        """The exchange tells of a leg."""
        ours = "" if case_id else leg_id
        news = CallNews(leg_id, ours, case_id, EXCHANGE, state, reason, at or self.clock().timestamp())
        self.run(hearing.hear_call, news, self.lines)

    def done(self, leg_id: str, outcome: str = "done") -> None:
        """The exchange was asked to call."""
        self.run(hearing.hear_command, leg_id, outcome, self.lines, calls=True)

    def pass_by(self, seconds: float) -> None:
        """Time passes, and the clock looks."""
        self.clock.pass_by(seconds)
        while self.run(hearing.tend, self.lines):
            pass

    @property
    def found(self) -> Found:
        """The conference."""
        found: Found = self.run(conferencing.read, self.conference_id)
        return found

    def stands(self) -> ConferenceState:
        """Where it stands."""
        return ConferenceState(self.found.row.state)

    def last(self, role: Role) -> Any:
        """The last leg of these."""
        return [leg for leg in self.found.legs if leg.role == role][-1]

    def up(self, *roles: Role) -> None:
        """They answer."""
        for role in roles:
            self.hear(self.last(role).id, LegState.UP)

    def record(self) -> list[tuple[str, str]]:
        """Kind and detail of every entry."""
        _, entries = self.run(conferencing.read_record, self.conference_id)
        return [(one.row.kind, one.row.detail) for one in entries]

    def dialled(self) -> list[str]:
        """Whom the exchange was asked to call, in order."""
        dials = [one for one in self.asked if one.command == legs_pb2.LEG_COMMAND_DIAL]
        return [getattr(one.dial_to, str(one.dial_to.WhichOneof("who"))) for one in dials]

    def hung_up(self) -> list[str]:
        """The legs the exchange was asked to end."""
        return [one.leg_id for one in self.asked if one.command == legs_pb2.LEG_COMMAND_HANG_UP]

    def moves(self) -> list[str]:
        """Where other services were told that it stands."""
        return [pb.ConferenceState.Name(one.state).removeprefix("CONFERENCE_STATE_").lower() for one in self.told]
