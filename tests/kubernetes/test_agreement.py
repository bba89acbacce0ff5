"""Services in code, manifests, ports, routes, network policies, scaling and secrets agree with each other."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
import yaml

from chassis import auth
from chassis.process import ALONE
from chassis.service import installed
from tests.documents import ROOT
from tests.kubernetes.test_schemas import PLACES
from tests.manifests import (
    KUBERNETES,
    OVERLAYS,
    Object,
    built,
    commands,
    labels_of_pods,
    name,
    of_kind,
    pods,
    port,
    selects,
    shared_settings,
)

SERVICES = [service.name for service in installed()]
KEEPING = [service.name for service in installed() if not service.front]
PORTS = {"http": "HUB120_HTTP_ADDRESS", "grpc": "HUB120_GRPC_ADDRESS", "health": "HUB120_WORKER_ADDRESS"}
PROD, DEV = (f"overlays/{overlay}" for overlay in ("prod", "dev"))
Edge = tuple[str, str]


def test_kubernetes_runs_an_api_of_every_service_and_a_worker_and_a_migration_of_those_that_keep_something() -> None:
    apis, workers = (
        [["serve", one, kind] for one in names] for kind, names in (("api", SERVICES), ("worker", KEEPING))
    )
    assert commands("Deployment") == sorted([*apis, *workers])
    assert commands("Job") == [["migrate", service] for service in KEEPING]
    resources = set(yaml.safe_load((KUBERNETES / "base" / "kustomization.yaml").read_text())["resources"])
    assert resources - {"attachments.yaml"} == {f"{service}.yaml" for service in SERVICES}


def test_ports_are_those_of_the_settings() -> None:
    for called, pod in pods(built(), "Deployment"):
        for one in pod["containers"][0]["ports"]:
            assert one["containerPort"] == port(PORTS[one["name"]]), called
    for service in of_kind(built(), "Service"):
        for one in service["spec"]["ports"]:
            assert one["port"] == port(PORTS[one["targetPort"]]), name(service)


def test_services_are_called_where_their_pods_are() -> None:
    for called in SERVICES:
        setting = f"HUB120_{called.upper()}_ADDRESS"
        assert called == "console" or shared_settings()[setting] == f"{called}:{port('HUB120_GRPC_ADDRESS')}"


def calls_in_code() -> set[Edge]:
    """Who opens a connection to whom: every call names the setting with the other's address."""
    edges = set()
    for service in SERVICES:
        source = "".join(path.read_text() for path in (ROOT / "services" / service).rglob("*.py"))
        edges |= {(service, called.lower()) for called in re.findall(r'"HUB120_([A-Z]+)_ADDRESS"', source)}
        if 'f"HUB120_{area.upper()}_ADDRESS"' in source:
            edges |= {(service, called) for called in KEEPING}
    return {(caller, called) for caller, called in edges if called in SERVICES}


def policies() -> list[Object]:
    return list(of_kind(built(PROD), "NetworkPolicy"))


def allowed(direction: str, towards: str, workload: str, number: int) -> set[str]:
    """The Deployments that may talk to (``ingress``) or be called by (``egress``) the pods of one, at a port."""
    found = {name(one): one for one in of_kind(built(PROD), "Deployment")}
    labels = labels_of_pods(found[workload])
    names = {one["containerPort"]: one["name"] for one in _container(found[workload])["ports"]}
    peers: set[str] = set()
    for policy in policies():
        if not selects(policy["spec"]["podSelector"], labels):
            continue
        for rule in policy["spec"].get(direction, []):
            ports = {one["port"] for one in rule["ports"]} if "ports" in rule else {number}
            if ports & {number, names.get(number) if direction == "ingress" else number}:
                peers |= {called for called, one in found.items() if _takes(rule[towards], labels_of_pods(one))}
    return peers


def _container(found: Object) -> Any:
    return found["spec"]["template"]["spec"]["containers"][0]


def _takes(peers: Sequence[Any], labels: Any) -> bool:
    return any(set(peer) == {"podSelector"} and selects(peer["podSelector"], labels) for peer in peers)


def test_network_policies_let_call_whoever_calls_in_the_code_and_nobody_else() -> None:
    number = port("HUB120_GRPC_ADDRESS")
    heard = {
        (caller.removesuffix("-api"), service)
        for service in SERVICES
        for caller in allowed("ingress", "from", f"{service}-api", number)
    }
    called = {
        (service, other.removesuffix("-api"))
        for service in SERVICES
        for other in allowed("egress", "to", f"{service}-api", number)
    }
    assert heard == called == calls_in_code()
    for service in KEEPING:
        assert allowed("egress", "to", f"{service}-worker", number) == set()


