"""Referral from the command line: ``hub120 directory import | sources | errors``, ``hub120 knowledge import | sources``
and ``hub120 referral figures``."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

import click
from google.protobuf.json_format import MessageToDict
from hub120.referral.v1 import figures_service_pb2 as pb
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from chassis.clock import moment
from chassis.commands import service_database
from chassis.database import Database, Tx
from chassis.errors import HubError
from services.referral import SERVICE, article_files, figure_protos
from services.referral.article_files import Read
from services.referral.domain.articles import Imported
from services.referral.domain.directory import Counts, Fault, Record, SourceKind
from services.referral.domain.figure_words import name as words
from services.referral.domain.figures import LEAST_SENT, Figures, Share, Slice, Step
from services.referral.domain.figures import month as month_of
from services.referral.hsds import files, reading
from services.referral.store import directory as store
from services.referral.store.figures import Wanted
from services.referral.use_cases import figures, importing, importing_articles
from services.referral.use_cases import knowledge as articles
from services.referral.use_cases.figures import OfAgency

BATCH = 200
"""Records in one transaction."""
SHOWN = 20
"""Faults that a command shows."""
RANK = 100
_SOURCE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_FROM_FILES = [kind.value for kind in SourceKind if kind is not SourceKind.CONNECTOR]
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
_COUNTED = (
    *("proposed", "consented", "sent", "acknowledged", "accepted", "completed", "withdrawn", "escalated", "rerouted"),
    *("helped", "partly", "not_helped", "nobody_came", "unreachable", "unanswered", "not_yet_asked"),
)
_BY_AGENCY = ("sent", "acknowledged", "accepted", "completed")
_KINDS, _OF = ("working", "clock"), ("p50", "p90", "mean")

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
    with service_database(SERVICE) as database, _bar() as bar:
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
    with service_database(SERVICE) as database:
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
    with service_database(SERVICE) as database:
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


@click.group()
def knowledge() -> None:
    """Articles that answer what citizens ask: where they come from."""


@knowledge.command(name="import")
@click.argument("file", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", required=True, help="The source's id: lower-case letters, digits, - and _.")
@click.option("--name", default="", help="What people call the source; as before if left out, at first its id.")
@click.option("--add", is_flag=True, help="The files are not the whole of the source: nothing is removed.")
def import_articles(file: Sequence[Path], source: str, name: str, add: bool) -> None:
    """Import the articles in FILE... (.csv, .html, .md; UTF-8 or CP949).

    All files together are the whole of the source: what they no longer have is removed. Exit code 1 if anything was
    refused.
    """
    if not _SOURCE.fullmatch(source):
        raise click.BadParameter("has 1 to 40 lower-case letters, digits, - and _", param_hint="--source")
    try:
        found = {path: article_files.read(path.name, path.read_bytes()) for path in file}
    except HubError as error:
        raise click.ClickException(str(error)) from error
    done = _articles_imported(source, name, found, complete=not add)
    for path, read in found.items():
        for fault in read.faults[:SHOWN]:
            click.echo(f"{path.name}, line {fault.line}: {fault.message}")
    click.echo(
        f"{done.added} new, {done.changed} changed, {done.unchanged} unchanged, {done.removed} removed, "
        f"{len(done.faults)} refused"
    )
    if done.faults:
        sys.exit(1)


def _articles_imported(source: str, name: str, found: Mapping[Path, Read], *, complete: bool) -> Imported:
    left = iter([article for read in found.values() for article in read.articles])
    faults = [fault for read in found.values() for fault in read.faults]
    done = Imported(faults=tuple(faults))
    with service_database(SERVICE) as database, _bar() as bar:
        generation = database.run(importing_articles.begin, source, name)
        task = bar.add_task(source, total=sum(len(read.articles) for read in found.values()))
        while batch := list(islice(left, importing_articles.AT_ONCE)):
            done += database.run(importing_articles.take, source, generation, batch)
            bar.advance(task, len(batch))
        removed = database.run(importing_articles.finish, source, generation, faults, complete=complete)
    return done + Imported(removed=removed)


@knowledge.command(name="sources")
def knowledge_sources() -> None:
    """Every source that was imported: how many articles it has, and when it was imported last."""
    with service_database(SERVICE) as database:
        rows = database.read(articles.sources)
    table = _table("source", "name", "articles", "imported")
    for row in rows:
        imported = moment(row.imported_at)
        table.add_row(row.id, row.name, str(row.articles), f"{imported:%Y-%m-%d %H:%M}" if row.imported_at else "")
    Console(width=None if sys.stdout.isatty() else 200).print(table)


@click.group()
def referral() -> None:
    """Referrals: what becomes of them."""


@referral.command(name="figures")
@click.option("--month", required=True, help="Of the referrals proposed in this month, as 2026-11.")
@click.option("--language", type=click.Choice(["ko", "en"]), default="ko", show_default=True)
@click.option("--least", default=LEAST_SENT, show_default=True, type=click.IntRange(1, 1000), help="Sent, for a rate.")
@click.option("--json", "as_json", is_flag=True, help="As the API tells it, one JSON object.")
def figures_(month: str, language: str, least: int, as_json: bool) -> None:
    """How a month went, all together and by agency; as JSON day by day, too."""
    if _MONTH.fullmatch(month) is None:
        raise click.BadParameter("is a month as 2026-11", param_hint="--month")
    wanted = Wanted(*month_of(int(month[:4]), int(month[5:])))
    with service_database(SERVICE) as database:
        total, series = database.read(figures.read, wanted, Slice.DAY)
        agencies = _every_agency(database, wanted)
    if as_json:
        told = pb.GetFiguresResponse(
            total=figure_protos.figures(total, least), series=[figure_protos.sliced(one, least) for one in series]
        )
        rows = pb.ListAgencyFiguresResponse(agencies=[figure_protos.of_agency(one, least) for one in agencies])
        click.echo(json.dumps(MessageToDict(told) | MessageToDict(rows), ensure_ascii=False))
        return
    console = Console(width=None if sys.stdout.isatty() else 200)
    for table in (*_of_all(total, language, least), _of_agencies(agencies, language, least)):
        console.print(table, "")


def _every_agency(database: Database, wanted: Wanted) -> list[OfAgency]:
    found: list[OfAgency] = []
    while page := database.read(figures.by_agency, wanted, found[-1].organization_id if found else "", BATCH):
        found += page
    return found


def _of_all(total: Figures, language: str, least: int) -> tuple[Table, Table]:
    counted = _table("", "")
    for code in _COUNTED:
        counted.add_row(words(code, language), str(getattr(total.counts, code)))
    for reason, count in total.declined.items():
        counted.add_row(f"{words('declined', language)}: {words(reason.value, language)}", str(count))
    for code, of in (("silence", total.silence(least)), ("helped", total.helped())):
        counted.add_row(f"{words(code, language)} %", _percent(of, language))
    times = _table("", *(f"{words(kind, language)}, {words(of, language)}" for kind in _KINDS for of in _OF))
    for step in Step:
        if (span := total.spans.get(step)) is not None:
            hours = (getattr(getattr(span, kind), of) for kind in _KINDS for of in _OF)
            times.add_row(words(step.value, language), *(f"{one:.1f}" for one in hours))
    return counted, times


def _of_agencies(agencies: Sequence[OfAgency], language: str, least: int) -> Table:
    shares = (f"{words(code, language)} %" for code in ("silence", "helped"))
    table = _table("", *(words(code, language) for code in _BY_AGENCY), *shares)
    for one in agencies:
        counts = (str(getattr(one.figures.counts, code)) for code in _BY_AGENCY)
        said = (_percent(of, language) for of in (one.figures.silence(least), one.figures.helped()))
        table.add_row(one.name or one.organization_id, *counts, *said)
    return table


def _percent(of: Share, language: str) -> str:
    """A share with where it lies; or that there are too few."""
    if of.share is None or of.low is None or of.high is None:
        return f"{words('too_few', language)} ({of.part}/{of.of})" if of.too_few else ""
    return f"{of.share:.0%} ({of.low:.0%}–{of.high:.0%}, {of.part}/{of.of})"


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _bar() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True))
