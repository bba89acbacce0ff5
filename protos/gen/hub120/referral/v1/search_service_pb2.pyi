import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.auth.v1 import rule_pb2 as _rule_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class MatchKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MATCH_KIND_UNSPECIFIED: _ClassVar[MatchKind]
    MATCH_KIND_WORD: _ClassVar[MatchKind]
    MATCH_KIND_PART: _ClassVar[MatchKind]
    MATCH_KIND_SYNONYM: _ClassVar[MatchKind]
    MATCH_KIND_INITIALS: _ClassVar[MatchKind]

class SearchedField(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SEARCHED_FIELD_UNSPECIFIED: _ClassVar[SearchedField]
    SEARCHED_FIELD_NAME: _ClassVar[SearchedField]
    SEARCHED_FIELD_ALTERNATE_NAME: _ClassVar[SearchedField]
    SEARCHED_FIELD_ORGANIZATION: _ClassVar[SearchedField]
    SEARCHED_FIELD_TAXONOMY: _ClassVar[SearchedField]
    SEARCHED_FIELD_DESCRIPTION: _ClassVar[SearchedField]
    SEARCHED_FIELD_ELIGIBILITY: _ClassVar[SearchedField]
MATCH_KIND_UNSPECIFIED: MatchKind
MATCH_KIND_WORD: MatchKind
MATCH_KIND_PART: MatchKind
MATCH_KIND_SYNONYM: MatchKind
MATCH_KIND_INITIALS: MatchKind
SEARCHED_FIELD_UNSPECIFIED: SearchedField
SEARCHED_FIELD_NAME: SearchedField
SEARCHED_FIELD_ALTERNATE_NAME: SearchedField
SEARCHED_FIELD_ORGANIZATION: SearchedField
SEARCHED_FIELD_TAXONOMY: SearchedField
SEARCHED_FIELD_DESCRIPTION: SearchedField
SEARCHED_FIELD_ELIGIBILITY: SearchedField

class SearchServicesRequest(_message.Message):
    __slots__ = ("query", "needs", "area", "age", "life_stages", "targets", "kind", "page_size", "page_token")
    QUERY_FIELD_NUMBER: _ClassVar[int]
    NEEDS_FIELD_NUMBER: _ClassVar[int]
    AREA_FIELD_NUMBER: _ClassVar[int]
    AGE_FIELD_NUMBER: _ClassVar[int]
    LIFE_STAGES_FIELD_NUMBER: _ClassVar[int]
    TARGETS_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    query: str
    needs: _containers.RepeatedScalarFieldContainer[str]
    area: str
    age: int
    life_stages: _containers.RepeatedScalarFieldContainer[str]
    targets: _containers.RepeatedScalarFieldContainer[str]
    kind: str
    page_size: int
    page_token: str
    def __init__(self, query: _Optional[str] = ..., needs: _Optional[_Iterable[str]] = ..., area: _Optional[str] = ..., age: _Optional[int] = ..., life_stages: _Optional[_Iterable[str]] = ..., targets: _Optional[_Iterable[str]] = ..., kind: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class SearchServicesResponse(_message.Message):
    __slots__ = ("words", "services", "next_page_token")
    WORDS_FIELD_NUMBER: _ClassVar[int]
    SERVICES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    words: _containers.RepeatedScalarFieldContainer[str]
    services: _containers.RepeatedCompositeFieldContainer[FoundService]
    next_page_token: str
    def __init__(self, words: _Optional[_Iterable[str]] = ..., services: _Optional[_Iterable[_Union[FoundService, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class FoundService(_message.Message):
    __slots__ = ("service_id", "name", "organization_id", "organization_name", "kind", "areas", "minimum_age", "maximum_age", "assured_time", "snippet", "score", "matches", "reasons")
    SERVICE_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    ORGANIZATION_ID_FIELD_NUMBER: _ClassVar[int]
    ORGANIZATION_NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    AREAS_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_AGE_FIELD_NUMBER: _ClassVar[int]
    MAXIMUM_AGE_FIELD_NUMBER: _ClassVar[int]
    ASSURED_TIME_FIELD_NUMBER: _ClassVar[int]
    SNIPPET_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    MATCHES_FIELD_NUMBER: _ClassVar[int]
    REASONS_FIELD_NUMBER: _ClassVar[int]
    service_id: str
    name: str
    organization_id: str
    organization_name: str
    kind: str
    areas: _containers.RepeatedScalarFieldContainer[str]
    minimum_age: int
    maximum_age: int
    assured_time: _timestamp_pb2.Timestamp
    snippet: Snippet
    score: float
    matches: _containers.RepeatedCompositeFieldContainer[MatchedWord]
    reasons: _containers.RepeatedCompositeFieldContainer[RankingReason]
    def __init__(self, service_id: _Optional[str] = ..., name: _Optional[str] = ..., organization_id: _Optional[str] = ..., organization_name: _Optional[str] = ..., kind: _Optional[str] = ..., areas: _Optional[_Iterable[str]] = ..., minimum_age: _Optional[int] = ..., maximum_age: _Optional[int] = ..., assured_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., snippet: _Optional[_Union[Snippet, _Mapping]] = ..., score: _Optional[float] = ..., matches: _Optional[_Iterable[_Union[MatchedWord, _Mapping]]] = ..., reasons: _Optional[_Iterable[_Union[RankingReason, _Mapping]]] = ...) -> None: ...

class MatchedWord(_message.Message):
    __slots__ = ("word", "kind", "found_as", "fields", "share")
    WORD_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    FOUND_AS_FIELD_NUMBER: _ClassVar[int]
    FIELDS_FIELD_NUMBER: _ClassVar[int]
    SHARE_FIELD_NUMBER: _ClassVar[int]
    word: str
    kind: MatchKind
    found_as: str
    fields: _containers.RepeatedScalarFieldContainer[SearchedField]
    share: float
    def __init__(self, word: _Optional[str] = ..., kind: _Optional[_Union[MatchKind, str]] = ..., found_as: _Optional[str] = ..., fields: _Optional[_Iterable[_Union[SearchedField, str]]] = ..., share: _Optional[float] = ...) -> None: ...

class RankingReason(_message.Message):
    __slots__ = ("code", "korean", "english", "factor")
    CODE_FIELD_NUMBER: _ClassVar[int]
    KOREAN_FIELD_NUMBER: _ClassVar[int]
    ENGLISH_FIELD_NUMBER: _ClassVar[int]
    FACTOR_FIELD_NUMBER: _ClassVar[int]
    code: str
    korean: str
    english: str
    factor: float
    def __init__(self, code: _Optional[str] = ..., korean: _Optional[str] = ..., english: _Optional[str] = ..., factor: _Optional[float] = ...) -> None: ...

class Snippet(_message.Message):
    __slots__ = ("field", "text", "highlights")
    FIELD_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    HIGHLIGHTS_FIELD_NUMBER: _ClassVar[int]
    field: SearchedField
    text: str
    highlights: _containers.RepeatedCompositeFieldContainer[Highlight]
    def __init__(self, field: _Optional[_Union[SearchedField, str]] = ..., text: _Optional[str] = ..., highlights: _Optional[_Iterable[_Union[Highlight, _Mapping]]] = ...) -> None: ...

class Highlight(_message.Message):
    __slots__ = ("start", "length")
    START_FIELD_NUMBER: _ClassVar[int]
    LENGTH_FIELD_NUMBER: _ClassVar[int]
    start: int
    length: int
    def __init__(self, start: _Optional[int] = ..., length: _Optional[int] = ...) -> None: ...
