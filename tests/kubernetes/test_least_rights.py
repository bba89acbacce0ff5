"""Each service has a role in the database and a user at the broker of its own. With what the manifests of production
give them, and nothing more, the hub works on real servers, and no service reaches what is another's."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from hub120.routing.v1 import transfer_service_pb2 as transfer_pb2
from hub120.routing.v1 import work_pb2
from hub120.routing.v1.transfer_service_pb2_grpc import TransferServiceStub

from chassis.bus import Bus, BusUnavailable, Queue, connect
from chassis.service import installed, keeping
from tests import servers
from tests.apart import as_in_kubernetes, desk_of, running_apart
from tests.contract.buses import event, reading, take_one, task
from tests.hub import AgentDesk, RunningHub
from tests.manifests import KUBERNETES, built, name, of_kind
from tests.outside import Answer, Outside
from tests.servers.postgres import plain
from tests.waiting import eventually

SERVICES = {service.name: service for service in keeping(installed())}
CONNECTORS = {name: [kind.value for kind in service.tasks] for name, service in SERVICES.items()}
CONNECTORS["routing"] = CONNECTORS["intake"]
"""Whose tasks go through which of a connector's queues: what a worker reads; routing asks for calls and packets."""
PERMISSIONS = {
    name(one): one["spec"]["permissions"]
    for one in of_kind(built("overlays/prod"), "Permission")
    if name(one) in SERVICES
}
PASSWORD = "trial"


@dataclass(frozen=True)
class Estate:
    """A database and a broker with roles and users as production makes them."""

    postgres: str
    amqp: str

    def database(self, role: str) -> str:
        return self.postgres.replace("postgres@", f"{role}@").rpartition("/")[0] + "/hub120"

    def bus(self, user: str) -> str:
        return self.amqp.replace("guest:guest", f"{user}:{PASSWORD}").rpartition("/")[0] + "/hub120"


@pytest.fixture(scope="module")
def estate(
    private_postgres: Callable[[], servers.PrivatePostgres], private_rabbitmq: Callable[[], servers.PrivateRabbitmq]
) -> Estate:
    postgres, rabbitmq = private_postgres(), private_rabbitmq()
    make_roles(plain(postgres.address))
    rabbitmq.control("add_vhost", "hub120")
    for user, given in PERMISSIONS.items():
        rabbitmq.control("add_user", user, PASSWORD)
        rabbitmq.control(
            "set_permissions", "-p", "hub120", user, *(given[one] for one in ("configure", "write", "read"))
        )
    return Estate(postgres.address, rabbitmq.address)


def make_roles(server: str) -> None:
    """What CloudNativePG makes of ``managed.roles`` and ``schemas``."""
    (cluster,) = of_kind(built("overlays/prod"), "Cluster")
    (database,) = of_kind(built("overlays/prod"), "Database")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE ROLE hub120")
        connection.execute("CREATE DATABASE hub120 OWNER hub120")
        for role in cluster["spec"]["managed"]["roles"]:
            assert set(role) <= {"name", "login", "connectionLimit", "passwordSecret"}, (
                "no role may do anything special"
            )
            connection.execute(f"CREATE ROLE {role['name']} LOGIN CONNECTION LIMIT {role['connectionLimit']}")
    with psycopg.connect(server.rpartition("/")[0] + "/hub120", autocommit=True) as connection:
        for schema in database["spec"]["schemas"]:
            connection.execute(f"CREATE SCHEMA {schema['name']} AUTHORIZATION {schema['owner']}")


def test_every_service_has_a_role_and_a_user() -> None:
    (cluster,) = of_kind(built("overlays/prod"), "Cluster")
    assert [role["name"] for role in cluster["spec"]["managed"]["roles"]] == list(SERVICES)
    assert set(PERMISSIONS) == set(SERVICES)


def test_a_trial_gives_no_more_than_production() -> None:
    definitions = json.loads((KUBERNETES / "overlays" / "dev" / "definitions.json").read_text())
    given = {one.pop("user"): one for one in definitions["permissions"]}
    assert given == {user: {"vhost": "hub120", **one} for user, one in PERMISSIONS.items()}


