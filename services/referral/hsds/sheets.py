"""Tables in files: CSV as spreadsheets write it, and workbooks; rows come out with their number."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import python_calamine

from services.referral.hsds.json_files import Unreadable

Row = Sequence[Any]
LONGEST_CELL = 1_000_000
WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})


def text_of(content: bytes, name: str) -> str:
    """The text of a CSV file: UTF-8, or CP949 as older Korean programs write it. Raises ``Unreadable``."""
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(f"{name} is neither UTF-8 nor CP949: save it as CSV UTF-8")


def csv_rows(content: bytes, name: str) -> Iterator[tuple[int, Row]]:
    """The rows of a CSV file, from 1. Raises ``Unreadable``."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text_of(content, name), newline=""))
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            yield number, row
    except csv.Error as error:
        raise Unreadable(f"{name} is no CSV after row {number}: {error}") from error


def workbook_rows(path: Path) -> Iterator[tuple[int, Row]]:
    """The rows of the first sheet of a workbook, from 1. Raises ``Unreadable``."""
    try:
        with python_calamine.load_workbook(str(path)) as workbook:
            sheet = workbook.get_sheet_by_index(0)
            rows = sheet.to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, IndexError) as error:
        raise Unreadable(f"{path.name} is no workbook that can be read: {error}") from error
    yield from enumerate(rows, 1)
