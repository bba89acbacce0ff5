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

class Words(_message.Message):
    __slots__ = ("ko", "en")
    KO_FIELD_NUMBER: _ClassVar[int]
    EN_FIELD_NUMBER: _ClassVar[int]
    ko: str
    en: str
    def __init__(self, ko: _Optional[str] = ..., en: _Optional[str] = ...) -> None: ...

class Choice(_message.Message):
    __slots__ = ("id", "name")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: Words
    def __init__(self, id: _Optional[str] = ..., name: _Optional[_Union[Words, _Mapping]] = ...) -> None: ...

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
    name: Words
    question: Words
    kind: FactKind
    unit: str
    least: int
    most: int
    choices: _containers.RepeatedCompositeFieldContainer[Choice]
    def __init__(self, id: _Optional[str] = ..., group: _Optional[str] = ..., name: _Optional[_Union[Words, _Mapping]] = ..., question: _Optional[_Union[Words, _Mapping]] = ..., kind: _Optional[_Union[FactKind, str]] = ..., unit: _Optional[str] = ..., least: _Optional[int] = ..., most: _Optional[int] = ..., choices: _Optional[_Iterable[_Union[Choice, _Mapping]]] = ...) -> None: ...

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

class Amount(_message.Message):
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
    sum: _containers.RepeatedCompositeFieldContainer[Amount]
    difference: _containers.RepeatedCompositeFieldContainer[Amount]
    share: Share
    ratio: Ratio
    median: MedianShare
    def __init__(self, fact: _Optional[str] = ..., number: _Optional[int] = ..., unit: _Optional[str] = ..., sum: _Optional[_Iterable[_Union[Amount, _Mapping]]] = ..., difference: _Optional[_Iterable[_Union[Amount, _Mapping]]] = ..., share: _Optional[_Union[Share, _Mapping]] = ..., ratio: _Optional[_Union[Ratio, _Mapping]] = ..., median: _Optional[_Union[MedianShare, _Mapping]] = ...) -> None: ...

class Share(_message.Message):
    __slots__ = ("amount", "percent")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    PERCENT_FIELD_NUMBER: _ClassVar[int]
    amount: Amount
    percent: float
    def __init__(self, amount: _Optional[_Union[Amount, _Mapping]] = ..., percent: _Optional[float] = ...) -> None: ...

class Ratio(_message.Message):
    __slots__ = ("amount", "to")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    TO_FIELD_NUMBER: _ClassVar[int]
    amount: Amount
    to: Amount
    def __init__(self, amount: _Optional[_Union[Amount, _Mapping]] = ..., to: _Optional[_Union[Amount, _Mapping]] = ...) -> None: ...

class MedianShare(_message.Message):
    __slots__ = ("percent",)
    PERCENT_FIELD_NUMBER: _ClassVar[int]
    percent: float
    def __init__(self, percent: _Optional[float] = ...) -> None: ...

class AtMost(_message.Message):
    __slots__ = ("amount", "limit")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    amount: Amount
    limit: Amount
    def __init__(self, amount: _Optional[_Union[Amount, _Mapping]] = ..., limit: _Optional[_Union[Amount, _Mapping]] = ...) -> None: ...

class AtLeast(_message.Message):
    __slots__ = ("amount", "limit")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    amount: Amount
    limit: Amount
    def __init__(self, amount: _Optional[_Union[Amount, _Mapping]] = ..., limit: _Optional[_Union[Amount, _Mapping]] = ...) -> None: ...

class Between(_message.Message):
    __slots__ = ("amount", "least", "most")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    LEAST_FIELD_NUMBER: _ClassVar[int]
    MOST_FIELD_NUMBER: _ClassVar[int]
    amount: Amount
    least: Amount
    most: Amount
    def __init__(self, amount: _Optional[_Union[Amount, _Mapping]] = ..., least: _Optional[_Union[Amount, _Mapping]] = ..., most: _Optional[_Union[Amount, _Mapping]] = ...) -> None: ...

class Is(_message.Message):
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

class OneOf(_message.Message):
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
    amount: Amount
    percent: float
    def __init__(self, amount: _Optional[_Union[Amount, _Mapping]] = ..., percent: _Optional[float] = ...) -> None: ...

class Condition(_message.Message):
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
    all: _containers.RepeatedCompositeFieldContainer[Condition]
    any: _containers.RepeatedCompositeFieldContainer[Condition]
    negated: Condition
    at_most: AtMost
    at_least: AtLeast
    between: Between
    equals: Is
    one_of: OneOf
    share_of_median: ShareOfMedian
    words: Words
    documents: _containers.RepeatedCompositeFieldContainer[Words]
    to_check: bool
    discretion: Condition
    def __init__(self, all: _Optional[_Iterable[_Union[Condition, _Mapping]]] = ..., any: _Optional[_Iterable[_Union[Condition, _Mapping]]] = ..., negated: _Optional[_Union[Condition, _Mapping]] = ..., at_most: _Optional[_Union[AtMost, _Mapping]] = ..., at_least: _Optional[_Union[AtLeast, _Mapping]] = ..., between: _Optional[_Union[Between, _Mapping]] = ..., equals: _Optional[_Union[Is, _Mapping]] = ..., one_of: _Optional[_Union[OneOf, _Mapping]] = ..., share_of_median: _Optional[_Union[ShareOfMedian, _Mapping]] = ..., words: _Optional[_Union[Words, _Mapping]] = ..., documents: _Optional[_Iterable[_Union[Words, _Mapping]]] = ..., to_check: _Optional[bool] = ..., discretion: _Optional[_Union[Condition, _Mapping]] = ...) -> None: ...

