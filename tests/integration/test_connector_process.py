"""A connector in a process of its own: the same contract, and no way out of it.

Runs in greenlets too, see ``test_connector_host_in_greenlets.py``.
"""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest
from hub120_sdk import (
    Address,
    AddressKind,
    Attachment,
    Content,
    Inbound,
    Outbound,
    Received,
    Request,
    Response,
    Retry,
)
from hub120_sdk.testing import Answer, Provider

from chassis import telemetry
from chassis.connectors.errors import BreakerOpen, ConnectorFault, FaultKind
from chassis.connectors.host import Host
from chassis.connectors.isolation.process import ProcessConnector
from chassis.connectors.registry import Found, Registry
from chassis.connectors.runner import Runner, ThreadRunner
from chassis.connectors.states import Readiness
from tests.jailbird import MANIFEST
from tests.waiting import eventually

CITIZEN = Address(AddressKind.ACCOUNT, "1")
REPLY = Outbound("r-1", CITIZEN, "가\U0001f642" * 2_000)
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
linux = pytest.mark.skipif(
    platform.system() != "Linux" or platform.machine() not in {"x86_64", "aarch64"}, reason="the jail is Linux's"
)


def runner() -> Runner:
    if os.environ.get("HUB120_TEST_RUNNER") == "greenlets":
        made: Runner = import_module("chassis.connectors.greenlets").GreenletRunner()
        return made
    return ThreadRunner()


class Time:
    """A monotonic clock that tests move."""

    def __init__(self) -> None:
        self.now_s = 1_000.0

    def __call__(self) -> float:
        return self.now_s


def start(provider: Provider, clock: Time | None = None, **settings: str) -> Host:
    found = Found(MANIFEST, "tests.jailbird", None)
    given = {"api": provider.url, "token": "hush-hush", **settings}
    environ = {f"HUB120_CONNECTOR_JAILBIRD_{name.upper()}": value for name, value in given.items()}
    registry = Registry({"jailbird": found})
    return Host(registry, environ, lambda: NOW, runner=runner(), monotonic=clock or Time())


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with Provider() as provider:
        yield provider


@pytest.fixture(scope="module")
def host(provider: Provider) -> Iterator[Host]:
    host = start(provider)
    yield host
    host.close()


def attempt(host: Host, trick: str) -> str:
    [told] = host.parse("jailbird", Request("POST", "https://hub.example/channels/jailbird", {}, trick.encode()))
    assert isinstance(told, Inbound)
    return told.text


def test_records_come_and_go_unchanged(host: Host, provider: Provider) -> None:
    assert host.fetch("jailbird", Attachment("x")) == Content(bytes(range(256)) * 1000, "image/png", "08:30")
    received = Received(Inbound("1", CITIZEN, occurred_at=NOW), "c", "26-0KX3M-7QHMZ", True, (REPLY,))
    assert host.answer("jailbird", Request("GET", "x", {"a": "b"}), [received]) == Response.json(["26-0KX3M-7QHMZ"])


def test_its_requests_go_out_through_the_host_in_the_callers_trace(host: Host, provider: Provider) -> None:
    provider.script([Answer(200, b"sid-7")])
    with telemetry.span("test"):
        assert host.send("jailbird", REPLY).provider_id == "sid-7"
        assert telemetry.trace_id() in provider.seen[0].headers["traceparent"]
    assert provider.seen[0].body.decode() == REPLY.text
    assert [call.call for call in host.calls("jailbird")][-2:] == ["http", "send"]


def test_errors_keep_their_kind(host: Host, provider: Provider) -> None:
    assert "Rejected" in attempt(host, "get https://elsewhere.example/")
    assert "Rejected" in attempt(host, "get http://169.254.169.254/latest/meta-data")
    provider.script([Answer(dropped=True)])
    with pytest.raises(Retry):
        host.send("jailbird", REPLY)


def test_it_has_no_environment_and_no_open_files_of_the_host(host: Host) -> None:
    assert set(attempt(host, "environment").split()) <= {"LANG", "LC_CTYPE"}
    assert "hush-hush" not in attempt(host, "arguments")
    assert len(attempt(host, "descriptors").split()) == 1


