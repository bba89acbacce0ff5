import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class FactKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FACT_KIND_UNSPECIFIED: _ClassVar[FactKind]
    FACT_KIND_NUMBER: _ClassVar[FactKind]
    FACT_KIND_YES_NO: _ClassVar[FactKind]
    FACT_KIND_CHOICE: _ClassVar[FactKind]
    FACT_KIND_DISTRICT: _ClassVar[FactKind]

class Likelihood(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LIKELIHOOD_UNSPECIFIED: _ClassVar[Likelihood]
    LIKELIHOOD_LIKELY: _ClassVar[Likelihood]
    LIKELIHOOD_NEED_MORE: _ClassVar[Likelihood]
    LIKELIHOOD_UNLIKELY: _ClassVar[Likelihood]

class ConditionStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONDITION_STATUS_UNSPECIFIED: _ClassVar[ConditionStatus]
    CONDITION_STATUS_HOLDS: _ClassVar[ConditionStatus]
    CONDITION_STATUS_FAILS: _ClassVar[ConditionStatus]
    CONDITION_STATUS_UNKNOWN: _ClassVar[ConditionStatus]
    CONDITION_STATUS_AT_DISCRETION: _ClassVar[ConditionStatus]
FACT_KIND_UNSPECIFIED: FactKind
FACT_KIND_NUMBER: FactKind
FACT_KIND_YES_NO: FactKind
FACT_KIND_CHOICE: FactKind
FACT_KIND_DISTRICT: FactKind
LIKELIHOOD_UNSPECIFIED: Likelihood
LIKELIHOOD_LIKELY: Likelihood
LIKELIHOOD_NEED_MORE: Likelihood
LIKELIHOOD_UNLIKELY: Likelihood
CONDITION_STATUS_UNSPECIFIED: ConditionStatus
CONDITION_STATUS_HOLDS: ConditionStatus
CONDITION_STATUS_FAILS: ConditionStatus
CONDITION_STATUS_UNKNOWN: ConditionStatus
CONDITION_STATUS_AT_DISCRETION: ConditionStatus

class RuleWords(_message.Message):
    __slots__ = ("ko", "en")
    KO_FIELD_NUMBER: _ClassVar[int]
    EN_FIELD_NUMBER: _ClassVar[int]
    ko: str
    en: str
    def __init__(self, ko: _Optional[str] = ..., en: _Optional[str] = ...) -> None: ...

class FactChoice(_message.Message):
    __slots__ = ("id", "name")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: RuleWords
    def __init__(self, id: _Optional[str] = ..., name: _Optional[_Union[RuleWords, _Mapping]] = ...) -> None: ...

class Fact(_message.Message):
    __slots__ = ("id", "group", "name", "question", "kind", "unit", "least", "most", "choices")
    ID_FIELD_NUMBER: _ClassVar[int]
    GROUP_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    LEAST_FIELD_NUMBER: _ClassVar[int]
    MOST_FIELD_NUMBER: _ClassVar[int]
    CHOICES_FIELD_NUMBER: _ClassVar[int]
    id: str
    group: str
    name: RuleWords
    question: RuleWords
    kind: FactKind
    unit: str
    least: int
    most: int
    choices: _containers.RepeatedCompositeFieldContainer[FactChoice]
    def __init__(self, id: _Optional[str] = ..., group: _Optional[str] = ..., name: _Optional[_Union[RuleWords, _Mapping]] = ..., question: _Optional[_Union[RuleWords, _Mapping]] = ..., kind: _Optional[_Union[FactKind, str]] = ..., unit: _Optional[str] = ..., least: _Optional[int] = ..., most: _Optional[int] = ..., choices: _Optional[_Iterable[_Union[FactChoice, _Mapping]]] = ...) -> None: ...

class FactValue(_message.Message):
    __slots__ = ("fact", "number", "yes", "choice", "unknown")
    FACT_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    YES_FIELD_NUMBER: _ClassVar[int]
    CHOICE_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_FIELD_NUMBER: _ClassVar[int]
    fact: str
    number: int
    yes: bool
    choice: str
    unknown: bool
    def __init__(self, fact: _Optional[str] = ..., number: _Optional[int] = ..., yes: _Optional[bool] = ..., choice: _Optional[str] = ..., unknown: _Optional[bool] = ...) -> None: ...

class RuleAmount(_message.Message):
    __slots__ = ("fact", "number", "unit", "sum", "difference", "share", "ratio", "median")
    FACT_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    SUM_FIELD_NUMBER: _ClassVar[int]
    DIFFERENCE_FIELD_NUMBER: _ClassVar[int]
    SHARE_FIELD_NUMBER: _ClassVar[int]
    RATIO_FIELD_NUMBER: _ClassVar[int]
    MEDIAN_FIELD_NUMBER: _ClassVar[int]
    fact: str
    number: int
    unit: str
    sum: _containers.RepeatedCompositeFieldContainer[RuleAmount]
    difference: _containers.RepeatedCompositeFieldContainer[RuleAmount]
    share: AmountShare
    ratio: AmountRatio
    median: MedianShare
    def __init__(self, fact: _Optional[str] = ..., number: _Optional[int] = ..., unit: _Optional[str] = ..., sum: _Optional[_Iterable[_Union[RuleAmount, _Mapping]]] = ..., difference: _Optional[_Iterable[_Union[RuleAmount, _Mapping]]] = ..., share: _Optional[_Union[AmountShare, _Mapping]] = ..., ratio: _Optional[_Union[AmountRatio, _Mapping]] = ..., median: _Optional[_Union[MedianShare, _Mapping]] = ...) -> None: ...

class AmountShare(_message.Message):
    __slots__ = ("amount", "percent")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    PERCENT_FIELD_NUMBER: _ClassVar[int]
    amount: RuleAmount
    percent: float
    def __init__(self, amount: _Optional[_Union[RuleAmount, _Mapping]] = ..., percent: _Optional[float] = ...) -> None: ...

class AmountRatio(_message.Message):
    __slots__ = ("amount", "to")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TO_FIELD_NUMBER: _ClassVar[int]
    amount: RuleAmount
    to: RuleAmount
    def __init__(self, amount: _Optional[_Union[RuleAmount, _Mapping]] = ..., to: _Optional[_Union[RuleAmount, _Mapping]] = ...) -> None: ...

class MedianShare(_message.Message):
    __slots__ = ("percent",)
    PERCENT_FIELD_NUMBER: _ClassVar[int]
    percent: float
    def __init__(self, percent: _Optional[float] = ...) -> None: ...

class AtMost(_message.Message):
    __slots__ = ("amount", "limit")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    amount: RuleAmount
    limit: RuleAmount
    def __init__(self, amount: _Optional[_Union[RuleAmount, _Mapping]] = ..., limit: _Optional[_Union[RuleAmount, _Mapping]] = ...) -> None: ...

class AtLeast(_message.Message):
    __slots__ = ("amount", "limit")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    amount: RuleAmount
    limit: RuleAmount
    def __init__(self, amount: _Optional[_Union[RuleAmount, _Mapping]] = ..., limit: _Optional[_Union[RuleAmount, _Mapping]] = ...) -> None: ...

class Between(_message.Message):
    __slots__ = ("amount", "least", "most")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    LEAST_FIELD_NUMBER: _ClassVar[int]
    MOST_FIELD_NUMBER: _ClassVar[int]
    amount: RuleAmount
    least: RuleAmount
    most: RuleAmount
    def __init__(self, amount: _Optional[_Union[RuleAmount, _Mapping]] = ..., least: _Optional[_Union[RuleAmount, _Mapping]] = ..., most: _Optional[_Union[RuleAmount, _Mapping]] = ...) -> None: ...

class FactIs(_message.Message):
    __slots__ = ("fact", "number", "yes", "choice")
    FACT_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    YES_FIELD_NUMBER: _ClassVar[int]
    CHOICE_FIELD_NUMBER: _ClassVar[int]
    fact: str
    number: int
    yes: bool
    choice: str
    def __init__(self, fact: _Optional[str] = ..., number: _Optional[int] = ..., yes: _Optional[bool] = ..., choice: _Optional[str] = ...) -> None: ...

class FactOneOf(_message.Message):
    __slots__ = ("fact", "choices")
    FACT_FIELD_NUMBER: _ClassVar[int]
    CHOICES_FIELD_NUMBER: _ClassVar[int]
    fact: str
    choices: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, fact: _Optional[str] = ..., choices: _Optional[_Iterable[str]] = ...) -> None: ...