class RuleSource(_message.Message):
    __slots__ = ("title", "date", "url")
    TITLE_FIELD_NUMBER: _ClassVar[int]
    DATE_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    title: str
    date: str
    url: str
    def __init__(self, title: _Optional[str] = ..., date: _Optional[str] = ..., url: _Optional[str] = ...) -> None: ...

class ServiceKey(_message.Message):
    __slots__ = ("source", "source_key")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_KEY_FIELD_NUMBER: _ClassVar[int]
    source: str
    source_key: str
    def __init__(self, source: _Optional[str] = ..., source_key: _Optional[str] = ...) -> None: ...

class Rule(_message.Message):
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
    name: Words
    kind: str
    source: RuleSource
    valid_from: str
    valid_until: str
    assured: bool
    requires: Condition
    documents: _containers.RepeatedCompositeFieldContainer[Words]
    notes: _containers.RepeatedCompositeFieldContainer[Words]
    service_ids: _containers.RepeatedScalarFieldContainer[str]
    services: _containers.RepeatedCompositeFieldContainer[ServiceKey]
    def __init__(self, id: _Optional[str] = ..., name: _Optional[_Union[Words, _Mapping]] = ..., kind: _Optional[str] = ..., source: _Optional[_Union[RuleSource, _Mapping]] = ..., valid_from: _Optional[str] = ..., valid_until: _Optional[str] = ..., assured: _Optional[bool] = ..., requires: _Optional[_Union[Condition, _Mapping]] = ..., documents: _Optional[_Iterable[_Union[Words, _Mapping]]] = ..., notes: _Optional[_Iterable[_Union[Words, _Mapping]]] = ..., service_ids: _Optional[_Iterable[str]] = ..., services: _Optional[_Iterable[_Union[ServiceKey, _Mapping]]] = ...) -> None: ...

class RuleVersion(_message.Message):
    __slots__ = ("rule", "version", "sample", "ends", "written_by", "write_time")
    RULE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    SAMPLE_FIELD_NUMBER: _ClassVar[int]
    ENDS_FIELD_NUMBER: _ClassVar[int]
    WRITTEN_BY_FIELD_NUMBER: _ClassVar[int]
    WRITE_TIME_FIELD_NUMBER: _ClassVar[int]
    rule: Rule
    version: int
    sample: bool
    ends: str
    written_by: str
    write_time: _timestamp_pb2.Timestamp
    def __init__(self, rule: _Optional[_Union[Rule, _Mapping]] = ..., version: _Optional[int] = ..., sample: _Optional[bool] = ..., ends: _Optional[str] = ..., written_by: _Optional[str] = ..., write_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Reason(_message.Message):
    __slots__ = ("words", "status", "level", "path", "to_check", "facts")
    WORDS_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    TO_CHECK_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    words: Words
    status: ConditionStatus
    level: int
    path: str
    to_check: bool
    facts: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, words: _Optional[_Union[Words, _Mapping]] = ..., status: _Optional[_Union[ConditionStatus, str]] = ..., level: _Optional[int] = ..., path: _Optional[str] = ..., to_check: _Optional[bool] = ..., facts: _Optional[_Iterable[str]] = ...) -> None: ...

class Question(_message.Message):
    __slots__ = ("fact", "question", "weight")
    FACT_FIELD_NUMBER: _ClassVar[int]
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    fact: str
    question: Words
    weight: float
    def __init__(self, fact: _Optional[str] = ..., question: _Optional[_Union[Words, _Mapping]] = ..., weight: _Optional[float] = ...) -> None: ...

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
    name: Words
    kind: str
    service_ids: _containers.RepeatedScalarFieldContainer[str]
    likelihood: Likelihood
    reasons: _containers.RepeatedCompositeFieldContainer[Reason]
    questions: _containers.RepeatedCompositeFieldContainer[Question]
    documents: _containers.RepeatedCompositeFieldContainer[Words]
    notes: _containers.RepeatedCompositeFieldContainer[Words]
    source: RuleSource
    valid_from: str
    ends: str
    assured: bool
    warning: Words
    def __init__(self, rule_id: _Optional[str] = ..., version: _Optional[int] = ..., sample: _Optional[bool] = ..., name: _Optional[_Union[Words, _Mapping]] = ..., kind: _Optional[str] = ..., service_ids: _Optional[_Iterable[str]] = ..., likelihood: _Optional[_Union[Likelihood, str]] = ..., reasons: _Optional[_Iterable[_Union[Reason, _Mapping]]] = ..., questions: _Optional[_Iterable[_Union[Question, _Mapping]]] = ..., documents: _Optional[_Iterable[_Union[Words, _Mapping]]] = ..., notes: _Optional[_Iterable[_Union[Words, _Mapping]]] = ..., source: _Optional[_Union[RuleSource, _Mapping]] = ..., valid_from: _Optional[str] = ..., ends: _Optional[str] = ..., assured: _Optional[bool] = ..., warning: _Optional[_Union[Words, _Mapping]] = ...) -> None: ...

class ExplainedCondition(_message.Message):
    __slots__ = ("reason", "unit", "amount", "least", "most")
    REASON_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    LEAST_FIELD_NUMBER: _ClassVar[int]
    MOST_FIELD_NUMBER: _ClassVar[int]
    reason: Reason
    unit: str
    amount: float
    least: float
    most: float
    def __init__(self, reason: _Optional[_Union[Reason, _Mapping]] = ..., unit: _Optional[str] = ..., amount: _Optional[float] = ..., least: _Optional[float] = ..., most: _Optional[float] = ...) -> None: ...

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
