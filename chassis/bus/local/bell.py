"""Waking across processes without polling: a sleeper binds a Unix datagram socket, whoever has news sends it a byte.

The kernel closes a dead process's sockets, so a bell also tells whether its owner still lives: that is the lease on
messages in hand. A lost ring costs nothing but time, because sleepers look by themselves every ``POLL_S`` too.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import socket
import tempfile
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

POLL_S = 0.25
"""The longest a sleeper relies on being woken."""


def bell_directory(file: Path) -> Path:
    """Where the bells of one bus file hang: beside it, or in the temporary directory when no socket can be bound there.

    The path may be too long (kernels take 104 to 108 bytes), or the file system, shared with a virtual machine, have
    no sockets. Every process tries the same and so finds the same.
    """
    beside = file.with_name(file.name + ".bells")
    elsewhere = Path(tempfile.gettempdir()) / f"hub120-bells-{_digest(str(file))}"
    for directory in (beside, elsewhere):
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(OSError):
            Bell(directory, "").close()
            return directory
    raise OSError(f"no socket can be bound in {beside} nor in {elsewhere}")


def _digest(text: str) -> str:
    return hashlib.blake2s(text.encode(), digest_size=4).hexdigest()


class Bell:
    """One sleeper's socket; ``name`` is unique and says what it listens for."""

    def __init__(self, directory: Path, topic: str) -> None:
        self.name = f"{_digest(topic)}.{uuid4().hex[:16]}"
        self._path = directory / self.name
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            self._socket.bind(str(self._path))
        except OSError:
            self._socket.close()
            raise

    def wait(self, timeout_s: float) -> bool:
        """Sleep until rung, at most ``timeout_s``; say whether it rang. Rings that came before count."""
        try:
            self._socket.settimeout(max(timeout_s, 0.0))
            self._socket.recv(1)
            self._socket.settimeout(0.0)
            while True:
                self._socket.recv(1)
        except TimeoutError:
            return False
        except (OSError, EOFError):  # nothing more to take (BlockingIOError), or closed by another thread or greenlet
            return True

    def close(self) -> None:
        """Take the bell down; its owner counts as gone from now on."""
        self._socket.close()
        self._path.unlink(missing_ok=True)


class Ringer:
    """Rings the bells of a directory and takes down those whose owner died."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)

    def ring(self, topics: Iterable[str]) -> None:
        """Wake everyone who listens for one of ``topics``."""
        wanted = {_digest(topic) for topic in topics}
        with contextlib.suppress(FileNotFoundError):
            for name in os.listdir(self._directory):
                if name.partition(".")[0] in wanted:
                    self.rings(name)

    def rings(self, name: str) -> bool:
        """Ring one bell; False when its owner is dead or gone. A full socket still has a living owner."""
        path = self._directory / name
        try:
            self._socket.sendto(b"!", str(path))
        except ConnectionRefusedError:
            path.unlink(missing_ok=True)
            return False
        except FileNotFoundError:
            return False
        except OSError:
            return True
        return True

    def close(self) -> None:
        """Let go of the sending socket."""
        self._socket.close()
