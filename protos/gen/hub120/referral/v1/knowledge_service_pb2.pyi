import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.referral.v1 import search_service_pb2 as _search_service_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class SearchKnowledgeRequest(_message.Message):
    __slots__ = ("question", "language", "limit")
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    question: str
    language: str
    limit: int
    def __init__(self, question: _Optional[str] = ..., language: _Optional[str] = ..., limit: _Optional[int] = ...) -> None: ...

class SearchKnowledgeResponse(_message.Message):
    __slots__ = ("words", "articles", "missing")
    WORDS_FIELD_NUMBER: _ClassVar[int]
    ARTICLES_FIELD_NUMBER: _ClassVar[int]
    MISSING_FIELD_NUMBER: _ClassVar[int]
    words: _containers.RepeatedScalarFieldContainer[str]
    articles: _containers.RepeatedCompositeFieldContainer[FoundArticle]
    missing: _containers.RepeatedCompositeFieldContainer[MissingKnowledge]
    def __init__(self, words: _Optional[_Iterable[str]] = ..., articles: _Optional[_Iterable[_Union[FoundArticle, _Mapping]]] = ..., missing: _Optional[_Iterable[_Union[MissingKnowledge, _Mapping]]] = ...) -> None: ...

class FoundArticle(_message.Message):
    __slots__ = ("article_id", "title", "excerpt", "source_id", "source_name", "outside", "url", "update_time", "language", "category", "helped", "marked")
    ARTICLE_ID_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    EXCERPT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_ID_FIELD_NUMBER: _ClassVar[int]
    SOURCE_NAME_FIELD_NUMBER: _ClassVar[int]
    OUTSIDE_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    HELPED_FIELD_NUMBER: _ClassVar[int]
    MARKED_FIELD_NUMBER: _ClassVar[int]
    article_id: str
    title: str
    excerpt: _search_service_pb2.Snippet
    source_id: str
    source_name: str
    outside: bool
    url: str
    update_time: _timestamp_pb2.Timestamp
    language: str
    category: str
    helped: int
    marked: int
    def __init__(self, article_id: _Optional[str] = ..., title: _Optional[str] = ..., excerpt: _Optional[_Union[_search_service_pb2.Snippet, _Mapping]] = ..., source_id: _Optional[str] = ..., source_name: _Optional[str] = ..., outside: _Optional[bool] = ..., url: _Optional[str] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., language: _Optional[str] = ..., category: _Optional[str] = ..., helped: _Optional[int] = ..., marked: _Optional[int] = ...) -> None: ...

