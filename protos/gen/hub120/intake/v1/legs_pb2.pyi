import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class LegCommand(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LEG_COMMAND_UNSPECIFIED: _ClassVar[LegCommand]
    LEG_COMMAND_DIAL: _ClassVar[LegCommand]
    LEG_COMMAND_JOIN: _ClassVar[LegCommand]
    LEG_COMMAND_HOLD: _ClassVar[LegCommand]
    LEG_COMMAND_RESUME: _ClassVar[LegCommand]
    LEG_COMMAND_HANG_UP: _ClassVar[LegCommand]
    LEG_COMMAND_MUTE: _ClassVar[LegCommand]
    LEG_COMMAND_UNMUTE: _ClassVar[LegCommand]

class LegOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LEG_OUTCOME_UNSPECIFIED: _ClassVar[LegOutcome]
    LEG_OUTCOME_DONE: _ClassVar[LegOutcome]
    LEG_OUTCOME_REFUSED: _ClassVar[LegOutcome]
    LEG_OUTCOME_FAILED: _ClassVar[LegOutcome]
    LEG_OUTCOME_NO_LINE: _ClassVar[LegOutcome]
    LEG_OUTCOME_EXPIRED: _ClassVar[LegOutcome]
    LEG_OUTCOME_WITHDRAWN: _ClassVar[LegOutcome]
    LEG_OUTCOME_FORBIDDEN: _ClassVar[LegOutcome]
LEG_COMMAND_UNSPECIFIED: LegCommand
LEG_COMMAND_DIAL: LegCommand
LEG_COMMAND_JOIN: LegCommand
LEG_COMMAND_HOLD: LegCommand
LEG_COMMAND_RESUME: LegCommand
LEG_COMMAND_HANG_UP: LegCommand
LEG_COMMAND_MUTE: LegCommand
LEG_COMMAND_UNMUTE: LegCommand
LEG_OUTCOME_UNSPECIFIED: LegOutcome
LEG_OUTCOME_DONE: LegOutcome
LEG_OUTCOME_REFUSED: LegOutcome
LEG_OUTCOME_FAILED: LegOutcome
LEG_OUTCOME_NO_LINE: LegOutcome
LEG_OUTCOME_EXPIRED: LegOutcome
LEG_OUTCOME_WITHDRAWN: LegOutcome
LEG_OUTCOME_FORBIDDEN: LegOutcome

class DialTo(_message.Message):
    __slots__ = ("department", "service_number", "case_id", "account", "sealed_number")
    DEPARTMENT_FIELD_NUMBER: _ClassVar[int]
    SERVICE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    SEALED_NUMBER_FIELD_NUMBER: _ClassVar[int]
    department: str
    service_number: str
    case_id: str
    account: str
    sealed_number: bytes
    def __init__(self, department: _Optional[str] = ..., service_number: _Optional[str] = ..., case_id: _Optional[str] = ..., account: _Optional[str] = ..., sealed_number: _Optional[bytes] = ...) -> None: ...

class Announcement(_message.Message):
    __slots__ = ("text", "language")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    text: str
    language: str
    def __init__(self, text: _Optional[str] = ..., language: _Optional[str] = ...) -> None: ...

class CommandLeg(_message.Message):
    __slots__ = ("command_id", "channel", "conference_id", "leg_id", "command", "dial_to", "ring_seconds", "expire_time", "drill", "announcement", "muted")
    COMMAND_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    CONFERENCE_ID_FIELD_NUMBER: _ClassVar[int]
    LEG_ID_FIELD_NUMBER: _ClassVar[int]
    COMMAND_FIELD_NUMBER: _ClassVar[int]
    DIAL_TO_FIELD_NUMBER: _ClassVar[int]
    RING_SECONDS_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    DRILL_FIELD_NUMBER: _ClassVar[int]
    ANNOUNCEMENT_FIELD_NUMBER: _ClassVar[int]
    MUTED_FIELD_NUMBER: _ClassVar[int]
    command_id: str
    channel: str
    conference_id: str
    leg_id: str
    command: LegCommand
    dial_to: DialTo
    ring_seconds: int
    expire_time: _timestamp_pb2.Timestamp
    drill: bool
    announcement: Announcement
    muted: bool
    def __init__(self, command_id: _Optional[str] = ..., channel: _Optional[str] = ..., conference_id: _Optional[str] = ..., leg_id: _Optional[str] = ..., command: _Optional[_Union[LegCommand, str]] = ..., dial_to: _Optional[_Union[DialTo, _Mapping]] = ..., ring_seconds: _Optional[int] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., drill: _Optional[bool] = ..., announcement: _Optional[_Union[Announcement, _Mapping]] = ..., muted: _Optional[bool] = ...) -> None: ...

class LegCommanded(_message.Message):
    __slots__ = ("command_id", "conference_id", "leg_id", "command", "outcome")
    COMMAND_ID_FIELD_NUMBER: _ClassVar[int]
    CONFERENCE_ID_FIELD_NUMBER: _ClassVar[int]
    LEG_ID_FIELD_NUMBER: _ClassVar[int]
    COMMAND_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    command_id: str
    conference_id: str
    leg_id: str
    command: LegCommand
    outcome: LegOutcome
    def __init__(self, command_id: _Optional[str] = ..., conference_id: _Optional[str] = ..., leg_id: _Optional[str] = ..., command: _Optional[_Union[LegCommand, str]] = ..., outcome: _Optional[_Union[LegOutcome, str]] = ...) -> None: ...

class LegKeyPressed(_message.Message):
    __slots__ = ("leg_id", "conference_id", "key", "press_time")
    LEG_ID_FIELD_NUMBER: _ClassVar[int]
    CONFERENCE_ID_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    PRESS_TIME_FIELD_NUMBER: _ClassVar[int]
    leg_id: str
    conference_id: str
    key: str
    press_time: _timestamp_pb2.Timestamp
    def __init__(self, leg_id: _Optional[str] = ..., conference_id: _Optional[str] = ..., key: _Optional[str] = ..., press_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class HandOverPacket(_message.Message):
    __slots__ = ("conference_id", "case_id", "department", "agent_id")
    CONFERENCE_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    DEPARTMENT_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    conference_id: str
    case_id: str
    department: str
    agent_id: str
    def __init__(self, conference_id: _Optional[str] = ..., case_id: _Optional[str] = ..., department: _Optional[str] = ..., agent_id: _Optional[str] = ...) -> None: ...
