from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.routing.v1 import conference_pb2 as _conference_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class StartConferenceRequest(_message.Message):
    __slots__ = ("case_id", "work_item_id", "target", "ladder_id", "drill", "channel", "request_id")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    LADDER_ID_FIELD_NUMBER: _ClassVar[int]
    DRILL_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    work_item_id: str
    target: _conference_pb2.ConferenceTarget
    ladder_id: str
    drill: bool
    channel: str
    request_id: str
    def __init__(self, case_id: _Optional[str] = ..., work_item_id: _Optional[str] = ..., target: _Optional[_Union[_conference_pb2.ConferenceTarget, _Mapping]] = ..., ladder_id: _Optional[str] = ..., drill: _Optional[bool] = ..., channel: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class StartConferenceResponse(_message.Message):
    __slots__ = ("conference",)
    CONFERENCE_FIELD_NUMBER: _ClassVar[int]
    conference: _conference_pb2.Conference
    def __init__(self, conference: _Optional[_Union[_conference_pb2.Conference, _Mapping]] = ...) -> None: ...

class StartCallRequest(_message.Message):
    __slots__ = ("case_id", "work_item_id", "channel", "request_id")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    work_item_id: str
    channel: str
    request_id: str
    def __init__(self, case_id: _Optional[str] = ..., work_item_id: _Optional[str] = ..., channel: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class StartCallResponse(_message.Message):
    __slots__ = ("conference",)
    CONFERENCE_FIELD_NUMBER: _ClassVar[int]
    conference: _conference_pb2.Conference
    def __init__(self, conference: _Optional[_Union[_conference_pb2.Conference, _Mapping]] = ...) -> None: ...

class GetConferenceRequest(_message.Message):
    __slots__ = ("conference_id",)
    CONFERENCE_ID_FIELD_NUMBER: _ClassVar[int]
    conference_id: str
    def __init__(self, conference_id: _Optional[str] = ...) -> None: ...

class GetConferenceResponse(_message.Message):
    __slots__ = ("conference", "entries")
    CONFERENCE_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    conference: _conference_pb2.Conference
    entries: _containers.RepeatedCompositeFieldContainer[_conference_pb2.ConferenceEntry]
    def __init__(self, conference: _Optional[_Union[_conference_pb2.Conference, _Mapping]] = ..., entries: _Optional[_Iterable[_Union[_conference_pb2.ConferenceEntry, _Mapping]]] = ...) -> None: ...

class WatchConferenceRequest(_message.Message):
    __slots__ = ("conference_id", "after_sequence")
    CONFERENCE_ID_FIELD_NUMBER: _ClassVar[int]
    AFTER_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    conference_id: str
    after_sequence: int
    def __init__(self, conference_id: _Optional[str] = ..., after_sequence: _Optional[int] = ...) -> None: ...

class WatchConferenceResponse(_message.Message):
    __slots__ = ("entry",)
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    entry: _conference_pb2.ConferenceEntry
    def __init__(self, entry: _Optional[_Union[_conference_pb2.ConferenceEntry, _Mapping]] = ...) -> None: ...

class ListConferencesRequest(_message.Message):
    __slots__ = ("active", "page_size", "page_token", "purpose")
    ACTIVE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    active: bool
    page_size: int
    page_token: str
    purpose: _conference_pb2.ConferencePurpose
    def __init__(self, active: _Optional[bool] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., purpose: _Optional[_Union[_conference_pb2.ConferencePurpose, str]] = ...) -> None: ...

class ListConferencesResponse(_message.Message):
    __slots__ = ("conferences", "next_page_token")
    CONFERENCES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    conferences: _containers.RepeatedCompositeFieldContainer[_conference_pb2.Conference]
    next_page_token: str
    def __init__(self, conferences: _Optional[_Iterable[_Union[_conference_pb2.Conference, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class AcknowledgeConferenceRequest(_message.Message):
    __slots__ = ("conference_id", "acknowledged_by")
    CONFERENCE_ID_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGED_BY_FIELD_NUMBER: _ClassVar[int]
    conference_id: str
    acknowledged_by: str
    def __init__(self, conference_id: _Optional[str] = ..., acknowledged_by: _Optional[str] = ...) -> None: ...

class AcknowledgeConferenceResponse(_message.Message):
    __slots__ = ("conference",)
    CONFERENCE_FIELD_NUMBER: _ClassVar[int]
    conference: _conference_pb2.Conference
    def __init__(self, conference: _Optional[_Union[_conference_pb2.Conference, _Mapping]] = ...) -> None: ...

class HoldLegRequest(_message.Message):
    __slots__ = ("conference_id", "leg_id", "held")
    CONFERENCE_ID_FIELD_NUMBER: _ClassVar[int]
    LEG_ID_FIELD_NUMBER: _ClassVar[int]
    HELD_FIELD_NUMBER: _ClassVar[int]
    conference_id: str
    leg_id: str
    held: bool
    def __init__(self, conference_id: _Optional[str] = ..., leg_id: _Optional[str] = ..., held: _Optional[bool] = ...) -> None: ...

class HoldLegResponse(_message.Message):
    __slots__ = ("conference",)
    CONFERENCE_FIELD_NUMBER: _ClassVar[int]
    conference: _conference_pb2.Conference
    def __init__(self, conference: _Optional[_Union[_conference_pb2.Conference, _Mapping]] = ...) -> None: ...

class AddLegRequest(_message.Message):
    __slots__ = ("conference_id", "target", "ring_seconds")
    CONFERENCE_ID_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    RING_SECONDS_FIELD_NUMBER: _ClassVar[int]
    conference_id: str
    target: _conference_pb2.ConferenceTarget
    ring_seconds: int
    def __init__(self, conference_id: _Optional[str] = ..., target: _Optional[_Union[_conference_pb2.ConferenceTarget, _Mapping]] = ..., ring_seconds: _Optional[int] = ...) -> None: ...

class AddLegResponse(_message.Message):
    __slots__ = ("conference",)
    CONFERENCE_FIELD_NUMBER: _ClassVar[int]
    conference: _conference_pb2.Conference
    def __init__(self, conference: _Optional[_Union[_conference_pb2.Conference, _Mapping]] = ...) -> None: ...

class LeaveConferenceRequest(_message.Message):
    __slots__ = ("conference_id", "force", "reason")
    CONFERENCE_ID_FIELD_NUMBER: _ClassVar[int]
    FORCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    conference_id: str
    force: bool
    reason: str
    def __init__(self, conference_id: _Optional[str] = ..., force: _Optional[bool] = ..., reason: _Optional[str] = ...) -> None: ...

class LeaveConferenceResponse(_message.Message):
    __slots__ = ("conference",)
    CONFERENCE_FIELD_NUMBER: _ClassVar[int]
    conference: _conference_pb2.Conference
    def __init__(self, conference: _Optional[_Union[_conference_pb2.Conference, _Mapping]] = ...) -> None: ...

class EndConferenceRequest(_message.Message):
    __slots__ = ("conference_id", "reason")
    CONFERENCE_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    conference_id: str
    reason: str
    def __init__(self, conference_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class EndConferenceResponse(_message.Message):
    __slots__ = ("conference",)
    CONFERENCE_FIELD_NUMBER: _ClassVar[int]
    conference: _conference_pb2.Conference
    def __init__(self, conference: _Optional[_Union[_conference_pb2.Conference, _Mapping]] = ...) -> None: ...

class CancelConferenceRequest(_message.Message):
    __slots__ = ("conference_id", "reason")
    CONFERENCE_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    conference_id: str
    reason: str
    def __init__(self, conference_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class CancelConferenceResponse(_message.Message):
    __slots__ = ("conference",)
    CONFERENCE_FIELD_NUMBER: _ClassVar[int]
    conference: _conference_pb2.Conference
    def __init__(self, conference: _Optional[_Union[_conference_pb2.Conference, _Mapping]] = ...) -> None: ...

class MonitorConferenceRequest(_message.Message):
    __slots__ = ("conference_id",)
    CONFERENCE_ID_FIELD_NUMBER: _ClassVar[int]
    conference_id: str
    def __init__(self, conference_id: _Optional[str] = ...) -> None: ...

class MonitorConferenceResponse(_message.Message):
    __slots__ = ("conference",)
    CONFERENCE_FIELD_NUMBER: _ClassVar[int]
    conference: _conference_pb2.Conference
    def __init__(self, conference: _Optional[_Union[_conference_pb2.Conference, _Mapping]] = ...) -> None: ...

class BargeConferenceRequest(_message.Message):
    __slots__ = ("conference_id",)
    CONFERENCE_ID_FIELD_NUMBER: _ClassVar[int]
    conference_id: str
    def __init__(self, conference_id: _Optional[str] = ...) -> None: ...

class BargeConferenceResponse(_message.Message):
    __slots__ = ("conference",)
    CONFERENCE_FIELD_NUMBER: _ClassVar[int]
    conference: _conference_pb2.Conference
    def __init__(self, conference: _Optional[_Union[_conference_pb2.Conference, _Mapping]] = ...) -> None: ...

class LeaveMonitoringRequest(_message.Message):
    __slots__ = ("conference_id",)
    CONFERENCE_ID_FIELD_NUMBER: _ClassVar[int]
    conference_id: str
    def __init__(self, conference_id: _Optional[str] = ...) -> None: ...

class LeaveMonitoringResponse(_message.Message):
    __slots__ = ("conference",)
    CONFERENCE_FIELD_NUMBER: _ClassVar[int]
    conference: _conference_pb2.Conference
    def __init__(self, conference: _Optional[_Union[_conference_pb2.Conference, _Mapping]] = ...) -> None: ...

class PutLadderRequest(_message.Message):
    __slots__ = ("ladder",)
    LADDER_FIELD_NUMBER: _ClassVar[int]
    ladder: _conference_pb2.Ladder
    def __init__(self, ladder: _Optional[_Union[_conference_pb2.Ladder, _Mapping]] = ...) -> None: ...

class PutLadderResponse(_message.Message):
    __slots__ = ("ladder",)
    LADDER_FIELD_NUMBER: _ClassVar[int]
    ladder: _conference_pb2.Ladder
    def __init__(self, ladder: _Optional[_Union[_conference_pb2.Ladder, _Mapping]] = ...) -> None: ...

class ListLaddersRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListLaddersResponse(_message.Message):
    __slots__ = ("ladders",)
    LADDERS_FIELD_NUMBER: _ClassVar[int]
    ladders: _containers.RepeatedCompositeFieldContainer[_conference_pb2.Ladder]
    def __init__(self, ladders: _Optional[_Iterable[_Union[_conference_pb2.Ladder, _Mapping]]] = ...) -> None: ...
