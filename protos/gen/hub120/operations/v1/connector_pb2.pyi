import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ConnectorReadiness(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONNECTOR_READINESS_UNSPECIFIED: _ClassVar[ConnectorReadiness]
    CONNECTOR_READINESS_READY: _ClassVar[ConnectorReadiness]
    CONNECTOR_READINESS_UNCONFIGURED: _ClassVar[ConnectorReadiness]
    CONNECTOR_READINESS_DISABLED: _ClassVar[ConnectorReadiness]
    CONNECTOR_READINESS_FAILED: _ClassVar[ConnectorReadiness]
    CONNECTOR_READINESS_REFUSED: _ClassVar[ConnectorReadiness]

class ConnectorGrade(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONNECTOR_GRADE_UNSPECIFIED: _ClassVar[ConnectorGrade]
    CONNECTOR_GRADE_NONE: _ClassVar[ConnectorGrade]
    CONNECTOR_GRADE_BRONZE: _ClassVar[ConnectorGrade]
    CONNECTOR_GRADE_SILVER: _ClassVar[ConnectorGrade]
    CONNECTOR_GRADE_GOLD: _ClassVar[ConnectorGrade]
    CONNECTOR_GRADE_PLATINUM: _ClassVar[ConnectorGrade]

class ProcessKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PROCESS_KIND_UNSPECIFIED: _ClassVar[ProcessKind]
    PROCESS_KIND_API: _ClassVar[ProcessKind]
    PROCESS_KIND_WORKER: _ClassVar[ProcessKind]

class BreakerState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BREAKER_STATE_UNSPECIFIED: _ClassVar[BreakerState]
    BREAKER_STATE_CLOSED: _ClassVar[BreakerState]
    BREAKER_STATE_OPEN: _ClassVar[BreakerState]
    BREAKER_STATE_HALF_OPEN: _ClassVar[BreakerState]
CONNECTOR_READINESS_UNSPECIFIED: ConnectorReadiness
CONNECTOR_READINESS_READY: ConnectorReadiness
CONNECTOR_READINESS_UNCONFIGURED: ConnectorReadiness
CONNECTOR_READINESS_DISABLED: ConnectorReadiness
CONNECTOR_READINESS_FAILED: ConnectorReadiness
CONNECTOR_READINESS_REFUSED: ConnectorReadiness
CONNECTOR_GRADE_UNSPECIFIED: ConnectorGrade
CONNECTOR_GRADE_NONE: ConnectorGrade
CONNECTOR_GRADE_BRONZE: ConnectorGrade
CONNECTOR_GRADE_SILVER: ConnectorGrade
CONNECTOR_GRADE_GOLD: ConnectorGrade
CONNECTOR_GRADE_PLATINUM: ConnectorGrade
PROCESS_KIND_UNSPECIFIED: ProcessKind
PROCESS_KIND_API: ProcessKind
PROCESS_KIND_WORKER: ProcessKind
BREAKER_STATE_UNSPECIFIED: BreakerState
BREAKER_STATE_CLOSED: BreakerState
BREAKER_STATE_OPEN: BreakerState
BREAKER_STATE_HALF_OPEN: BreakerState

class Connector(_message.Message):
    __slots__ = ("id", "name", "version", "owner", "capabilities", "readiness", "reason", "missing_settings", "grade", "grade_day", "runs", "queues")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    CAPABILITIES_FIELD_NUMBER: _ClassVar[int]
    READINESS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    MISSING_SETTINGS_FIELD_NUMBER: _ClassVar[int]
    GRADE_FIELD_NUMBER: _ClassVar[int]
    GRADE_DAY_FIELD_NUMBER: _ClassVar[int]
    RUNS_FIELD_NUMBER: _ClassVar[int]
    QUEUES_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    version: str
    owner: str
    capabilities: _containers.RepeatedScalarFieldContainer[str]
    readiness: ConnectorReadiness
    reason: str
    missing_settings: _containers.RepeatedScalarFieldContainer[str]
    grade: ConnectorGrade
    grade_day: str
    runs: _containers.RepeatedCompositeFieldContainer[ConnectorRun]
    queues: _containers.RepeatedCompositeFieldContainer[ConnectorQueue]
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., version: _Optional[str] = ..., owner: _Optional[str] = ..., capabilities: _Optional[_Iterable[str]] = ..., readiness: _Optional[_Union[ConnectorReadiness, str]] = ..., reason: _Optional[str] = ..., missing_settings: _Optional[_Iterable[str]] = ..., grade: _Optional[_Union[ConnectorGrade, str]] = ..., grade_day: _Optional[str] = ..., runs: _Optional[_Iterable[_Union[ConnectorRun, _Mapping]]] = ..., queues: _Optional[_Iterable[_Union[ConnectorQueue, _Mapping]]] = ...) -> None: ...

class ConnectorRun(_message.Message):
    __slots__ = ("process", "health", "report_time")
    PROCESS_FIELD_NUMBER: _ClassVar[int]
    HEALTH_FIELD_NUMBER: _ClassVar[int]
    REPORT_TIME_FIELD_NUMBER: _ClassVar[int]
    process: ProcessInstance
    health: ConnectorHealth
    report_time: _timestamp_pb2.Timestamp
    def __init__(self, process: _Optional[_Union[ProcessInstance, _Mapping]] = ..., health: _Optional[_Union[ConnectorHealth, _Mapping]] = ..., report_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ProcessInstance(_message.Message):
    __slots__ = ("id", "kind", "services")
    ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SERVICES_FIELD_NUMBER: _ClassVar[int]
    id: str
    kind: ProcessKind
    services: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, id: _Optional[str] = ..., kind: _Optional[_Union[ProcessKind, str]] = ..., services: _Optional[_Iterable[str]] = ...) -> None: ...

class ConnectorHealth(_message.Message):
    __slots__ = ("healthy", "breaker", "breaker_since_time", "calls", "failures", "in_flight", "last_error", "last_error_time")
    HEALTHY_FIELD_NUMBER: _ClassVar[int]
    BREAKER_FIELD_NUMBER: _ClassVar[int]
    BREAKER_SINCE_TIME_FIELD_NUMBER: _ClassVar[int]
    CALLS_FIELD_NUMBER: _ClassVar[int]
    FAILURES_FIELD_NUMBER: _ClassVar[int]
    IN_FLIGHT_FIELD_NUMBER: _ClassVar[int]
    LAST_ERROR_FIELD_NUMBER: _ClassVar[int]
    LAST_ERROR_TIME_FIELD_NUMBER: _ClassVar[int]
    healthy: bool
    breaker: BreakerState
    breaker_since_time: _timestamp_pb2.Timestamp
    calls: int
    failures: int
    in_flight: int
    last_error: str
    last_error_time: _timestamp_pb2.Timestamp
    def __init__(self, healthy: _Optional[bool] = ..., breaker: _Optional[_Union[BreakerState, str]] = ..., breaker_since_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., calls: _Optional[int] = ..., failures: _Optional[int] = ..., in_flight: _Optional[int] = ..., last_error: _Optional[str] = ..., last_error_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ConnectorQueue(_message.Message):
    __slots__ = ("name", "waiting", "dead")
    NAME_FIELD_NUMBER: _ClassVar[int]
    WAITING_FIELD_NUMBER: _ClassVar[int]
    DEAD_FIELD_NUMBER: _ClassVar[int]
    name: str
    waiting: int
    dead: int
    def __init__(self, name: _Optional[str] = ..., waiting: _Optional[int] = ..., dead: _Optional[int] = ...) -> None: ...
