import datetime

from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.intake.v1 import case_pb2 as _case_pb2
from hub120.routing.v1 import work_pb2 as _work_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PerformanceGroup(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PERFORMANCE_GROUP_UNSPECIFIED: _ClassVar[PerformanceGroup]
    PERFORMANCE_GROUP_NONE: _ClassVar[PerformanceGroup]
    PERFORMANCE_GROUP_HOUR: _ClassVar[PerformanceGroup]
    PERFORMANCE_GROUP_DAY: _ClassVar[PerformanceGroup]
    PERFORMANCE_GROUP_CHANNEL: _ClassVar[PerformanceGroup]
    PERFORMANCE_GROUP_LANGUAGE: _ClassVar[PerformanceGroup]
    PERFORMANCE_GROUP_TOPIC: _ClassVar[PerformanceGroup]
    PERFORMANCE_GROUP_AGENT: _ClassVar[PerformanceGroup]
PERFORMANCE_GROUP_UNSPECIFIED: PerformanceGroup
PERFORMANCE_GROUP_NONE: PerformanceGroup
PERFORMANCE_GROUP_HOUR: PerformanceGroup
PERFORMANCE_GROUP_DAY: PerformanceGroup
PERFORMANCE_GROUP_CHANNEL: PerformanceGroup
PERFORMANCE_GROUP_LANGUAGE: PerformanceGroup
PERFORMANCE_GROUP_TOPIC: PerformanceGroup
PERFORMANCE_GROUP_AGENT: PerformanceGroup

class GetFloorRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetFloorResponse(_message.Message):
    __slots__ = ("floor",)
    FLOOR_FIELD_NUMBER: _ClassVar[int]
    floor: Floor
    def __init__(self, floor: _Optional[_Union[Floor, _Mapping]] = ...) -> None: ...

class WatchFloorRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class WatchFloorResponse(_message.Message):
    __slots__ = ("floor", "stale")
    FLOOR_FIELD_NUMBER: _ClassVar[int]
    STALE_FIELD_NUMBER: _ClassVar[int]
    floor: Floor
    stale: bool
    def __init__(self, floor: _Optional[_Union[Floor, _Mapping]] = ..., stale: _Optional[bool] = ...) -> None: ...

class Floor(_message.Message):
    __slots__ = ("read_time", "queues", "agents", "occupancy", "offers_outstanding", "oldest_offer_time", "last_hour")
    READ_TIME_FIELD_NUMBER: _ClassVar[int]
    QUEUES_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    OCCUPANCY_FIELD_NUMBER: _ClassVar[int]
    OFFERS_OUTSTANDING_FIELD_NUMBER: _ClassVar[int]
    OLDEST_OFFER_TIME_FIELD_NUMBER: _ClassVar[int]
    LAST_HOUR_FIELD_NUMBER: _ClassVar[int]
    read_time: _timestamp_pb2.Timestamp
    queues: _containers.RepeatedCompositeFieldContainer[QueueNow]
    agents: _containers.RepeatedCompositeFieldContainer[AgentsNow]
    occupancy: float
    offers_outstanding: int
    oldest_offer_time: _timestamp_pb2.Timestamp
    last_hour: Performance
    def __init__(self, read_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., queues: _Optional[_Iterable[_Union[QueueNow, _Mapping]]] = ..., agents: _Optional[_Iterable[_Union[AgentsNow, _Mapping]]] = ..., occupancy: _Optional[float] = ..., offers_outstanding: _Optional[int] = ..., oldest_offer_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., last_hour: _Optional[_Union[Performance, _Mapping]] = ...) -> None: ...

class QueueNow(_message.Message):
    __slots__ = ("medium", "language", "priority_class", "waiting", "offered", "longest_wait", "oldest_work_item_id", "agents", "expected_wait")
    MEDIUM_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_CLASS_FIELD_NUMBER: _ClassVar[int]
    WAITING_FIELD_NUMBER: _ClassVar[int]
    OFFERED_FIELD_NUMBER: _ClassVar[int]
    LONGEST_WAIT_FIELD_NUMBER: _ClassVar[int]
    OLDEST_WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_WAIT_FIELD_NUMBER: _ClassVar[int]
    medium: _case_pb2.Medium
    language: str
    priority_class: _case_pb2.PriorityClass
    waiting: int
    offered: int
    longest_wait: _duration_pb2.Duration
    oldest_work_item_id: str
    agents: int
    expected_wait: _duration_pb2.Duration
    def __init__(self, medium: _Optional[_Union[_case_pb2.Medium, str]] = ..., language: _Optional[str] = ..., priority_class: _Optional[_Union[_case_pb2.PriorityClass, str]] = ..., waiting: _Optional[int] = ..., offered: _Optional[int] = ..., longest_wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., oldest_work_item_id: _Optional[str] = ..., agents: _Optional[int] = ..., expected_wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class AgentsNow(_message.Message):
    __slots__ = ("presence", "reason", "agents", "busy")
    PRESENCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    BUSY_FIELD_NUMBER: _ClassVar[int]
    presence: _work_pb2.Presence
    reason: str
    agents: int
    busy: int
    def __init__(self, presence: _Optional[_Union[_work_pb2.Presence, str]] = ..., reason: _Optional[str] = ..., agents: _Optional[int] = ..., busy: _Optional[int] = ...) -> None: ...

class GetPerformanceRequest(_message.Message):
    __slots__ = ("from_time", "to_time", "group_by", "answer_within")
    FROM_TIME_FIELD_NUMBER: _ClassVar[int]
    TO_TIME_FIELD_NUMBER: _ClassVar[int]
    GROUP_BY_FIELD_NUMBER: _ClassVar[int]
    ANSWER_WITHIN_FIELD_NUMBER: _ClassVar[int]
    from_time: _timestamp_pb2.Timestamp
    to_time: _timestamp_pb2.Timestamp
    group_by: PerformanceGroup
    answer_within: _duration_pb2.Duration
    def __init__(self, from_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., to_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., group_by: _Optional[_Union[PerformanceGroup, str]] = ..., answer_within: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class GetPerformanceResponse(_message.Message):
    __slots__ = ("groups",)
    GROUPS_FIELD_NUMBER: _ClassVar[int]
    groups: _containers.RepeatedCompositeFieldContainer[Performance]
    def __init__(self, groups: _Optional[_Iterable[_Union[Performance, _Mapping]]] = ...) -> None: ...

class Performance(_message.Message):
    __slots__ = ("key", "start_time", "offered", "answered", "answered_in_time", "abandoned", "abandoned_in_time", "abandoned_short", "withdrawn", "waiting", "service_level", "service_level_2", "abandonment", "average_wait", "wait_p50", "wait_p90", "wait_p99", "average_talk", "average_wrap_up", "average_handle", "occupancy", "closed", "closed_at_first_contact", "closed_lately", "first_contact_resolution", "scores", "satisfied", "average_score", "transfers", "closed_with_answer", "first_contact_resolution_with_answer")
    KEY_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    OFFERED_FIELD_NUMBER: _ClassVar[int]
    ANSWERED_FIELD_NUMBER: _ClassVar[int]
    ANSWERED_IN_TIME_FIELD_NUMBER: _ClassVar[int]
    ABANDONED_FIELD_NUMBER: _ClassVar[int]
    ABANDONED_IN_TIME_FIELD_NUMBER: _ClassVar[int]
    ABANDONED_SHORT_FIELD_NUMBER: _ClassVar[int]
    WITHDRAWN_FIELD_NUMBER: _ClassVar[int]
    WAITING_FIELD_NUMBER: _ClassVar[int]
    SERVICE_LEVEL_FIELD_NUMBER: _ClassVar[int]
    SERVICE_LEVEL_2_FIELD_NUMBER: _ClassVar[int]
    ABANDONMENT_FIELD_NUMBER: _ClassVar[int]
    AVERAGE_WAIT_FIELD_NUMBER: _ClassVar[int]
    WAIT_P50_FIELD_NUMBER: _ClassVar[int]
    WAIT_P90_FIELD_NUMBER: _ClassVar[int]
    WAIT_P99_FIELD_NUMBER: _ClassVar[int]
    AVERAGE_TALK_FIELD_NUMBER: _ClassVar[int]
    AVERAGE_WRAP_UP_FIELD_NUMBER: _ClassVar[int]
    AVERAGE_HANDLE_FIELD_NUMBER: _ClassVar[int]
    OCCUPANCY_FIELD_NUMBER: _ClassVar[int]
    CLOSED_FIELD_NUMBER: _ClassVar[int]
    CLOSED_AT_FIRST_CONTACT_FIELD_NUMBER: _ClassVar[int]
    CLOSED_LATELY_FIELD_NUMBER: _ClassVar[int]
    FIRST_CONTACT_RESOLUTION_FIELD_NUMBER: _ClassVar[int]
    SCORES_FIELD_NUMBER: _ClassVar[int]
    SATISFIED_FIELD_NUMBER: _ClassVar[int]
    AVERAGE_SCORE_FIELD_NUMBER: _ClassVar[int]
    TRANSFERS_FIELD_NUMBER: _ClassVar[int]
    CLOSED_WITH_ANSWER_FIELD_NUMBER: _ClassVar[int]
    FIRST_CONTACT_RESOLUTION_WITH_ANSWER_FIELD_NUMBER: _ClassVar[int]
    key: str
    start_time: _timestamp_pb2.Timestamp
    offered: int
    answered: int
    answered_in_time: int
    abandoned: int
    abandoned_in_time: int
    abandoned_short: int
    withdrawn: int
    waiting: int
    service_level: float
    service_level_2: float
    abandonment: float
    average_wait: _duration_pb2.Duration
    wait_p50: _duration_pb2.Duration
    wait_p90: _duration_pb2.Duration
    wait_p99: _duration_pb2.Duration
    average_talk: _duration_pb2.Duration
    average_wrap_up: _duration_pb2.Duration
    average_handle: _duration_pb2.Duration
    occupancy: float
    closed: int
    closed_at_first_contact: int
    closed_lately: int
    first_contact_resolution: float
    scores: int
    satisfied: float
    average_score: float
    transfers: int
    closed_with_answer: int
    first_contact_resolution_with_answer: float
    def __init__(self, key: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., offered: _Optional[int] = ..., answered: _Optional[int] = ..., answered_in_time: _Optional[int] = ..., abandoned: _Optional[int] = ..., abandoned_in_time: _Optional[int] = ..., abandoned_short: _Optional[int] = ..., withdrawn: _Optional[int] = ..., waiting: _Optional[int] = ..., service_level: _Optional[float] = ..., service_level_2: _Optional[float] = ..., abandonment: _Optional[float] = ..., average_wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., wait_p50: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., wait_p90: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., wait_p99: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., average_talk: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., average_wrap_up: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., average_handle: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., occupancy: _Optional[float] = ..., closed: _Optional[int] = ..., closed_at_first_contact: _Optional[int] = ..., closed_lately: _Optional[int] = ..., first_contact_resolution: _Optional[float] = ..., scores: _Optional[int] = ..., satisfied: _Optional[float] = ..., average_score: _Optional[float] = ..., transfers: _Optional[int] = ..., closed_with_answer: _Optional[int] = ..., first_contact_resolution_with_answer: _Optional[float] = ...) -> None: ...

class ListTopicsNowRequest(_message.Message):
    __slots__ = ("days", "minimum_count")
    DAYS_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_COUNT_FIELD_NUMBER: _ClassVar[int]
    days: int
    minimum_count: int
    def __init__(self, days: _Optional[int] = ..., minimum_count: _Optional[int] = ...) -> None: ...

class ListTopicsNowResponse(_message.Message):
    __slots__ = ("topics",)
    TOPICS_FIELD_NUMBER: _ClassVar[int]
    topics: _containers.RepeatedCompositeFieldContainer[TopicNow]
    def __init__(self, topics: _Optional[_Iterable[_Union[TopicNow, _Mapping]]] = ...) -> None: ...

class TopicNow(_message.Message):
    __slots__ = ("topic", "count", "usual", "score", "trending")
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    USUAL_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    TRENDING_FIELD_NUMBER: _ClassVar[int]
    topic: str
    count: int
    usual: float
    score: float
    trending: bool
    def __init__(self, topic: _Optional[str] = ..., count: _Optional[int] = ..., usual: _Optional[float] = ..., score: _Optional[float] = ..., trending: _Optional[bool] = ...) -> None: ...

class ServiceTarget(_message.Message):
    __slots__ = ("share", "answer_within")
    SHARE_FIELD_NUMBER: _ClassVar[int]
    ANSWER_WITHIN_FIELD_NUMBER: _ClassVar[int]
    share: float
    answer_within: _duration_pb2.Duration
    def __init__(self, share: _Optional[float] = ..., answer_within: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class GetStaffingRequest(_message.Message):
    __slots__ = ("from_time", "to_time", "target", "shrinkage", "weeks", "medium")
    FROM_TIME_FIELD_NUMBER: _ClassVar[int]
    TO_TIME_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    SHRINKAGE_FIELD_NUMBER: _ClassVar[int]
    WEEKS_FIELD_NUMBER: _ClassVar[int]
    MEDIUM_FIELD_NUMBER: _ClassVar[int]
    from_time: _timestamp_pb2.Timestamp
    to_time: _timestamp_pb2.Timestamp
    target: ServiceTarget
    shrinkage: float
    weeks: int
    medium: _case_pb2.Medium
    def __init__(self, from_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., to_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., target: _Optional[_Union[ServiceTarget, _Mapping]] = ..., shrinkage: _Optional[float] = ..., weeks: _Optional[int] = ..., medium: _Optional[_Union[_case_pb2.Medium, str]] = ...) -> None: ...

class GetStaffingResponse(_message.Message):
    __slots__ = ("half_hours",)
    HALF_HOURS_FIELD_NUMBER: _ClassVar[int]
    half_hours: _containers.RepeatedCompositeFieldContainer[Staffing]
    def __init__(self, half_hours: _Optional[_Iterable[_Union[Staffing, _Mapping]]] = ...) -> None: ...

class Staffing(_message.Message):
    __slots__ = ("start_time", "arrivals", "handle", "agents", "agents_on_rota", "service_level", "average_wait", "occupancy")
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    ARRIVALS_FIELD_NUMBER: _ClassVar[int]
    HANDLE_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    AGENTS_ON_ROTA_FIELD_NUMBER: _ClassVar[int]
    SERVICE_LEVEL_FIELD_NUMBER: _ClassVar[int]
    AVERAGE_WAIT_FIELD_NUMBER: _ClassVar[int]
    OCCUPANCY_FIELD_NUMBER: _ClassVar[int]
    start_time: _timestamp_pb2.Timestamp
    arrivals: float
    handle: _duration_pb2.Duration
    agents: int
    agents_on_rota: int
    service_level: float
    average_wait: _duration_pb2.Duration
    occupancy: float
    def __init__(self, start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., arrivals: _Optional[float] = ..., handle: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., agents: _Optional[int] = ..., agents_on_rota: _Optional[int] = ..., service_level: _Optional[float] = ..., average_wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., occupancy: _Optional[float] = ...) -> None: ...

class WhatIfRequest(_message.Message):
    __slots__ = ("arrivals_per_hour", "surge", "handle", "agents", "duration", "patience", "target")
    ARRIVALS_PER_HOUR_FIELD_NUMBER: _ClassVar[int]
    SURGE_FIELD_NUMBER: _ClassVar[int]
    HANDLE_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    DURATION_FIELD_NUMBER: _ClassVar[int]
    PATIENCE_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    arrivals_per_hour: float
    surge: float
    handle: _duration_pb2.Duration
    agents: int
    duration: _duration_pb2.Duration
    patience: _duration_pb2.Duration
    target: ServiceTarget
    def __init__(self, arrivals_per_hour: _Optional[float] = ..., surge: _Optional[float] = ..., handle: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., agents: _Optional[int] = ..., duration: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., patience: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., target: _Optional[_Union[ServiceTarget, _Mapping]] = ...) -> None: ...

class WhatIfResponse(_message.Message):
    __slots__ = ("arrivals_per_hour", "handle", "agents", "erlangs", "stable", "service_level", "wait_probability", "occupancy", "expected_wait", "growth_per_hour", "waiting", "abandonment", "wait_with_abandonment", "agents_needed", "callbacks_per_hour")
    ARRIVALS_PER_HOUR_FIELD_NUMBER: _ClassVar[int]
    HANDLE_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    ERLANGS_FIELD_NUMBER: _ClassVar[int]
    STABLE_FIELD_NUMBER: _ClassVar[int]
    SERVICE_LEVEL_FIELD_NUMBER: _ClassVar[int]
    WAIT_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    OCCUPANCY_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_WAIT_FIELD_NUMBER: _ClassVar[int]
    GROWTH_PER_HOUR_FIELD_NUMBER: _ClassVar[int]
    WAITING_FIELD_NUMBER: _ClassVar[int]
    ABANDONMENT_FIELD_NUMBER: _ClassVar[int]
    WAIT_WITH_ABANDONMENT_FIELD_NUMBER: _ClassVar[int]
    AGENTS_NEEDED_FIELD_NUMBER: _ClassVar[int]
    CALLBACKS_PER_HOUR_FIELD_NUMBER: _ClassVar[int]
    arrivals_per_hour: float
    handle: _duration_pb2.Duration
    agents: int
    erlangs: float
    stable: bool
    service_level: float
    wait_probability: float
    occupancy: float
    expected_wait: _duration_pb2.Duration
    growth_per_hour: float
    waiting: float
    abandonment: float
    wait_with_abandonment: _duration_pb2.Duration
    agents_needed: int
    callbacks_per_hour: float
    def __init__(self, arrivals_per_hour: _Optional[float] = ..., handle: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., agents: _Optional[int] = ..., erlangs: _Optional[float] = ..., stable: _Optional[bool] = ..., service_level: _Optional[float] = ..., wait_probability: _Optional[float] = ..., occupancy: _Optional[float] = ..., expected_wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., growth_per_hour: _Optional[float] = ..., waiting: _Optional[float] = ..., abandonment: _Optional[float] = ..., wait_with_abandonment: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., agents_needed: _Optional[int] = ..., callbacks_per_hour: _Optional[float] = ...) -> None: ...