class ShareOfMedian(_message.Message):
    __slots__ = ("amount", "percent")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    PERCENT_FIELD_NUMBER: _ClassVar[int]
    amount: RuleAmount
    percent: float
    def __init__(self, amount: _Optional[_Union[RuleAmount, _Mapping]] = ..., percent: _Optional[float] = ...) -> None: ...

class RuleCondition(_message.Message):
    __slots__ = ("all", "any", "negated", "at_most", "at_least", "between", "equals", "one_of", "share_of_median", "words", "documents", "to_check", "discretion")
    ALL_FIELD_NUMBER: _ClassVar[int]
    ANY_FIELD_NUMBER: _ClassVar[int]
    NEGATED_FIELD_NUMBER: _ClassVar[int]
    AT_MOST_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_FIELD_NUMBER: _ClassVar[int]
    BETWEEN_FIELD_NUMBER: _ClassVar[int]
    EQUALS_FIELD_NUMBER: _ClassVar[int]
    ONE_OF_FIELD_NUMBER: _ClassVar[int]
    SHARE_OF_MEDIAN_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    TO_CHECK_FIELD_NUMBER: _ClassVar[int]
    DISCRETION_FIELD_NUMBER: _ClassVar[int]
    all: _containers.RepeatedCompositeFieldContainer[RuleCondition]
    any: _containers.RepeatedCompositeFieldContainer[RuleCondition]
    negated: RuleCondition
    at_most: AtMost
    at_least: AtLeast
    between: Between
    equals: FactIs
    one_of: FactOneOf
    share_of_median: ShareOfMedian
    words: RuleWords
    documents: _containers.RepeatedCompositeFieldContainer[RuleWords]
    to_check: bool
    discretion: RuleCondition
    def __init__(self, all: _Optional[_Iterable[_Union[RuleCondition, _Mapping]]] = ..., any: _Optional[_Iterable[_Union[RuleCondition, _Mapping]]] = ..., negated: _Optional[_Union[RuleCondition, _Mapping]] = ..., at_most: _Optional[_Union[AtMost, _Mapping]] = ..., at_least: _Optional[_Union[AtLeast, _Mapping]] = ..., between: _Optional[_Union[Between, _Mapping]] = ..., equals: _Optional[_Union[FactIs, _Mapping]] = ..., one_of: _Optional[_Union[FactOneOf, _Mapping]] = ..., share_of_median: _Optional[_Union[ShareOfMedian, _Mapping]] = ..., words: _Optional[_Union[RuleWords, _Mapping]] = ..., documents: _Optional[_Iterable[_Union[RuleWords, _Mapping]]] = ..., to_check: _Optional[bool] = ..., discretion: _Optional[_Union[RuleCondition, _Mapping]] = ...) -> None: ...

