import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.routing.v1 import work_pb2 as _work_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DecisionReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DECISION_REASON_UNSPECIFIED: _ClassVar[DecisionReason]
    DECISION_REASON_KNOWS_THE_CASE: _ClassVar[DecisionReason]
    DECISION_REASON_HAS_WHAT_IS_PREFERRED: _ClassVar[DecisionReason]
    DECISION_REASON_LONGEST_IDLE: _ClassVar[DecisionReason]
    DECISION_REASON_CAME_FREE: _ClassVar[DecisionReason]
    DECISION_REASON_ASKED_BY_NAME: _ClassVar[DecisionReason]

class IneligibleReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INELIGIBLE_REASON_UNSPECIFIED: _ClassVar[IneligibleReason]
    INELIGIBLE_REASON_OFFLINE: _ClassVar[IneligibleReason]
    INELIGIBLE_REASON_PAUSED: _ClassVar[IneligibleReason]
    INELIGIBLE_REASON_FULL: _ClassVar[IneligibleReason]
    INELIGIBLE_REASON_LACKS: _ClassVar[IneligibleReason]
    INELIGIBLE_REASON_REFUSED: _ClassVar[IneligibleReason]
    INELIGIBLE_REASON_CLOSED: _ClassVar[IneligibleReason]
    INELIGIBLE_REASON_HAS_IT: _ClassVar[IneligibleReason]
DECISION_REASON_UNSPECIFIED: DecisionReason
DECISION_REASON_KNOWS_THE_CASE: DecisionReason
DECISION_REASON_HAS_WHAT_IS_PREFERRED: DecisionReason
DECISION_REASON_LONGEST_IDLE: DecisionReason
DECISION_REASON_CAME_FREE: DecisionReason
DECISION_REASON_ASKED_BY_NAME: DecisionReason
INELIGIBLE_REASON_UNSPECIFIED: IneligibleReason
INELIGIBLE_REASON_OFFLINE: IneligibleReason
INELIGIBLE_REASON_PAUSED: IneligibleReason
INELIGIBLE_REASON_FULL: IneligibleReason
INELIGIBLE_REASON_LACKS: IneligibleReason
INELIGIBLE_REASON_REFUSED: IneligibleReason
INELIGIBLE_REASON_CLOSED: IneligibleReason
INELIGIBLE_REASON_HAS_IT: IneligibleReason

class WatchDeskRequest(_message.Message):
    __slots__ = ("resume_token",)
    RESUME_TOKEN_FIELD_NUMBER: _ClassVar[int]
    resume_token: str
    def __init__(self, resume_token: _Optional[str] = ...) -> None: ...

class WatchDeskResponse(_message.Message):
    __slots__ = ("resume_token", "desk", "offer", "work_item", "transfer")
    RESUME_TOKEN_FIELD_NUMBER: _ClassVar[int]
    DESK_FIELD_NUMBER: _ClassVar[int]
    OFFER_FIELD_NUMBER: _ClassVar[int]
    WORK_ITEM_FIELD_NUMBER: _ClassVar[int]
    TRANSFER_FIELD_NUMBER: _ClassVar[int]
    resume_token: str
    desk: Desk
    offer: _work_pb2.Offer
    work_item: _work_pb2.WorkItem
    transfer: _work_pb2.Transfer
    def __init__(self, resume_token: _Optional[str] = ..., desk: _Optional[_Union[Desk, _Mapping]] = ..., offer: _Optional[_Union[_work_pb2.Offer, _Mapping]] = ..., work_item: _Optional[_Union[_work_pb2.WorkItem, _Mapping]] = ..., transfer: _Optional[_Union[_work_pb2.Transfer, _Mapping]] = ...) -> None: ...

class Desk(_message.Message):
    __slots__ = ("agent", "offers", "work_items", "transfers")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    OFFERS_FIELD_NUMBER: _ClassVar[int]
    WORK_ITEMS_FIELD_NUMBER: _ClassVar[int]
    TRANSFERS_FIELD_NUMBER: _ClassVar[int]
    agent: _work_pb2.Agent
    offers: _containers.RepeatedCompositeFieldContainer[_work_pb2.Offer]
    work_items: _containers.RepeatedCompositeFieldContainer[_work_pb2.WorkItem]
    transfers: _containers.RepeatedCompositeFieldContainer[_work_pb2.Transfer]
    def __init__(self, agent: _Optional[_Union[_work_pb2.Agent, _Mapping]] = ..., offers: _Optional[_Iterable[_Union[_work_pb2.Offer, _Mapping]]] = ..., work_items: _Optional[_Iterable[_Union[_work_pb2.WorkItem, _Mapping]]] = ..., transfers: _Optional[_Iterable[_Union[_work_pb2.Transfer, _Mapping]]] = ...) -> None: ...

