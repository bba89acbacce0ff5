import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.operations.v1 import connector_pb2 as _connector_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ConnectorsReported(_message.Message):
    __slots__ = ("process", "report_time", "connectors")
    class ConnectorsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: _connector_pb2.ConnectorHealth
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[_connector_pb2.ConnectorHealth, _Mapping]] = ...) -> None: ...
    PROCESS_FIELD_NUMBER: _ClassVar[int]
    REPORT_TIME_FIELD_NUMBER: _ClassVar[int]
    CONNECTORS_FIELD_NUMBER: _ClassVar[int]
    process: _connector_pb2.ProcessInstance
    report_time: _timestamp_pb2.Timestamp
    connectors: _containers.MessageMap[str, _connector_pb2.ConnectorHealth]
    def __init__(self, process: _Optional[_Union[_connector_pb2.ProcessInstance, _Mapping]] = ..., report_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., connectors: _Optional[_Mapping[str, _connector_pb2.ConnectorHealth]] = ...) -> None: ...
