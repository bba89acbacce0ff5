"""``python -m bench.day gyeonggi --seed 7``: replay a centre's day, check every promise, and tell how it went."""

from __future__ import annotations

import sys
import time
from dataclasses import replace

import click
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bench.day.centres import CENTRES, Centre
from bench.day.database import day_database
from bench.day.measures import measured
from bench.day.people import DAY_S
from bench.day.promises import Record, broken_over_the_day, misexplained
from bench.day.report import Report, together
from bench.day.simulation import Day
from bench.day.timeline import Timeline
from bench.figures import CONSOLE, finish

EXPLAINED = 40
"""Work items whose explanation is compared with what was decided."""
LOOKS = 6
"""At so many moments of the day every promise is looked after."""


def replayed(centre: Centre, seed: int, address: str = "") -> Report:
    """A day from midnight to its end, checked."""
    timeline, started, used = Timeline(), time.perf_counter(), time.process_time()
    columns = (TextColumn("  {task.description}"), BarColumn(), TextColumn("{task.fields[clock]}"), TimeElapsedColumn())
    with day_database(address, timeline) as database, Progress(*columns, console=CONSOLE) as progress:
        bar = progress.add_task(centre.name, total=DAY_S, clock="00:00")

        def tell(now: float) -> None:
            progress.update(bar, completed=min(now, DAY_S), clock=f"{now // 3600:02.0f}:{now % 3600 // 60:02.0f}")

        outcome = Day(database, timeline, centre, seed, looks=LOOKS).run(tell)
        progress.update(bar, completed=DAY_S, clock="checking")
        record = Record.read(database)
        broken = [*outcome.broken, *broken_over_the_day(record, outcome.sent, centre.offer_s)]
        broken += misexplained(database, record, EXPLAINED, seed)
        measures, dialect = measured(database, record), database.engine.dialect.name
    outcome.took_s, outcome.used_s = time.perf_counter() - started, time.process_time() - used
    return Report(centre, seed, outcome, measures, broken, dialect)


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(list(CENTRES)))
@click.option("--seed", default=120, show_default=True, help="The same seed brings the same people.")
@click.option("--contacts", type=click.IntRange(1), help="How many come, instead of the centre's own number.")
@click.option("--database", default="", help="Address of an empty PostgreSQL database, instead of a file.")
def main(names: tuple[str, ...], seed: int, contacts: int | None, database: str) -> None:
    """Replay the day of a contact centre, or of all of them, in simulated time."""
    reports = []
    for name in names or tuple(CENTRES):
        centre = replace(CENTRES[name], contacts=contacts) if contacts else CENTRES[name]
        report = replayed(centre, seed, database)
        report.show()
        report.plot()
        reports.append(report)
    finish("Days", [figure for report in reports for figure in report.figures()], together(reports))
    sys.exit(1 if any(report.broken for report in reports) else 0)


if __name__ == "__main__":
    main()
