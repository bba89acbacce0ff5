import datetime

from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.intake.v1 import case_pb2 as _case_pb2
from hub120.routing.v1 import work_pb2 as _work_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class SurgeState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SURGE_STATE_UNSPECIFIED: _ClassVar[SurgeState]
    SURGE_STATE_OFF: _ClassVar[SurgeState]
    SURGE_STATE_RISING: _ClassVar[SurgeState]
    SURGE_STATE_ON: _ClassVar[SurgeState]

class MergeState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MERGE_STATE_UNSPECIFIED: _ClassVar[MergeState]
    MERGE_STATE_MERGED: _ClassVar[MergeState]
    MERGE_STATE_RESTORED: _ClassVar[MergeState]
    MERGE_STATE_SETTLED: _ClassVar[MergeState]
    MERGE_STATE_DROPPED: _ClassVar[MergeState]
SURGE_STATE_UNSPECIFIED: SurgeState
SURGE_STATE_OFF: SurgeState
SURGE_STATE_RISING: SurgeState
SURGE_STATE_ON: SurgeState
MERGE_STATE_UNSPECIFIED: MergeState
MERGE_STATE_MERGED: MergeState
MERGE_STATE_RESTORED: MergeState
MERGE_STATE_SETTLED: MergeState
MERGE_STATE_DROPPED: MergeState

class GetPositionRequest(_message.Message):
    __slots__ = ("work_item_id",)
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    work_item_id: str
    def __init__(self, work_item_id: _Optional[str] = ...) -> None: ...

class GetPositionResponse(_message.Message):
    __slots__ = ("state", "position", "expected_wait", "callback")
    STATE_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_WAIT_FIELD_NUMBER: _ClassVar[int]
    CALLBACK_FIELD_NUMBER: _ClassVar[int]
    state: _work_pb2.WorkState
    position: int
    expected_wait: _duration_pb2.Duration
    callback: _work_pb2.Callback
    def __init__(self, state: _Optional[_Union[_work_pb2.WorkState, str]] = ..., position: _Optional[int] = ..., expected_wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., callback: _Optional[_Union[_work_pb2.Callback, _Mapping]] = ...) -> None: ...

class ListQueuesRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListQueuesResponse(_message.Message):
    __slots__ = ("queues",)
    QUEUES_FIELD_NUMBER: _ClassVar[int]
    queues: _containers.RepeatedCompositeFieldContainer[Queue]
    def __init__(self, queues: _Optional[_Iterable[_Union[Queue, _Mapping]]] = ...) -> None: ...

