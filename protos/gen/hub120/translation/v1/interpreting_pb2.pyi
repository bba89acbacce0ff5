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

class ProviderKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PROVIDER_KIND_UNSPECIFIED: _ClassVar[ProviderKind]
    PROVIDER_KIND_IN_HOUSE: _ClassVar[ProviderKind]
    PROVIDER_KIND_PARTNER: _ClassVar[ProviderKind]
    PROVIDER_KIND_VOLUNTEERS: _ClassVar[ProviderKind]
    PROVIDER_KIND_MACHINE: _ClassVar[ProviderKind]
    PROVIDER_KIND_CALLBACK: _ClassVar[ProviderKind]

class SessionState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SESSION_STATE_UNSPECIFIED: _ClassVar[SessionState]
    SESSION_STATE_REQUESTED: _ClassVar[SessionState]
    SESSION_STATE_OFFERED: _ClassVar[SessionState]
    SESSION_STATE_UNANSWERED: _ClassVar[SessionState]
    SESSION_STATE_CONNECTED: _ClassVar[SessionState]
    SESSION_STATE_RELAYING: _ClassVar[SessionState]
    SESSION_STATE_EXHAUSTED: _ClassVar[SessionState]
    SESSION_STATE_CALLBACK: _ClassVar[SessionState]
    SESSION_STATE_ENDED: _ClassVar[SessionState]
    SESSION_STATE_CANCELLED: _ClassVar[SessionState]

class AttemptOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ATTEMPT_OUTCOME_UNSPECIFIED: _ClassVar[AttemptOutcome]
    ATTEMPT_OUTCOME_ACCEPTED: _ClassVar[AttemptOutcome]
    ATTEMPT_OUTCOME_DECLINED: _ClassVar[AttemptOutcome]
    ATTEMPT_OUTCOME_NO_ANSWER: _ClassVar[AttemptOutcome]
    ATTEMPT_OUTCOME_FAILED: _ClassVar[AttemptOutcome]
    ATTEMPT_OUTCOME_DROPPED: _ClassVar[AttemptOutcome]
    ATTEMPT_OUTCOME_WITHDRAWN: _ClassVar[AttemptOutcome]