@pytest.mark.slow
def test_the_hub_works_with_these_rights_alone(estate: Estate, tmp_path: Path) -> None:
    def own(service: str) -> dict[str, str]:
        if service not in SERVICES:
            return {"HUB120_DATA_DIR": str(tmp_path / service)}
        return {"HUB120_DATABASE": estate.database(service), "HUB120_BUS": estate.bus(service)}

    environment = {**as_in_kubernetes(tmp_path), "HUB120_RETRY_SECONDS": "[0.2, 0.4]"}
    program = [sys.executable, "-m", "chassis.cli"]
    with closing(Outside()) as outside, closing(RunningHub(tmp_path, environment, outside)) as hub:
        hub.environment["PYTHONPATH"] = ":".join(sys.path)
        with running_apart(hub, program, own) as found, desk_of(hub, found, "kim") as desk:
            assert hub.say("가로등이 꺼졌어요").status_code == 200
            item = desk.accept(next(desk.offers()))
            outside.site.next_answers["POST"].append(Answer(503))
            desk.reply(item.case_id, "내일 고치겠습니다.")
            eventually(lambda: "내일 고치겠습니다." in outside.site.texts(), 30, "the reply at the site")
            desk.finish(item.id, seen=1)
            eventually(lambda: closed(estate, item.case_id), 30, "intake hearing that the work is done")
            assert hub.say("길에 구멍이 있어요").status_code == 200
            hand_on(hub, desk, desk.accept(next(desk.offers())))
            eventually(lambda: outside.works.handovers, 30, "the department having the case")
    for service in SERVICES:
        with opened(estate, service) as bus:
            assert bus.dead(service) == []


def hand_on(hub: RunningHub, desk: AgentDesk, item: work_pb2.WorkItem) -> None:
    """To a department whose connector intake knows and routing does not."""
    stub = TransferServiceStub(hub.channel)  # type: ignore[no-untyped-call] # generated without hints
    to = transfer_pb2.ToDepartment(department="webhook_department")
    request = transfer_pb2.RequestTransferRequest(work_item_id=item.id, department=to, request_id="r-1")
    stub.RequestTransfer(request, metadata=desk.metadata, timeout=30)


def closed(estate: Estate, case_id: str) -> bool:
    with psycopg.connect(plain(estate.database("intake"))) as connection:
        found = connection.execute("SELECT state FROM intake.cases WHERE id = %s", [case_id]).fetchone()
    return found == ("closed",)


@contextmanager
def opened(estate: Estate, user: str) -> Iterator[Bus]:
    bus = connect(estate.bus(user), retry_delays_s=(0.2, 0.4))
    try:
        yield bus
    finally:
        bus.close()


@pytest.fixture(scope="module")
def declared(estate: Estate) -> Estate:
    """Every queue is there, made by its owner."""
    for user, service in SERVICES.items():
        with opened(estate, user) as bus:
            bus.declare([service.queue, *(Queue(f"connector.web.{kind}") for kind in CONNECTORS[user])])
    return estate


@pytest.mark.parametrize("service", SERVICES)
def test_a_user_does_with_its_own_queues_all_that_a_process_does(declared: Estate, service: str) -> None:
    with opened(declared, service) as bus:
        bus.expect(list(SERVICES))
        for queue in (service, *(f"connector.web.{kind}" for kind in CONNECTORS[service])):
            sent = task(queue)
            bus.publish([sent, event("hub120.nobody.v1.Heard")])
            with reading(bus, queue) as consumer:
                consumer.retry(take_one(consumer), "again")
                consumer.bury(take_one(consumer), "hopeless")
            assert [one.id for one in eventually(lambda: bus.dead(queue), what="the message being dead")] == [sent.id]  # noqa: B023
            assert bus.redrive(queue) == 1
            with reading(bus, queue) as consumer:
                consumer.ack([take_one(consumer)])


@pytest.mark.parametrize("service", SERVICES)
def test_a_user_neither_reads_nor_changes_the_queues_of_others(declared: Estate, service: str) -> None:
    kinds = {kind for other in CONNECTORS.values() for kind in other} - set(CONNECTORS[service])
    others = [*(other for other in SERVICES if other != service), *(f"connector.web.{kind}" for kind in sorted(kinds))]
    with opened(declared, service) as bus:
        for other in others:
            for queue in (other, f"{other}.dead"):
                with pytest.raises(BusUnavailable, match="ACCESS_REFUSED"):
                    bus.consumer(queue, 1)
            with pytest.raises(BusUnavailable, match="ACCESS_REFUSED"):
                bus.declare([Queue(other)])


@pytest.mark.parametrize("service", SERVICES)
def test_a_role_reads_and_changes_nothing_of_others(estate: Estate, service: str) -> None:
    with psycopg.connect(plain(estate.database(service)), autocommit=True) as connection:
        for other in SERVICES:
            if other != service:
                for statement in (f"SELECT * FROM {other}.outbox", f"CREATE TABLE {other}.mine (id text)"):
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        connection.execute(statement)
        for statement in (
            "CREATE SCHEMA mine",
            "CREATE ROLE mine",
            "CREATE DATABASE mine",
            "CREATE TABLE public.mine (id text)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
