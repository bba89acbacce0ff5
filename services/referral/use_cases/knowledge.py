"""Articles as agents look for them, and what they say of them afterwards."""

from __future__ import annotations

from collections.abc import Collection as Some
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from hub120.referral.v1 import events_pb2

from chassis.database import Tx
from chassis.errors import NotFound
from chassis.statements import Row
from services.referral.domain.articles import Marks
from services.referral.domain.search import Collection
from services.referral.domain.search_query import Query
from services.referral.domain.search_reasons import Snippet, matched, snippet
from services.referral.store import articles as store
from services.referral.use_cases.indexing_articles import texts_of
from services.referral.use_cases.ranking import Ranked, ranked


@dataclass(frozen=True, slots=True)
class Found:
    """An article that was found."""

    row: Row
    marks: Marks
    excerpt: Snippet


@dataclass(frozen=True, slots=True)
class _Articles:
    """Articles in a language, empty: in any."""

    language: str
    collection: ClassVar[Collection] = Collection.ARTICLE

    def rows(self, tx: Tx, numbers: Some[int]) -> Mapping[int, Row]:
        """Those that are there."""
        return store.found(tx, numbers)

    def left(self, row: Row) -> float | None:
        """What is left of the score of one in the language for how often it helped."""
        if self.language and row.language.partition("-")[0] != self.language:
            return None
        return Marks(row.helped, row.marked).left


def search(tx: Tx, query: Query, language: str, count: int) -> list[Found]:
    """The hub's own articles that answer best."""
    if not query.ways:
        return []
    best = ranked(tx, _Articles(language), query, None, count)
    rows = store.by_ids(tx, [one.row.item_id for one in best])
    return [_found(query, one, rows[one.row.item_id]) for one in best if one.row.item_id in rows]


def _found(query: Query, one: Ranked, row: Row) -> Found:
    texts = texts_of(row.title, row.text, row.category)
    excerpt = snippet(matched(query, one.scored.ways, texts), texts)
    return Found(row, Marks(one.row.helped, one.row.marked), excerpt)


def excerpt(query: Query, title: str, text: str) -> Snippet:
    """The piece of somebody else's article that says most of what was asked."""
    texts = texts_of(title, text)
    return snippet(matched(query, dict.fromkeys(range(len(query.ways)), 1.0), texts), texts)


def article(tx: Tx, article_id: str) -> tuple[Row, Marks]:
    """An article of the hub's own, whole."""
    row = store.by_ids(tx, [article_id]).get(article_id)
    if row is None:
        raise NotFound("article", article_id)
    return row, store.marks(tx, [article_id]).get(article_id, Marks())


def marks(tx: Tx, article_ids: Sequence[str]) -> dict[str, Marks]:
    """What agents said of articles, by id."""
    return store.marks(tx, article_ids)


def sources(tx: Tx) -> Sequence[Row]:
    """Where the hub's own articles come from."""
    return store.sources(tx)


def mark(tx: Tx, case_id: str, article_id: str, agent_id: str, *, helped: bool, outside: bool) -> Marks:
    """An agent says whether an article was the answer in a case. Said again, nobody is told anew."""
    if not outside and article_id not in store.by_ids(tx, [article_id]):
        raise NotFound("article", article_id)
    if store.mark(tx, case_id, article_id, agent_id, helped=helped):
        told = events_pb2.AnswerMarked(case_id=case_id, answered=store.answered(tx, case_id))
        told.mark_time.FromDatetime(tx.now)
        tx.emit(told, subject=case_id)
    return store.marks(tx, [article_id])[article_id]