def test_nothing_else_may_talk_to_anything() -> None:
    for overlay in OVERLAYS:
        everything = [
            one for one in of_kind(built(f"overlays/{overlay}"), "NetworkPolicy") if name(one) == "default-deny"
        ]
        assert [one["spec"] for one in everything] == [{"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}]
    for policy in policies():
        for direction, towards in (("ingress", "from"), ("egress", "to")):
            assert all(rule[towards] and "policyTypes" in policy["spec"] for rule in policy["spec"].get(direction, []))


def test_only_services_that_keep_something_reach_the_database_and_the_broker() -> None:
    for number in (5432, 5671):
        reaching = {called for called in _workloads() if _may_reach(called, number)}
        assert reaching == {f"{service}-{kind}" for service in KEEPING for kind in ("api", "worker", "migrate")}


def _workloads() -> dict[str, Object]:
    return {name(one): one for one in of_kind(built(PROD), "Deployment", "Job")}


def _may_reach(called: str, number: int) -> bool:
    labels = labels_of_pods(_workloads()[called])
    return any(
        selects(policy["spec"]["podSelector"], labels) and {"port": number} in rule.get("ports", [])
        for policy in policies()
        for rule in policy["spec"].get("egress", [])
    )


def services_for_people() -> dict[str, set[str]]:
    """By area, the gRPC services with a method that somebody other than a service may call."""
    found: dict[str, set[str]] = {}
    for area in KEEPING:
        package = importlib.import_module(f"hub120.{area}.v1")
        for module in pkgutil.iter_modules(package.__path__):
            if module.name.endswith("_pb2"):
                contract = importlib.import_module(f"hub120.{area}.v1.{module.name}").DESCRIPTOR
                for service in contract.services_by_name.values():
                    if set().union(*auth.rules([service]).values()) - {"service"}:
                        found.setdefault(area, set()).add(service.full_name)
    return found


def test_front_ends_reach_what_people_may_call_and_nothing_else() -> None:
    routed = {
        rule["backendRefs"][0]["name"]: {match["method"]["service"] for match in rule["matches"]}
        for route in of_kind(built(PROD), "GRPCRoute")
        for rule in route["spec"]["rules"]
    }
    assert routed == services_for_people()


def test_routes_lead_to_ports_that_are_there() -> None:
    services = {name(one): {each["port"] for each in one["spec"]["ports"]} for one in of_kind(built(PROD), "Service")}
    for route in of_kind(built(PROD), "HTTPRoute", "GRPCRoute"):
        for rule in route["spec"]["rules"]:
            assert all(back["port"] in services[back["name"]] for back in rule["backendRefs"]), name(route)


def test_whatever_grows_is_there_and_its_queues_are_its_own() -> None:
    deployments = {name(one): one for one in of_kind(built(PROD), "Deployment")}
    for scaler in scalers():
        target = deployments.pop(scaler["spec"]["scaleTargetRef"]["name"])
        assert "replicas" not in target["spec"], name(scaler)
        if name(scaler).endswith("-worker"):
            service = name(scaler).removesuffix("-worker")
            first, *others = (trigger["metadata"]["queueName"] for trigger in scaler["spec"]["triggers"])
            assert first == service
            assert all(re.fullmatch(r"\^connector\\\..+\$", queue) for queue in others)
    assert set(deployments) == {"collector", "sampler"}


def test_apis_grow_with_streams_that_they_really_tell_of() -> None:
    told = (ROOT / "docs" / "operating.md").read_text()
    for scaler in scalers():
        service, _, kind = name(scaler).rpartition("-")
        asked = [one["metadata"]["query"] for one in scaler["spec"]["triggers"] if one["type"] == "prometheus"]
        streams = f'sum(hub120_rpc_server_streams{{service_name="{service}"}})'
        assert asked == ([] if kind == "worker" else [streams if service in KEEPING else "sum(hub120_console_pages)"])
    assert all(f"| `{metric}` |" in told for metric in ("hub120.rpc.server.streams", "hub120.console.pages"))


def test_the_database_has_room_for_every_process_at_its_most() -> None:
    most = {name(one): one["spec"]["maxReplicaCount"] for one in scalers()}
    (cluster,) = of_kind(built(PROD), "Cluster")
    roles = {role["name"]: role["connectionLimit"] for role in cluster["spec"]["managed"]["roles"]}
    surge = 1
    for service in KEEPING:
        assert roles[service] >= (most[f"{service}-api"] + most[f"{service}-worker"] + 2 * surge) * ALONE
    assert int(cluster["spec"]["postgresql"]["parameters"]["max_connections"]) >= sum(roles.values()) + 50


def scalers() -> Iterator[Object]:
    return of_kind(built(PROD), "ScaledObject")


@pytest.mark.parametrize("place", PLACES)
def test_settings_in_manifests_are_settings_of_the_code(place: str) -> None:
    from chassis.settings import Settings  # noqa: PLC0415

    known = {f"HUB120_{setting.upper()}" for setting in Settings.model_fields}
    for found in of_kind(built(place), "ConfigMap", "Secret"):
        given = {**found.get("data", {}), **found.get("stringData", {})}
        assert {key for key in given if key.startswith("HUB120_")} <= known, name(found)


def test_production_makes_every_secret_that_a_pod_wants() -> None:
    objects = built(PROD)
    made = {one["spec"].get("secretName", name(one)) for one in of_kind(objects, "Certificate", "ExternalSecret")}
    made |= {"database-ca"}  # by CloudNativePG, after the cluster's name
    wanted = set(_secrets(objects))
    assert wanted <= made, sorted(wanted - made)


def _secrets(value: Any) -> Iterator[str]:
    """Every Secret that is named anywhere below."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "secretName" and isinstance(inner, str):
                yield inner
            elif key in {"secretRef", "importCredentialsSecret", "passwordSecret", "secretKeyRef"}:
                yield inner["name"]
            else:
                yield from _secrets(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _secrets(inner)


def test_collectors_are_put_together_of_parts_that_they_have() -> None:
    folder = KUBERNETES / "components" / "collector"
    for path in folder.glob("*.conf.yaml"):
        parts = yaml.safe_load(path.read_text())
        for pipeline in parts["service"]["pipelines"].values():
            for room, names in pipeline.items():
                assert set(names) <= set(parts[room]), path.name
