import datetime

from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.intake.v1 import case_pb2 as _case_pb2
from hub120.routing.v1 import floor_service_pb2 as _floor_service_pb2
from hub120.routing.v1 import work_pb2 as _work_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetWallRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetWallResponse(_message.Message):
    __slots__ = ("wall",)
    WALL_FIELD_NUMBER: _ClassVar[int]
    wall: Wall
    def __init__(self, wall: _Optional[_Union[Wall, _Mapping]] = ...) -> None: ...

class WatchWallRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class WatchWallResponse(_message.Message):
    __slots__ = ("wall", "stale")
    WALL_FIELD_NUMBER: _ClassVar[int]
    STALE_FIELD_NUMBER: _ClassVar[int]
    wall: Wall
    stale: bool
    def __init__(self, wall: _Optional[_Union[Wall, _Mapping]] = ..., stale: _Optional[bool] = ...) -> None: ...

class Wall(_message.Message):
    __slots__ = ("read_time", "waiting", "queues", "agents", "teams", "languages", "safety_calls", "drills", "surge", "expected_wait", "figures_time", "today", "last_hour", "goals", "channels", "hours", "topics")
    READ_TIME_FIELD_NUMBER: _ClassVar[int]
    WAITING_FIELD_NUMBER: _ClassVar[int]
    QUEUES_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    TEAMS_FIELD_NUMBER: _ClassVar[int]
    LANGUAGES_FIELD_NUMBER: _ClassVar[int]
    SAFETY_CALLS_FIELD_NUMBER: _ClassVar[int]
    DRILLS_FIELD_NUMBER: _ClassVar[int]
    SURGE_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_WAIT_FIELD_NUMBER: _ClassVar[int]
    FIGURES_TIME_FIELD_NUMBER: _ClassVar[int]
    TODAY_FIELD_NUMBER: _ClassVar[int]
    LAST_HOUR_FIELD_NUMBER: _ClassVar[int]
    GOALS_FIELD_NUMBER: _ClassVar[int]
    CHANNELS_FIELD_NUMBER: _ClassVar[int]
    HOURS_FIELD_NUMBER: _ClassVar[int]
    TOPICS_FIELD_NUMBER: _ClassVar[int]
    read_time: _timestamp_pb2.Timestamp
    waiting: WallQueue
    queues: _containers.RepeatedCompositeFieldContainer[WallQueue]
    agents: _containers.RepeatedCompositeFieldContainer[WallAgents]
    teams: _containers.RepeatedCompositeFieldContainer[WallTeam]
    languages: _containers.RepeatedCompositeFieldContainer[WallLanguage]
    safety_calls: WallCalls
    drills: WallCalls
    surge: WallSurge
    expected_wait: _duration_pb2.Duration
    figures_time: _timestamp_pb2.Timestamp
    today: _floor_service_pb2.Performance
    last_hour: _floor_service_pb2.Performance
    goals: WallGoals
    channels: _containers.RepeatedCompositeFieldContainer[_floor_service_pb2.Performance]
    hours: _containers.RepeatedCompositeFieldContainer[_floor_service_pb2.Performance]
    topics: _containers.RepeatedCompositeFieldContainer[_floor_service_pb2.TopicNow]
    def __init__(self, read_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., waiting: _Optional[_Union[WallQueue, _Mapping]] = ..., queues: _Optional[_Iterable[_Union[WallQueue, _Mapping]]] = ..., agents: _Optional[_Iterable[_Union[WallAgents, _Mapping]]] = ..., teams: _Optional[_Iterable[_Union[WallTeam, _Mapping]]] = ..., languages: _Optional[_Iterable[_Union[WallLanguage, _Mapping]]] = ..., safety_calls: _Optional[_Union[WallCalls, _Mapping]] = ..., drills: _Optional[_Union[WallCalls, _Mapping]] = ..., surge: _Optional[_Union[WallSurge, _Mapping]] = ..., expected_wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., figures_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., today: _Optional[_Union[_floor_service_pb2.Performance, _Mapping]] = ..., last_hour: _Optional[_Union[_floor_service_pb2.Performance, _Mapping]] = ..., goals: _Optional[_Union[WallGoals, _Mapping]] = ..., channels: _Optional[_Iterable[_Union[_floor_service_pb2.Performance, _Mapping]]] = ..., hours: _Optional[_Iterable[_Union[_floor_service_pb2.Performance, _Mapping]]] = ..., topics: _Optional[_Iterable[_Union[_floor_service_pb2.TopicNow, _Mapping]]] = ...) -> None: ...

