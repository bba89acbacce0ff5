import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class MailingState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MAILING_STATE_UNSPECIFIED: _ClassVar[MailingState]
    MAILING_STATE_DRAFT: _ClassVar[MailingState]
    MAILING_STATE_EXPANDING: _ClassVar[MailingState]
    MAILING_STATE_READY: _ClassVar[MailingState]
    MAILING_STATE_RUNNING: _ClassVar[MailingState]
    MAILING_STATE_PAUSED: _ClassVar[MailingState]
    MAILING_STATE_DONE: _ClassVar[MailingState]
    MAILING_STATE_STOPPED: _ClassVar[MailingState]

class MailingKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MAILING_KIND_UNSPECIFIED: _ClassVar[MailingKind]
    MAILING_KIND_CAMPAIGN: _ClassVar[MailingKind]
    MAILING_KIND_NOTICE: _ClassVar[MailingKind]

class MailingUrgency(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MAILING_URGENCY_UNSPECIFIED: _ClassVar[MailingUrgency]
    MAILING_URGENCY_BULK: _ClassVar[MailingUrgency]
    MAILING_URGENCY_LIFE_SAFETY: _ClassVar[MailingUrgency]
MAILING_STATE_UNSPECIFIED: MailingState
MAILING_STATE_DRAFT: MailingState
MAILING_STATE_EXPANDING: MailingState
MAILING_STATE_READY: MailingState
MAILING_STATE_RUNNING: MailingState
MAILING_STATE_PAUSED: MailingState
MAILING_STATE_DONE: MailingState
MAILING_STATE_STOPPED: MailingState
MAILING_KIND_UNSPECIFIED: MailingKind
MAILING_KIND_CAMPAIGN: MailingKind
MAILING_KIND_NOTICE: MailingKind
MAILING_URGENCY_UNSPECIFIED: MailingUrgency
MAILING_URGENCY_BULK: MailingUrgency
MAILING_URGENCY_LIFE_SAFETY: MailingUrgency

class MailingCounts(_message.Message):
    __slots__ = ("total", "queued", "sending", "sent", "delivered", "read", "failed", "skipped", "unsure", "reasons")
    class ReasonsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    QUEUED_FIELD_NUMBER: _ClassVar[int]
    SENDING_FIELD_NUMBER: _ClassVar[int]
    SENT_FIELD_NUMBER: _ClassVar[int]
    DELIVERED_FIELD_NUMBER: _ClassVar[int]
    READ_FIELD_NUMBER: _ClassVar[int]
    FAILED_FIELD_NUMBER: _ClassVar[int]
    SKIPPED_FIELD_NUMBER: _ClassVar[int]
    UNSURE_FIELD_NUMBER: _ClassVar[int]
    REASONS_FIELD_NUMBER: _ClassVar[int]
    total: int
    queued: int
    sending: int
    sent: int
    delivered: int
    read: int
    failed: int
    skipped: int
    unsure: int
    reasons: _containers.ScalarMap[str, int]
    def __init__(self, total: _Optional[int] = ..., queued: _Optional[int] = ..., sending: _Optional[int] = ..., sent: _Optional[int] = ..., delivered: _Optional[int] = ..., read: _Optional[int] = ..., failed: _Optional[int] = ..., skipped: _Optional[int] = ..., unsure: _Optional[int] = ..., reasons: _Optional[_Mapping[str, int]] = ...) -> None: ...

class Mailing(_message.Message):
    __slots__ = ("id", "kind", "urgency", "title", "state", "channels", "total", "duplicates", "created_by", "create_time", "approved_by", "start_time", "end_time")
    ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    URGENCY_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CHANNELS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    DUPLICATES_FIELD_NUMBER: _ClassVar[int]
    CREATED_BY_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    APPROVED_BY_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    id: str
    kind: MailingKind
    urgency: MailingUrgency
    title: str
    state: MailingState
    channels: _containers.RepeatedScalarFieldContainer[str]
    total: int
    duplicates: int
    created_by: str
    create_time: _timestamp_pb2.Timestamp
    approved_by: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, id: _Optional[str] = ..., kind: _Optional[_Union[MailingKind, str]] = ..., urgency: _Optional[_Union[MailingUrgency, str]] = ..., title: _Optional[str] = ..., state: _Optional[_Union[MailingState, str]] = ..., channels: _Optional[_Iterable[str]] = ..., total: _Optional[int] = ..., duplicates: _Optional[int] = ..., created_by: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., approved_by: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class MailingCost(_message.Message):
    __slots__ = ("channel", "language", "recipients", "unit_price_won", "total_won")
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    RECIPIENTS_FIELD_NUMBER: _ClassVar[int]
    UNIT_PRICE_WON_FIELD_NUMBER: _ClassVar[int]
    TOTAL_WON_FIELD_NUMBER: _ClassVar[int]
    channel: str
    language: str
    recipients: int
    unit_price_won: float
    total_won: float
    def __init__(self, channel: _Optional[str] = ..., language: _Optional[str] = ..., recipients: _Optional[int] = ..., unit_price_won: _Optional[float] = ..., total_won: _Optional[float] = ...) -> None: ...

class DryRun(_message.Message):
    __slots__ = ("costs", "unreachable", "total_won", "needs_approval")
    COSTS_FIELD_NUMBER: _ClassVar[int]
    UNREACHABLE_FIELD_NUMBER: _ClassVar[int]
    TOTAL_WON_FIELD_NUMBER: _ClassVar[int]
    NEEDS_APPROVAL_FIELD_NUMBER: _ClassVar[int]
    costs: _containers.RepeatedCompositeFieldContainer[MailingCost]
    unreachable: int
    total_won: float
    needs_approval: bool
    def __init__(self, costs: _Optional[_Iterable[_Union[MailingCost, _Mapping]]] = ..., unreachable: _Optional[int] = ..., total_won: _Optional[float] = ..., needs_approval: _Optional[bool] = ...) -> None: ...
