import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ServiceKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SERVICE_KIND_UNSPECIFIED: _ClassVar[ServiceKind]
    SERVICE_KIND_WELFARE: _ClassVar[ServiceKind]
    SERVICE_KIND_LEGAL: _ClassVar[ServiceKind]

class DuplicateDecision(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DUPLICATE_DECISION_UNSPECIFIED: _ClassVar[DuplicateDecision]
    DUPLICATE_DECISION_SAME: _ClassVar[DuplicateDecision]
    DUPLICATE_DECISION_DIFFERENT: _ClassVar[DuplicateDecision]
SERVICE_KIND_UNSPECIFIED: ServiceKind
SERVICE_KIND_WELFARE: ServiceKind
SERVICE_KIND_LEGAL: ServiceKind
DUPLICATE_DECISION_UNSPECIFIED: DuplicateDecision
DUPLICATE_DECISION_SAME: DuplicateDecision
DUPLICATE_DECISION_DIFFERENT: DuplicateDecision

class ServiceTerm(_message.Message):
    __slots__ = ("taxonomy", "code", "name_ko", "name_en")
    TAXONOMY_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    NAME_KO_FIELD_NUMBER: _ClassVar[int]
    NAME_EN_FIELD_NUMBER: _ClassVar[int]
    taxonomy: str
    code: str
    name_ko: str
    name_en: str
    def __init__(self, taxonomy: _Optional[str] = ..., code: _Optional[str] = ..., name_ko: _Optional[str] = ..., name_en: _Optional[str] = ...) -> None: ...

class DirectoryEntry(_message.Message):
    __slots__ = ("id", "name", "organization_id", "organization_name", "kind", "status", "minimum_age", "maximum_age", "areas", "terms", "source_id", "assure_time", "assured_by", "age_days", "stale", "modify_time", "remove_time", "behind_id", "hsds")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    ORGANIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    ORGANIZATION_NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_AGE_FIELD_NUMBER: _ClassVar[int]
    MAXIMUM_AGE_FIELD_NUMBER: _ClassVar[int]
    AREAS_FIELD_NUMBER: _ClassVar[int]
    TERMS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_ID_FIELD_NUMBER: _ClassVar[int]
    ASSURE_TIME_FIELD_NUMBER: _ClassVar[int]
    ASSURED_BY_FIELD_NUMBER: _ClassVar[int]
    AGE_DAYS_FIELD_NUMBER: _ClassVar[int]
    STALE_FIELD_NUMBER: _ClassVar[int]
    MODIFY_TIME_FIELD_NUMBER: _ClassVar[int]
    REMOVE_TIME_FIELD_NUMBER: _ClassVar[int]
    BEHIND_ID_FIELD_NUMBER: _ClassVar[int]
    HSDS_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    organization_id: str
    organization_name: str
    kind: ServiceKind
    status: str
    minimum_age: int
    maximum_age: int
    areas: _containers.RepeatedScalarFieldContainer[str]
    terms: _containers.RepeatedCompositeFieldContainer[ServiceTerm]
    source_id: str
    assure_time: _timestamp_pb2.Timestamp
    assured_by: str
    age_days: int
    stale: bool
    modify_time: _timestamp_pb2.Timestamp
    remove_time: _timestamp_pb2.Timestamp
    behind_id: str
    hsds: str
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., organization_id: _Optional[str] = ..., organization_name: _Optional[str] = ..., kind: _Optional[_Union[ServiceKind, str]] = ..., status: _Optional[str] = ..., minimum_age: _Optional[int] = ..., maximum_age: _Optional[int] = ..., areas: _Optional[_Iterable[str]] = ..., terms: _Optional[_Iterable[_Union[ServiceTerm, _Mapping]]] = ..., source_id: _Optional[str] = ..., assure_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., assured_by: _Optional[str] = ..., age_days: _Optional[int] = ..., stale: _Optional[bool] = ..., modify_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., remove_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., behind_id: _Optional[str] = ..., hsds: _Optional[str] = ...) -> None: ...

