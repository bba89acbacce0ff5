"""Migrations lead to the tables that the code declares, from nothing and from what an older hub left."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from chassis.engines import open_engine
from chassis.migrate import migrate
from chassis.service import Service, installed

OPEN_WORK = """INSERT INTO work_item (id, case_id, state, medium, language, skills, needs, priority, channel, queued_at,
    agent_id, traceparent, changed_at) VALUES ('1', 'c1', 'assigned', 'text', 'ko', '', 'language:ko', 5, 'web', 0,
    'kim', '', 0)"""
SERVICES = installed()


@pytest.mark.parametrize("service", SERVICES, ids=[service.name for service in SERVICES])
def test_migrations_make_the_tables_that_the_code_declares(database_address: str, service: Service) -> None:
    migrate(service, database_address)
    engine = open_engine(database_address, service.name, pool_size=1)
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_server_default": True})
            assert compare_metadata(context, service.metadata) == []
    finally:
        engine.dispose()


def test_work_that_an_agent_had_before_contacts_were_counted_counts_as_seen(tmp_path: Path) -> None:
    (routing,) = (service for service in SERVICES if service.name == "routing")
    address = f"sqlite:///{tmp_path}/{{service}}.db"
    config = Config()
    config.set_main_option("script_location", str(files(f"{routing.package}.migrations")))
    config.set_main_option("sqlalchemy.url", address.replace("{service}", "routing"))
    command.upgrade(config, "0001")
    engine = sa.create_engine(address.replace("{service}", "routing"))
    with engine.begin() as connection:
        connection.execute(sa.text(OPEN_WORK))
    migrate(routing, address)
    with engine.connect() as connection:
        (found,) = connection.execute(sa.text("SELECT contact_count, seen_count FROM work_item"))
    assert tuple(found) == (1, 1)
