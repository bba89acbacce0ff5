import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.outreach.v1 import check_in_pb2 as _check_in_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetCheckInRequest(_message.Message):
    __slots__ = ("check_in_id", "case_id")
    CHECK_IN_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    check_in_id: str
    case_id: str
    def __init__(self, check_in_id: _Optional[str] = ..., case_id: _Optional[str] = ...) -> None: ...

class GetCheckInResponse(_message.Message):
    __slots__ = ("check_in", "person", "answers", "sheet_version", "sheet_id", "signs", "outcome_note")
    CHECK_IN_FIELD_NUMBER: _ClassVar[int]
    PERSON_FIELD_NUMBER: _ClassVar[int]
    ANSWERS_FIELD_NUMBER: _ClassVar[int]
    SHEET_VERSION_FIELD_NUMBER: _ClassVar[int]
    SHEET_ID_FIELD_NUMBER: _ClassVar[int]
    SIGNS_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_NOTE_FIELD_NUMBER: _ClassVar[int]
    check_in: _check_in_pb2.CheckIn
    person: _check_in_pb2.Person
    answers: _containers.RepeatedCompositeFieldContainer[_check_in_pb2.Answer]
    sheet_version: int
    sheet_id: str
    signs: _containers.RepeatedCompositeFieldContainer[_check_in_pb2.Sign]
    outcome_note: str
    def __init__(self, check_in: _Optional[_Union[_check_in_pb2.CheckIn, _Mapping]] = ..., person: _Optional[_Union[_check_in_pb2.Person, _Mapping]] = ..., answers: _Optional[_Iterable[_Union[_check_in_pb2.Answer, _Mapping]]] = ..., sheet_version: _Optional[int] = ..., sheet_id: _Optional[str] = ..., signs: _Optional[_Iterable[_Union[_check_in_pb2.Sign, _Mapping]]] = ..., outcome_note: _Optional[str] = ...) -> None: ...

