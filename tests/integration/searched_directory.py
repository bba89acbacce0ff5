"""A directory with a few services, and how they are looked for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from chassis.database import Database
from services.referral import indexing
from services.referral.domain.search_filters import Filters
from services.referral.synonyms import synonyms
from services.referral.tables import directory
from services.referral.use_cases import searching
from services.referral.use_cases.searching import Asked, Found
from tests.integration.databases import Clock


class Help:
    """Services by short ids."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database, self._clock = database, clock

    def provider(self, name: str, id: str = "org") -> None:
        """An organization, new or with another name."""
        values = {"name": name, "modified_at": self._now()}
        self._put(
            directory.organization, id, values | {"source": "t", "source_key": id, "document": "{}", "digest": b""}
        )

    def service(
        self, id: str, name: str, description: str = "", *, areas: str = "KR", terms: str = "", days_old: float = 1,
        ages: tuple[int | None, int | None] = (None, None), **more: Any,
    ) -> None:  # fmt: skip
        """A service, new or changed."""
        document = {"description": description, "eligibility_description": more.pop("eligibility", "")}
        document["attributes"] = [{"taxonomy_term": {"name": more.pop("topic", "")}}]
        values = {
            "organization_id": "org", "source": "t", "source_key": id, "name": name, "status": "active",
            "kind": "welfare", "minimum_age": ages[0], "maximum_age": ages[1], "digest": b"",
            "document": json.dumps(document, ensure_ascii=False), "assured_at": self._now() - 86_400 * days_old,
            "modified_at": self._now(), "removed_at": None, "likeness": "", "behind": "", "generation": 0,
            "assured_by": "",
        }  # fmt: skip
        self._put(directory.service, id, values | more)
        with self.database.engine.begin() as connection:
            for table, rows in (
                (directory.service_area, [{"area": area} for area in areas.split()]),
                (
                    directory.service_term,
                    [dict(zip(("taxonomy", "term"), one.split(":"), strict=True)) for one in terms.split()],
                ),
            ):
                connection.execute(sa.delete(table).where(table.c.service_id == id))
                if rows:
                    connection.execute(sa.insert(table), [{"service_id": id, **row} for row in rows])

    def change(self, id: str, **values: Any) -> None:
        """Some columns of a service."""
        with self.database.engine.begin() as connection:
            connection.execute(sa.update(directory.service).where(directory.service.c.id == id).values(**values))

    def _put(self, table: sa.Table, id: str, values: dict[str, Any]) -> None:
        self._clock.pass_by(1)
        with self.database.engine.begin() as connection:
            connection.execute(sa.delete(table).where(table.c.id == id))
            connection.execute(sa.insert(table).values(id=id, **values))

    def _now(self) -> float:
        return self._clock().timestamp()

    def index(self) -> int:
        """Follow the directory; returns how many services were looked at."""
        return indexing.follow(self.database)

    def search(self, query: str, begin: int = 0, count: int = 10, **filters: Any) -> Found:
        """Search."""
        return self.database.read(searching.search, Asked(query, Filters(**filters)), synonyms(), begin, count)

    def found(self, query: str, **filters: Any) -> Sequence[str]:
        """The ids of what is found, the best first."""
        return [one.row.id for one in self.search(query, **filters).results]
