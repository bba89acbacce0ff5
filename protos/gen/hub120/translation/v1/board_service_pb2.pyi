import datetime

from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.translation.v1 import interpreting_pb2 as _interpreting_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetInterpretingRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetInterpretingResponse(_message.Message):
    __slots__ = ("interpreting",)
    INTERPRETING_FIELD_NUMBER: _ClassVar[int]
    interpreting: Interpreting
    def __init__(self, interpreting: _Optional[_Union[Interpreting, _Mapping]] = ...) -> None: ...

class WatchInterpretingRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class WatchInterpretingResponse(_message.Message):
    __slots__ = ("interpreting", "stale")
    INTERPRETING_FIELD_NUMBER: _ClassVar[int]
    STALE_FIELD_NUMBER: _ClassVar[int]
    interpreting: Interpreting
    stale: bool
    def __init__(self, interpreting: _Optional[_Union[Interpreting, _Mapping]] = ..., stale: _Optional[bool] = ...) -> None: ...

class Interpreting(_message.Message):
    __slots__ = ("read_time", "sessions", "partners", "volunteers", "volunteers_busy", "volunteers_resting", "connected", "unanswered", "connect_p50", "connect_p90")
    READ_TIME_FIELD_NUMBER: _ClassVar[int]
    SESSIONS_FIELD_NUMBER: _ClassVar[int]
    PARTNERS_FIELD_NUMBER: _ClassVar[int]
    VOLUNTEERS_FIELD_NUMBER: _ClassVar[int]
    VOLUNTEERS_BUSY_FIELD_NUMBER: _ClassVar[int]
    VOLUNTEERS_RESTING_FIELD_NUMBER: _ClassVar[int]
    CONNECTED_FIELD_NUMBER: _ClassVar[int]
    UNANSWERED_FIELD_NUMBER: _ClassVar[int]
    CONNECT_P50_FIELD_NUMBER: _ClassVar[int]
    CONNECT_P90_FIELD_NUMBER: _ClassVar[int]
    read_time: _timestamp_pb2.Timestamp
    sessions: _containers.RepeatedCompositeFieldContainer[SessionsNow]
    partners: int
    volunteers: int
    volunteers_busy: int
    volunteers_resting: int
    connected: int
    unanswered: int
    connect_p50: _duration_pb2.Duration
    connect_p90: _duration_pb2.Duration
    def __init__(self, read_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., sessions: _Optional[_Iterable[_Union[SessionsNow, _Mapping]]] = ..., partners: _Optional[int] = ..., volunteers: _Optional[int] = ..., volunteers_busy: _Optional[int] = ..., volunteers_resting: _Optional[int] = ..., connected: _Optional[int] = ..., unanswered: _Optional[int] = ..., connect_p50: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., connect_p90: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class SessionsNow(_message.Message):
    __slots__ = ("language", "state", "sessions")
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    SESSIONS_FIELD_NUMBER: _ClassVar[int]
    language: str
    state: _interpreting_pb2.SessionState
    sessions: int
    def __init__(self, language: _Optional[str] = ..., state: _Optional[_Union[_interpreting_pb2.SessionState, str]] = ..., sessions: _Optional[int] = ...) -> None: ...
