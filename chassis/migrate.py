"""Brings a service's tables up to date with alembic, one run at a time.

Each service has its own ``migrations`` folder and version table, in its own file (SQLite) or schema (PostgreSQL).
A revision that takes something away, or asks for more than before, says ``contract = True``: processes of the release
before still run while a new one is rolled out, so it waits until they are gone (docs/deploying.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import RevisionStep
from alembic.script import Script, ScriptDirectory

from chassis.engines import open_engine
from chassis.service import Service

_LOCK = 120_000_120
"""An advisory lock number of our own: two migrations never run at once."""


def migrate(service: Service, address: str, *, contract: bool = False) -> None:
    """Create or upgrade the tables of one service; harmless when they are up to date. Without ``contract`` it stops
    before what only that contracts, at the end of the line: what comes after it shows that its release is long there.
    """
    engine = open_engine(address, service.name, pool_size=1)
    try:
        with engine.connect() as connection:
            _prepare(connection, service.name)
            script = ScriptDirectory.from_config(_config(service))
            context = EnvironmentContext(_config(service), script)
            context.configure(
                connection=connection,
                target_metadata=service.metadata,
                fn=lambda revision, _: _steps(script, revision, contract=contract),
                render_as_batch=connection.dialect.name == "sqlite",
            )
            with context.begin_transaction():
                context.run_migrations()
            connection.commit()
    finally:
        engine.dispose()


def revise(service: Service, address: str, message: str) -> None:
    """Write a new migration from what differs between the tables and the database (for developers)."""
    config = _config(service)
    config.set_main_option("sqlalchemy.url", address.replace("{service}", service.name))
    command.revision(config, message=message, autogenerate=True)


def migrate_all(services: Sequence[Service], address: str, *, contract: bool = False) -> None:
    """Every service in turn."""
    for service in services:
        migrate(service, address, contract=contract)


def contracts(revision: Script) -> bool:
    """Whether the release before cannot live with what this revision does."""
    return bool(getattr(revision.module, "contract", False))


def _steps(script: ScriptDirectory, current: Any, *, contract: bool) -> list[RevisionStep]:
    """What leads from the current revision to the newest, or to the newest that does not contract."""
    pending = script.iterate_revisions("head", current, implicit_base=True)
    newest = next((found.revision for found in pending if contract or not contracts(found)), None)
    return script._upgrade_revs(newest, current) if newest else []


def _config(service: Service) -> Config:
    config = Config()
    config.set_main_option("script_location", str(files(f"{service.package}.migrations")))
    return config


def _prepare(connection: sa.Connection, schema: str) -> None:
    if connection.dialect.name != "postgresql":
        return
    connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if connection.scalar(sa.text("SELECT to_regnamespace(:schema)"), {"schema": f'"{schema}"'}) is None:
        connection.execute(sa.text(f'CREATE SCHEMA "{schema}"'))  # a role of one service need not be allowed to
