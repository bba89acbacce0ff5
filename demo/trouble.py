"""What keeps the demonstration from going on, in a sentence that says what to do."""

from __future__ import annotations

from pathlib import Path


class Trouble(Exception):
    """Told to whoever started the demonstration, without a traceback."""


def near(path: Path) -> str:
    """A path as one types it: relative to where one stands, if it lies below."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_absolute() and path.is_relative_to(here) else str(path)


def last_lines(log: Path, lines: int = 5) -> str:
    """The end of a log, indented."""
    found = log.read_text(errors="replace").splitlines()[-lines:] if log.exists() else []
    return "".join(f"\n    {line[:300]}" for line in found)
