import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.intake.v1 import case_pb2 as _case_pb2
from hub120.intake.v1 import legs_pb2 as _legs_pb2
from hub120.translation.v1 import interpreting_pb2 as _interpreting_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class SessionMoved(_message.Message):
    __slots__ = ("session_id", "case_id", "work_item_id", "language", "medium", "state", "machine")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    MEDIUM_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    MACHINE_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    case_id: str
    work_item_id: str
    language: str
    medium: _case_pb2.Medium
    state: _interpreting_pb2.SessionState
    machine: bool
    def __init__(self, session_id: _Optional[str] = ..., case_id: _Optional[str] = ..., work_item_id: _Optional[str] = ..., language: _Optional[str] = ..., medium: _Optional[_Union[_case_pb2.Medium, str]] = ..., state: _Optional[_Union[_interpreting_pb2.SessionState, str]] = ..., machine: _Optional[bool] = ...) -> None: ...

class SessionChanged(_message.Message):
    __slots__ = ("session_id", "sequence")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    sequence: int
    def __init__(self, session_id: _Optional[str] = ..., sequence: _Optional[int] = ...) -> None: ...

class InterpreterLegWanted(_message.Message):
    __slots__ = ("session_id", "attempt_number", "case_id", "dial_to", "ring_seconds", "announcement", "expire_time")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_NUMBER_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    DIAL_TO_FIELD_NUMBER: _ClassVar[int]
    RING_SECONDS_FIELD_NUMBER: _ClassVar[int]
    ANNOUNCEMENT_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    attempt_number: int
    case_id: str
    dial_to: _legs_pb2.DialTo
    ring_seconds: int
    announcement: _legs_pb2.Announcement
    expire_time: _timestamp_pb2.Timestamp
    def __init__(self, session_id: _Optional[str] = ..., attempt_number: _Optional[int] = ..., case_id: _Optional[str] = ..., dial_to: _Optional[_Union[_legs_pb2.DialTo, _Mapping]] = ..., ring_seconds: _Optional[int] = ..., announcement: _Optional[_Union[_legs_pb2.Announcement, _Mapping]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class InterpreterLegUnwanted(_message.Message):
    __slots__ = ("session_id", "attempt_number", "case_id")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_NUMBER_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    attempt_number: int
    case_id: str
    def __init__(self, session_id: _Optional[str] = ..., attempt_number: _Optional[int] = ..., case_id: _Optional[str] = ...) -> None: ...

class RequestInterpreter(_message.Message):
    __slots__ = ("session_id", "attempt_number", "connector")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_NUMBER_FIELD_NUMBER: _ClassVar[int]
    CONNECTOR_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    attempt_number: int
    connector: str
    def __init__(self, session_id: _Optional[str] = ..., attempt_number: _Optional[int] = ..., connector: _Optional[str] = ...) -> None: ...

class ReleaseInterpreter(_message.Message):
    __slots__ = ("session_id", "attempt_number", "connector")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_NUMBER_FIELD_NUMBER: _ClassVar[int]
    CONNECTOR_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    attempt_number: int
    connector: str
    def __init__(self, session_id: _Optional[str] = ..., attempt_number: _Optional[int] = ..., connector: _Optional[str] = ...) -> None: ...

class TranslateMessage(_message.Message):
    __slots__ = ("message_id", "session_id", "connector")
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    CONNECTOR_FIELD_NUMBER: _ClassVar[int]
    message_id: str
    session_id: str
    connector: str
    def __init__(self, message_id: _Optional[str] = ..., session_id: _Optional[str] = ..., connector: _Optional[str] = ...) -> None: ...

class RelayChanged(_message.Message):
    __slots__ = ("session_id",)
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    def __init__(self, session_id: _Optional[str] = ...) -> None: ...

class WordsWait(_message.Message):
    __slots__ = ("session_id",)
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    def __init__(self, session_id: _Optional[str] = ...) -> None: ...
