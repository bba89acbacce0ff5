import datetime

from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.intake.v1 import case_pb2 as _case_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Presence(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PRESENCE_UNSPECIFIED: _ClassVar[Presence]
    PRESENCE_OFFLINE: _ClassVar[Presence]
    PRESENCE_READY: _ClassVar[Presence]
    PRESENCE_PAUSED: _ClassVar[Presence]

class WorkState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    WORK_STATE_UNSPECIFIED: _ClassVar[WorkState]
    WORK_STATE_QUEUED: _ClassVar[WorkState]
    WORK_STATE_OFFERED: _ClassVar[WorkState]
    WORK_STATE_ASSIGNED: _ClassVar[WorkState]
    WORK_STATE_WRAPPING: _ClassVar[WorkState]
    WORK_STATE_DONE: _ClassVar[WorkState]
    WORK_STATE_ABANDONED: _ClassVar[WorkState]
    WORK_STATE_CANCELLED: _ClassVar[WorkState]

class OfferState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    OFFER_STATE_UNSPECIFIED: _ClassVar[OfferState]
    OFFER_STATE_PENDING: _ClassVar[OfferState]
    OFFER_STATE_ACCEPTED: _ClassVar[OfferState]
    OFFER_STATE_DECLINED: _ClassVar[OfferState]
    OFFER_STATE_TIMED_OUT: _ClassVar[OfferState]
    OFFER_STATE_RESCINDED: _ClassVar[OfferState]
    OFFER_STATE_CANCELLED: _ClassVar[OfferState]

class InterpretationState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INTERPRETATION_STATE_UNSPECIFIED: _ClassVar[InterpretationState]
    INTERPRETATION_STATE_ASKED: _ClassVar[InterpretationState]
    INTERPRETATION_STATE_INTERPRETER: _ClassVar[InterpretationState]
    INTERPRETATION_STATE_MACHINE: _ClassVar[InterpretationState]
    INTERPRETATION_STATE_NOBODY: _ClassVar[InterpretationState]
    INTERPRETATION_STATE_UNKNOWN: _ClassVar[InterpretationState]

class StepState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    STEP_STATE_UNSPECIFIED: _ClassVar[StepState]
    STEP_STATE_INACTIVE: _ClassVar[StepState]
    STEP_STATE_ACTIVE: _ClassVar[StepState]
    STEP_STATE_EXPIRED: _ClassVar[StepState]
    STEP_STATE_JOINED: _ClassVar[StepState]

class TransferState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TRANSFER_STATE_UNSPECIFIED: _ClassVar[TransferState]
    TRANSFER_STATE_REQUESTED: _ClassVar[TransferState]
    TRANSFER_STATE_OFFERED: _ClassVar[TransferState]
    TRANSFER_STATE_JOINED: _ClassVar[TransferState]
    TRANSFER_STATE_COMPLETED: _ClassVar[TransferState]
    TRANSFER_STATE_DECLINED: _ClassVar[TransferState]
    TRANSFER_STATE_EXPIRED: _ClassVar[TransferState]
    TRANSFER_STATE_CANCELLED: _ClassVar[TransferState]

class TransferStyle(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TRANSFER_STYLE_UNSPECIFIED: _ClassVar[TransferStyle]
    TRANSFER_STYLE_WARM: _ClassVar[TransferStyle]
    TRANSFER_STYLE_COLD: _ClassVar[TransferStyle]
PRESENCE_UNSPECIFIED: Presence
PRESENCE_OFFLINE: Presence
PRESENCE_READY: Presence
PRESENCE_PAUSED: Presence
WORK_STATE_UNSPECIFIED: WorkState
WORK_STATE_QUEUED: WorkState
WORK_STATE_OFFERED: WorkState
WORK_STATE_ASSIGNED: WorkState
WORK_STATE_WRAPPING: WorkState
WORK_STATE_DONE: WorkState
WORK_STATE_ABANDONED: WorkState
WORK_STATE_CANCELLED: WorkState
OFFER_STATE_UNSPECIFIED: OfferState
OFFER_STATE_PENDING: OfferState
OFFER_STATE_ACCEPTED: OfferState
OFFER_STATE_DECLINED: OfferState
OFFER_STATE_TIMED_OUT: OfferState
OFFER_STATE_RESCINDED: OfferState
OFFER_STATE_CANCELLED: OfferState
INTERPRETATION_STATE_UNSPECIFIED: InterpretationState
INTERPRETATION_STATE_ASKED: InterpretationState
INTERPRETATION_STATE_INTERPRETER: InterpretationState
INTERPRETATION_STATE_MACHINE: InterpretationState
INTERPRETATION_STATE_NOBODY: InterpretationState
INTERPRETATION_STATE_UNKNOWN: InterpretationState
STEP_STATE_UNSPECIFIED: StepState
STEP_STATE_INACTIVE: StepState
STEP_STATE_ACTIVE: StepState
STEP_STATE_EXPIRED: StepState
STEP_STATE_JOINED: StepState
TRANSFER_STATE_UNSPECIFIED: TransferState
TRANSFER_STATE_REQUESTED: TransferState
TRANSFER_STATE_OFFERED: TransferState
TRANSFER_STATE_JOINED: TransferState
TRANSFER_STATE_COMPLETED: TransferState
TRANSFER_STATE_DECLINED: TransferState
TRANSFER_STATE_EXPIRED: TransferState
TRANSFER_STATE_CANCELLED: TransferState
TRANSFER_STYLE_UNSPECIFIED: TransferStyle
TRANSFER_STYLE_WARM: TransferStyle
TRANSFER_STYLE_COLD: TransferStyle

class Agent(_message.Message):
    __slots__ = ("id", "languages", "skills", "capacity", "presence", "load", "levels", "presence_reason", "return_time")
    class LevelsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    ID_FIELD_NUMBER: _ClassVar[int]
    LANGUAGES_FIELD_NUMBER: _ClassVar[int]
    SKILLS_FIELD_NUMBER: _ClassVar[int]
    CAPACITY_FIELD_NUMBER: _ClassVar[int]
    PRESENCE_FIELD_NUMBER: _ClassVar[int]
    LOAD_FIELD_NUMBER: _ClassVar[int]
    LEVELS_FIELD_NUMBER: _ClassVar[int]
    PRESENCE_REASON_FIELD_NUMBER: _ClassVar[int]
    RETURN_TIME_FIELD_NUMBER: _ClassVar[int]
    id: str
    languages: _containers.RepeatedScalarFieldContainer[str]
    skills: _containers.RepeatedScalarFieldContainer[str]
    capacity: int
    presence: Presence
    load: int
    levels: _containers.ScalarMap[str, int]
    presence_reason: str
    return_time: _timestamp_pb2.Timestamp
    def __init__(self, id: _Optional[str] = ..., languages: _Optional[_Iterable[str]] = ..., skills: _Optional[_Iterable[str]] = ..., capacity: _Optional[int] = ..., presence: _Optional[_Union[Presence, str]] = ..., load: _Optional[int] = ..., levels: _Optional[_Mapping[str, int]] = ..., presence_reason: _Optional[str] = ..., return_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class WorkItem(_message.Message):
    __slots__ = ("id", "case_id", "state", "medium", "language", "skills", "channel", "queue_time", "agent_id", "traceparent", "contact_count", "priority_class", "topic", "cost", "plan", "steps", "preferred_agent_id", "callback", "conference_id", "interpretation", "purpose")
    ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    MEDIUM_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    SKILLS_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    QUEUE_TIME_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    TRACEPARENT_FIELD_NUMBER: _ClassVar[int]
    CONTACT_COUNT_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_CLASS_FIELD_NUMBER: _ClassVar[int]
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    COST_FIELD_NUMBER: _ClassVar[int]
    PLAN_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    PREFERRED_AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    CALLBACK_FIELD_NUMBER: _ClassVar[int]
    CONFERENCE_ID_FIELD_NUMBER: _ClassVar[int]
    INTERPRETATION_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    id: str
    case_id: str
    state: WorkState
    medium: _case_pb2.Medium
    language: str
    skills: _containers.RepeatedScalarFieldContainer[str]
    channel: str
    queue_time: _timestamp_pb2.Timestamp
    agent_id: str
    traceparent: str
    contact_count: int
    priority_class: _case_pb2.PriorityClass
    topic: str
    cost: int
    plan: str
    steps: _containers.RepeatedCompositeFieldContainer[Step]
    preferred_agent_id: str
    callback: Callback
    conference_id: str
    interpretation: Interpretation
    purpose: str
    def __init__(self, id: _Optional[str] = ..., case_id: _Optional[str] = ..., state: _Optional[_Union[WorkState, str]] = ..., medium: _Optional[_Union[_case_pb2.Medium, str]] = ..., language: _Optional[str] = ..., skills: _Optional[_Iterable[str]] = ..., channel: _Optional[str] = ..., queue_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., agent_id: _Optional[str] = ..., traceparent: _Optional[str] = ..., contact_count: _Optional[int] = ..., priority_class: _Optional[_Union[_case_pb2.PriorityClass, str]] = ..., topic: _Optional[str] = ..., cost: _Optional[int] = ..., plan: _Optional[str] = ..., steps: _Optional[_Iterable[_Union[Step, _Mapping]]] = ..., preferred_agent_id: _Optional[str] = ..., callback: _Optional[_Union[Callback, _Mapping]] = ..., conference_id: _Optional[str] = ..., interpretation: _Optional[_Union[Interpretation, _Mapping]] = ..., purpose: _Optional[str] = ...) -> None: ...

class Interpretation(_message.Message):
    __slots__ = ("state", "change_time")
    STATE_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    state: InterpretationState
    change_time: _timestamp_pb2.Timestamp
    def __init__(self, state: _Optional[_Union[InterpretationState, str]] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Callback(_message.Message):
    __slots__ = ("request_time", "channel", "contact_point_id", "not_before_time", "tries")
    REQUEST_TIME_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    CONTACT_POINT_ID_FIELD_NUMBER: _ClassVar[int]
    NOT_BEFORE_TIME_FIELD_NUMBER: _ClassVar[int]
    TRIES_FIELD_NUMBER: _ClassVar[int]
    request_time: _timestamp_pb2.Timestamp
    channel: str
    contact_point_id: str
    not_before_time: _timestamp_pb2.Timestamp
    tries: int
    def __init__(self, request_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., channel: _Optional[str] = ..., contact_point_id: _Optional[str] = ..., not_before_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., tries: _Optional[int] = ...) -> None: ...

class Step(_message.Message):
    __slots__ = ("needs", "preferred", "wait", "state", "begin_time", "end_time")
    NEEDS_FIELD_NUMBER: _ClassVar[int]
    PREFERRED_FIELD_NUMBER: _ClassVar[int]
    WAIT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    BEGIN_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    needs: _containers.RepeatedCompositeFieldContainer[Requirement]
    preferred: _containers.RepeatedCompositeFieldContainer[Requirement]
    wait: _duration_pb2.Duration
    state: StepState
    begin_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, needs: _Optional[_Iterable[_Union[Requirement, _Mapping]]] = ..., preferred: _Optional[_Iterable[_Union[Requirement, _Mapping]]] = ..., wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., state: _Optional[_Union[StepState, str]] = ..., begin_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Requirement(_message.Message):
    __slots__ = ("language", "skill", "level")
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    SKILL_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    language: str
    skill: str
    level: int
    def __init__(self, language: _Optional[str] = ..., skill: _Optional[str] = ..., level: _Optional[int] = ...) -> None: ...

class Plan(_message.Message):
    __slots__ = ("id", "position", "media", "languages", "topics", "priority_classes", "channels", "steps")
    ID_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    MEDIA_FIELD_NUMBER: _ClassVar[int]
    LANGUAGES_FIELD_NUMBER: _ClassVar[int]
    TOPICS_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_CLASSES_FIELD_NUMBER: _ClassVar[int]
    CHANNELS_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    id: str
    position: int
    media: _containers.RepeatedScalarFieldContainer[_case_pb2.Medium]
    languages: _containers.RepeatedScalarFieldContainer[str]
    topics: _containers.RepeatedScalarFieldContainer[str]
    priority_classes: _containers.RepeatedScalarFieldContainer[_case_pb2.PriorityClass]
    channels: _containers.RepeatedScalarFieldContainer[str]
    steps: _containers.RepeatedCompositeFieldContainer[Step]
    def __init__(self, id: _Optional[str] = ..., position: _Optional[int] = ..., media: _Optional[_Iterable[_Union[_case_pb2.Medium, str]]] = ..., languages: _Optional[_Iterable[str]] = ..., topics: _Optional[_Iterable[str]] = ..., priority_classes: _Optional[_Iterable[_Union[_case_pb2.PriorityClass, str]]] = ..., channels: _Optional[_Iterable[str]] = ..., steps: _Optional[_Iterable[_Union[Step, _Mapping]]] = ...) -> None: ...

class Offer(_message.Message):
    __slots__ = ("id", "work_item", "state", "offer_time", "expire_time", "transfer")
    ID_FIELD_NUMBER: _ClassVar[int]
    WORK_ITEM_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    OFFER_TIME_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    TRANSFER_FIELD_NUMBER: _ClassVar[int]
    id: str
    work_item: WorkItem
    state: OfferState
    offer_time: _timestamp_pb2.Timestamp
    expire_time: _timestamp_pb2.Timestamp
    transfer: Transfer
    def __init__(self, id: _Optional[str] = ..., work_item: _Optional[_Union[WorkItem, _Mapping]] = ..., state: _Optional[_Union[OfferState, str]] = ..., offer_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., transfer: _Optional[_Union[Transfer, _Mapping]] = ...) -> None: ...

class Transfer(_message.Message):
    __slots__ = ("id", "work_item_id", "case_id", "state", "style", "from_agent_id", "to_agent_id", "needs", "department", "note", "request_time", "expire_time", "accept_time", "end_time")
    ID_FIELD_NUMBER: _ClassVar[int]
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    STYLE_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    TO_AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    NEEDS_FIELD_NUMBER: _ClassVar[int]
    DEPARTMENT_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_TIME_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    ACCEPT_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    id: str
    work_item_id: str
    case_id: str
    state: TransferState
    style: TransferStyle
    from_agent_id: str
    to_agent_id: str
    needs: _containers.RepeatedCompositeFieldContainer[Requirement]
    department: str
    note: str
    request_time: _timestamp_pb2.Timestamp
    expire_time: _timestamp_pb2.Timestamp
    accept_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, id: _Optional[str] = ..., work_item_id: _Optional[str] = ..., case_id: _Optional[str] = ..., state: _Optional[_Union[TransferState, str]] = ..., style: _Optional[_Union[TransferStyle, str]] = ..., from_agent_id: _Optional[str] = ..., to_agent_id: _Optional[str] = ..., needs: _Optional[_Iterable[_Union[Requirement, _Mapping]]] = ..., department: _Optional[str] = ..., note: _Optional[str] = ..., request_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., accept_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
