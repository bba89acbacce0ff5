"""The one PostgreSQL and the one RabbitMQ that a whole test session uses, over all its worker processes.

What is named in the environment or answers on its usual loopback port is used as it is. Otherwise the first worker that
needs a server starts a keeper (``python -m tests.servers keep``), which starts it, writes its address down, and ends it
when the session's process is gone, however that went.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.servers import postgres, rabbitmq
from tests.servers.machine import NotToBeHad, install, is_running
from tests.waiting import eventually

ROOT = Path(__file__).parents[2]
KEEPER_DEADLINE_S = 900
"""Long, since a keeper may have to install packages."""

KEEPERS: list[subprocess.Popen[bytes]] = []
"""Held on to: they outlive this process on purpose."""


class Private(Protocol):
    """A server of our own, running."""

    address: str

    def remove(self) -> None:
        """End it and remove its files."""


@dataclass(frozen=True)
class Kind:
    """A kind of server: where to look for it, and how to get one."""

    title: str
    variable: str
    usual: str
    package: str
    answers: Callable[[str], bool]
    programs: Callable[[], object]
    private: Callable[[], Private]

    def found(self) -> str | None:
        """The named one, else the usual one. A named one that does not answer is an error."""
        named = os.environ.get(self.variable)
        if not named:
            return self.usual if self.answers(self.usual) else None
        if not self.answers(named):
            raise NotToBeHad(f"{self.variable} is set, but nothing answers there: start that server, or unset it")
        return named


POSTGRES = Kind(
    title="PostgreSQL",
    variable="HUB120_TEST_POSTGRES",
    usual="postgresql+psycopg://postgres@127.0.0.1:5432/postgres",
    package="postgresql",
    answers=postgres.answers,
    programs=postgres.programs,
    private=postgres.PrivatePostgres,
)
RABBITMQ = Kind(
    title="RabbitMQ",
    variable="HUB120_TEST_AMQP",
    usual="amqp://guest:guest@127.0.0.1:5672/%2F",
    package="rabbitmq-server",
    answers=rabbitmq.works,
    programs=rabbitmq.program,
    private=rabbitmq.PrivateRabbitmq,
)


def postgres_server() -> str:
    """Address of the session's PostgreSQL."""
    return POSTGRES.found() or kept(POSTGRES)


def amqp_server() -> str:
    """Address of the session's RabbitMQ."""
    return RABBITMQ.found() or kept(RABBITMQ)


def make_sure(kind: Kind) -> None:
    """Say where the tests will find this kind of server, after installing it where nothing else helps."""
    if address := kind.found():
        print(f"tests: {kind.title} answers at {address.rpartition('@')[2]}", flush=True)
        return
    install_if_missing(kind)
    print(f"tests: {kind.title} does not answer on its usual port; the tests start one of their own", flush=True)


def install_if_missing(kind: Kind) -> None:
    """Raises ``NotToBeHad`` when its programs are neither here nor to be installed."""
    if not kind.programs():
        install(kind.package)
    if not kind.programs():
        raise NotToBeHad(f"{kind.package} was installed, but its programs were not found")


def session_process() -> int:
    """The process whose end is the session's end: pytest itself, or what started this pytest-xdist worker."""
    return os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()


def kept(kind: Kind) -> str:
    """The address of the session's own server of this kind, started by whoever asks first."""
    folder = Path(tempfile.gettempdir()) / f"hub120-session-{session_process()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    note = folder / kind.package
    with locked(folder / f"{kind.package}.lock"):
        if not (note.exists() and kind.answers(note.read_text())):
            note.unlink(missing_ok=True)
            start_keeper(kind, note)
    return note.read_text()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Alone among the session's processes."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def start_keeper(kind: Kind, note: Path) -> None:
    """Start a keeper that outlives this worker and wait for the address it writes, or for the reason it has not."""
    command = [sys.executable, "-m", "tests.servers", "keep", kind.package, str(note), str(session_process())]
    output = note.with_suffix(".output")
    with output.open("wb") as stream:
        keeper = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, start_new_session=True
        )
    KEEPERS.append(keeper)
    eventually(lambda: note.exists() or keeper.poll() is not None, KEEPER_DEADLINE_S, f"{kind.title} starting")
    if not note.exists():
        raise NotToBeHad(output.read_text().strip())


def keep(package: str, note: Path, session: int) -> None:
    """Start a server, write its address, and remove both when the session's process has ended."""
    kind = next(kind for kind in (POSTGRES, RABBITMQ) if kind.package == package)
    install_if_missing(kind)
    server = kind.private()
    try:
        written = note.with_suffix(".new")
        written.write_text(server.address)
        written.rename(note)
        while is_running(session):
            time.sleep(0.5)
    finally:
        server.remove()
        shutil.rmtree(note.parent, ignore_errors=True)
