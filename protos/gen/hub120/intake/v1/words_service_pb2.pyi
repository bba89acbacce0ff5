import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.intake.v1 import case_pb2 as _case_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ReadWordsRequest(_message.Message):
    __slots__ = ("case_id", "after_sequence", "unanswered")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    AFTER_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    UNANSWERED_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    after_sequence: int
    unanswered: bool
    def __init__(self, case_id: _Optional[str] = ..., after_sequence: _Optional[int] = ..., unanswered: _Optional[bool] = ...) -> None: ...

class ReadWordsResponse(_message.Message):
    __slots__ = ("words", "sequence", "more", "topic")
    WORDS_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    MORE_FIELD_NUMBER: _ClassVar[int]
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    words: _containers.RepeatedCompositeFieldContainer[CitizenWords]
    sequence: int
    more: bool
    topic: str
    def __init__(self, words: _Optional[_Iterable[_Union[CitizenWords, _Mapping]]] = ..., sequence: _Optional[int] = ..., more: _Optional[bool] = ..., topic: _Optional[str] = ...) -> None: ...

class CitizenWords(_message.Message):
    __slots__ = ("contact_id", "sequence", "text", "language", "receive_time", "traceparent")
    CONTACT_ID_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    RECEIVE_TIME_FIELD_NUMBER: _ClassVar[int]
    TRACEPARENT_FIELD_NUMBER: _ClassVar[int]
    contact_id: str
    sequence: int
    text: str
    language: str
    receive_time: _timestamp_pb2.Timestamp
    traceparent: str
    def __init__(self, contact_id: _Optional[str] = ..., sequence: _Optional[int] = ..., text: _Optional[str] = ..., language: _Optional[str] = ..., receive_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., traceparent: _Optional[str] = ...) -> None: ...

class ReplyForAgentRequest(_message.Message):
    __slots__ = ("case_id", "agent_id", "request_id", "text", "original_text", "machine_translated")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    ORIGINAL_TEXT_FIELD_NUMBER: _ClassVar[int]
    MACHINE_TRANSLATED_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    agent_id: str
    request_id: str
    text: str
    original_text: str
    machine_translated: bool
    def __init__(self, case_id: _Optional[str] = ..., agent_id: _Optional[str] = ..., request_id: _Optional[str] = ..., text: _Optional[str] = ..., original_text: _Optional[str] = ..., machine_translated: _Optional[bool] = ...) -> None: ...

class ReplyForAgentResponse(_message.Message):
    __slots__ = ("reply",)
    REPLY_FIELD_NUMBER: _ClassVar[int]
    reply: _case_pb2.Reply
    def __init__(self, reply: _Optional[_Union[_case_pb2.Reply, _Mapping]] = ...) -> None: ...
