import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.outreach.v1 import mailing_pb2 as _mailing_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ListHeader(_message.Message):
    __slots__ = ("list_id", "name", "filename", "mapping", "preview")
    class MappingEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    LIST_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    FILENAME_FIELD_NUMBER: _ClassVar[int]
    MAPPING_FIELD_NUMBER: _ClassVar[int]
    PREVIEW_FIELD_NUMBER: _ClassVar[int]
    list_id: str
    name: str
    filename: str
    mapping: _containers.ScalarMap[str, str]
    preview: bool
    def __init__(self, list_id: _Optional[str] = ..., name: _Optional[str] = ..., filename: _Optional[str] = ..., mapping: _Optional[_Mapping[str, str]] = ..., preview: _Optional[bool] = ...) -> None: ...

class UploadListRequest(_message.Message):
    __slots__ = ("header", "chunk")
    HEADER_FIELD_NUMBER: _ClassVar[int]
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    header: ListHeader
    chunk: bytes
    def __init__(self, header: _Optional[_Union[ListHeader, _Mapping]] = ..., chunk: _Optional[bytes] = ...) -> None: ...

class ListColumn(_message.Message):
    __slots__ = ("heading", "field")
    HEADING_FIELD_NUMBER: _ClassVar[int]
    FIELD_FIELD_NUMBER: _ClassVar[int]
    heading: str
    field: str
    def __init__(self, heading: _Optional[str] = ..., field: _Optional[str] = ...) -> None: ...

class ListPreviewRow(_message.Message):
    __slots__ = ("row", "cells")
    ROW_FIELD_NUMBER: _ClassVar[int]
    CELLS_FIELD_NUMBER: _ClassVar[int]
    row: int
    cells: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, row: _Optional[int] = ..., cells: _Optional[_Iterable[str]] = ...) -> None: ...

class UploadListResponse(_message.Message):
    __slots__ = ("list", "columns", "rows", "faults")
    LIST_FIELD_NUMBER: _ClassVar[int]
    COLUMNS_FIELD_NUMBER: _ClassVar[int]
    ROWS_FIELD_NUMBER: _ClassVar[int]
    FAULTS_FIELD_NUMBER: _ClassVar[int]
    list: RecipientList
    columns: _containers.RepeatedCompositeFieldContainer[ListColumn]
    rows: _containers.RepeatedCompositeFieldContainer[ListPreviewRow]
    faults: _containers.RepeatedCompositeFieldContainer[RowFault]
    def __init__(self, list: _Optional[_Union[RecipientList, _Mapping]] = ..., columns: _Optional[_Iterable[_Union[ListColumn, _Mapping]]] = ..., rows: _Optional[_Iterable[_Union[ListPreviewRow, _Mapping]]] = ..., faults: _Optional[_Iterable[_Union[RowFault, _Mapping]]] = ...) -> None: ...

class RecipientList(_message.Message):
    __slots__ = ("id", "name", "members", "refused", "duplicates", "variables", "created_by", "create_time", "complete", "gets_notices")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    MEMBERS_FIELD_NUMBER: _ClassVar[int]
    REFUSED_FIELD_NUMBER: _ClassVar[int]
    DUPLICATES_FIELD_NUMBER: _ClassVar[int]
    VARIABLES_FIELD_NUMBER: _ClassVar[int]
    CREATED_BY_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    COMPLETE_FIELD_NUMBER: _ClassVar[int]
    GETS_NOTICES_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    members: int
    refused: int
    duplicates: int
    variables: _containers.RepeatedScalarFieldContainer[str]
    created_by: str
    create_time: _timestamp_pb2.Timestamp
    complete: bool
    gets_notices: bool
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., members: _Optional[int] = ..., refused: _Optional[int] = ..., duplicates: _Optional[int] = ..., variables: _Optional[_Iterable[str]] = ..., created_by: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., complete: _Optional[bool] = ..., gets_notices: _Optional[bool] = ...) -> None: ...

class RowFault(_message.Message):
    __slots__ = ("row", "column", "code")
    ROW_FIELD_NUMBER: _ClassVar[int]
    COLUMN_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    row: int
    column: str
    code: str
    def __init__(self, row: _Optional[int] = ..., column: _Optional[str] = ..., code: _Optional[str] = ...) -> None: ...

class ListListsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListListsResponse(_message.Message):
    __slots__ = ("lists",)
    LISTS_FIELD_NUMBER: _ClassVar[int]
    lists: _containers.RepeatedCompositeFieldContainer[RecipientList]
    def __init__(self, lists: _Optional[_Iterable[_Union[RecipientList, _Mapping]]] = ...) -> None: ...

class SetListNoticesRequest(_message.Message):
    __slots__ = ("list_id", "gets_notices")
    LIST_ID_FIELD_NUMBER: _ClassVar[int]
    GETS_NOTICES_FIELD_NUMBER: _ClassVar[int]
    list_id: str
    gets_notices: bool
    def __init__(self, list_id: _Optional[str] = ..., gets_notices: _Optional[bool] = ...) -> None: ...

class SetListNoticesResponse(_message.Message):
    __slots__ = ("list",)
    LIST_FIELD_NUMBER: _ClassVar[int]
    list: RecipientList
    def __init__(self, list: _Optional[_Union[RecipientList, _Mapping]] = ...) -> None: ...

