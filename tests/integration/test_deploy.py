"""What is in deploy/ agrees with the code and with itself."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
import yaml

from chassis.service import installed
from chassis.settings import Settings
from tests.documents import ROOT
from tests.manifests import BASE, DOCKERFILE, commands, copied, manifests, pods, port, shared_settings

SETTINGS = {f"HUB120_{name.upper()}" for name in Settings.model_fields}
SERVICES = {service.name for service in installed()}
KINDS = ("api", "worker")


def test_kubernetes_runs_an_api_a_worker_and_a_migration_of_every_service() -> None:
    assert commands("Deployment") == [["serve", service, kind] for service in sorted(SERVICES) for kind in KINDS]
    assert commands("Job") == [["migrate", service] for service in sorted(SERVICES)]


def test_settings_in_deploy_are_settings_of_the_code() -> None:
    compose = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())
    assert set(shared_settings()) <= SETTINGS
    assert set(compose["services"]["api"]["environment"]) <= SETTINGS
    assert [compose["services"][kind]["command"] for kind in KINDS] == [["serve", "all", kind] for kind in KINDS]


def test_ports_and_probes_are_those_of_the_settings() -> None:
    wanted = {"http": "HUB120_HTTP_ADDRESS", "grpc": "HUB120_GRPC_ADDRESS", "health": "HUB120_WORKER_ADDRESS"}
    for name, pod in pods("Deployment"):
        container = pod["containers"][0]
        ports = {one["name"]: one["containerPort"] for one in container["ports"]}
        assert ports == {one: port(wanted[one]) for one in ports}, name
        for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
            asked = container[probe].get("grpc", {}).get("port") or container[probe]["httpGet"]["port"]
            assert asked in {*ports, *ports.values()}, name
    exposed = re.search(r"^EXPOSE (.*)$", DOCKERFILE.read_text(), re.MULTILINE)
    assert exposed is not None
    assert sorted(map(int, exposed[1].split())) == sorted(port(variable) for variable in wanted.values())


def test_pods_may_do_nothing_they_need_not() -> None:
    user = re.search(r"^USER (\d+):", DOCKERFILE.read_text(), re.MULTILINE)
    assert user is not None
    accounts = {found["metadata"]["name"] for found in manifests() if found["kind"] == "ServiceAccount"}
    for name, pod in [*pods("Deployment"), *pods("Job")]:
        assert pod["serviceAccountName"] in accounts, name
        assert pod["automountServiceAccountToken"] is False, name
        assert pod["securityContext"]["runAsNonRoot"] is True, name
        assert pod["securityContext"]["runAsUser"] == int(user[1]), name
        container = pod["containers"][0]
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }, name
        assert set(container["resources"]) == {"requests", "limits"}, name


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="kubectl is not installed")
def test_kustomize_builds_the_base() -> None:
    done = subprocess.run(["kubectl", "kustomize", str(BASE)], capture_output=True, text=True, timeout=60, check=True)
    built = list(yaml.safe_load_all(done.stdout))
    assert len(built) == len(manifests()) + 1
    assert {found["metadata"]["labels"]["app.kubernetes.io/part-of"] for found in built} == {"hub120"}


def test_the_image_is_given_what_the_dockerfile_copies() -> None:
    given = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert set(copied()) == given
    assert [name for name in copied() if not (ROOT / name).exists()] == []
