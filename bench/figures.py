"""A measured figure beside its limit and its peer, as the table at the end shows it."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

CONSOLE = Console(width=None if os.isatty(1) else 160)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. Without a bar it is told and not judged."""

    what: str
    measured: float
    unit: str
    bar: float | None = None
    at_most: bool = False
    """The bar is the most allowed, instead of the least wanted."""
    ratio: float | None = None
    """How many times the peer's figure, in the same run."""
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the bar is met; None without one."""
        if self.bar is None:
            return None
        return self.measured <= self.bar if self.at_most else self.measured >= self.bar

    def cells(self) -> tuple[str, str, str, str, str, str]:
        """What, bar, measured, ratio, met, note."""
        bar = "" if self.bar is None else f"{'≤' if self.at_most else '≥'} {_number(self.bar)} {self.unit}"
        met = {None: "", True: "yes", False: "NO"}[self.met]
        ratio = "" if self.ratio is None else f"{self.ratio:.1f} ×"
        return self.what, bar, f"{_number(self.measured)} {self.unit}", ratio, met, self.note


HEADINGS = ("what", "bar", "measured", "ratio to peer", "met", "note")


def _number(value: float) -> str:
    if value >= 100 or value == round(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def show(title: str, figures: Sequence[Figure]) -> None:
    """Print a table of figures."""
    table = Table(title=title, title_justify="left")
    for heading in HEADINGS:
        table.add_column(heading, justify="right" if heading in {"bar", "measured", "ratio to peer"} else "left")
    for figure in figures:
        table.add_row(*figure.cells(), style={None: "", True: "green", False: "red"}[figure.met])
    CONSOLE.print(table)


def markdown(figures: Sequence[Figure]) -> str:
    """The table for a file."""
    lines = ["| " + " | ".join(HEADINGS) + " |", "|---|--:|--:|--:|---|---|"]
    return "\n".join([*lines, *("| " + " | ".join(figure.cells()) + " |" for figure in figures)])


def hand_over(figures: Sequence[Figure], report: str) -> None:
    """Give figures and a report to ``python -m bench`` when it is what started this script."""
    wanted = os.environ.get("HUB120_BENCH_FIGURES")
    if wanted:
        told = {"figures": [asdict(figure) for figure in figures], "report": report}
        Path(wanted).write_text(json.dumps(told))


def handed_over(path: Path) -> tuple[list[Figure], str]:
    """What a script gave."""
    told = json.loads(path.read_text())
    return [Figure(**fields) for fields in told["figures"]], told["report"]


def finish(title: str, figures: Sequence[Figure], report: str = "") -> None:
    """The end of every script: show its figures and hand them over; ``report`` is what RESULTS.md says beside them."""
    show(title, figures)
    hand_over(figures, report)
