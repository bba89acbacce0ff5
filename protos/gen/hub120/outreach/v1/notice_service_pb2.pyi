import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.outreach.v1 import alert_pb2 as _alert_pb2
from hub120.outreach.v1 import notice_pb2 as _notice_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ProposeNoticeRequest(_message.Message):
    __slots__ = ("request_id", "notice_class", "hazard", "alert_id", "area", "channels", "texts", "sign_video_url", "end_time")
    class TextsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    NOTICE_CLASS_FIELD_NUMBER: _ClassVar[int]
    HAZARD_FIELD_NUMBER: _ClassVar[int]
    ALERT_ID_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    CHANNELS_FIELD_NUMBER: _ClassVar[int]
    TEXTS_FIELD_NUMBER: _ClassVar[int]
    SIGN_VIDEO_URL_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    notice_class: _notice_pb2.NoticeClass
    hazard: str
    alert_id: str
    area: _alert_pb2.Area
    channels: _containers.RepeatedScalarFieldContainer[str]
    texts: _containers.ScalarMap[str, str]
    sign_video_url: str
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, request_id: _Optional[str] = ..., notice_class: _Optional[_Union[_notice_pb2.NoticeClass, str]] = ..., hazard: _Optional[str] = ..., alert_id: _Optional[str] = ..., area: _Optional[_Union[_alert_pb2.Area, _Mapping]] = ..., channels: _Optional[_Iterable[str]] = ..., texts: _Optional[_Mapping[str, str]] = ..., sign_video_url: _Optional[str] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ProposeNoticeResponse(_message.Message):
    __slots__ = ("notice",)
    NOTICE_FIELD_NUMBER: _ClassVar[int]
    notice: _notice_pb2.Notice
    def __init__(self, notice: _Optional[_Union[_notice_pb2.Notice, _Mapping]] = ...) -> None: ...

class EditNoticeRequest(_message.Message):
    __slots__ = ("notice_id", "version", "texts", "sign_video_url")
    class TextsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    NOTICE_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    TEXTS_FIELD_NUMBER: _ClassVar[int]
    SIGN_VIDEO_URL_FIELD_NUMBER: _ClassVar[int]
    notice_id: str
    version: int
    texts: _containers.ScalarMap[str, str]
    sign_video_url: str
    def __init__(self, notice_id: _Optional[str] = ..., version: _Optional[int] = ..., texts: _Optional[_Mapping[str, str]] = ..., sign_video_url: _Optional[str] = ...) -> None: ...

class EditNoticeResponse(_message.Message):
    __slots__ = ("notice",)
    NOTICE_FIELD_NUMBER: _ClassVar[int]
    notice: _notice_pb2.Notice
    def __init__(self, notice: _Optional[_Union[_notice_pb2.Notice, _Mapping]] = ...) -> None: ...

class DryRunNoticeRequest(_message.Message):
    __slots__ = ("notice_id",)
    NOTICE_ID_FIELD_NUMBER: _ClassVar[int]
    notice_id: str
    def __init__(self, notice_id: _Optional[str] = ...) -> None: ...

class DryRunNoticeResponse(_message.Message):
    __slots__ = ("notice", "counts")
    NOTICE_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    notice: _notice_pb2.Notice
    counts: _notice_pb2.NoticeCounts
    def __init__(self, notice: _Optional[_Union[_notice_pb2.Notice, _Mapping]] = ..., counts: _Optional[_Union[_notice_pb2.NoticeCounts, _Mapping]] = ...) -> None: ...

