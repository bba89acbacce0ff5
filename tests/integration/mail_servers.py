"""Mail servers that others wrote, for the e-mail connectors: pymap for IMAP, aiosmtpd for SMTP."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope
from imapclient import IMAPClient

from tests.certificates import ANY_HOST
from tests.servers.machine import free_port
from tests.waiting import eventually

USER, PASSWORD = "desk", "mailbox-password"


@dataclass(frozen=True)
class Imap:
    """A running pymap."""

    port: int
    process: subprocess.Popen[bytes]

    @contextmanager
    def client(self) -> Iterator[IMAPClient]:
        with IMAPClient("127.0.0.1", self.port, ssl=False, timeout=10) as client:
            client.login(USER, PASSWORD)
            yield client

    def append(self, *mails: bytes, folder: str = "INBOX", flags: tuple[bytes, ...] = ()) -> None:
        with self.client() as client:
            for mail in mails:
                client.append(folder, mail, flags)

    def flags(self, folder: str = "INBOX") -> dict[int, set[bytes]]:
        with self.client() as client:
            client.select_folder(folder, readonly=True)
            uids = client.search("ALL")
            return {uid: set(flags) - {b"\\Recent"} for uid, flags in client.get_flags(uids).items()}

    def begin_anew(self, folder: str) -> None:
        """A folder of that name without mails, under another UIDVALIDITY."""
        with self.client() as client:
            if client.folder_exists(folder):
                client.delete_folder(folder)
            client.create_folder(folder)


@contextmanager
def pymap(*options: str) -> Iterator[Imap]:
    port = free_port()
    where = ["--host", ANY_HOST, "--port", str(port), "--no-service", "admin", "--no-service", "managesieve"]
    user = ["dict", "--demo-user", USER, "--demo-password", PASSWORD]
    command = [str(Path(sys.executable).with_name("pymap")), *where, *options, *user]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        eventually(lambda: _answers(port), 30, "pymap")
        yield Imap(port, process)
    finally:
        process.kill()
        process.wait()


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


@dataclass
class Took:
    """What an aiosmtpd took, and how it answers."""

    envelopes: list[Envelope] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    to_recipient: str = ""
    to_data: str = "250 2.0.0 taken"

    async def handle_RCPT(self, _: Any, __: Any, envelope: Envelope, address: str, options: list[str]) -> str:
        if self.to_recipient:
            return self.to_recipient
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, _: Any, __: Any, envelope: Envelope) -> str:
        self.envelopes.append(envelope)
        return self.to_data

    def authenticate(self, _: Any, __: Any, ___: Any, ____: str, data: Any) -> AuthResult:
        given = (data.login.decode(), data.password.decode())
        self.logins.append(given)
        return AuthResult(success=given == (USER, PASSWORD), handled=False)


@contextmanager
def smtp_server(trust: ssl.SSLContext | None = None, **options: Any) -> Iterator[tuple[Took, int]]:
    took, port = Took(), free_port()
    controller = Controller(took, ANY_HOST, port, ssl_context=trust, authenticator=took.authenticate, **options)
    controller.start()
    try:
        yield took, port
    finally:
        asyncio.run_coroutine_threadsafe(_sessions_over(), controller.loop).result(10)
        controller.stop()


async def _sessions_over() -> None:
    """Their clients hung up: let that be noticed before the loop ends."""
    if sessions := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(sessions, timeout=5)
    await asyncio.sleep(0)  # their transports close
