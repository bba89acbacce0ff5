"""A hub of real processes for a measurement, embedded or on PostgreSQL and RabbitMQ; nothing of it stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.surroundings import PREFIX, surroundings
from chassis.auth import LocalIssuer
from chassis.crypto import Keyring
from tests.servers.machine import free_port

ROOT = Path(__file__).parent.parent
SECRET = "whsec_b25lIHNlY3JldCBmb3IgYm90aCBzaWRlcw=="
READY_S, LEAVE_S = 120.0, 30.0


class Hub:
    """Ports, settings and processes of one hub."""

    def __init__(self, folder: Path, extra: Mapping[str, str]) -> None:
        self.folder = folder
        self.http_port, self.grpc_port, self.worker_port = free_port(), free_port(), free_port()
        self.environment = {
            **{name: found for name, found in os.environ.items() if not name.startswith("HUB120_")},
            "HUB120_DATA_DIR": str(folder),
            "HUB120_HTTP_ADDRESS": f"127.0.0.1:{self.http_port}",
            "HUB120_GRPC_ADDRESS": f"127.0.0.1:{self.grpc_port}",
            "HUB120_WORKER_ADDRESS": f"127.0.0.1:{self.worker_port}",
            "HUB120_PUBLIC_URL": f"http://127.0.0.1:{self.http_port}",
            "HUB120_CONNECTOR_WEB_REPLY_URL": "http://127.0.0.1:9/replies",
            "HUB120_CONNECTOR_WEB_SIGNING_SECRET": SECRET,
            "HUB120_LOG_LEVEL": "warning",
            **extra,
        }
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def command(self, *arguments: str) -> None:
        """Run ``hub120`` with these arguments to its end."""
        subprocess.run(_command(arguments), env=self.environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)

    def start(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        """Start ``hub120`` with these arguments as a process to be known by a name."""
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(_command(arguments), env=self.environment, cwd=ROOT, stdout=log, stderr=log)
        self.processes[name] = process
        return process

    def wait_ready(self) -> None:
        """Until the api and the worker say that they are ready; ``AssertionError`` with what they wrote if not."""
        waiting, deadline = [self.http_port, self.worker_port], time.perf_counter() + READY_S
        while waiting:
            waiting = [port for port in waiting if not _ready(port)]
            alive = all(process.poll() is None for process in self.processes.values())
            if not alive or time.perf_counter() > deadline:
                raise AssertionError(f"the hub did not start:\n{self.log()}")
            time.sleep(0.01)

    def log(self) -> str:
        """The last that its processes wrote."""
        return "\n".join(path.read_text()[-3000:] for path in sorted(self.folder.glob("*.log")))

    def stop(self) -> None:
        """SIGTERM to all, and wait."""
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(timeout=LEAVE_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes.clear()

    def metadata(self, subject: str, *roles: str) -> tuple[tuple[str, str], ...]:
        """What a caller sends with each call."""
        token = LocalIssuer(self.folder / "token.key").issue(subject, roles, 3600)
        return (("authorization", f"Bearer {token}"),)


def _command(arguments: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "chassis.cli", *arguments]


def _ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def hub_of_its_own(mode: str, extra: Mapping[str, str] | None = None) -> Iterator[Hub]:
    """An api and a worker process, migrated and ready. ``mode`` is ``embedded`` or ``distributed``."""
    if mode == "embedded":
        with tempfile.TemporaryDirectory(prefix=PREFIX) as folder, _running(Hub(Path(folder), extra or {})) as hub:
            yield hub
        return
    with surroundings() as around:
        around.keyring()
        environment = {
            "HUB120_DATABASE": around.database,
            "HUB120_BUS": around.bus,
            "HUB120_KEYS_FILE": str(around.folder / "keyring.json"),
            "HUB120_TOKEN_KEY_FILE": str(around.folder / "token.key"),
            **(extra or {}),
        }
        with _running(Hub(around.folder, environment)) as hub:
            yield hub


@contextmanager
def _running(hub: Hub) -> Iterator[Hub]:
    if not (hub.folder / "keyring.json").exists():
        Keyring.create(hub.folder / "keyring.json")
    hub.metadata("nobody", "agent")  # makes the key of tokens, which only the embedded mode makes by itself
    hub.command("migrate")
    try:
        for kind in ("api", "worker"):
            hub.start(kind, "serve", "all", kind)
        hub.wait_ready()
        yield hub
    except BaseException:
        print(hub.log(), file=sys.stderr)
        raise
    finally:
        hub.stop()