class ApproveNoticeRequest(_message.Message):
    __slots__ = ("notice_id", "version")
    NOTICE_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    notice_id: str
    version: int
    def __init__(self, notice_id: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class ApproveNoticeResponse(_message.Message):
    __slots__ = ("notice", "approvals", "approvals_needed")
    NOTICE_FIELD_NUMBER: _ClassVar[int]
    APPROVALS_FIELD_NUMBER: _ClassVar[int]
    APPROVALS_NEEDED_FIELD_NUMBER: _ClassVar[int]
    notice: _notice_pb2.Notice
    approvals: int
    approvals_needed: int
    def __init__(self, notice: _Optional[_Union[_notice_pb2.Notice, _Mapping]] = ..., approvals: _Optional[int] = ..., approvals_needed: _Optional[int] = ...) -> None: ...

class RejectNoticeRequest(_message.Message):
    __slots__ = ("notice_id", "version", "note")
    NOTICE_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    notice_id: str
    version: int
    note: str
    def __init__(self, notice_id: _Optional[str] = ..., version: _Optional[int] = ..., note: _Optional[str] = ...) -> None: ...

class RejectNoticeResponse(_message.Message):
    __slots__ = ("notice",)
    NOTICE_FIELD_NUMBER: _ClassVar[int]
    notice: _notice_pb2.Notice
    def __init__(self, notice: _Optional[_Union[_notice_pb2.Notice, _Mapping]] = ...) -> None: ...

class CancelNoticeRequest(_message.Message):
    __slots__ = ("notice_id", "note")
    NOTICE_ID_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    notice_id: str
    note: str
    def __init__(self, notice_id: _Optional[str] = ..., note: _Optional[str] = ...) -> None: ...

class CancelNoticeResponse(_message.Message):
    __slots__ = ("notice",)
    NOTICE_FIELD_NUMBER: _ClassVar[int]
    notice: _notice_pb2.Notice
    def __init__(self, notice: _Optional[_Union[_notice_pb2.Notice, _Mapping]] = ...) -> None: ...

class GetNoticeRequest(_message.Message):
    __slots__ = ("notice_id",)
    NOTICE_ID_FIELD_NUMBER: _ClassVar[int]
    notice_id: str
    def __init__(self, notice_id: _Optional[str] = ...) -> None: ...

class GetNoticeResponse(_message.Message):
    __slots__ = ("notice", "texts", "sending")
    NOTICE_FIELD_NUMBER: _ClassVar[int]
    TEXTS_FIELD_NUMBER: _ClassVar[int]
    SENDING_FIELD_NUMBER: _ClassVar[int]
    notice: _notice_pb2.Notice
    texts: _containers.RepeatedCompositeFieldContainer[_notice_pb2.NoticeText]
    sending: _notice_pb2.NoticeSending
    def __init__(self, notice: _Optional[_Union[_notice_pb2.Notice, _Mapping]] = ..., texts: _Optional[_Iterable[_Union[_notice_pb2.NoticeText, _Mapping]]] = ..., sending: _Optional[_Union[_notice_pb2.NoticeSending, _Mapping]] = ...) -> None: ...

class ListNoticesRequest(_message.Message):
    __slots__ = ("states", "alert_id", "page_size", "page_token")
    STATES_FIELD_NUMBER: _ClassVar[int]
    ALERT_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    states: _containers.RepeatedScalarFieldContainer[_notice_pb2.NoticeState]
    alert_id: str
    page_size: int
    page_token: str
    def __init__(self, states: _Optional[_Iterable[_Union[_notice_pb2.NoticeState, str]]] = ..., alert_id: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListNoticesResponse(_message.Message):
    __slots__ = ("notices", "next_page_token")
    NOTICES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    notices: _containers.RepeatedCompositeFieldContainer[_notice_pb2.Notice]
    next_page_token: str
    def __init__(self, notices: _Optional[_Iterable[_Union[_notice_pb2.Notice, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class WatchNoticeRequest(_message.Message):
    __slots__ = ("notice_id", "after_sequence")
    NOTICE_ID_FIELD_NUMBER: _ClassVar[int]
    AFTER_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    notice_id: str
    after_sequence: int
    def __init__(self, notice_id: _Optional[str] = ..., after_sequence: _Optional[int] = ...) -> None: ...

class WatchNoticeResponse(_message.Message):
    __slots__ = ("entry",)
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    entry: _notice_pb2.NoticeEntry
    def __init__(self, entry: _Optional[_Union[_notice_pb2.NoticeEntry, _Mapping]] = ...) -> None: ...

class PutNoticeRuleRequest(_message.Message):
    __slots__ = ("rule",)
    RULE_FIELD_NUMBER: _ClassVar[int]
    rule: _notice_pb2.NoticeRule
    def __init__(self, rule: _Optional[_Union[_notice_pb2.NoticeRule, _Mapping]] = ...) -> None: ...

class PutNoticeRuleResponse(_message.Message):
    __slots__ = ("rule",)
    RULE_FIELD_NUMBER: _ClassVar[int]
    rule: _notice_pb2.NoticeRule
    def __init__(self, rule: _Optional[_Union[_notice_pb2.NoticeRule, _Mapping]] = ...) -> None: ...

class ListNoticeRulesRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListNoticeRulesResponse(_message.Message):
    __slots__ = ("rules",)
    RULES_FIELD_NUMBER: _ClassVar[int]
    rules: _containers.RepeatedCompositeFieldContainer[_notice_pb2.NoticeRule]
    def __init__(self, rules: _Optional[_Iterable[_Union[_notice_pb2.NoticeRule, _Mapping]]] = ...) -> None: ...

class RemoveNoticeRuleRequest(_message.Message):
    __slots__ = ("rule_id",)
    RULE_ID_FIELD_NUMBER: _ClassVar[int]
    rule_id: str
    def __init__(self, rule_id: _Optional[str] = ...) -> None: ...

class RemoveNoticeRuleResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...
