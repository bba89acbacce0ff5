"""Packages made of a connector, its manifest and its table, as the kit finds them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hub120_sdk import Manifest, hookimpl


@pytest.fixture
def make_package(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Make one; gone after the test."""
    names: list[str] = []

    def made(connector: type, manifest: Manifest, suite: object, peer: object = None) -> str:
        name = f"kit_model_{len(names)}"
        spec = spec_from_file_location(name, tmp_path / "__init__.py", submodule_search_locations=[str(tmp_path)])
        assert spec is not None
        package, conformance = module_from_spec(spec), ModuleType(f"{name}.tests.conformance")
        (tmp_path / "README.md").write_text("A model.")

        @hookimpl
        def hub120_connectors(register: Any) -> None:
            register(manifest, connector)

        vars(package)["hub120_connectors"] = hub120_connectors
        vars(conformance).update({"suite": suite} if peer is None else {"suite": suite, "peer": peer})
        modules = {name: package, f"{name}.tests": ModuleType(f"{name}.tests"), conformance.__name__: conformance}
        sys.modules.update(modules)
        names.extend(modules)
        return name

    yield made
    for name in names:
        del sys.modules[name]
