"""What is in deploy/, read for tests: the objects for Kubernetes, their settings, and what the image is given."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import pytest
import yaml

from tests.documents import ROOT
from tests.servers import kubectl
from tests.servers.machine import NotToBeHad

KUBERNETES = ROOT / "deploy" / "k8s"
BASE = KUBERNETES / "base"
DOCKERFILE = ROOT / "deploy" / "Dockerfile"
OVERLAYS = ("dev", "prod")

Object = Mapping[str, Any]


@cache
def built(place: str = "base") -> Sequence[Object]:
    """Every object of the base, or of ``overlays/…``. Where there is no kubectl its test is skipped, but not in CI."""
    try:
        drawn = kubectl.kustomize(str(KUBERNETES / place))
    except NotToBeHad as problem:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(problem))
    return tuple(yaml.load_all(drawn, yaml.CSafeLoader))


def of_kind(objects: Sequence[Object], *kinds: str) -> Iterator[Object]:
    """Those of these kinds."""
    return (found for found in objects if found["kind"] in kinds)


def name(found: Object) -> str:
    """What it is called."""
    return str(found["metadata"]["name"])


def pods(objects: Sequence[Object], *kinds: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The pods that objects of these kinds make."""
    return ((name(found), found["spec"]["template"]["spec"]) for found in of_kind(objects, *kinds))


def labels_of_pods(found: Object) -> Mapping[str, str]:
    """The labels of the pods that an object makes."""
    labels: Mapping[str, str] = found["spec"]["template"]["metadata"]["labels"]
    return labels


def selects(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    """Whether a label selector takes pods with these labels."""
    alike = selector.get("matchLabels", {}).items() <= labels.items()
    return alike and all(
        one["operator"] == "In" and labels.get(one["key"]) in one["values"]
        for one in selector.get("matchExpressions", [])
    )


def shared_settings() -> dict[str, str]:
    """What all processes share in Kubernetes."""
    lines = [line for line in (BASE / "settings.env").read_text().splitlines() if not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def port(variable: str) -> int:
    """The port of an address among them."""
    return int(shared_settings()[variable].rpartition(":")[2])


def commands(kind: str) -> list[list[str]]:
    """What the containers of these objects of the base run: the arguments of ``hub120``."""
    return sorted(pod["containers"][0]["args"] for _, pod in pods(_written(), kind))


def secrets_of(deployment: str) -> set[str]:
    """The Secrets from which a Deployment of the base takes settings."""
    (pod,) = (pod for called, pod in pods(_written(), "Deployment") if called == deployment)
    return {one["secretRef"]["name"] for one in pod["containers"][0]["envFrom"] if "secretRef" in one}


def _written() -> list[Object]:
    """The base as it is written, for which no kubectl is needed."""
    files = [path for path in BASE.glob("*.yaml") if path.name != "kustomization.yaml"]
    return [one for path in files for one in yaml.safe_load_all(path.read_text())]


def copied() -> list[str]:
    """What the Dockerfile copies from this folder."""
    lines = re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE.read_text(), re.MULTILINE)
    return [name for line in lines for name in line.split()]
