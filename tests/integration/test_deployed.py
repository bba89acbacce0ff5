"""The processes that deploy/k8s names, started as it says, on what the image holds: a contact goes through."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import grpc
import httpx
import pytest
from hub120.intake.v1 import intake_service_pb2_grpc as intake_grpc

from chassis.auth import LocalIssuer
from chassis.crypto import Keyring
from tests.documents import ROOT
from tests.hub import RunningHub
from tests.image import build
from tests.manifests import commands, shared_settings
from tests.outside import Outside
from tests.servers.machine import free_port
from tests.waiting import eventually

READY_S = 60


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs that the image holds, installed as its Dockerfile installs them."""
    return build(tmp_path_factory.mktemp("image"))


@pytest.mark.slow
def test_the_image_holds_what_is_pinned_and_no_tools_to_build_with(image: Path) -> None:
    bill = json.loads((image.parent / "sbom.cdx.json").read_text())
    listed = {(one["name"], one["version"]) for one in bill["components"]}
    pinned = re.findall(r"^([\w.-]+)==([\w.+!-]+)(.*)$", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    wanted = {(name, version) for name, version, marker in pinned if "sys_platform" not in marker} - dropped(pinned)
    assert wanted <= listed, sorted(wanted - listed)
    assert {"hub120", "hub120-sdk"} <= {name for name, _ in listed}
    assert not list(image.glob("pip*"))


def dropped(pinned: Sequence[tuple[str, str, str]]) -> set[tuple[str, str]]:
    """What is needed to build only, and what other versions of Python need."""
    return {(name, version) for name, version, marker in pinned if name == "setuptools" or "python_full_version" in marker}


@pytest.mark.slow
def test_the_processes_of_kubernetes_carry_a_contact(image: Path, tmp_path: Path) -> None:
    with ExitStack() as ends:
        outside = Outside()
        ends.callback(outside.close)
        hub = RunningHub(tmp_path, as_in_kubernetes(tmp_path), outside)
        ends.callback(hub.stop)
        for command in commands("Job"):
            assert run(image, command, hub.environment).wait(60) == 0
        ports = {(service, kind): listening() for _, service, kind in commands("Deployment")}
        for service in ("intake", "outreach", "referral", "routing", "translation"):
            hub.environment[f"HUB120_{service.upper()}_ADDRESS"] = ports[service, "api"]["HUB120_GRPC_ADDRESS"]
        for command in commands("Deployment"):
            _, service, kind = command
            ends.callback(end, run(image, command, hub.environment | ports[service, kind]))
        for (_, kind), addresses in ports.items():
            eventually(partial(is_ready, health(kind, addresses)), READY_S, f"{kind} at {addresses} being ready")
        hub.http_port = int(ports["intake", "api"]["HUB120_HTTP_ADDRESS"].rpartition(":")[2])
        hub.grpc_port = int(ports["routing", "api"]["HUB120_GRPC_ADDRESS"].rpartition(":")[2])
        desk = hub.agent("kim")
        cases = ends.enter_context(grpc.insecure_channel(ports["intake", "api"]["HUB120_GRPC_ADDRESS"]))
        desk.intake = intake_grpc.IntakeServiceStub(cases)  # type: ignore[no-untyped-call] # generated
        assert hub.say("가로등이 꺼졌어요").status_code == 200
        item = desk.accept(next(desk.offers()))
        desk.reply(item.case_id, "내일 고치겠습니다.")
        eventually(lambda: outside.site.texts() == ["내일 고치겠습니다."], 30, "the reply at the site")


def as_in_kubernetes(folder: Path) -> Mapping[str, str]:
    """What the base says, but with databases, bus, keys and tokens of this machine."""
    Keyring.create(folder / "keyring.json")
    return {
        **shared_settings(),
        "HUB120_DATABASE": f"sqlite:///{folder}/{{service}}.db",
        "HUB120_BUS": f"local:///{folder}/bus.db",
        "HUB120_BLOBS": f"file://{folder}/attachments",
        "HUB120_KEYS_FILE": str(folder / "keyring.json"),
        "HUB120_OIDC_ISSUER": "",
        "HUB120_SERVICE_TOKEN_FILE": str(_service_token(folder)),
        "PYTHONPATH": "",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _service_token(folder: Path) -> Path:
    """What services show each other."""
    file = folder / "service.token"
    file.write_text(LocalIssuer(folder / "token.key").issue("translation", ["service"], 3600))
    return file


def listening() -> dict[str, str]:
    """Addresses of its own for one process."""
    return {f"HUB120_{name}_ADDRESS": f"127.0.0.1:{free_port()}" for name in ("HTTP", "GRPC", "WORKER")}


def health(kind: str, addresses: Mapping[str, str]) -> str:
    listens = {"api": "HUB120_HTTP_ADDRESS", "worker": "HUB120_WORKER_ADDRESS"}
    return f"http://{addresses[listens[kind]]}/readyz"


def is_ready(address: str) -> bool:
    try:
        return httpx.get(address, timeout=3).status_code == 200
    except httpx.TransportError:
        return False


def run(image: Path, arguments: list[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """A process as its container starts it; its working folder belongs to somebody else."""
    return subprocess.Popen([image / "hub120", *arguments], cwd="/", env=environment)


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(timeout=30)
