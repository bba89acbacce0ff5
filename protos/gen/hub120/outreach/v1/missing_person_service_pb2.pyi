import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.outreach.v1 import alert_pb2 as _alert_pb2
from hub120.outreach.v1 import notice_pb2 as _notice_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class MissingKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MISSING_KIND_UNSPECIFIED: _ClassVar[MissingKind]
    MISSING_KIND_CHILD: _ClassVar[MissingKind]
    MISSING_KIND_DISABILITY: _ClassVar[MissingKind]
    MISSING_KIND_DEMENTIA: _ClassVar[MissingKind]

class MissingOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MISSING_OUTCOME_UNSPECIFIED: _ClassVar[MissingOutcome]
    MISSING_OUTCOME_FOUND: _ClassVar[MissingOutcome]
    MISSING_OUTCOME_CALLED_OFF: _ClassVar[MissingOutcome]
    MISSING_OUTCOME_EXPIRED: _ClassVar[MissingOutcome]
MISSING_KIND_UNSPECIFIED: MissingKind
MISSING_KIND_CHILD: MissingKind
MISSING_KIND_DISABILITY: MissingKind
MISSING_KIND_DEMENTIA: MissingKind
MISSING_OUTCOME_UNSPECIFIED: MissingOutcome
MISSING_OUTCOME_FOUND: MissingOutcome
MISSING_OUTCOME_CALLED_OFF: MissingOutcome
MISSING_OUTCOME_EXPIRED: MissingOutcome

class ReportMissingRequest(_message.Message):
    __slots__ = ("request_id", "kind", "name", "descriptions", "police_reference", "seen_time", "photo", "area", "channels", "end_time")
    class DescriptionsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTIONS_FIELD_NUMBER: _ClassVar[int]
    POLICE_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    SEEN_TIME_FIELD_NUMBER: _ClassVar[int]
    PHOTO_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    CHANNELS_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    kind: MissingKind
    name: str
    descriptions: _containers.ScalarMap[str, str]
    police_reference: str
    seen_time: _timestamp_pb2.Timestamp
    photo: bytes
    area: _alert_pb2.Area
    channels: _containers.RepeatedScalarFieldContainer[str]
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, request_id: _Optional[str] = ..., kind: _Optional[_Union[MissingKind, str]] = ..., name: _Optional[str] = ..., descriptions: _Optional[_Mapping[str, str]] = ..., police_reference: _Optional[str] = ..., seen_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., photo: _Optional[bytes] = ..., area: _Optional[_Union[_alert_pb2.Area, _Mapping]] = ..., channels: _Optional[_Iterable[str]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ReportMissingResponse(_message.Message):
    __slots__ = ("notice", "code")
    NOTICE_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    notice: _notice_pb2.Notice
    code: str
    def __init__(self, notice: _Optional[_Union[_notice_pb2.Notice, _Mapping]] = ..., code: _Optional[str] = ...) -> None: ...

class GetMissingRequest(_message.Message):
    __slots__ = ("notice_id", "photo", "code")
    NOTICE_ID_FIELD_NUMBER: _ClassVar[int]
    PHOTO_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    notice_id: str
    photo: bool
    code: str
    def __init__(self, notice_id: _Optional[str] = ..., photo: _Optional[bool] = ..., code: _Optional[str] = ...) -> None: ...

class MissingPerson(_message.Message):
    __slots__ = ("notice_id", "kind", "name", "description", "police_reference", "code", "outcome", "seen_time", "end_time", "photo_type")
    NOTICE_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    POLICE_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    SEEN_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    PHOTO_TYPE_FIELD_NUMBER: _ClassVar[int]
    notice_id: str
    kind: MissingKind
    name: str
    description: str
    police_reference: str
    code: str
    outcome: MissingOutcome
    seen_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    photo_type: str
    def __init__(self, notice_id: _Optional[str] = ..., kind: _Optional[_Union[MissingKind, str]] = ..., name: _Optional[str] = ..., description: _Optional[str] = ..., police_reference: _Optional[str] = ..., code: _Optional[str] = ..., outcome: _Optional[_Union[MissingOutcome, str]] = ..., seen_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., photo_type: _Optional[str] = ...) -> None: ...

class GetMissingResponse(_message.Message):
    __slots__ = ("person", "photo")
    PERSON_FIELD_NUMBER: _ClassVar[int]
    PHOTO_FIELD_NUMBER: _ClassVar[int]
    person: MissingPerson
    photo: bytes
    def __init__(self, person: _Optional[_Union[MissingPerson, _Mapping]] = ..., photo: _Optional[bytes] = ...) -> None: ...

class CloseMissingRequest(_message.Message):
    __slots__ = ("notice_id", "outcome")
    NOTICE_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    notice_id: str
    outcome: MissingOutcome
    def __init__(self, notice_id: _Optional[str] = ..., outcome: _Optional[_Union[MissingOutcome, str]] = ...) -> None: ...

class CloseMissingResponse(_message.Message):
    __slots__ = ("outcome",)
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    outcome: MissingOutcome
    def __init__(self, outcome: _Optional[_Union[MissingOutcome, str]] = ...) -> None: ...
