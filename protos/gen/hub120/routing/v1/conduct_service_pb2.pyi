from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.routing.v1 import conduct_pb2 as _conduct_pb2
from hub120.routing.v1 import work_pb2 as _work_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ReportAbuseRequest(_message.Message):
    __slots__ = ("work_item_id", "abuse_class", "situation", "note", "request_id")
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    ABUSE_CLASS_FIELD_NUMBER: _ClassVar[int]
    SITUATION_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    work_item_id: str
    abuse_class: str
    situation: str
    note: str
    request_id: str
    def __init__(self, work_item_id: _Optional[str] = ..., abuse_class: _Optional[str] = ..., situation: _Optional[str] = ..., note: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class ReportAbuseResponse(_message.Message):
    __slots__ = ("report", "text")
    REPORT_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    report: _conduct_pb2.AbuseReport
    text: _conduct_pb2.SpokenText
    def __init__(self, report: _Optional[_Union[_conduct_pb2.AbuseReport, _Mapping]] = ..., text: _Optional[_Union[_conduct_pb2.SpokenText, _Mapping]] = ...) -> None: ...

class TakeStepRequest(_message.Message):
    __slots__ = ("report_id", "step")
    REPORT_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    report_id: str
    step: _conduct_pb2.ConductStep
    def __init__(self, report_id: _Optional[str] = ..., step: _Optional[_Union[_conduct_pb2.ConductStep, str]] = ...) -> None: ...

class TakeStepResponse(_message.Message):
    __slots__ = ("report", "work_item")
    REPORT_FIELD_NUMBER: _ClassVar[int]
    WORK_ITEM_FIELD_NUMBER: _ClassVar[int]
    report: _conduct_pb2.AbuseReport
    work_item: _work_pb2.WorkItem
    def __init__(self, report: _Optional[_Union[_conduct_pb2.AbuseReport, _Mapping]] = ..., work_item: _Optional[_Union[_work_pb2.WorkItem, _Mapping]] = ...) -> None: ...

class WithdrawReportRequest(_message.Message):
    __slots__ = ("report_id", "reason")
    REPORT_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    report_id: str
    reason: str
    def __init__(self, report_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class WithdrawReportResponse(_message.Message):
    __slots__ = ("report",)
    REPORT_FIELD_NUMBER: _ClassVar[int]
    report: _conduct_pb2.AbuseReport
    def __init__(self, report: _Optional[_Union[_conduct_pb2.AbuseReport, _Mapping]] = ...) -> None: ...

class ListFlagsRequest(_message.Message):
    __slots__ = ("with_ended", "page_size", "page_token")
    WITH_ENDED_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    with_ended: bool
    page_size: int
    page_token: str
    def __init__(self, with_ended: _Optional[bool] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListFlagsResponse(_message.Message):
    __slots__ = ("flags", "next_page_token")
    FLAGS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    flags: _containers.RepeatedCompositeFieldContainer[_conduct_pb2.Flag]
    next_page_token: str
    def __init__(self, flags: _Optional[_Iterable[_Union[_conduct_pb2.Flag, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class LiftFlagRequest(_message.Message):
    __slots__ = ("flag_id", "reason")
    FLAG_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    flag_id: str
    reason: str
    def __init__(self, flag_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class LiftFlagResponse(_message.Message):
    __slots__ = ("flag",)
    FLAG_FIELD_NUMBER: _ClassVar[int]
    flag: _conduct_pb2.Flag
    def __init__(self, flag: _Optional[_Union[_conduct_pb2.Flag, _Mapping]] = ...) -> None: ...

class GetEvidenceRequest(_message.Message):
    __slots__ = ("citizen_id", "reason")
    CITIZEN_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    citizen_id: str
    reason: str
    def __init__(self, citizen_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class GetEvidenceResponse(_message.Message):
    __slots__ = ("reports", "flags", "records")
    REPORTS_FIELD_NUMBER: _ClassVar[int]
    FLAGS_FIELD_NUMBER: _ClassVar[int]
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    reports: _containers.RepeatedCompositeFieldContainer[_conduct_pb2.AbuseReport]
    flags: _containers.RepeatedCompositeFieldContainer[_conduct_pb2.Flag]
    records: _containers.RepeatedCompositeFieldContainer[_conduct_pb2.ConductRecord]
    def __init__(self, reports: _Optional[_Iterable[_Union[_conduct_pb2.AbuseReport, _Mapping]]] = ..., flags: _Optional[_Iterable[_Union[_conduct_pb2.Flag, _Mapping]]] = ..., records: _Optional[_Iterable[_Union[_conduct_pb2.ConductRecord, _Mapping]]] = ...) -> None: ...

class GetConductPolicyRequest(_message.Message):
    __slots__ = ("version",)
    VERSION_FIELD_NUMBER: _ClassVar[int]
    version: int
    def __init__(self, version: _Optional[int] = ...) -> None: ...

class GetConductPolicyResponse(_message.Message):
    __slots__ = ("policy",)
    POLICY_FIELD_NUMBER: _ClassVar[int]
    policy: _conduct_pb2.ConductPolicy
    def __init__(self, policy: _Optional[_Union[_conduct_pb2.ConductPolicy, _Mapping]] = ...) -> None: ...

class PutConductPolicyRequest(_message.Message):
    __slots__ = ("policy",)
    POLICY_FIELD_NUMBER: _ClassVar[int]
    policy: _conduct_pb2.ConductPolicy
    def __init__(self, policy: _Optional[_Union[_conduct_pb2.ConductPolicy, _Mapping]] = ...) -> None: ...

class PutConductPolicyResponse(_message.Message):
    __slots__ = ("policy",)
    POLICY_FIELD_NUMBER: _ClassVar[int]
    policy: _conduct_pb2.ConductPolicy
    def __init__(self, policy: _Optional[_Union[_conduct_pb2.ConductPolicy, _Mapping]] = ...) -> None: ...
