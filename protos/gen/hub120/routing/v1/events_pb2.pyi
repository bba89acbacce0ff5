import datetime

from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.intake.v1 import case_pb2 as _case_pb2
from hub120.routing.v1 import conduct_pb2 as _conduct_pb2
from hub120.routing.v1 import conference_pb2 as _conference_pb2
from hub120.routing.v1 import work_pb2 as _work_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class NoticeKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NOTICE_KIND_UNSPECIFIED: _ClassVar[NoticeKind]
    NOTICE_KIND_POSITION: _ClassVar[NoticeKind]
    NOTICE_KIND_BANNER: _ClassVar[NoticeKind]
    NOTICE_KIND_CALLBACK_KEPT: _ClassVar[NoticeKind]
    NOTICE_KIND_CALLBACK_OVER: _ClassVar[NoticeKind]
    NOTICE_KIND_OUTCOME: _ClassVar[NoticeKind]
    NOTICE_KIND_JOINED: _ClassVar[NoticeKind]

class CallOutResult(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CALL_OUT_RESULT_UNSPECIFIED: _ClassVar[CallOutResult]
    CALL_OUT_RESULT_ANSWERED: _ClassVar[CallOutResult]
    CALL_OUT_RESULT_NO_ANSWER: _ClassVar[CallOutResult]
    CALL_OUT_RESULT_UNKNOWN: _ClassVar[CallOutResult]
    CALL_OUT_RESULT_NOT_TAKEN: _ClassVar[CallOutResult]
NOTICE_KIND_UNSPECIFIED: NoticeKind
NOTICE_KIND_POSITION: NoticeKind
NOTICE_KIND_BANNER: NoticeKind
NOTICE_KIND_CALLBACK_KEPT: NoticeKind
NOTICE_KIND_CALLBACK_OVER: NoticeKind
NOTICE_KIND_OUTCOME: NoticeKind
NOTICE_KIND_JOINED: NoticeKind
CALL_OUT_RESULT_UNSPECIFIED: CallOutResult
CALL_OUT_RESULT_ANSWERED: CallOutResult
CALL_OUT_RESULT_NO_ANSWER: CallOutResult
CALL_OUT_RESULT_UNKNOWN: CallOutResult
CALL_OUT_RESULT_NOT_TAKEN: CallOutResult

class DeskChanged(_message.Message):
    __slots__ = ("agent_id", "sequence", "offer", "work_item")
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    OFFER_FIELD_NUMBER: _ClassVar[int]
    WORK_ITEM_FIELD_NUMBER: _ClassVar[int]
    agent_id: str
    sequence: int
    offer: _work_pb2.Offer
    work_item: _work_pb2.WorkItem
    def __init__(self, agent_id: _Optional[str] = ..., sequence: _Optional[int] = ..., offer: _Optional[_Union[_work_pb2.Offer, _Mapping]] = ..., work_item: _Optional[_Union[_work_pb2.WorkItem, _Mapping]] = ...) -> None: ...

class FloorChanged(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class WorkAssigned(_message.Message):
    __slots__ = ("work_item_id", "case_id", "agent_id", "interpreted_language", "medium")
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    INTERPRETED_LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    MEDIUM_FIELD_NUMBER: _ClassVar[int]
    work_item_id: str
    case_id: str
    agent_id: str
    interpreted_language: str
    medium: _case_pb2.Medium
    def __init__(self, work_item_id: _Optional[str] = ..., case_id: _Optional[str] = ..., agent_id: _Optional[str] = ..., interpreted_language: _Optional[str] = ..., medium: _Optional[_Union[_case_pb2.Medium, str]] = ...) -> None: ...

class InterpretationWanted(_message.Message):
    __slots__ = ("work_item_id",)
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    work_item_id: str
    def __init__(self, work_item_id: _Optional[str] = ...) -> None: ...

class WorkDone(_message.Message):
    __slots__ = ("work_item_id", "case_id", "agent_id", "close_case", "contact_sequence")
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    CLOSE_CASE_FIELD_NUMBER: _ClassVar[int]
    CONTACT_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    work_item_id: str
    case_id: str
    agent_id: str
    close_case: bool
    contact_sequence: int
    def __init__(self, work_item_id: _Optional[str] = ..., case_id: _Optional[str] = ..., agent_id: _Optional[str] = ..., close_case: _Optional[bool] = ..., contact_sequence: _Optional[int] = ...) -> None: ...

class TransferRequested(_message.Message):
    __slots__ = ("transfer_id", "work_item_id", "case_id", "from_agent_id", "style")
    TRANSFER_ID_FIELD_NUMBER: _ClassVar[int]
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    STYLE_FIELD_NUMBER: _ClassVar[int]
    transfer_id: str
    work_item_id: str
    case_id: str
    from_agent_id: str
    style: _work_pb2.TransferStyle
    def __init__(self, transfer_id: _Optional[str] = ..., work_item_id: _Optional[str] = ..., case_id: _Optional[str] = ..., from_agent_id: _Optional[str] = ..., style: _Optional[_Union[_work_pb2.TransferStyle, str]] = ...) -> None: ...

class TransferJoined(_message.Message):
    __slots__ = ("transfer_id", "work_item_id", "case_id", "from_agent_id", "to_agent_id")
    TRANSFER_ID_FIELD_NUMBER: _ClassVar[int]
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    TO_AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    transfer_id: str
    work_item_id: str
    case_id: str
    from_agent_id: str
    to_agent_id: str
    def __init__(self, transfer_id: _Optional[str] = ..., work_item_id: _Optional[str] = ..., case_id: _Optional[str] = ..., from_agent_id: _Optional[str] = ..., to_agent_id: _Optional[str] = ...) -> None: ...

class TransferCompleted(_message.Message):
    __slots__ = ("transfer_id", "work_item_id", "case_id", "from_agent_id", "to_agent_id", "department")
    TRANSFER_ID_FIELD_NUMBER: _ClassVar[int]
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    TO_AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    DEPARTMENT_FIELD_NUMBER: _ClassVar[int]
    transfer_id: str
    work_item_id: str
    case_id: str
    from_agent_id: str
    to_agent_id: str
    department: str
    def __init__(self, transfer_id: _Optional[str] = ..., work_item_id: _Optional[str] = ..., case_id: _Optional[str] = ..., from_agent_id: _Optional[str] = ..., to_agent_id: _Optional[str] = ..., department: _Optional[str] = ...) -> None: ...

class HandoverWanted(_message.Message):
    __slots__ = ("transfer_id", "case_id", "department", "agent_id", "note_id", "citizen_agreed", "urgent")
    TRANSFER_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    DEPARTMENT_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    NOTE_ID_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_AGREED_FIELD_NUMBER: _ClassVar[int]
    URGENT_FIELD_NUMBER: _ClassVar[int]
    transfer_id: str
    case_id: str
    department: str
    agent_id: str
    note_id: str
    citizen_agreed: bool
    urgent: bool
    def __init__(self, transfer_id: _Optional[str] = ..., case_id: _Optional[str] = ..., department: _Optional[str] = ..., agent_id: _Optional[str] = ..., note_id: _Optional[str] = ..., citizen_agreed: _Optional[bool] = ..., urgent: _Optional[bool] = ...) -> None: ...

class AbuseAnswered(_message.Message):
    __slots__ = ("report_id", "case_id", "agent_id", "step")
    REPORT_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    report_id: str
    case_id: str
    agent_id: str
    step: _conduct_pb2.ConductStep
    def __init__(self, report_id: _Optional[str] = ..., case_id: _Optional[str] = ..., agent_id: _Optional[str] = ..., step: _Optional[_Union[_conduct_pb2.ConductStep, str]] = ...) -> None: ...

class ConferenceChanged(_message.Message):
    __slots__ = ("conference_id", "sequence")
    CONFERENCE_ID_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    conference_id: str
    sequence: int
    def __init__(self, conference_id: _Optional[str] = ..., sequence: _Optional[int] = ...) -> None: ...

class ConferenceMoved(_message.Message):
    __slots__ = ("conference_id", "case_id", "state", "drill", "purpose")
    CONFERENCE_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    DRILL_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    conference_id: str
    case_id: str
    state: _conference_pb2.ConferenceState
    drill: bool
    purpose: _conference_pb2.ConferencePurpose
    def __init__(self, conference_id: _Optional[str] = ..., case_id: _Optional[str] = ..., state: _Optional[_Union[_conference_pb2.ConferenceState, str]] = ..., drill: _Optional[bool] = ..., purpose: _Optional[_Union[_conference_pb2.ConferencePurpose, str]] = ...) -> None: ...

class QueueNotice(_message.Message):
    __slots__ = ("notice_id", "work_item_id", "case_id", "medium", "kind", "position", "expected_wait", "offers_callback", "texts", "notice_time")
    class TextsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    NOTICE_ID_FIELD_NUMBER: _ClassVar[int]
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    MEDIUM_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_WAIT_FIELD_NUMBER: _ClassVar[int]
    OFFERS_CALLBACK_FIELD_NUMBER: _ClassVar[int]
    TEXTS_FIELD_NUMBER: _ClassVar[int]
    NOTICE_TIME_FIELD_NUMBER: _ClassVar[int]
    notice_id: str
    work_item_id: str
    case_id: str
    medium: _case_pb2.Medium
    kind: NoticeKind
    position: int
    expected_wait: _duration_pb2.Duration
    offers_callback: bool
    texts: _containers.ScalarMap[str, str]
    notice_time: _timestamp_pb2.Timestamp
    def __init__(self, notice_id: _Optional[str] = ..., work_item_id: _Optional[str] = ..., case_id: _Optional[str] = ..., medium: _Optional[_Union[_case_pb2.Medium, str]] = ..., kind: _Optional[_Union[NoticeKind, str]] = ..., position: _Optional[int] = ..., expected_wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., offers_callback: _Optional[bool] = ..., texts: _Optional[_Mapping[str, str]] = ..., notice_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class SurgeChanged(_message.Message):
    __slots__ = ("surge_id", "active", "declared", "change_time")
    SURGE_ID_FIELD_NUMBER: _ClassVar[int]
    ACTIVE_FIELD_NUMBER: _ClassVar[int]
    DECLARED_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    surge_id: str
    active: bool
    declared: bool
    change_time: _timestamp_pb2.Timestamp
    def __init__(self, surge_id: _Optional[str] = ..., active: _Optional[bool] = ..., declared: _Optional[bool] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class InterpreterLegChanged(_message.Message):
    __slots__ = ("session_id", "attempt_number", "conference_id", "state", "reason")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_NUMBER_FIELD_NUMBER: _ClassVar[int]
    CONFERENCE_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    attempt_number: int
    conference_id: str
    state: _case_pb2.CallState
    reason: str
    def __init__(self, session_id: _Optional[str] = ..., attempt_number: _Optional[int] = ..., conference_id: _Optional[str] = ..., state: _Optional[_Union[_case_pb2.CallState, str]] = ..., reason: _Optional[str] = ...) -> None: ...

class AgencyLegChanged(_message.Message):
    __slots__ = ("call_id", "conference_id", "state", "reason", "takes_over")
    CALL_ID_FIELD_NUMBER: _ClassVar[int]
    CONFERENCE_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    TAKES_OVER_FIELD_NUMBER: _ClassVar[int]
    call_id: str
    conference_id: str
    state: _case_pb2.CallState
    reason: str
    takes_over: bool
    def __init__(self, call_id: _Optional[str] = ..., conference_id: _Optional[str] = ..., state: _Optional[_Union[_case_pb2.CallState, str]] = ..., reason: _Optional[str] = ..., takes_over: _Optional[bool] = ...) -> None: ...

class CallOutEnded(_message.Message):
    __slots__ = ("request_id", "case_id", "agent_id", "result", "talk_seconds", "work_seconds")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    TALK_SECONDS_FIELD_NUMBER: _ClassVar[int]
    WORK_SECONDS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    case_id: str
    agent_id: str
    result: CallOutResult
    talk_seconds: int
    work_seconds: int
    def __init__(self, request_id: _Optional[str] = ..., case_id: _Optional[str] = ..., agent_id: _Optional[str] = ..., result: _Optional[_Union[CallOutResult, str]] = ..., talk_seconds: _Optional[int] = ..., work_seconds: _Optional[int] = ...) -> None: ...
