from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.referral.v1 import directory_pb2 as _directory_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetServiceRequest(_message.Message):
    __slots__ = ("service_id",)
    SERVICE_ID_FIELD_NUMBER: _ClassVar[int]
    service_id: str
    def __init__(self, service_id: _Optional[str] = ...) -> None: ...

class GetServiceResponse(_message.Message):
    __slots__ = ("service",)
    SERVICE_FIELD_NUMBER: _ClassVar[int]
    service: _directory_pb2.DirectoryEntry
    def __init__(self, service: _Optional[_Union[_directory_pb2.DirectoryEntry, _Mapping]] = ...) -> None: ...

class AssureServiceRequest(_message.Message):
    __slots__ = ("service_id",)
    SERVICE_ID_FIELD_NUMBER: _ClassVar[int]
    service_id: str
    def __init__(self, service_id: _Optional[str] = ...) -> None: ...

class AssureServiceResponse(_message.Message):
    __slots__ = ("service",)
    SERVICE_FIELD_NUMBER: _ClassVar[int]
    service: _directory_pb2.DirectoryEntry
    def __init__(self, service: _Optional[_Union[_directory_pb2.DirectoryEntry, _Mapping]] = ...) -> None: ...

class ListSourcesRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListSourcesResponse(_message.Message):
    __slots__ = ("sources",)
    SOURCES_FIELD_NUMBER: _ClassVar[int]
    sources: _containers.RepeatedCompositeFieldContainer[_directory_pb2.DirectorySource]
    def __init__(self, sources: _Optional[_Iterable[_Union[_directory_pb2.DirectorySource, _Mapping]]] = ...) -> None: ...

class PutSourceRequest(_message.Message):
    __slots__ = ("source_id", "name", "rank")
    SOURCE_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    RANK_FIELD_NUMBER: _ClassVar[int]
    source_id: str
    name: str
    rank: int
    def __init__(self, source_id: _Optional[str] = ..., name: _Optional[str] = ..., rank: _Optional[int] = ...) -> None: ...

class PutSourceResponse(_message.Message):
    __slots__ = ("source",)
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    source: _directory_pb2.DirectorySource
    def __init__(self, source: _Optional[_Union[_directory_pb2.DirectorySource, _Mapping]] = ...) -> None: ...

class ListImportErrorsRequest(_message.Message):
    __slots__ = ("source_id", "page_size", "page_token")
    SOURCE_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    source_id: str
    page_size: int
    page_token: str
    def __init__(self, source_id: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListImportErrorsResponse(_message.Message):
    __slots__ = ("errors", "next_page_token")
    ERRORS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    errors: _containers.RepeatedCompositeFieldContainer[_directory_pb2.ImportError]
    next_page_token: str
    def __init__(self, errors: _Optional[_Iterable[_Union[_directory_pb2.ImportError, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListDuplicatesRequest(_message.Message):
    __slots__ = ("decided", "page_size", "page_token")
    DECIDED_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    decided: bool
    page_size: int
    page_token: str
    def __init__(self, decided: _Optional[bool] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListDuplicatesResponse(_message.Message):
    __slots__ = ("duplicates", "next_page_token")
    DUPLICATES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    duplicates: _containers.RepeatedCompositeFieldContainer[_directory_pb2.Duplicate]
    next_page_token: str
    def __init__(self, duplicates: _Optional[_Iterable[_Union[_directory_pb2.Duplicate, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class DecideDuplicateRequest(_message.Message):
    __slots__ = ("first_id", "second_id", "decision")
    FIRST_ID_FIELD_NUMBER: _ClassVar[int]
    SECOND_ID_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    first_id: str
    second_id: str
    decision: _directory_pb2.DuplicateDecision
    def __init__(self, first_id: _Optional[str] = ..., second_id: _Optional[str] = ..., decision: _Optional[_Union[_directory_pb2.DuplicateDecision, str]] = ...) -> None: ...

class DecideDuplicateResponse(_message.Message):
    __slots__ = ("duplicate",)
    DUPLICATE_FIELD_NUMBER: _ClassVar[int]
    duplicate: _directory_pb2.Duplicate
    def __init__(self, duplicate: _Optional[_Union[_directory_pb2.Duplicate, _Mapping]] = ...) -> None: ...

class ListConflictsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListConflictsResponse(_message.Message):
    __slots__ = ("conflicts", "next_page_token")
    CONFLICTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    conflicts: _containers.RepeatedCompositeFieldContainer[_directory_pb2.DirectoryConflict]
    next_page_token: str
    def __init__(self, conflicts: _Optional[_Iterable[_Union[_directory_pb2.DirectoryConflict, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
