"""What every pod keeps to: Pod Security "restricted", probes, limits, budgets, spread, and time enough to leave."""

from __future__ import annotations

import inspect
import re
from typing import Any

import pytest

from chassis.grpc_host.server import serve as serve_grpc
from chassis.http_host.server import serve as serve_http
from tests.documents import ROOT
from tests.kubernetes.test_schemas import PLACES
from tests.manifests import DOCKERFILE, Object, built, labels_of_pods, name, of_kind, pods, selects

WORKLOADS = ("Deployment", "StatefulSet", "Job")
RUNNING = ("Deployment", "StatefulSet")
CLOSING_S = 10
"""What a process takes to give everything back after its servers have left."""
each_place = pytest.mark.parametrize("place", PLACES)


@each_place
def test_pods_are_restricted(place: str) -> None:
    for called, pod in pods(built(place), *WORKLOADS):
        assert pod["automountServiceAccountToken"] is False, called
        assert pod["serviceAccountName"] in {name(one) for one in of_kind(built(place), "ServiceAccount")}, called
        assert pod["securityContext"]["runAsNonRoot"] is True, called
        assert pod["securityContext"]["runAsUser"] > 0, called
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}, called
        assert not {"hostNetwork", "hostPID", "hostIPC", "initContainers"} & set(pod), called
        kinds = {kind for volume in pod.get("volumes", []) for kind in set(volume) - {"name"}}
        assert kinds <= {"secret", "configMap", "emptyDir", "persistentVolumeClaim", "projected"}, called
        for container in pod["containers"]:
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }, called
            assert set(container["resources"]) == {"requests", "limits"}, called
            assert not [one for one in container["ports"] if "hostPort" in one] if "ports" in container else True


def test_namespaces_demand_what_the_pods_keep_to() -> None:
    for overlay in PLACES[1:]:
        (namespace,) = of_kind(built(overlay), "Namespace")
        assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"


def test_pods_of_the_hub_run_as_the_user_of_the_image() -> None:
    user = re.search(r"^USER (\d+):", DOCKERFILE.read_text(), re.MULTILINE)
    assert user is not None
    assert {pod["securityContext"]["runAsUser"] for _, pod in pods(built(), *WORKLOADS)} == {int(user[1])}


@each_place
def test_images_have_a_version(place: str) -> None:
    images = [container["image"] for _, pod in pods(built(place), *WORKLOADS) for container in pod["containers"]]
    images += [
        one["spec"].get("image") or one["spec"]["imageName"]
        for one in of_kind(built(place), *("RabbitmqCluster", "Cluster"))
    ]
    assert [image for image in images if not re.search(r":v?\d[\w.-]+$|@sha256:[0-9a-f]{64}$", image)] == []


@each_place
def test_what_runs_is_asked_how_it_is(place: str) -> None:
    for called, pod in pods(built(place), *RUNNING):
        for container in pod["containers"]:
            ports = {one["name"]: one["containerPort"] for one in container["ports"]}
            for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
                (way,) = {"grpc", "httpGet", "tcpSocket", "exec"} & set(container[probe])
                asked = container[probe][way].get("port")
                assert way == "exec" or asked in {*ports, *ports.values()}, (called, probe)
            assert container["livenessProbe"] != container["readinessProbe"], called


@each_place
def test_disruptions_leave_somebody(place: str) -> None:
    budgets = list(of_kind(built(place), "PodDisruptionBudget"))
    for found in of_kind(built(place), "Deployment"):
        (budget,) = [one for one in budgets if selects(one["spec"]["selector"], labels_of_pods(found))]
        assert budget["spec"]["maxUnavailable"] == 1, name(found)


@each_place
def test_pods_are_spread(place: str) -> None:
    for found in of_kind(built(place), "Deployment"):
        spread = found["spec"]["template"]["spec"]["topologySpreadConstraints"]
        assert spread[0]["topologyKey"] == "kubernetes.io/hostname", name(found)
        for one in spread:
            assert selects(one["labelSelector"], labels_of_pods(found)), name(found)
            alone = {**one["labelSelector"].get("matchLabels", {}), **dict.fromkeys(one.get("matchLabelKeys", []))}
            assert {"app.kubernetes.io/name", "app.kubernetes.io/component"} <= set(alone), name(found)


def default(function: Any, parameter: str) -> float:
    return float(inspect.signature(function).parameters[parameter].default)


def test_an_api_has_time_to_leave() -> None:
    needed = max(default(serve, "drain_s") + default(serve, "grace_s") for serve in (serve_grpc, serve_http))
    for found in apis(built()):
        pod = found["spec"]["template"]["spec"]
        waits = float(pod["containers"][0]["lifecycle"]["preStop"]["exec"]["command"][1])
        assert pod["terminationGracePeriodSeconds"] >= waits + needed + CLOSING_S


def apis(objects: Any) -> list[Object]:
    return [found for found in of_kind(objects, "Deployment") if name(found).endswith("-api")]


def test_a_worker_has_time_to_finish_what_the_most_patient_connector_is_asked() -> None:
    manifests = [path.read_text() for path in ROOT.glob("plugins/[a-z]*/manifest.toml")]
    longest = max(float(found) for text in manifests for found in re.findall(r"send_deadline_s = ([\d.]+)", text))
    for called, pod in pods(built(), "Deployment"):
        if called.endswith("-worker"):
            assert pod["terminationGracePeriodSeconds"] >= longest + CLOSING_S, called
