"""A PostgreSQL server of our own: data in a temporary folder, durable, on a loopback port kept over restarts."""

from __future__ import annotations

import glob
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg

from tests.servers import machine
from tests.waiting import eventually

START_DEADLINE_S = 60
DATABASES = "hub120_test_"


def plain(address: str) -> str:
    """The address without SQLAlchemy's driver name, as psycopg wants it."""
    return address.replace("postgresql+psycopg://", "postgresql://", 1)


def answers(address: str) -> bool:
    """Whether a server lets us in at this address."""
    try:
        psycopg.connect(plain(address), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def programs() -> Path | None:
    """The folder of ``initdb`` and ``postgres``, newest first when there are several."""
    folders = [Path(found).parent for found in sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), reverse=True)]
    if shutil.which("pg_config"):
        told = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True).stdout.strip()
        folders.insert(0, Path(told))
    if on_path := shutil.which("postgres"):
        folders.append(Path(on_path).parent)
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


class PrivatePostgres:
    """Starts at once; ``stop``, ``kill``, ``start`` and ``restart`` keep data and address; ``remove`` ends it."""

    def __init__(self) -> None:
        found = programs()
        if found is None:
            raise machine.NotToBeHad("the programs of PostgreSQL (initdb, postgres) were not found: please install it")
        self._programs = found
        self._user = machine.service_user("postgres")
        self._folder = machine.make_folder(self._user)
        self._port = machine.free_port()
        self.address = f"postgresql+psycopg://postgres@127.0.0.1:{self._port}/postgres"
        self._process: subprocess.Popen[bytes] | None = None
        self._create()
        self.start()

    def start(self) -> None:
        """Start, or start again, and wait until it answers."""
        settings = {"port": self._port, "listen_addresses": "127.0.0.1", "unix_socket_directories": self._folder}
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [str(self._programs / "postgres"), "-D", str(self._folder / "data"), *flags]
        self._process = machine.start(self._user, command, self._folder, {})
        eventually(self._is_up, START_DEADLINE_S, f"PostgreSQL on port {self._port} answering")

    def stop(self) -> None:
        """Stop in order, cutting open connections."""
        self._signal(signal.SIGINT)

    def kill(self) -> None:
        """End every process of it at once, with SIGKILL."""
        if self._process is not None:
            machine.kill_all(self._process)
            self._process = None

    def restart(self) -> None:
        """Stop in order and start again."""
        self.stop()
        self.start()

    def remove(self) -> None:
        """Kill it and remove its files."""
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _create(self) -> None:
        options = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync"]
        command = [str(self._programs / "initdb"), "-D", str(self._folder / "data"), *options]
        made = machine.start(self._user, command, self._folder, {})
        if made.wait() != 0:
            raise machine.NotToBeHad(f"initdb failed:\n{machine.output_of(self._folder)}")

    def _is_up(self) -> bool:
        if self._process is None or self._process.poll() is not None:
            raise machine.NotToBeHad(f"PostgreSQL did not start:\n{machine.output_of(self._folder)}")
        return answers(self.address)

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(timeout=60)
            self._process = None


@contextmanager
def own_database(server: str, *, like: str = "") -> Iterator[str]:
    """The address of a new database on the server, dropped again at the end. It is empty, or holds what the database at
    the address ``like`` holds, which nobody may be using."""
    name = f"{DATABASES}{os.getpid()}_{uuid4().hex[:8]}"
    template = like.rpartition("/")[2] or "template1"
    with psycopg.connect(plain(server), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield f"{server.rsplit('/', 1)[0]}/{name}"
    finally:
        with psycopg.connect(plain(server), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def remove_left_over(server: str) -> None:
    """Drop the databases of sessions whose process is gone."""
    with psycopg.connect(plain(server), autocommit=True) as connection:
        found = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [DATABASES])
        for (name,) in found.fetchall():
            owner = name.removeprefix(DATABASES).partition("_")[0]
            if not (owner.isdigit() and machine.is_running(int(owner))):
                connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
