"""Journeys run on a hub of real processes, embedded and distributed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.switchboard import Switchboard
from tests import servers
from tests.hub import RunningHub, hub120, running_hub, surroundings
from tests.otlp import OtlpReceiver


@pytest.fixture(scope="module")
def exchange() -> Iterator[Switchboard]:
    """An exchange with telephones; only who asks for it has one."""
    with Switchboard() as found:
        yield found


@pytest.fixture(scope="module")
def receiver() -> Iterator[OtlpReceiver]:
    """What collects the spans of both processes."""
    with OtlpReceiver() as found:
        yield found


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a database with the tables of every service, for making others like it."""
    folder = tmp_path_factory.mktemp("migrated")
    with servers.own_database(postgres_server) as address:
        bus = f"local:///{folder}/bus.db"
        named = {"HUB120_DATABASE": address, "HUB120_BUS": bus, "HUB120_DATA_DIR": str(folder)}
        hub120({**surroundings(), **named}, "migrate")
        yield address


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    """What a module's hub is set to; modules that need more say so themselves."""
    return {}


@pytest.fixture(scope="module", params=["embedded", pytest.param("distributed", marks=pytest.mark.servers)])
def hub(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]
) -> Iterator[RunningHub]:
    """A hub for the module's tests."""
    folder: Path = tmp_path_factory.mktemp("hub")
    if request.param == "embedded":
        with running_hub(folder, environment) as found:
            yield found
        return
    prefix, tables = request.getfixturevalue("namespace_prefix"), request.getfixturevalue("migrated_postgres")
    with (
        servers.own_bus(request.getfixturevalue("amqp_server"), prefix) as amqp,
        servers.own_database(request.getfixturevalue("postgres_server"), like=tables) as database,
        running_hub(folder, {"HUB120_DATABASE": database, "HUB120_BUS": amqp, **environment}, migrated=True) as found,
    ):
        yield found