class ListCheckInsRequest(_message.Message):
    __slots__ = ("round_id", "escalated", "page_size", "page_token")
    ROUND_ID_FIELD_NUMBER: _ClassVar[int]
    ESCALATED_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    round_id: str
    escalated: bool
    page_size: int
    page_token: str
    def __init__(self, round_id: _Optional[str] = ..., escalated: _Optional[bool] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListCheckInsResponse(_message.Message):
    __slots__ = ("check_ins", "next_page_token")
    CHECK_INS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    check_ins: _containers.RepeatedCompositeFieldContainer[_check_in_pb2.CheckIn]
    next_page_token: str
    def __init__(self, check_ins: _Optional[_Iterable[_Union[_check_in_pb2.CheckIn, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class MoveCheckInRequest(_message.Message):
    __slots__ = ("check_in_id", "plan_time")
    CHECK_IN_ID_FIELD_NUMBER: _ClassVar[int]
    PLAN_TIME_FIELD_NUMBER: _ClassVar[int]
    check_in_id: str
    plan_time: _timestamp_pb2.Timestamp
    def __init__(self, check_in_id: _Optional[str] = ..., plan_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class MoveCheckInResponse(_message.Message):
    __slots__ = ("check_in",)
    CHECK_IN_FIELD_NUMBER: _ClassVar[int]
    check_in: _check_in_pb2.CheckIn
    def __init__(self, check_in: _Optional[_Union[_check_in_pb2.CheckIn, _Mapping]] = ...) -> None: ...

class ReportCallRequest(_message.Message):
    __slots__ = ("check_in_id", "answered")
    CHECK_IN_ID_FIELD_NUMBER: _ClassVar[int]
    ANSWERED_FIELD_NUMBER: _ClassVar[int]
    check_in_id: str
    answered: bool
    def __init__(self, check_in_id: _Optional[str] = ..., answered: _Optional[bool] = ...) -> None: ...

class ReportCallResponse(_message.Message):
    __slots__ = ("check_in",)
    CHECK_IN_FIELD_NUMBER: _ClassVar[int]
    check_in: _check_in_pb2.CheckIn
    def __init__(self, check_in: _Optional[_Union[_check_in_pb2.CheckIn, _Mapping]] = ...) -> None: ...

class GetSheetRequest(_message.Message):
    __slots__ = ("sheet_id", "version")
    SHEET_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    sheet_id: str
    version: int
    def __init__(self, sheet_id: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class GetSheetResponse(_message.Message):
    __slots__ = ("sheet",)
    SHEET_FIELD_NUMBER: _ClassVar[int]
    sheet: _check_in_pb2.CallSheet
    def __init__(self, sheet: _Optional[_Union[_check_in_pb2.CallSheet, _Mapping]] = ...) -> None: ...

class PutSheetRequest(_message.Message):
    __slots__ = ("sheet",)
    SHEET_FIELD_NUMBER: _ClassVar[int]
    sheet: _check_in_pb2.CallSheet
    def __init__(self, sheet: _Optional[_Union[_check_in_pb2.CallSheet, _Mapping]] = ...) -> None: ...

class PutSheetResponse(_message.Message):
    __slots__ = ("sheet",)
    SHEET_FIELD_NUMBER: _ClassVar[int]
    sheet: _check_in_pb2.CallSheet
    def __init__(self, sheet: _Optional[_Union[_check_in_pb2.CallSheet, _Mapping]] = ...) -> None: ...

class SubmitSheetRequest(_message.Message):
    __slots__ = ("check_in_id", "version", "answers", "needs", "request_id")
    CHECK_IN_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    ANSWERS_FIELD_NUMBER: _ClassVar[int]
    NEEDS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    check_in_id: str
    version: int
    answers: _containers.RepeatedCompositeFieldContainer[_check_in_pb2.Answer]
    needs: _containers.RepeatedScalarFieldContainer[str]
    request_id: str
    def __init__(self, check_in_id: _Optional[str] = ..., version: _Optional[int] = ..., answers: _Optional[_Iterable[_Union[_check_in_pb2.Answer, _Mapping]]] = ..., needs: _Optional[_Iterable[str]] = ..., request_id: _Optional[str] = ...) -> None: ...

class SubmitSheetResponse(_message.Message):
    __slots__ = ("check_in", "signs")
    CHECK_IN_FIELD_NUMBER: _ClassVar[int]
    SIGNS_FIELD_NUMBER: _ClassVar[int]
    check_in: _check_in_pb2.CheckIn
    signs: _containers.RepeatedCompositeFieldContainer[_check_in_pb2.Sign]
    def __init__(self, check_in: _Optional[_Union[_check_in_pb2.CheckIn, _Mapping]] = ..., signs: _Optional[_Iterable[_Union[_check_in_pb2.Sign, _Mapping]]] = ...) -> None: ...

class DecideSignRequest(_message.Message):
    __slots__ = ("sign_id", "confirmed")
    SIGN_ID_FIELD_NUMBER: _ClassVar[int]
    CONFIRMED_FIELD_NUMBER: _ClassVar[int]
    sign_id: str
    confirmed: bool
    def __init__(self, sign_id: _Optional[str] = ..., confirmed: _Optional[bool] = ...) -> None: ...

class DecideSignResponse(_message.Message):
    __slots__ = ("sign",)
    SIGN_FIELD_NUMBER: _ClassVar[int]
    sign: _check_in_pb2.Sign
    def __init__(self, sign: _Optional[_Union[_check_in_pb2.Sign, _Mapping]] = ...) -> None: ...

class OrderVisitRequest(_message.Message):
    __slots__ = ("check_in_id", "visitor", "visit_by_time")
    CHECK_IN_ID_FIELD_NUMBER: _ClassVar[int]
    VISITOR_FIELD_NUMBER: _ClassVar[int]
    VISIT_BY_TIME_FIELD_NUMBER: _ClassVar[int]
    check_in_id: str
    visitor: str
    visit_by_time: _timestamp_pb2.Timestamp
    def __init__(self, check_in_id: _Optional[str] = ..., visitor: _Optional[str] = ..., visit_by_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class OrderVisitResponse(_message.Message):
    __slots__ = ("check_in",)
    CHECK_IN_FIELD_NUMBER: _ClassVar[int]
    check_in: _check_in_pb2.CheckIn
    def __init__(self, check_in: _Optional[_Union[_check_in_pb2.CheckIn, _Mapping]] = ...) -> None: ...

class ReportOutcomeRequest(_message.Message):
    __slots__ = ("check_in_id", "outcome", "note", "needs", "visit_by_time")
    CHECK_IN_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    NEEDS_FIELD_NUMBER: _ClassVar[int]
    VISIT_BY_TIME_FIELD_NUMBER: _ClassVar[int]
    check_in_id: str
    outcome: _check_in_pb2.CheckInOutcome
    note: str
    needs: _containers.RepeatedScalarFieldContainer[str]
    visit_by_time: _timestamp_pb2.Timestamp
    def __init__(self, check_in_id: _Optional[str] = ..., outcome: _Optional[_Union[_check_in_pb2.CheckInOutcome, str]] = ..., note: _Optional[str] = ..., needs: _Optional[_Iterable[str]] = ..., visit_by_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ReportOutcomeResponse(_message.Message):
    __slots__ = ("check_in",)
    CHECK_IN_FIELD_NUMBER: _ClassVar[int]
    check_in: _check_in_pb2.CheckIn
    def __init__(self, check_in: _Optional[_Union[_check_in_pb2.CheckIn, _Mapping]] = ...) -> None: ...

class TakeCheckInEscalationRequest(_message.Message):
    __slots__ = ("check_in_id", "settled")
    CHECK_IN_ID_FIELD_NUMBER: _ClassVar[int]
    SETTLED_FIELD_NUMBER: _ClassVar[int]
    check_in_id: str
    settled: bool
    def __init__(self, check_in_id: _Optional[str] = ..., settled: _Optional[bool] = ...) -> None: ...

class TakeCheckInEscalationResponse(_message.Message):
    __slots__ = ("check_in",)
    CHECK_IN_FIELD_NUMBER: _ClassVar[int]
    check_in: _check_in_pb2.CheckIn
    def __init__(self, check_in: _Optional[_Union[_check_in_pb2.CheckIn, _Mapping]] = ...) -> None: ...