class RuleSource(_message.Message):
    __slots__ = ("title", "date", "url")
    TITLE_FIELD_NUMBER: _ClassVar[int]
    DATE_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    title: str
    date: str
    url: str
    def __init__(self, title: _Optional[str] = ..., date: _Optional[str] = ..., url: _Optional[str] = ...) -> None: ...

class RuleService(_message.Message):
    __slots__ = ("source", "source_key")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_KEY_FIELD_NUMBER: _ClassVar[int]
    source: str
    source_key: str
    def __init__(self, source: _Optional[str] = ..., source_key: _Optional[str] = ...) -> None: ...

class EligibilityRule(_message.Message):
    __slots__ = ("id", "name", "kind", "source", "valid_from", "valid_until", "assured", "requires", "documents", "notes", "service_ids", "services")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    VALID_FROM_FIELD_NUMBER: _ClassVar[int]
    VALID_UNTIL_FIELD_NUMBER: _ClassVar[int]
    ASSURED_FIELD_NUMBER: _ClassVar[int]
    REQUIRES_FIELD_NUMBER: _ClassVar[int]
    DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    NOTES_FIELD_NUMBER: _ClassVar[int]
    SERVICE_IDS_FIELD_NUMBER: _ClassVar[int]
    SERVICES_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: RuleWords
    kind: str
    source: RuleSource
    valid_from: str
    valid_until: str
    assured: bool
    requires: RuleCondition
    documents: _containers.RepeatedCompositeFieldContainer[RuleWords]
    notes: _containers.RepeatedCompositeFieldContainer[RuleWords]
    service_ids: _containers.RepeatedScalarFieldContainer[str]
    services: _containers.RepeatedCompositeFieldContainer[RuleService]
    def __init__(self, id: _Optional[str] = ..., name: _Optional[_Union[RuleWords, _Mapping]] = ..., kind: _Optional[str] = ..., source: _Optional[_Union[RuleSource, _Mapping]] = ..., valid_from: _Optional[str] = ..., valid_until: _Optional[str] = ..., assured: _Optional[bool] = ..., requires: _Optional[_Union[RuleCondition, _Mapping]] = ..., documents: _Optional[_Iterable[_Union[RuleWords, _Mapping]]] = ..., notes: _Optional[_Iterable[_Union[RuleWords, _Mapping]]] = ..., service_ids: _Optional[_Iterable[str]] = ..., services: _Optional[_Iterable[_Union[RuleService, _Mapping]]] = ...) -> None: ...

