"""Articles: what imports write, what the index needs, and what is shown of those that were found."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from hashlib import sha256

from chassis.database import Tx
from chassis.locking import held
from chassis.statements import Row, Sql
from services.referral.domain import search
from services.referral.domain.articles import Article, Marks
from services.referral.store import search_index

_ARTICLE = search.Collection.ARTICLE.value
_SOURCE = held("SELECT * FROM article_source WHERE id = :id")
_BEGIN = Sql("""
INSERT INTO article_source (id, name, generation, imported_at) VALUES (:id, :name, 1, 0)
ON CONFLICT (id) DO UPDATE SET generation = article_source.generation + 1,
    name = CASE WHEN :given = '' THEN article_source.name ELSE :given END RETURNING generation
""")
_FINISH = Sql("UPDATE article_source SET imported_at = :now WHERE id = :id")
_SOURCES = Sql("""
SELECT id, name, imported_at, (SELECT count(*) FROM article WHERE article.source = article_source.id) AS articles
FROM article_source ORDER BY id
""")
_KNOWN = Sql("SELECT id, digest FROM article WHERE id IN :ids", lists=["ids"])
_SEEN = Sql("UPDATE article SET generation = :generation WHERE id IN :ids", lists=["ids"])
_PUT = Sql("""
INSERT INTO article (id, source, source_key, title, text, category, url, language, updated_at, digest, generation,
    modified_at)
VALUES (:id, :source, :source_key, :title, :text, :category, :url, :language, :updated_at, :digest, :generation, :now)
ON CONFLICT (id) DO UPDATE SET title = excluded.title, text = excluded.text, category = excluded.category,
    url = excluded.url, language = excluded.language, updated_at = excluded.updated_at, digest = excluded.digest,
    generation = excluded.generation, modified_at = excluded.modified_at
""")
_REMOVE = Sql("DELETE FROM article WHERE source = :source AND generation < :generation")
_SHOWN = "a.*, s.name AS source_name FROM article AS a JOIN article_source AS s ON s.id = a.source"
_BY_IDS = Sql(f"SELECT {_SHOWN} WHERE a.id IN :ids", lists=["ids"])

_CHANGED = Sql("""
SELECT * FROM article WHERE (modified_at, id) > (:modified_at, :item_id) ORDER BY modified_at, id LIMIT :limit
""")
_MISSED = Sql("""
SELECT a.* FROM article AS a LEFT JOIN index_document AS d ON d.collection = :collection AND d.item_id = a.id
WHERE d.item_id IS NULL OR d.modified_at <> a.modified_at LIMIT :limit
""")
_GONE = Sql("""
SELECT d.item_id FROM index_document AS d
WHERE d.collection = :collection AND NOT EXISTS (SELECT 1 FROM article AS a WHERE a.id = d.item_id)
LIMIT :limit
""")
_FOUND = Sql(
    """
SELECT d.number, d.item_id, d.initials, a.language,
    (SELECT count(*) FROM article_mark AS m WHERE m.article_id = a.id) AS marked,
    (SELECT count(*) FROM article_mark AS m WHERE m.article_id = a.id AND m.helped = 1) AS helped
FROM (SELECT * FROM index_document WHERE collection = :collection AND number IN :numbers LIMIT :limit) AS d
JOIN article AS a ON a.id = d.item_id
""",
    lists=["numbers"],
)

_MARK = Sql("""
INSERT INTO article_mark (case_id, article_id, agent_id, helped, marked_at)
VALUES (:case_id, :article_id, :agent_id, :helped, :now)
ON CONFLICT (case_id, article_id, agent_id) DO UPDATE SET helped = excluded.helped, marked_at = excluded.marked_at
WHERE article_mark.helped <> excluded.helped RETURNING helped
""")
_ANSWERED = Sql("SELECT count(*) FROM article_mark WHERE case_id = :case_id AND helped = 1")
_MARKS = Sql(
    "SELECT article_id, sum(helped) AS helped, count(*) AS marked FROM article_mark WHERE article_id IN :ids"
    " GROUP BY article_id",
    lists=["ids"],
)


def identified(source: str, key: str) -> str:
    """The id of an article of the hub's own."""
    return f"{source}/{key}"


