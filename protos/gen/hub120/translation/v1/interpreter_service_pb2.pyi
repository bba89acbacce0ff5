import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.intake.v1 import case_pb2 as _case_pb2
from hub120.translation.v1 import interpreting_pb2 as _interpreting_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class StartSessionRequest(_message.Message):
    __slots__ = ("case_id", "work_item_id", "language", "medium", "residence_status", "request_id")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    MEDIUM_FIELD_NUMBER: _ClassVar[int]
    RESIDENCE_STATUS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    work_item_id: str
    language: str
    medium: _case_pb2.Medium
    residence_status: str
    request_id: str
    def __init__(self, case_id: _Optional[str] = ..., work_item_id: _Optional[str] = ..., language: _Optional[str] = ..., medium: _Optional[_Union[_case_pb2.Medium, str]] = ..., residence_status: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class StartSessionResponse(_message.Message):
    __slots__ = ("session",)
    SESSION_FIELD_NUMBER: _ClassVar[int]
    session: _interpreting_pb2.InterpreterSession
    def __init__(self, session: _Optional[_Union[_interpreting_pb2.InterpreterSession, _Mapping]] = ...) -> None: ...

class GetSessionRequest(_message.Message):
    __slots__ = ("session_id",)
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    def __init__(self, session_id: _Optional[str] = ...) -> None: ...

class GetSessionResponse(_message.Message):
    __slots__ = ("session",)
    SESSION_FIELD_NUMBER: _ClassVar[int]
    session: _interpreting_pb2.InterpreterSession
    def __init__(self, session: _Optional[_Union[_interpreting_pb2.InterpreterSession, _Mapping]] = ...) -> None: ...

class ListSessionsRequest(_message.Message):
    __slots__ = ("case_id", "active", "page_size", "page_token")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    ACTIVE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    active: bool
    page_size: int
    page_token: str
    def __init__(self, case_id: _Optional[str] = ..., active: _Optional[bool] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListSessionsResponse(_message.Message):
    __slots__ = ("sessions", "next_page_token")
    SESSIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    sessions: _containers.RepeatedCompositeFieldContainer[_interpreting_pb2.InterpreterSession]
    next_page_token: str
    def __init__(self, sessions: _Optional[_Iterable[_Union[_interpreting_pb2.InterpreterSession, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class WatchSessionRequest(_message.Message):
    __slots__ = ("session_id",)
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    def __init__(self, session_id: _Optional[str] = ...) -> None: ...

class WatchSessionResponse(_message.Message):
    __slots__ = ("session",)
    SESSION_FIELD_NUMBER: _ClassVar[int]
    session: _interpreting_pb2.InterpreterSession
    def __init__(self, session: _Optional[_Union[_interpreting_pb2.InterpreterSession, _Mapping]] = ...) -> None: ...

class ReplaceInterpreterRequest(_message.Message):
    __slots__ = ("session_id", "attempt_number", "reason")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_NUMBER_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    attempt_number: int
    reason: str
    def __init__(self, session_id: _Optional[str] = ..., attempt_number: _Optional[int] = ..., reason: _Optional[str] = ...) -> None: ...

class ReplaceInterpreterResponse(_message.Message):
    __slots__ = ("session",)
    SESSION_FIELD_NUMBER: _ClassVar[int]
    session: _interpreting_pb2.InterpreterSession
    def __init__(self, session: _Optional[_Union[_interpreting_pb2.InterpreterSession, _Mapping]] = ...) -> None: ...

class EndSessionRequest(_message.Message):
    __slots__ = ("session_id",)
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    def __init__(self, session_id: _Optional[str] = ...) -> None: ...

class EndSessionResponse(_message.Message):
    __slots__ = ("session",)
    SESSION_FIELD_NUMBER: _ClassVar[int]
    session: _interpreting_pb2.InterpreterSession
    def __init__(self, session: _Optional[_Union[_interpreting_pb2.InterpreterSession, _Mapping]] = ...) -> None: ...

class RelayRequest(_message.Message):
    __slots__ = ("open", "say")
    OPEN_FIELD_NUMBER: _ClassVar[int]
    SAY_FIELD_NUMBER: _ClassVar[int]
    open: OpenRelay
    say: Say
    def __init__(self, open: _Optional[_Union[OpenRelay, _Mapping]] = ..., say: _Optional[_Union[Say, _Mapping]] = ...) -> None: ...

class OpenRelay(_message.Message):
    __slots__ = ("session_id", "after_sequence")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    AFTER_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    after_sequence: int
    def __init__(self, session_id: _Optional[str] = ..., after_sequence: _Optional[int] = ...) -> None: ...

class Say(_message.Message):
    __slots__ = ("request_id", "text", "confirm_machine")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    CONFIRM_MACHINE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    text: str
    confirm_machine: bool
    def __init__(self, request_id: _Optional[str] = ..., text: _Optional[str] = ..., confirm_machine: _Optional[bool] = ...) -> None: ...

class RelayResponse(_message.Message):
    __slots__ = ("sequence", "message", "session", "said", "refused")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    SAID_FIELD_NUMBER: _ClassVar[int]
    REFUSED_FIELD_NUMBER: _ClassVar[int]
    sequence: int
    message: _interpreting_pb2.RelayedMessage
    session: _interpreting_pb2.InterpreterSession
    said: Said
    refused: Refused
    def __init__(self, sequence: _Optional[int] = ..., message: _Optional[_Union[_interpreting_pb2.RelayedMessage, _Mapping]] = ..., session: _Optional[_Union[_interpreting_pb2.InterpreterSession, _Mapping]] = ..., said: _Optional[_Union[Said, _Mapping]] = ..., refused: _Optional[_Union[Refused, _Mapping]] = ...) -> None: ...

class Said(_message.Message):
    __slots__ = ("request_id", "message_id", "number")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    message_id: str
    number: int
    def __init__(self, request_id: _Optional[str] = ..., message_id: _Optional[str] = ..., number: _Optional[int] = ...) -> None: ...

class Refused(_message.Message):
    __slots__ = ("request_id", "reason", "refuse_time")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REFUSE_TIME_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    reason: str
    refuse_time: _timestamp_pb2.Timestamp
    def __init__(self, request_id: _Optional[str] = ..., reason: _Optional[str] = ..., refuse_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
