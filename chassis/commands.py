"""What the commands that services add to the command line stand on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from chassis import migrate
from chassis.crypto import Keyring
from chassis.database import Database
from chassis.process import prepare
from chassis.service import Service
from chassis.settings import read


@contextmanager
def service_database(service: Service) -> Iterator[Database]:
    """A service's database for one command, as the settings say; an embedded one is brought up to date first."""
    settings = read()
    prepare(settings)
    if settings.embedded:
        migrate.migrate_all([service], settings.database_address, contract=True)
    database = Database(settings.database_address, service.name, Keyring.load(settings.keyring_path), pool_size=1)
    try:
        yield database
    finally:
        database.close()
