"""The grades that connectors earned: what ``hub120 connectors check`` saw last, for exactly the code that it ran.

A grade stands beside a fingerprint of the connector's package and of the kit. When either is another now, the connector
is unchecked again: nothing here is claimed, all of it was executed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hub120_sdk.testing import Grade  # the kit is not loaded for reading what it gave

_FILE = "grades.json"
_KIT = "hub120_sdk"
_PASSING = {"__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}


@dataclass(frozen=True, slots=True)
class Earned:
    """One connector's last grade."""

    grade: str
    on: str
    """The day it was earned."""
    connector: str
    """The fingerprint of the package that earned it."""
    kit: str
    """The fingerprint of the kit that gave it."""


def fingerprint(package: str) -> str:
    """What changes with any file of a package; the package is not imported, only those that hold it."""
    digest = hashlib.sha256()
    for path in _files(package):
        digest.update(f"{path.name}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _files(package: str) -> Iterator[Path]:
    spec = find_spec(package)
    for folder in (spec and spec.submodule_search_locations) or ():
        yield from sorted(path for path in Path(folder).rglob("*") if path.is_file() and not _PASSING & {*path.parts})


class Grades:
    """Those of one installation, in a file of its data directory."""

    def __init__(self, data_dir: Path, fingerprint_of: Callable[[str], str] = fingerprint) -> None:
        """``fingerprint_of`` may remember what it read where the code is not to change meanwhile."""
        self._path = data_dir / _FILE
        self._fingerprint = fingerprint_of

    def of(self, connector: str, package: str) -> Earned | None:
        """What the connector earned as it is now, None if that was never looked at."""
        earned = self._read().get(connector)
        current = earned and earned.connector == self._fingerprint(package) and earned.kit == self._fingerprint(_KIT)
        return earned if current else None

    def remember(self, connector: str, package: str, grade: Grade, now: datetime) -> None:
        """Write down what was earned. Raises ``OSError`` where nothing can be written."""
        earned = Earned(grade.name.lower(), now.date().isoformat(), self._fingerprint(package), self._fingerprint(_KIT))
        known = {**self._read(), connector: earned}
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        new = self._path.with_suffix(".new")
        new.write_text(json.dumps({name: asdict(one) for name, one in sorted(known.items())}, indent=1))
        new.replace(self._path)

    def _read(self) -> Mapping[str, Earned]:
        """A file that is missing or torn is as good as an empty one."""
        try:
            return {name: Earned(**one) for name, one in json.loads(self._path.read_text()).items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}
