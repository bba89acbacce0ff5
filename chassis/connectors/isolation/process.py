"""The host's side of a connector in a process of its own: starts it, calls it, sends its HTTP requests, ends it.

A call that is not done by its deadline ends the process, and the next call starts another; one that keeps dying is
started less and less often. What else was running in it is a fault, too: those calls may have been done.
"""

from __future__ import annotations

import contextvars
import itertools
import json
import os
import resource
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from hub120_sdk import ConnectorError, Context, Http, Manifest, Retry

from chassis.connectors import operations
from chassis.connectors.errors import BreakerOpen, ConnectorFault, FaultKind, NotConfigured
from chassis.connectors.guards import Monotonic
from chassis.connectors.isolation import wire
from chassis.connectors.operations import Operation, Road

START_DEADLINE_S = 10.0
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
_REQUESTS_AT_ONCE = 32
_SPARE_CPU_S = 10
_START = """
import json, sys
sys.path += [path for path in json.loads(sys.argv[2]) if path not in sys.path]
from chassis.connectors.isolation.child import run
run()
"""


@dataclass(slots=True)
class _Waiting:
    """A call whose answer has not come."""

    context: contextvars.Context
    done: threading.Event = field(default_factory=threading.Event)
    frame: dict[str, Any] | None = None


class ProcessConnector:
    """A connector that lives elsewhere, with the methods of the capabilities its manifest names; as safe to call from
    many threads or greenlets as one that lives here."""

    def __init__(self, manifest: Manifest, module: str, context: Context, monotonic: Monotonic) -> None:
        """Starts the process. Raises what the connector's factory raises, as an SDK error."""
        self._manifest = manifest
        self._module = module
        self._context = context
        self._monotonic = monotonic
        self._turn = threading.Lock()
        self._deaths = 0
        self._not_before = 0.0
        self._closed = False
        self._child: _Child | None = _Child(manifest, module, context)
        for operation in operations.of(manifest.capabilities):
            setattr(self, operation.method, partial(self._call, operation))

    @property
    def confined(self) -> tuple[str, ...]:
        """What the kernel took from the process."""
        return self._child.confined if self._child else ()

    @property
    def pid(self) -> int:
        """The process's id, 0 while there is none."""
        return self._child.pid if self._child else 0

    def close(self) -> None:
        """End the process; no other is started."""
        with self._turn:
            self._closed = True
            if self._child is not None:
                self._child.end()

    def _call(self, operation: Operation, *arguments: Any) -> Any:
        """Call a method there; the host's own checks see to what comes back."""
        limits = self._manifest.limits
        own = {Road.INBOUND: limits.parse_deadline_s, Road.CLASSIFY: limits.classify_deadline_s}
        deadline_s = own.get(operation.road, limits.send_deadline_s)
        child, told = self._living(), [wire.encode(one) for one in arguments]
        try:
            frame = child.call(str(operation), told, deadline_s, self._context.now().isoformat())
            if "error" in frame:
                raise wire.decode_error(frame["error"])
            result = wire.decode(operation.gives, frame.get("value"))
        except wire.Malformed as error:
            raise ConnectorFault(FaultKind.RUBBISH, str(error)) from error
        self._deaths = 0
        return result

    def _living(self) -> _Child:
        """The process, started anew if it has died and its pause is over. Raises ``BreakerOpen``."""
        with self._turn:
            if self._child is not None and self._child.alive:
                return self._child
            if self._closed:
                raise BreakerOpen("the connector's process is closed", LONGEST_PAUSE_S)
            if self._child is not None:
                self._child = None
                self._not_before = self._monotonic() + min(FIRST_PAUSE_S * 2**self._deaths, LONGEST_PAUSE_S)
                self._deaths += 1
            left_s = self._not_before - self._monotonic()
            if left_s > 0 and self._deaths > 1:
                raise BreakerOpen("the connector's process keeps dying and rests for a while", left_s)
            self._child = _Child(self._manifest, self._module, self._context)
            return self._child


