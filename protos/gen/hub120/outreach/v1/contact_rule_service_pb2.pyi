import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.auth.v1 import rule_pb2 as _rule_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ContactRuleKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONTACT_RULE_KIND_UNSPECIFIED: _ClassVar[ContactRuleKind]
    CONTACT_RULE_KIND_OPTED_OUT: _ClassVar[ContactRuleKind]
    CONTACT_RULE_KIND_DO_NOT_CALL: _ClassVar[ContactRuleKind]
CONTACT_RULE_KIND_UNSPECIFIED: ContactRuleKind
CONTACT_RULE_KIND_OPTED_OUT: ContactRuleKind
CONTACT_RULE_KIND_DO_NOT_CALL: ContactRuleKind

class ContactRule(_message.Message):
    __slots__ = ("kind", "channel", "source", "create_time")
    KIND_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    kind: ContactRuleKind
    channel: str
    source: str
    create_time: _timestamp_pb2.Timestamp
    def __init__(self, kind: _Optional[_Union[ContactRuleKind, str]] = ..., channel: _Optional[str] = ..., source: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class AddContactRuleRequest(_message.Message):
    __slots__ = ("address", "kind", "channel")
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    address: str
    kind: ContactRuleKind
    channel: str
    def __init__(self, address: _Optional[str] = ..., kind: _Optional[_Union[ContactRuleKind, str]] = ..., channel: _Optional[str] = ...) -> None: ...

class AddContactRuleResponse(_message.Message):
    __slots__ = ("rule",)
    RULE_FIELD_NUMBER: _ClassVar[int]
    rule: ContactRule
    def __init__(self, rule: _Optional[_Union[ContactRule, _Mapping]] = ...) -> None: ...

class RemoveContactRuleRequest(_message.Message):
    __slots__ = ("address", "channel")
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    address: str
    channel: str
    def __init__(self, address: _Optional[str] = ..., channel: _Optional[str] = ...) -> None: ...

class RemoveContactRuleResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListContactRulesRequest(_message.Message):
    __slots__ = ("address",)
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    address: str
    def __init__(self, address: _Optional[str] = ...) -> None: ...

class ListContactRulesResponse(_message.Message):
    __slots__ = ("rules",)
    RULES_FIELD_NUMBER: _ClassVar[int]
    rules: _containers.RepeatedCompositeFieldContainer[ContactRule]
    def __init__(self, rules: _Optional[_Iterable[_Union[ContactRule, _Mapping]]] = ...) -> None: ...

class QuietHours(_message.Message):
    __slots__ = ("district", "time_zone", "begin_time", "end_time")
    DISTRICT_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_FIELD_NUMBER: _ClassVar[int]
    BEGIN_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    district: str
    time_zone: str
    begin_time: str
    end_time: str
    def __init__(self, district: _Optional[str] = ..., time_zone: _Optional[str] = ..., begin_time: _Optional[str] = ..., end_time: _Optional[str] = ...) -> None: ...

class PutQuietHoursRequest(_message.Message):
    __slots__ = ("quiet_hours",)
    QUIET_HOURS_FIELD_NUMBER: _ClassVar[int]
    quiet_hours: QuietHours
    def __init__(self, quiet_hours: _Optional[_Union[QuietHours, _Mapping]] = ...) -> None: ...

class PutQuietHoursResponse(_message.Message):
    __slots__ = ("quiet_hours",)
    QUIET_HOURS_FIELD_NUMBER: _ClassVar[int]
    quiet_hours: QuietHours
    def __init__(self, quiet_hours: _Optional[_Union[QuietHours, _Mapping]] = ...) -> None: ...

class ListQuietHoursRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListQuietHoursResponse(_message.Message):
    __slots__ = ("quiet_hours",)
    QUIET_HOURS_FIELD_NUMBER: _ClassVar[int]
    quiet_hours: _containers.RepeatedCompositeFieldContainer[QuietHours]
    def __init__(self, quiet_hours: _Optional[_Iterable[_Union[QuietHours, _Mapping]]] = ...) -> None: ...
