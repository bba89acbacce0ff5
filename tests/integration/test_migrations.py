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
from alembic.script import ScriptDirectory

from chassis.engines import open_engine
from chassis.migrate import contracts, migrate
from chassis.service import Service, installed, keeping

OPEN_WORK = """INSERT INTO work_item (id, case_id, state, medium, language, skills, needs, priority, channel, queued_at,
    agent_id, traceparent, changed_at) VALUES ('1', 'c1', 'assigned', 'text', 'ko', '', 'language:ko', 5, 'web', 0,
    'kim', '', 0)"""
SERVICES = keeping(installed())


@pytest.mark.parametrize("service", SERVICES, ids=[service.name for service in SERVICES])
def test_migrations_make_the_tables_that_the_code_declares(database_address: str, service: Service) -> None:
    migrate(service, database_address, contract=True)
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


@pytest.mark.parametrize("service", SERVICES, ids=[service.name for service in SERVICES])
def test_only_a_revision_that_says_so_breaks_the_release_before(tmp_path: Path, service: Service) -> None:
    """Each revision is run by itself: a column that is gone, became another, or must be given from now on breaks it."""
    config = Config()
    config.set_main_option("script_location", str(files(f"{service.package}.migrations")))
    config.set_main_option("sqlalchemy.url", f"sqlite:///{tmp_path}/one.db")
    engine = sa.create_engine(f"sqlite:///{tmp_path}/one.db")
    before: Columns = {}
    for revision in reversed(list(ScriptDirectory.from_config(config).walk_revisions())):
        command.upgrade(config, revision.revision)
        after = columns(engine)
        assert contracts(revision) or broken(before, after) == [], f"{revision.revision} must say contract = True"
        before = after
    engine.dispose()


Columns = dict[tuple[str, str], tuple[str, bool]]
"""By table and name: its type, and whether whoever inserts a row may leave it out."""


def columns(engine: sa.Engine) -> Columns:
    found = sa.inspect(engine)
    return {
        (table, column["name"]): (str(column["type"]), column["nullable"] or column["default"] is not None)
        for table in found.get_table_names()
        for column in found.get_columns(table)
    }


def names(engine: sa.Engine) -> list[str]:
    return [name for table, name in columns(engine) if table == "work"]


def broken(before: Columns, after: Columns) -> list[str]:
    """What the code of before can no longer do."""
    tables = {table for table, _ in before}
    changed = [name for name, told in before.items() if after.get(name) not in {told, (told[0], True)}]
    added = [name for name, (_, optional) in after.items() if name not in before and name[0] in tables and not optional]
    return [".".join(name) for name in changed + added]


REVISION = """import sqlalchemy as sa
from alembic import op

revision, down_revision = {revision!r}, {before!r}
{says}

def upgrade() -> None:
    {does}
"""


def test_what_contracts_waits_until_it_is_asked_for_or_was_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = tmp_path / "shedding" / "migrations" / "versions"
    versions.mkdir(parents=True)
    for folder in (tmp_path / "shedding", tmp_path / "shedding" / "migrations"):
        (folder / "__init__.py").touch()
    (tmp_path / "shedding" / "tables.py").write_text("import sqlalchemy\n\nmetadata = sqlalchemy.MetaData()\n")

    def revise(revision: str, before: str | None, does: str, says: str = "") -> None:
        text = REVISION.format(revision=revision, before=before, does=does, says=says)
        (versions / f"{revision}.py").write_text(text)

    revise("1", None, "op.create_table('work', sa.Column('id', sa.Text()), sa.Column('old', sa.Text()))")
    revise("2", "1", "op.add_column('work', sa.Column('new', sa.Text()))")
    revise("3", "2", "op.drop_column('work', 'old')", "contract = True")
    monkeypatch.syspath_prepend(str(tmp_path))
    service, address = Service("shedding", "shedding"), f"sqlite:///{tmp_path}/{{service}}.db"
    engine = sa.create_engine(address.replace("{service}", "shedding"))

    migrate(service, address)
    assert names(engine) == ["id", "old", "new"]
    migrate(service, address, contract=True)
    migrate(service, address)
    assert names(engine) == ["id", "new"]
    revise("4", "3", "op.drop_column('work', 'new')", "contract = True")
    revise("5", "4", "op.add_column('work', sa.Column('newer', sa.Text()))")
    migrate(service, address)
    assert names(engine) == ["id", "newer"]
    engine.dispose()
