import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ConductStep(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONDUCT_STEP_UNSPECIFIED: _ClassVar[ConductStep]
    CONDUCT_STEP_WARNING: _ClassVar[ConductStep]
    CONDUCT_STEP_END: _ClassVar[ConductStep]
    CONDUCT_STEP_DEDICATED_TEAM: _ClassVar[ConductStep]
    CONDUCT_STEP_EVIDENCE: _ClassVar[ConductStep]
CONDUCT_STEP_UNSPECIFIED: ConductStep
CONDUCT_STEP_WARNING: ConductStep
CONDUCT_STEP_END: ConductStep
CONDUCT_STEP_DEDICATED_TEAM: ConductStep
CONDUCT_STEP_EVIDENCE: ConductStep

class AbuseClass(_message.Message):
    __slots__ = ("id", "steps", "situations", "flag_days", "recovery_minutes")
    ID_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    SITUATIONS_FIELD_NUMBER: _ClassVar[int]
    FLAG_DAYS_FIELD_NUMBER: _ClassVar[int]
    RECOVERY_MINUTES_FIELD_NUMBER: _ClassVar[int]
    id: str
    steps: _containers.RepeatedScalarFieldContainer[ConductStep]
    situations: _containers.RepeatedCompositeFieldContainer[Situation]
    flag_days: int
    recovery_minutes: int
    def __init__(self, id: _Optional[str] = ..., steps: _Optional[_Iterable[_Union[ConductStep, str]]] = ..., situations: _Optional[_Iterable[_Union[Situation, _Mapping]]] = ..., flag_days: _Optional[int] = ..., recovery_minutes: _Optional[int] = ...) -> None: ...

class Situation(_message.Message):
    __slots__ = ("id", "korean", "english")
    ID_FIELD_NUMBER: _ClassVar[int]
    KOREAN_FIELD_NUMBER: _ClassVar[int]
    ENGLISH_FIELD_NUMBER: _ClassVar[int]
    id: str
    korean: str
    english: str
    def __init__(self, id: _Optional[str] = ..., korean: _Optional[str] = ..., english: _Optional[str] = ...) -> None: ...

class SpokenText(_message.Message):
    __slots__ = ("korean", "english")
    KOREAN_FIELD_NUMBER: _ClassVar[int]
    ENGLISH_FIELD_NUMBER: _ClassVar[int]
    korean: str
    english: str
    def __init__(self, korean: _Optional[str] = ..., english: _Optional[str] = ...) -> None: ...

class ConductPolicy(_message.Message):
    __slots__ = ("version", "classes", "warning", "farewell", "team_skill", "team_wait_seconds", "counted_days")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    CLASSES_FIELD_NUMBER: _ClassVar[int]
    WARNING_FIELD_NUMBER: _ClassVar[int]
    FAREWELL_FIELD_NUMBER: _ClassVar[int]
    TEAM_SKILL_FIELD_NUMBER: _ClassVar[int]
    TEAM_WAIT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    COUNTED_DAYS_FIELD_NUMBER: _ClassVar[int]
    version: int
    classes: _containers.RepeatedCompositeFieldContainer[AbuseClass]
    warning: SpokenText
    farewell: SpokenText
    team_skill: str
    team_wait_seconds: int
    counted_days: int
    def __init__(self, version: _Optional[int] = ..., classes: _Optional[_Iterable[_Union[AbuseClass, _Mapping]]] = ..., warning: _Optional[_Union[SpokenText, _Mapping]] = ..., farewell: _Optional[_Union[SpokenText, _Mapping]] = ..., team_skill: _Optional[str] = ..., team_wait_seconds: _Optional[int] = ..., counted_days: _Optional[int] = ...) -> None: ...

class AbuseReport(_message.Message):
    __slots__ = ("id", "work_item_id", "case_id", "agent_id", "abuse_class", "situation", "note", "report_time", "policy_version", "prescribed_step", "taken_step", "take_time", "withdraw_time", "withdrawn_by")
    ID_FIELD_NUMBER: _ClassVar[int]
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    ABUSE_CLASS_FIELD_NUMBER: _ClassVar[int]
    SITUATION_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    REPORT_TIME_FIELD_NUMBER: _ClassVar[int]
    POLICY_VERSION_FIELD_NUMBER: _ClassVar[int]
    PRESCRIBED_STEP_FIELD_NUMBER: _ClassVar[int]
    TAKEN_STEP_FIELD_NUMBER: _ClassVar[int]
    TAKE_TIME_FIELD_NUMBER: _ClassVar[int]
    WITHDRAW_TIME_FIELD_NUMBER: _ClassVar[int]
    WITHDRAWN_BY_FIELD_NUMBER: _ClassVar[int]
    id: str
    work_item_id: str
    case_id: str
    agent_id: str
    abuse_class: str
    situation: str
    note: str
    report_time: _timestamp_pb2.Timestamp
    policy_version: int
    prescribed_step: ConductStep
    taken_step: ConductStep
    take_time: _timestamp_pb2.Timestamp
    withdraw_time: _timestamp_pb2.Timestamp
    withdrawn_by: str
    def __init__(self, id: _Optional[str] = ..., work_item_id: _Optional[str] = ..., case_id: _Optional[str] = ..., agent_id: _Optional[str] = ..., abuse_class: _Optional[str] = ..., situation: _Optional[str] = ..., note: _Optional[str] = ..., report_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., policy_version: _Optional[int] = ..., prescribed_step: _Optional[_Union[ConductStep, str]] = ..., taken_step: _Optional[_Union[ConductStep, str]] = ..., take_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., withdraw_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., withdrawn_by: _Optional[str] = ...) -> None: ...

class Flag(_message.Message):
    __slots__ = ("id", "citizen_id", "abuse_class", "report_id", "flag_time", "expire_time", "lift_time", "lifted_by")
    ID_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_ID_FIELD_NUMBER: _ClassVar[int]
    ABUSE_CLASS_FIELD_NUMBER: _ClassVar[int]
    REPORT_ID_FIELD_NUMBER: _ClassVar[int]
    FLAG_TIME_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    LIFT_TIME_FIELD_NUMBER: _ClassVar[int]
    LIFTED_BY_FIELD_NUMBER: _ClassVar[int]
    id: str
    citizen_id: str
    abuse_class: str
    report_id: str
    flag_time: _timestamp_pb2.Timestamp
    expire_time: _timestamp_pb2.Timestamp
    lift_time: _timestamp_pb2.Timestamp
    lifted_by: str
    def __init__(self, id: _Optional[str] = ..., citizen_id: _Optional[str] = ..., abuse_class: _Optional[str] = ..., report_id: _Optional[str] = ..., flag_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., lift_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., lifted_by: _Optional[str] = ...) -> None: ...

class ConductRecord(_message.Message):
    __slots__ = ("occur_time", "actor", "action", "subject_id", "reason")
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    occur_time: _timestamp_pb2.Timestamp
    actor: str
    action: str
    subject_id: str
    reason: str
    def __init__(self, occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., actor: _Optional[str] = ..., action: _Optional[str] = ..., subject_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...