class _Child:
    """One process and the socket to it."""

    def __init__(self, manifest: Manifest, module: str, context: Context) -> None:
        self._http: Http = context.http
        self._numbers = itertools.count(1)
        self._waiting: dict[int, _Waiting] = {}
        self._turn = threading.Lock()
        self._requests = threading.Semaphore(_REQUESTS_AT_ONCE)
        self._socket, self._process = _start()
        self.pid = self._process.pid
        self.alive = True
        self._first = _Waiting(contextvars.copy_context())
        self._reader = threading.Thread(target=self._read, name=f"connector {manifest.id} reader", daemon=True)
        self._reader.start()
        self._tell(manifest, module, context)
        self.confined = self._ready()

    def _tell(self, manifest: Manifest, module: str, context: Context) -> None:
        told = {
            "module": module,
            "id": manifest.id,
            "settings": dict(context.settings),
            "secrets": dict(context.secrets),
            "public_url": context.public_url,
            "memory_mb": manifest.limits.memory_mb,
            "now": context.now().isoformat(),
        }
        self._send(told)

    def _ready(self) -> tuple[str, ...]:
        """Wait until it is the connector. Raises what its factory raised."""
        if not self._first.done.wait(START_DEADLINE_S) or self._first.frame is None:
            self.end()
            raise ConnectorFault(FaultKind.DIED, "its process did not start")
        frame = self._first.frame
        if "failed" in frame:
            self.end()
            error = wire.decode_error(frame["failed"])
            raise NotConfigured(f"it could not be made: {error.reason}") if isinstance(error, ConnectorFault) else error
        return tuple(str(one) for one in frame.get("confined", ()))

    def call(self, do: str, arguments: Sequence[Any], deadline_s: float, now: str) -> dict[str, Any]:
        """Call the connector. Raises ``ConnectorFault`` if it is too slow or dies; it is ended then."""
        number, waiting = next(self._numbers), _Waiting(contextvars.copy_context())
        self._waiting[number] = waiting
        try:
            self._allow_cpu(deadline_s)
            self._send({"call": number, "do": do, "arguments": arguments, "now": now})
            if not waiting.done.wait(deadline_s):
                self.end()
                raise ConnectorFault(FaultKind.TOO_SLOW, f"not done within {deadline_s:g} s")
        finally:
            self._waiting.pop(number, None)
        if waiting.frame is None:
            raise ConnectorFault(FaultKind.DIED, "its process ended in the middle of the call")
        return waiting.frame

    def end(self) -> None:
        """Kill the process; its reader collects it."""
        self.alive = False
        self._process.kill()

    def _send(self, frame: Mapping[str, Any]) -> None:
        try:
            with self._turn:
                wire.send(self._socket, frame)
        except OSError as error:
            self.end()
            raise ConnectorFault(FaultKind.DIED, "its process has ended") from error

    def _allow_cpu(self, deadline_s: float) -> None:
        """Let it compute as long as the call may take, and a little more; a loop between calls ends it."""
        try:
            times = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
            used_s = (int(times[11]) + int(times[12])) // os.sysconf("SC_CLK_TCK")
            limit = used_s + int(deadline_s) + _SPARE_CPU_S
            resource.prlimit(self._process.pid, resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
        except (OSError, AttributeError):
            return  # it has just died, or this system has no such limit

    def _read(self) -> None:
        """Take its frames until it ends, then let every call know."""
        try:
            while (frame := wire.receive(self._socket)) is not None:
                self._take(frame)
        except (wire.Malformed, TypeError, KeyError):
            pass  # it speaks nonsense: as good as dead
        self.end()
        self._process.wait()
        self._socket.close()
        for waiting in [self._first, *self._waiting.values()]:
            waiting.done.set()

    def _take(self, frame: dict[str, Any]) -> None:
        if "http" in frame:
            self._request(frame)
        elif "call" in frame:
            self._answered(self._waiting.get(frame["call"]), frame)
        else:
            self._answered(self._first, frame)

    def _answered(self, waiting: _Waiting | None, frame: dict[str, Any]) -> None:
        if waiting is not None and not waiting.done.is_set():
            waiting.frame = frame
            waiting.done.set()

    def _request(self, frame: dict[str, Any]) -> None:
        """Send an HTTP request for it, on a thread of its own and within the trace of the call it belongs to."""
        if not self._requests.acquire(blocking=False):
            busy = wire.encode_error(Retry("too many requests at once"))
            return self._send({"http": frame["http"], "error": busy})
        waiting = self._waiting.get(frame["call"])
        context = waiting.context.copy() if waiting else contextvars.copy_context()
        work: Callable[[], None] = lambda: context.run(self._exchange, frame)  # noqa: E731
        threading.Thread(target=work, name="connector request", daemon=True).start()
        return None

    def _exchange(self, frame: dict[str, Any]) -> None:
        try:
            told: dict[str, Any] = {"answer": wire.encode(self._http.request(**_asked(frame)))}
        except ConnectorError as error:
            told = {"error": wire.encode_error(error)}
        except (TypeError, ValueError, KeyError) as error:
            told = {"error": wire.encode_error(error)}
        finally:
            self._requests.release()
        try:
            self._send({"http": frame["http"], **told})
        except ConnectorFault:
            return  # it died meanwhile: nobody waits for this answer


def _asked(frame: dict[str, Any]) -> dict[str, Any]:
    """The arguments of the request. Raises ``TypeError``, ``ValueError`` or ``KeyError`` for nonsense."""
    return {
        "method": wire.decode(str, frame["method"]),
        "url": wire.decode(str, frame["url"]),
        "headers": wire.decode(Mapping[str, str], frame["headers"]),
        "body": wire.decode(bytes, frame["body"]),
        "timeout_s": min(wire.decode(float, frame["timeout_s"]), START_DEADLINE_S * 6),
    }


def _start() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """A Python without environment, home or open files but its end of the socket."""
    ours, theirs = socket.socketpair()
    with theirs:
        paths = json.dumps([os.path.abspath(path) for path in sys.path])
        process = subprocess.Popen(  # noqa: S603 (our own interpreter and code)
            [sys.executable, "-I", "-c", _START, str(theirs.fileno()), paths],
            pass_fds=[theirs.fileno()],
            env={"LANG": "C.UTF-8"},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    return ours, process
