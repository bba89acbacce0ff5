import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.intake.v1 import case_pb2 as _case_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ContactReceived(_message.Message):
    __slots__ = ("contact_id", "case_id", "citizen_id", "channel", "medium", "language", "receive_time", "opens_case", "sequence", "topic", "priority_class", "place_key")
    CONTACT_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    MEDIUM_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    RECEIVE_TIME_FIELD_NUMBER: _ClassVar[int]
    OPENS_CASE_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_CLASS_FIELD_NUMBER: _ClassVar[int]
    PLACE_KEY_FIELD_NUMBER: _ClassVar[int]
    contact_id: str
    case_id: str
    citizen_id: str
    channel: str
    medium: _case_pb2.Medium
    language: str
    receive_time: _timestamp_pb2.Timestamp
    opens_case: bool
    sequence: int
    topic: str
    priority_class: _case_pb2.PriorityClass
    place_key: str
    def __init__(self, contact_id: _Optional[str] = ..., case_id: _Optional[str] = ..., citizen_id: _Optional[str] = ..., channel: _Optional[str] = ..., medium: _Optional[_Union[_case_pb2.Medium, str]] = ..., language: _Optional[str] = ..., receive_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., opens_case: _Optional[bool] = ..., sequence: _Optional[int] = ..., topic: _Optional[str] = ..., priority_class: _Optional[_Union[_case_pb2.PriorityClass, str]] = ..., place_key: _Optional[str] = ...) -> None: ...

class CallbackAsked(_message.Message):
    __slots__ = ("case_id", "work_item_id", "channel")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    work_item_id: str
    channel: str
    def __init__(self, case_id: _Optional[str] = ..., work_item_id: _Optional[str] = ..., channel: _Optional[str] = ...) -> None: ...

class CaseChanged(_message.Message):
    __slots__ = ("case_id", "sequence")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    sequence: int
    def __init__(self, case_id: _Optional[str] = ..., sequence: _Optional[int] = ...) -> None: ...

class CaseCorrected(_message.Message):
    __slots__ = ("case_id", "topic", "priority_class")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_CLASS_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    topic: str
    priority_class: _case_pb2.PriorityClass
    def __init__(self, case_id: _Optional[str] = ..., topic: _Optional[str] = ..., priority_class: _Optional[_Union[_case_pb2.PriorityClass, str]] = ...) -> None: ...

class CaseClosed(_message.Message):
    __slots__ = ("case_id",)
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    def __init__(self, case_id: _Optional[str] = ...) -> None: ...

class SendReply(_message.Message):
    __slots__ = ("reply_id", "channel")
    REPLY_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    reply_id: str
    channel: str
    def __init__(self, reply_id: _Optional[str] = ..., channel: _Optional[str] = ...) -> None: ...

class FetchAttachment(_message.Message):
    __slots__ = ("attachment_id",)
    ATTACHMENT_ID_FIELD_NUMBER: _ClassVar[int]
    attachment_id: str
    def __init__(self, attachment_id: _Optional[str] = ...) -> None: ...

class SendVerificationCode(_message.Message):
    __slots__ = ("verification_id",)
    VERIFICATION_ID_FIELD_NUMBER: _ClassVar[int]
    verification_id: str
    def __init__(self, verification_id: _Optional[str] = ...) -> None: ...

class EndSession(_message.Message):
    __slots__ = ("case_id", "channel")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    channel: str
    def __init__(self, case_id: _Optional[str] = ..., channel: _Optional[str] = ...) -> None: ...

class SubmitHandover(_message.Message):
    __slots__ = ("handover_id", "department")
    HANDOVER_ID_FIELD_NUMBER: _ClassVar[int]
    DEPARTMENT_FIELD_NUMBER: _ClassVar[int]
    handover_id: str
    department: str
    def __init__(self, handover_id: _Optional[str] = ..., department: _Optional[str] = ...) -> None: ...

class DeliveryReported(_message.Message):
    __slots__ = ("channel", "message_id", "provider_key", "state")
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    PROVIDER_KEY_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    channel: str
    message_id: str
    provider_key: str
    state: _case_pb2.ReplyState
    def __init__(self, channel: _Optional[str] = ..., message_id: _Optional[str] = ..., provider_key: _Optional[str] = ..., state: _Optional[_Union[_case_pb2.ReplyState, str]] = ...) -> None: ...

