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

class Packet(_message.Message):
    __slots__ = ("case_id", "case_number", "title", "summary", "topic", "place", "contacts", "language", "agent_id")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    CONTACTS_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    case_number: str
    title: str
    summary: str
    topic: str
    place: _case_pb2.Place
    contacts: _containers.RepeatedCompositeFieldContainer[PacketContact]
    language: str
    agent_id: str
    def __init__(self, case_id: _Optional[str] = ..., case_number: _Optional[str] = ..., title: _Optional[str] = ..., summary: _Optional[str] = ..., topic: _Optional[str] = ..., place: _Optional[_Union[_case_pb2.Place, _Mapping]] = ..., contacts: _Optional[_Iterable[_Union[PacketContact, _Mapping]]] = ..., language: _Optional[str] = ..., agent_id: _Optional[str] = ...) -> None: ...

class PacketContact(_message.Message):
    __slots__ = ("receive_time", "text")
    RECEIVE_TIME_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    receive_time: _timestamp_pb2.Timestamp
    text: str
    def __init__(self, receive_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., text: _Optional[str] = ...) -> None: ...

class PutPacketRequest(_message.Message):
    __slots__ = ("case_id", "title", "summary", "topic", "place")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    title: str
    summary: str
    topic: str
    place: _case_pb2.Place
    def __init__(self, case_id: _Optional[str] = ..., title: _Optional[str] = ..., summary: _Optional[str] = ..., topic: _Optional[str] = ..., place: _Optional[_Union[_case_pb2.Place, _Mapping]] = ...) -> None: ...

class PutPacketResponse(_message.Message):
    __slots__ = ("packet",)
    PACKET_FIELD_NUMBER: _ClassVar[int]
    packet: Packet
    def __init__(self, packet: _Optional[_Union[Packet, _Mapping]] = ...) -> None: ...

class GetPacketRequest(_message.Message):
    __slots__ = ("case_id",)
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    def __init__(self, case_id: _Optional[str] = ...) -> None: ...

class GetPacketResponse(_message.Message):
    __slots__ = ("packet",)
    PACKET_FIELD_NUMBER: _ClassVar[int]
    packet: Packet
    def __init__(self, packet: _Optional[_Union[Packet, _Mapping]] = ...) -> None: ...
