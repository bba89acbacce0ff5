from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.operations.v1 import connector_pb2 as _connector_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ListConnectorsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListConnectorsResponse(_message.Message):
    __slots__ = ("connectors", "queues_unknown")
    CONNECTORS_FIELD_NUMBER: _ClassVar[int]
    QUEUES_UNKNOWN_FIELD_NUMBER: _ClassVar[int]
    connectors: _containers.RepeatedCompositeFieldContainer[_connector_pb2.Connector]
    queues_unknown: bool
    def __init__(self, connectors: _Optional[_Iterable[_Union[_connector_pb2.Connector, _Mapping]]] = ..., queues_unknown: _Optional[bool] = ...) -> None: ...

class WatchConnectorsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class WatchConnectorsResponse(_message.Message):
    __slots__ = ("connectors", "queues_unknown")
    CONNECTORS_FIELD_NUMBER: _ClassVar[int]
    QUEUES_UNKNOWN_FIELD_NUMBER: _ClassVar[int]
    connectors: _containers.RepeatedCompositeFieldContainer[_connector_pb2.Connector]
    queues_unknown: bool
    def __init__(self, connectors: _Optional[_Iterable[_Union[_connector_pb2.Connector, _Mapping]]] = ..., queues_unknown: _Optional[bool] = ...) -> None: ...
