from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.outreach.v1 import mailing_pb2 as _mailing_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ListMailingsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListMailingsResponse(_message.Message):
    __slots__ = ("mailings", "next_page_token")
    MAILINGS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    mailings: _containers.RepeatedCompositeFieldContainer[_mailing_pb2.Mailing]
    next_page_token: str
    def __init__(self, mailings: _Optional[_Iterable[_Union[_mailing_pb2.Mailing, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetMailingRequest(_message.Message):
    __slots__ = ("mailing_id",)
    MAILING_ID_FIELD_NUMBER: _ClassVar[int]
    mailing_id: str
    def __init__(self, mailing_id: _Optional[str] = ...) -> None: ...

class GetMailingResponse(_message.Message):
    __slots__ = ("mailing", "counts")
    MAILING_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    mailing: _mailing_pb2.Mailing
    counts: _mailing_pb2.MailingCounts
    def __init__(self, mailing: _Optional[_Union[_mailing_pb2.Mailing, _Mapping]] = ..., counts: _Optional[_Union[_mailing_pb2.MailingCounts, _Mapping]] = ...) -> None: ...

class WatchMailingRequest(_message.Message):
    __slots__ = ("mailing_id",)
    MAILING_ID_FIELD_NUMBER: _ClassVar[int]
    mailing_id: str
    def __init__(self, mailing_id: _Optional[str] = ...) -> None: ...

class WatchMailingResponse(_message.Message):
    __slots__ = ("mailing", "counts")
    MAILING_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    mailing: _mailing_pb2.Mailing
    counts: _mailing_pb2.MailingCounts
    def __init__(self, mailing: _Optional[_Union[_mailing_pb2.Mailing, _Mapping]] = ..., counts: _Optional[_Union[_mailing_pb2.MailingCounts, _Mapping]] = ...) -> None: ...

class DryRunMailingRequest(_message.Message):
    __slots__ = ("mailing_id",)
    MAILING_ID_FIELD_NUMBER: _ClassVar[int]
    mailing_id: str
    def __init__(self, mailing_id: _Optional[str] = ...) -> None: ...

class DryRunMailingResponse(_message.Message):
    __slots__ = ("dry_run",)
    DRY_RUN_FIELD_NUMBER: _ClassVar[int]
    dry_run: _mailing_pb2.DryRun
    def __init__(self, dry_run: _Optional[_Union[_mailing_pb2.DryRun, _Mapping]] = ...) -> None: ...

class ApproveMailingRequest(_message.Message):
    __slots__ = ("mailing_id",)
    MAILING_ID_FIELD_NUMBER: _ClassVar[int]
    mailing_id: str
    def __init__(self, mailing_id: _Optional[str] = ...) -> None: ...

class ApproveMailingResponse(_message.Message):
    __slots__ = ("mailing",)
    MAILING_FIELD_NUMBER: _ClassVar[int]
    mailing: _mailing_pb2.Mailing
    def __init__(self, mailing: _Optional[_Union[_mailing_pb2.Mailing, _Mapping]] = ...) -> None: ...

class StartMailingRequest(_message.Message):
    __slots__ = ("mailing_id",)
    MAILING_ID_FIELD_NUMBER: _ClassVar[int]
    mailing_id: str
    def __init__(self, mailing_id: _Optional[str] = ...) -> None: ...

class StartMailingResponse(_message.Message):
    __slots__ = ("mailing",)
    MAILING_FIELD_NUMBER: _ClassVar[int]
    mailing: _mailing_pb2.Mailing
    def __init__(self, mailing: _Optional[_Union[_mailing_pb2.Mailing, _Mapping]] = ...) -> None: ...

class PauseMailingRequest(_message.Message):
    __slots__ = ("mailing_id",)
    MAILING_ID_FIELD_NUMBER: _ClassVar[int]
    mailing_id: str
    def __init__(self, mailing_id: _Optional[str] = ...) -> None: ...

class PauseMailingResponse(_message.Message):
    __slots__ = ("mailing",)
    MAILING_FIELD_NUMBER: _ClassVar[int]
    mailing: _mailing_pb2.Mailing
    def __init__(self, mailing: _Optional[_Union[_mailing_pb2.Mailing, _Mapping]] = ...) -> None: ...

class StopMailingRequest(_message.Message):
    __slots__ = ("mailing_id",)
    MAILING_ID_FIELD_NUMBER: _ClassVar[int]
    mailing_id: str
    def __init__(self, mailing_id: _Optional[str] = ...) -> None: ...

class StopMailingResponse(_message.Message):
    __slots__ = ("mailing",)
    MAILING_FIELD_NUMBER: _ClassVar[int]
    mailing: _mailing_pb2.Mailing
    def __init__(self, mailing: _Optional[_Union[_mailing_pb2.Mailing, _Mapping]] = ...) -> None: ...

class ResolveUnsureRequest(_message.Message):
    __slots__ = ("mailing_id", "send_again")
    MAILING_ID_FIELD_NUMBER: _ClassVar[int]
    SEND_AGAIN_FIELD_NUMBER: _ClassVar[int]
    mailing_id: str
    send_again: bool
    def __init__(self, mailing_id: _Optional[str] = ..., send_again: _Optional[bool] = ...) -> None: ...

class ResolveUnsureResponse(_message.Message):
    __slots__ = ("recipients",)
    RECIPIENTS_FIELD_NUMBER: _ClassVar[int]
    recipients: int
    def __init__(self, recipients: _Optional[int] = ...) -> None: ...

class ListUnreachedRequest(_message.Message):
    __slots__ = ("mailing_id", "page_size", "page_token")
    MAILING_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    mailing_id: str
    page_size: int
    page_token: str
    def __init__(self, mailing_id: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class UnreachedRecipient(_message.Message):
    __slots__ = ("recipient_id", "number", "phone", "language", "district", "reason")
    RECIPIENT_ID_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    PHONE_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    DISTRICT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    recipient_id: str
    number: int
    phone: str
    language: str
    district: str
    reason: str
    def __init__(self, recipient_id: _Optional[str] = ..., number: _Optional[int] = ..., phone: _Optional[str] = ..., language: _Optional[str] = ..., district: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class ListUnreachedResponse(_message.Message):
    __slots__ = ("recipients", "next_page_token")
    RECIPIENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    recipients: _containers.RepeatedCompositeFieldContainer[UnreachedRecipient]
    next_page_token: str
    def __init__(self, recipients: _Optional[_Iterable[_Union[UnreachedRecipient, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class CallUnreachedRequest(_message.Message):
    __slots__ = ("mailing_id", "parallel_calls", "call_attempts")
    MAILING_ID_FIELD_NUMBER: _ClassVar[int]
    PARALLEL_CALLS_FIELD_NUMBER: _ClassVar[int]
    CALL_ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    mailing_id: str
    parallel_calls: int
    call_attempts: int
    def __init__(self, mailing_id: _Optional[str] = ..., parallel_calls: _Optional[int] = ..., call_attempts: _Optional[int] = ...) -> None: ...

class CallUnreachedResponse(_message.Message):
    __slots__ = ("mailing", "recipients")
    MAILING_FIELD_NUMBER: _ClassVar[int]
    RECIPIENTS_FIELD_NUMBER: _ClassVar[int]
    mailing: _mailing_pb2.Mailing
    recipients: int
    def __init__(self, mailing: _Optional[_Union[_mailing_pb2.Mailing, _Mapping]] = ..., recipients: _Optional[int] = ...) -> None: ...

class GetMailingCallRequest(_message.Message):
    __slots__ = ("case_id",)
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    def __init__(self, case_id: _Optional[str] = ...) -> None: ...

class GetMailingCallResponse(_message.Message):
    __slots__ = ("mailing", "recipient_id", "display_name", "text", "language", "korean_text", "attempt")
    MAILING_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    KOREAN_TEXT_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    mailing: _mailing_pb2.Mailing
    recipient_id: str
    display_name: str
    text: str
    language: str
    korean_text: str
    attempt: int
    def __init__(self, mailing: _Optional[_Union[_mailing_pb2.Mailing, _Mapping]] = ..., recipient_id: _Optional[str] = ..., display_name: _Optional[str] = ..., text: _Optional[str] = ..., language: _Optional[str] = ..., korean_text: _Optional[str] = ..., attempt: _Optional[int] = ...) -> None: ...

class ReportMailingCallRequest(_message.Message):
    __slots__ = ("case_id", "answered")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    ANSWERED_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    answered: bool
    def __init__(self, case_id: _Optional[str] = ..., answered: _Optional[bool] = ...) -> None: ...

class ReportMailingCallResponse(_message.Message):
    __slots__ = ("recipient_id", "state")
    RECIPIENT_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    recipient_id: str
    state: str
    def __init__(self, recipient_id: _Optional[str] = ..., state: _Optional[str] = ...) -> None: ...
