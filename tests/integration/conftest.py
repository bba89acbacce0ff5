"""Use cases run on either database, at a time that the test decides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.databases import Clock
from tests.servers.spares import SPARES, Spares


@pytest.fixture
def clock() -> Clock:
    """The time of the test's databases."""
    return Clock()


@pytest.fixture(scope="session")
def spares() -> Iterator[Spares]:
    """PostgreSQL databases that tests hand on."""
    yield SPARES
    SPARES.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def database_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a service finds its tables: a folder of files, or a PostgreSQL database of the test's own."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/{{service}}.db"
        return
    spares: Spares = request.getfixturevalue("spares")
    with spares.lent(request.getfixturevalue("postgres_server")) as address:
        yield address
