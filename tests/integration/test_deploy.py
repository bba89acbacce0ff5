"""What is in deploy/ for a builder of images, and for one machine, agrees with the code."""

from __future__ import annotations

import re

import yaml

from chassis.service import installed
from chassis.settings import Settings
from tests.documents import ROOT
from tests.image import instructions
from tests.manifests import DOCKERFILE, copied, port

SETTINGS = {f"HUB120_{name.upper()}" for name in Settings.model_fields}
KINDS = ("api", "worker")
COMPOSE = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())


def test_settings_of_compose_are_settings_of_the_code() -> None:
    assert set(COMPOSE["services"]["api"]["environment"]) <= SETTINGS


def test_compose_runs_all_services_in_an_api_and_a_worker() -> None:
    assert [COMPOSE["services"][kind]["command"] for kind in KINDS] == [["serve", "all", kind] for kind in KINDS]
    assert any(service.front for service in installed()), "the console is one of them"


def test_compose_opens_its_ports_to_this_machine_alone_and_names_versions() -> None:
    for name, service in COMPOSE["services"].items():
        assert all(one.startswith("127.0.0.1:") for one in service.get("ports", [])), name
        assert re.search(r":\d", service["image"]) or service["image"] == "hub120", name


def test_the_image_exposes_the_ports_of_the_settings() -> None:
    (exposed,) = (rest for _, word, rest in instructions() if word == "EXPOSE")
    wanted = [port(f"HUB120_{name}_ADDRESS") for name in ("HTTP", "GRPC", "WORKER")]
    assert sorted(map(int, exposed.split())) == sorted(wanted)


def test_the_last_stage_builds_nothing_and_runs_as_nobody_in_particular() -> None:
    last = [(word, rest) for stage, word, rest in instructions() if stage == "" and word not in {"ARG", "FROM"}]
    assert [rest for word, rest in last if word == "COPY"] == ["--from=build /opt/hub120 /opt/hub120"]
    (run,) = (rest for word, rest in last if word == "RUN")
    assert run.startswith("python -m pip uninstall")
    assert ("USER", "10120:10120") in last


def test_the_image_says_what_it_is() -> None:
    (labels,) = (rest for _, word, rest in instructions() if word == "LABEL")
    named = dict(re.findall(r'([\w.]+)="([^"]*)"', labels))
    project = (ROOT / "pyproject.toml").read_text()
    assert named["org.opencontainers.image.licenses"] in project
    assert f'version = "{_argument("VERSION")}"' in project
    assert named["hub120.sbom"] in DOCKERFILE.read_text().partition("FROM ${PYTHON}\n")[0]


def _argument(name: str) -> str:
    (value,) = re.findall(rf"^ARG {name}=(.*)$", DOCKERFILE.read_text(), re.MULTILINE)
    return str(value)


def test_the_image_is_given_what_the_dockerfile_copies() -> None:
    given = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert set(copied()) == given
    assert [name for name in copied() if not (ROOT / name).exists()] == []
