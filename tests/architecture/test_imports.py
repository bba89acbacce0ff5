"""Who may import whom, where import-linter's contracts (pyproject.toml) cannot say it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.architecture.source import ROOT, foreign, keeping, name, project, python_files, services

PROTOCOLS = {"defusedxml", "holidays", "imapclient", "lingua", "smpplib", "websocket"}
"""Libraries for what providers speak (docs/adr/0005); none of them is of the hub."""
CONNECTORS_MAY_USE = {"hub120_sdk", "plugins", *PROTOCOLS}


def test_the_domain_stands_on_the_standard_library() -> None:
    found = {
        name(path): sorted(strangers)
        for path in python_files("services")
        if path.stem == "domain" or path.parent.name == "domain"
        for strangers in [foreign(path, "services")]
        if strangers
    }
    assert found == {}


def test_the_sdk_needs_pluggy_and_nothing_else() -> None:
    found = {
        name(path): sorted(strangers)
        for path in python_files("sdk")
        if "tests" not in path.parts
        for strangers in [foreign(path, "hub120_sdk", "pluggy")]
        if strangers
    }
    assert found == {}


def test_connectors_need_the_sdk_and_nothing_else_of_the_hub() -> None:
    found = {
        name(path): sorted(strangers)
        for path in python_files("plugins")
        if "tests" not in path.parts
        for strangers in [foreign(path, *CONNECTORS_MAY_USE)]
        if strangers
    }
    assert found == {}


def test_every_service_is_under_the_contract_of_rooms() -> None:
    contracts = project()["tool"]["importlinter"]["contracts"]
    layered = next(contract["containers"] for contract in contracts if contract["type"] == "layers")
    assert sorted(layered) == [f"services.{service}" for service in keeping()]


@pytest.mark.slow
@pytest.mark.parametrize(("room", "strangers"), [("api", {"nameko", "eventlet"}), ("worker", {"grpc"})])
def test_a_process_of_one_kind_never_loads_the_other_kinds_libraries(room: str, strangers: set[str]) -> None:
    having = services() if room == "api" else keeping()
    rooms = ", ".join(f"services.{service}.{room}" for service in having)
    program = f"import sys, {rooms}; print(*{strangers!r} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()) == (0, []), done.stderr


def test_the_contracts_of_imports_are_kept() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter import cli; cli.lint_imports_command(['--no-logo'])"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