class RuleVersion(_message.Message):
    __slots__ = ("rule", "version", "sample", "ends", "written_by", "write_time")
    RULE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    SAMPLE_FIELD_NUMBER: _ClassVar[int]
    ENDS_FIELD_NUMBER: _ClassVar[int]
    WRITTEN_BY_FIELD_NUMBER: _ClassVar[int]
    WRITE_TIME_FIELD_NUMBER: _ClassVar[int]
    rule: EligibilityRule
    version: int
    sample: bool
    ends: str
    written_by: str
    write_time: _timestamp_pb2.Timestamp
    def __init__(self, rule: _Optional[_Union[EligibilityRule, _Mapping]] = ..., version: _Optional[int] = ..., sample: _Optional[bool] = ..., ends: _Optional[str] = ..., written_by: _Optional[str] = ..., write_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class EligibilityReason(_message.Message):
    __slots__ = ("words", "status", "level", "path", "to_check", "facts")
    WORDS_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    TO_CHECK_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    words: RuleWords
    status: ConditionStatus
    level: int
    path: str
    to_check: bool
    facts: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, words: _Optional[_Union[RuleWords, _Mapping]] = ..., status: _Optional[_Union[ConditionStatus, str]] = ..., level: _Optional[int] = ..., path: _Optional[str] = ..., to_check: _Optional[bool] = ..., facts: _Optional[_Iterable[str]] = ...) -> None: ...

class EligibilityQuestion(_message.Message):
    __slots__ = ("fact", "question", "weight")
    FACT_FIELD_NUMBER: _ClassVar[int]
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    fact: str
    question: RuleWords
    weight: float
    def __init__(self, fact: _Optional[str] = ..., question: _Optional[_Union[RuleWords, _Mapping]] = ..., weight: _Optional[float] = ...) -> None: ...

