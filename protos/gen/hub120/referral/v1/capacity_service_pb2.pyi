from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.referral.v1 import capacity_pb2 as _capacity_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AskCapacityRequest(_message.Message):
    __slots__ = ("referral_id", "need", "area", "age", "urgent")
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    NEED_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    AGE_FIELD_NUMBER: _ClassVar[int]
    URGENT_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    need: str
    area: str
    age: _capacity_pb2.CapacityAge
    urgent: bool
    def __init__(self, referral_id: _Optional[str] = ..., need: _Optional[str] = ..., area: _Optional[str] = ..., age: _Optional[_Union[_capacity_pb2.CapacityAge, str]] = ..., urgent: _Optional[bool] = ...) -> None: ...

class AskCapacityResponse(_message.Message):
    __slots__ = ("call_agency", "words")
    CALL_AGENCY_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    call_agency: bool
    words: str
    def __init__(self, call_agency: _Optional[bool] = ..., words: _Optional[str] = ...) -> None: ...

class ReportCapacityRequest(_message.Message):
    __slots__ = ("organization_id", "need", "room", "weeks")
    ORGANIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    NEED_FIELD_NUMBER: _ClassVar[int]
    ROOM_FIELD_NUMBER: _ClassVar[int]
    WEEKS_FIELD_NUMBER: _ClassVar[int]
    organization_id: str
    need: str
    room: _capacity_pb2.CapacityRoom
    weeks: int
    def __init__(self, organization_id: _Optional[str] = ..., need: _Optional[str] = ..., room: _Optional[_Union[_capacity_pb2.CapacityRoom, str]] = ..., weeks: _Optional[int] = ...) -> None: ...

class ReportCapacityResponse(_message.Message):
    __slots__ = ("capacity",)
    CAPACITY_FIELD_NUMBER: _ClassVar[int]
    capacity: _capacity_pb2.Capacity
    def __init__(self, capacity: _Optional[_Union[_capacity_pb2.Capacity, _Mapping]] = ...) -> None: ...

class ListCapacityRequest(_message.Message):
    __slots__ = ("organization_id",)
    ORGANIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    organization_id: str
    def __init__(self, organization_id: _Optional[str] = ...) -> None: ...

class ListCapacityResponse(_message.Message):
    __slots__ = ("capacities",)
    CAPACITIES_FIELD_NUMBER: _ClassVar[int]
    capacities: _containers.RepeatedCompositeFieldContainer[_capacity_pb2.Capacity]
    def __init__(self, capacities: _Optional[_Iterable[_Union[_capacity_pb2.Capacity, _Mapping]]] = ...) -> None: ...
