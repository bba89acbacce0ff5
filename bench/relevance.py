"""How well services are found: queries in citizens' and agents' words, and which services answer them how well.

``searched/services.csv`` has services written by hand after those there are, ``searched/queries.csv`` the queries with
labels: 3 answers it, 2 helps with it, 1 may help. The half called ``tune`` was looked at when weights and synonyms were
chosen; of the half called ``held`` only the mean was. One hand wrote both and the synonyms, so strangers' queries may
do worse. The figure is nDCG@10, the mean of all queries of a half.
"""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bench.many_services import NOW, parts
from chassis.database import Database, Tx
from services.referral.domain.search_filters import Filters
from services.referral.synonyms import synonyms
from services.referral.tables import directory
from services.referral.use_cases import searching
from services.referral.use_cases.searching import Asked

DEPTH = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """A query, and how well services answer it."""

    half: str
    query: str
    labels: Mapping[str, int]


def queries() -> list[Judged]:
    """All of them."""
    return [
        Judged(one["half"], one["query"], {name: int(grade) for name, grade in map(_label, one["labels"].split())})
        for one in parts("queries")
    ]


def _label(text: str) -> Sequence[str]:
    return text.split("=")


def fill(database: Database) -> None:
    """Put the services that are searched into the directory; each has its name in the table as its id."""
    services = parts("services")
    providers = sorted({one["organization"] for one in services})
    with database.engine.begin() as connection:
        organizations = [
            {"id": name, "source": "bench", "source_key": name, "name": name, "document": "{}", "digest": b"",
             "modified_at": 0.0}
            for name in providers
        ]  # fmt: skip
        connection.execute(sa.insert(directory.organization), organizations)
        connection.execute(sa.insert(directory.service), [_service(at, one) for at, one in enumerate(services)])
        areas = [{"service_id": one["id"], "area": one["area"]} for one in services]
        connection.execute(sa.insert(directory.service_area), areas)


def _service(number: int, one: Mapping[str, str]) -> Mapping[str, object]:
    document = {
        "alternate_name": one["alternate_name"], "description": one["description"],
        "eligibility_description": one["eligibility"],
    }  # fmt: skip
    return {
        "id": one["id"], "organization_id": one["organization"], "source": "bench", "source_key": one["id"],
        "name": one["name"], "status": "active", "kind": one["kind"], "digest": b"", "assured_at": NOW,
        "document": json.dumps(document, ensure_ascii=False), "modified_at": NOW + number, "likeness": "",
        "behind": "", "generation": 0, "assured_by": "",
    }  # fmt: skip


Search = Callable[[str], Sequence[str]]
"""The ids of the services found for a query, the best first."""


def ours(database: Database) -> Search:
    """As agents search."""

    def search(query: str) -> Sequence[str]:
        found = database.read(searching.search, Asked(query, Filters()), synonyms(), 0, DEPTH)
        return [one.row.id for one in found.results]

    return search


def substrings(database: Database) -> Search:
    """As a plain search does: the services with most of the words somewhere in their texts, then by name."""

    def search(query: str) -> Sequence[str]:
        words = query.split()
        return [row.id for row in database.read(_containing, words, DEPTH)]

    return search


def _containing(tx: Tx, words: Sequence[str], limit: int) -> Sequence[sa.Row[tuple[str]]]:
    text = directory.service.c.name + " " + directory.service.c.document
    count: sa.ColumnElement[int] = sum(
        (sa.case((text.ilike(f"%{word}%"), 1), else_=0) for word in words), start=sa.literal(0)
    )
    asked = sa.select(directory.service.c.id).where(count > 0).order_by(count.desc(), directory.service.c.name)
    return tx.execute(asked.limit(limit)).all()


def ndcg(found: Sequence[str], labels: Mapping[str, int]) -> float:
    """How near the order found is to the best there could be: 1 is the best."""
    best = _gain(sorted(labels.values(), reverse=True)[:DEPTH])
    return _gain([labels.get(one, 0) for one in found[:DEPTH]]) / best


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def of_half(half: str, search: Search) -> float:
    """The mean over a half of the queries."""
    return statistics.mean(ndcg(search(one.query), one.labels) for one in queries() if one.half == half)
