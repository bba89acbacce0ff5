import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class SatisfactionGiven(_message.Message):
    __slots__ = ("case_id", "score", "give_time")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    GIVE_TIME_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    score: int
    give_time: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., score: _Optional[int] = ..., give_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CallWanted(_message.Message):
    __slots__ = ("request_id", "case_id", "citizen_id", "purpose", "language", "preferred_agent_ids")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_ID_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    PREFERRED_AGENT_IDS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    case_id: str
    citizen_id: str
    purpose: str
    language: str
    preferred_agent_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, request_id: _Optional[str] = ..., case_id: _Optional[str] = ..., citizen_id: _Optional[str] = ..., purpose: _Optional[str] = ..., language: _Optional[str] = ..., preferred_agent_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class CallUnwanted(_message.Message):
    __slots__ = ("request_id", "case_id")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    case_id: str
    def __init__(self, request_id: _Optional[str] = ..., case_id: _Optional[str] = ...) -> None: ...

class ErrandWaits(_message.Message):
    __slots__ = ("errand_id",)
    ERRAND_ID_FIELD_NUMBER: _ClassVar[int]
    errand_id: str
    def __init__(self, errand_id: _Optional[str] = ...) -> None: ...

class RoundChanged(_message.Message):
    __slots__ = ("round_id", "sequence")
    ROUND_ID_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    round_id: str
    sequence: int
    def __init__(self, round_id: _Optional[str] = ..., sequence: _Optional[int] = ...) -> None: ...

class SendPart(_message.Message):
    __slots__ = ("part_id", "channel")
    PART_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    part_id: str
    channel: str
    def __init__(self, part_id: _Optional[str] = ..., channel: _Optional[str] = ...) -> None: ...
