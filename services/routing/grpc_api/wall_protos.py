"""The wall as the contract writes it. What has no value is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from hub120.routing.v1 import wall_service_pb2 as pb

from chassis.clock import moment
from chassis.statements import Row
from services.routing import protos
from services.routing.domain.floor import Clock, Group
from services.routing.domain.surges import Surge
from services.routing.domain.wall import Goals, Present
from services.routing.domain.work import PriorityClass
from services.routing.grpc_api import floor_protos
from services.routing.use_cases.wall import TeamNow, Wall


def wall(found: Wall, goals: Goals, clock: Clock) -> pb.Wall:
    """Everything that the screen shows."""
    figures = found.figures
    return pb.Wall(
        read_time=moment(found.at),
        waiting=_all(found.queues),
        queues=map(_queue, found.queues),
        agents=_agents(found.agents),
        teams=map(_team, found.teams),
        languages=[pb.WallLanguage(language=name, agents=agents) for name, agents in found.languages.items()],
        safety_calls=_calls(found.calls, drill=False),
        drills=_calls(found.calls, drill=True),
        surge=_surge(found.surge),
        expected_wait=None if figures.expected_wait_s is None else timedelta(seconds=round(figures.expected_wait_s)),
        figures_time=moment(figures.at),
        today=floor_protos.performance(figures.today, Group.NONE),
        last_hour=floor_protos.performance(figures.last_hour, Group.NONE),
        goals=_goals(goals, clock),
        channels=[floor_protos.performance(one, Group.CHANNEL) for one in figures.channels],
        hours=[floor_protos.performance(one, Group.HOUR) for one in figures.hours],
        topics=map(floor_protos.topic, figures.topics),
    )


def _queue(row: Row) -> pb.WallQueue:
    return pb.WallQueue(
        medium=protos.MEDIA[row.medium],
        language=row.language,
        priority_class=protos.CLASSES[PriorityClass(row.priority_class)],
        waiting=row.waiting,
        offered=row.offered,
        oldest_queue_time=moment(row.oldest_at),
        later=row.later,
    )


def _all(rows: Sequence[Row]) -> pb.WallQueue:
    return pb.WallQueue(
        waiting=sum(row.waiting for row in rows),
        offered=sum(row.offered for row in rows),
        oldest_queue_time=moment(min((row.oldest_at for row in rows if row.waiting), default=None)),
        later=sum(row.later for row in rows),
    )


def _agents(found: Iterable[Present]) -> list[pb.WallAgents]:
    return [pb.WallAgents(presence=protos.PRESENCES[one.presence], agents=one.agents, busy=one.busy) for one in found]


def _team(found: TeamNow) -> pb.WallTeam:
    team, duty = found.team, found.duty
    return pb.WallTeam(
        team_id=team.id,
        name_ko=team.name_ko,
        name_en=team.name_en,
        open=duty.open,
        on_shift=_agents(found.on_shift),
        leave_time=moment(min((one.end for one in duty.on), default=None)),
        next_time=moment(min((one.start for one in duty.next), default=None)),
        next_agents=len(duty.next),
    )


def _calls(found: Mapping[bool, Row], *, drill: bool) -> pb.WallCalls:
    row = found.get(drill)
    return pb.WallCalls() if row is None else pb.WallCalls(calls=row.calls, oldest_start_time=moment(row.oldest_at))


def _surge(surge: Surge) -> pb.WallSurge:
    if not surge.active:
        return pb.WallSurge()
    return pb.WallSurge(
        active=True,
        declared=bool(surge.declared_by),
        since_time=moment(surge.since),
        until_time=moment(surge.until),
        banner=surge.texts,
    )


def _goals(goals: Goals, clock: Clock) -> pb.WallGoals:
    return pb.WallGoals(
        service_level=goals.service_level,
        answer_within=timedelta(seconds=clock.within_s),
        first_contact_resolution=goals.first_contact_resolution,
        satisfaction=goals.satisfaction,
    )
