import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
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

class SendPart(_message.Message):
    __slots__ = ("part_id", "channel")
    PART_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    part_id: str
    channel: str
    def __init__(self, part_id: _Optional[str] = ..., channel: _Optional[str] = ...) -> None: ...
