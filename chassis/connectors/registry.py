"""Finding connectors: built-ins that the caller passes in, and packages that announce themselves by an entry point.

Whatever is wrong with one, be it ``SystemExit`` at import, is recorded with its name and reason and stops no other. A
package whose manifest asks for a process of its own is not even imported here: the manifest is read as a file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points, version
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from hub120_sdk import ENTRY_POINT_GROUP, Factory, Isolation, Manifest
from hub120_sdk.hooks import registered

from chassis.connectors.runner import attempt


@dataclass(frozen=True, slots=True)
class Found:
    """A connector that can be run: ``module`` names its plugin, ``factory`` is absent if only a process imports it,
    ``version`` is that of the package that it comes in."""

    manifest: Manifest
    module: str
    factory: Factory | None
    version: str = ""

    @property
    def package(self) -> str:
        """The Python package that holds it."""
        return self.module.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Refused:
    """A connector or plugin that cannot be run, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Registry:
    """What was found, by id, and what was refused."""

    found: Mapping[str, Found] = field(default_factory=dict)
    refused: tuple[Refused, ...] = ()


def discover(built_in: Sequence[ModuleType] = (), group: str = ENTRY_POINT_GROUP) -> Registry:
    """Everything installed, built-ins first: of two with the same id the first stays."""
    search = _Search()
    own = version("hub120") if built_in else ""
    for module in built_in:
        search.take(module.__name__, module.__name__, lambda module=module: module, own)  # type: ignore[misc]
    for point in entry_points(group=group):
        search.announced(point)
    return Registry(search.found, tuple(search.refused))


def built_in(group: str = "hub120.built_in") -> list[ModuleType]:
    """The connectors that come with the hub, announced by its own package."""
    return [module for found in entry_points(group=group) for module in found.load()]


class _Search:
    """What has been found so far."""

    def __init__(self) -> None:
        self.found: dict[str, Found] = {}
        self.refused: list[Refused] = []

    def announced(self, point: EntryPoint) -> None:
        """Take a package in by its entry point, unimported where its manifest says so."""
        comes_in = point.dist.version if point.dist else ""
        alone = attempt(lambda: _isolated_manifest(point.module))
        if alone.raised is None and alone.value is not None:
            self._add(Found(alone.value, point.value, None, comes_in))
        else:
            self.take(point.name, point.value, point.load, comes_in)

    def take(self, name: str, module: str, load: Callable[[], object], comes_in: str) -> None:
        """Import a plugin, call its hook, and take in what it registers."""
        ended = attempt(lambda: registered(load(), name))
        if ended.raised is not None:
            self.refused.append(Refused(name, f"{type(ended.raised).__name__}: {ended.raised}"))
            return
        if not ended.value:
            self.refused.append(Refused(name, "its hook hub120_connectors is missing or registers nothing"))
        for manifest, factory in ended.value:
            self._check(name, module, manifest, factory, comes_in)

    def _check(self, name: str, module: str, manifest: object, factory: object, comes_in: str) -> None:
        if not isinstance(manifest, Manifest):
            self.refused.append(Refused(name, f"registers a {type(manifest).__name__}, not a Manifest"))
        elif not callable(factory):
            self.refused.append(Refused(manifest.id, "its factory cannot be called"))
        else:
            self._add(Found(manifest, module, factory, comes_in))

    def _add(self, found: Found) -> None:
        other = self.found.setdefault(found.manifest.id, found)
        if other is not found:
            self.refused.append(Refused(found.manifest.id, f"{found.module} has the id of {other.module}, which stays"))


def _isolated_manifest(module: str) -> Manifest | None:
    """The manifest beside a top-level package, if it asks for a process of its own; nothing is imported."""
    spec = find_spec(module) if "." not in module else None
    for folder in (spec and spec.submodule_search_locations) or ():
        path = Path(folder) / "manifest.toml"
        if path.is_file():
            manifest = Manifest.parse(path.read_text(encoding="utf-8"))
            return manifest if manifest.isolation is Isolation.PROCESS else None
    return None
