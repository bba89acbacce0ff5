"""House rules that a machine can check cheaply, and ruff does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.source import FOLDERS, ROOT, name, python_files

VAGUE_NAMES = {"utils", "util", "common", "helpers", "helper", "manager", "misc"}
MOST_LINES = 400
LEFT_FOR_LATER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b(?!\(#\d+\))")
OF_ONE_MACHINE = re.compile(r"/work/|/root/|pypi\.org|pythonhosted|registry\.npmjs|deb\.debian|index-url https?:")
TEXTS = (".py", ".sh", ".md", ".toml", ".txt", ".yaml", ".proto", "Makefile", "run")


def ours() -> list[Path]:
    """Every text file of the repository's own, but for this one, which names what it looks for."""
    below = [path for folder in (*FOLDERS, "docs", "protos") for path in (ROOT / folder).rglob("*") if path.is_file()]
    top = [path for path in ROOT.iterdir() if path.is_file()]
    texts = [path for path in [*below, *top, ROOT / ".ci/run"] if path.name.endswith(TEXTS)]
    return [path for path in texts if path != Path(__file__) and not {"node_modules", ".venv"} & set(path.parts)]


def test_every_module_opens_with_what_it_is_for() -> None:
    silent = [
        name(path) for path in python_files() if (text := path.read_text().strip()) and not text.startswith('"""')
    ]
    assert silent == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [name(path) for path in python_files() if VAGUE_NAMES & {path.stem, *path.relative_to(ROOT).parts}]
    assert vague == []


def test_no_file_grows_beyond_what_one_reads_in_a_sitting() -> None:
    long = {name(path): lines for path in python_files() if (lines := path.read_text().count("\n")) > MOST_LINES}
    assert long == {}


@pytest.mark.parametrize(
    ("pattern", "rule"),
    [
        (LEFT_FOR_LATER, "work left for later is an issue, not a comment"),
        (OF_ONE_MACHINE, "no path of one machine and no package index is named"),
    ],
    ids=["left for later", "of one machine"],
)
def test_nothing_unwelcome_is_written(pattern: re.Pattern[str], rule: str) -> None:
    found = [
        f"{name(path)}:{number}"
        for path in ours()
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == [], rule
