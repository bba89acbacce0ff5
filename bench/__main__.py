"""Every measurement in turn, one table at the end, and the table in RESULTS.md.

``make bench``, or ``make bench ARGS="relay latency"`` for some. Each is a process of its own on the same servers; the
exit code is 1 when a bar was not met or a measurement failed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import kombu
import psycopg

from bench import machine
from bench.figures import CONSOLE, Figure, handed_over, markdown, show
from tests import servers
from tests.servers.postgres import plain

PARTS = (
    "startup",
    "latency",
    "sustained",
    "telemetry",
    "interpreting",
    "relay",
    "event_road",
    "mailings",
    "notices",
    "connectors",
    "classification",
    "search",
    "decisions",
    "imports",
    "eligibility",
    "desks",
    "wall",
    "wall_page",
    "day",
)
RESULTS = Path(__file__).parent / "RESULTS.md"
PACKAGES = (
    "nameko",
    "eventlet",
    "kombu",
    "amqp",
    "grpcio",
    "psycopg",
    "sqlalchemy",
    "uvloop",
    "faststream",
    "aio-pika",
)


def measured(part: str, environment: dict[str, str]) -> tuple[list[Figure], str]:
    """Run one script and take its figures and report; none if it failed, which has been seen by then."""
    CONSOLE.rule(part)
    with tempfile.TemporaryDirectory() as folder:
        handed = Path(folder) / "figures.json"
        command = [sys.executable, "-m", f"bench.{part}"]
        done = subprocess.run(command, env=environment | {"HUB120_BENCH_FIGURES": str(handed)}, check=False)
        if done.returncode != 0 or not handed.exists():
            return [Figure(f"{part}: failed, see above", 1, "", 0, at_most=True)], ""
        return handed_over(handed)


def versions(postgres: str, broker: str) -> str:
    """Of the servers and of the packages that matter."""
    with psycopg.connect(plain(postgres)) as connection:
        found = connection.execute("SHOW server_version").fetchone()
    with kombu.Connection(broker) as connected:
        connected.connect()
        rabbitmq = connected.connection.server_properties["version"]
    told = [f"PostgreSQL {str(found[0]).split()[0] if found else '?'}", f"RabbitMQ {rabbitmq}"]
    return ", ".join([*told, *(f"{package} {version(package)}" for package in PACKAGES)])


def written(figures: list[Figure], reports: list[str], head: dict[str, str]) -> str:
    """RESULTS.md."""
    described = "\n".join(f"- {name}: {value}" for name, value in head.items())
    return "\n\n".join(["# What was measured", described, markdown(figures), *filter(None, reports)]) + "\n"


def main(wanted: list[str]) -> int:
    """Measure, show, write."""
    unknown = set(wanted) - set(PARTS)
    if unknown:
        CONSOLE.print(f"there is no measurement called {', '.join(sorted(unknown))}; there are: {', '.join(PARTS)}")
        return 2
    postgres, broker = servers.postgres_server(), servers.amqp_server()
    environment = {**os.environ, "HUB120_TEST_POSTGRES": postgres, "HUB120_TEST_AMQP": broker}
    load_before, started = machine.load(), time.monotonic()
    told = [measured(part, environment) for part in wanted or PARTS]
    figures = [figure for found, _ in told for figure in found]
    head = {
        "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {time.monotonic() - started:.0f} s",
        "command": "`make bench" + (f' ARGS="{" ".join(wanted)}"' if wanted else "") + "`",
        "machine": "; ".join(f"{name} {value}" for name, value in machine.described().items()),
        "load average before and after": f"{load_before}; {machine.load()}",
        "versions": versions(postgres, broker),
    }
    CONSOLE.rule("all")
    show("; ".join(f"{name} {value}" for name, value in machine.described().items()), figures)
    if not wanted:
        RESULTS.write_text(written(figures, [report for _, report in told], head))
        CONSOLE.print(f"written to {RESULTS.relative_to(RESULTS.parents[1])}")
    return 0 if all(figure.met is not False for figure in figures) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
