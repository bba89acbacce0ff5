import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class LawField(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LAW_FIELD_UNSPECIFIED: _ClassVar[LawField]
    LAW_FIELD_CIVIL: _ClassVar[LawField]
    LAW_FIELD_FAMILY: _ClassVar[LawField]
    LAW_FIELD_INHERITANCE: _ClassVar[LawField]
    LAW_FIELD_LABOUR: _ClassVar[LawField]
    LAW_FIELD_CRIMINAL: _ClassVar[LawField]
    LAW_FIELD_ADMINISTRATIVE: _ClassVar[LawField]
    LAW_FIELD_LEASE: _ClassVar[LawField]
    LAW_FIELD_DEBT: _ClassVar[LawField]
    LAW_FIELD_CONSUMER_FRAUD: _ClassVar[LawField]
    LAW_FIELD_IMMIGRATION: _ClassVar[LawField]
    LAW_FIELD_VIOLENCE: _ClassVar[LawField]
    LAW_FIELD_OTHER: _ClassVar[LawField]

class DeadlineKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DEADLINE_KIND_UNSPECIFIED: _ClassVar[DeadlineKind]
    DEADLINE_KIND_LIMITATION: _ClassVar[DeadlineKind]
    DEADLINE_KIND_APPEAL: _ClassVar[DeadlineKind]
    DEADLINE_KIND_OBJECTION: _ClassVar[DeadlineKind]
    DEADLINE_KIND_ADMINISTRATIVE_APPEAL: _ClassVar[DeadlineKind]
    DEADLINE_KIND_PAYMENT_ORDER_OBJECTION: _ClassVar[DeadlineKind]
    DEADLINE_KIND_COURT_DATE: _ClassVar[DeadlineKind]
    DEADLINE_KIND_OTHER: _ClassVar[DeadlineKind]

class DeadlineState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DEADLINE_STATE_UNSPECIFIED: _ClassVar[DeadlineState]
    DEADLINE_STATE_OPEN: _ClassVar[DeadlineState]
    DEADLINE_STATE_KEPT: _ClassVar[DeadlineState]
    DEADLINE_STATE_DROPPED: _ClassVar[DeadlineState]
    DEADLINE_STATE_MOVED: _ClassVar[DeadlineState]

class LegalWarning(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LEGAL_WARNING_UNSPECIFIED: _ClassVar[LegalWarning]
    LEGAL_WARNING_NOT_LEGAL_ADVICE: _ClassVar[LegalWarning]
    LEGAL_WARNING_DEADLINE_PASSED: _ClassVar[LegalWarning]
    LEGAL_WARNING_DEADLINE_NEAR: _ClassVar[LegalWarning]
    LEGAL_WARNING_DAY_MOVED: _ClassVar[LegalWarning]

class ConflictFlag(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONFLICT_FLAG_UNSPECIFIED: _ClassVar[ConflictFlag]
    CONFLICT_FLAG_POSSIBLE: _ClassVar[ConflictFlag]
    CONFLICT_FLAG_CLEARED: _ClassVar[ConflictFlag]

class ConflictMatch(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONFLICT_MATCH_UNSPECIFIED: _ClassVar[ConflictMatch]
    CONFLICT_MATCH_NAME: _ClassVar[ConflictMatch]
    CONFLICT_MATCH_TELEPHONE: _ClassVar[ConflictMatch]
    CONFLICT_MATCH_BOTH: _ClassVar[ConflictMatch]
LAW_FIELD_UNSPECIFIED: LawField
LAW_FIELD_CIVIL: LawField
LAW_FIELD_FAMILY: LawField
LAW_FIELD_INHERITANCE: LawField
LAW_FIELD_LABOUR: LawField
LAW_FIELD_CRIMINAL: LawField
LAW_FIELD_ADMINISTRATIVE: LawField
LAW_FIELD_LEASE: LawField
LAW_FIELD_DEBT: LawField
LAW_FIELD_CONSUMER_FRAUD: LawField
LAW_FIELD_IMMIGRATION: LawField
LAW_FIELD_VIOLENCE: LawField
LAW_FIELD_OTHER: LawField
DEADLINE_KIND_UNSPECIFIED: DeadlineKind
DEADLINE_KIND_LIMITATION: DeadlineKind
DEADLINE_KIND_APPEAL: DeadlineKind
DEADLINE_KIND_OBJECTION: DeadlineKind
DEADLINE_KIND_ADMINISTRATIVE_APPEAL: DeadlineKind
DEADLINE_KIND_PAYMENT_ORDER_OBJECTION: DeadlineKind
DEADLINE_KIND_COURT_DATE: DeadlineKind
DEADLINE_KIND_OTHER: DeadlineKind
DEADLINE_STATE_UNSPECIFIED: DeadlineState
DEADLINE_STATE_OPEN: DeadlineState
DEADLINE_STATE_KEPT: DeadlineState
DEADLINE_STATE_DROPPED: DeadlineState
DEADLINE_STATE_MOVED: DeadlineState
LEGAL_WARNING_UNSPECIFIED: LegalWarning
LEGAL_WARNING_NOT_LEGAL_ADVICE: LegalWarning
LEGAL_WARNING_DEADLINE_PASSED: LegalWarning
LEGAL_WARNING_DEADLINE_NEAR: LegalWarning
LEGAL_WARNING_DAY_MOVED: LegalWarning
CONFLICT_FLAG_UNSPECIFIED: ConflictFlag
CONFLICT_FLAG_POSSIBLE: ConflictFlag
CONFLICT_FLAG_CLEARED: ConflictFlag
CONFLICT_MATCH_UNSPECIFIED: ConflictMatch
CONFLICT_MATCH_NAME: ConflictMatch
CONFLICT_MATCH_TELEPHONE: ConflictMatch
CONFLICT_MATCH_BOTH: ConflictMatch

class NextDeadline(_message.Message):
    __slots__ = ("deadline_id", "kind", "date", "end_time")
    DEADLINE_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    DATE_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    deadline_id: str
    kind: DeadlineKind
    date: str
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, deadline_id: _Optional[str] = ..., kind: _Optional[_Union[DeadlineKind, str]] = ..., date: _Optional[str] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Deadline(_message.Message):
    __slots__ = ("id", "referral_id", "kind", "date", "end_time", "source", "rule", "state", "entered_by", "enter_time", "closed_by", "close_time")
    ID_FIELD_NUMBER: _ClassVar[int]
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    DATE_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    ENTERED_BY_FIELD_NUMBER: _ClassVar[int]
    ENTER_TIME_FIELD_NUMBER: _ClassVar[int]
    CLOSED_BY_FIELD_NUMBER: _ClassVar[int]
    CLOSE_TIME_FIELD_NUMBER: _ClassVar[int]
    id: str
    referral_id: str
    kind: DeadlineKind
    date: str
    end_time: _timestamp_pb2.Timestamp
    source: str
    rule: str
    state: DeadlineState
    entered_by: str
    enter_time: _timestamp_pb2.Timestamp
    closed_by: str
    close_time: _timestamp_pb2.Timestamp
    def __init__(self, id: _Optional[str] = ..., referral_id: _Optional[str] = ..., kind: _Optional[_Union[DeadlineKind, str]] = ..., date: _Optional[str] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., rule: _Optional[str] = ..., state: _Optional[_Union[DeadlineState, str]] = ..., entered_by: _Optional[str] = ..., enter_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., closed_by: _Optional[str] = ..., close_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class DeadlineRule(_message.Message):
    __slots__ = ("code", "kind", "law_ko", "law_en", "period_ko", "period_en")
    CODE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    LAW_KO_FIELD_NUMBER: _ClassVar[int]
    LAW_EN_FIELD_NUMBER: _ClassVar[int]
    PERIOD_KO_FIELD_NUMBER: _ClassVar[int]
    PERIOD_EN_FIELD_NUMBER: _ClassVar[int]
    code: str
    kind: DeadlineKind
    law_ko: str
    law_en: str
    period_ko: str
    period_en: str
    def __init__(self, code: _Optional[str] = ..., kind: _Optional[_Union[DeadlineKind, str]] = ..., law_ko: _Optional[str] = ..., law_en: _Optional[str] = ..., period_ko: _Optional[str] = ..., period_en: _Optional[str] = ...) -> None: ...

class OpposingParty(_message.Message):
    __slots__ = ("id", "name", "telephone", "added_by", "add_time")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    TELEPHONE_FIELD_NUMBER: _ClassVar[int]
    ADDED_BY_FIELD_NUMBER: _ClassVar[int]
    ADD_TIME_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    telephone: str
    added_by: str
    add_time: _timestamp_pb2.Timestamp
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., telephone: _Optional[str] = ..., added_by: _Optional[str] = ..., add_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ConflictOfInterest(_message.Message):
    __slots__ = ("other_referral_id", "other_number", "citizen_is_opponent", "match", "cleared_by", "clear_time", "clear_reason")
    OTHER_REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    OTHER_NUMBER_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_IS_OPPONENT_FIELD_NUMBER: _ClassVar[int]
    MATCH_FIELD_NUMBER: _ClassVar[int]
    CLEARED_BY_FIELD_NUMBER: _ClassVar[int]
    CLEAR_TIME_FIELD_NUMBER: _ClassVar[int]
    CLEAR_REASON_FIELD_NUMBER: _ClassVar[int]
    other_referral_id: str
    other_number: str
    citizen_is_opponent: bool
    match: ConflictMatch
    cleared_by: str
    clear_time: _timestamp_pb2.Timestamp
    clear_reason: str
    def __init__(self, other_referral_id: _Optional[str] = ..., other_number: _Optional[str] = ..., citizen_is_opponent: _Optional[bool] = ..., match: _Optional[_Union[ConflictMatch, str]] = ..., cleared_by: _Optional[str] = ..., clear_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., clear_reason: _Optional[str] = ...) -> None: ...

class LegalNote(_message.Message):
    __slots__ = ("id", "text", "author", "write_time")
    ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    AUTHOR_FIELD_NUMBER: _ClassVar[int]
    WRITE_TIME_FIELD_NUMBER: _ClassVar[int]
    id: str
    text: str
    author: str
    write_time: _timestamp_pb2.Timestamp
    def __init__(self, id: _Optional[str] = ..., text: _Optional[str] = ..., author: _Optional[str] = ..., write_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
