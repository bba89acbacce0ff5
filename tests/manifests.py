"""What is in deploy/, read for tests: the objects of the Kubernetes base, its settings, and what the image is given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from tests.documents import ROOT

BASE = ROOT / "deploy" / "k8s" / "base"
DOCKERFILE = ROOT / "deploy" / "Dockerfile"


def manifests() -> list[dict[str, Any]]:
    """Every object of the base."""
    files = [path for path in BASE.glob("*.yaml") if path.name != "kustomization.yaml"]
    return [found for path in files for found in yaml.safe_load_all(path.read_text())]


def pods(kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The pods that objects of this kind make."""
    for found in manifests():
        if found["kind"] == kind:
            yield found["metadata"]["name"], found["spec"]["template"]["spec"]


def shared_settings() -> dict[str, str]:
    """What all processes share in Kubernetes."""
    lines = [line for line in (BASE / "settings.env").read_text().splitlines() if not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def port(variable: str) -> int:
    """The port of an address among them."""
    return int(shared_settings()[variable].rpartition(":")[2])


def commands(kind: str) -> list[list[str]]:
    """What the containers of these objects run: the arguments of ``hub120``."""
    return sorted(pod["containers"][0]["args"] for _, pod in pods(kind))


def copied() -> list[str]:
    """What the Dockerfile copies from this folder."""
    lines = re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE.read_text(), re.MULTILINE)
    return [name for line in lines for name in line.split()]
