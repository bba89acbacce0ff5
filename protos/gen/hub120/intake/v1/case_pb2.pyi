import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CaseState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CASE_STATE_UNSPECIFIED: _ClassVar[CaseState]
    CASE_STATE_OPEN: _ClassVar[CaseState]
    CASE_STATE_IN_PROGRESS: _ClassVar[CaseState]
    CASE_STATE_PENDING: _ClassVar[CaseState]
    CASE_STATE_CLOSED: _ClassVar[CaseState]

class Medium(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MEDIUM_UNSPECIFIED: _ClassVar[Medium]
    MEDIUM_TEXT: _ClassVar[Medium]
    MEDIUM_VOICE: _ClassVar[Medium]
    MEDIUM_VIDEO: _ClassVar[Medium]

class PriorityClass(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PRIORITY_CLASS_UNSPECIFIED: _ClassVar[PriorityClass]
    PRIORITY_CLASS_LIFE_SAFETY: _ClassVar[PriorityClass]
    PRIORITY_CLASS_SAFETY: _ClassVar[PriorityClass]
    PRIORITY_CLASS_NORMAL: _ClassVar[PriorityClass]
    PRIORITY_CLASS_BULK: _ClassVar[PriorityClass]

class ReplyState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REPLY_STATE_UNSPECIFIED: _ClassVar[ReplyState]
    REPLY_STATE_QUEUED: _ClassVar[ReplyState]
    REPLY_STATE_SENDING: _ClassVar[ReplyState]
    REPLY_STATE_PARKED: _ClassVar[ReplyState]
    REPLY_STATE_SENT: _ClassVar[ReplyState]
    REPLY_STATE_DELIVERED: _ClassVar[ReplyState]
    REPLY_STATE_READ: _ClassVar[ReplyState]
    REPLY_STATE_FAILED: _ClassVar[ReplyState]
    REPLY_STATE_UNKNOWN: _ClassVar[ReplyState]

class AttachmentState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ATTACHMENT_STATE_UNSPECIFIED: _ClassVar[AttachmentState]
    ATTACHMENT_STATE_PENDING: _ClassVar[AttachmentState]
    ATTACHMENT_STATE_STORED: _ClassVar[AttachmentState]
    ATTACHMENT_STATE_REFUSED: _ClassVar[AttachmentState]

class HandoverState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HANDOVER_STATE_UNSPECIFIED: _ClassVar[HandoverState]
    HANDOVER_STATE_QUEUED: _ClassVar[HandoverState]
    HANDOVER_STATE_SENDING: _ClassVar[HandoverState]
    HANDOVER_STATE_SUBMITTED: _ClassVar[HandoverState]
    HANDOVER_STATE_ACKNOWLEDGED: _ClassVar[HandoverState]
    HANDOVER_STATE_IN_PROGRESS: _ClassVar[HandoverState]
    HANDOVER_STATE_DONE: _ClassVar[HandoverState]
    HANDOVER_STATE_REFUSED: _ClassVar[HandoverState]
    HANDOVER_STATE_FAILED: _ClassVar[HandoverState]
    HANDOVER_STATE_UNKNOWN: _ClassVar[HandoverState]

class CallState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CALL_STATE_UNSPECIFIED: _ClassVar[CallState]
    CALL_STATE_DIALLING: _ClassVar[CallState]
    CALL_STATE_RINGING: _ClassVar[CallState]
    CALL_STATE_UP: _ClassVar[CallState]
    CALL_STATE_HELD: _ClassVar[CallState]
    CALL_STATE_ENDED: _ClassVar[CallState]

class CallEndReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CALL_END_REASON_UNSPECIFIED: _ClassVar[CallEndReason]
    CALL_END_REASON_DONE: _ClassVar[CallEndReason]
    CALL_END_REASON_BUSY: _ClassVar[CallEndReason]
    CALL_END_REASON_NO_ANSWER: _ClassVar[CallEndReason]
    CALL_END_REASON_REFUSED: _ClassVar[CallEndReason]
    CALL_END_REASON_CANCELLED: _ClassVar[CallEndReason]
    CALL_END_REASON_FAILED: _ClassVar[CallEndReason]
CASE_STATE_UNSPECIFIED: CaseState
CASE_STATE_OPEN: CaseState
CASE_STATE_IN_PROGRESS: CaseState
CASE_STATE_PENDING: CaseState
CASE_STATE_CLOSED: CaseState
MEDIUM_UNSPECIFIED: Medium
MEDIUM_TEXT: Medium
MEDIUM_VOICE: Medium
MEDIUM_VIDEO: Medium
PRIORITY_CLASS_UNSPECIFIED: PriorityClass
PRIORITY_CLASS_LIFE_SAFETY: PriorityClass
PRIORITY_CLASS_SAFETY: PriorityClass
PRIORITY_CLASS_NORMAL: PriorityClass
PRIORITY_CLASS_BULK: PriorityClass
REPLY_STATE_UNSPECIFIED: ReplyState
REPLY_STATE_QUEUED: ReplyState
REPLY_STATE_SENDING: ReplyState
REPLY_STATE_PARKED: ReplyState
REPLY_STATE_SENT: ReplyState
REPLY_STATE_DELIVERED: ReplyState
REPLY_STATE_READ: ReplyState
REPLY_STATE_FAILED: ReplyState
REPLY_STATE_UNKNOWN: ReplyState
ATTACHMENT_STATE_UNSPECIFIED: AttachmentState
ATTACHMENT_STATE_PENDING: AttachmentState
ATTACHMENT_STATE_STORED: AttachmentState
ATTACHMENT_STATE_REFUSED: AttachmentState
HANDOVER_STATE_UNSPECIFIED: HandoverState
HANDOVER_STATE_QUEUED: HandoverState
HANDOVER_STATE_SENDING: HandoverState
HANDOVER_STATE_SUBMITTED: HandoverState
HANDOVER_STATE_ACKNOWLEDGED: HandoverState
HANDOVER_STATE_IN_PROGRESS: HandoverState
HANDOVER_STATE_DONE: HandoverState
HANDOVER_STATE_REFUSED: HandoverState
HANDOVER_STATE_FAILED: HandoverState
HANDOVER_STATE_UNKNOWN: HandoverState
CALL_STATE_UNSPECIFIED: CallState
CALL_STATE_DIALLING: CallState
CALL_STATE_RINGING: CallState
CALL_STATE_UP: CallState
CALL_STATE_HELD: CallState
CALL_STATE_ENDED: CallState
CALL_END_REASON_UNSPECIFIED: CallEndReason
CALL_END_REASON_DONE: CallEndReason
CALL_END_REASON_BUSY: CallEndReason
CALL_END_REASON_NO_ANSWER: CallEndReason
CALL_END_REASON_REFUSED: CallEndReason
CALL_END_REASON_CANCELLED: CallEndReason
CALL_END_REASON_FAILED: CallEndReason

class Case(_message.Message):
    __slots__ = ("id", "number", "citizen_id", "state", "channel", "language", "agent_id", "open_time", "update_time", "sequence", "topic", "priority_class")
    ID_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    OPEN_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_CLASS_FIELD_NUMBER: _ClassVar[int]
    id: str
    number: str
    citizen_id: str
    state: CaseState
    channel: str
    language: str
    agent_id: str
    open_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    sequence: int
    topic: str
    priority_class: PriorityClass
    def __init__(self, id: _Optional[str] = ..., number: _Optional[str] = ..., citizen_id: _Optional[str] = ..., state: _Optional[_Union[CaseState, str]] = ..., channel: _Optional[str] = ..., language: _Optional[str] = ..., agent_id: _Optional[str] = ..., open_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., sequence: _Optional[int] = ..., topic: _Optional[str] = ..., priority_class: _Optional[_Union[PriorityClass, str]] = ...) -> None: ...

class Entry(_message.Message):
    __slots__ = ("sequence", "time", "contact", "reply", "note", "state_change", "attachment", "call", "handover", "correction")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    TIME_FIELD_NUMBER: _ClassVar[int]
    CONTACT_FIELD_NUMBER: _ClassVar[int]
    REPLY_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    STATE_CHANGE_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENT_FIELD_NUMBER: _ClassVar[int]
    CALL_FIELD_NUMBER: _ClassVar[int]
    HANDOVER_FIELD_NUMBER: _ClassVar[int]
    CORRECTION_FIELD_NUMBER: _ClassVar[int]
    sequence: int
    time: _timestamp_pb2.Timestamp
    contact: Contact
    reply: Reply
    note: Note
    state_change: StateChange
    attachment: Attachment
    call: Call
    handover: Handover
    correction: Correction
    def __init__(self, sequence: _Optional[int] = ..., time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., contact: _Optional[_Union[Contact, _Mapping]] = ..., reply: _Optional[_Union[Reply, _Mapping]] = ..., note: _Optional[_Union[Note, _Mapping]] = ..., state_change: _Optional[_Union[StateChange, _Mapping]] = ..., attachment: _Optional[_Union[Attachment, _Mapping]] = ..., call: _Optional[_Union[Call, _Mapping]] = ..., handover: _Optional[_Union[Handover, _Mapping]] = ..., correction: _Optional[_Union[Correction, _Mapping]] = ...) -> None: ...

class Contact(_message.Message):
    __slots__ = ("id", "channel", "medium", "text", "attachments", "receive_time", "reply_deadline_time", "topic", "place", "join_url", "language", "classified_topic", "priority_class", "confidence_percent")
    ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    MEDIUM_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    RECEIVE_TIME_FIELD_NUMBER: _ClassVar[int]
    REPLY_DEADLINE_TIME_FIELD_NUMBER: _ClassVar[int]
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    JOIN_URL_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    CLASSIFIED_TOPIC_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_CLASS_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_PERCENT_FIELD_NUMBER: _ClassVar[int]
    id: str
    channel: str
    medium: Medium
    text: str
    attachments: _containers.RepeatedCompositeFieldContainer[Attachment]
    receive_time: _timestamp_pb2.Timestamp
    reply_deadline_time: _timestamp_pb2.Timestamp
    topic: str
    place: Place
    join_url: str
    language: str
    classified_topic: str
    priority_class: PriorityClass
    confidence_percent: int
    def __init__(self, id: _Optional[str] = ..., channel: _Optional[str] = ..., medium: _Optional[_Union[Medium, str]] = ..., text: _Optional[str] = ..., attachments: _Optional[_Iterable[_Union[Attachment, _Mapping]]] = ..., receive_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., reply_deadline_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., topic: _Optional[str] = ..., place: _Optional[_Union[Place, _Mapping]] = ..., join_url: _Optional[str] = ..., language: _Optional[str] = ..., classified_topic: _Optional[str] = ..., priority_class: _Optional[_Union[PriorityClass, str]] = ..., confidence_percent: _Optional[int] = ...) -> None: ...

class Place(_message.Message):
    __slots__ = ("address", "latitude", "longitude")
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    LATITUDE_FIELD_NUMBER: _ClassVar[int]
    LONGITUDE_FIELD_NUMBER: _ClassVar[int]
    address: str
    latitude: float
    longitude: float
    def __init__(self, address: _Optional[str] = ..., latitude: _Optional[float] = ..., longitude: _Optional[float] = ...) -> None: ...

class Attachment(_message.Message):
    __slots__ = ("id", "contact_id", "state", "media_type", "size", "filename", "failure")
    ID_FIELD_NUMBER: _ClassVar[int]
    CONTACT_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    FILENAME_FIELD_NUMBER: _ClassVar[int]
    FAILURE_FIELD_NUMBER: _ClassVar[int]
    id: str
    contact_id: str
    state: AttachmentState
    media_type: str
    size: int
    filename: str
    failure: str
    def __init__(self, id: _Optional[str] = ..., contact_id: _Optional[str] = ..., state: _Optional[_Union[AttachmentState, str]] = ..., media_type: _Optional[str] = ..., size: _Optional[int] = ..., filename: _Optional[str] = ..., failure: _Optional[str] = ...) -> None: ...

class Reply(_message.Message):
    __slots__ = ("id", "agent_id", "text", "state", "failure", "files", "original_text", "machine_translated")
    ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    FAILURE_FIELD_NUMBER: _ClassVar[int]
    FILES_FIELD_NUMBER: _ClassVar[int]
    ORIGINAL_TEXT_FIELD_NUMBER: _ClassVar[int]
    MACHINE_TRANSLATED_FIELD_NUMBER: _ClassVar[int]
    id: str
    agent_id: str
    text: str
    state: ReplyState
    failure: str
    files: _containers.RepeatedCompositeFieldContainer[ReplyFile]
    original_text: str
    machine_translated: bool
    def __init__(self, id: _Optional[str] = ..., agent_id: _Optional[str] = ..., text: _Optional[str] = ..., state: _Optional[_Union[ReplyState, str]] = ..., failure: _Optional[str] = ..., files: _Optional[_Iterable[_Union[ReplyFile, _Mapping]]] = ..., original_text: _Optional[str] = ..., machine_translated: _Optional[bool] = ...) -> None: ...

class ReplyFile(_message.Message):
    __slots__ = ("id", "filename", "media_type", "size")
    ID_FIELD_NUMBER: _ClassVar[int]
    FILENAME_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    id: str
    filename: str
    media_type: str
    size: int
    def __init__(self, id: _Optional[str] = ..., filename: _Optional[str] = ..., media_type: _Optional[str] = ..., size: _Optional[int] = ...) -> None: ...

class Note(_message.Message):
    __slots__ = ("id", "agent_id", "text")
    ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    id: str
    agent_id: str
    text: str
    def __init__(self, id: _Optional[str] = ..., agent_id: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class Handover(_message.Message):
    __slots__ = ("id", "department", "agent_id", "title", "text", "state", "ticket_id", "note", "expect_time", "failure", "names_citizen")
    ID_FIELD_NUMBER: _ClassVar[int]
    DEPARTMENT_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    TICKET_ID_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    EXPECT_TIME_FIELD_NUMBER: _ClassVar[int]
    FAILURE_FIELD_NUMBER: _ClassVar[int]
    NAMES_CITIZEN_FIELD_NUMBER: _ClassVar[int]
    id: str
    department: str
    agent_id: str
    title: str
    text: str
    state: HandoverState
    ticket_id: str
    note: str
    expect_time: _timestamp_pb2.Timestamp
    failure: str
    names_citizen: bool
    def __init__(self, id: _Optional[str] = ..., department: _Optional[str] = ..., agent_id: _Optional[str] = ..., title: _Optional[str] = ..., text: _Optional[str] = ..., state: _Optional[_Union[HandoverState, str]] = ..., ticket_id: _Optional[str] = ..., note: _Optional[str] = ..., expect_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., failure: _Optional[str] = ..., names_citizen: _Optional[bool] = ...) -> None: ...

class Call(_message.Message):
    __slots__ = ("id", "contact_id", "channel", "leg_id", "state", "end_reason", "start_time", "answer_time", "end_time")
    ID_FIELD_NUMBER: _ClassVar[int]
    CONTACT_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    LEG_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    END_REASON_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    id: str
    contact_id: str
    channel: str
    leg_id: str
    state: CallState
    end_reason: CallEndReason
    start_time: _timestamp_pb2.Timestamp
    answer_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, id: _Optional[str] = ..., contact_id: _Optional[str] = ..., channel: _Optional[str] = ..., leg_id: _Optional[str] = ..., state: _Optional[_Union[CallState, str]] = ..., end_reason: _Optional[_Union[CallEndReason, str]] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answer_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class StateChange(_message.Message):
    __slots__ = ("to", "agent_id")
    FROM_FIELD_NUMBER: _ClassVar[int]
    TO_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    to: CaseState
    agent_id: str
    def __init__(self, to: _Optional[_Union[CaseState, str]] = ..., agent_id: _Optional[str] = ..., **kwargs) -> None: ...

class Correction(_message.Message):
    __slots__ = ("id", "agent_id", "from_topic", "to_topic", "from_priority_class", "to_priority_class")
    ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_TOPIC_FIELD_NUMBER: _ClassVar[int]
    TO_TOPIC_FIELD_NUMBER: _ClassVar[int]
    FROM_PRIORITY_CLASS_FIELD_NUMBER: _ClassVar[int]
    TO_PRIORITY_CLASS_FIELD_NUMBER: _ClassVar[int]
    id: str
    agent_id: str
    from_topic: str
    to_topic: str
    from_priority_class: PriorityClass
    to_priority_class: PriorityClass
    def __init__(self, id: _Optional[str] = ..., agent_id: _Optional[str] = ..., from_topic: _Optional[str] = ..., to_topic: _Optional[str] = ..., from_priority_class: _Optional[_Union[PriorityClass, str]] = ..., to_priority_class: _Optional[_Union[PriorityClass, str]] = ...) -> None: ...

class Topic(_message.Message):
    __slots__ = ("id", "korean_name", "english_name")
    ID_FIELD_NUMBER: _ClassVar[int]
    KOREAN_NAME_FIELD_NUMBER: _ClassVar[int]
    ENGLISH_NAME_FIELD_NUMBER: _ClassVar[int]
    id: str
    korean_name: str
    english_name: str
    def __init__(self, id: _Optional[str] = ..., korean_name: _Optional[str] = ..., english_name: _Optional[str] = ...) -> None: ...

class Citizen(_message.Message):
    __slots__ = ("id", "identities", "linked_citizen_ids")
    ID_FIELD_NUMBER: _ClassVar[int]
    IDENTITIES_FIELD_NUMBER: _ClassVar[int]
    LINKED_CITIZEN_IDS_FIELD_NUMBER: _ClassVar[int]
    id: str
    identities: _containers.RepeatedCompositeFieldContainer[Identity]
    linked_citizen_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, id: _Optional[str] = ..., identities: _Optional[_Iterable[_Union[Identity, _Mapping]]] = ..., linked_citizen_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class Identity(_message.Message):
    __slots__ = ("channel", "kind", "address", "display_name", "verify_time")
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    VERIFY_TIME_FIELD_NUMBER: _ClassVar[int]
    channel: str
    kind: str
    address: str
    display_name: str
    verify_time: _timestamp_pb2.Timestamp
    def __init__(self, channel: _Optional[str] = ..., kind: _Optional[str] = ..., address: _Optional[str] = ..., display_name: _Optional[str] = ..., verify_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