def begin(tx: Tx, source: str, name: str) -> int:
    """An import of a source begins; returns its generation. An empty name leaves what people call it."""
    return int(tx.execute(_BEGIN, {"id": source, "name": name or source, "given": name}).scalar_one())


def hold(tx: Tx, source: str) -> Row:
    """Take a source whose import has begun, until the end of the transaction."""
    return tx.execute(_SOURCE[tx.dialect], {"id": source}).one()


def finish(tx: Tx, source: str) -> None:
    """An import of a source is over."""
    tx.execute(_FINISH, {"id": source, "now": tx.now.timestamp()})


def sources(tx: Tx) -> Sequence[Row]:
    """Every source and how many articles it has, by id."""
    return tx.execute(_SOURCES).all()


def digests(tx: Tx, ids: Sequence[str]) -> dict[str, bytes]:
    """What is known of these articles, by id."""
    return {row.id: bytes(row.digest) for row in tx.execute(_KNOWN, {"ids": ids})} if ids else {}


def digest(article: Article) -> bytes:
    """Changes with anything that a source says of an article."""
    return sha256(repr(article).encode("utf-8", "surrogatepass")).digest()


def seen(tx: Tx, ids: Sequence[str], generation: int) -> None:
    """An import has these as they are."""
    if ids:
        tx.execute(_SEEN, {"ids": ids, "generation": generation})


def put(tx: Tx, source: str, article: Article, generation: int) -> None:
    """An article as it is now."""
    values = {
        "id": identified(source, article.key),
        "source": source,
        "source_key": article.key,
        "title": article.title,
        "text": article.text,
        "category": article.category,
        "url": article.url,
        "language": article.language,
        "updated_at": article.updated_at,
        "digest": digest(article),
        "generation": generation,
        "now": tx.now.timestamp(),
    }
    tx.later(_PUT, values)


def remove(tx: Tx, source: str, generation: int) -> int:
    """Articles that an import did not have are gone; returns how many."""
    return tx.execute(_REMOVE, {"source": source, "generation": generation}).rowcount


def by_ids(tx: Tx, ids: Sequence[str]) -> dict[str, Row]:
    """Articles with what people call their source, by id."""
    return {row.id: row for row in tx.execute(_BY_IDS, {"ids": ids})} if ids else {}


def changed(tx: Tx, limit: int) -> Sequence[Row]:
    """Articles that were changed after the one indexed last, in the order of their changes."""
    modified_at, item_id = search_index.progress(tx, search.Collection.ARTICLE)
    return tx.execute(_CHANGED, {"modified_at": modified_at, "item_id": item_id, "limit": limit}).all()


def missed(tx: Tx, limit: int) -> Sequence[Row]:
    """Articles that the index has not, or not as they are."""
    return tx.execute(_MISSED, {"collection": _ARTICLE, "limit": limit}).all()


def gone(tx: Tx, limit: int) -> list[str]:
    """Ids of articles that the index has and that are gone."""
    return tx.execute(_GONE, {"collection": _ARTICLE, "limit": limit}).scalars()


def found(tx: Tx, numbers: Collection[int]) -> dict[int, Row]:
    """What decides over articles that the index brings, by number; those that are gone are left out."""
    values = {"collection": _ARTICLE, "numbers": [*numbers], "limit": len(numbers)}
    return {row.number: row for row in tx.execute(_FOUND, values)}


def mark(tx: Tx, case_id: str, article_id: str, agent_id: str, *, helped: bool) -> bool:
    """An agent says whether an article was the answer; False if they have said just so before."""
    values = {"case_id": case_id, "article_id": article_id, "agent_id": agent_id, "helped": int(helped)}
    return tx.execute(_MARK, values | {"now": tx.now.timestamp()}).first() is not None


def answered(tx: Tx, case_id: str) -> bool:
    """Whether any article was the answer in a case."""
    return int(tx.execute(_ANSWERED, {"case_id": case_id}).scalar_one()) > 0


def marks(tx: Tx, ids: Sequence[str]) -> dict[str, Marks]:
    """What agents said of articles, by id; of the others nobody has said anything."""
    if not ids:
        return {}
    return {row.article_id: Marks(int(row.helped), row.marked) for row in tx.execute(_MARKS, {"ids": ids})}
