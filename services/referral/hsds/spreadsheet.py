"""A spreadsheet of services, one a row, with headings in Korean or English (``columns.py`` lists them)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from chassis import sheets
from chassis.sheets import Unreadable
from services.referral.domain.directory import Fault, Record
from services.referral.hsds import columns
from services.referral.hsds.columns import Wrong

HEADING_ROWS = 10
"""The headings stand in one of so many rows; titles may stand above them."""
_NEEDED = ("name", "organization")
_PLAIN = ("description", "eligibility_description", "application_process", "fees_description", "email", "url")
_READ: Mapping[str, Callable[[Any], Any]] = {
    "minimum_age": columns.number,
    "maximum_age": columns.number,
    "assured_date": columns.day,
    "kind": columns.kind,
    "phones": columns.phones,
    "service_areas": columns.service_areas,
    "schedules": columns.schedules,
    "languages": lambda cell: [{"name": one} for one in columns.items(cell, ";,\n")],
    "required_documents": lambda cell: [{"document": one} for one in columns.items(cell)],
    **dict.fromkeys(_PLAIN, columns.text),
}
_TAXONOMIES = ("life_stage", "target", "interest", "need", "topic")

Cells = Mapping[str, Any]


def parsed(path: Path) -> Iterator[Record]:
    """The services of a sheet. Raises ``Unreadable``."""
    with path.open("rb") as stream:
        rows = sheets.rows(stream, path.name)
        fields = _heading(rows, path.name)
        for number, row in rows:
            cells = {field: cell for field, cell in zip(fields, row, strict=False) if field and columns.text(cell)}
            if cells:
                yield _record(cells, f"{path.name} row {number}")


def _heading(rows: Iterator[tuple[int, sheets.Row]], name: str) -> Sequence[str | None]:
    """The row that names the columns. Raises ``Unreadable`` if none does."""
    for number, row in rows:
        fields = [columns.heading(cell) for cell in row]
        if all(field in fields for field in _NEEDED):
            return fields
        if number >= HEADING_ROWS:
            break
    needed = ", ".join("/".join(columns.HEADINGS[field]) for field in _NEEDED)
    raise Unreadable(f"{name} has no row with headings among the first {HEADING_ROWS}; needed are {needed}")


def _record(cells: Cells, place: str) -> Record:
    faults: list[Fault] = []
    document: dict[str, Any] = {"status": columns.status(cells.get("status"))}
    for field in _NEEDED:
        if field not in cells:
            faults.append(Fault(_path(field), "is required"))
    name, organization = columns.text(cells.get("name")), columns.text(cells.get("organization"))
    document |= {"name": name, "organization": {"name": organization, "description": organization}}
    for field, read in _READ.items():
        _cell(cells, field, read, document, faults)
    attributes: list[Any] = []
    for taxonomy in _TAXONOMIES:
        found: dict[str, Any] = {}
        _cell(cells, taxonomy, partial(columns.terms, taxonomy), found, faults)
        attributes += found.get(taxonomy, ())
    if attributes:
        document["attributes"] = attributes
    if "department" in cells:
        document["contacts"] = [{"department": columns.text(cells["department"])}]
    _place(cells, document, faults)
    key = columns.text(cells.get("key")) or f"{organization} / {name}"
    return Record(key if not faults or name else place, document, place, tuple(faults))


def _cell(cells: Cells, field: str, read: Callable[[Any], Any], found: dict[str, Any], faults: list[Fault]) -> None:
    if field in cells:
        try:
            found[field] = read(cells[field])
        except Wrong as wrong:
            faults.append(Fault(_path(field), str(wrong)))


def _path(field: str) -> str:
    return f"/{columns.HEADINGS[field][0]}"


def _place(cells: Cells, document: dict[str, Any], faults: list[Fault]) -> None:
    """Where the service is: a whole address where its postal code is known, else in words."""
    if "address" not in cells:
        return
    address = columns.text(cells["address"])
    location: dict[str, Any] = {"location_type": "physical", "name": columns.text(cells.get("organization"))}
    for field in ("latitude", "longitude"):
        _cell(cells, field, columns.number, location, faults)
    parts = address.split()
    if "postal_code" in cells and len(parts) > 2:
        where = {"address_1": " ".join(parts[2:]), "city": parts[1], "state_province": parts[0], "country": "KR"}
        code = columns.text(cells["postal_code"]).zfill(5)
        location["addresses"] = [{**where, "postal_code": code, "address_type": "physical"}]
    else:
        location["description"] = address
    document["service_at_locations"] = [{"location": location}]
