"""What a listener hears is a case exactly once, whatever happens to workers and database, and one that misbehaves
hurts nobody else."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from chassis.leases import LEASE_S
from tests import servers
from tests.hub import RunningHub, running_hub
from tests.ledger import Ledger
from tests.tower import Tower
from tests.waiting import eventually

PACKAGES = Path(__file__).parent.parent / "radio"
TRICKS = ("raise", "hang", "spin", "return", "exit", "keep rubbish")
MANY = 400
TAKEOVER_S = LEASE_S + 10


@pytest.fixture(scope="module")
def tower() -> Iterator[Tower]:
    with Tower() as tower:
        yield tower


@pytest.fixture(scope="module")
def environment(tower: Tower) -> dict[str, str]:
    return listening_to(tower, "radio", *(name(trick) for trick in TRICKS))


def listening_to(tower: Tower, *radios: str) -> dict[str, str]:
    """The environment of a hub in which these radios are ready."""
    path = os.pathsep.join([str(PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])])
    ready = {f"HUB120_CONNECTOR_{radio.upper()}_TOWER": tower.address for radio in radios}
    return {"PYTHONPATH": path, **ready}


def name(trick: str) -> str:
    return f"radio_{trick.replace(' ', '_')}"


def texts(count: int) -> list[str]:
    run = uuid4().hex[:8]
    return [f"방송 {run} {number:04}" for number in range(count)]


def stored(hub: RunningHub) -> Counter[str]:
    with closing(Ledger(hub)) as ledger:
        return ledger.texts()


def all_is_acknowledged(tower: Tower, radio: str = "radio", within_s: float = 60.0) -> None:
    eventually(lambda: tower.unacknowledged(radio) == 0, within_s, f"everything of {radio} being acknowledged")


def is_stored_once(hub: RunningHub, said: list[str]) -> None:
    found = stored(hub)
    assert {text: found[text] for text in said} == dict.fromkeys(said, 1)


@contextmanager
def acknowledgements(tower: Tower, hub: RunningHub) -> Iterator[list[int]]:
    """How often each message was stored when its acknowledgement came."""
    counted: list[int] = []
    tower.acknowledged = lambda text: counted.append(stored(hub)[text])
    try:
        yield counted
    finally:
        tower.acknowledged = lambda _: None


def test_what_is_heard_is_a_case_once_and_acknowledged_after_it_is_stored(hub: RunningHub, tower: Tower) -> None:
    said = texts(20)
    with acknowledgements(tower, hub) as counted:
        tower.deliver("radio", *said)
        all_is_acknowledged(tower)
    assert counted == [1] * 20
    is_stored_once(hub, said)


def test_a_worker_killed_in_the_middle_loses_nothing_and_doubles_nothing(hub: RunningHub, tower: Tower) -> None:
    said = texts(MANY)
    tower.deliver("radio", *said)
    eventually(lambda: tower.unacknowledged("radio") < MANY * 3 / 4, 60, "some being heard")
    hub.kill("worker")
    assert tower.unacknowledged("radio") > 0
    hub.start("worker")
    all_is_acknowledged(tower)
    is_stored_once(hub, said)
    [*_, last] = [one for one in tower.came if one.radio == "radio"]
    assert last.pid == hub.pid("worker")
    assert last.cursor  # it went on where the other had come to


def test_listeners_that_misbehave_are_begun_again_while_others_hear(hub: RunningHub, tower: Tower) -> None:
    eventually(lambda: all(tower.listeners(name(trick)) for trick in TRICKS), 30, "all listening")
    before = Counter(one.radio for one in tower.came)
    tower.orders = {name(trick): trick for trick in TRICKS}
    hub.leave("worker")
    hub.start("worker")
    for trick in TRICKS:
        radio = name(trick)
        again = before[radio] + 3
        eventually(lambda radio=radio, again=again: visits(tower, radio) >= again, 60, f"{radio} being begun again")  # type: ignore[misc]
        said = texts(3)
        tower.deliver("radio", *said)
        all_is_acknowledged(tower)
        is_stored_once(hub, said)
    health = hub.connectors()
    assert health["radio"]["healthy"]
    assert [trick for trick in TRICKS if health[name(trick)]["healthy"]] == []
    pauses_grow(hub)


def visits(tower: Tower, radio: str) -> int:
    return sum(one.radio == radio for one in tower.came)


def pauses_grow(hub: RunningHub) -> None:
    lines = [json.loads(line) for line in hub.log("worker").splitlines() if '"listener_lost"' in line]
    for trick in TRICKS:
        pauses = [line["again_s"] for line in lines if line["listener"] == name(trick)]
        assert pauses[:2] == [1.0, 2.0], (trick, lines)


def test_those_that_behave_again_are_heard_and_healthy_again(hub: RunningHub, tower: Tower) -> None:
    tower.orders = {}
    for trick in TRICKS:
        radio, said = name(trick), texts(1)
        tower.deliver(radio, *said)
        all_is_acknowledged(tower, radio)
        is_stored_once(hub, said)
    assert all(hub.connectors()[name(trick)]["healthy"] for trick in TRICKS)


@pytest.fixture(scope="module")
def postgres(private_postgres: Callable[[], servers.PrivatePostgres]) -> servers.PrivatePostgres:
    return private_postgres()


@pytest.fixture(scope="module")
def quiet_tower() -> Iterator[Tower]:
    with Tower() as tower:
        yield tower


@pytest.fixture(scope="module")
def wide_hub(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    postgres: servers.PrivatePostgres,
    quiet_tower: Tower,
    amqp_server: str,
    namespace_prefix: str,
) -> Iterator[RunningHub]:
    """A hub of two workers, on a database that may be stopped."""
    with servers.own_bus(amqp_server, namespace_prefix) as amqp:
        environment = {"HUB120_DATABASE": postgres.address, "HUB120_BUS": amqp, **listening_to(quiet_tower, "radio")}
        with running_hub(tmp_path_factory.mktemp("wide"), environment) as hub:
            hub.start("second worker")
            yield hub


def holder(hub: RunningHub, tower: Tower) -> tuple[str, str]:
    """The worker that listens, and the other."""
    eventually(lambda: tower.listeners("radio"), TAKEOVER_S, "one of them listening")
    [pid] = tower.listeners("radio")
    workers = ("worker", "second worker")
    return workers if hub.pid("worker") == pid else (workers[1], workers[0])


@pytest.mark.servers
def test_of_two_workers_one_listens_and_the_other_takes_over_when_it_is_killed(
    wide_hub: RunningHub, quiet_tower: Tower
) -> None:
    listening, other = holder(wide_hub, quiet_tower)
    said = texts(MANY)
    quiet_tower.deliver("radio", *said)
    eventually(lambda: quiet_tower.unacknowledged("radio") < MANY * 3 / 4, 60, "some being heard")
    wide_hub.kill(listening)
    eventually(lambda: quiet_tower.listeners("radio") == [wide_hub.pid(other)], TAKEOVER_S, "the other taking over")
    all_is_acknowledged(quiet_tower)
    is_stored_once(wide_hub, said)
    wide_hub.start(listening)
    assert all(one.together == 1 for one in quiet_tower.came)


@pytest.mark.servers
def test_a_worker_that_leaves_hands_over_at_once(wide_hub: RunningHub, quiet_tower: Tower) -> None:
    listening, other = holder(wide_hub, quiet_tower)
    said = texts(MANY)
    quiet_tower.deliver("radio", *said)
    wide_hub.leave(listening)
    soon_s = LEASE_S / 2  # before the lease would have run out
    eventually(lambda: quiet_tower.listeners("radio") == [wide_hub.pid(other)], soon_s, "the other taking over")
    all_is_acknowledged(quiet_tower)
    is_stored_once(wide_hub, said)
    wide_hub.start(listening)
    assert all(one.together == 1 for one in quiet_tower.came)


@pytest.mark.servers
def test_while_the_database_is_away_nothing_is_acknowledged_and_all_is_stored_after(
    wide_hub: RunningHub, quiet_tower: Tower, postgres: servers.PrivatePostgres
) -> None:
    said = texts(50)
    holder(wide_hub, quiet_tower)
    postgres.stop()
    quiet_tower.deliver("radio", *said)
    eventually(lambda: not quiet_tower.listeners("radio"), 60, "the listener letting go: nobody knows who may")
    assert quiet_tower.unacknowledged("radio") == len(said)
    postgres.start()
    all_is_acknowledged(quiet_tower, within_s=90)
    is_stored_once(wide_hub, said)
