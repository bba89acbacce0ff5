"""The project's documents as tests read them: blocks of code, tables, links and the paths they mention."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)")
QUOTED = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"((?:[\w.-]+/)+(?:[\w.-]+\.(?:py|proto|js|sh|toml|md|yaml|txt|json))?)(?::([\w.]+))?")
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def documents() -> list[Path]:
    """Every document of the project's own."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "plugins").glob("*/README.md")]
    return sorted([*found, *(ROOT / "examples").glob("*/README.md"), *(ROOT / "deploy").rglob("*.md")])


def blocks(document: str, language: str = "") -> list[str]:
    """The blocks of code of one language (all of them where none is named), in their order."""
    found = _FENCE.findall((ROOT / document).read_text())
    return [code for said, code in found if language in {"", said}]


def prose(path: Path) -> str:
    """A document without its blocks of code."""
    return _FENCE.sub("", path.read_text())


def table(document: str, heading: str) -> dict[str, list[str]]:
    """The first table whose header starts with ``heading``: the other cells of each row by its first."""
    lines = (ROOT / document).read_text().splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    rows = {}
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        first, *others = [cell.strip() for cell in line.strip("|").split("|")]
        rows[first] = others
    return rows


def paths_mentioned(path: Path) -> list[tuple[str, str]]:
    """Paths below a folder of this repository that stand in backticks, with the name after their colon, if any."""
    quoted = map(_PATH.fullmatch, QUOTED.findall(prose(path)))
    found = [(match[1], match[2] or "") for match in quoted if match]
    return [(named, name) for named, name in found if (ROOT / named.partition("/")[0]).is_dir()]


def defined_in(file: Path, name: str) -> bool:
    """Whether a Python file defines a name such as ``enqueue``, ``Relay.once`` or ``REPLY_MOVES``."""
    text = file.read_text()
    definition = r"^\s*(?:(?:async )?def|class) {0}\b|^{0}\b.*="
    return all(re.search(definition.format(part), text, re.MULTILINE) for part in name.split("."))
