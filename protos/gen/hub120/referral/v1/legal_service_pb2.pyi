from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.referral.v1 import legal_pb2 as _legal_pb2
from hub120.referral.v1 import referral_pb2 as _referral_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ListDeadlineRulesRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListDeadlineRulesResponse(_message.Message):
    __slots__ = ("rules",)
    RULES_FIELD_NUMBER: _ClassVar[int]
    rules: _containers.RepeatedCompositeFieldContainer[_legal_pb2.DeadlineRule]
    def __init__(self, rules: _Optional[_Iterable[_Union[_legal_pb2.DeadlineRule, _Mapping]]] = ...) -> None: ...

class ProposeDeadlineRequest(_message.Message):
    __slots__ = ("rule", "start_date")
    RULE_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    rule: str
    start_date: str
    def __init__(self, rule: _Optional[str] = ..., start_date: _Optional[str] = ...) -> None: ...

class ProposeDeadlineResponse(_message.Message):
    __slots__ = ("rule", "date", "warnings")
    RULE_FIELD_NUMBER: _ClassVar[int]
    DATE_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    rule: _legal_pb2.DeadlineRule
    date: str
    warnings: _containers.RepeatedScalarFieldContainer[_legal_pb2.LegalWarning]
    def __init__(self, rule: _Optional[_Union[_legal_pb2.DeadlineRule, _Mapping]] = ..., date: _Optional[str] = ..., warnings: _Optional[_Iterable[_Union[_legal_pb2.LegalWarning, str]]] = ...) -> None: ...

