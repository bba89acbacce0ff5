import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.routing.v1 import rota_pb2 as _rota_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PutTeamRequest(_message.Message):
    __slots__ = ("team",)
    TEAM_FIELD_NUMBER: _ClassVar[int]
    team: _rota_pb2.Team
    def __init__(self, team: _Optional[_Union[_rota_pb2.Team, _Mapping]] = ...) -> None: ...

class PutTeamResponse(_message.Message):
    __slots__ = ("team",)
    TEAM_FIELD_NUMBER: _ClassVar[int]
    team: _rota_pb2.Team
    def __init__(self, team: _Optional[_Union[_rota_pb2.Team, _Mapping]] = ...) -> None: ...

class ListTeamsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListTeamsResponse(_message.Message):
    __slots__ = ("teams",)
    TEAMS_FIELD_NUMBER: _ClassVar[int]
    teams: _containers.RepeatedCompositeFieldContainer[_rota_pb2.Team]
    def __init__(self, teams: _Optional[_Iterable[_Union[_rota_pb2.Team, _Mapping]]] = ...) -> None: ...

class PutShiftRequest(_message.Message):
    __slots__ = ("shift",)
    SHIFT_FIELD_NUMBER: _ClassVar[int]
    shift: _rota_pb2.Shift
    def __init__(self, shift: _Optional[_Union[_rota_pb2.Shift, _Mapping]] = ...) -> None: ...

class PutShiftResponse(_message.Message):
    __slots__ = ("shift",)
    SHIFT_FIELD_NUMBER: _ClassVar[int]
    shift: _rota_pb2.Shift
    def __init__(self, shift: _Optional[_Union[_rota_pb2.Shift, _Mapping]] = ...) -> None: ...

class PutGroupRequest(_message.Message):
    __slots__ = ("group",)
    GROUP_FIELD_NUMBER: _ClassVar[int]
    group: _rota_pb2.Group
    def __init__(self, group: _Optional[_Union[_rota_pb2.Group, _Mapping]] = ...) -> None: ...

class PutGroupResponse(_message.Message):
    __slots__ = ("group",)
    GROUP_FIELD_NUMBER: _ClassVar[int]
    group: _rota_pb2.Group
    def __init__(self, group: _Optional[_Union[_rota_pb2.Group, _Mapping]] = ...) -> None: ...

class PutMembershipRequest(_message.Message):
    __slots__ = ("membership",)
    MEMBERSHIP_FIELD_NUMBER: _ClassVar[int]
    membership: _rota_pb2.Membership
    def __init__(self, membership: _Optional[_Union[_rota_pb2.Membership, _Mapping]] = ...) -> None: ...

class PutMembershipResponse(_message.Message):
    __slots__ = ("membership",)
    MEMBERSHIP_FIELD_NUMBER: _ClassVar[int]
    membership: _rota_pb2.Membership
    def __init__(self, membership: _Optional[_Union[_rota_pb2.Membership, _Mapping]] = ...) -> None: ...

