import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.intake.v1 import case_pb2 as _case_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ConferencePurpose(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONFERENCE_PURPOSE_UNSPECIFIED: _ClassVar[ConferencePurpose]
    CONFERENCE_PURPOSE_SAFETY: _ClassVar[ConferencePurpose]
    CONFERENCE_PURPOSE_TALK: _ClassVar[ConferencePurpose]

class ConferenceState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONFERENCE_STATE_UNSPECIFIED: _ClassVar[ConferenceState]
    CONFERENCE_STATE_REQUESTED: _ClassVar[ConferenceState]
    CONFERENCE_STATE_DIALLING: _ClassVar[ConferenceState]
    CONFERENCE_STATE_RINGING: _ClassVar[ConferenceState]
    CONFERENCE_STATE_BRIDGED: _ClassVar[ConferenceState]
    CONFERENCE_STATE_ACKNOWLEDGED: _ClassVar[ConferenceState]
    CONFERENCE_STATE_HANDED_OVER: _ClassVar[ConferenceState]
    CONFERENCE_STATE_CLIMBING: _ClassVar[ConferenceState]
    CONFERENCE_STATE_ESCALATED: _ClassVar[ConferenceState]
    CONFERENCE_STATE_CITIZEN_LOST: _ClassVar[ConferenceState]
    CONFERENCE_STATE_ENDED: _ClassVar[ConferenceState]
    CONFERENCE_STATE_CANCELLED: _ClassVar[ConferenceState]
    CONFERENCE_STATE_FAILED: _ClassVar[ConferenceState]

class LegRole(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LEG_ROLE_UNSPECIFIED: _ClassVar[LegRole]
    LEG_ROLE_AGENT: _ClassVar[LegRole]
    LEG_ROLE_CITIZEN: _ClassVar[LegRole]
    LEG_ROLE_TARGET: _ClassVar[LegRole]
    LEG_ROLE_SUPERVISOR: _ClassVar[LegRole]
    LEG_ROLE_LISTENER: _ClassVar[LegRole]
    LEG_ROLE_INTERPRETER: _ClassVar[LegRole]
    LEG_ROLE_AGENCY: _ClassVar[LegRole]

class EmergencyService(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EMERGENCY_SERVICE_UNSPECIFIED: _ClassVar[EmergencyService]
    EMERGENCY_SERVICE_FIRE: _ClassVar[EmergencyService]
    EMERGENCY_SERVICE_POLICE: _ClassVar[EmergencyService]
    EMERGENCY_SERVICE_SUICIDE_PREVENTION: _ClassVar[EmergencyService]

class Acknowledgement(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ACKNOWLEDGEMENT_UNSPECIFIED: _ClassVar[Acknowledgement]
    ACKNOWLEDGEMENT_BY_VOICE: _ClassVar[Acknowledgement]
    ACKNOWLEDGEMENT_BY_SYSTEM: _ClassVar[Acknowledgement]
    ACKNOWLEDGEMENT_BY_KEY: _ClassVar[Acknowledgement]

class ConferenceEntryKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONFERENCE_ENTRY_KIND_UNSPECIFIED: _ClassVar[ConferenceEntryKind]
    CONFERENCE_ENTRY_KIND_STARTED: _ClassVar[ConferenceEntryKind]
    CONFERENCE_ENTRY_KIND_MOVED: _ClassVar[ConferenceEntryKind]
    CONFERENCE_ENTRY_KIND_CALLED: _ClassVar[ConferenceEntryKind]
    CONFERENCE_ENTRY_KIND_LEG: _ClassVar[ConferenceEntryKind]
    CONFERENCE_ENTRY_KIND_NOT_DONE: _ClassVar[ConferenceEntryKind]
    CONFERENCE_ENTRY_KIND_HOLD: _ClassVar[ConferenceEntryKind]
    CONFERENCE_ENTRY_KIND_PACKET: _ClassVar[ConferenceEntryKind]
    CONFERENCE_ENTRY_KIND_ACKNOWLEDGED: _ClassVar[ConferenceEntryKind]
    CONFERENCE_ENTRY_KIND_AGENT_LEFT: _ClassVar[ConferenceEntryKind]
    CONFERENCE_ENTRY_KIND_FORCED: _ClassVar[ConferenceEntryKind]
    CONFERENCE_ENTRY_KIND_ALERT: _ClassVar[ConferenceEntryKind]
    CONFERENCE_ENTRY_KIND_CLOSED: _ClassVar[ConferenceEntryKind]
    CONFERENCE_ENTRY_KIND_TURNED: _ClassVar[ConferenceEntryKind]
    CONFERENCE_ENTRY_KIND_MONITORED: _ClassVar[ConferenceEntryKind]
    CONFERENCE_ENTRY_KIND_BARGED: _ClassVar[ConferenceEntryKind]
CONFERENCE_PURPOSE_UNSPECIFIED: ConferencePurpose
CONFERENCE_PURPOSE_SAFETY: ConferencePurpose
CONFERENCE_PURPOSE_TALK: ConferencePurpose
CONFERENCE_STATE_UNSPECIFIED: ConferenceState
CONFERENCE_STATE_REQUESTED: ConferenceState
CONFERENCE_STATE_DIALLING: ConferenceState
CONFERENCE_STATE_RINGING: ConferenceState
CONFERENCE_STATE_BRIDGED: ConferenceState
CONFERENCE_STATE_ACKNOWLEDGED: ConferenceState
CONFERENCE_STATE_HANDED_OVER: ConferenceState
CONFERENCE_STATE_CLIMBING: ConferenceState
CONFERENCE_STATE_ESCALATED: ConferenceState
CONFERENCE_STATE_CITIZEN_LOST: ConferenceState
CONFERENCE_STATE_ENDED: ConferenceState
CONFERENCE_STATE_CANCELLED: ConferenceState
CONFERENCE_STATE_FAILED: ConferenceState
LEG_ROLE_UNSPECIFIED: LegRole
LEG_ROLE_AGENT: LegRole
LEG_ROLE_CITIZEN: LegRole
LEG_ROLE_TARGET: LegRole
LEG_ROLE_SUPERVISOR: LegRole
LEG_ROLE_LISTENER: LegRole
LEG_ROLE_INTERPRETER: LegRole
LEG_ROLE_AGENCY: LegRole
EMERGENCY_SERVICE_UNSPECIFIED: EmergencyService
EMERGENCY_SERVICE_FIRE: EmergencyService
EMERGENCY_SERVICE_POLICE: EmergencyService
EMERGENCY_SERVICE_SUICIDE_PREVENTION: EmergencyService
ACKNOWLEDGEMENT_UNSPECIFIED: Acknowledgement
ACKNOWLEDGEMENT_BY_VOICE: Acknowledgement
ACKNOWLEDGEMENT_BY_SYSTEM: Acknowledgement
ACKNOWLEDGEMENT_BY_KEY: Acknowledgement
CONFERENCE_ENTRY_KIND_UNSPECIFIED: ConferenceEntryKind
CONFERENCE_ENTRY_KIND_STARTED: ConferenceEntryKind
CONFERENCE_ENTRY_KIND_MOVED: ConferenceEntryKind
CONFERENCE_ENTRY_KIND_CALLED: ConferenceEntryKind
CONFERENCE_ENTRY_KIND_LEG: ConferenceEntryKind
CONFERENCE_ENTRY_KIND_NOT_DONE: ConferenceEntryKind
CONFERENCE_ENTRY_KIND_HOLD: ConferenceEntryKind
CONFERENCE_ENTRY_KIND_PACKET: ConferenceEntryKind
CONFERENCE_ENTRY_KIND_ACKNOWLEDGED: ConferenceEntryKind
CONFERENCE_ENTRY_KIND_AGENT_LEFT: ConferenceEntryKind
CONFERENCE_ENTRY_KIND_FORCED: ConferenceEntryKind
CONFERENCE_ENTRY_KIND_ALERT: ConferenceEntryKind
CONFERENCE_ENTRY_KIND_CLOSED: ConferenceEntryKind
CONFERENCE_ENTRY_KIND_TURNED: ConferenceEntryKind
CONFERENCE_ENTRY_KIND_MONITORED: ConferenceEntryKind
CONFERENCE_ENTRY_KIND_BARGED: ConferenceEntryKind

class ConferenceTarget(_message.Message):
    __slots__ = ("department", "emergency")
    DEPARTMENT_FIELD_NUMBER: _ClassVar[int]
    EMERGENCY_FIELD_NUMBER: _ClassVar[int]
    department: str
    emergency: EmergencyService
    def __init__(self, department: _Optional[str] = ..., emergency: _Optional[_Union[EmergencyService, str]] = ...) -> None: ...

class Rung(_message.Message):
    __slots__ = ("target", "ring_seconds")
    TARGET_FIELD_NUMBER: _ClassVar[int]
    RING_SECONDS_FIELD_NUMBER: _ClassVar[int]
    target: ConferenceTarget
    ring_seconds: int
    def __init__(self, target: _Optional[_Union[ConferenceTarget, _Mapping]] = ..., ring_seconds: _Optional[int] = ...) -> None: ...

class Ladder(_message.Message):
    __slots__ = ("id", "rungs", "rounds")
    ID_FIELD_NUMBER: _ClassVar[int]
    RUNGS_FIELD_NUMBER: _ClassVar[int]
    ROUNDS_FIELD_NUMBER: _ClassVar[int]
    id: str
    rungs: _containers.RepeatedCompositeFieldContainer[Rung]
    rounds: int
    def __init__(self, id: _Optional[str] = ..., rungs: _Optional[_Iterable[_Union[Rung, _Mapping]]] = ..., rounds: _Optional[int] = ...) -> None: ...

class ConferenceLeg(_message.Message):
    __slots__ = ("id", "role", "target", "state", "end_reason", "order_time", "answer_time", "end_time", "packet_acknowledged", "agent_id", "muted")
    ID_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    END_REASON_FIELD_NUMBER: _ClassVar[int]
    ORDER_TIME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    PACKET_ACKNOWLEDGED_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    MUTED_FIELD_NUMBER: _ClassVar[int]
    id: str
    role: LegRole
    target: ConferenceTarget
    state: _case_pb2.CallState
    end_reason: str
    order_time: _timestamp_pb2.Timestamp
    answer_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    packet_acknowledged: bool
    agent_id: str
    muted: bool
    def __init__(self, id: _Optional[str] = ..., role: _Optional[_Union[LegRole, str]] = ..., target: _Optional[_Union[ConferenceTarget, _Mapping]] = ..., state: _Optional[_Union[_case_pb2.CallState, str]] = ..., end_reason: _Optional[str] = ..., order_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answer_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., packet_acknowledged: _Optional[bool] = ..., agent_id: _Optional[str] = ..., muted: _Optional[bool] = ...) -> None: ...

class Conference(_message.Message):
    __slots__ = ("id", "case_id", "work_item_id", "agent_id", "channel", "state", "drill", "ladder", "round", "legs", "acknowledgement", "acknowledge_time", "leave_time", "start_time", "end_time", "sequence", "alerted", "purpose")
    ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    DRILL_FIELD_NUMBER: _ClassVar[int]
    LADDER_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    LEGS_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGEMENT_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGE_TIME_FIELD_NUMBER: _ClassVar[int]
    LEAVE_TIME_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    ALERTED_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    id: str
    case_id: str
    work_item_id: str
    agent_id: str
    channel: str
    state: ConferenceState
    drill: bool
    ladder: Ladder
    round: int
    legs: _containers.RepeatedCompositeFieldContainer[ConferenceLeg]
    acknowledgement: Acknowledgement
    acknowledge_time: _timestamp_pb2.Timestamp
    leave_time: _timestamp_pb2.Timestamp
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    sequence: int
    alerted: bool
    purpose: ConferencePurpose
    def __init__(self, id: _Optional[str] = ..., case_id: _Optional[str] = ..., work_item_id: _Optional[str] = ..., agent_id: _Optional[str] = ..., channel: _Optional[str] = ..., state: _Optional[_Union[ConferenceState, str]] = ..., drill: _Optional[bool] = ..., ladder: _Optional[_Union[Ladder, _Mapping]] = ..., round: _Optional[int] = ..., legs: _Optional[_Iterable[_Union[ConferenceLeg, _Mapping]]] = ..., acknowledgement: _Optional[_Union[Acknowledgement, str]] = ..., acknowledge_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., leave_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., sequence: _Optional[int] = ..., alerted: _Optional[bool] = ..., purpose: _Optional[_Union[ConferencePurpose, str]] = ...) -> None: ...

class ConferenceEntry(_message.Message):
    __slots__ = ("sequence", "time", "kind", "state", "leg_id", "role", "detail", "actor", "told")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    TIME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    LEG_ID_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    TOLD_FIELD_NUMBER: _ClassVar[int]
    sequence: int
    time: _timestamp_pb2.Timestamp
    kind: ConferenceEntryKind
    state: ConferenceState
    leg_id: str
    role: LegRole
    detail: str
    actor: str
    told: str
    def __init__(self, sequence: _Optional[int] = ..., time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., kind: _Optional[_Union[ConferenceEntryKind, str]] = ..., state: _Optional[_Union[ConferenceState, str]] = ..., leg_id: _Optional[str] = ..., role: _Optional[_Union[LegRole, str]] = ..., detail: _Optional[str] = ..., actor: _Optional[str] = ..., told: _Optional[str] = ...) -> None: ...