class WallQueue(_message.Message):
    __slots__ = ("medium", "language", "priority_class", "waiting", "offered", "oldest_queue_time", "later")
    MEDIUM_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_CLASS_FIELD_NUMBER: _ClassVar[int]
    WAITING_FIELD_NUMBER: _ClassVar[int]
    OFFERED_FIELD_NUMBER: _ClassVar[int]
    OLDEST_QUEUE_TIME_FIELD_NUMBER: _ClassVar[int]
    LATER_FIELD_NUMBER: _ClassVar[int]
    medium: _case_pb2.Medium
    language: str
    priority_class: _case_pb2.PriorityClass
    waiting: int
    offered: int
    oldest_queue_time: _timestamp_pb2.Timestamp
    later: int
    def __init__(self, medium: _Optional[_Union[_case_pb2.Medium, str]] = ..., language: _Optional[str] = ..., priority_class: _Optional[_Union[_case_pb2.PriorityClass, str]] = ..., waiting: _Optional[int] = ..., offered: _Optional[int] = ..., oldest_queue_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., later: _Optional[int] = ...) -> None: ...

class WallAgents(_message.Message):
    __slots__ = ("presence", "agents", "busy")
    PRESENCE_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    BUSY_FIELD_NUMBER: _ClassVar[int]
    presence: _work_pb2.Presence
    agents: int
    busy: int
    def __init__(self, presence: _Optional[_Union[_work_pb2.Presence, str]] = ..., agents: _Optional[int] = ..., busy: _Optional[int] = ...) -> None: ...

class WallTeam(_message.Message):
    __slots__ = ("team_id", "name_ko", "name_en", "open", "on_shift", "leave_time", "next_time", "next_agents")
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_KO_FIELD_NUMBER: _ClassVar[int]
    NAME_EN_FIELD_NUMBER: _ClassVar[int]
    OPEN_FIELD_NUMBER: _ClassVar[int]
    ON_SHIFT_FIELD_NUMBER: _ClassVar[int]
    LEAVE_TIME_FIELD_NUMBER: _ClassVar[int]
    NEXT_TIME_FIELD_NUMBER: _ClassVar[int]
    NEXT_AGENTS_FIELD_NUMBER: _ClassVar[int]
    team_id: str
    name_ko: str
    name_en: str
    open: bool
    on_shift: _containers.RepeatedCompositeFieldContainer[WallAgents]
    leave_time: _timestamp_pb2.Timestamp
    next_time: _timestamp_pb2.Timestamp
    next_agents: int
    def __init__(self, team_id: _Optional[str] = ..., name_ko: _Optional[str] = ..., name_en: _Optional[str] = ..., open: _Optional[bool] = ..., on_shift: _Optional[_Iterable[_Union[WallAgents, _Mapping]]] = ..., leave_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., next_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., next_agents: _Optional[int] = ...) -> None: ...

class WallLanguage(_message.Message):
    __slots__ = ("language", "agents")
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    language: str
    agents: int
    def __init__(self, language: _Optional[str] = ..., agents: _Optional[int] = ...) -> None: ...

class WallCalls(_message.Message):
    __slots__ = ("calls", "oldest_start_time")
    CALLS_FIELD_NUMBER: _ClassVar[int]
    OLDEST_START_TIME_FIELD_NUMBER: _ClassVar[int]
    calls: int
    oldest_start_time: _timestamp_pb2.Timestamp
    def __init__(self, calls: _Optional[int] = ..., oldest_start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class WallSurge(_message.Message):
    __slots__ = ("active", "declared", "since_time", "until_time", "banner")
    class BannerEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    ACTIVE_FIELD_NUMBER: _ClassVar[int]
    DECLARED_FIELD_NUMBER: _ClassVar[int]
    SINCE_TIME_FIELD_NUMBER: _ClassVar[int]
    UNTIL_TIME_FIELD_NUMBER: _ClassVar[int]
    BANNER_FIELD_NUMBER: _ClassVar[int]
    active: bool
    declared: bool
    since_time: _timestamp_pb2.Timestamp
    until_time: _timestamp_pb2.Timestamp
    banner: _containers.ScalarMap[str, str]
    def __init__(self, active: _Optional[bool] = ..., declared: _Optional[bool] = ..., since_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., until_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., banner: _Optional[_Mapping[str, str]] = ...) -> None: ...

class WallGoals(_message.Message):
    __slots__ = ("service_level", "answer_within", "first_contact_resolution", "satisfaction")
    SERVICE_LEVEL_FIELD_NUMBER: _ClassVar[int]
    ANSWER_WITHIN_FIELD_NUMBER: _ClassVar[int]
    FIRST_CONTACT_RESOLUTION_FIELD_NUMBER: _ClassVar[int]
    SATISFACTION_FIELD_NUMBER: _ClassVar[int]
    service_level: float
    answer_within: _duration_pb2.Duration
    first_contact_resolution: float
    satisfaction: float
    def __init__(self, service_level: _Optional[float] = ..., answer_within: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., first_contact_resolution: _Optional[float] = ..., satisfaction: _Optional[float] = ...) -> None: ...
