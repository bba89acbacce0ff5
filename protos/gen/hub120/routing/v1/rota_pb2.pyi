import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class OnHolidays(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ON_HOLIDAYS_UNSPECIFIED: _ClassVar[OnHolidays]
    ON_HOLIDAYS_WORK: _ClassVar[OnHolidays]
    ON_HOLIDAYS_OFF: _ClassVar[OnHolidays]
    ON_HOLIDAYS_ONLY: _ClassVar[OnHolidays]

class OverrideKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    OVERRIDE_KIND_UNSPECIFIED: _ClassVar[OverrideKind]
    OVERRIDE_KIND_ON: _ClassVar[OverrideKind]
    OVERRIDE_KIND_OFF: _ClassVar[OverrideKind]
    OVERRIDE_KIND_INSTEAD: _ClassVar[OverrideKind]

class SwapState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SWAP_STATE_UNSPECIFIED: _ClassVar[SwapState]
    SWAP_STATE_REQUESTED: _ClassVar[SwapState]
    SWAP_STATE_ACCEPTED: _ClassVar[SwapState]
    SWAP_STATE_APPROVED: _ClassVar[SwapState]
    SWAP_STATE_DECLINED: _ClassVar[SwapState]
    SWAP_STATE_WITHDRAWN: _ClassVar[SwapState]
    SWAP_STATE_EXPIRED: _ClassVar[SwapState]

class ConcernKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONCERN_KIND_UNSPECIFIED: _ClassVar[ConcernKind]
    CONCERN_KIND_SHORT_REST: _ClassVar[ConcernKind]
    CONCERN_KIND_LONG_WEEK: _ClassVar[ConcernKind]
ON_HOLIDAYS_UNSPECIFIED: OnHolidays
ON_HOLIDAYS_WORK: OnHolidays
ON_HOLIDAYS_OFF: OnHolidays
ON_HOLIDAYS_ONLY: OnHolidays
OVERRIDE_KIND_UNSPECIFIED: OverrideKind
OVERRIDE_KIND_ON: OverrideKind
OVERRIDE_KIND_OFF: OverrideKind
OVERRIDE_KIND_INSTEAD: OverrideKind
SWAP_STATE_UNSPECIFIED: SwapState
SWAP_STATE_REQUESTED: SwapState
SWAP_STATE_ACCEPTED: SwapState
SWAP_STATE_APPROVED: SwapState
SWAP_STATE_DECLINED: SwapState
SWAP_STATE_WITHDRAWN: SwapState
SWAP_STATE_EXPIRED: SwapState
CONCERN_KIND_UNSPECIFIED: ConcernKind
CONCERN_KIND_SHORT_REST: ConcernKind
CONCERN_KIND_LONG_WEEK: ConcernKind

class Team(_message.Message):
    __slots__ = ("id", "name_ko", "name_en", "zone", "skills", "languages", "minimum_staffing", "shifts", "groups")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_KO_FIELD_NUMBER: _ClassVar[int]
    NAME_EN_FIELD_NUMBER: _ClassVar[int]
    ZONE_FIELD_NUMBER: _ClassVar[int]
    SKILLS_FIELD_NUMBER: _ClassVar[int]
    LANGUAGES_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_STAFFING_FIELD_NUMBER: _ClassVar[int]
    SHIFTS_FIELD_NUMBER: _ClassVar[int]
    GROUPS_FIELD_NUMBER: _ClassVar[int]
    id: str
    name_ko: str
    name_en: str
    zone: str
    skills: _containers.RepeatedScalarFieldContainer[str]
    languages: _containers.RepeatedScalarFieldContainer[str]
    minimum_staffing: int
    shifts: _containers.RepeatedCompositeFieldContainer[Shift]
    groups: _containers.RepeatedCompositeFieldContainer[Group]
    def __init__(self, id: _Optional[str] = ..., name_ko: _Optional[str] = ..., name_en: _Optional[str] = ..., zone: _Optional[str] = ..., skills: _Optional[_Iterable[str]] = ..., languages: _Optional[_Iterable[str]] = ..., minimum_staffing: _Optional[int] = ..., shifts: _Optional[_Iterable[_Union[Shift, _Mapping]]] = ..., groups: _Optional[_Iterable[_Union[Group, _Mapping]]] = ...) -> None: ...

class Shift(_message.Message):
    __slots__ = ("id", "team_id", "name_ko", "name_en", "start", "end", "days", "on_holidays", "from_day", "until_day", "minimum_staffing")
    ID_FIELD_NUMBER: _ClassVar[int]
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_KO_FIELD_NUMBER: _ClassVar[int]
    NAME_EN_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    DAYS_FIELD_NUMBER: _ClassVar[int]
    ON_HOLIDAYS_FIELD_NUMBER: _ClassVar[int]
    FROM_DAY_FIELD_NUMBER: _ClassVar[int]
    UNTIL_DAY_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_STAFFING_FIELD_NUMBER: _ClassVar[int]
    id: str
    team_id: str
    name_ko: str
    name_en: str
    start: str
    end: str
    days: _containers.RepeatedScalarFieldContainer[str]
    on_holidays: OnHolidays
    from_day: str
    until_day: str
    minimum_staffing: int
    def __init__(self, id: _Optional[str] = ..., team_id: _Optional[str] = ..., name_ko: _Optional[str] = ..., name_en: _Optional[str] = ..., start: _Optional[str] = ..., end: _Optional[str] = ..., days: _Optional[_Iterable[str]] = ..., on_holidays: _Optional[_Union[OnHolidays, str]] = ..., from_day: _Optional[str] = ..., until_day: _Optional[str] = ..., minimum_staffing: _Optional[int] = ...) -> None: ...

class Group(_message.Message):
    __slots__ = ("id", "team_id", "cycle", "cycle_start")
    ID_FIELD_NUMBER: _ClassVar[int]
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    CYCLE_FIELD_NUMBER: _ClassVar[int]
    CYCLE_START_FIELD_NUMBER: _ClassVar[int]
    id: str
    team_id: str
    cycle: _containers.RepeatedScalarFieldContainer[str]
    cycle_start: str
    def __init__(self, id: _Optional[str] = ..., team_id: _Optional[str] = ..., cycle: _Optional[_Iterable[str]] = ..., cycle_start: _Optional[str] = ...) -> None: ...

class Membership(_message.Message):
    __slots__ = ("agent_id", "team_id", "group_id", "from_day", "until_day")
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    GROUP_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_DAY_FIELD_NUMBER: _ClassVar[int]
    UNTIL_DAY_FIELD_NUMBER: _ClassVar[int]
    agent_id: str
    team_id: str
    group_id: str
    from_day: str
    until_day: str
    def __init__(self, agent_id: _Optional[str] = ..., team_id: _Optional[str] = ..., group_id: _Optional[str] = ..., from_day: _Optional[str] = ..., until_day: _Optional[str] = ...) -> None: ...

class Override(_message.Message):
    __slots__ = ("id", "kind", "agent_id", "team_id", "start_time", "end_time", "instead_of", "reason", "swap_id")
    ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    INSTEAD_OF_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    SWAP_ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    kind: OverrideKind
    agent_id: str
    team_id: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    instead_of: str
    reason: str
    swap_id: str
    def __init__(self, id: _Optional[str] = ..., kind: _Optional[_Union[OverrideKind, str]] = ..., agent_id: _Optional[str] = ..., team_id: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., instead_of: _Optional[str] = ..., reason: _Optional[str] = ..., swap_id: _Optional[str] = ...) -> None: ...

class Duty(_message.Message):
    __slots__ = ("agent_id", "team_id", "shift_id", "start_time", "end_time", "override_id")
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    SHIFT_ID_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    OVERRIDE_ID_FIELD_NUMBER: _ClassVar[int]
    agent_id: str
    team_id: str
    shift_id: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    override_id: str
    def __init__(self, agent_id: _Optional[str] = ..., team_id: _Optional[str] = ..., shift_id: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., override_id: _Optional[str] = ...) -> None: ...

class Gap(_message.Message):
    __slots__ = ("team_id", "start_time", "end_time", "on_duty", "minimum_staffing")
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    ON_DUTY_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_STAFFING_FIELD_NUMBER: _ClassVar[int]
    team_id: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    on_duty: int
    minimum_staffing: int
    def __init__(self, team_id: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., on_duty: _Optional[int] = ..., minimum_staffing: _Optional[int] = ...) -> None: ...

class Holiday(_message.Message):
    __slots__ = ("day", "name_ko", "name_en", "observed", "own", "team_id")
    DAY_FIELD_NUMBER: _ClassVar[int]
    NAME_KO_FIELD_NUMBER: _ClassVar[int]
    NAME_EN_FIELD_NUMBER: _ClassVar[int]
    OBSERVED_FIELD_NUMBER: _ClassVar[int]
    OWN_FIELD_NUMBER: _ClassVar[int]
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    day: str
    name_ko: str
    name_en: str
    observed: bool
    own: bool
    team_id: str
    def __init__(self, day: _Optional[str] = ..., name_ko: _Optional[str] = ..., name_en: _Optional[str] = ..., observed: _Optional[bool] = ..., own: _Optional[bool] = ..., team_id: _Optional[str] = ...) -> None: ...

class Swap(_message.Message):
    __slots__ = ("id", "agent_id", "to_agent_id", "give", "take", "state", "reason", "request_time", "change_time", "expire_time", "changed_by")
    ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    TO_AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    GIVE_FIELD_NUMBER: _ClassVar[int]
    TAKE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_TIME_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    CHANGED_BY_FIELD_NUMBER: _ClassVar[int]
    id: str
    agent_id: str
    to_agent_id: str
    give: Duty
    take: Duty
    state: SwapState
    reason: str
    request_time: _timestamp_pb2.Timestamp
    change_time: _timestamp_pb2.Timestamp
    expire_time: _timestamp_pb2.Timestamp
    changed_by: str
    def __init__(self, id: _Optional[str] = ..., agent_id: _Optional[str] = ..., to_agent_id: _Optional[str] = ..., give: _Optional[_Union[Duty, _Mapping]] = ..., take: _Optional[_Union[Duty, _Mapping]] = ..., state: _Optional[_Union[SwapState, str]] = ..., reason: _Optional[str] = ..., request_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., changed_by: _Optional[str] = ...) -> None: ...

class Concern(_message.Message):
    __slots__ = ("kind", "agent_id", "start_time", "end_time")
    KIND_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    kind: ConcernKind
    agent_id: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, kind: _Optional[_Union[ConcernKind, str]] = ..., agent_id: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
