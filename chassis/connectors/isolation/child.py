"""What runs in a connector's process: told on its one socket which connector to be, it is confined, and answers calls.

It has no environment, and its way out is to ask the host for each HTTP request.
"""

from __future__ import annotations

import itertools
import os
import site
import socket
import sys
import sysconfig
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import hub120_sdk
from hub120_sdk import Context, HttpAnswer
from hub120_sdk.hooks import registered

from chassis.connectors.isolation import jail, wire
from chassis.connectors.operations import OPERATIONS

_STACK_BYTES = 2 * 1024 * 1024


class _Link:
    """The socket to the host; threads take turns to write."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._turn = threading.Lock()
        self._numbers = itertools.count()
        self._waiting: dict[int, tuple[threading.Event, list[dict[str, Any]]]] = {}

    def send(self, frame: Mapping[str, Any]) -> None:
        """Write one frame."""
        with self._turn:
            wire.send(self._connection, frame)

    def receive(self) -> dict[str, Any] | None:
        """Read one frame."""
        return wire.receive(self._connection)

    def ask(self, frame: Mapping[str, Any]) -> dict[str, Any]:
        """Ask the host for something and wait: it answers in time, or ends this process."""
        number, done, answer = next(self._numbers), threading.Event(), list[dict[str, Any]]()
        self._waiting[number] = (done, answer)
        self.send({**frame, "http": number})
        done.wait()
        return answer[0]

    def answered(self, frame: dict[str, Any]) -> None:
        """The host answered: wake who asked."""
        done, answer = self._waiting.pop(frame["http"])
        answer.append(frame)
        done.set()


class _Http:
    """The SDK's ``Http``, asked of the host."""

    def __init__(self, link: _Link, current: threading.local) -> None:
        self._link = link
        self._current = current

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        timeout_s: float = 10.0,
    ) -> Any:
        """Let the host send the request."""
        asked = {"method": method, "url": url, "headers": dict(headers or {}), "body": wire.encode(body)}
        call = getattr(self._current, "call", 0)
        answer = self._link.ask({**asked, "timeout_s": timeout_s, "call": call})
        if "error" in answer:
            raise wire.decode_error(answer["error"])
        return wire.decode(HttpAnswer, answer["answer"])


class _Child:
    """One connector and its calls."""

    def __init__(self, link: _Link, told: dict[str, Any]) -> None:
        self._link = link
        self._current = threading.local()
        self._current.at = datetime.fromisoformat(told["now"])
        factory = _factory(told["module"], told["id"])
        http = _Http(link, self._current)
        context = Context(told["settings"], told["secrets"], http, self._now, told["public_url"])
        self._connector = factory(context)

    def _now(self) -> datetime:
        """The host's time when it made the call; on a thread of the connector's own, this machine's."""
        at: datetime = getattr(self._current, "at", None) or datetime.now(UTC)
        return at

    def serve(self) -> None:
        """Answer calls, each on a thread of its own, until the host hangs up."""
        while (frame := self._link.receive()) is not None:
            if "http" in frame:
                self._link.answered(frame)
            else:
                threading.Thread(target=self._answer, args=(frame,), daemon=True).start()

    def _answer(self, frame: dict[str, Any]) -> None:
        self._current.call = frame["call"]
        self._current.at = datetime.fromisoformat(frame["now"])
        try:
            told = {"value": wire.encode(self._do(frame))}
        except BaseException as error:  # noqa: BLE001 (a connector may raise anything; only this call ends)
            told = {"error": wire.encode_error(error)}
        self._link.send({"call": frame["call"], **told})

    def _do(self, frame: dict[str, Any]) -> Any:
        operation = OPERATIONS[frame["do"]]
        arguments = [wire.decode(kind, raw) for kind, raw in zip(operation.takes, frame["arguments"], strict=True)]
        done = getattr(self._connector, operation.method)(*arguments)
        return list(done) if operation.method == "parse" else done


def _factory(module: str, connector_id: str) -> Any:
    name, _, attribute = module.partition(":")
    plugin = import_module(name)
    for part in attribute.split("."):
        plugin = getattr(plugin, part) if part else plugin
    for manifest, factory in registered(plugin, name):
        if manifest.id == connector_id:
            return factory
    raise LookupError(f"{module} registers no {connector_id}")


def _readable(module: str) -> list[str]:
    """Python itself, the hub's own two packages, and the connector's."""
    packages = [str(Path(__file__).parents[1]), str(Path(hub120_sdk.__file__).parent)]
    spec = find_spec(module.partition(":")[0].partition(".")[0])
    packages += list((spec and spec.submodule_search_locations) or [spec.origin if spec and spec.origin else ""])
    python = [sys.base_prefix, *site.getsitepackages(), *sysconfig.get_paths().values(), "/usr", "/lib", "/lib64"]
    return [path for path in [*python, *packages, "/etc/localtime"] if path and path != "/"]


def main(connection: socket.socket) -> None:
    """Be told, be confined, be the connector, serve."""
    threading.stack_size(_STACK_BYTES)
    link = _Link(connection)
    told = link.receive()
    if told is None:
        return
    confined = jail.confine(_readable(told["module"]), [path for path in sys.path if path], told["memory_mb"])
    try:
        child = _Child(link, told)
    except BaseException as error:  # noqa: BLE001 (a connector may raise anything; the host hears of it)
        link.send({"failed": wire.encode_error(error), "confined": confined})
        return
    link.send({"confined": confined})
    child.serve()


def run() -> None:
    """The process: its socket is the first argument. Whatever threads the connector left end with it."""
    try:
        connection = socket.socket(fileno=int(sys.argv[1]))
        connection.setblocking(True)  # a host of greenlets makes its sockets non-blocking
        main(connection)
    finally:
        os._exit(0)
