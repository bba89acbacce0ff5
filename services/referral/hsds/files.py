"""Files of services, whatever they are: HSDS JSON, HSDS tabular packages, spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from chassis import sheets
from chassis.sheets import Unreadable
from services.referral.domain.directory import Record, SourceKind
from services.referral.hsds import json_files, spreadsheet, tabular

MOST_BYTES = 512 * 1024 * 1024
__all__ = ["Unreadable", "kind_of", "records"]


def kind_of(path: Path) -> SourceKind:
    """What a file or folder is, by its name. Raises ``Unreadable``."""
    suffix = path.suffix.lower()
    if path.is_dir():
        return SourceKind.HSDS_JSON if any(path.glob("*.json")) and not _tables(path) else SourceKind.HSDS_TABULAR
    if suffix in {*sheets.WORKBOOKS, ".csv"}:
        return SourceKind.SPREADSHEET
    found = {".json": SourceKind.HSDS_JSON, ".zip": SourceKind.HSDS_TABULAR}.get(suffix)
    if found is None:
        raise Unreadable(f"{path.name} is neither .json nor .zip, .csv or a workbook: say what it is with --kind")
    return found


def _tables(path: Path) -> bool:
    return any(path.glob("*.csv"))


def records(path: Path, kind: SourceKind) -> Iterator[Record]:
    """The services of a file or folder. Raises ``Unreadable``."""
    if path.is_file() and path.stat().st_size > MOST_BYTES:
        raise Unreadable(f"{path.name} has more than {MOST_BYTES} bytes")
    return _READERS[kind](path)


def _json(path: Path) -> Iterator[Record]:
    for file in sorted(path.glob("*.json")) if path.is_dir() else [path]:
        yield from json_files.parsed(file.read_bytes(), file.name)


_READERS: Mapping[SourceKind, Callable[[Path], Iterator[Record]]] = {
    SourceKind.HSDS_JSON: _json,
    SourceKind.HSDS_TABULAR: tabular.parsed,
    SourceKind.SPREADSHEET: spreadsheet.parsed,
}