class ListRowFaultsRequest(_message.Message):
    __slots__ = ("list_id", "page_size", "page_token")
    LIST_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    list_id: str
    page_size: int
    page_token: str
    def __init__(self, list_id: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListRowFaultsResponse(_message.Message):
    __slots__ = ("faults", "next_page_token")
    FAULTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    faults: _containers.RepeatedCompositeFieldContainer[RowFault]
    next_page_token: str
    def __init__(self, faults: _Optional[_Iterable[_Union[RowFault, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class RemoveListRequest(_message.Message):
    __slots__ = ("list_id",)
    LIST_ID_FIELD_NUMBER: _ClassVar[int]
    list_id: str
    def __init__(self, list_id: _Optional[str] = ...) -> None: ...

class RemoveListResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class Segment(_message.Message):
    __slots__ = ("languages", "districts", "minimum_age", "maximum_age", "tags")
    LANGUAGES_FIELD_NUMBER: _ClassVar[int]
    DISTRICTS_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_AGE_FIELD_NUMBER: _ClassVar[int]
    MAXIMUM_AGE_FIELD_NUMBER: _ClassVar[int]
    TAGS_FIELD_NUMBER: _ClassVar[int]
    languages: _containers.RepeatedScalarFieldContainer[str]
    districts: _containers.RepeatedScalarFieldContainer[str]
    minimum_age: int
    maximum_age: int
    tags: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, languages: _Optional[_Iterable[str]] = ..., districts: _Optional[_Iterable[str]] = ..., minimum_age: _Optional[int] = ..., maximum_age: _Optional[int] = ..., tags: _Optional[_Iterable[str]] = ...) -> None: ...

class CampaignStep(_message.Message):
    __slots__ = ("channel", "address_kind")
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_KIND_FIELD_NUMBER: _ClassVar[int]
    channel: str
    address_kind: str
    def __init__(self, channel: _Optional[str] = ..., address_kind: _Optional[str] = ...) -> None: ...

class CampaignText(_message.Message):
    __slots__ = ("channel", "language", "text", "template")
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    channel: str
    language: str
    text: str
    template: str
    def __init__(self, channel: _Optional[str] = ..., language: _Optional[str] = ..., text: _Optional[str] = ..., template: _Optional[str] = ...) -> None: ...

class CreateCampaignRequest(_message.Message):
    __slots__ = ("mailing_id", "title", "list_id", "segment", "steps", "texts", "start_times", "pace_per_second", "wait_seconds", "parallel_calls", "call_attempts")
    MAILING_ID_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    LIST_ID_FIELD_NUMBER: _ClassVar[int]
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    TEXTS_FIELD_NUMBER: _ClassVar[int]
    START_TIMES_FIELD_NUMBER: _ClassVar[int]
    PACE_PER_SECOND_FIELD_NUMBER: _ClassVar[int]
    WAIT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    PARALLEL_CALLS_FIELD_NUMBER: _ClassVar[int]
    CALL_ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    mailing_id: str
    title: str
    list_id: str
    segment: Segment
    steps: _containers.RepeatedCompositeFieldContainer[CampaignStep]
    texts: _containers.RepeatedCompositeFieldContainer[CampaignText]
    start_times: _containers.RepeatedCompositeFieldContainer[_timestamp_pb2.Timestamp]
    pace_per_second: float
    wait_seconds: int
    parallel_calls: int
    call_attempts: int
    def __init__(self, mailing_id: _Optional[str] = ..., title: _Optional[str] = ..., list_id: _Optional[str] = ..., segment: _Optional[_Union[Segment, _Mapping]] = ..., steps: _Optional[_Iterable[_Union[CampaignStep, _Mapping]]] = ..., texts: _Optional[_Iterable[_Union[CampaignText, _Mapping]]] = ..., start_times: _Optional[_Iterable[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]]] = ..., pace_per_second: _Optional[float] = ..., wait_seconds: _Optional[int] = ..., parallel_calls: _Optional[int] = ..., call_attempts: _Optional[int] = ...) -> None: ...

class CreateCampaignResponse(_message.Message):
    __slots__ = ("mailing",)
    MAILING_FIELD_NUMBER: _ClassVar[int]
    mailing: _mailing_pb2.Mailing
    def __init__(self, mailing: _Optional[_Union[_mailing_pb2.Mailing, _Mapping]] = ...) -> None: ...

class CompareStartsRequest(_message.Message):
    __slots__ = ("mailing_id",)
    MAILING_ID_FIELD_NUMBER: _ClassVar[int]
    mailing_id: str
    def __init__(self, mailing_id: _Optional[str] = ...) -> None: ...

class StartOutcome(_message.Message):
    __slots__ = ("start_time", "counts")
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    start_time: _timestamp_pb2.Timestamp
    counts: _mailing_pb2.MailingCounts
    def __init__(self, start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., counts: _Optional[_Union[_mailing_pb2.MailingCounts, _Mapping]] = ...) -> None: ...

class CompareStartsResponse(_message.Message):
    __slots__ = ("starts",)
    STARTS_FIELD_NUMBER: _ClassVar[int]
    starts: _containers.RepeatedCompositeFieldContainer[StartOutcome]
    def __init__(self, starts: _Optional[_Iterable[_Union[StartOutcome, _Mapping]]] = ...) -> None: ...
