"""``hub120 connectors list | check | new``."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import cast

import click
from hub120_sdk import Connector, Context, Factory, Manifest, ManifestError
from hub120_sdk.testing import Grade, Report, run
from hub120_sdk.testing.bench import Make, make_here
from rich.console import Console
from rich.table import Table

from chassis import settings
from chassis.connectors import scaffold
from chassis.connectors.grades import Earned, Grades
from chassis.connectors.host import Host
from chassis.connectors.isolation.process import ProcessConnector
from chassis.connectors.registry import Registry, built_in, discover
from chassis.connectors.states import ConnectorState

_PATIENCE_S = 10.0


@click.group()
def connectors() -> None:
    """The roads on which citizens write: what is installed, whether it holds, and how to make one."""


@connectors.command(name="list")
def list_() -> None:
    """Every connector: whether it is ready, what is missing if not, and the grade that it last earned."""
    registry = _registry()
    host = Host(registry, os.environ, _now)
    try:
        _show(host.states(), registry)
        for name in host.unknown_variables():
            click.echo(f"{name} belongs to no connector: is it misspelt?")
    finally:
        host.close()


def _show(states: list[ConnectorState], registry: Registry) -> None:
    grades = Grades(settings.read().data_dir)
    table = Table(box=None, pad_edge=False)
    for column in ("connector", "state", "grade", "capabilities", "name", "owner", "runs in", "what to do"):
        table.add_column(column, overflow="fold")
    for state in states:
        found = registry.found.get(state.id)
        needed = "set " + ", ".join(state.missing) if state.missing else state.reason
        place = "its own process" if state.isolation == "process" else "the hub"
        capabilities = ", ".join(sorted(found.manifest.capabilities)) if found else ""
        grade = _grade(grades.of(state.id, found.package)) if found else ""
        table.add_row(
            *(state.id, state.readiness, grade, capabilities, state.name, state.owner),
            *(place if found else "", needed),
        )
    Console(width=None if sys.stdout.isatty() else 240).print(table)


def _grade(earned: Earned | None) -> str:
    return f"{earned.grade} ({earned.on})" if earned else "unchecked"


@connectors.command()
@click.argument("connector")
@click.option("--isolated/--no-isolated", default=True, help="Run the checks in a process of its own, too.")
def check(connector: str, isolated: bool) -> None:
    """Run the conformance kit on CONNECTOR (an id, or the name of a package) and print the grade it earns.

    All of gold, and all of it once more in a process of its own, is platinum. A listener holds connections, which such
    a process cannot: gold is the most it can earn. Exit code 1 below bronze.
    """
    package = _package(connector)
    try:
        report = _run(package)
    except ImportError as error:
        raise click.ClickException(f"{connector} cannot be checked: {error}") from error
    click.echo(report.table())
    grade = report.grade
    if isolated and grade is Grade.GOLD and not any(one.check.about("listener") for one in report.results):
        grade = _once_more(package)
    _remember(report.connector, package, grade)
    if grade < Grade.BRONZE:
        raise SystemExit(1)


def _run(package: str, make: Make = make_here) -> Report:
    """The kit, with a bar on a terminal that says how far it is."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=1, label=package, file=sys.stderr, hidden=hidden) as bar:

        def told(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        return run(package, make, told=told)


def _once_more(package: str) -> Grade:
    """The same table, with the connector where it can harm nobody."""
    report = _run(package, partial(_make_isolated, package))
    if report.grade is not Grade.GOLD:
        click.echo(f"In a process of its own:\n{report.table()}")
        return Grade.GOLD
    click.echo(f"{report.connector}: platinum (the same in a process of its own)")
    return Grade.PLATINUM


def _make_isolated(package: str, manifest: Manifest, factory: Factory, context: Context) -> Connector:
    """How soon a text is classified the kit measures itself; a process that were ended for it would measure nothing."""
    patient = replace(manifest, limits=replace(manifest.limits, classify_deadline_s=_PATIENCE_S))
    return cast(Connector, ProcessConnector(patient, package, context, time.monotonic))


def _remember(connector: str, package: str, grade: Grade) -> None:
    try:
        Grades(settings.read().data_dir).remember(connector, package, grade, _now())
    except OSError as error:
        click.echo(f"the grade cannot be written down: {error}", err=True)


@connectors.command()
@click.argument("name")
@click.option("--kind", type=click.Choice(list(scaffold.TEMPLATES)), default="channel", help="What it shall be.")
@click.option("--directory", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="Where to put it.")
def new(name: str, kind: str, directory: Path) -> None:
    """Make a connector called NAME: a project of its own that passes the kit, to be changed."""
    try:
        project = scaffold.create(name, directory, kind)
    except ManifestError as error:
        raise click.BadParameter(str(error), param_hint="NAME") from error
    except FileExistsError as error:
        raise click.ClickException(f"{directory / name} is there already") from error
    click.echo(f"{project} is ready. Try it: cd {project} && python -m hub120_sdk.testing {name}")


def _package(connector: str) -> str:
    """The package of an installed connector's id; any other word is taken as a package, also of this directory."""
    found = _registry().found.get(connector)
    sys.path.append(str(Path.cwd()))
    return found.package if found else connector


def _registry() -> Registry:
    return discover(built_in())


def _now() -> datetime:
    return datetime.now(UTC)
