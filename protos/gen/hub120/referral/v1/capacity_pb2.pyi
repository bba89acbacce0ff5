import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CapacityRoom(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CAPACITY_ROOM_UNSPECIFIED: _ClassVar[CapacityRoom]
    CAPACITY_ROOM_ROOM: _ClassVar[CapacityRoom]
    CAPACITY_ROOM_NO_ROOM: _ClassVar[CapacityRoom]
    CAPACITY_ROOM_WAITING_LIST: _ClassVar[CapacityRoom]
    CAPACITY_ROOM_ASSESSMENT: _ClassVar[CapacityRoom]

class CapacityAge(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CAPACITY_AGE_UNSPECIFIED: _ClassVar[CapacityAge]
    CAPACITY_AGE_UNDER_19: _ClassVar[CapacityAge]
    CAPACITY_AGE_FROM_19: _ClassVar[CapacityAge]
    CAPACITY_AGE_FROM_35: _ClassVar[CapacityAge]
    CAPACITY_AGE_FROM_65: _ClassVar[CapacityAge]
CAPACITY_ROOM_UNSPECIFIED: CapacityRoom
CAPACITY_ROOM_ROOM: CapacityRoom
CAPACITY_ROOM_NO_ROOM: CapacityRoom
CAPACITY_ROOM_WAITING_LIST: CapacityRoom
CAPACITY_ROOM_ASSESSMENT: CapacityRoom
CAPACITY_AGE_UNSPECIFIED: CapacityAge
CAPACITY_AGE_UNDER_19: CapacityAge
CAPACITY_AGE_FROM_19: CapacityAge
CAPACITY_AGE_FROM_35: CapacityAge
CAPACITY_AGE_FROM_65: CapacityAge

class Capacity(_message.Message):
    __slots__ = ("organization_id", "need", "room", "weeks", "say_time", "counts")
    ORGANIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    NEED_FIELD_NUMBER: _ClassVar[int]
    ROOM_FIELD_NUMBER: _ClassVar[int]
    WEEKS_FIELD_NUMBER: _ClassVar[int]
    SAY_TIME_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    organization_id: str
    need: str
    room: CapacityRoom
    weeks: int
    say_time: _timestamp_pb2.Timestamp
    counts: bool
    def __init__(self, organization_id: _Optional[str] = ..., need: _Optional[str] = ..., room: _Optional[_Union[CapacityRoom, str]] = ..., weeks: _Optional[int] = ..., say_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., counts: _Optional[bool] = ...) -> None: ...