class Queue(_message.Message):
    __slots__ = ("needs", "cost", "waiting", "oldest_queue_time", "places", "taken", "expected_wait")
    NEEDS_FIELD_NUMBER: _ClassVar[int]
    COST_FIELD_NUMBER: _ClassVar[int]
    WAITING_FIELD_NUMBER: _ClassVar[int]
    OLDEST_QUEUE_TIME_FIELD_NUMBER: _ClassVar[int]
    PLACES_FIELD_NUMBER: _ClassVar[int]
    TAKEN_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_WAIT_FIELD_NUMBER: _ClassVar[int]
    needs: _containers.RepeatedCompositeFieldContainer[_work_pb2.Requirement]
    cost: int
    waiting: int
    oldest_queue_time: _timestamp_pb2.Timestamp
    places: int
    taken: int
    expected_wait: _duration_pb2.Duration
    def __init__(self, needs: _Optional[_Iterable[_Union[_work_pb2.Requirement, _Mapping]]] = ..., cost: _Optional[int] = ..., waiting: _Optional[int] = ..., oldest_queue_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., places: _Optional[int] = ..., taken: _Optional[int] = ..., expected_wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class RequestCallbackRequest(_message.Message):
    __slots__ = ("work_item_id", "channel", "contact_point_id", "medium", "not_before_time")
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    CONTACT_POINT_ID_FIELD_NUMBER: _ClassVar[int]
    MEDIUM_FIELD_NUMBER: _ClassVar[int]
    NOT_BEFORE_TIME_FIELD_NUMBER: _ClassVar[int]
    work_item_id: str
    channel: str
    contact_point_id: str
    medium: _case_pb2.Medium
    not_before_time: _timestamp_pb2.Timestamp
    def __init__(self, work_item_id: _Optional[str] = ..., channel: _Optional[str] = ..., contact_point_id: _Optional[str] = ..., medium: _Optional[_Union[_case_pb2.Medium, str]] = ..., not_before_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class RequestCallbackResponse(_message.Message):
    __slots__ = ("work_item",)
    WORK_ITEM_FIELD_NUMBER: _ClassVar[int]
    work_item: _work_pb2.WorkItem
    def __init__(self, work_item: _Optional[_Union[_work_pb2.WorkItem, _Mapping]] = ...) -> None: ...

class CancelCallbackRequest(_message.Message):
    __slots__ = ("work_item_id",)
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    work_item_id: str
    def __init__(self, work_item_id: _Optional[str] = ...) -> None: ...

class CancelCallbackResponse(_message.Message):
    __slots__ = ("work_item",)
    WORK_ITEM_FIELD_NUMBER: _ClassVar[int]
    work_item: _work_pb2.WorkItem
    def __init__(self, work_item: _Optional[_Union[_work_pb2.WorkItem, _Mapping]] = ...) -> None: ...

class ReportNoAnswerRequest(_message.Message):
    __slots__ = ("work_item_id",)
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    work_item_id: str
    def __init__(self, work_item_id: _Optional[str] = ...) -> None: ...

class ReportNoAnswerResponse(_message.Message):
    __slots__ = ("work_item",)
    WORK_ITEM_FIELD_NUMBER: _ClassVar[int]
    work_item: _work_pb2.WorkItem
    def __init__(self, work_item: _Optional[_Union[_work_pb2.WorkItem, _Mapping]] = ...) -> None: ...

class Surge(_message.Message):
    __slots__ = ("state", "since_time", "declared_by", "reason", "until_time", "texts", "id")
    class TextsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    STATE_FIELD_NUMBER: _ClassVar[int]
    SINCE_TIME_FIELD_NUMBER: _ClassVar[int]
    DECLARED_BY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    UNTIL_TIME_FIELD_NUMBER: _ClassVar[int]
    TEXTS_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    state: SurgeState
    since_time: _timestamp_pb2.Timestamp
    declared_by: str
    reason: str
    until_time: _timestamp_pb2.Timestamp
    texts: _containers.ScalarMap[str, str]
    id: str
    def __init__(self, state: _Optional[_Union[SurgeState, str]] = ..., since_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., declared_by: _Optional[str] = ..., reason: _Optional[str] = ..., until_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., texts: _Optional[_Mapping[str, str]] = ..., id: _Optional[str] = ...) -> None: ...

class GetSurgeRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetSurgeResponse(_message.Message):
    __slots__ = ("surge", "expected_wait")
    SURGE_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_WAIT_FIELD_NUMBER: _ClassVar[int]
    surge: Surge
    expected_wait: _duration_pb2.Duration
    def __init__(self, surge: _Optional[_Union[Surge, _Mapping]] = ..., expected_wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class SetSurgeRequest(_message.Message):
    __slots__ = ("active", "reason", "until_time", "texts")
    class TextsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    ACTIVE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    UNTIL_TIME_FIELD_NUMBER: _ClassVar[int]
    TEXTS_FIELD_NUMBER: _ClassVar[int]
    active: bool
    reason: str
    until_time: _timestamp_pb2.Timestamp
    texts: _containers.ScalarMap[str, str]
    def __init__(self, active: _Optional[bool] = ..., reason: _Optional[str] = ..., until_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., texts: _Optional[_Mapping[str, str]] = ...) -> None: ...

class SetSurgeResponse(_message.Message):
    __slots__ = ("surge",)
    SURGE_FIELD_NUMBER: _ClassVar[int]
    surge: Surge
    def __init__(self, surge: _Optional[_Union[Surge, _Mapping]] = ...) -> None: ...

class MergedWork(_message.Message):
    __slots__ = ("case_id", "leading_work_item_id", "leading_case_id", "merge_time", "queue_time", "topic", "contact_count")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    LEADING_WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    LEADING_CASE_ID_FIELD_NUMBER: _ClassVar[int]
    MERGE_TIME_FIELD_NUMBER: _ClassVar[int]
    QUEUE_TIME_FIELD_NUMBER: _ClassVar[int]
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    CONTACT_COUNT_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    leading_work_item_id: str
    leading_case_id: str
    merge_time: _timestamp_pb2.Timestamp
    queue_time: _timestamp_pb2.Timestamp
    topic: str
    contact_count: int
    def __init__(self, case_id: _Optional[str] = ..., leading_work_item_id: _Optional[str] = ..., leading_case_id: _Optional[str] = ..., merge_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., queue_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., topic: _Optional[str] = ..., contact_count: _Optional[int] = ...) -> None: ...

class ListMergedRequest(_message.Message):
    __slots__ = ("leading_work_item_id", "page_size", "page_token")
    LEADING_WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    leading_work_item_id: str
    page_size: int
    page_token: str
    def __init__(self, leading_work_item_id: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListMergedResponse(_message.Message):
    __slots__ = ("merged", "next_page_token")
    MERGED_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    merged: _containers.RepeatedCompositeFieldContainer[MergedWork]
    next_page_token: str
    def __init__(self, merged: _Optional[_Iterable[_Union[MergedWork, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UnmergeWorkRequest(_message.Message):
    __slots__ = ("case_id",)
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    def __init__(self, case_id: _Optional[str] = ...) -> None: ...

class UnmergeWorkResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...
