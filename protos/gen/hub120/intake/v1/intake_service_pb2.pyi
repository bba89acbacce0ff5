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

class GetCaseRequest(_message.Message):
    __slots__ = ("case_id",)
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    def __init__(self, case_id: _Optional[str] = ...) -> None: ...

class GetCaseResponse(_message.Message):
    __slots__ = ("case", "entries")
    CASE_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    case: _case_pb2.Case
    entries: _containers.RepeatedCompositeFieldContainer[_case_pb2.Entry]
    def __init__(self, case: _Optional[_Union[_case_pb2.Case, _Mapping]] = ..., entries: _Optional[_Iterable[_Union[_case_pb2.Entry, _Mapping]]] = ...) -> None: ...

class ListCasesRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "states", "channel", "language", "agent_id", "citizen_id", "address", "words", "open_after", "open_before")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_ID_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    OPEN_AFTER_FIELD_NUMBER: _ClassVar[int]
    OPEN_BEFORE_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    states: _containers.RepeatedScalarFieldContainer[_case_pb2.CaseState]
    channel: str
    language: str
    agent_id: str
    citizen_id: str
    address: str
    words: str
    open_after: _timestamp_pb2.Timestamp
    open_before: _timestamp_pb2.Timestamp
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., states: _Optional[_Iterable[_Union[_case_pb2.CaseState, str]]] = ..., channel: _Optional[str] = ..., language: _Optional[str] = ..., agent_id: _Optional[str] = ..., citizen_id: _Optional[str] = ..., address: _Optional[str] = ..., words: _Optional[str] = ..., open_after: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., open_before: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListCasesResponse(_message.Message):
    __slots__ = ("cases", "next_page_token")
    CASES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    cases: _containers.RepeatedCompositeFieldContainer[_case_pb2.Case]
    next_page_token: str
    def __init__(self, cases: _Optional[_Iterable[_Union[_case_pb2.Case, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class WatchCaseRequest(_message.Message):
    __slots__ = ("case_id", "after_sequence")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    AFTER_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    after_sequence: int
    def __init__(self, case_id: _Optional[str] = ..., after_sequence: _Optional[int] = ...) -> None: ...

class WatchCaseResponse(_message.Message):
    __slots__ = ("entry",)
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    entry: _case_pb2.Entry
    def __init__(self, entry: _Optional[_Union[_case_pb2.Entry, _Mapping]] = ...) -> None: ...

class ReplyToCaseRequest(_message.Message):
    __slots__ = ("case_id", "text", "request_id", "file_ids")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    FILE_IDS_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    text: str
    request_id: str
    file_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, case_id: _Optional[str] = ..., text: _Optional[str] = ..., request_id: _Optional[str] = ..., file_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class UploadFileRequest(_message.Message):
    __slots__ = ("case_id", "filename", "chunk")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    FILENAME_FIELD_NUMBER: _ClassVar[int]
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    filename: str
    chunk: bytes
    def __init__(self, case_id: _Optional[str] = ..., filename: _Optional[str] = ..., chunk: _Optional[bytes] = ...) -> None: ...

class UploadFileResponse(_message.Message):
    __slots__ = ("file",)
    FILE_FIELD_NUMBER: _ClassVar[int]
    file: _case_pb2.ReplyFile
    def __init__(self, file: _Optional[_Union[_case_pb2.ReplyFile, _Mapping]] = ...) -> None: ...

class ReplyToCaseResponse(_message.Message):
    __slots__ = ("reply",)
    REPLY_FIELD_NUMBER: _ClassVar[int]
    reply: _case_pb2.Reply
    def __init__(self, reply: _Optional[_Union[_case_pb2.Reply, _Mapping]] = ...) -> None: ...

class AddNoteRequest(_message.Message):
    __slots__ = ("case_id", "text", "request_id")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    text: str
    request_id: str
    def __init__(self, case_id: _Optional[str] = ..., text: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class AddNoteResponse(_message.Message):
    __slots__ = ("note",)
    NOTE_FIELD_NUMBER: _ClassVar[int]
    note: _case_pb2.Note
    def __init__(self, note: _Optional[_Union[_case_pb2.Note, _Mapping]] = ...) -> None: ...

class SetCaseStateRequest(_message.Message):
    __slots__ = ("case_id", "state")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    state: _case_pb2.CaseState
    def __init__(self, case_id: _Optional[str] = ..., state: _Optional[_Union[_case_pb2.CaseState, str]] = ...) -> None: ...

class SetCaseStateResponse(_message.Message):
    __slots__ = ("case",)
    CASE_FIELD_NUMBER: _ClassVar[int]
    case: _case_pb2.Case
    def __init__(self, case: _Optional[_Union[_case_pb2.Case, _Mapping]] = ...) -> None: ...

class CorrectCaseRequest(_message.Message):
    __slots__ = ("case_id", "topic", "priority_class")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_CLASS_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    topic: str
    priority_class: _case_pb2.PriorityClass
    def __init__(self, case_id: _Optional[str] = ..., topic: _Optional[str] = ..., priority_class: _Optional[_Union[_case_pb2.PriorityClass, str]] = ...) -> None: ...

class CorrectCaseResponse(_message.Message):
    __slots__ = ("case",)
    CASE_FIELD_NUMBER: _ClassVar[int]
    case: _case_pb2.Case
    def __init__(self, case: _Optional[_Union[_case_pb2.Case, _Mapping]] = ...) -> None: ...

class ListTopicsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListTopicsResponse(_message.Message):
    __slots__ = ("topics",)
    TOPICS_FIELD_NUMBER: _ClassVar[int]
    topics: _containers.RepeatedCompositeFieldContainer[_case_pb2.Topic]
    def __init__(self, topics: _Optional[_Iterable[_Union[_case_pb2.Topic, _Mapping]]] = ...) -> None: ...

class ResolveReplyRequest(_message.Message):
    __slots__ = ("reply_id", "send_again")
    REPLY_ID_FIELD_NUMBER: _ClassVar[int]
    SEND_AGAIN_FIELD_NUMBER: _ClassVar[int]
    reply_id: str
    send_again: bool
    def __init__(self, reply_id: _Optional[str] = ..., send_again: _Optional[bool] = ...) -> None: ...

class ResolveReplyResponse(_message.Message):
    __slots__ = ("reply",)
    REPLY_FIELD_NUMBER: _ClassVar[int]
    reply: _case_pb2.Reply
    def __init__(self, reply: _Optional[_Union[_case_pb2.Reply, _Mapping]] = ...) -> None: ...

class ListDepartmentsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListDepartmentsResponse(_message.Message):
    __slots__ = ("departments",)
    DEPARTMENTS_FIELD_NUMBER: _ClassVar[int]
    departments: _containers.RepeatedCompositeFieldContainer[DepartmentInfo]
    def __init__(self, departments: _Optional[_Iterable[_Union[DepartmentInfo, _Mapping]]] = ...) -> None: ...

class DepartmentInfo(_message.Message):
    __slots__ = ("id", "name", "healthy")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    HEALTHY_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    healthy: bool
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., healthy: _Optional[bool] = ...) -> None: ...

class HandOverCaseRequest(_message.Message):
    __slots__ = ("case_id", "department", "title", "text", "topic", "place", "attachment_ids", "citizen_agreed", "urgent", "fields", "request_id")
    class FieldsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    DEPARTMENT_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENT_IDS_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_AGREED_FIELD_NUMBER: _ClassVar[int]
    URGENT_FIELD_NUMBER: _ClassVar[int]
    FIELDS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    department: str
    title: str
    text: str
    topic: str
    place: _case_pb2.Place
    attachment_ids: _containers.RepeatedScalarFieldContainer[str]
    citizen_agreed: bool
    urgent: bool
    fields: _containers.ScalarMap[str, str]
    request_id: str
    def __init__(self, case_id: _Optional[str] = ..., department: _Optional[str] = ..., title: _Optional[str] = ..., text: _Optional[str] = ..., topic: _Optional[str] = ..., place: _Optional[_Union[_case_pb2.Place, _Mapping]] = ..., attachment_ids: _Optional[_Iterable[str]] = ..., citizen_agreed: _Optional[bool] = ..., urgent: _Optional[bool] = ..., fields: _Optional[_Mapping[str, str]] = ..., request_id: _Optional[str] = ...) -> None: ...

class HandOverCaseResponse(_message.Message):
    __slots__ = ("handover",)
    HANDOVER_FIELD_NUMBER: _ClassVar[int]
    handover: _case_pb2.Handover
    def __init__(self, handover: _Optional[_Union[_case_pb2.Handover, _Mapping]] = ...) -> None: ...

class ResolveHandoverRequest(_message.Message):
    __slots__ = ("handover_id", "send_again")
    HANDOVER_ID_FIELD_NUMBER: _ClassVar[int]
    SEND_AGAIN_FIELD_NUMBER: _ClassVar[int]
    handover_id: str
    send_again: bool
    def __init__(self, handover_id: _Optional[str] = ..., send_again: _Optional[bool] = ...) -> None: ...

class ResolveHandoverResponse(_message.Message):
    __slots__ = ("handover",)
    HANDOVER_FIELD_NUMBER: _ClassVar[int]
    handover: _case_pb2.Handover
    def __init__(self, handover: _Optional[_Union[_case_pb2.Handover, _Mapping]] = ...) -> None: ...

class GetAttachmentRequest(_message.Message):
    __slots__ = ("attachment_id",)
    ATTACHMENT_ID_FIELD_NUMBER: _ClassVar[int]
    attachment_id: str
    def __init__(self, attachment_id: _Optional[str] = ...) -> None: ...

class GetAttachmentResponse(_message.Message):
    __slots__ = ("attachment", "chunk")
    ATTACHMENT_FIELD_NUMBER: _ClassVar[int]
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    attachment: _case_pb2.Attachment
    chunk: bytes
    def __init__(self, attachment: _Optional[_Union[_case_pb2.Attachment, _Mapping]] = ..., chunk: _Optional[bytes] = ...) -> None: ...

class GetCitizenRequest(_message.Message):
    __slots__ = ("citizen_id",)
    CITIZEN_ID_FIELD_NUMBER: _ClassVar[int]
    citizen_id: str
    def __init__(self, citizen_id: _Optional[str] = ...) -> None: ...

class GetCitizenResponse(_message.Message):
    __slots__ = ("citizen",)
    CITIZEN_FIELD_NUMBER: _ClassVar[int]
    citizen: _case_pb2.Citizen
    def __init__(self, citizen: _Optional[_Union[_case_pb2.Citizen, _Mapping]] = ...) -> None: ...

class StartVerificationRequest(_message.Message):
    __slots__ = ("citizen_id", "phone_number")
    CITIZEN_ID_FIELD_NUMBER: _ClassVar[int]
    PHONE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    citizen_id: str
    phone_number: str
    def __init__(self, citizen_id: _Optional[str] = ..., phone_number: _Optional[str] = ...) -> None: ...

class StartVerificationResponse(_message.Message):
    __slots__ = ("verification_id", "expire_time")
    VERIFICATION_ID_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    verification_id: str
    expire_time: _timestamp_pb2.Timestamp
    def __init__(self, verification_id: _Optional[str] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ConfirmVerificationRequest(_message.Message):
    __slots__ = ("verification_id", "code")
    VERIFICATION_ID_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    verification_id: str
    code: str
    def __init__(self, verification_id: _Optional[str] = ..., code: _Optional[str] = ...) -> None: ...

class ConfirmVerificationResponse(_message.Message):
    __slots__ = ("citizen",)
    CITIZEN_FIELD_NUMBER: _ClassVar[int]
    citizen: _case_pb2.Citizen
    def __init__(self, citizen: _Optional[_Union[_case_pb2.Citizen, _Mapping]] = ...) -> None: ...

class UnlinkCitizenRequest(_message.Message):
    __slots__ = ("citizen_id", "reason")
    CITIZEN_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    citizen_id: str
    reason: str
    def __init__(self, citizen_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class UnlinkCitizenResponse(_message.Message):
    __slots__ = ("citizen",)
    CITIZEN_FIELD_NUMBER: _ClassVar[int]
    citizen: _case_pb2.Citizen
    def __init__(self, citizen: _Optional[_Union[_case_pb2.Citizen, _Mapping]] = ...) -> None: ...

class ListAuditRecordsRequest(_message.Message):
    __slots__ = ("citizen_id", "actor", "page_size", "page_token")
    CITIZEN_ID_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    citizen_id: str
    actor: str
    page_size: int
    page_token: str
    def __init__(self, citizen_id: _Optional[str] = ..., actor: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListAuditRecordsResponse(_message.Message):
    __slots__ = ("records", "next_page_token")
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    records: _containers.RepeatedCompositeFieldContainer[AuditRecord]
    next_page_token: str
    def __init__(self, records: _Optional[_Iterable[_Union[AuditRecord, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class AuditRecord(_message.Message):
    __slots__ = ("id", "time", "actor", "action", "citizen_id", "case_id", "purpose")
    ID_FIELD_NUMBER: _ClassVar[int]
    TIME_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    id: str
    time: _timestamp_pb2.Timestamp
    actor: str
    action: str
    citizen_id: str
    case_id: str
    purpose: str
    def __init__(self, id: _Optional[str] = ..., time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., actor: _Optional[str] = ..., action: _Optional[str] = ..., citizen_id: _Optional[str] = ..., case_id: _Optional[str] = ..., purpose: _Optional[str] = ...) -> None: ...
