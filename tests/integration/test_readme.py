"""What README.md shows is done here as it stands: its commands in a shell, its agents against a hub, its trace."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests import node
from tests.documents import ROOT, blocks
from tests.otlp import OtlpReceiver, Span
from tests.servers.machine import free_port
from tests.waiting import eventually

ANSWER = "answer: 곧 확인하겠습니다."
SHELL = blocks("README.md", "sh")
HUB = next(code for code in SHELL if "hub120 up" in code)
AGENT = next(code for code in SHELL if "agent.py" in code)
NODE = next(code for code in SHELL if "agent.js" in code)
CITIZEN = next(code for code in SHELL if "ask.py" in code)


@pytest.fixture(scope="module")
def collector() -> Iterator[OtlpReceiver]:
    with OtlpReceiver() as receiver:
        yield receiver


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, collector: OtlpReceiver) -> dict[str, str]:
    """What README's terminals share: other ports and another folder than the usual ones."""
    http, grpc, worker = (f"127.0.0.1:{free_port()}" for _ in range(3))
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("HUB120_")},
        "HUB120_DATA_DIR": str(tmp_path_factory.mktemp("readme")),
        "HUB120_HTTP_ADDRESS": http,
        "HUB120_GRPC_ADDRESS": grpc,
        "HUB120_WORKER_ADDRESS": worker,
        "HUB120_PUBLIC_URL": f"http://{http}",
        "HUB120_CONNECTOR_WEB_REPLY_URL": f"http://127.0.0.1:{free_port()}/replies",
        "HUB120_OTLP_ENDPOINT": collector.endpoint,
        "PYTHONUNBUFFERED": "1",
    }


@contextmanager
def ctrl_c_is_heard() -> Iterator[None]:
    """What is started meanwhile hears Ctrl-C, as it does in a terminal, also where the tests run in the background and
    so ignore it themselves."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def terminal(code: str, environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A terminal in which these commands run; Ctrl-C at the end."""
    shown = Path(environment["HUB120_DATA_DIR"]) / f"terminal-{free_port()}"
    with shown.open("w") as output, ctrl_c_is_heard():
        shell = subprocess.Popen(
            ["bash", "-euo", "pipefail", "-c", code], cwd=ROOT, env=environment, text=True,
            stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        yield shell
        assert shell.poll() is None, f"{code}\nended too early:\n{shown.read_text()}"
    finally:
        if shell.poll() is None:
            os.killpg(shell.pid, signal.SIGINT)
        shell.wait(timeout=30)


@pytest.fixture(scope="module")
def hub(environment: dict[str, str]) -> Iterator[None]:
    """The first terminal."""
    with terminal(HUB, environment) as shell:

        def ready() -> bool:
            if shell.poll() is not None:
                return True  # the terminal says why
            try:
                return httpx.get(f"http://{environment['HUB120_HTTP_ADDRESS']}/readyz").status_code == 200
            except httpx.TransportError:
                return False

        eventually(ready, 60, "hub120 up being ready")
        yield


def asked(environment: dict[str, str]) -> str:
    """What the third terminal shows."""
    return subprocess.run(
        ["bash", "-euc", CITIZEN], cwd=ROOT, env=environment, text=True, capture_output=True, timeout=90, check=True
    ).stdout


@pytest.mark.slow
@pytest.mark.usefixtures("hub")
def test_the_agent_in_python_answers_a_citizen_in_one_trace(
    environment: dict[str, str], collector: OtlpReceiver
) -> None:
    with terminal(AGENT, environment):
        assert ANSWER in asked(environment)
    wanted = tree(blocks("README.md", "text")[0])
    collector.wait_for(lambda receiver: any(wanted <= branches(receiver, root) for root in roots(receiver)), 20)


@pytest.mark.slow
@pytest.mark.usefixtures("hub")
def test_the_agent_in_node_answers_a_citizen(environment: dict[str, str]) -> None:
    node.packages()
    *before, last = AGENT.splitlines()
    assert last == "python examples/agent_python/agent.py"
    assert NODE == "(cd examples/agent_node && npm ci && node agent.js)\n"
    with terminal("\n".join([*before, NODE.replace(" npm ci &&", "")]), environment):
        assert ANSWER in asked(environment)


def roots(receiver: OtlpReceiver) -> list[Span]:
    """Where traces begin."""
    return [span for span in receiver.spans() if not span.parent_id]


def branches(receiver: OtlpReceiver, root: Span) -> set[tuple[str, ...]]:
    """Each span of a trace as the names from its root to itself."""
    spans = {span.span_id: span for span in receiver.spans(root.trace_id)}

    def path(span: Span) -> tuple[str, ...]:
        return (*(path(spans[span.parent_id]) if span.parent_id in spans else ()), span.name)

    return {path(span) for span in spans.values()}


def tree(shown: str) -> set[tuple[str, ...]]:
    """The same from a drawing in which two blanks are one step down."""
    found: list[tuple[str, ...]] = []
    for line in shown.splitlines():
        depth = (len(line) - len(line.lstrip())) // 2
        above = next((path for path in reversed(found) if len(path) == depth), ())
        found.append((*above, line.strip()))
    return set(found)
