"""Every column of every service says what personal data it holds, so that none is plain by oversight."""

from __future__ import annotations

import importlib

import pytest
import sqlalchemy as sa

from chassis.crypto import unclassified_columns
from tests.architecture.source import keeping


@pytest.mark.parametrize("service", keeping())
def test_every_column_is_classified(service: str) -> None:
    tables = importlib.import_module(f"services.{service}.tables")
    assert len(tables.metadata.tables) > 0
    assert unclassified_columns(tables.metadata) == []


@pytest.mark.parametrize(
    "column",
    [
        sa.Column("name", sa.Text),
        sa.Column("name", sa.Text, info={"pd": "secret"}),
        sa.Column("name", sa.Text, info={"pd": "sealed"}),
        sa.Column("name", sa.Text, info={"pd": "hash"}),
    ],
    ids=["says nothing", "says what is no class", "sealed, but text", "hashed, but text"],
)
def test_a_column_that_is_not_well_classified_is_found(column: sa.Column[str]) -> None:
    metadata = sa.MetaData()
    sa.Table("citizen", metadata, column)
    assert unclassified_columns(metadata) == ["citizen.name"]
