"""What the test servers need of the machine: a user to run as, free ports, programs, and packages when it may."""

from __future__ import annotations

import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import cycle, islice
from pathlib import Path

PORTS = range(21000, 29000)
"""Below the ports that outgoing connections use: else a client that calls a stopped server may reach itself."""


class NotToBeHad(Exception):
    """A server that the tests need is neither named, answering, installed nor installable."""


def free_port() -> int:
    """A loopback port nobody listens on now, and that nobody else was told of."""
    for port in islice(_own_ports(), len(PORTS)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise NotToBeHad(f"no loopback port between {PORTS.start} and {PORTS.stop} is free")


@cache
def _own_ports() -> Iterator[int]:
    """Round and round in an order of this process's own: who was told of a port may be slow to take it. Of processes
    that run tests side by side each has its share."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    share = PORTS[number :: int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))]
    return cycle(random.sample(share, len(share)))


def make_folder(user: str | None) -> Path:
    """A new folder for a server's files, belonging to the user it runs as."""
    folder = Path(tempfile.mkdtemp(prefix="hub120-tests-"))
    if user is not None:
        shutil.chown(folder, user)
    return folder


def service_user(preferred: str) -> str | None:
    """Whom to run a server as: nobody else when we are not root (servers refuse root), else ``preferred``."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return preferred if preferred in known else "nobody"


def as_user(user: str | None, command: Sequence[str]) -> list[str]:
    """The command line that runs ``command`` as that user."""
    if user is None:
        return list(command)
    if shutil.which("setpriv"):
        return ["setpriv", f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}", "--clear-groups", *command]
    return ["runuser", "-u", user, "--", *command]


def start(user: str | None, command: Sequence[str], folder: Path, extra: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a server in a process group of its own, its output in ``folder/output``."""
    with (folder / "output").open("ab") as output:
        return subprocess.Popen(
            as_user(user, command),
            cwd=folder,
            env={**os.environ, **extra, "HOME": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def output_of(folder: Path) -> str:
    """The last lines a server wrote, for the message of a failed start."""
    lines = (folder / "output").read_text(errors="replace").splitlines()
    return "\n".join(lines[-20:])


def descendants(pid: int) -> list[int]:
    """The processes below this one, which need not share its process group."""
    listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(child): int(parent) for child, parent in map(str.split, listing.splitlines())}
    found = [pid]
    for one in found:
        found.extend(child for child, parent in parents.items() if parent == one)
    return found[1:]


def kill_all(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL for a process and everything below it, as when a machine loses power."""
    doomed = [process.pid, *descendants(process.pid)]
    for pid in doomed:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    process.wait()


def is_running(pid: int) -> bool:
    """Whether there is such a process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # somebody else's
    return True


def install(package: str) -> None:
    """Install a Debian package when we may; raises ``NotToBeHad`` saying what to do otherwise."""
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not (shutil.which("apt-get") and _runs([*prefix, "true"])):
        raise NotToBeHad(f"{package} is neither answering on loopback nor installed: please install it")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "-y", "--no-install-recommends", package]):
        print(f"tests: apt-get {' '.join(step)}", flush=True)
        done = subprocess.run([*prefix, "apt-get", "-qq", *step], env=environment, check=False)
        if done.returncode != 0:
            raise NotToBeHad(f"{package} could not be installed with apt-get: please install it")


def _runs(command: Sequence[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
