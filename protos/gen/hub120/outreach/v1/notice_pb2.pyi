import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.outreach.v1 import alert_pb2 as _alert_pb2
from hub120.outreach.v1 import mailing_pb2 as _mailing_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class NoticeClass(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NOTICE_CLASS_UNSPECIFIED: _ClassVar[NoticeClass]
    NOTICE_CLASS_LIFE_SAFETY: _ClassVar[NoticeClass]
    NOTICE_CLASS_URGENT: _ClassVar[NoticeClass]
    NOTICE_CLASS_INFORMATION: _ClassVar[NoticeClass]

class NoticeAct(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NOTICE_ACT_UNSPECIFIED: _ClassVar[NoticeAct]
    NOTICE_ACT_FIRST: _ClassVar[NoticeAct]
    NOTICE_ACT_UPDATE: _ClassVar[NoticeAct]
    NOTICE_ACT_CANCEL: _ClassVar[NoticeAct]

class NoticeState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NOTICE_STATE_UNSPECIFIED: _ClassVar[NoticeState]
    NOTICE_STATE_PROPOSED: _ClassVar[NoticeState]
    NOTICE_STATE_RELEASED: _ClassVar[NoticeState]
    NOTICE_STATE_REJECTED: _ClassVar[NoticeState]
    NOTICE_STATE_WITHDRAWN: _ClassVar[NoticeState]
    NOTICE_STATE_OVER: _ClassVar[NoticeState]

class TextForm(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TEXT_FORM_UNSPECIFIED: _ClassVar[TextForm]
    TEXT_FORM_SMS: _ClassVar[TextForm]
    TEXT_FORM_LMS: _ClassVar[TextForm]
    TEXT_FORM_NONE: _ClassVar[TextForm]
NOTICE_CLASS_UNSPECIFIED: NoticeClass
NOTICE_CLASS_LIFE_SAFETY: NoticeClass
NOTICE_CLASS_URGENT: NoticeClass
NOTICE_CLASS_INFORMATION: NoticeClass
NOTICE_ACT_UNSPECIFIED: NoticeAct
NOTICE_ACT_FIRST: NoticeAct
NOTICE_ACT_UPDATE: NoticeAct
NOTICE_ACT_CANCEL: NoticeAct
NOTICE_STATE_UNSPECIFIED: NoticeState
NOTICE_STATE_PROPOSED: NoticeState
NOTICE_STATE_RELEASED: NoticeState
NOTICE_STATE_REJECTED: NoticeState
NOTICE_STATE_WITHDRAWN: NoticeState
NOTICE_STATE_OVER: NoticeState
TEXT_FORM_UNSPECIFIED: TextForm
TEXT_FORM_SMS: TextForm
TEXT_FORM_LMS: TextForm
TEXT_FORM_NONE: TextForm

class NoticeText(_message.Message):
    __slots__ = ("language", "text", "form", "reviewed")
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    FORM_FIELD_NUMBER: _ClassVar[int]
    REVIEWED_FIELD_NUMBER: _ClassVar[int]
    language: str
    text: str
    form: TextForm
    reviewed: bool
    def __init__(self, language: _Optional[str] = ..., text: _Optional[str] = ..., form: _Optional[_Union[TextForm, str]] = ..., reviewed: _Optional[bool] = ...) -> None: ...

class NoticeCounts(_message.Message):
    __slots__ = ("recipients", "by_channel", "by_language", "cost_won", "approvals_needed", "unplaced")
    class ByChannelEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    class ByLanguageEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    class CostWonEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    RECIPIENTS_FIELD_NUMBER: _ClassVar[int]
    BY_CHANNEL_FIELD_NUMBER: _ClassVar[int]
    BY_LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    COST_WON_FIELD_NUMBER: _ClassVar[int]
    APPROVALS_NEEDED_FIELD_NUMBER: _ClassVar[int]
    UNPLACED_FIELD_NUMBER: _ClassVar[int]
    recipients: int
    by_channel: _containers.ScalarMap[str, int]
    by_language: _containers.ScalarMap[str, int]
    cost_won: _containers.ScalarMap[str, int]
    approvals_needed: int
    unplaced: int
    def __init__(self, recipients: _Optional[int] = ..., by_channel: _Optional[_Mapping[str, int]] = ..., by_language: _Optional[_Mapping[str, int]] = ..., cost_won: _Optional[_Mapping[str, int]] = ..., approvals_needed: _Optional[int] = ..., unplaced: _Optional[int] = ...) -> None: ...

class NoticeSending(_message.Message):
    __slots__ = ("mailing_id", "state", "counts", "by_channel", "unreached")
    class ByChannelEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: _mailing_pb2.MailingCounts
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[_mailing_pb2.MailingCounts, _Mapping]] = ...) -> None: ...
    MAILING_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    BY_CHANNEL_FIELD_NUMBER: _ClassVar[int]
    UNREACHED_FIELD_NUMBER: _ClassVar[int]
    mailing_id: str
    state: _mailing_pb2.MailingState
    counts: _mailing_pb2.MailingCounts
    by_channel: _containers.MessageMap[str, _mailing_pb2.MailingCounts]
    unreached: int
    def __init__(self, mailing_id: _Optional[str] = ..., state: _Optional[_Union[_mailing_pb2.MailingState, str]] = ..., counts: _Optional[_Union[_mailing_pb2.MailingCounts, _Mapping]] = ..., by_channel: _Optional[_Mapping[str, _mailing_pb2.MailingCounts]] = ..., unreached: _Optional[int] = ...) -> None: ...

class Notice(_message.Message):
    __slots__ = ("id", "state", "act", "notice_class", "hazard", "alert_id", "follows", "area", "channels", "sign_video_url", "created_by", "author", "version", "approved_by", "recipients", "counted", "reason", "propose_time", "wait_time", "release_time", "end_time", "sequence")
    ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    ACT_FIELD_NUMBER: _ClassVar[int]
    NOTICE_CLASS_FIELD_NUMBER: _ClassVar[int]
    HAZARD_FIELD_NUMBER: _ClassVar[int]
    ALERT_ID_FIELD_NUMBER: _ClassVar[int]
    FOLLOWS_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    CHANNELS_FIELD_NUMBER: _ClassVar[int]
    SIGN_VIDEO_URL_FIELD_NUMBER: _ClassVar[int]
    CREATED_BY_FIELD_NUMBER: _ClassVar[int]
    AUTHOR_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    APPROVED_BY_FIELD_NUMBER: _ClassVar[int]
    RECIPIENTS_FIELD_NUMBER: _ClassVar[int]
    COUNTED_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    PROPOSE_TIME_FIELD_NUMBER: _ClassVar[int]
    WAIT_TIME_FIELD_NUMBER: _ClassVar[int]
    RELEASE_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    id: str
    state: NoticeState
    act: NoticeAct
    notice_class: NoticeClass
    hazard: str
    alert_id: str
    follows: str
    area: _alert_pb2.Area
    channels: _containers.RepeatedScalarFieldContainer[str]
    sign_video_url: str
    created_by: str
    author: str
    version: int
    approved_by: _containers.RepeatedScalarFieldContainer[str]
    recipients: int
    counted: bool
    reason: str
    propose_time: _timestamp_pb2.Timestamp
    wait_time: _timestamp_pb2.Timestamp
    release_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    sequence: int
    def __init__(self, id: _Optional[str] = ..., state: _Optional[_Union[NoticeState, str]] = ..., act: _Optional[_Union[NoticeAct, str]] = ..., notice_class: _Optional[_Union[NoticeClass, str]] = ..., hazard: _Optional[str] = ..., alert_id: _Optional[str] = ..., follows: _Optional[str] = ..., area: _Optional[_Union[_alert_pb2.Area, _Mapping]] = ..., channels: _Optional[_Iterable[str]] = ..., sign_video_url: _Optional[str] = ..., created_by: _Optional[str] = ..., author: _Optional[str] = ..., version: _Optional[int] = ..., approved_by: _Optional[_Iterable[str]] = ..., recipients: _Optional[int] = ..., counted: _Optional[bool] = ..., reason: _Optional[str] = ..., propose_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., wait_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., release_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., sequence: _Optional[int] = ...) -> None: ...

class NoticeEntry(_message.Message):
    __slots__ = ("sequence", "kind", "state", "reason", "actor", "version", "note", "happen_time", "case_id")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    HAPPEN_TIME_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    sequence: int
    kind: str
    state: NoticeState
    reason: str
    actor: str
    version: int
    note: str
    happen_time: _timestamp_pb2.Timestamp
    case_id: str
    def __init__(self, sequence: _Optional[int] = ..., kind: _Optional[str] = ..., state: _Optional[_Union[NoticeState, str]] = ..., reason: _Optional[str] = ..., actor: _Optional[str] = ..., version: _Optional[int] = ..., note: _Optional[str] = ..., happen_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., case_id: _Optional[str] = ...) -> None: ...

class NoticeRule(_message.Message):
    __slots__ = ("id", "area_code", "hazard", "category", "least_severity", "least_urgency", "least_certainty", "notice_class", "channels")
    ID_FIELD_NUMBER: _ClassVar[int]
    AREA_CODE_FIELD_NUMBER: _ClassVar[int]
    HAZARD_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    LEAST_SEVERITY_FIELD_NUMBER: _ClassVar[int]
    LEAST_URGENCY_FIELD_NUMBER: _ClassVar[int]
    LEAST_CERTAINTY_FIELD_NUMBER: _ClassVar[int]
    NOTICE_CLASS_FIELD_NUMBER: _ClassVar[int]
    CHANNELS_FIELD_NUMBER: _ClassVar[int]
    id: str
    area_code: str
    hazard: str
    category: str
    least_severity: str
    least_urgency: str
    least_certainty: str
    notice_class: NoticeClass
    channels: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, id: _Optional[str] = ..., area_code: _Optional[str] = ..., hazard: _Optional[str] = ..., category: _Optional[str] = ..., least_severity: _Optional[str] = ..., least_urgency: _Optional[str] = ..., least_certainty: _Optional[str] = ..., notice_class: _Optional[_Union[NoticeClass, str]] = ..., channels: _Optional[_Iterable[str]] = ...) -> None: ...
