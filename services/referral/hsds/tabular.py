"""HSDS tabular packages: a table for each kind of object, in a folder or a zip file, put together into services.

Which object belongs to which is said by columns like ``service_id``. A row that belongs to nothing in the package is
named.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from chassis import sheets
from chassis.sheets import Unreadable
from services.referral.domain.directory import Fault, Record
from services.referral.hsds import schemas

MOST_BYTES = 512 * 1024 * 1024
"""Of all tables together, unpacked."""
_KINDS = (
    "service", "organization", "location", "service_at_location", "program", "phone", "contact", "address", "schedule",
    "service_area", "language", "funding", "accessibility", "cost_option", "required_document",
    "organization_identifier", "attribute", "taxonomy", "taxonomy_term",
)  # fmt: skip
_ROOTS = frozenset({"service", "organization", "location", "taxonomy", "taxonomy_term"})
_BY = {
    "organization": "organization_id",
    "program": "program_id",
    "location": "location_id",
    "taxonomy_term": "taxonomy_term_id",
    "taxonomy_detail": "taxonomy_id",
}
"""The column that names what a field holds one of."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a table."""

    place: str
    cells: Mapping[str, Any]


def parsed(path: Path) -> Iterator[Record]:
    """The services of a package, and the rows that belong to nothing. Raises ``Unreadable``."""
    if path.is_dir():
        yield from _Package(_Folder(path).read).records()
        return
    try:
        with zipfile.ZipFile(path) as archive:
            yield from _Package(_Archive(archive).read).records()
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise Unreadable(f"{path.name} is no zip file that can be read: {error}") from error


class _Folder:
    """Tables as files of a folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, name: str) -> bytes | None:
        """A file by its name, wherever its folder says that it is."""
        found = self._path / PurePosixPath(name).name
        return found.read_bytes() if found.is_file() else None


class _Archive:
    """Tables as members of a zip file; nothing is unpacked to disk."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._members = {PurePosixPath(one.filename).name: one for one in archive.infolist() if not one.is_dir()}
        self._left = MOST_BYTES

    def read(self, name: str) -> bytes | None:
        """A member by its name. Raises ``Unreadable`` for more than anybody needs."""
        member = self._members.get(PurePosixPath(name).name)
        if member is None:
            return None
        with self._archive.open(member) as opened:
            content = opened.read(self._left + 1)
        self._left -= len(content)
        if self._left < 0:
            raise Unreadable(f"the package has more than {MOST_BYTES} bytes")
        return content


class _Package:
    """Every table of a package, and the objects put together."""

    def __init__(self, read: Callable[[str], bytes | None]) -> None:
        self._files = _named(read)
        self._tables = {kind: self._table(read, kind) for kind in _KINDS}
        if not self._tables["service"]:
            raise Unreadable(f"the package has no {self._files['service']} with rows")
        self._by_id = {
            kind: {line.cells["id"]: line for line in lines if line.cells.get("id")}
            for kind, lines in self._tables.items()
        }
        self._children = {kind: self._indexed(kind) for kind in _KINDS}

    def records(self) -> Iterator[Record]:
        """Each service, then each row that belongs to nothing."""
        for line in self._tables["service"]:
            yield Record(str(line.cells.get("id") or line.place), self._whole("service", line.cells), line.place)
        for kind in _KINDS:
            if kind not in _ROOTS:
                yield from (self._orphan(line) for line in self._tables[kind] if not self._belongs(kind, line))

    def _orphan(self, line: _Line) -> Record:
        return Record(line.place, {}, line.place, (Fault("", "belongs to nothing in the package"),))

    def _table(self, read: Callable[[str], bytes | None], kind: str) -> list[_Line]:
        name = self._files[kind]
        content = read(name)
        rows = sheets.csv_rows(io.BytesIO(content), name) if content is not None else iter(())
        _, heading = next(rows, (1, ()))
        shape = schemas.shape(kind)
        return [_Line(f"{name} row {number}", _cells(shape, heading, row)) for number, row in rows if any(row)]

    def _indexed(self, kind: str) -> Mapping[str, Mapping[str, list[_Line]]]:
        """Rows by each column that says where they belong, and by what it says."""
        found: dict[str, dict[str, list[_Line]]] = {}
        for line in self._tables[kind]:
            for column, value in line.cells.items():
                if column.endswith("_id"):
                    found.setdefault(column, {}).setdefault(value, []).append(line)
        return found

    def _whole(self, kind: str, cells: Mapping[str, Any]) -> dict[str, Any]:
        """An object with everything that belongs to it."""
        shape, whole = schemas.shape(kind), dict(cells)
        for field, one in shape.one.items():
            found = self._by_id[one].get(cells.get(_BY[field]))
            if found is not None:
                whole[field] = self._whole(one, found.cells)
        for field, child in shape.many.items():
            column = "link_id" if child == "attribute" else f"{kind}_id"
            lines = self._children.get(child, {}).get(column, {}).get(cells.get("id", ""), ())
            if lines:
                whole[field] = [self._whole(child, line.cells) for line in lines]
        return whole

    def _belongs(self, kind: str, line: _Line) -> bool:
        if kind == "attribute":
            return any(line.cells.get("link_id") in ids for ids in self._by_id.values())
        parents = (one for one in _KINDS if kind in schemas.shape(one).many.values())
        return any(line.cells.get(f"{parent}_id") in self._by_id[parent] for parent in parents)


def _cells(shape: schemas.Shape, heading: Sequence[Any], row: Sequence[Any]) -> Mapping[str, Any]:
    cells: dict[str, Any] = {}
    for column, written in zip(heading, row, strict=False):
        text = written.strip()
        if text:
            cells[column.strip()] = _number(text) if column.strip() in shape.numbers else text
    return cells


def _number(text: str) -> Any:
    """A number, or the text for the schema to refuse."""
    try:
        return int(text) if text.lstrip("-").isdecimal() else float(text)
    except ValueError:
        return text


def _named(read: Callable[[str], bytes | None]) -> Mapping[str, str]:
    """The file of each table: as the package's description names it, or as HSDS does."""
    files = {kind: schemas.shape(kind).file for kind in _KINDS}
    described = read("datapackage.json")
    if described is None:
        return files
    try:
        resources = json.loads(described)["resources"]
        named = {str(one["name"]): str(one["path"]) for one in resources}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Unreadable("datapackage.json does not describe resources with name and path") from error
    return {kind: named.get(kind, file) for kind, file in files.items()}
