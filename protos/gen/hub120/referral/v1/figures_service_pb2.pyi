import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.referral.v1 import referral_pb2 as _referral_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class FigureSlice(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FIGURE_SLICE_UNSPECIFIED: _ClassVar[FigureSlice]
    FIGURE_SLICE_DAY: _ClassVar[FigureSlice]
    FIGURE_SLICE_WEEK: _ClassVar[FigureSlice]
    FIGURE_SLICE_MONTH: _ClassVar[FigureSlice]
FIGURE_SLICE_UNSPECIFIED: FigureSlice
FIGURE_SLICE_DAY: FigureSlice
FIGURE_SLICE_WEEK: FigureSlice
FIGURE_SLICE_MONTH: FigureSlice

class FigureFilter(_message.Message):
    __slots__ = ("from_time", "to_time", "organization_id", "kind", "need", "agent_id", "least_sent")
    FROM_TIME_FIELD_NUMBER: _ClassVar[int]
    TO_TIME_FIELD_NUMBER: _ClassVar[int]
    ORGANIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    NEED_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    LEAST_SENT_FIELD_NUMBER: _ClassVar[int]
    from_time: _timestamp_pb2.Timestamp
    to_time: _timestamp_pb2.Timestamp
    organization_id: str
    kind: _referral_pb2.ReferralKind
    need: str
    agent_id: str
    least_sent: int
    def __init__(self, from_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., to_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., organization_id: _Optional[str] = ..., kind: _Optional[_Union[_referral_pb2.ReferralKind, str]] = ..., need: _Optional[str] = ..., agent_id: _Optional[str] = ..., least_sent: _Optional[int] = ...) -> None: ...

class Share(_message.Message):
    __slots__ = ("part", "of", "share", "low", "high", "too_few")
    PART_FIELD_NUMBER: _ClassVar[int]
    OF_FIELD_NUMBER: _ClassVar[int]
    SHARE_FIELD_NUMBER: _ClassVar[int]
    LOW_FIELD_NUMBER: _ClassVar[int]
    HIGH_FIELD_NUMBER: _ClassVar[int]
    TOO_FEW_FIELD_NUMBER: _ClassVar[int]
    part: int
    of: int
    share: float
    low: float
    high: float
    too_few: bool
    def __init__(self, part: _Optional[int] = ..., of: _Optional[int] = ..., share: _Optional[float] = ..., low: _Optional[float] = ..., high: _Optional[float] = ..., too_few: _Optional[bool] = ...) -> None: ...

class Hours(_message.Message):
    __slots__ = ("p50", "p90", "mean")
    P50_FIELD_NUMBER: _ClassVar[int]
    P90_FIELD_NUMBER: _ClassVar[int]
    MEAN_FIELD_NUMBER: _ClassVar[int]
    p50: float
    p90: float
    mean: float
    def __init__(self, p50: _Optional[float] = ..., p90: _Optional[float] = ..., mean: _Optional[float] = ...) -> None: ...

class Span(_message.Message):
    __slots__ = ("count", "working", "clock")
    COUNT_FIELD_NUMBER: _ClassVar[int]
    WORKING_FIELD_NUMBER: _ClassVar[int]
    CLOCK_FIELD_NUMBER: _ClassVar[int]
    count: int
    working: Hours
    clock: Hours
    def __init__(self, count: _Optional[int] = ..., working: _Optional[_Union[Hours, _Mapping]] = ..., clock: _Optional[_Union[Hours, _Mapping]] = ...) -> None: ...

class DeclinedFor(_message.Message):
    __slots__ = ("reason", "count")
    REASON_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    reason: _referral_pb2.DeclineReason
    count: int
    def __init__(self, reason: _Optional[_Union[_referral_pb2.DeclineReason, str]] = ..., count: _Optional[int] = ...) -> None: ...

class Outcomes(_message.Message):
    __slots__ = ("helped", "partly", "not_helped", "nobody_came", "unreachable", "unanswered", "not_yet_asked")
    HELPED_FIELD_NUMBER: _ClassVar[int]
    PARTLY_FIELD_NUMBER: _ClassVar[int]
    NOT_HELPED_FIELD_NUMBER: _ClassVar[int]
    NOBODY_CAME_FIELD_NUMBER: _ClassVar[int]
    UNREACHABLE_FIELD_NUMBER: _ClassVar[int]
    UNANSWERED_FIELD_NUMBER: _ClassVar[int]
    NOT_YET_ASKED_FIELD_NUMBER: _ClassVar[int]
    helped: int
    partly: int
    not_helped: int
    nobody_came: int
    unreachable: int
    unanswered: int
    not_yet_asked: int
    def __init__(self, helped: _Optional[int] = ..., partly: _Optional[int] = ..., not_helped: _Optional[int] = ..., nobody_came: _Optional[int] = ..., unreachable: _Optional[int] = ..., unanswered: _Optional[int] = ..., not_yet_asked: _Optional[int] = ...) -> None: ...

class Figures(_message.Message):
    __slots__ = ("proposed", "consented", "sent", "acknowledged", "accepted", "completed", "declined", "withdrawn", "escalated", "rerouted", "acknowledge", "accept", "complete", "silence", "outcomes", "helped")
    PROPOSED_FIELD_NUMBER: _ClassVar[int]
    CONSENTED_FIELD_NUMBER: _ClassVar[int]
    SENT_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGED_FIELD_NUMBER: _ClassVar[int]
    ACCEPTED_FIELD_NUMBER: _ClassVar[int]
    COMPLETED_FIELD_NUMBER: _ClassVar[int]
    DECLINED_FIELD_NUMBER: _ClassVar[int]
    WITHDRAWN_FIELD_NUMBER: _ClassVar[int]
    ESCALATED_FIELD_NUMBER: _ClassVar[int]
    REROUTED_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGE_FIELD_NUMBER: _ClassVar[int]
    ACCEPT_FIELD_NUMBER: _ClassVar[int]
    COMPLETE_FIELD_NUMBER: _ClassVar[int]
    SILENCE_FIELD_NUMBER: _ClassVar[int]
    OUTCOMES_FIELD_NUMBER: _ClassVar[int]
    HELPED_FIELD_NUMBER: _ClassVar[int]
    proposed: int
    consented: int
    sent: int
    acknowledged: int
    accepted: int
    completed: int
    declined: _containers.RepeatedCompositeFieldContainer[DeclinedFor]
    withdrawn: int
    escalated: int
    rerouted: int
    acknowledge: Span
    accept: Span
    complete: Span
    silence: Share
    outcomes: Outcomes
    helped: Share
    def __init__(self, proposed: _Optional[int] = ..., consented: _Optional[int] = ..., sent: _Optional[int] = ..., acknowledged: _Optional[int] = ..., accepted: _Optional[int] = ..., completed: _Optional[int] = ..., declined: _Optional[_Iterable[_Union[DeclinedFor, _Mapping]]] = ..., withdrawn: _Optional[int] = ..., escalated: _Optional[int] = ..., rerouted: _Optional[int] = ..., acknowledge: _Optional[_Union[Span, _Mapping]] = ..., accept: _Optional[_Union[Span, _Mapping]] = ..., complete: _Optional[_Union[Span, _Mapping]] = ..., silence: _Optional[_Union[Share, _Mapping]] = ..., outcomes: _Optional[_Union[Outcomes, _Mapping]] = ..., helped: _Optional[_Union[Share, _Mapping]] = ...) -> None: ...

class SliceFigures(_message.Message):
    __slots__ = ("start_time", "figures")
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    FIGURES_FIELD_NUMBER: _ClassVar[int]
    start_time: _timestamp_pb2.Timestamp
    figures: Figures
    def __init__(self, start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., figures: _Optional[_Union[Figures, _Mapping]] = ...) -> None: ...

class AgencyFigures(_message.Message):
    __slots__ = ("organization_id", "name", "figures")
    ORGANIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    FIGURES_FIELD_NUMBER: _ClassVar[int]
    organization_id: str
    name: str
    figures: Figures
    def __init__(self, organization_id: _Optional[str] = ..., name: _Optional[str] = ..., figures: _Optional[_Union[Figures, _Mapping]] = ...) -> None: ...

class GetFiguresRequest(_message.Message):
    __slots__ = ("filter", "slice")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    SLICE_FIELD_NUMBER: _ClassVar[int]
    filter: FigureFilter
    slice: FigureSlice
    def __init__(self, filter: _Optional[_Union[FigureFilter, _Mapping]] = ..., slice: _Optional[_Union[FigureSlice, str]] = ...) -> None: ...

class GetFiguresResponse(_message.Message):
    __slots__ = ("total", "series")
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    SERIES_FIELD_NUMBER: _ClassVar[int]
    total: Figures
    series: _containers.RepeatedCompositeFieldContainer[SliceFigures]
    def __init__(self, total: _Optional[_Union[Figures, _Mapping]] = ..., series: _Optional[_Iterable[_Union[SliceFigures, _Mapping]]] = ...) -> None: ...

class ListAgencyFiguresRequest(_message.Message):
    __slots__ = ("filter", "page_size", "page_token")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    filter: FigureFilter
    page_size: int
    page_token: str
    def __init__(self, filter: _Optional[_Union[FigureFilter, _Mapping]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListAgencyFiguresResponse(_message.Message):
    __slots__ = ("agencies", "next_page_token")
    AGENCIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    agencies: _containers.RepeatedCompositeFieldContainer[AgencyFigures]
    next_page_token: str
    def __init__(self, agencies: _Optional[_Iterable[_Union[AgencyFigures, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListFigureLabelsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class FigureLabel(_message.Message):
    __slots__ = ("code", "name_ko", "name_en", "meaning_ko", "meaning_en")
    CODE_FIELD_NUMBER: _ClassVar[int]
    NAME_KO_FIELD_NUMBER: _ClassVar[int]
    NAME_EN_FIELD_NUMBER: _ClassVar[int]
    MEANING_KO_FIELD_NUMBER: _ClassVar[int]
    MEANING_EN_FIELD_NUMBER: _ClassVar[int]
    code: str
    name_ko: str
    name_en: str
    meaning_ko: str
    meaning_en: str
    def __init__(self, code: _Optional[str] = ..., name_ko: _Optional[str] = ..., name_en: _Optional[str] = ..., meaning_ko: _Optional[str] = ..., meaning_en: _Optional[str] = ...) -> None: ...

class ListFigureLabelsResponse(_message.Message):
    __slots__ = ("labels",)
    LABELS_FIELD_NUMBER: _ClassVar[int]
    labels: _containers.RepeatedCompositeFieldContainer[FigureLabel]
    def __init__(self, labels: _Optional[_Iterable[_Union[FigureLabel, _Mapping]]] = ...) -> None: ...
