"""``hub120 outreach import | lists``: lists of people from the command line."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from uuid import uuid4

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from chassis.commands import service_database
from chassis.errors import HubError
from chassis.ids import is_uuid
from services.outreach import SERVICE
from services.outreach.domain.lists import RowFault
from services.outreach.store import lists as store
from services.outreach.use_cases import lists
from services.outreach.use_cases.lists import NewList

SHOWN = 20
"""Faults that a command shows."""


@click.group()
def outreach() -> None:
    """Lists of people who are to be called or told."""


@outreach.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--name", default="", help="What people call the list; the file's name if left out.")
@click.option("--column", "columns", multiple=True, metavar="HEADING=FIELD", help="What a column is; may be repeated.")
@click.option("--list", "list_id", default="", help="The id of a list that broke off: it goes on where it stopped.")
@click.option("--check", is_flag=True, help="Only show how the first rows would be read; nothing is stored.")
def import_(file: Path, name: str, columns: tuple[str, ...], list_id: str, check: bool) -> None:
    """Bring in the people in FILE: CSV or a workbook, headings in one of its first ten rows.

    What is wrong with a row is named and kept, and the rest is brought in. Exit code 1 if anything was refused. The id
    of the list is shown first: with it an import that broke off is gone on with.
    """
    mapping = dict(_pair(one) for one in columns)
    if list_id and not is_uuid(list_id):
        raise click.BadParameter("is the id of a list", param_hint="--list")
    new = NewList(list_id or str(uuid4()), name or file.stem[:100], file.name, getpass.getuser(), mapping)
    try:
        refused = _checked(file, new) if check else _imported(file, new)
    except HubError as error:
        raise click.ClickException(str(error)) from error
    if refused:
        sys.exit(1)


def _pair(written: str) -> tuple[str, str]:
    heading, equals, field = written.rpartition("=")
    if not (equals and heading):
        raise click.BadParameter("is HEADING=FIELD", param_hint="--column")
    return heading, field


def _checked(file: Path, new: NewList) -> int:
    with file.open("rb") as stream:
        seen = lists.preview(stream, new)
    for column in seen.columns:
        click.echo(f"{column.heading}: {column.field or 'not read'}")
    _show([*seen.faults])
    refused = len({one.row for one in seen.faults})
    click.echo(
        f"{seen.members} people, {refused} refused, {seen.duplicates} twice in the first rows (nothing was stored)"
    )
    return refused


def _imported(file: Path, new: NewList) -> int:
    click.echo(f"list {new.id}")
    with service_database(SERVICE) as database, file.open("rb") as stream, _bar() as bar:
        task = bar.add_task(new.name, total=file.stat().st_size)
        row, _ = lists.bring_in(database, stream, new, lambda _: bar.update(task, completed=stream.tell()))
        bar.update(task, completed=file.stat().st_size)
        faults = database.read(store.faults, new.id, (0, ""), SHOWN + 1)
    _show([RowFault(one.number, one.heading, one.code) for one in faults])
    click.echo(f"list {row.id}: {row.members} people, {row.refused} refused, {row.duplicates} twice")
    return int(row.refused)


def _show(faults: list[RowFault]) -> None:
    for one in faults[:SHOWN]:
        click.echo(f"row {one.row}{f', {one.column}' if one.column else ''}: {one.code}")
    if len(faults) > SHOWN:
        click.echo("… and more: ListRowFaults tells all of them")


@outreach.command(name="lists")
def lists_() -> None:
    """Every list: how many people are on it, how many rows were refused."""
    with service_database(SERVICE) as database:
        rows = database.read(store.all_of_them)
    for row in rows:
        broken = "" if row.complete else " (not all of it is there: import the file with --list and this id)"
        click.echo(f"{row.id}  {row.name}: {row.members} people, {row.refused} refused, {row.duplicates} twice{broken}")


def _bar() -> Progress:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=Console(stderr=True))
