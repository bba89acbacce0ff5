import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.intake.v1 import case_pb2 as _case_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class SatisfactionGiven(_message.Message):
    __slots__ = ("case_id", "score", "give_time")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    GIVE_TIME_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    score: int
    give_time: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., score: _Optional[int] = ..., give_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CallWanted(_message.Message):
    __slots__ = ("request_id", "case_id", "citizen_id", "purpose", "language", "preferred_agent_ids", "priority_class")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_ID_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    PREFERRED_AGENT_IDS_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_CLASS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    case_id: str
    citizen_id: str
    purpose: str
    language: str
    preferred_agent_ids: _containers.RepeatedScalarFieldContainer[str]
    priority_class: _case_pb2.PriorityClass
    def __init__(self, request_id: _Optional[str] = ..., case_id: _Optional[str] = ..., citizen_id: _Optional[str] = ..., purpose: _Optional[str] = ..., language: _Optional[str] = ..., preferred_agent_ids: _Optional[_Iterable[str]] = ..., priority_class: _Optional[_Union[_case_pb2.PriorityClass, str]] = ...) -> None: ...

class CallUnwanted(_message.Message):
    __slots__ = ("request_id", "case_id")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    case_id: str
    def __init__(self, request_id: _Optional[str] = ..., case_id: _Optional[str] = ...) -> None: ...

class ErrandWaits(_message.Message):
    __slots__ = ("errand_id",)
    ERRAND_ID_FIELD_NUMBER: _ClassVar[int]
    errand_id: str
    def __init__(self, errand_id: _Optional[str] = ...) -> None: ...

class RoundChanged(_message.Message):
    __slots__ = ("round_id", "sequence")
    ROUND_ID_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    round_id: str
    sequence: int
    def __init__(self, round_id: _Optional[str] = ..., sequence: _Optional[int] = ...) -> None: ...

class SendPart(_message.Message):
    __slots__ = ("part_id", "channel")
    PART_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    part_id: str
    channel: str
    def __init__(self, part_id: _Optional[str] = ..., channel: _Optional[str] = ...) -> None: ...

class SurgeDeclared(_message.Message):
    __slots__ = ("notice_id", "area_codes", "until_time")
    NOTICE_ID_FIELD_NUMBER: _ClassVar[int]
    AREA_CODES_FIELD_NUMBER: _ClassVar[int]
    UNTIL_TIME_FIELD_NUMBER: _ClassVar[int]
    notice_id: str
    area_codes: _containers.RepeatedScalarFieldContainer[str]
    until_time: _timestamp_pb2.Timestamp
    def __init__(self, notice_id: _Optional[str] = ..., area_codes: _Optional[_Iterable[str]] = ..., until_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class SurgeEnded(_message.Message):
    __slots__ = ("notice_id", "end_time")
    NOTICE_ID_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    notice_id: str
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, notice_id: _Optional[str] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class NoticeWaits(_message.Message):
    __slots__ = ("notice_id", "approvals", "since_time")
    NOTICE_ID_FIELD_NUMBER: _ClassVar[int]
    APPROVALS_FIELD_NUMBER: _ClassVar[int]
    SINCE_TIME_FIELD_NUMBER: _ClassVar[int]
    notice_id: str
    approvals: int
    since_time: _timestamp_pb2.Timestamp
    def __init__(self, notice_id: _Optional[str] = ..., approvals: _Optional[int] = ..., since_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class MissingPersonActive(_message.Message):
    __slots__ = ("notice_id", "code", "area_codes", "until_time")
    NOTICE_ID_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    AREA_CODES_FIELD_NUMBER: _ClassVar[int]
    UNTIL_TIME_FIELD_NUMBER: _ClassVar[int]
    notice_id: str
    code: str
    area_codes: _containers.RepeatedScalarFieldContainer[str]
    until_time: _timestamp_pb2.Timestamp
    def __init__(self, notice_id: _Optional[str] = ..., code: _Optional[str] = ..., area_codes: _Optional[_Iterable[str]] = ..., until_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class MissingPersonClosed(_message.Message):
    __slots__ = ("notice_id", "close_time")
    NOTICE_ID_FIELD_NUMBER: _ClassVar[int]
    CLOSE_TIME_FIELD_NUMBER: _ClassVar[int]
    notice_id: str
    close_time: _timestamp_pb2.Timestamp
    def __init__(self, notice_id: _Optional[str] = ..., close_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class AlertChanged(_message.Message):
    __slots__ = ("alert_id", "sequence")
    ALERT_ID_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    alert_id: str
    sequence: int
    def __init__(self, alert_id: _Optional[str] = ..., sequence: _Optional[int] = ...) -> None: ...

class NoticeChanged(_message.Message):
    __slots__ = ("notice_id",)
    NOTICE_ID_FIELD_NUMBER: _ClassVar[int]
    notice_id: str
    def __init__(self, notice_id: _Optional[str] = ...) -> None: ...
