"""The project's own Python files, as the architecture tests read them."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FOLDERS = ("chassis", "services", "plugins", "sdk", "demo", "bench", "tests", "examples", "scripts")


def python_files(*folders: str) -> list[Path]:
    """Every hand-written Python file below these folders of the repository, all of ours when none is named."""
    found = (path for folder in folders or FOLDERS for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if not {"build", ".venv", "node_modules"} & set(path.parts))


def name(path: Path) -> str:
    """A file as messages name it."""
    return str(path.relative_to(ROOT))


def imports(path: Path) -> Iterator[str]:
    """The full names of the modules a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def foreign(path: Path, *allowed: str) -> set[str]:
    """Top-level packages a file imports that are neither of the standard library nor allowed."""
    roots = {module.partition(".")[0] for module in imports(path)}
    return roots - set(sys.stdlib_module_names) - set(allowed)


def project() -> dict[str, Any]:
    """pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def services() -> list[str]:
    """The services that have code."""
    return sorted({path.parent.name for path in (ROOT / "services").glob("*/*.py") if path.name != "__init__.py"})


def keeping() -> list[str]:
    """Those of them that keep data; a front has no tables and no worker."""
    return [service for service in services() if list((ROOT / "services" / service).glob("tables*"))]
