"""A new connector from the template: a project of its own, tested from its first minute."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from hub120_sdk import ManifestError
from hub120_sdk.manifest import NAME

TEMPLATES = {
    "alerts": "plugins._template_alerts",
    "channel": "plugins._template",
    "department": "plugins._template_department",
    "directory": "plugins._template_directory",
    "interpreter": "plugins._template_interpreter",
    "knowledge": "plugins._template_knowledge",
    "listener": "plugins._template_listener",
}
"""By what is wanted. Named, not imported: they are read as files."""
_PROJECT = "project.toml"
_SKIPPED = {"__pycache__"}


def create(name: str, directory: Path, kind: str = "channel") -> Path:
    """Write ``directory/name`` with its ``pyproject.toml`` and package.

    Raises ``ManifestError`` for a name that cannot be one and ``FileExistsError``.
    """
    if not NAME.fullmatch(name):
        raise ManifestError(f"{name!r} must match {NAME.pattern}")
    project = directory / name
    project.mkdir(parents=True)
    named = _Named(TEMPLATES[kind], name)
    (project / "pyproject.toml").write_text(named.text(_folder(TEMPLATES["channel"]).joinpath(_PROJECT)), "utf-8")
    _copy(_folder(TEMPLATES[kind]), project / name, named)
    return project


def _folder(package: str) -> Traversable:
    parent, _, own = package.partition(".")
    return files(parent).joinpath(own)


def _copy(source: Traversable, target: Path, named: _Named) -> None:
    target.mkdir()
    for one in source.iterdir():
        if one.name in _SKIPPED or one.name == _PROJECT:
            continue
        if one.is_dir():
            _copy(one, target / one.name, named)
        else:
            (target / one.name).write_text(named.text(one), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class _Named:
    """A template with the new connector's names in it."""

    template: str
    name: str

    def text(self, source: Traversable) -> str:
        """One file of it."""
        spoken = self.name.replace("_", " ").title()
        text = source.read_text(encoding="utf-8").replace(self.template, self.name)
        text = text.replace("your_connector", self.name).replace("YourConnector", spoken.replace(" ", ""))
        return text.replace("YOUR CONNECTOR", spoken)