class OptOutAsked(_message.Message):
    __slots__ = ("contact_id", "case_id", "channel", "address_key")
    CONTACT_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_KEY_FIELD_NUMBER: _ClassVar[int]
    contact_id: str
    case_id: str
    channel: str
    address_key: str
    def __init__(self, contact_id: _Optional[str] = ..., case_id: _Optional[str] = ..., channel: _Optional[str] = ..., address_key: _Optional[str] = ...) -> None: ...

class HandoverChanged(_message.Message):
    __slots__ = ("handover_id", "case_id", "department", "state", "conference_id")
    HANDOVER_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    DEPARTMENT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CONFERENCE_ID_FIELD_NUMBER: _ClassVar[int]
    handover_id: str
    case_id: str
    department: str
    state: _case_pb2.HandoverState
    conference_id: str
    def __init__(self, handover_id: _Optional[str] = ..., case_id: _Optional[str] = ..., department: _Optional[str] = ..., state: _Optional[_Union[_case_pb2.HandoverState, str]] = ..., conference_id: _Optional[str] = ...) -> None: ...

class CallChanged(_message.Message):
    __slots__ = ("call_id", "channel", "leg_id", "contact_id", "case_id", "conference_id", "state", "end_reason", "occur_time")
    CALL_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    LEG_ID_FIELD_NUMBER: _ClassVar[int]
    CONTACT_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CONFERENCE_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    END_REASON_FIELD_NUMBER: _ClassVar[int]
    OCCUR_TIME_FIELD_NUMBER: _ClassVar[int]
    call_id: str
    channel: str
    leg_id: str
    contact_id: str
    case_id: str
    conference_id: str
    state: _case_pb2.CallState
    end_reason: _case_pb2.CallEndReason
    occur_time: _timestamp_pb2.Timestamp
    def __init__(self, call_id: _Optional[str] = ..., channel: _Optional[str] = ..., leg_id: _Optional[str] = ..., contact_id: _Optional[str] = ..., case_id: _Optional[str] = ..., conference_id: _Optional[str] = ..., state: _Optional[_Union[_case_pb2.CallState, str]] = ..., end_reason: _Optional[_Union[_case_pb2.CallEndReason, str]] = ..., occur_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CitizenAnswered(_message.Message):
    __slots__ = ("message_id", "case_id", "choice", "answer_time")
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CHOICE_FIELD_NUMBER: _ClassVar[int]
    ANSWER_TIME_FIELD_NUMBER: _ClassVar[int]
    message_id: str
    case_id: str
    choice: str
    answer_time: _timestamp_pb2.Timestamp
    def __init__(self, message_id: _Optional[str] = ..., case_id: _Optional[str] = ..., choice: _Optional[str] = ..., answer_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CitizenTold(_message.Message):
    __slots__ = ("message_id", "case_id", "sent")
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    SENT_FIELD_NUMBER: _ClassVar[int]
    message_id: str
    case_id: str
    sent: bool
    def __init__(self, message_id: _Optional[str] = ..., case_id: _Optional[str] = ..., sent: _Optional[bool] = ...) -> None: ...

class PartnerMessageChanged(_message.Message):
    __slots__ = ("message_id", "state")
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    message_id: str
    state: _case_pb2.ReplyState
    def __init__(self, message_id: _Optional[str] = ..., state: _Optional[_Union[_case_pb2.ReplyState, str]] = ...) -> None: ...

class SendPartnerMessage(_message.Message):
    __slots__ = ("message_id", "channel")
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    message_id: str
    channel: str
    def __init__(self, message_id: _Optional[str] = ..., channel: _Optional[str] = ...) -> None: ...

class SightingReceived(_message.Message):
    __slots__ = ("notice_id", "case_id", "contact_id", "receive_time")
    NOTICE_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CONTACT_ID_FIELD_NUMBER: _ClassVar[int]
    RECEIVE_TIME_FIELD_NUMBER: _ClassVar[int]
    notice_id: str
    case_id: str
    contact_id: str
    receive_time: _timestamp_pb2.Timestamp
    def __init__(self, notice_id: _Optional[str] = ..., case_id: _Optional[str] = ..., contact_id: _Optional[str] = ..., receive_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
