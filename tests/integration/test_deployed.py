"""The processes that deploy/k8s names, started as it says, on what the image holds: a contact goes through all four."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
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
from tests.manifests import commands, copied, shared_settings
from tests.outside import Outside
from tests.servers.machine import free_port
from tests.waiting import eventually

READY_S = 60


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """What the image holds beside other people's packages: what the Dockerfile copies, installed as it installs it."""
    source = tmp_path / "src"
    source.mkdir()
    for name in copied():
        if (ROOT / name).is_dir():
            unwanted = shutil.ignore_patterns("__pycache__", "*.egg-info", "build")
            shutil.copytree(ROOT / name, source / name, ignore=unwanted)
        else:
            shutil.copy(ROOT / name, source / name)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command = [*pip, "--no-build-isolation", "--target", str(tmp_path / "site"), "./sdk", "."]
    subprocess.run(command, cwd=source, check=True, timeout=120)
    return tmp_path / "site"


@pytest.mark.slow
def test_the_processes_of_kubernetes_carry_a_contact(image: Path, tmp_path: Path) -> None:
    with ExitStack() as ends:
        outside = Outside()
        ends.callback(outside.close)
        hub = RunningHub(tmp_path, as_in_kubernetes(image, tmp_path), outside)
        ends.callback(hub.stop)
        for command in commands("Job"):
            assert run(command, hub.environment).wait(60) == 0
        ports = {(service, kind): listening() for _, service, kind in commands("Deployment")}
        for service in ("intake", "translation"):
            hub.environment[f"HUB120_{service.upper()}_ADDRESS"] = ports[service, "api"]["HUB120_GRPC_ADDRESS"]
        for command in commands("Deployment"):
            _, service, kind = command
            ends.callback(end, run(command, hub.environment | ports[service, kind]))
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


def as_in_kubernetes(image: Path, folder: Path) -> Mapping[str, str]:
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
        "PYTHONPATH": str(image),
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


def run(arguments: list[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """A process as its container starts it; its working folder belongs to somebody else."""
    return subprocess.Popen([sys.executable, "-m", "chassis.cli", *arguments], cwd="/", env=environment)


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(timeout=30)