class RelayDirection(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RELAY_DIRECTION_UNSPECIFIED: _ClassVar[RelayDirection]
    RELAY_DIRECTION_TO_AGENT: _ClassVar[RelayDirection]
    RELAY_DIRECTION_TO_CITIZEN: _ClassVar[RelayDirection]

class RelayState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RELAY_STATE_UNSPECIFIED: _ClassVar[RelayState]
    RELAY_STATE_PENDING: _ClassVar[RelayState]
    RELAY_STATE_SENT: _ClassVar[RelayState]
    RELAY_STATE_TRANSLATED: _ClassVar[RelayState]
    RELAY_STATE_DELIVERED: _ClassVar[RelayState]
    RELAY_STATE_FAILED: _ClassVar[RelayState]
PROVIDER_KIND_UNSPECIFIED: ProviderKind
PROVIDER_KIND_IN_HOUSE: ProviderKind
PROVIDER_KIND_PARTNER: ProviderKind
PROVIDER_KIND_VOLUNTEERS: ProviderKind
PROVIDER_KIND_MACHINE: ProviderKind
PROVIDER_KIND_CALLBACK: ProviderKind
SESSION_STATE_UNSPECIFIED: SessionState
SESSION_STATE_REQUESTED: SessionState
SESSION_STATE_OFFERED: SessionState
SESSION_STATE_UNANSWERED: SessionState
SESSION_STATE_CONNECTED: SessionState
SESSION_STATE_RELAYING: SessionState
SESSION_STATE_EXHAUSTED: SessionState
SESSION_STATE_CALLBACK: SessionState
SESSION_STATE_ENDED: SessionState
SESSION_STATE_CANCELLED: SessionState
ATTEMPT_OUTCOME_UNSPECIFIED: AttemptOutcome
ATTEMPT_OUTCOME_ACCEPTED: AttemptOutcome
ATTEMPT_OUTCOME_DECLINED: AttemptOutcome
ATTEMPT_OUTCOME_NO_ANSWER: AttemptOutcome
ATTEMPT_OUTCOME_FAILED: AttemptOutcome
ATTEMPT_OUTCOME_DROPPED: AttemptOutcome
ATTEMPT_OUTCOME_WITHDRAWN: AttemptOutcome
RELAY_DIRECTION_UNSPECIFIED: RelayDirection
RELAY_DIRECTION_TO_AGENT: RelayDirection
RELAY_DIRECTION_TO_CITIZEN: RelayDirection
RELAY_STATE_UNSPECIFIED: RelayState
RELAY_STATE_PENDING: RelayState
RELAY_STATE_SENT: RelayState
RELAY_STATE_TRANSLATED: RelayState
RELAY_STATE_DELIVERED: RelayState
RELAY_STATE_FAILED: RelayState

class Provider(_message.Message):
    __slots__ = ("kind", "connector", "answer_within")
    KIND_FIELD_NUMBER: _ClassVar[int]
    CONNECTOR_FIELD_NUMBER: _ClassVar[int]
    ANSWER_WITHIN_FIELD_NUMBER: _ClassVar[int]
    kind: ProviderKind
    connector: str
    answer_within: _duration_pb2.Duration
    def __init__(self, kind: _Optional[_Union[ProviderKind, str]] = ..., connector: _Optional[str] = ..., answer_within: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class Hours(_message.Message):
    __slots__ = ("days", "from_time", "to_time", "except_holidays")
    DAYS_FIELD_NUMBER: _ClassVar[int]
    FROM_TIME_FIELD_NUMBER: _ClassVar[int]
    TO_TIME_FIELD_NUMBER: _ClassVar[int]
    EXCEPT_HOLIDAYS_FIELD_NUMBER: _ClassVar[int]
    days: _containers.RepeatedScalarFieldContainer[str]
    from_time: str
    to_time: str
    except_holidays: bool
    def __init__(self, days: _Optional[_Iterable[str]] = ..., from_time: _Optional[str] = ..., to_time: _Optional[str] = ..., except_holidays: _Optional[bool] = ...) -> None: ...

class CoverageRule(_message.Message):
    __slots__ = ("id", "position", "languages", "media", "residence_statuses", "hours", "providers")
    ID_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    LANGUAGES_FIELD_NUMBER: _ClassVar[int]
    MEDIA_FIELD_NUMBER: _ClassVar[int]
    RESIDENCE_STATUSES_FIELD_NUMBER: _ClassVar[int]
    HOURS_FIELD_NUMBER: _ClassVar[int]
    PROVIDERS_FIELD_NUMBER: _ClassVar[int]
    id: str
    position: int
    languages: _containers.RepeatedScalarFieldContainer[str]
    media: _containers.RepeatedScalarFieldContainer[_case_pb2.Medium]
    residence_statuses: _containers.RepeatedScalarFieldContainer[str]
    hours: _containers.RepeatedCompositeFieldContainer[Hours]
    providers: _containers.RepeatedCompositeFieldContainer[Provider]
    def __init__(self, id: _Optional[str] = ..., position: _Optional[int] = ..., languages: _Optional[_Iterable[str]] = ..., media: _Optional[_Iterable[_Union[_case_pb2.Medium, str]]] = ..., residence_statuses: _Optional[_Iterable[str]] = ..., hours: _Optional[_Iterable[_Union[Hours, _Mapping]]] = ..., providers: _Optional[_Iterable[_Union[Provider, _Mapping]]] = ...) -> None: ...

class Coverage(_message.Message):
    __slots__ = ("language", "medium", "residence_status", "providers", "rule_id", "change_time")
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    MEDIUM_FIELD_NUMBER: _ClassVar[int]
    RESIDENCE_STATUS_FIELD_NUMBER: _ClassVar[int]
    PROVIDERS_FIELD_NUMBER: _ClassVar[int]
    RULE_ID_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    language: str
    medium: _case_pb2.Medium
    residence_status: str
    providers: _containers.RepeatedCompositeFieldContainer[Provider]
    rule_id: str
    change_time: _timestamp_pb2.Timestamp
    def __init__(self, language: _Optional[str] = ..., medium: _Optional[_Union[_case_pb2.Medium, str]] = ..., residence_status: _Optional[str] = ..., providers: _Optional[_Iterable[_Union[Provider, _Mapping]]] = ..., rule_id: _Optional[str] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Language(_message.Message):
    __slots__ = ("code", "name_ko", "name_en", "name")
    CODE_FIELD_NUMBER: _ClassVar[int]
    NAME_KO_FIELD_NUMBER: _ClassVar[int]
    NAME_EN_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    code: str
    name_ko: str
    name_en: str
    name: str
    def __init__(self, code: _Optional[str] = ..., name_ko: _Optional[str] = ..., name_en: _Optional[str] = ..., name: _Optional[str] = ...) -> None: ...

class Attempt(_message.Message):
    __slots__ = ("number", "provider", "interpreter", "outcome", "reason", "choose_time", "request_time", "accept_time", "end_time")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    PROVIDER_FIELD_NUMBER: _ClassVar[int]
    INTERPRETER_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CHOOSE_TIME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_TIME_FIELD_NUMBER: _ClassVar[int]
    ACCEPT_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    number: int
    provider: Provider
    interpreter: str
    outcome: AttemptOutcome
    reason: str
    choose_time: _timestamp_pb2.Timestamp
    request_time: _timestamp_pb2.Timestamp
    accept_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, number: _Optional[int] = ..., provider: _Optional[_Union[Provider, _Mapping]] = ..., interpreter: _Optional[str] = ..., outcome: _Optional[_Union[AttemptOutcome, str]] = ..., reason: _Optional[str] = ..., choose_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., request_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., accept_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class InterpreterSession(_message.Message):
    __slots__ = ("id", "case_id", "work_item_id", "agent_id", "language", "medium", "residence_status", "state", "attempts", "next_providers", "machine", "request_time", "connect_time", "end_time", "due_time", "sequence", "traceparent")
    ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    MEDIUM_FIELD_NUMBER: _ClassVar[int]
    RESIDENCE_STATUS_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PROVIDERS_FIELD_NUMBER: _ClassVar[int]
    MACHINE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_TIME_FIELD_NUMBER: _ClassVar[int]
    CONNECT_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    TRACEPARENT_FIELD_NUMBER: _ClassVar[int]
    id: str
    case_id: str
    work_item_id: str
    agent_id: str
    language: str
    medium: _case_pb2.Medium
    residence_status: str
    state: SessionState
    attempts: _containers.RepeatedCompositeFieldContainer[Attempt]
    next_providers: _containers.RepeatedCompositeFieldContainer[Provider]
    machine: bool
    request_time: _timestamp_pb2.Timestamp
    connect_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    due_time: _timestamp_pb2.Timestamp
    sequence: int
    traceparent: str
    def __init__(self, id: _Optional[str] = ..., case_id: _Optional[str] = ..., work_item_id: _Optional[str] = ..., agent_id: _Optional[str] = ..., language: _Optional[str] = ..., medium: _Optional[_Union[_case_pb2.Medium, str]] = ..., residence_status: _Optional[str] = ..., state: _Optional[_Union[SessionState, str]] = ..., attempts: _Optional[_Iterable[_Union[Attempt, _Mapping]]] = ..., next_providers: _Optional[_Iterable[_Union[Provider, _Mapping]]] = ..., machine: _Optional[bool] = ..., request_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., connect_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., sequence: _Optional[int] = ..., traceparent: _Optional[str] = ...) -> None: ...

class TermUse(_message.Message):
    __slots__ = ("korean", "translation", "kept")
    KOREAN_FIELD_NUMBER: _ClassVar[int]
    TRANSLATION_FIELD_NUMBER: _ClassVar[int]
    KEPT_FIELD_NUMBER: _ClassVar[int]
    korean: str
    translation: str
    kept: bool
    def __init__(self, korean: _Optional[str] = ..., translation: _Optional[str] = ..., kept: _Optional[bool] = ...) -> None: ...

class RelayedMessage(_message.Message):
    __slots__ = ("id", "session_id", "number", "direction", "state", "original", "translation", "machine", "interpreter", "terms", "reason", "say_time", "translate_time", "contact_id", "reply_id")
    ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    DIRECTION_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    ORIGINAL_FIELD_NUMBER: _ClassVar[int]
    TRANSLATION_FIELD_NUMBER: _ClassVar[int]
    MACHINE_FIELD_NUMBER: _ClassVar[int]
    INTERPRETER_FIELD_NUMBER: _ClassVar[int]
    TERMS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    SAY_TIME_FIELD_NUMBER: _ClassVar[int]
    TRANSLATE_TIME_FIELD_NUMBER: _ClassVar[int]
    CONTACT_ID_FIELD_NUMBER: _ClassVar[int]
    REPLY_ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    session_id: str
    number: int
    direction: RelayDirection
    state: RelayState
    original: str
    translation: str
    machine: bool
    interpreter: str
    terms: _containers.RepeatedCompositeFieldContainer[TermUse]
    reason: str
    say_time: _timestamp_pb2.Timestamp
    translate_time: _timestamp_pb2.Timestamp
    contact_id: str
    reply_id: str
    def __init__(self, id: _Optional[str] = ..., session_id: _Optional[str] = ..., number: _Optional[int] = ..., direction: _Optional[_Union[RelayDirection, str]] = ..., state: _Optional[_Union[RelayState, str]] = ..., original: _Optional[str] = ..., translation: _Optional[str] = ..., machine: _Optional[bool] = ..., interpreter: _Optional[str] = ..., terms: _Optional[_Iterable[_Union[TermUse, _Mapping]]] = ..., reason: _Optional[str] = ..., say_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., translate_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., contact_id: _Optional[str] = ..., reply_id: _Optional[str] = ...) -> None: ...

class Term(_message.Message):
    __slots__ = ("korean", "language", "translation", "note", "version", "changed_by", "change_time")
    KOREAN_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    TRANSLATION_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    CHANGED_BY_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    korean: str
    language: str
    translation: str
    note: str
    version: int
    changed_by: str
    change_time: _timestamp_pb2.Timestamp
    def __init__(self, korean: _Optional[str] = ..., language: _Optional[str] = ..., translation: _Optional[str] = ..., note: _Optional[str] = ..., version: _Optional[int] = ..., changed_by: _Optional[str] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Volunteer(_message.Message):
    __slots__ = ("id", "languages", "hours", "telephone", "sessions_a_day", "minutes_a_day", "resting", "sessions_today", "minutes_today", "ask_time")
    ID_FIELD_NUMBER: _ClassVar[int]
    LANGUAGES_FIELD_NUMBER: _ClassVar[int]
    HOURS_FIELD_NUMBER: _ClassVar[int]
    TELEPHONE_FIELD_NUMBER: _ClassVar[int]
    SESSIONS_A_DAY_FIELD_NUMBER: _ClassVar[int]
    MINUTES_A_DAY_FIELD_NUMBER: _ClassVar[int]
    RESTING_FIELD_NUMBER: _ClassVar[int]
    SESSIONS_TODAY_FIELD_NUMBER: _ClassVar[int]
    MINUTES_TODAY_FIELD_NUMBER: _ClassVar[int]
    ASK_TIME_FIELD_NUMBER: _ClassVar[int]
    id: str
    languages: _containers.RepeatedScalarFieldContainer[str]
    hours: _containers.RepeatedCompositeFieldContainer[Hours]
    telephone: str
    sessions_a_day: int
    minutes_a_day: int
    resting: bool
    sessions_today: int
    minutes_today: int
    ask_time: _timestamp_pb2.Timestamp
    def __init__(self, id: _Optional[str] = ..., languages: _Optional[_Iterable[str]] = ..., hours: _Optional[_Iterable[_Union[Hours, _Mapping]]] = ..., telephone: _Optional[str] = ..., sessions_a_day: _Optional[int] = ..., minutes_a_day: _Optional[int] = ..., resting: _Optional[bool] = ..., sessions_today: _Optional[int] = ..., minutes_today: _Optional[int] = ..., ask_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
