import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.referral.v1 import legal_pb2 as _legal_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ReferralKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REFERRAL_KIND_UNSPECIFIED: _ClassVar[ReferralKind]
    REFERRAL_KIND_WELFARE: _ClassVar[ReferralKind]
    REFERRAL_KIND_LEGAL: _ClassVar[ReferralKind]

class ReferralState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REFERRAL_STATE_UNSPECIFIED: _ClassVar[ReferralState]
    REFERRAL_STATE_PROPOSED: _ClassVar[ReferralState]
    REFERRAL_STATE_CONSENTED: _ClassVar[ReferralState]
    REFERRAL_STATE_SENT: _ClassVar[ReferralState]
    REFERRAL_STATE_ACKNOWLEDGED: _ClassVar[ReferralState]
    REFERRAL_STATE_ACCEPTED: _ClassVar[ReferralState]
    REFERRAL_STATE_IN_PROGRESS: _ClassVar[ReferralState]
    REFERRAL_STATE_COMPLETED: _ClassVar[ReferralState]
    REFERRAL_STATE_CONFIRMED: _ClassVar[ReferralState]
    REFERRAL_STATE_NOT_HELPED: _ClassVar[ReferralState]
    REFERRAL_STATE_UNREACHABLE: _ClassVar[ReferralState]
    REFERRAL_STATE_DECLINED: _ClassVar[ReferralState]
    REFERRAL_STATE_REROUTED: _ClassVar[ReferralState]
    REFERRAL_STATE_EXPIRED: _ClassVar[ReferralState]
    REFERRAL_STATE_ESCALATED: _ClassVar[ReferralState]
    REFERRAL_STATE_WITHDRAWN: _ClassVar[ReferralState]

class DeclineReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DECLINE_REASON_UNSPECIFIED: _ClassVar[DeclineReason]
    DECLINE_REASON_FULL: _ClassVar[DeclineReason]
    DECLINE_REASON_NOT_ELIGIBLE: _ClassVar[DeclineReason]
    DECLINE_REASON_WRONG_AGENCY: _ClassVar[DeclineReason]
    DECLINE_REASON_OTHER: _ClassVar[DeclineReason]

class ReferralOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REFERRAL_OUTCOME_UNSPECIFIED: _ClassVar[ReferralOutcome]
    REFERRAL_OUTCOME_HELPED: _ClassVar[ReferralOutcome]
    REFERRAL_OUTCOME_PARTLY: _ClassVar[ReferralOutcome]
    REFERRAL_OUTCOME_NOT_HELPED: _ClassVar[ReferralOutcome]
    REFERRAL_OUTCOME_NOBODY_CAME: _ClassVar[ReferralOutcome]

