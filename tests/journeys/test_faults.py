"""Processes and servers are killed in the middle of many contacts: what was taken is a case once, and was offered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from tests import servers
from tests.crowd import Flood, working_office
from tests.hub import RunningHub, running_hub
from tests.ledger import Ledger
from tests.waiting import eventually

MANY, SOME = 2_000, 400
RECOVERY_S = 60.0


@pytest.fixture(scope="module")
def postgres(private_postgres: Callable[[], servers.PrivatePostgres]) -> servers.PrivatePostgres:
    return private_postgres()


@pytest.fixture(scope="module")
def rabbitmq(private_rabbitmq: Callable[[], servers.PrivateRabbitmq]) -> servers.PrivateRabbitmq:
    return private_rabbitmq()


@pytest.fixture(scope="module")
def distributed(
    tmp_path_factory: pytest.TempPathFactory, postgres: servers.PrivatePostgres, rabbitmq: servers.PrivateRabbitmq
) -> Iterator[RunningHub]:
    """A hub on servers of its own."""
    environment = {"HUB120_DATABASE": postgres.address, "HUB120_BUS": rabbitmq.address}
    with running_hub(tmp_path_factory.mktemp("distributed"), environment) as hub:
        rabbitmq.settle()
        yield hub


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """A hub that needs nothing."""
    with running_hub(tmp_path_factory.mktemp("embedded")) as hub:
        yield hub


Disturb = Callable[[], int | None]
"""Does something bad to the hub; returns how many contacts of its own were taken meanwhile."""


def walk_through(hub: RunningHub, count: int, *disturbances: Disturb) -> Flood:
    """Send contacts, disturb the hub in the middle of them, wait until it has recovered, and look at everything."""
    with closing(Ledger(hub)) as ledger:
        expected = ledger.texts().total() + count
        with working_office(hub), Flood(hub, count) as flood:
            for turn, disturb in enumerate(disturbances, start=1):
                flood.wait_for(count * turn // (len(disturbances) + 1))
                expected += disturb() or 0
            flood.finish()
            hub.wait_ready("api")
            hub.wait_ready("worker")
            wait_until_all_is_done(ledger)
        check_books(ledger, flood, expected)
    return flood


def wait_until_all_is_done(ledger: Ledger) -> None:
    ledger.wait_until_drained(RECOVERY_S)
    undone = "SELECT count(*) FROM work_item WHERE state <> 'done'"
    eventually(lambda: ledger.one("routing", undone) == 0, RECOVERY_S, "all work being offered, taken and done")
    unclosed = "SELECT count(*) FROM cases WHERE state <> 'closed'"
    eventually(lambda: ledger.one("intake", unclosed) == 0, RECOVERY_S, "all cases being closed")


def check_books(ledger: Ledger, flood: Flood, expected: int) -> None:
    """Every contact that was taken is there once, in a case of its own, with one work item that was offered."""
    found = ledger.texts()
    assert {marker: found[marker] for marker in flood.markers} == dict.fromkeys(flood.markers, 1)
    assert found.total() == expected
    contacts = ledger.rows("intake", "SELECT DISTINCT case_id FROM contact")
    cases = {row["case_id"] for row in contacts}
    assert ledger.one("intake", "SELECT count(*) FROM cases") == len(cases) == found.total()
    work = [row["case_id"] for row in ledger.rows("routing", "SELECT case_id FROM work_item")]
    assert sorted(work) == sorted(cases)
    assert ledger.inconsistencies() == []
    assert ledger.one("routing", "SELECT count(*) FROM agent WHERE load <> 0") == 0
    assert ledger.outbox() == 0
    assert ledger.dead() == []


def killed(hub: RunningHub, kind: str) -> Disturb:
    """The process is killed with SIGKILL and started again."""

    def kill_and_start() -> None:
        hub.kill(kind)
        hub.start(kind)

    return kill_and_start


def test_killed_processes_lose_and_double_nothing_embedded(embedded: RunningHub) -> None:
    walk_through(embedded, SOME, killed(embedded, "worker"), killed(embedded, "api"))


def test_killed_processes_lose_and_double_nothing(distributed: RunningHub) -> None:
    walk_through(distributed, MANY, *(killed(distributed, kind) for kind in ("worker", "api", "worker")))


def test_contacts_are_taken_while_the_broker_is_away(
    distributed: RunningHub, rabbitmq: servers.PrivateRabbitmq
) -> None:
    def stop_and_start() -> int:
        rabbitmq.stop()
        answers = [distributed.say("중개자 없이") for _ in range(20)]
        assert [answer.status_code for answer in answers] == [200] * 20
        rabbitmq.start()
        return len(answers)

    flood = walk_through(distributed, SOME, stop_and_start)
    assert flood.refusals == []


def test_a_killed_broker_loses_and_doubles_nothing(distributed: RunningHub, rabbitmq: servers.PrivateRabbitmq) -> None:
    def kill_and_start() -> None:
        rabbitmq.kill()
        rabbitmq.start()

    flood = walk_through(distributed, SOME, kill_and_start)
    assert flood.refusals == []


def test_a_database_that_crashes_loses_and_doubles_nothing_and_is_never_answered_for(
    distributed: RunningHub, postgres: servers.PrivatePostgres
) -> None:
    def crash() -> None:
        postgres.kill()
        assert {distributed.say("아무도 적지 않는다").status_code for _ in range(10)} == {503}
        postgres.start()

    flood = walk_through(distributed, SOME, crash)
    assert 503 in flood.refusals
    assert set(flood.refusals) == {503}