class AddDeadlineRequest(_message.Message):
    __slots__ = ("referral_id", "kind", "date", "source", "rule", "request_id")
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    DATE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    kind: _legal_pb2.DeadlineKind
    date: str
    source: str
    rule: str
    request_id: str
    def __init__(self, referral_id: _Optional[str] = ..., kind: _Optional[_Union[_legal_pb2.DeadlineKind, str]] = ..., date: _Optional[str] = ..., source: _Optional[str] = ..., rule: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class AddDeadlineResponse(_message.Message):
    __slots__ = ("deadline", "referral", "warnings")
    DEADLINE_FIELD_NUMBER: _ClassVar[int]
    REFERRAL_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    deadline: _legal_pb2.Deadline
    referral: _referral_pb2.Referral
    warnings: _containers.RepeatedScalarFieldContainer[_legal_pb2.LegalWarning]
    def __init__(self, deadline: _Optional[_Union[_legal_pb2.Deadline, _Mapping]] = ..., referral: _Optional[_Union[_referral_pb2.Referral, _Mapping]] = ..., warnings: _Optional[_Iterable[_Union[_legal_pb2.LegalWarning, str]]] = ...) -> None: ...

class CloseDeadlineRequest(_message.Message):
    __slots__ = ("deadline_id", "state")
    DEADLINE_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    deadline_id: str
    state: _legal_pb2.DeadlineState
    def __init__(self, deadline_id: _Optional[str] = ..., state: _Optional[_Union[_legal_pb2.DeadlineState, str]] = ...) -> None: ...

class CloseDeadlineResponse(_message.Message):
    __slots__ = ("deadline", "referral")
    DEADLINE_FIELD_NUMBER: _ClassVar[int]
    REFERRAL_FIELD_NUMBER: _ClassVar[int]
    deadline: _legal_pb2.Deadline
    referral: _referral_pb2.Referral
    def __init__(self, deadline: _Optional[_Union[_legal_pb2.Deadline, _Mapping]] = ..., referral: _Optional[_Union[_referral_pb2.Referral, _Mapping]] = ...) -> None: ...

class GetLegalFileRequest(_message.Message):
    __slots__ = ("referral_id",)
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    def __init__(self, referral_id: _Optional[str] = ...) -> None: ...

class GetLegalFileResponse(_message.Message):
    __slots__ = ("referral", "deadlines", "parties")
    REFERRAL_FIELD_NUMBER: _ClassVar[int]
    DEADLINES_FIELD_NUMBER: _ClassVar[int]
    PARTIES_FIELD_NUMBER: _ClassVar[int]
    referral: _referral_pb2.Referral
    deadlines: _containers.RepeatedCompositeFieldContainer[_legal_pb2.Deadline]
    parties: _containers.RepeatedCompositeFieldContainer[_legal_pb2.OpposingParty]
    def __init__(self, referral: _Optional[_Union[_referral_pb2.Referral, _Mapping]] = ..., deadlines: _Optional[_Iterable[_Union[_legal_pb2.Deadline, _Mapping]]] = ..., parties: _Optional[_Iterable[_Union[_legal_pb2.OpposingParty, _Mapping]]] = ...) -> None: ...

class AddOpposingPartyRequest(_message.Message):
    __slots__ = ("referral_id", "name", "telephone", "request_id")
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    TELEPHONE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    name: str
    telephone: str
    request_id: str
    def __init__(self, referral_id: _Optional[str] = ..., name: _Optional[str] = ..., telephone: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class AddOpposingPartyResponse(_message.Message):
    __slots__ = ("party", "referral")
    PARTY_FIELD_NUMBER: _ClassVar[int]
    REFERRAL_FIELD_NUMBER: _ClassVar[int]
    party: _legal_pb2.OpposingParty
    referral: _referral_pb2.Referral
    def __init__(self, party: _Optional[_Union[_legal_pb2.OpposingParty, _Mapping]] = ..., referral: _Optional[_Union[_referral_pb2.Referral, _Mapping]] = ...) -> None: ...

class RemoveOpposingPartyRequest(_message.Message):
    __slots__ = ("party_id",)
    PARTY_ID_FIELD_NUMBER: _ClassVar[int]
    party_id: str
    def __init__(self, party_id: _Optional[str] = ...) -> None: ...

class RemoveOpposingPartyResponse(_message.Message):
    __slots__ = ("referral",)
    REFERRAL_FIELD_NUMBER: _ClassVar[int]
    referral: _referral_pb2.Referral
    def __init__(self, referral: _Optional[_Union[_referral_pb2.Referral, _Mapping]] = ...) -> None: ...

class ListFlaggedReferralsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListFlaggedReferralsResponse(_message.Message):
    __slots__ = ("referrals", "next_page_token")
    REFERRALS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    referrals: _containers.RepeatedCompositeFieldContainer[_referral_pb2.Referral]
    next_page_token: str
    def __init__(self, referrals: _Optional[_Iterable[_Union[_referral_pb2.Referral, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListConflictsOfInterestRequest(_message.Message):
    __slots__ = ("referral_id",)
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    def __init__(self, referral_id: _Optional[str] = ...) -> None: ...

class ListConflictsOfInterestResponse(_message.Message):
    __slots__ = ("conflicts",)
    CONFLICTS_FIELD_NUMBER: _ClassVar[int]
    conflicts: _containers.RepeatedCompositeFieldContainer[_legal_pb2.ConflictOfInterest]
    def __init__(self, conflicts: _Optional[_Iterable[_Union[_legal_pb2.ConflictOfInterest, _Mapping]]] = ...) -> None: ...

class ClearConflictRequest(_message.Message):
    __slots__ = ("referral_id", "other_referral_id", "reason")
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    OTHER_REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    other_referral_id: str
    reason: str
    def __init__(self, referral_id: _Optional[str] = ..., other_referral_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class ClearConflictResponse(_message.Message):
    __slots__ = ("referral",)
    REFERRAL_FIELD_NUMBER: _ClassVar[int]
    referral: _referral_pb2.Referral
    def __init__(self, referral: _Optional[_Union[_referral_pb2.Referral, _Mapping]] = ...) -> None: ...

class AddLegalNoteRequest(_message.Message):
    __slots__ = ("referral_id", "text", "request_id")
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    text: str
    request_id: str
    def __init__(self, referral_id: _Optional[str] = ..., text: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class AddLegalNoteResponse(_message.Message):
    __slots__ = ("note",)
    NOTE_FIELD_NUMBER: _ClassVar[int]
    note: _legal_pb2.LegalNote
    def __init__(self, note: _Optional[_Union[_legal_pb2.LegalNote, _Mapping]] = ...) -> None: ...

class ListLegalNotesRequest(_message.Message):
    __slots__ = ("referral_id", "page_size", "page_token")
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    referral_id: str
    page_size: int
    page_token: str
    def __init__(self, referral_id: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListLegalNotesResponse(_message.Message):
    __slots__ = ("notes", "next_page_token")
    NOTES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    notes: _containers.RepeatedCompositeFieldContainer[_legal_pb2.LegalNote]
    next_page_token: str
    def __init__(self, notes: _Optional[_Iterable[_Union[_legal_pb2.LegalNote, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