class DirectorySource(_message.Message):
    __slots__ = ("id", "name", "kind", "rank", "service_count", "refused_count", "begin_time", "import_time")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    RANK_FIELD_NUMBER: _ClassVar[int]
    SERVICE_COUNT_FIELD_NUMBER: _ClassVar[int]
    REFUSED_COUNT_FIELD_NUMBER: _ClassVar[int]
    BEGIN_TIME_FIELD_NUMBER: _ClassVar[int]
    IMPORT_TIME_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    kind: str
    rank: int
    service_count: int
    refused_count: int
    begin_time: _timestamp_pb2.Timestamp
    import_time: _timestamp_pb2.Timestamp
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., kind: _Optional[str] = ..., rank: _Optional[int] = ..., service_count: _Optional[int] = ..., refused_count: _Optional[int] = ..., begin_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., import_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ImportError(_message.Message):
    __slots__ = ("key", "place", "path", "message", "find_time")
    KEY_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    FIND_TIME_FIELD_NUMBER: _ClassVar[int]
    key: str
    place: str
    path: str
    message: str
    find_time: _timestamp_pb2.Timestamp
    def __init__(self, key: _Optional[str] = ..., place: _Optional[str] = ..., path: _Optional[str] = ..., message: _Optional[str] = ..., find_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Duplicate(_message.Message):
    __slots__ = ("first_id", "second_id", "first_name", "second_name", "first_source_id", "second_source_id", "decision", "decided_by", "decide_time", "find_time")
    FIRST_ID_FIELD_NUMBER: _ClassVar[int]
    SECOND_ID_FIELD_NUMBER: _ClassVar[int]
    FIRST_NAME_FIELD_NUMBER: _ClassVar[int]
    SECOND_NAME_FIELD_NUMBER: _ClassVar[int]
    FIRST_SOURCE_ID_FIELD_NUMBER: _ClassVar[int]
    SECOND_SOURCE_ID_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    DECIDED_BY_FIELD_NUMBER: _ClassVar[int]
    DECIDE_TIME_FIELD_NUMBER: _ClassVar[int]
    FIND_TIME_FIELD_NUMBER: _ClassVar[int]
    first_id: str
    second_id: str
    first_name: str
    second_name: str
    first_source_id: str
    second_source_id: str
    decision: DuplicateDecision
    decided_by: str
    decide_time: _timestamp_pb2.Timestamp
    find_time: _timestamp_pb2.Timestamp
    def __init__(self, first_id: _Optional[str] = ..., second_id: _Optional[str] = ..., first_name: _Optional[str] = ..., second_name: _Optional[str] = ..., first_source_id: _Optional[str] = ..., second_source_id: _Optional[str] = ..., decision: _Optional[_Union[DuplicateDecision, str]] = ..., decided_by: _Optional[str] = ..., decide_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., find_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class FieldConflict(_message.Message):
    __slots__ = ("field", "first_value", "second_value")
    FIELD_FIELD_NUMBER: _ClassVar[int]
    FIRST_VALUE_FIELD_NUMBER: _ClassVar[int]
    SECOND_VALUE_FIELD_NUMBER: _ClassVar[int]
    field: str
    first_value: str
    second_value: str
    def __init__(self, field: _Optional[str] = ..., first_value: _Optional[str] = ..., second_value: _Optional[str] = ...) -> None: ...

class DirectoryConflict(_message.Message):
    __slots__ = ("duplicate", "believed_id", "fields")
    DUPLICATE_FIELD_NUMBER: _ClassVar[int]
    BELIEVED_ID_FIELD_NUMBER: _ClassVar[int]
    FIELDS_FIELD_NUMBER: _ClassVar[int]
    duplicate: Duplicate
    believed_id: str
    fields: _containers.RepeatedCompositeFieldContainer[FieldConflict]
    def __init__(self, duplicate: _Optional[_Union[Duplicate, _Mapping]] = ..., believed_id: _Optional[str] = ..., fields: _Optional[_Iterable[_Union[FieldConflict, _Mapping]]] = ...) -> None: ...