class Assessment(_message.Message):
    __slots__ = ("rule_id", "version", "sample", "name", "kind", "service_ids", "likelihood", "reasons", "questions", "documents", "notes", "source", "valid_from", "ends", "assured", "warning")
    RULE_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    SAMPLE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SERVICE_IDS_FIELD_NUMBER: _ClassVar[int]
    LIKELIHOOD_FIELD_NUMBER: _ClassVar[int]
    REASONS_FIELD_NUMBER: _ClassVar[int]
    QUESTIONS_FIELD_NUMBER: _ClassVar[int]
    DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    NOTES_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    VALID_FROM_FIELD_NUMBER: _ClassVar[int]
    ENDS_FIELD_NUMBER: _ClassVar[int]
    ASSURED_FIELD_NUMBER: _ClassVar[int]
    WARNING_FIELD_NUMBER: _ClassVar[int]
    rule_id: str
    version: int
    sample: bool
    name: RuleWords
    kind: str
    service_ids: _containers.RepeatedScalarFieldContainer[str]
    likelihood: Likelihood
    reasons: _containers.RepeatedCompositeFieldContainer[EligibilityReason]
    questions: _containers.RepeatedCompositeFieldContainer[EligibilityQuestion]
    documents: _containers.RepeatedCompositeFieldContainer[RuleWords]
    notes: _containers.RepeatedCompositeFieldContainer[RuleWords]
    source: RuleSource
    valid_from: str
    ends: str
    assured: bool
    warning: RuleWords
    def __init__(self, rule_id: _Optional[str] = ..., version: _Optional[int] = ..., sample: _Optional[bool] = ..., name: _Optional[_Union[RuleWords, _Mapping]] = ..., kind: _Optional[str] = ..., service_ids: _Optional[_Iterable[str]] = ..., likelihood: _Optional[_Union[Likelihood, str]] = ..., reasons: _Optional[_Iterable[_Union[EligibilityReason, _Mapping]]] = ..., questions: _Optional[_Iterable[_Union[EligibilityQuestion, _Mapping]]] = ..., documents: _Optional[_Iterable[_Union[RuleWords, _Mapping]]] = ..., notes: _Optional[_Iterable[_Union[RuleWords, _Mapping]]] = ..., source: _Optional[_Union[RuleSource, _Mapping]] = ..., valid_from: _Optional[str] = ..., ends: _Optional[str] = ..., assured: _Optional[bool] = ..., warning: _Optional[_Union[RuleWords, _Mapping]] = ...) -> None: ...

class ExplainedCondition(_message.Message):
    __slots__ = ("reason", "unit", "amount", "least", "most")
    REASON_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    LEAST_FIELD_NUMBER: _ClassVar[int]
    MOST_FIELD_NUMBER: _ClassVar[int]
    reason: EligibilityReason
    unit: str
    amount: float
    least: float
    most: float
    def __init__(self, reason: _Optional[_Union[EligibilityReason, _Mapping]] = ..., unit: _Optional[str] = ..., amount: _Optional[float] = ..., least: _Optional[float] = ..., most: _Optional[float] = ...) -> None: ...

class MedianIncome(_message.Message):
    __slots__ = ("year", "won", "further_person", "source", "assured", "published")
    YEAR_FIELD_NUMBER: _ClassVar[int]
    WON_FIELD_NUMBER: _ClassVar[int]
    FURTHER_PERSON_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    ASSURED_FIELD_NUMBER: _ClassVar[int]
    PUBLISHED_FIELD_NUMBER: _ClassVar[int]
    year: int
    won: _containers.RepeatedScalarFieldContainer[int]
    further_person: int
    source: RuleSource
    assured: bool
    published: bool
    def __init__(self, year: _Optional[int] = ..., won: _Optional[_Iterable[int]] = ..., further_person: _Optional[int] = ..., source: _Optional[_Union[RuleSource, _Mapping]] = ..., assured: _Optional[bool] = ..., published: _Optional[bool] = ...) -> None: ...
