"""The hub's services apart, as Kubernetes starts them: a process for each Deployment of the base, on its own ports."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import grpc
import httpx
from hub120.intake.v1 import intake_service_pb2_grpc as intake_grpc

from chassis.auth import LocalIssuer
from chassis.crypto import Keyring
from tests.hub import AgentDesk, RunningHub
from tests.manifests import commands, secrets_of, shared_settings
from tests.servers.machine import free_port
from tests.waiting import eventually

READY_S = 60
Addresses = Mapping[tuple[str, str], Mapping[str, str]]
"""Where each process listens, by service and kind, as its settings say it."""


def as_in_kubernetes(folder: Path) -> dict[str, str]:
    """What the base says, but with keys and tokens of this machine."""
    if not (folder / "keyring.json").exists():
        Keyring.create(folder / "keyring.json")
    token = folder / "service.token"
    token.write_text(LocalIssuer(folder / "token.key").issue("services", ["service"], 3600))
    return {
        **shared_settings(),
        "HUB120_BLOBS": f"file://{folder}/attachments",
        "HUB120_KEYS_FILE": str(folder / "keyring.json"),
        "HUB120_OIDC_ISSUER": "",
        "HUB120_SERVICE_TOKEN_FILE": str(token),
    }


@contextmanager
def running_apart(
    hub: RunningHub, program: Sequence[str | Path], own: Callable[[str], Mapping[str, str]] = lambda service: {}
) -> Iterator[Addresses]:
    """Migrate, start every process and wait until all are ready; ``own`` is what a service alone is told."""
    with ExitStack() as ends:
        for command in commands("Job"):
            assert start(program, command, {**hub.environment, **own(command[1])}).wait(120) == 0, command
        found: Addresses = {(service, kind): _listening() for _, service, kind in commands("Deployment")}
        for service, kind in found:
            if kind == "api":
                hub.environment[f"HUB120_{service.upper()}_ADDRESS"] = found[service, kind]["HUB120_GRPC_ADDRESS"]
        for command in commands("Deployment"):
            _, service, kind = command
            given = {**_known_to(f"{service}-{kind}", hub.environment), **own(service), **found[service, kind]}
            process = start(program, command, given)
            ends.callback(end, process)
        for (service, kind), addresses in found.items():
            eventually(partial(is_ready, health(kind, addresses)), READY_S, f"the {kind} of {service} being ready")
        hub.http_port = _port(found["intake", "api"]["HUB120_HTTP_ADDRESS"])
        hub.grpc_port = _port(found["routing", "api"]["HUB120_GRPC_ADDRESS"])
        yield found


@contextmanager
def desk_of(hub: RunningHub, found: Addresses, name: str) -> Iterator[AgentDesk]:
    """An agent at work, whose front end reaches routing and intake where they are."""
    desk = hub.agent(name)
    with grpc.insecure_channel(found["intake", "api"]["HUB120_GRPC_ADDRESS"]) as channel:
        desk.intake = intake_grpc.IntakeServiceStub(channel)  # type: ignore[no-untyped-call] # generated
        yield desk


def health(kind: str, addresses: Mapping[str, str]) -> str:
    """Where a process says whether it is ready."""
    listens = {"api": "HUB120_HTTP_ADDRESS", "worker": "HUB120_WORKER_ADDRESS"}
    return f"http://{addresses[listens[kind]]}/readyz"


def is_ready(address: str) -> bool:
    """Whether it says so."""
    try:
        return httpx.get(address, timeout=3).status_code == 200
    except httpx.TransportError:
        return False


def start(
    program: Sequence[str | Path], arguments: Sequence[str], environment: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    """A process as its container starts it; its working folder belongs to somebody else."""
    return subprocess.Popen([*program, *arguments], cwd="/", env=environment)


def end(process: subprocess.Popen[bytes]) -> None:
    """SIGTERM, and wait."""
    process.terminate()
    process.wait(timeout=60)


def _known_to(deployment: str, environment: Mapping[str, str]) -> dict[str, str]:
    """Settings of channels and departments are known to those alone who are given them."""
    knows = "hub120-connectors" in secrets_of(deployment)
    return {name: value for name, value in environment.items() if knows or not name.startswith("HUB120_CONNECTOR_")}


def _listening() -> dict[str, str]:
    return {f"HUB120_{name}_ADDRESS": f"127.0.0.1:{free_port()}" for name in ("HTTP", "GRPC", "WORKER")}


def _port(address: str) -> int:
    return int(address.rpartition(":")[2])