class ListMembershipsRequest(_message.Message):
    __slots__ = ("team_id", "page_size", "page_token")
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    team_id: str
    page_size: int
    page_token: str
    def __init__(self, team_id: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListMembershipsResponse(_message.Message):
    __slots__ = ("memberships", "next_page_token")
    MEMBERSHIPS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    memberships: _containers.RepeatedCompositeFieldContainer[_rota_pb2.Membership]
    next_page_token: str
    def __init__(self, memberships: _Optional[_Iterable[_Union[_rota_pb2.Membership, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class PutCalendarDayRequest(_message.Message):
    __slots__ = ("day", "holiday", "name", "team_id")
    DAY_FIELD_NUMBER: _ClassVar[int]
    HOLIDAY_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    day: str
    holiday: bool
    name: str
    team_id: str
    def __init__(self, day: _Optional[str] = ..., holiday: _Optional[bool] = ..., name: _Optional[str] = ..., team_id: _Optional[str] = ...) -> None: ...

class PutCalendarDayResponse(_message.Message):
    __slots__ = ("day",)
    DAY_FIELD_NUMBER: _ClassVar[int]
    day: _rota_pb2.Holiday
    def __init__(self, day: _Optional[_Union[_rota_pb2.Holiday, _Mapping]] = ...) -> None: ...

class RemoveCalendarDayRequest(_message.Message):
    __slots__ = ("day", "team_id")
    DAY_FIELD_NUMBER: _ClassVar[int]
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    day: str
    team_id: str
    def __init__(self, day: _Optional[str] = ..., team_id: _Optional[str] = ...) -> None: ...

class RemoveCalendarDayResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListHolidaysRequest(_message.Message):
    __slots__ = ("year",)
    YEAR_FIELD_NUMBER: _ClassVar[int]
    year: int
    def __init__(self, year: _Optional[int] = ...) -> None: ...

class ListHolidaysResponse(_message.Message):
    __slots__ = ("holidays",)
    HOLIDAYS_FIELD_NUMBER: _ClassVar[int]
    holidays: _containers.RepeatedCompositeFieldContainer[_rota_pb2.Holiday]
    def __init__(self, holidays: _Optional[_Iterable[_Union[_rota_pb2.Holiday, _Mapping]]] = ...) -> None: ...

class PutOverrideRequest(_message.Message):
    __slots__ = ("override",)
    OVERRIDE_FIELD_NUMBER: _ClassVar[int]
    override: _rota_pb2.Override
    def __init__(self, override: _Optional[_Union[_rota_pb2.Override, _Mapping]] = ...) -> None: ...

class PutOverrideResponse(_message.Message):
    __slots__ = ("override", "concerns")
    OVERRIDE_FIELD_NUMBER: _ClassVar[int]
    CONCERNS_FIELD_NUMBER: _ClassVar[int]
    override: _rota_pb2.Override
    concerns: _containers.RepeatedCompositeFieldContainer[_rota_pb2.Concern]
    def __init__(self, override: _Optional[_Union[_rota_pb2.Override, _Mapping]] = ..., concerns: _Optional[_Iterable[_Union[_rota_pb2.Concern, _Mapping]]] = ...) -> None: ...

class RemoveOverrideRequest(_message.Message):
    __slots__ = ("override_id",)
    OVERRIDE_ID_FIELD_NUMBER: _ClassVar[int]
    override_id: str
    def __init__(self, override_id: _Optional[str] = ...) -> None: ...

class RemoveOverrideResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListOverridesRequest(_message.Message):
    __slots__ = ("start_time", "end_time")
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListOverridesResponse(_message.Message):
    __slots__ = ("overrides",)
    OVERRIDES_FIELD_NUMBER: _ClassVar[int]
    overrides: _containers.RepeatedCompositeFieldContainer[_rota_pb2.Override]
    def __init__(self, overrides: _Optional[_Iterable[_Union[_rota_pb2.Override, _Mapping]]] = ...) -> None: ...

class RequestSwapRequest(_message.Message):
    __slots__ = ("to_agent_id", "give_start_time", "take_start_time", "reason")
    TO_AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    GIVE_START_TIME_FIELD_NUMBER: _ClassVar[int]
    TAKE_START_TIME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    to_agent_id: str
    give_start_time: _timestamp_pb2.Timestamp
    take_start_time: _timestamp_pb2.Timestamp
    reason: str
    def __init__(self, to_agent_id: _Optional[str] = ..., give_start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., take_start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., reason: _Optional[str] = ...) -> None: ...

class RequestSwapResponse(_message.Message):
    __slots__ = ("swap", "concerns")
    SWAP_FIELD_NUMBER: _ClassVar[int]
    CONCERNS_FIELD_NUMBER: _ClassVar[int]
    swap: _rota_pb2.Swap
    concerns: _containers.RepeatedCompositeFieldContainer[_rota_pb2.Concern]
    def __init__(self, swap: _Optional[_Union[_rota_pb2.Swap, _Mapping]] = ..., concerns: _Optional[_Iterable[_Union[_rota_pb2.Concern, _Mapping]]] = ...) -> None: ...

class AnswerSwapRequest(_message.Message):
    __slots__ = ("swap_id", "answer")
    SWAP_ID_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    swap_id: str
    answer: _rota_pb2.SwapState
    def __init__(self, swap_id: _Optional[str] = ..., answer: _Optional[_Union[_rota_pb2.SwapState, str]] = ...) -> None: ...

class AnswerSwapResponse(_message.Message):
    __slots__ = ("swap", "concerns")
    SWAP_FIELD_NUMBER: _ClassVar[int]
    CONCERNS_FIELD_NUMBER: _ClassVar[int]
    swap: _rota_pb2.Swap
    concerns: _containers.RepeatedCompositeFieldContainer[_rota_pb2.Concern]
    def __init__(self, swap: _Optional[_Union[_rota_pb2.Swap, _Mapping]] = ..., concerns: _Optional[_Iterable[_Union[_rota_pb2.Concern, _Mapping]]] = ...) -> None: ...

class ApproveSwapRequest(_message.Message):
    __slots__ = ("swap_id", "force")
    SWAP_ID_FIELD_NUMBER: _ClassVar[int]
    FORCE_FIELD_NUMBER: _ClassVar[int]
    swap_id: str
    force: bool
    def __init__(self, swap_id: _Optional[str] = ..., force: _Optional[bool] = ...) -> None: ...

class ApproveSwapResponse(_message.Message):
    __slots__ = ("swap", "concerns")
    SWAP_FIELD_NUMBER: _ClassVar[int]
    CONCERNS_FIELD_NUMBER: _ClassVar[int]
    swap: _rota_pb2.Swap
    concerns: _containers.RepeatedCompositeFieldContainer[_rota_pb2.Concern]
    def __init__(self, swap: _Optional[_Union[_rota_pb2.Swap, _Mapping]] = ..., concerns: _Optional[_Iterable[_Union[_rota_pb2.Concern, _Mapping]]] = ...) -> None: ...

class ListSwapsRequest(_message.Message):
    __slots__ = ("states", "agent_id", "page_size", "page_token")
    STATES_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    states: _containers.RepeatedScalarFieldContainer[_rota_pb2.SwapState]
    agent_id: str
    page_size: int
    page_token: str
    def __init__(self, states: _Optional[_Iterable[_Union[_rota_pb2.SwapState, str]]] = ..., agent_id: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListSwapsResponse(_message.Message):
    __slots__ = ("swaps", "next_page_token")
    SWAPS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    swaps: _containers.RepeatedCompositeFieldContainer[_rota_pb2.Swap]
    next_page_token: str
    def __init__(self, swaps: _Optional[_Iterable[_Union[_rota_pb2.Swap, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class WhoIsOnRequest(_message.Message):
    __slots__ = ("time", "team_id")
    TIME_FIELD_NUMBER: _ClassVar[int]
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    time: _timestamp_pb2.Timestamp
    team_id: str
    def __init__(self, time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., team_id: _Optional[str] = ...) -> None: ...

class WhoIsOnResponse(_message.Message):
    __slots__ = ("time", "teams")
    TIME_FIELD_NUMBER: _ClassVar[int]
    TEAMS_FIELD_NUMBER: _ClassVar[int]
    time: _timestamp_pb2.Timestamp
    teams: _containers.RepeatedCompositeFieldContainer[TeamDuty]
    def __init__(self, time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., teams: _Optional[_Iterable[_Union[TeamDuty, _Mapping]]] = ...) -> None: ...

class TeamDuty(_message.Message):
    __slots__ = ("team_id", "open", "on", "next")
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    OPEN_FIELD_NUMBER: _ClassVar[int]
    ON_FIELD_NUMBER: _ClassVar[int]
    NEXT_FIELD_NUMBER: _ClassVar[int]
    team_id: str
    open: bool
    on: _containers.RepeatedCompositeFieldContainer[_rota_pb2.Duty]
    next: _containers.RepeatedCompositeFieldContainer[_rota_pb2.Duty]
    def __init__(self, team_id: _Optional[str] = ..., open: _Optional[bool] = ..., on: _Optional[_Iterable[_Union[_rota_pb2.Duty, _Mapping]]] = ..., next: _Optional[_Iterable[_Union[_rota_pb2.Duty, _Mapping]]] = ...) -> None: ...

class ListDutyRequest(_message.Message):
    __slots__ = ("start_time", "end_time", "team_id", "agent_id", "page_size", "page_token")
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    team_id: str
    agent_id: str
    page_size: int
    page_token: str
    def __init__(self, start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., team_id: _Optional[str] = ..., agent_id: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListDutyResponse(_message.Message):
    __slots__ = ("duties", "next_page_token")
    DUTIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    duties: _containers.RepeatedCompositeFieldContainer[_rota_pb2.Duty]
    next_page_token: str
    def __init__(self, duties: _Optional[_Iterable[_Union[_rota_pb2.Duty, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListGapsRequest(_message.Message):
    __slots__ = ("start_time", "end_time", "team_id")
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    TEAM_ID_FIELD_NUMBER: _ClassVar[int]
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    team_id: str
    def __init__(self, start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., team_id: _Optional[str] = ...) -> None: ...

class ListGapsResponse(_message.Message):
    __slots__ = ("gaps",)
    GAPS_FIELD_NUMBER: _ClassVar[int]
    gaps: _containers.RepeatedCompositeFieldContainer[_rota_pb2.Gap]
    def __init__(self, gaps: _Optional[_Iterable[_Union[_rota_pb2.Gap, _Mapping]]] = ...) -> None: ...
