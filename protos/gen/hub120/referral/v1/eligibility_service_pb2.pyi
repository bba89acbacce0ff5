from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.referral.v1 import eligibility_pb2 as _eligibility_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AssessRequest(_message.Message):
    __slots__ = ("facts", "service_ids", "rule_ids", "as_of", "page_size", "page_token")
    FACTS_FIELD_NUMBER: _ClassVar[int]
    SERVICE_IDS_FIELD_NUMBER: _ClassVar[int]
    RULE_IDS_FIELD_NUMBER: _ClassVar[int]
    AS_OF_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    facts: _containers.RepeatedCompositeFieldContainer[_eligibility_pb2.FactValue]
    service_ids: _containers.RepeatedScalarFieldContainer[str]
    rule_ids: _containers.RepeatedScalarFieldContainer[str]
    as_of: str
    page_size: int
    page_token: str
    def __init__(self, facts: _Optional[_Iterable[_Union[_eligibility_pb2.FactValue, _Mapping]]] = ..., service_ids: _Optional[_Iterable[str]] = ..., rule_ids: _Optional[_Iterable[str]] = ..., as_of: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class AssessResponse(_message.Message):
    __slots__ = ("assessments", "questions", "as_of", "median_income", "median_missing", "next_page_token")
    ASSESSMENTS_FIELD_NUMBER: _ClassVar[int]
    QUESTIONS_FIELD_NUMBER: _ClassVar[int]
    AS_OF_FIELD_NUMBER: _ClassVar[int]
    MEDIAN_INCOME_FIELD_NUMBER: _ClassVar[int]
    MEDIAN_MISSING_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    assessments: _containers.RepeatedCompositeFieldContainer[_eligibility_pb2.Assessment]
    questions: _containers.RepeatedCompositeFieldContainer[_eligibility_pb2.EligibilityQuestion]
    as_of: str
    median_income: int
    median_missing: bool
    next_page_token: str
    def __init__(self, assessments: _Optional[_Iterable[_Union[_eligibility_pb2.Assessment, _Mapping]]] = ..., questions: _Optional[_Iterable[_Union[_eligibility_pb2.EligibilityQuestion, _Mapping]]] = ..., as_of: _Optional[str] = ..., median_income: _Optional[int] = ..., median_missing: _Optional[bool] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ExplainRuleRequest(_message.Message):
    __slots__ = ("rule_id", "version", "as_of", "facts")
    RULE_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    AS_OF_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    rule_id: str
    version: int
    as_of: str
    facts: _containers.RepeatedCompositeFieldContainer[_eligibility_pb2.FactValue]
    def __init__(self, rule_id: _Optional[str] = ..., version: _Optional[int] = ..., as_of: _Optional[str] = ..., facts: _Optional[_Iterable[_Union[_eligibility_pb2.FactValue, _Mapping]]] = ...) -> None: ...

class ExplainRuleResponse(_message.Message):
    __slots__ = ("version", "conditions", "likelihood", "warning")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    CONDITIONS_FIELD_NUMBER: _ClassVar[int]
    LIKELIHOOD_FIELD_NUMBER: _ClassVar[int]
    WARNING_FIELD_NUMBER: _ClassVar[int]
    version: _eligibility_pb2.RuleVersion
    conditions: _containers.RepeatedCompositeFieldContainer[_eligibility_pb2.ExplainedCondition]
    likelihood: _eligibility_pb2.Likelihood
    warning: _eligibility_pb2.RuleWords
    def __init__(self, version: _Optional[_Union[_eligibility_pb2.RuleVersion, _Mapping]] = ..., conditions: _Optional[_Iterable[_Union[_eligibility_pb2.ExplainedCondition, _Mapping]]] = ..., likelihood: _Optional[_Union[_eligibility_pb2.Likelihood, str]] = ..., warning: _Optional[_Union[_eligibility_pb2.RuleWords, _Mapping]] = ...) -> None: ...

class ListFactsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListFactsResponse(_message.Message):
    __slots__ = ("facts",)
    FACTS_FIELD_NUMBER: _ClassVar[int]
    facts: _containers.RepeatedCompositeFieldContainer[_eligibility_pb2.Fact]
    def __init__(self, facts: _Optional[_Iterable[_Union[_eligibility_pb2.Fact, _Mapping]]] = ...) -> None: ...

class NewRule(_message.Message):
    __slots__ = ("rule", "supersedes")
    RULE_FIELD_NUMBER: _ClassVar[int]
    SUPERSEDES_FIELD_NUMBER: _ClassVar[int]
    rule: _eligibility_pb2.EligibilityRule
    supersedes: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, rule: _Optional[_Union[_eligibility_pb2.EligibilityRule, _Mapping]] = ..., supersedes: _Optional[_Iterable[int]] = ...) -> None: ...

class PutRulesRequest(_message.Message):
    __slots__ = ("rules",)
    RULES_FIELD_NUMBER: _ClassVar[int]
    rules: _containers.RepeatedCompositeFieldContainer[NewRule]
    def __init__(self, rules: _Optional[_Iterable[_Union[NewRule, _Mapping]]] = ...) -> None: ...

class PutRulesResponse(_message.Message):
    __slots__ = ("versions",)
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    versions: _containers.RepeatedCompositeFieldContainer[_eligibility_pb2.RuleVersion]
    def __init__(self, versions: _Optional[_Iterable[_Union[_eligibility_pb2.RuleVersion, _Mapping]]] = ...) -> None: ...

class ListRulesRequest(_message.Message):
    __slots__ = ("as_of", "page_size", "page_token")
    AS_OF_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    as_of: str
    page_size: int
    page_token: str
    def __init__(self, as_of: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListRulesResponse(_message.Message):
    __slots__ = ("versions", "next_page_token")
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    versions: _containers.RepeatedCompositeFieldContainer[_eligibility_pb2.RuleVersion]
    next_page_token: str
    def __init__(self, versions: _Optional[_Iterable[_Union[_eligibility_pb2.RuleVersion, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetRulesRequest(_message.Message):
    __slots__ = ("rule_id", "page_size", "page_token")
    RULE_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    rule_id: str
    page_size: int
    page_token: str
    def __init__(self, rule_id: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class GetRulesResponse(_message.Message):
    __slots__ = ("versions", "next_page_token")
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    versions: _containers.RepeatedCompositeFieldContainer[_eligibility_pb2.RuleVersion]
    next_page_token: str
    def __init__(self, versions: _Optional[_Iterable[_Union[_eligibility_pb2.RuleVersion, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class EndRuleRequest(_message.Message):
    __slots__ = ("rule_id", "ends")
    RULE_ID_FIELD_NUMBER: _ClassVar[int]
    ENDS_FIELD_NUMBER: _ClassVar[int]
    rule_id: str
    ends: str
    def __init__(self, rule_id: _Optional[str] = ..., ends: _Optional[str] = ...) -> None: ...

class EndRuleResponse(_message.Message):
    __slots__ = ("versions",)
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    versions: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, versions: _Optional[_Iterable[int]] = ...) -> None: ...

class ListMedianIncomesRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListMedianIncomesResponse(_message.Message):
    __slots__ = ("medians",)
    MEDIANS_FIELD_NUMBER: _ClassVar[int]
    medians: _containers.RepeatedCompositeFieldContainer[_eligibility_pb2.MedianIncome]
    def __init__(self, medians: _Optional[_Iterable[_Union[_eligibility_pb2.MedianIncome, _Mapping]]] = ...) -> None: ...

class PutMedianIncomeRequest(_message.Message):
    __slots__ = ("median",)
    MEDIAN_FIELD_NUMBER: _ClassVar[int]
    median: _eligibility_pb2.MedianIncome
    def __init__(self, median: _Optional[_Union[_eligibility_pb2.MedianIncome, _Mapping]] = ...) -> None: ...

class PutMedianIncomeResponse(_message.Message):
    __slots__ = ("median",)
    MEDIAN_FIELD_NUMBER: _ClassVar[int]
    median: _eligibility_pb2.MedianIncome
    def __init__(self, median: _Optional[_Union[_eligibility_pb2.MedianIncome, _Mapping]] = ...) -> None: ...
