"""A connector that tries to break out: the body of a request says how, the text of the message how it went."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from hub120_sdk import (
    Address,
    AddressKind,
    Attachment,
    Content,
    Context,
    Delivery,
    Inbound,
    Isolation,
    Limits,
    Manifest,
    Outbound,
    Receipt,
    Received,
    Register,
    Request,
    Response,
    Setting,
    hookimpl,
)

MANIFEST = Manifest(
    "jailbird",
    "Tries to break out",
    frozenset({"channel"}),
    "tests",
    isolation=Isolation.PROCESS,
    allowed_hosts=("{api}",),
    settings={"api": Setting("a provider"), "mood": Setting("how it is made", required=False)},
    secrets={"token": Setting("a secret")},
    limits=Limits(parse_deadline_s=1.0, send_deadline_s=1.0, memory_mb=256),
)


def _forever() -> str:
    while True:
        pass


def _hoard() -> str:
    return str(len(bytearray(400 * 1024 * 1024)))


def _raw_socket() -> str:
    return str(ctypes.CDLL(None, use_errno=True).syscall(41, socket.AF_INET, socket.SOCK_STREAM, 0))


def _clone() -> str:
    made = ctypes.CDLL(None).syscall(56, signal.SIGCHLD, 0, 0, 0, 0)
    if made == 0:
        os._exit(0)
    return str(made)


def _kill_parent() -> str:
    os.kill(os.getppid(), 0)
    return "could have"


def _unlimit() -> str:
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return "unlimited"


def _thread() -> str:
    told: list[str] = []
    thread = threading.Thread(target=told.append, args=("a thread ran",))
    thread.start()
    thread.join()
    return told[0]


TRICKS: dict[str, Callable[[], str]] = {
    "environment": lambda: " ".join(sorted(os.environ)),
    "arguments": lambda: " ".join(sys.orig_argv),
    "descriptors": lambda: " ".join(str(n) for n in range(3, 4096) if _is_open(n)),
    "tcp": lambda: str(socket.create_connection(("127.0.0.1", 5432), 1)),
    "unix socket": lambda: str(socket.socket(socket.AF_UNIX)),
    "raw socket call": _raw_socket,
    "program": lambda: subprocess.run(["/bin/true"], check=True).args[0],
    "fork": lambda: str(os.fork()),
    "clone": _clone,
    "kill": _kill_parent,
    "unlimit": _unlimit,
    "parent's environment": lambda: Path(f"/proc/{os.getppid()}/environ").read_text(),
    "password file": lambda: Path("/etc/passwd").read_text(),
    "write": lambda: str(Path("/tmp/hub120-jailbird").write_text("was here")),
    "memory": _hoard,
    "thread": _thread,
    "exit": lambda: os._exit(1),
    "system exit": lambda: sys.exit(1),
    "forever": _forever,
    "sleep": lambda: str(threading.Event().wait(60)),
}


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


class Jailbird:
    """The Channel."""

    def __init__(self, context: Context) -> None:
        if context.settings["mood"] == "exit":
            sys.exit(1)
        self._context = context

    def parse(self, request: Request) -> Sequence[Inbound | Receipt]:
        trick = request.body.decode()
        if trick.startswith("read "):
            return [self._told(lambda: Path(trick.removeprefix("read ")).read_bytes().hex())]
        if trick.startswith("get "):
            return [self._told(lambda: self._get(trick.removeprefix("get ")))]
        return [self._told(TRICKS[trick])]

    def _get(self, url: str) -> str:
        return self._context.http.request("GET", url).body.decode()

    def _told(self, trick: Callable[[], str]) -> Inbound:
        try:
            outcome = trick()
        except Exception as error:  # noqa: BLE001
            outcome = f"{type(error).__name__}: {error}"
        return Inbound("1", Address(AddressKind.ACCOUNT, "1"), outcome[:10_000])

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        return Response.json([one.case_number for one in received])

    def send(self, message: Outbound) -> Receipt:
        body = self._context.http.request("POST", self._context.settings["api"], body=message.text.encode()).body
        return Receipt(Delivery.SENT, body.decode() or self._context.secrets["token"])

    def fetch(self, attachment: Attachment) -> Content:
        return Content(bytes(range(256)) * 1000, "image/png", f"{self._context.now():%H:%M}")


@hookimpl
def hub120_connectors(register: Register) -> None:
    register(MANIFEST, Jailbird)
