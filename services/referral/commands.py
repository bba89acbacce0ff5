"""``hub120 directory import | sources | errors``: the directory from the command line."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from chassis import migrate
from chassis.clock import moment
from chassis.crypto import Keyring
from chassis.database import Database, Tx
from chassis.errors import HubError
from chassis.process import prepare
from chassis.settings import Settings, read
from services.referral import SERVICE
from services.referral.domain.directory import Counts, Fault, Record, SourceKind
from services.referral.hsds import files, reading
from services.referral.store import directory as store
from services.referral.use_cases import importing

BATCH = 200
"""Records in one transaction."""
SHOWN = 20
"""Faults that a command shows."""
RANK = 100
_SOURCE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_FROM_FILES = [kind.value for kind in SourceKind if kind is not SourceKind.CONNECTOR]

Faulty = tuple[str, Sequence[Fault]]


@click.group()
def directory() -> None:
    """Services that help: where they come from, and what is wrong with them."""


@directory.command(name="import")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--source", required=True, help="The source's id: lower-case letters, digits, - and _.")
@click.option("--name", default="", help="What people call the source; its id if left out.")
@click.option("--rank", default=RANK, show_default=True, type=click.IntRange(1, 1000), help="The lower is believed.")
@click.option("--kind", type=click.Choice(_FROM_FILES), help="What the file is, where its name does not tell.")
@click.option("--check", is_flag=True, help="Only say what is wrong; nothing is stored.")
def import_(file: Path, source: str, name: str, rank: int, kind: str | None, check: bool) -> None:
    """Import the services in FILE (HSDS JSON, an HSDS tabular package as folder or zip, or a spreadsheet).

    The file is the whole of the source: what it no longer has is marked as removed. Exit code 1 if anything was
    refused.
    """
    if not _SOURCE.fullmatch(source):
        raise click.BadParameter("has 1 to 40 lower-case letters, digits, - and _", param_hint="--source")
    try:
        chosen = SourceKind(kind) if kind else files.kind_of(file)
        records = list(files.records(file, chosen))
        counts = _checked(source, records) if check else _imported(source, name or source, rank, chosen, records)
    except (files.Unreadable, HubError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(
        f"{counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged, {counts.refused} refused"
        + (" (nothing was stored)" if check else "")
    )
    if counts.refused:
        sys.exit(1)


def _checked(source: str, records: Sequence[Record]) -> Counts:
    found: list[Faulty] = []
    for record in records:
        try:
            reading.digest(record)
            reading.read(source, record)
        except reading.Refused as error:
            found.append((record.place or record.key, error.faults))
    _show(found)
    return Counts(new=len(records) - len(found), refused=len(found))


def _imported(source: str, name: str, rank: int, kind: SourceKind, records: Sequence[Record]) -> Counts:
    counts, left = Counts(), iter(records)
    with _database() as database, _bar() as bar:
        database.run(_begin, source, name, kind, rank)
        task = bar.add_task(source, total=len(records))
        while batch := list(islice(left, BATCH)):
            counts += database.run(importing.take, source, batch)
            bar.advance(task, len(batch))
        removed = database.run(importing.finish, source)
        if removed:
            click.echo(f"{removed} are gone from the source")
        rows = database.read(store.errors, source, ("", 0), SHOWN + 1)
    _show([(row.place or row.source_key, [Fault(row.path, row.message)]) for row in rows])
    return counts


def _begin(tx: Tx, source: str, name: str, kind: SourceKind, rank: int) -> None:
    importing.begin(tx, source, name, kind, rank, afresh=True)


@directory.command()
def sources() -> None:
    """Every source: how far it is believed, how much it has, and when it was last complete."""
    with _database() as database:
        rows = database.read(store.sources)
    table = Table(box=None, pad_edge=False)
    for column in ("source", "name", "kind", "rank", "services", "refused", "imported", "state"):
        table.add_column(column, overflow="fold")
    for row in rows:
        imported = moment(row.imported_at)
        state = "under way" if row.begun_at is not None else ""
        numbers = (str(row.rank), str(row.services), str(row.refused))
        table.add_row(row.id, row.name, row.kind, *numbers, f"{imported:%Y-%m-%d %H:%M}" if imported else "", state)
    Console(width=None if sys.stdout.isatty() else 200).print(table)


@directory.command()
@click.argument("source")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 10_000))
def errors(source: str, limit: int) -> None:
    """What was wrong in the last import of SOURCE: the record, where in it, and what."""
    with _database() as database:
        rows = database.read(store.errors, source, ("", 0), limit)
    for row in rows:
        click.echo(_line(row.place or row.source_key, Fault(row.path, row.message)))


def _show(found: Sequence[Faulty]) -> None:
    lines = [_line(place, fault) for place, faults in found for fault in faults]
    for line in lines[:SHOWN]:
        click.echo(line)
    if len(lines) > SHOWN:
        click.echo(f"… and more: hub120 directory errors shows all that was stored ({len(lines) - SHOWN} here)")


def _line(place: str, fault: Fault) -> str:
    return f"{place}: {fault.path + ' ' if fault.path else ''}{fault.message}"


@contextmanager
def _database() -> Iterator[Database]:
    settings: Settings = read()
    prepare(settings)
    if settings.embedded:
        migrate.migrate_all([SERVICE], settings.database_address)
    database = Database(settings.database_address, SERVICE.name, Keyring.load(settings.keyring_path), pool_size=1)
    try:
        yield database
    finally:
        database.close()


def _bar() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True))
