import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.referral.v1 import capacity_pb2 as _capacity_pb2
from hub120.referral.v1 import legal_pb2 as _legal_pb2
from hub120.referral.v1 import referral_pb2 as _referral_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ProposeReferralRequest(_message.Message):
    __slots__ = ("case_id", "service_id", "organization_id", "kind", "need", "summary", "details", "urgent", "request_id", "law_field")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    SERVICE_ID_FIELD_NUMBER: _ClassVar[int]
    ORGANIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    NEED_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    DETAILS_FIELD_NUMBER: _ClassVar[int]
    URGENT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    LAW_FIELD_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    service_id: str
    organization_id: str
    kind: _referral_pb2.ReferralKind
    need: str
    summary: str
    details: _containers.RepeatedCompositeFieldContainer[_referral_pb2.ItemValue]
    urgent: bool
    request_id: str
    law_field: _legal_pb2.LawField
    def __init__(self, case_id: _Optional[str] = ..., service_id: _Optional[str] = ..., organization_id: _Optional[str] = ..., kind: _Optional[_Union[_referral_pb2.ReferralKind, str]] = ..., need: _Optional[str] = ..., summary: _Optional[str] = ..., details: _Optional[_Iterable[_Union[_referral_pb2.ItemValue, _Mapping]]] = ..., urgent: _Optional[bool] = ..., request_id: _Optional[str] = ..., law_field: _Optional[_Union[_legal_pb2.LawField, str]] = ...) -> None: ...

class ProposeReferralResponse(_message.Message):
    __slots__ = ("referral", "capacity")
    REFERRAL_FIELD_NUMBER: _ClassVar[int]
    CAPACITY_FIELD_NUMBER: _ClassVar[int]
    referral: _referral_pb2.Referral
    capacity: _capacity_pb2.Capacity
    def __init__(self, referral: _Optional[_Union[_referral_pb2.Referral, _Mapping]] = ..., capacity: _Optional[_Union[_capacity_pb2.Capacity, _Mapping]] = ...) -> None: ...