class SetPresenceRequest(_message.Message):
    __slots__ = ("presence", "reason", "return_time")
    PRESENCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    RETURN_TIME_FIELD_NUMBER: _ClassVar[int]
    presence: _work_pb2.Presence
    reason: str
    return_time: _timestamp_pb2.Timestamp
    def __init__(self, presence: _Optional[_Union[_work_pb2.Presence, str]] = ..., reason: _Optional[str] = ..., return_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class SetPresenceResponse(_message.Message):
    __slots__ = ("agent",)
    AGENT_FIELD_NUMBER: _ClassVar[int]
    agent: _work_pb2.Agent
    def __init__(self, agent: _Optional[_Union[_work_pb2.Agent, _Mapping]] = ...) -> None: ...

class AcceptOfferRequest(_message.Message):
    __slots__ = ("offer_id",)
    OFFER_ID_FIELD_NUMBER: _ClassVar[int]
    offer_id: str
    def __init__(self, offer_id: _Optional[str] = ...) -> None: ...

class AcceptOfferResponse(_message.Message):
    __slots__ = ("work_item",)
    WORK_ITEM_FIELD_NUMBER: _ClassVar[int]
    work_item: _work_pb2.WorkItem
    def __init__(self, work_item: _Optional[_Union[_work_pb2.WorkItem, _Mapping]] = ...) -> None: ...

class DeclineOfferRequest(_message.Message):
    __slots__ = ("offer_id", "reason")
    OFFER_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    offer_id: str
    reason: str
    def __init__(self, offer_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class DeclineOfferResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class StartWrapUpRequest(_message.Message):
    __slots__ = ("work_item_id",)
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    work_item_id: str
    def __init__(self, work_item_id: _Optional[str] = ...) -> None: ...

class StartWrapUpResponse(_message.Message):
    __slots__ = ("work_item",)
    WORK_ITEM_FIELD_NUMBER: _ClassVar[int]
    work_item: _work_pb2.WorkItem
    def __init__(self, work_item: _Optional[_Union[_work_pb2.WorkItem, _Mapping]] = ...) -> None: ...

class FinishWorkRequest(_message.Message):
    __slots__ = ("work_item_id", "close_case", "seen_contact_count")
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    CLOSE_CASE_FIELD_NUMBER: _ClassVar[int]
    SEEN_CONTACT_COUNT_FIELD_NUMBER: _ClassVar[int]
    work_item_id: str
    close_case: bool
    seen_contact_count: int
    def __init__(self, work_item_id: _Optional[str] = ..., close_case: _Optional[bool] = ..., seen_contact_count: _Optional[int] = ...) -> None: ...

class FinishWorkResponse(_message.Message):
    __slots__ = ("work_item",)
    WORK_ITEM_FIELD_NUMBER: _ClassVar[int]
    work_item: _work_pb2.WorkItem
    def __init__(self, work_item: _Optional[_Union[_work_pb2.WorkItem, _Mapping]] = ...) -> None: ...

class PutAgentRequest(_message.Message):
    __slots__ = ("agent",)
    AGENT_FIELD_NUMBER: _ClassVar[int]
    agent: _work_pb2.Agent
    def __init__(self, agent: _Optional[_Union[_work_pb2.Agent, _Mapping]] = ...) -> None: ...

class PutAgentResponse(_message.Message):
    __slots__ = ("agent",)
    AGENT_FIELD_NUMBER: _ClassVar[int]
    agent: _work_pb2.Agent
    def __init__(self, agent: _Optional[_Union[_work_pb2.Agent, _Mapping]] = ...) -> None: ...

class ListAgentsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListAgentsResponse(_message.Message):
    __slots__ = ("agents", "next_page_token")
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    agents: _containers.RepeatedCompositeFieldContainer[_work_pb2.Agent]
    next_page_token: str
    def __init__(self, agents: _Optional[_Iterable[_Union[_work_pb2.Agent, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetWorkItemRequest(_message.Message):
    __slots__ = ("work_item_id",)
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    work_item_id: str
    def __init__(self, work_item_id: _Optional[str] = ...) -> None: ...

class GetWorkItemResponse(_message.Message):
    __slots__ = ("work_item",)
    WORK_ITEM_FIELD_NUMBER: _ClassVar[int]
    work_item: _work_pb2.WorkItem
    def __init__(self, work_item: _Optional[_Union[_work_pb2.WorkItem, _Mapping]] = ...) -> None: ...

class ListWorkItemsRequest(_message.Message):
    __slots__ = ("states", "page_size", "page_token", "case_id")
    STATES_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    states: _containers.RepeatedScalarFieldContainer[_work_pb2.WorkState]
    page_size: int
    page_token: str
    case_id: str
    def __init__(self, states: _Optional[_Iterable[_Union[_work_pb2.WorkState, str]]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., case_id: _Optional[str] = ...) -> None: ...

class ListWorkItemsResponse(_message.Message):
    __slots__ = ("work_items", "next_page_token")
    WORK_ITEMS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    work_items: _containers.RepeatedCompositeFieldContainer[_work_pb2.WorkItem]
    next_page_token: str
    def __init__(self, work_items: _Optional[_Iterable[_Union[_work_pb2.WorkItem, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class PutPlanRequest(_message.Message):
    __slots__ = ("plan",)
    PLAN_FIELD_NUMBER: _ClassVar[int]
    plan: _work_pb2.Plan
    def __init__(self, plan: _Optional[_Union[_work_pb2.Plan, _Mapping]] = ...) -> None: ...

class PutPlanResponse(_message.Message):
    __slots__ = ("plan",)
    PLAN_FIELD_NUMBER: _ClassVar[int]
    plan: _work_pb2.Plan
    def __init__(self, plan: _Optional[_Union[_work_pb2.Plan, _Mapping]] = ...) -> None: ...

class ListPlansRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListPlansResponse(_message.Message):
    __slots__ = ("plans",)
    PLANS_FIELD_NUMBER: _ClassVar[int]
    plans: _containers.RepeatedCompositeFieldContainer[_work_pb2.Plan]
    def __init__(self, plans: _Optional[_Iterable[_Union[_work_pb2.Plan, _Mapping]]] = ...) -> None: ...

class RemovePlanRequest(_message.Message):
    __slots__ = ("plan_id",)
    PLAN_ID_FIELD_NUMBER: _ClassVar[int]
    plan_id: str
    def __init__(self, plan_id: _Optional[str] = ...) -> None: ...

class RemovePlanResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ExplainRoutingRequest(_message.Message):
    __slots__ = ("work_item_id",)
    WORK_ITEM_ID_FIELD_NUMBER: _ClassVar[int]
    work_item_id: str
    def __init__(self, work_item_id: _Optional[str] = ...) -> None: ...

class ExplainRoutingResponse(_message.Message):
    __slots__ = ("work_item", "decisions")
    WORK_ITEM_FIELD_NUMBER: _ClassVar[int]
    DECISIONS_FIELD_NUMBER: _ClassVar[int]
    work_item: _work_pb2.WorkItem
    decisions: _containers.RepeatedCompositeFieldContainer[Decision]
    def __init__(self, work_item: _Optional[_Union[_work_pb2.WorkItem, _Mapping]] = ..., decisions: _Optional[_Iterable[_Union[Decision, _Mapping]]] = ...) -> None: ...

class Decision(_message.Message):
    __slots__ = ("decide_time", "step", "agent_id", "reason", "outcome", "eligible", "eligible_count", "ineligible", "ahead_count", "telephone_unanswered")
    DECIDE_TIME_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    ELIGIBLE_FIELD_NUMBER: _ClassVar[int]
    ELIGIBLE_COUNT_FIELD_NUMBER: _ClassVar[int]
    INELIGIBLE_FIELD_NUMBER: _ClassVar[int]
    AHEAD_COUNT_FIELD_NUMBER: _ClassVar[int]
    TELEPHONE_UNANSWERED_FIELD_NUMBER: _ClassVar[int]
    decide_time: _timestamp_pb2.Timestamp
    step: int
    agent_id: str
    reason: DecisionReason
    outcome: _work_pb2.OfferState
    eligible: _containers.RepeatedCompositeFieldContainer[Candidate]
    eligible_count: int
    ineligible: _containers.RepeatedCompositeFieldContainer[Ineligible]
    ahead_count: int
    telephone_unanswered: bool
    def __init__(self, decide_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., step: _Optional[int] = ..., agent_id: _Optional[str] = ..., reason: _Optional[_Union[DecisionReason, str]] = ..., outcome: _Optional[_Union[_work_pb2.OfferState, str]] = ..., eligible: _Optional[_Iterable[_Union[Candidate, _Mapping]]] = ..., eligible_count: _Optional[int] = ..., ineligible: _Optional[_Iterable[_Union[Ineligible, _Mapping]]] = ..., ahead_count: _Optional[int] = ..., telephone_unanswered: _Optional[bool] = ...) -> None: ...

class Candidate(_message.Message):
    __slots__ = ("agent_id", "idle_since", "load", "capacity")
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    IDLE_SINCE_FIELD_NUMBER: _ClassVar[int]
    LOAD_FIELD_NUMBER: _ClassVar[int]
    CAPACITY_FIELD_NUMBER: _ClassVar[int]
    agent_id: str
    idle_since: _timestamp_pb2.Timestamp
    load: int
    capacity: int
    def __init__(self, agent_id: _Optional[str] = ..., idle_since: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., load: _Optional[int] = ..., capacity: _Optional[int] = ...) -> None: ...

class Ineligible(_message.Message):
    __slots__ = ("reason", "lacking", "count", "agent_ids")
    REASON_FIELD_NUMBER: _ClassVar[int]
    LACKING_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    AGENT_IDS_FIELD_NUMBER: _ClassVar[int]
    reason: IneligibleReason
    lacking: _work_pb2.Requirement
    count: int
    agent_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, reason: _Optional[_Union[IneligibleReason, str]] = ..., lacking: _Optional[_Union[_work_pb2.Requirement, _Mapping]] = ..., count: _Optional[int] = ..., agent_ids: _Optional[_Iterable[str]] = ...) -> None: ...
