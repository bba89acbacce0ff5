"""The report of a day: figures for the table of all measurements, tables hour by hour, and a plot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from bench import machine
from bench.day.centres import Centre
from bench.day.measures import Hour, Measures, Waits
from bench.day.simulation import Outcome
from bench.figures import CONSOLE, Figure

PLOTS = Path(__file__).parent.parent / "plots"
LIMIT_S = 120.0
_HOURS = ("hour", "came", "at desks", "needed", "busy", "calls in 20 s", "Erlang C", "mean wait", "Erlang C", "gave up")
_WAITS = ("", "came", "p50", "p90", "p99", "gave up")


@dataclass(frozen=True, slots=True)
class Report:
    """Everything there is to tell of one day."""

    centre: Centre
    seed: int
    outcome: Outcome
    measures: Measures
    broken: Sequence[str]
    database: str

    @property
    def title(self) -> str:
        """Which day it was."""
        centre = self.centre
        return f"A day of {centre.name}: {centre.contacts:,} contacts, {centre.agents} agents, seed {self.seed}"

    def figures(self) -> list[Figure]:
        """For the one table; only what the hub answers for has a bar, the rest follows from the centre's data."""
        of, day, outcome = f"day of {self.centre.name}", self.measures, self.outcome
        note = (
            f"{sum(outcome.sent.values()):,} contacts with those who called again, {self.centre.agents} agents, "
            f"{outcome.transactions:,} transactions on {self.database}; {outcome.used_s:.0f} s of processor; "
            f"load {machine.load()}"
        )
        return [
            Figure(f"{of}: replayed and checked in", outcome.took_s, "s", LIMIT_S, at_most=True, note=note),
            Figure(f"{of}: broken promises", len(self.broken), "", 0, at_most=True, note="; ".join(self.broken[:2])),
            Figure(f"{of}: calls answered within 20 s (SL)", day.calls.service_level * 100, "%"),
            Figure(f"{of}: SL2, with those who gave up in time", day.calls.service_level_2 * 100, "%"),
            Figure(f"{of}: calls given up", day.calls.abandonment * 100, "%"),
            Figure(f"{of}: occupancy", day.occupancy * 100, "%"),
        ]

    def tables(self) -> list[tuple[str, Sequence[str], list[list[str]]]]:
        """Title, headings and rows of each table."""
        day = self.measures
        return [
            (f"{self.title}, hour by hour", _HOURS, [_cells(hour) for hour in day.hours]),
            ("Waits by class", _WAITS, _groups(day.by_class)),
            ("Waits by language", _WAITS, _groups(day.by_language)),
            ("Waits by medium", _WAITS, _groups(day.by_medium)),
        ]

    def show(self) -> None:
        """On the screen."""
        for title, headings, cells in self.tables():
            table = Table(title=title, title_justify="left")
            for heading in headings:
                table.add_column(heading, justify="right")
            for row in cells:
                table.add_row(*row)
            CONSOLE.print(table)
        for broken in self.broken[:20]:
            CONSOLE.print(f"  broken: {broken}", style="red", markup=False)

    def markdown(self) -> str:
        """For RESULTS.md."""
        parts = [f"## {self.title}", f"![Hour by hour](plots/{self._plot.name})"]
        for title, headings, cells in self.tables():
            lines = [headings, ["--:"] * len(headings), *cells]
            parts += [f"{title}:", "\n".join(f"| {' | '.join(line)} |" for line in lines)]
        return "\n\n".join(parts)

    @property
    def _plot(self) -> Path:
        return PLOTS / f"day_{self.centre.name}.svg"

    def plot(self) -> None:
        """What came and who was there; how calls fared and how Erlang C has it."""
        import matplotlib as mpl  # noqa: PLC0415 - slow to import, and only at the end

        mpl.use("svg")
        from matplotlib import pyplot  # noqa: PLC0415 - after the backend is chosen

        hours = self.measures.hours
        at = [hour.hour for hour in hours]
        figure, (above, below) = pyplot.subplots(2, 1, figsize=(7, 5), sharex=True)
        above.step(at, [hour.agents for hour in hours], where="post", label="agents at their desks")
        above.step(at, [hour.busy for hour in hours], where="post", label="busy (erlangs)")
        above.step(at, [hour.needed for hour in hours], where="post", linestyle=":", label="needed by Erlang C")
        below.plot(at, [hour.calls.service_level * 100 for hour in hours], marker="o", label="calls within 20 s, %")
        below.plot(at, [hour.expected.service_level * 100 for hour in hours], linestyle=":", label="Erlang C, %")
        below.plot(at, [hour.occupancy * 100 for hour in hours], alpha=0.5, label="occupancy, %")
        below.set(xlabel="hour of the day", xticks=range(0, 24, 2), ylim=(0, 105))
        for axes in (above, below):
            axes.legend(fontsize="small")
        figure.suptitle(self.title, fontsize="medium")
        PLOTS.mkdir(exist_ok=True)
        figure.savefig(self._plot, bbox_inches="tight", metadata={"Date": None})
        pyplot.close(figure)


def _cells(hour: Hour) -> list[str]:
    waits, expected = hour.calls, hour.expected
    mean_s = sum(waits.answered) / len(waits.answered) if waits.answered else 0.0
    speed = f"{expected.speed_of_answer_s:.0f} s" if expected.stable else "grows"
    return [
        f"{hour.hour:02}",
        f"{len(hour.waits.answered) + len(hour.waits.abandoned):,}",
        f"{hour.agents:.1f}",
        f"{hour.needed}",
        f"{hour.occupancy:.0%}",
        f"{waits.service_level:.0%}",
        f"{expected.service_level:.0%}",
        f"{mean_s:.0f} s",
        speed,
        f"{waits.abandonment:.1%}",
    ]


def _groups(groups: Mapping[str, Waits]) -> list[list[str]]:
    return [[name, *waits.cells()] for name, waits in groups.items()]


def together(reports: Iterable[Report]) -> str:
    """All of them for RESULTS.md."""
    return "\n\n".join(report.markdown() for report in reports)