class PrepareConsentRequest(_message.Message):
    __slots__ = ("referral_id", "purpose", "items", "expire_time", "language")
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    purpose: _referral_pb2.ConsentPurpose
    items: _containers.RepeatedScalarFieldContainer[_referral_pb2.ConsentItem]
    expire_time: _timestamp_pb2.Timestamp
    language: str
    def __init__(self, referral_id: _Optional[str] = ..., purpose: _Optional[_Union[_referral_pb2.ConsentPurpose, str]] = ..., items: _Optional[_Iterable[_Union[_referral_pb2.ConsentItem, str]]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., language: _Optional[str] = ...) -> None: ...

class PrepareConsentResponse(_message.Message):
    __slots__ = ("wordings", "wording_version")
    WORDINGS_FIELD_NUMBER: _ClassVar[int]
    WORDING_VERSION_FIELD_NUMBER: _ClassVar[int]
    wordings: _containers.RepeatedCompositeFieldContainer[_referral_pb2.ConsentWording]
    wording_version: int
    def __init__(self, wordings: _Optional[_Iterable[_Union[_referral_pb2.ConsentWording, _Mapping]]] = ..., wording_version: _Optional[int] = ...) -> None: ...

class RecordConsentRequest(_message.Message):
    __slots__ = ("referral_id", "purpose", "items", "expire_time", "how", "evidence_id", "refusal_told", "sensitive_agreed", "language", "request_id")
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    HOW_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_ID_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_TOLD_FIELD_NUMBER: _ClassVar[int]
    SENSITIVE_AGREED_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    purpose: _referral_pb2.ConsentPurpose
    items: _containers.RepeatedScalarFieldContainer[_referral_pb2.ConsentItem]
    expire_time: _timestamp_pb2.Timestamp
    how: _referral_pb2.ConsentHow
    evidence_id: str
    refusal_told: bool
    sensitive_agreed: bool
    language: str
    request_id: str
    def __init__(self, referral_id: _Optional[str] = ..., purpose: _Optional[_Union[_referral_pb2.ConsentPurpose, str]] = ..., items: _Optional[_Iterable[_Union[_referral_pb2.ConsentItem, str]]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., how: _Optional[_Union[_referral_pb2.ConsentHow, str]] = ..., evidence_id: _Optional[str] = ..., refusal_told: _Optional[bool] = ..., sensitive_agreed: _Optional[bool] = ..., language: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class RecordConsentResponse(_message.Message):
    __slots__ = ("consent", "referral")
    CONSENT_FIELD_NUMBER: _ClassVar[int]
    REFERRAL_FIELD_NUMBER: _ClassVar[int]
    consent: _referral_pb2.Consent
    referral: _referral_pb2.Referral
    def __init__(self, consent: _Optional[_Union[_referral_pb2.Consent, _Mapping]] = ..., referral: _Optional[_Union[_referral_pb2.Referral, _Mapping]] = ...) -> None: ...

class RevokeConsentRequest(_message.Message):
    __slots__ = ("consent_id", "note")
    CONSENT_ID_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    consent_id: str
    note: str
    def __init__(self, consent_id: _Optional[str] = ..., note: _Optional[str] = ...) -> None: ...

class RevokeConsentResponse(_message.Message):
    __slots__ = ("consent", "referral")
    CONSENT_FIELD_NUMBER: _ClassVar[int]
    REFERRAL_FIELD_NUMBER: _ClassVar[int]
    consent: _referral_pb2.Consent
    referral: _referral_pb2.Referral
    def __init__(self, consent: _Optional[_Union[_referral_pb2.Consent, _Mapping]] = ..., referral: _Optional[_Union[_referral_pb2.Referral, _Mapping]] = ...) -> None: ...

class ListConsentsRequest(_message.Message):
    __slots__ = ("case_id", "referral_id", "page_size", "page_token")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    referral_id: str
    page_size: int
    page_token: str
    def __init__(self, case_id: _Optional[str] = ..., referral_id: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListConsentsResponse(_message.Message):
    __slots__ = ("consents", "next_page_token")
    CONSENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    consents: _containers.RepeatedCompositeFieldContainer[_referral_pb2.Consent]
    next_page_token: str
    def __init__(self, consents: _Optional[_Iterable[_Union[_referral_pb2.Consent, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class SendReferralRequest(_message.Message):
    __slots__ = ("referral_id",)
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    def __init__(self, referral_id: _Optional[str] = ...) -> None: ...

class SendReferralResponse(_message.Message):
    __slots__ = ("referral", "call_agency", "warnings")
    REFERRAL_FIELD_NUMBER: _ClassVar[int]
    CALL_AGENCY_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    referral: _referral_pb2.Referral
    call_agency: bool
    warnings: _containers.RepeatedScalarFieldContainer[_legal_pb2.LegalWarning]
    def __init__(self, referral: _Optional[_Union[_referral_pb2.Referral, _Mapping]] = ..., call_agency: _Optional[bool] = ..., warnings: _Optional[_Iterable[_Union[_legal_pb2.LegalWarning, str]]] = ...) -> None: ...

class GetReferralRequest(_message.Message):
    __slots__ = ("referral_id",)
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    def __init__(self, referral_id: _Optional[str] = ...) -> None: ...

class GetReferralResponse(_message.Message):
    __slots__ = ("opened",)
    OPENED_FIELD_NUMBER: _ClassVar[int]
    opened: _referral_pb2.OpenedReferral
    def __init__(self, opened: _Optional[_Union[_referral_pb2.OpenedReferral, _Mapping]] = ...) -> None: ...

class ListReferralsRequest(_message.Message):
    __slots__ = ("case_id", "organization_id", "mine", "escalated", "open", "page_size", "page_token", "by_deadline", "deadline_before")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    ORGANIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    MINE_FIELD_NUMBER: _ClassVar[int]
    ESCALATED_FIELD_NUMBER: _ClassVar[int]
    OPEN_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    BY_DEADLINE_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_BEFORE_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    organization_id: str
    mine: bool
    escalated: bool
    open: bool
    page_size: int
    page_token: str
    by_deadline: bool
    deadline_before: _timestamp_pb2.Timestamp
    def __init__(self, case_id: _Optional[str] = ..., organization_id: _Optional[str] = ..., mine: _Optional[bool] = ..., escalated: _Optional[bool] = ..., open: _Optional[bool] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., by_deadline: _Optional[bool] = ..., deadline_before: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListReferralsResponse(_message.Message):
    __slots__ = ("referrals", "next_page_token")
    REFERRALS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    referrals: _containers.RepeatedCompositeFieldContainer[_referral_pb2.Referral]
    next_page_token: str
    def __init__(self, referrals: _Optional[_Iterable[_Union[_referral_pb2.Referral, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class WatchReferralRequest(_message.Message):
    __slots__ = ("referral_id", "after_sequence")
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    AFTER_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    after_sequence: int
    def __init__(self, referral_id: _Optional[str] = ..., after_sequence: _Optional[int] = ...) -> None: ...

class WatchReferralResponse(_message.Message):
    __slots__ = ("entry",)
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    entry: _referral_pb2.ReferralEntry
    def __init__(self, entry: _Optional[_Union[_referral_pb2.ReferralEntry, _Mapping]] = ...) -> None: ...

class ReportForAgencyRequest(_message.Message):
    __slots__ = ("referral_id", "state", "reason", "note", "expect_time", "request_id", "deadline_acknowledged")
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    EXPECT_TIME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_ACKNOWLEDGED_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    state: _referral_pb2.ReferralState
    reason: _referral_pb2.DeclineReason
    note: str
    expect_time: _timestamp_pb2.Timestamp
    request_id: str
    deadline_acknowledged: bool
    def __init__(self, referral_id: _Optional[str] = ..., state: _Optional[_Union[_referral_pb2.ReferralState, str]] = ..., reason: _Optional[_Union[_referral_pb2.DeclineReason, str]] = ..., note: _Optional[str] = ..., expect_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., request_id: _Optional[str] = ..., deadline_acknowledged: _Optional[bool] = ...) -> None: ...

class ReportForAgencyResponse(_message.Message):
    __slots__ = ("referral", "duplicate", "allowed")
    REFERRAL_FIELD_NUMBER: _ClassVar[int]
    DUPLICATE_FIELD_NUMBER: _ClassVar[int]
    ALLOWED_FIELD_NUMBER: _ClassVar[int]
    referral: _referral_pb2.Referral
    duplicate: bool
    allowed: bool
    def __init__(self, referral: _Optional[_Union[_referral_pb2.Referral, _Mapping]] = ..., duplicate: _Optional[bool] = ..., allowed: _Optional[bool] = ...) -> None: ...

class CallAgencyRequest(_message.Message):
    __slots__ = ("referral_id", "request_id")
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    request_id: str
    def __init__(self, referral_id: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class CallAgencyResponse(_message.Message):
    __slots__ = ("referral", "call_id")
    REFERRAL_FIELD_NUMBER: _ClassVar[int]
    CALL_ID_FIELD_NUMBER: _ClassVar[int]
    referral: _referral_pb2.Referral
    call_id: str
    def __init__(self, referral: _Optional[_Union[_referral_pb2.Referral, _Mapping]] = ..., call_id: _Optional[str] = ...) -> None: ...

class ReportAgencyCallRequest(_message.Message):
    __slots__ = ("referral_id", "state", "reason", "note", "expect_time", "request_id")
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    EXPECT_TIME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    state: _referral_pb2.ReferralState
    reason: _referral_pb2.DeclineReason
    note: str
    expect_time: _timestamp_pb2.Timestamp
    request_id: str
    def __init__(self, referral_id: _Optional[str] = ..., state: _Optional[_Union[_referral_pb2.ReferralState, str]] = ..., reason: _Optional[_Union[_referral_pb2.DeclineReason, str]] = ..., note: _Optional[str] = ..., expect_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class ReportAgencyCallResponse(_message.Message):
    __slots__ = ("referral", "duplicate", "allowed")
    REFERRAL_FIELD_NUMBER: _ClassVar[int]
    DUPLICATE_FIELD_NUMBER: _ClassVar[int]
    ALLOWED_FIELD_NUMBER: _ClassVar[int]
    referral: _referral_pb2.Referral
    duplicate: bool
    allowed: bool
    def __init__(self, referral: _Optional[_Union[_referral_pb2.Referral, _Mapping]] = ..., duplicate: _Optional[bool] = ..., allowed: _Optional[bool] = ...) -> None: ...

class HangUpAgencyRequest(_message.Message):
    __slots__ = ("referral_id",)
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    def __init__(self, referral_id: _Optional[str] = ...) -> None: ...

class HangUpAgencyResponse(_message.Message):
    __slots__ = ("referral",)
    REFERRAL_FIELD_NUMBER: _ClassVar[int]
    referral: _referral_pb2.Referral
    def __init__(self, referral: _Optional[_Union[_referral_pb2.Referral, _Mapping]] = ...) -> None: ...

class RerouteReferralRequest(_message.Message):
    __slots__ = ("referral_id", "service_id", "organization_id", "summary", "request_id")
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    SERVICE_ID_FIELD_NUMBER: _ClassVar[int]
    ORGANIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    service_id: str
    organization_id: str
    summary: str
    request_id: str
    def __init__(self, referral_id: _Optional[str] = ..., service_id: _Optional[str] = ..., organization_id: _Optional[str] = ..., summary: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class RerouteReferralResponse(_message.Message):
    __slots__ = ("referral", "warnings")
    REFERRAL_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    referral: _referral_pb2.Referral
    warnings: _containers.RepeatedScalarFieldContainer[_legal_pb2.LegalWarning]
    def __init__(self, referral: _Optional[_Union[_referral_pb2.Referral, _Mapping]] = ..., warnings: _Optional[_Iterable[_Union[_legal_pb2.LegalWarning, str]]] = ...) -> None: ...

class WithdrawReferralRequest(_message.Message):
    __slots__ = ("referral_id", "by_citizen", "note", "deadline_acknowledged")
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    BY_CITIZEN_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_ACKNOWLEDGED_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    by_citizen: bool
    note: str
    deadline_acknowledged: bool
    def __init__(self, referral_id: _Optional[str] = ..., by_citizen: _Optional[bool] = ..., note: _Optional[str] = ..., deadline_acknowledged: _Optional[bool] = ...) -> None: ...

class WithdrawReferralResponse(_message.Message):
    __slots__ = ("referral",)
    REFERRAL_FIELD_NUMBER: _ClassVar[int]
    referral: _referral_pb2.Referral
    def __init__(self, referral: _Optional[_Union[_referral_pb2.Referral, _Mapping]] = ...) -> None: ...

class ConfirmOutcomeRequest(_message.Message):
    __slots__ = ("referral_id", "outcome", "note")
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    outcome: _referral_pb2.ReferralOutcome
    note: str
    def __init__(self, referral_id: _Optional[str] = ..., outcome: _Optional[_Union[_referral_pb2.ReferralOutcome, str]] = ..., note: _Optional[str] = ...) -> None: ...

class ConfirmOutcomeResponse(_message.Message):
    __slots__ = ("referral",)
    REFERRAL_FIELD_NUMBER: _ClassVar[int]
    referral: _referral_pb2.Referral
    def __init__(self, referral: _Optional[_Union[_referral_pb2.Referral, _Mapping]] = ...) -> None: ...

class TakeEscalationRequest(_message.Message):
    __slots__ = ("referral_id", "settled", "note")
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    SETTLED_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    settled: bool
    note: str
    def __init__(self, referral_id: _Optional[str] = ..., settled: _Optional[bool] = ..., note: _Optional[str] = ...) -> None: ...

class TakeEscalationResponse(_message.Message):
    __slots__ = ("referral",)
    REFERRAL_FIELD_NUMBER: _ClassVar[int]
    referral: _referral_pb2.Referral
    def __init__(self, referral: _Optional[_Union[_referral_pb2.Referral, _Mapping]] = ...) -> None: ...
