"""A partner's connector in a clean environment with only the SDK, and then in the hub, in a process of its own."""

from __future__ import annotations

import hashlib
import hmac
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hub120_sdk import Inbound, Request

from chassis.connectors.host import Host
from chassis.connectors.registry import discover
from chassis.connectors.states import Readiness
from tests.documents import blocks

ROOT = Path(__file__).parents[2]
RIVER = [
    "river_app",
    "river_faq",
    "river_gauge",
    "river_guides",
    "river_help",
    "river_level",
    "river_machine",
    "river_words",
    "river_works",
]
EXAMPLE = ROOT / "examples" / "partner_connector"


@pytest.fixture(scope="module")
def venv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the SDK and the example, each installed from its own wheel."""
    folder = tmp_path_factory.mktemp("partner")
    for name, source in (("sdk", ROOT / "sdk"), ("example", EXAMPLE)):
        copy = shutil.copytree(
            source, folder / name, ignore=shutil.ignore_patterns("build", "*.egg-info", "__pycache__")
        )
        _uv(
            "build",
            "--wheel",
            "--no-build-isolation",
            "--python",
            sys.executable,
            "-o",
            str(folder / "wheels"),
            str(copy),
        )
    _uv("venv", "--python", sys.executable, str(folder / "venv"))
    wheels = [str(wheel) for wheel in (folder / "wheels").glob("*.whl")]
    _uv("pip", "install", "--python", str(folder / "venv"), *wheels)
    return folder / "venv"


def _uv(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "uv", "--no-progress", *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"uv {arguments[0]}: {done.stdout}{done.stderr}"
    return done.stdout


def test_the_sdk_is_all_it_needs(venv: Path) -> None:
    installed = {line.split("==")[0] for line in _uv("pip", "freeze", "--python", str(venv)).splitlines()}
    assert {line.split(" @ ")[0] for line in installed} == {"hub120-sdk", "naru-board-hub120", "pluggy"}


def test_the_kit_grades_it_there(venv: Path) -> None:
    command = [str(venv / "bin" / "python"), "-I", "-m", "hub120_sdk.testing", "naru_board"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={}, cwd="/")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip().endswith("naru_board: gold")


def test_the_hub_finds_it_and_runs_it_without_importing_it(venv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [packages] = (venv / "lib").glob("python*/site-packages")
    monkeypatch.setattr(sys, "path", [*sys.path, str(packages)])
    registry = discover()
    assert "naru_board" in registry.found, registry.refused
    assert "naru_board" not in sys.modules
    environ = {
        "HUB120_CONNECTOR_NARU_BOARD_API_URL": "https://board.naru.example/api",
        "HUB120_CONNECTOR_NARU_BOARD_WEBHOOK_KEY": "naru-webhook-key-5c1e",
        "HUB120_CONNECTOR_NARU_BOARD_API_TOKEN": "token",
    }
    now = datetime.now(UTC)
    host = Host(registry, environ, lambda: now, enabled=["naru_board"])
    try:
        _post_is_read(host, now)
    finally:
        host.close()
    assert "naru_board" not in sys.modules


def _post_is_read(host: Host, now: datetime) -> None:
    [state] = [state for state in host.states() if state.id == "naru_board"]
    assert state.readiness is Readiness.READY, state.reason
    body = (EXAMPLE / "naru_board" / "fixtures" / "post_created.json").read_bytes()
    request = Request("POST", "https://hub.example/channels/naru_board", {}, body)
    [post] = host.parse("naru_board", replace(request, headers={"x-naru-signature": _signed(body, now)}))
    assert isinstance(post, Inbound)
    assert post.text.startswith("자전거 도로 파임")


def _signed(body: bytes, now: datetime) -> str:
    """As the board signs, written down here once more."""
    timestamp = str(int(now.timestamp()))
    signature = hmac.new(b"naru-webhook-key-5c1e", f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={timestamp},v1={signature}"


def written(folder: Path) -> set[str]:
    """The files of the tutorial, each block of code that begins with its name; returns the connectors."""
    for code in blocks("docs/writing-a-connector.md"):
        named = re.match(r"# (\S+/\S+)\n", code)
        if named:
            path = folder / named[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(code)
            (path.parent / "__init__.py").touch()
    return {path.parent.name for path in folder.glob("*/manifest.toml")}


@pytest.mark.parametrize("connector", RIVER)
def test_the_tutorial_s_connectors_are_gold_with_the_sdk_alone(venv: Path, tmp_path: Path, connector: str) -> None:
    assert written(tmp_path) == set(RIVER)
    command = [str(venv / "bin" / "python"), "-m", "hub120_sdk.testing", connector]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={}, cwd=tmp_path)
    assert done.stdout.strip().endswith(f"{connector}: gold"), done.stdout + done.stderr


def test_the_tutorial_s_connectors_are_found_by_their_entry_points() -> None:
    project = next(
        code for code in blocks("docs/writing-a-connector.md", "toml") if code.startswith("# pyproject.toml")
    )
    announced = tomllib.loads(project)["project"]["entry-points"]["hub120.connectors"]
    assert set(announced) == set(RIVER)


def test_its_code_names_nothing_but_the_sdk() -> None:
    for path in EXAMPLE.rglob("*.py"):
        for name in ("chassis", "services", "plugins", "hub120.", "nameko", "grpc"):
            assert f"import {name}" not in path.read_text(), f"{path} imports {name}"
            assert f"from {name}" not in path.read_text(), f"{path} imports {name}"
