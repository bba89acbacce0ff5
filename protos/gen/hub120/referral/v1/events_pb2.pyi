import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.intake.v1 import legs_pb2 as _legs_pb2
from hub120.referral.v1 import referral_pb2 as _referral_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CitizenCallWanted(_message.Message):
    __slots__ = ("request_id", "case_id", "purpose")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    case_id: str
    purpose: str
    def __init__(self, request_id: _Optional[str] = ..., case_id: _Optional[str] = ..., purpose: _Optional[str] = ...) -> None: ...

class ReferralMoved(_message.Message):
    __slots__ = ("referral_id", "case_id", "organization_id", "state", "sequence")
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    ORGANIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    case_id: str
    organization_id: str
    state: _referral_pb2.ReferralState
    sequence: int
    def __init__(self, referral_id: _Optional[str] = ..., case_id: _Optional[str] = ..., organization_id: _Optional[str] = ..., state: _Optional[_Union[_referral_pb2.ReferralState, str]] = ..., sequence: _Optional[int] = ...) -> None: ...

class AgencyLegWanted(_message.Message):
    __slots__ = ("call_id", "referral_id", "case_id", "agent_id", "dial_to", "ring_seconds", "announcement", "expire_time")
    CALL_ID_FIELD_NUMBER: _ClassVar[int]
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    DIAL_TO_FIELD_NUMBER: _ClassVar[int]
    RING_SECONDS_FIELD_NUMBER: _ClassVar[int]
    ANNOUNCEMENT_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    call_id: str
    referral_id: str
    case_id: str
    agent_id: str
    dial_to: _legs_pb2.DialTo
    ring_seconds: int
    announcement: _legs_pb2.Announcement
    expire_time: _timestamp_pb2.Timestamp
    def __init__(self, call_id: _Optional[str] = ..., referral_id: _Optional[str] = ..., case_id: _Optional[str] = ..., agent_id: _Optional[str] = ..., dial_to: _Optional[_Union[_legs_pb2.DialTo, _Mapping]] = ..., ring_seconds: _Optional[int] = ..., announcement: _Optional[_Union[_legs_pb2.Announcement, _Mapping]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class AgencyLegUnwanted(_message.Message):
    __slots__ = ("call_id", "case_id")
    CALL_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    call_id: str
    case_id: str
    def __init__(self, call_id: _Optional[str] = ..., case_id: _Optional[str] = ...) -> None: ...

class AgencyTakesOver(_message.Message):
    __slots__ = ("call_id", "case_id", "agent_id")
    CALL_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    call_id: str
    case_id: str
    agent_id: str
    def __init__(self, call_id: _Optional[str] = ..., case_id: _Optional[str] = ..., agent_id: _Optional[str] = ...) -> None: ...

class AnswerMarked(_message.Message):
    __slots__ = ("case_id", "answered", "mark_time")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    ANSWERED_FIELD_NUMBER: _ClassVar[int]
    MARK_TIME_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    answered: bool
    mark_time: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., answered: _Optional[bool] = ..., mark_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ReferralChanged(_message.Message):
    __slots__ = ("referral_id", "sequence")
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    sequence: int
    def __init__(self, referral_id: _Optional[str] = ..., sequence: _Optional[int] = ...) -> None: ...

class DispatchWaits(_message.Message):
    __slots__ = ("dispatch_id",)
    DISPATCH_ID_FIELD_NUMBER: _ClassVar[int]
    dispatch_id: str
    def __init__(self, dispatch_id: _Optional[str] = ...) -> None: ...
