"""Use cases run on either database, at a time that the test decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.databases import Clock


@pytest.fixture
def clock() -> Clock:
    """The time of the test's databases."""
    return Clock()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def database_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a service finds its tables: a folder of files, or a PostgreSQL database of the test's own."""
    if request.param == "postgresql":
        found: str = request.getfixturevalue("postgres_address")
        return found
    return f"sqlite:///{tmp_path}/{{service}}.db"