@linux
@pytest.mark.parametrize(
    "trick",
    ["tcp", "unix socket", "program", "fork", "kill", "unlimit", "parent's environment", "password file", "write"],
)
def test_it_cannot_get_out(host: Host, trick: str) -> None:
    outcome = attempt(host, trick)
    assert "PermissionError" in outcome or "not allowed" in outcome or "ValueError" in outcome, outcome
    assert not Path("/tmp/hub120-jailbird").exists()


@linux
@pytest.mark.skipif(platform.machine() != "x86_64", reason="the numbers are x86-64's")
@pytest.mark.parametrize("trick", ["raw socket call", "clone"])
def test_it_cannot_get_out_by_bare_system_calls(host: Host, trick: str) -> None:
    assert attempt(host, trick) == "-1"


@linux
def test_it_cannot_read_the_hubs_files(host: Host, tmp_path: Path) -> None:
    (tmp_path / "intake.db").write_text("citizens")
    assert "PermissionError" in attempt(host, f"read {tmp_path}/intake.db")
    assert host.states()[0].confined == ("memory", "files", "sockets and programs")


def test_it_may_use_threads_but_not_all_memory(host: Host) -> None:
    assert attempt(host, "thread") == "a thread ran"
    assert "MemoryError" in attempt(host, "memory")


@pytest.mark.parametrize("trick", ["forever", "sleep"])
def test_a_call_that_hangs_is_killed_at_its_deadline_and_the_next_one_works(provider: Provider, trick: str) -> None:
    host = start(provider)
    channel = _channel(host)
    first = channel.pid
    with pytest.raises(ConnectorFault) as fault:
        attempt(host, trick)
    assert fault.value.kind is FaultKind.TOO_SLOW
    eventually(lambda: not _lives(first), what="the end of the process")
    assert attempt(host, "thread") == "a thread ran"
    assert channel.pid != first
    host.close()


def test_one_that_keeps_dying_is_started_less_and_less_often(provider: Provider) -> None:
    clock = Time()
    host = start(provider, clock)
    for _ in range(2):
        with pytest.raises(ConnectorFault) as fault:
            attempt(host, "exit")
        assert fault.value.kind is FaultKind.DIED
    with pytest.raises(BreakerOpen) as pause:
        attempt(host, "thread")
    clock.now_s += pause.value.after_s
    assert attempt(host, "thread") == "a thread ran"
    host.close()


def test_system_exit_in_a_call_ends_the_call_alone(host: Host) -> None:
    before = _channel(host).pid
    with pytest.raises(ConnectorFault) as fault:
        attempt(host, "system exit")
    assert fault.value.kind is FaultKind.RAISED
    assert _channel(host).pid == before


def test_one_that_cannot_be_made_is_told_with_the_reason(provider: Provider) -> None:
    host = start(provider, mood="exit")
    [state] = host.states()
    assert state.readiness is Readiness.FAILED
    assert "SystemExit" in state.reason


def test_the_process_ends_with_its_host(provider: Provider) -> None:
    host = start(provider)
    pid = _channel(host).pid
    assert _lives(pid)
    host.close()
    eventually(lambda: not _lives(pid), what="the end of the process")
    with pytest.raises(BreakerOpen):
        attempt(host, "thread")


_KILLED = """
import os, signal, time
from chassis.connectors.isolation.process import ProcessConnector
from hub120_sdk.testing import Bench
def make(manifest, factory, context):
    return ProcessConnector(manifest, "plugins.web", context, time.monotonic)
with Bench("plugins.web", make) as bench:
    print(bench.channel.pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_process_ends_when_its_host_is_killed() -> None:
    environ = {"PYTHONPATH": ":".join(path for path in sys.path if path)}
    done = subprocess.run([sys.executable, "-c", _KILLED], capture_output=True, text=True, env=environ, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    eventually(lambda: not _lives(int(done.stdout)), what="the end of the process")


def _channel(host: Host) -> ProcessConnector:
    running = host.get("jailbird")
    assert running is not None
    assert isinstance(running.connector, ProcessConnector)
    return running.connector


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
