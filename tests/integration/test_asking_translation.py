"""Routing asks translation who interprets, and does not wait where nobody answers: any agent takes the work then."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from chassis import event_loop, process
from chassis.clock import system_clock
from chassis.process import Process
from chassis.service import Service
from chassis.settings import Settings
from services.routing.domain.interpretation import Interpretation
from services.routing.domain.work import NewWork
from services.routing.interpreters import Interpreters
from services.routing.use_cases import interpreting, matching
from tests.integration.routing_floor import TERMS, ready, rows
from tests.servers.machine import free_port
from tests.waiting import eventually


@pytest.fixture
def nobody() -> int:
    """A port at which nobody listens."""
    return free_port()


@pytest.fixture
def mute() -> Iterator[int]:
    """A port at which somebody takes connections and says nothing."""
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        yield found.getsockname()[1]


def opened(folder: Path, port: int) -> Process:
    settings = Settings(data_dir=folder, translation_address=f"127.0.0.1:{port}")
    routing = Service("routing", "services.routing")
    process.prepare(settings)
    process.migrate_services(settings, [routing])
    return process.open_process(settings, [routing])


@pytest.mark.parametrize("where", ["nobody", "mute"])
def test_translation_that_does_not_answer_is_not_waited_for(
    tmp_path: Path, request: pytest.FixtureRequest, where: str
) -> None:
    with closing(opened(tmp_path, request.getfixturevalue(where))) as found:
        database = found.database("routing")
        ready(database, "kim")
        new = NewWork("c1", "text", "ar", (), "web", system_clock().timestamp())
        database.run(matching.enqueue, new, TERMS)
        assert database.run(interpreting.find_uncovered, 0.0) == 1

        def answered() -> bool:
            return not rows(database, "SELECT 1 FROM work_item WHERE interpretation = 'asked'")

        async def main() -> None:
            running = asyncio.create_task(Interpreters(found, database).run())
            await asyncio.to_thread(eventually, answered, 60, "an answer")
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

        event_loop.run(main())
        (item,) = rows(database, "SELECT interpretation, state, agent_id FROM work_item")
        assert item == {"interpretation": Interpretation.UNKNOWN, "state": "offered", "agent_id": "kim"}