class MissingKnowledge(_message.Message):
    __slots__ = ("source_id", "source_name", "reason")
    SOURCE_ID_FIELD_NUMBER: _ClassVar[int]
    SOURCE_NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    source_id: str
    source_name: str
    reason: str
    def __init__(self, source_id: _Optional[str] = ..., source_name: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class GetArticleRequest(_message.Message):
    __slots__ = ("article_id",)
    ARTICLE_ID_FIELD_NUMBER: _ClassVar[int]
    article_id: str
    def __init__(self, article_id: _Optional[str] = ...) -> None: ...

class GetArticleResponse(_message.Message):
    __slots__ = ("article",)
    ARTICLE_FIELD_NUMBER: _ClassVar[int]
    article: Article
    def __init__(self, article: _Optional[_Union[Article, _Mapping]] = ...) -> None: ...

class Article(_message.Message):
    __slots__ = ("article_id", "title", "text", "category", "source_id", "source_name", "source_key", "url", "update_time", "import_time", "language", "helped", "marked")
    ARTICLE_ID_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    SOURCE_ID_FIELD_NUMBER: _ClassVar[int]
    SOURCE_NAME_FIELD_NUMBER: _ClassVar[int]
    SOURCE_KEY_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    IMPORT_TIME_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    HELPED_FIELD_NUMBER: _ClassVar[int]
    MARKED_FIELD_NUMBER: _ClassVar[int]
    article_id: str
    title: str
    text: str
    category: str
    source_id: str
    source_name: str
    source_key: str
    url: str
    update_time: _timestamp_pb2.Timestamp
    import_time: _timestamp_pb2.Timestamp
    language: str
    helped: int
    marked: int
    def __init__(self, article_id: _Optional[str] = ..., title: _Optional[str] = ..., text: _Optional[str] = ..., category: _Optional[str] = ..., source_id: _Optional[str] = ..., source_name: _Optional[str] = ..., source_key: _Optional[str] = ..., url: _Optional[str] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., import_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., language: _Optional[str] = ..., helped: _Optional[int] = ..., marked: _Optional[int] = ...) -> None: ...

class ListKnowledgeSourcesRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListKnowledgeSourcesResponse(_message.Message):
    __slots__ = ("sources",)
    SOURCES_FIELD_NUMBER: _ClassVar[int]
    sources: _containers.RepeatedCompositeFieldContainer[KnowledgeSource]
    def __init__(self, sources: _Optional[_Iterable[_Union[KnowledgeSource, _Mapping]]] = ...) -> None: ...

class KnowledgeSource(_message.Message):
    __slots__ = ("source_id", "name", "outside", "articles", "import_time")
    SOURCE_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    OUTSIDE_FIELD_NUMBER: _ClassVar[int]
    ARTICLES_FIELD_NUMBER: _ClassVar[int]
    IMPORT_TIME_FIELD_NUMBER: _ClassVar[int]
    source_id: str
    name: str
    outside: bool
    articles: int
    import_time: _timestamp_pb2.Timestamp
    def __init__(self, source_id: _Optional[str] = ..., name: _Optional[str] = ..., outside: _Optional[bool] = ..., articles: _Optional[int] = ..., import_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ImportArticlesRequest(_message.Message):
    __slots__ = ("source_id", "name", "filename", "complete", "chunk")
    SOURCE_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    FILENAME_FIELD_NUMBER: _ClassVar[int]
    COMPLETE_FIELD_NUMBER: _ClassVar[int]
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    source_id: str
    name: str
    filename: str
    complete: bool
    chunk: bytes
    def __init__(self, source_id: _Optional[str] = ..., name: _Optional[str] = ..., filename: _Optional[str] = ..., complete: _Optional[bool] = ..., chunk: _Optional[bytes] = ...) -> None: ...

class ImportArticlesResponse(_message.Message):
    __slots__ = ("added", "changed", "unchanged", "removed", "refused", "faults")
    ADDED_FIELD_NUMBER: _ClassVar[int]
    CHANGED_FIELD_NUMBER: _ClassVar[int]
    UNCHANGED_FIELD_NUMBER: _ClassVar[int]
    REMOVED_FIELD_NUMBER: _ClassVar[int]
    REFUSED_FIELD_NUMBER: _ClassVar[int]
    FAULTS_FIELD_NUMBER: _ClassVar[int]
    added: int
    changed: int
    unchanged: int
    removed: int
    refused: int
    faults: _containers.RepeatedCompositeFieldContainer[RefusedArticle]
    def __init__(self, added: _Optional[int] = ..., changed: _Optional[int] = ..., unchanged: _Optional[int] = ..., removed: _Optional[int] = ..., refused: _Optional[int] = ..., faults: _Optional[_Iterable[_Union[RefusedArticle, _Mapping]]] = ...) -> None: ...

class RefusedArticle(_message.Message):
    __slots__ = ("line", "message")
    LINE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    line: int
    message: str
    def __init__(self, line: _Optional[int] = ..., message: _Optional[str] = ...) -> None: ...

class MarkAnswerRequest(_message.Message):
    __slots__ = ("case_id", "article_id", "helped")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_ID_FIELD_NUMBER: _ClassVar[int]
    HELPED_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    article_id: str
    helped: bool
    def __init__(self, case_id: _Optional[str] = ..., article_id: _Optional[str] = ..., helped: _Optional[bool] = ...) -> None: ...

class MarkAnswerResponse(_message.Message):
    __slots__ = ("helped", "marked")
    HELPED_FIELD_NUMBER: _ClassVar[int]
    MARKED_FIELD_NUMBER: _ClassVar[int]
    helped: int
    marked: int
    def __init__(self, helped: _Optional[int] = ..., marked: _Optional[int] = ...) -> None: ...
