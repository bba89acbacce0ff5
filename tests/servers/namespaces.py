"""Names of a test's own on a broker that others use too, and their removal.

AMQP cannot list what exists; ``rabbitmqctl`` can, and takes a second. So finished names are removed ten at a time, and
what a killed session left is found by the process id in its names. A broker on another machine keeps them.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import kombu

from tests.servers.machine import is_running

AT_ONCE = 10
PREFIX = "hub120-test-"
_OWNER = re.compile(rf"{PREFIX}(\d+)-")
_LIST = """[io:format("~s ~s~n", [Kind, Name]) ||
    {resource, _, Kind, Name} <- rabbit_amqqueue:list_names() ++ rabbit_exchange:list_names()]."""
_LISTED = re.compile(r"^(queue|exchange) (\S+)$", re.MULTILINE)


def session_prefix() -> str:
    """How the names of this process start."""
    return f"{PREFIX}{os.getpid()}-{uuid4().hex[:6]}."


def own_namespace(server: str, prefix: str) -> str:
    """The address of the broker with names of its own for one test (``?namespace=``)."""
    return f"{server}?namespace={prefix}{uuid4().hex[:8]}."


@contextmanager
def own_bus(server: str, prefix: str) -> Iterator[str]:
    """The address of the broker for one hub. Its queues go with it: a hub has dozens, and a broker that keeps those of
    many runs out of file handles and then answers nobody."""
    address = own_namespace(server, prefix)
    try:
        yield address
    finally:
        remove_namespaces(server, address.rpartition("?namespace=")[2])


class Finished:
    """Namespaces that are not needed any more."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._prefixes: list[str] = []

    def add(self, address: str) -> None:
        """Have the names of this bus address removed, soon."""
        self._prefixes.append(address.rpartition("?namespace=")[2])
        if len(self._prefixes) >= AT_ONCE:
            remove_namespaces(self._server, *self._prefixes)
            self._prefixes.clear()


def remove_namespaces(server: str, *prefixes: str) -> None:
    """Delete the queues and exchanges whose names start with one of these."""
    _remove(server, [one for one in _everything() if one[1].startswith(prefixes)])


def remove_left_over(server: str) -> None:
    """Delete what sessions left whose process is gone."""
    _remove(server, [one for one in _everything() if (owner := _OWNER.match(one[1])) and not is_running(int(owner[1]))])


def _remove(server: str, doomed: list[tuple[str, str]]) -> None:
    if not doomed:
        return
    with kombu.Connection(server, connect_timeout=5) as connection, connection.channel() as channel:
        delete = {"queue": channel.queue_delete, "exchange": channel.exchange_delete}
        for kind, name in doomed:
            delete[kind](name)


def _everything() -> list[tuple[str, str]]:
    """The kind and name of each queue and exchange of this machine's broker."""
    control = shutil.which("rabbitmqctl")
    if control is None:
        return []
    done = subprocess.run(
        [control, "-q", "eval", _LIST], capture_output=True, text=True, check=False, timeout=60
    )  # fmt: skip
    return _LISTED.findall(done.stdout)
