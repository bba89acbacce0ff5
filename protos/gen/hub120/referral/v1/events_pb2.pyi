from hub120.referral.v1 import referral_pb2 as _referral_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
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
