import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.intake.v1 import case_pb2 as _case_pb2
from hub120.translation.v1 import interpreting_pb2 as _interpreting_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ListCoverageRequest(_message.Message):
    __slots__ = ("languages", "medium", "residence_status", "time")
    LANGUAGES_FIELD_NUMBER: _ClassVar[int]
    MEDIUM_FIELD_NUMBER: _ClassVar[int]
    RESIDENCE_STATUS_FIELD_NUMBER: _ClassVar[int]
    TIME_FIELD_NUMBER: _ClassVar[int]
    languages: _containers.RepeatedScalarFieldContainer[str]
    medium: _case_pb2.Medium
    residence_status: str
    time: _timestamp_pb2.Timestamp
    def __init__(self, languages: _Optional[_Iterable[str]] = ..., medium: _Optional[_Union[_case_pb2.Medium, str]] = ..., residence_status: _Optional[str] = ..., time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListCoverageResponse(_message.Message):
    __slots__ = ("time", "coverage")
    TIME_FIELD_NUMBER: _ClassVar[int]
    COVERAGE_FIELD_NUMBER: _ClassVar[int]
    time: _timestamp_pb2.Timestamp
    coverage: _containers.RepeatedCompositeFieldContainer[_interpreting_pb2.Coverage]
    def __init__(self, time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., coverage: _Optional[_Iterable[_Union[_interpreting_pb2.Coverage, _Mapping]]] = ...) -> None: ...

class ListLanguagesRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListLanguagesResponse(_message.Message):
    __slots__ = ("languages",)
    LANGUAGES_FIELD_NUMBER: _ClassVar[int]
    languages: _containers.RepeatedCompositeFieldContainer[_interpreting_pb2.Language]
    def __init__(self, languages: _Optional[_Iterable[_Union[_interpreting_pb2.Language, _Mapping]]] = ...) -> None: ...

class PutCoverageRuleRequest(_message.Message):
    __slots__ = ("rule",)
    RULE_FIELD_NUMBER: _ClassVar[int]
    rule: _interpreting_pb2.CoverageRule
    def __init__(self, rule: _Optional[_Union[_interpreting_pb2.CoverageRule, _Mapping]] = ...) -> None: ...

class PutCoverageRuleResponse(_message.Message):
    __slots__ = ("rule",)
    RULE_FIELD_NUMBER: _ClassVar[int]
    rule: _interpreting_pb2.CoverageRule
    def __init__(self, rule: _Optional[_Union[_interpreting_pb2.CoverageRule, _Mapping]] = ...) -> None: ...

class ListCoverageRulesRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListCoverageRulesResponse(_message.Message):
    __slots__ = ("rules",)
    RULES_FIELD_NUMBER: _ClassVar[int]
    rules: _containers.RepeatedCompositeFieldContainer[_interpreting_pb2.CoverageRule]
    def __init__(self, rules: _Optional[_Iterable[_Union[_interpreting_pb2.CoverageRule, _Mapping]]] = ...) -> None: ...

class RemoveCoverageRuleRequest(_message.Message):
    __slots__ = ("rule_id",)
    RULE_ID_FIELD_NUMBER: _ClassVar[int]
    rule_id: str
    def __init__(self, rule_id: _Optional[str] = ...) -> None: ...

class RemoveCoverageRuleResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class PutVolunteerRequest(_message.Message):
    __slots__ = ("volunteer",)
    VOLUNTEER_FIELD_NUMBER: _ClassVar[int]
    volunteer: _interpreting_pb2.Volunteer
    def __init__(self, volunteer: _Optional[_Union[_interpreting_pb2.Volunteer, _Mapping]] = ...) -> None: ...

class PutVolunteerResponse(_message.Message):
    __slots__ = ("volunteer",)
    VOLUNTEER_FIELD_NUMBER: _ClassVar[int]
    volunteer: _interpreting_pb2.Volunteer
    def __init__(self, volunteer: _Optional[_Union[_interpreting_pb2.Volunteer, _Mapping]] = ...) -> None: ...

class ListVolunteersRequest(_message.Message):
    __slots__ = ("language", "page_size", "page_token")
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    language: str
    page_size: int
    page_token: str
    def __init__(self, language: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListVolunteersResponse(_message.Message):
    __slots__ = ("volunteers", "next_page_token")
    VOLUNTEERS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    volunteers: _containers.RepeatedCompositeFieldContainer[_interpreting_pb2.Volunteer]
    next_page_token: str
    def __init__(self, volunteers: _Optional[_Iterable[_Union[_interpreting_pb2.Volunteer, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class RemoveVolunteerRequest(_message.Message):
    __slots__ = ("volunteer_id",)
    VOLUNTEER_ID_FIELD_NUMBER: _ClassVar[int]
    volunteer_id: str
    def __init__(self, volunteer_id: _Optional[str] = ...) -> None: ...

class RemoveVolunteerResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class PutTermRequest(_message.Message):
    __slots__ = ("term",)
    TERM_FIELD_NUMBER: _ClassVar[int]
    term: _interpreting_pb2.Term
    def __init__(self, term: _Optional[_Union[_interpreting_pb2.Term, _Mapping]] = ...) -> None: ...

class PutTermResponse(_message.Message):
    __slots__ = ("term",)
    TERM_FIELD_NUMBER: _ClassVar[int]
    term: _interpreting_pb2.Term
    def __init__(self, term: _Optional[_Union[_interpreting_pb2.Term, _Mapping]] = ...) -> None: ...

class ListTermsRequest(_message.Message):
    __slots__ = ("language", "page_size", "page_token")
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    language: str
    page_size: int
    page_token: str
    def __init__(self, language: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListTermsResponse(_message.Message):
    __slots__ = ("terms", "next_page_token")
    TERMS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    terms: _containers.RepeatedCompositeFieldContainer[_interpreting_pb2.Term]
    next_page_token: str
    def __init__(self, terms: _Optional[_Iterable[_Union[_interpreting_pb2.Term, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class RemoveTermRequest(_message.Message):
    __slots__ = ("korean", "language")
    KOREAN_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    korean: str
    language: str
    def __init__(self, korean: _Optional[str] = ..., language: _Optional[str] = ...) -> None: ...

class RemoveTermResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...