class ConsentItem(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONSENT_ITEM_UNSPECIFIED: _ClassVar[ConsentItem]
    CONSENT_ITEM_NAME: _ClassVar[ConsentItem]
    CONSENT_ITEM_TELEPHONE: _ClassVar[ConsentItem]
    CONSENT_ITEM_ADDRESS: _ClassVar[ConsentItem]
    CONSENT_ITEM_BIRTH_DATE: _ClassVar[ConsentItem]
    CONSENT_ITEM_HOUSEHOLD: _ClassVar[ConsentItem]
    CONSENT_ITEM_INCOME: _ClassVar[ConsentItem]
    CONSENT_ITEM_DEBTS: _ClassVar[ConsentItem]
    CONSENT_ITEM_HEALTH: _ClassVar[ConsentItem]
    CONSENT_ITEM_DISABILITY: _ClassVar[ConsentItem]
    CONSENT_ITEM_RESIDENCE_STATUS: _ClassVar[ConsentItem]
    CONSENT_ITEM_CRISIS: _ClassVar[ConsentItem]
    CONSENT_ITEM_CASE_SUMMARY: _ClassVar[ConsentItem]
    CONSENT_ITEM_ATTACHMENTS: _ClassVar[ConsentItem]

class ConsentPurpose(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONSENT_PURPOSE_UNSPECIFIED: _ClassVar[ConsentPurpose]
    CONSENT_PURPOSE_APPLICATION: _ClassVar[ConsentPurpose]
    CONSENT_PURPOSE_COUNSELLING: _ClassVar[ConsentPurpose]
    CONSENT_PURPOSE_LEGAL_AID: _ClassVar[ConsentPurpose]
    CONSENT_PURPOSE_HOUSING: _ClassVar[ConsentPurpose]
    CONSENT_PURPOSE_MEDICAL: _ClassVar[ConsentPurpose]
    CONSENT_PURPOSE_CRISIS_SUPPORT: _ClassVar[ConsentPurpose]

class ConsentHow(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONSENT_HOW_UNSPECIFIED: _ClassVar[ConsentHow]
    CONSENT_HOW_SPOKEN: _ClassVar[ConsentHow]
    CONSENT_HOW_WRITTEN: _ClassVar[ConsentHow]
    CONSENT_HOW_SIGNED: _ClassVar[ConsentHow]

class ConsentEnd(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONSENT_END_UNSPECIFIED: _ClassVar[ConsentEnd]
    CONSENT_END_REVOKED: _ClassVar[ConsentEnd]
    CONSENT_END_EXPIRED: _ClassVar[ConsentEnd]
    CONSENT_END_REPLACED: _ClassVar[ConsentEnd]
    CONSENT_END_DONE: _ClassVar[ConsentEnd]
REFERRAL_KIND_UNSPECIFIED: ReferralKind
REFERRAL_KIND_WELFARE: ReferralKind
REFERRAL_KIND_LEGAL: ReferralKind
REFERRAL_STATE_UNSPECIFIED: ReferralState
REFERRAL_STATE_PROPOSED: ReferralState
REFERRAL_STATE_CONSENTED: ReferralState
REFERRAL_STATE_SENT: ReferralState
REFERRAL_STATE_ACKNOWLEDGED: ReferralState
REFERRAL_STATE_ACCEPTED: ReferralState
REFERRAL_STATE_IN_PROGRESS: ReferralState
REFERRAL_STATE_COMPLETED: ReferralState
REFERRAL_STATE_CONFIRMED: ReferralState
REFERRAL_STATE_NOT_HELPED: ReferralState
REFERRAL_STATE_UNREACHABLE: ReferralState
REFERRAL_STATE_DECLINED: ReferralState
REFERRAL_STATE_REROUTED: ReferralState
REFERRAL_STATE_EXPIRED: ReferralState
REFERRAL_STATE_ESCALATED: ReferralState
REFERRAL_STATE_WITHDRAWN: ReferralState
DECLINE_REASON_UNSPECIFIED: DeclineReason
DECLINE_REASON_FULL: DeclineReason
DECLINE_REASON_NOT_ELIGIBLE: DeclineReason
DECLINE_REASON_WRONG_AGENCY: DeclineReason
DECLINE_REASON_OTHER: DeclineReason
REFERRAL_OUTCOME_UNSPECIFIED: ReferralOutcome
REFERRAL_OUTCOME_HELPED: ReferralOutcome
REFERRAL_OUTCOME_PARTLY: ReferralOutcome
REFERRAL_OUTCOME_NOT_HELPED: ReferralOutcome
REFERRAL_OUTCOME_NOBODY_CAME: ReferralOutcome
CONSENT_ITEM_UNSPECIFIED: ConsentItem
CONSENT_ITEM_NAME: ConsentItem
CONSENT_ITEM_TELEPHONE: ConsentItem
CONSENT_ITEM_ADDRESS: ConsentItem
CONSENT_ITEM_BIRTH_DATE: ConsentItem
CONSENT_ITEM_HOUSEHOLD: ConsentItem
CONSENT_ITEM_INCOME: ConsentItem
CONSENT_ITEM_DEBTS: ConsentItem
CONSENT_ITEM_HEALTH: ConsentItem
CONSENT_ITEM_DISABILITY: ConsentItem
CONSENT_ITEM_RESIDENCE_STATUS: ConsentItem
CONSENT_ITEM_CRISIS: ConsentItem
CONSENT_ITEM_CASE_SUMMARY: ConsentItem
CONSENT_ITEM_ATTACHMENTS: ConsentItem
CONSENT_PURPOSE_UNSPECIFIED: ConsentPurpose
CONSENT_PURPOSE_APPLICATION: ConsentPurpose
CONSENT_PURPOSE_COUNSELLING: ConsentPurpose
CONSENT_PURPOSE_LEGAL_AID: ConsentPurpose
CONSENT_PURPOSE_HOUSING: ConsentPurpose
CONSENT_PURPOSE_MEDICAL: ConsentPurpose
CONSENT_PURPOSE_CRISIS_SUPPORT: ConsentPurpose
CONSENT_HOW_UNSPECIFIED: ConsentHow
CONSENT_HOW_SPOKEN: ConsentHow
CONSENT_HOW_WRITTEN: ConsentHow
CONSENT_HOW_SIGNED: ConsentHow
CONSENT_END_UNSPECIFIED: ConsentEnd
CONSENT_END_REVOKED: ConsentEnd
CONSENT_END_EXPIRED: ConsentEnd
CONSENT_END_REPLACED: ConsentEnd
CONSENT_END_DONE: ConsentEnd

class Consent(_message.Message):
    __slots__ = ("id", "referral_id", "case_id", "organization_id", "purpose", "items", "expire_time", "how", "evidence_id", "refusal_told", "sensitive_agreed", "language", "wording_version", "agent_id", "give_time", "end", "end_time", "ended_by")
    ID_FIELD_NUMBER: _ClassVar[int]
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    ORGANIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    HOW_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_ID_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_TOLD_FIELD_NUMBER: _ClassVar[int]
    SENSITIVE_AGREED_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    WORDING_VERSION_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    GIVE_TIME_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    ENDED_BY_FIELD_NUMBER: _ClassVar[int]
    id: str
    referral_id: str
    case_id: str
    organization_id: str
    purpose: ConsentPurpose
    items: _containers.RepeatedScalarFieldContainer[ConsentItem]
    expire_time: _timestamp_pb2.Timestamp
    how: ConsentHow
    evidence_id: str
    refusal_told: bool
    sensitive_agreed: bool
    language: str
    wording_version: int
    agent_id: str
    give_time: _timestamp_pb2.Timestamp
    end: ConsentEnd
    end_time: _timestamp_pb2.Timestamp
    ended_by: str
    def __init__(self, id: _Optional[str] = ..., referral_id: _Optional[str] = ..., case_id: _Optional[str] = ..., organization_id: _Optional[str] = ..., purpose: _Optional[_Union[ConsentPurpose, str]] = ..., items: _Optional[_Iterable[_Union[ConsentItem, str]]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., how: _Optional[_Union[ConsentHow, str]] = ..., evidence_id: _Optional[str] = ..., refusal_told: _Optional[bool] = ..., sensitive_agreed: _Optional[bool] = ..., language: _Optional[str] = ..., wording_version: _Optional[int] = ..., agent_id: _Optional[str] = ..., give_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end: _Optional[_Union[ConsentEnd, str]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ended_by: _Optional[str] = ...) -> None: ...

class ConsentWording(_message.Message):
    __slots__ = ("language", "recipient", "purpose", "items", "period", "refusal", "sensitive", "question")
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    PERIOD_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    SENSITIVE_FIELD_NUMBER: _ClassVar[int]
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    language: str
    recipient: str
    purpose: str
    items: str
    period: str
    refusal: str
    sensitive: str
    question: str
    def __init__(self, language: _Optional[str] = ..., recipient: _Optional[str] = ..., purpose: _Optional[str] = ..., items: _Optional[str] = ..., period: _Optional[str] = ..., refusal: _Optional[str] = ..., sensitive: _Optional[str] = ..., question: _Optional[str] = ...) -> None: ...

class Referral(_message.Message):
    __slots__ = ("id", "number", "case_id", "service_id", "organization_id", "kind", "need", "urgent", "agent_id", "state", "reached", "decline_reason", "reason", "outcome", "rerouted_from_id", "rerouted_to_id", "consent_id", "escalation", "escalation_taken_by", "escalate_time", "propose_time", "consent_time", "send_time", "acknowledge_time", "accept_time", "complete_time", "end_time", "expect_time", "due_time", "sequence", "law_field", "next_deadline", "conflict")
    ID_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    SERVICE_ID_FIELD_NUMBER: _ClassVar[int]
    ORGANIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    NEED_FIELD_NUMBER: _ClassVar[int]
    URGENT_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REACHED_FIELD_NUMBER: _ClassVar[int]
    DECLINE_REASON_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    REROUTED_FROM_ID_FIELD_NUMBER: _ClassVar[int]
    REROUTED_TO_ID_FIELD_NUMBER: _ClassVar[int]
    CONSENT_ID_FIELD_NUMBER: _ClassVar[int]
    ESCALATION_FIELD_NUMBER: _ClassVar[int]
    ESCALATION_TAKEN_BY_FIELD_NUMBER: _ClassVar[int]
    ESCALATE_TIME_FIELD_NUMBER: _ClassVar[int]
    PROPOSE_TIME_FIELD_NUMBER: _ClassVar[int]
    CONSENT_TIME_FIELD_NUMBER: _ClassVar[int]
    SEND_TIME_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGE_TIME_FIELD_NUMBER: _ClassVar[int]
    ACCEPT_TIME_FIELD_NUMBER: _ClassVar[int]
    COMPLETE_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    EXPECT_TIME_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    LAW_FIELD_FIELD_NUMBER: _ClassVar[int]
    NEXT_DEADLINE_FIELD_NUMBER: _ClassVar[int]
    CONFLICT_FIELD_NUMBER: _ClassVar[int]
    id: str
    number: str
    case_id: str
    service_id: str
    organization_id: str
    kind: ReferralKind
    need: str
    urgent: bool
    agent_id: str
    state: ReferralState
    reached: ReferralState
    decline_reason: DeclineReason
    reason: str
    outcome: ReferralOutcome
    rerouted_from_id: str
    rerouted_to_id: str
    consent_id: str
    escalation: str
    escalation_taken_by: str
    escalate_time: _timestamp_pb2.Timestamp
    propose_time: _timestamp_pb2.Timestamp
    consent_time: _timestamp_pb2.Timestamp
    send_time: _timestamp_pb2.Timestamp
    acknowledge_time: _timestamp_pb2.Timestamp
    accept_time: _timestamp_pb2.Timestamp
    complete_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    expect_time: _timestamp_pb2.Timestamp
    due_time: _timestamp_pb2.Timestamp
    sequence: int
    law_field: _legal_pb2.LawField
    next_deadline: _legal_pb2.NextDeadline
    conflict: _legal_pb2.ConflictFlag
    def __init__(self, id: _Optional[str] = ..., number: _Optional[str] = ..., case_id: _Optional[str] = ..., service_id: _Optional[str] = ..., organization_id: _Optional[str] = ..., kind: _Optional[_Union[ReferralKind, str]] = ..., need: _Optional[str] = ..., urgent: _Optional[bool] = ..., agent_id: _Optional[str] = ..., state: _Optional[_Union[ReferralState, str]] = ..., reached: _Optional[_Union[ReferralState, str]] = ..., decline_reason: _Optional[_Union[DeclineReason, str]] = ..., reason: _Optional[str] = ..., outcome: _Optional[_Union[ReferralOutcome, str]] = ..., rerouted_from_id: _Optional[str] = ..., rerouted_to_id: _Optional[str] = ..., consent_id: _Optional[str] = ..., escalation: _Optional[str] = ..., escalation_taken_by: _Optional[str] = ..., escalate_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., propose_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., consent_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., send_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., acknowledge_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., accept_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., complete_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., expect_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., sequence: _Optional[int] = ..., law_field: _Optional[_Union[_legal_pb2.LawField, str]] = ..., next_deadline: _Optional[_Union[_legal_pb2.NextDeadline, _Mapping]] = ..., conflict: _Optional[_Union[_legal_pb2.ConflictFlag, str]] = ...) -> None: ...

class ReferralEntry(_message.Message):
    __slots__ = ("sequence", "kind", "state", "reason", "actor", "reference_id", "note", "happen_time")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_ID_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    HAPPEN_TIME_FIELD_NUMBER: _ClassVar[int]
    sequence: int
    kind: str
    state: ReferralState
    reason: str
    actor: str
    reference_id: str
    note: str
    happen_time: _timestamp_pb2.Timestamp
    def __init__(self, sequence: _Optional[int] = ..., kind: _Optional[str] = ..., state: _Optional[_Union[ReferralState, str]] = ..., reason: _Optional[str] = ..., actor: _Optional[str] = ..., reference_id: _Optional[str] = ..., note: _Optional[str] = ..., happen_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class OpenedReferral(_message.Message):
    __slots__ = ("referral", "summary", "details", "consents", "deadlines")
    REFERRAL_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    DETAILS_FIELD_NUMBER: _ClassVar[int]
    CONSENTS_FIELD_NUMBER: _ClassVar[int]
    DEADLINES_FIELD_NUMBER: _ClassVar[int]
    referral: Referral
    summary: str
    details: _containers.RepeatedCompositeFieldContainer[ItemValue]
    consents: _containers.RepeatedCompositeFieldContainer[Consent]
    deadlines: _containers.RepeatedCompositeFieldContainer[_legal_pb2.Deadline]
    def __init__(self, referral: _Optional[_Union[Referral, _Mapping]] = ..., summary: _Optional[str] = ..., details: _Optional[_Iterable[_Union[ItemValue, _Mapping]]] = ..., consents: _Optional[_Iterable[_Union[Consent, _Mapping]]] = ..., deadlines: _Optional[_Iterable[_Union[_legal_pb2.Deadline, _Mapping]]] = ...) -> None: ...

class ItemValue(_message.Message):
    __slots__ = ("item", "value")
    ITEM_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    item: ConsentItem
    value: str
    def __init__(self, item: _Optional[_Union[ConsentItem, str]] = ..., value: _Optional[str] = ...) -> None: ...
