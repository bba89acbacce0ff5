"""Tables in files: CSV as spreadsheets write it, and workbooks; rows come out one after another with their number."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any, BinaryIO

Row = Sequence[Any]
LONGEST_CELL = 1_000_000
MOST_UNPACKED = 512 * 1024 * 1024
"""Bytes of a workbook out of its archive."""
WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
_ENCODINGS = ("utf-8-sig", "cp949")
_DELIMITERS = ",;\t"
_PIECE = 1 << 20


class Unreadable(Exception):
    """A file that cannot be read at all; the message says why, and is for whoever gave it."""


def rows(stream: BinaryIO, name: str) -> Iterator[tuple[int, Row]]:
    """The rows of a CSV file or a workbook, from 1, by the ending of its name. Raises ``Unreadable``."""
    ending = PurePath(name).suffix.lower()
    if ending in WORKBOOKS:
        return workbook_rows(stream, name)
    if ending in {".csv", ".tsv", ".txt"}:
        return csv_rows(stream, name)
    raise Unreadable(f"{name} is neither .csv nor a workbook")


def encoding(stream: BinaryIO, name: str) -> str:
    """In what a text is written: UTF-8, or CP949 as older Korean programs write it. Raises ``Unreadable``."""
    for found in _ENCODINGS:
        stream.seek(0)
        text = io.TextIOWrapper(stream, found, newline="")
        try:
            while text.read(_PIECE):
                pass
            return found
        except UnicodeDecodeError:
            continue
        finally:
            text.detach()
            stream.seek(0)
    raise Unreadable(f"{name} is neither UTF-8 nor CP949: save it as CSV UTF-8")


def csv_rows(stream: BinaryIO, name: str) -> Iterator[tuple[int, Row]]:
    """The rows of a CSV file, from 1. Raises ``Unreadable``."""
    csv.field_size_limit(LONGEST_CELL)
    text = io.TextIOWrapper(stream, encoding(stream, name), newline="")
    number = 0
    try:
        first = text.readline()
        text.seek(0)
        delimiter = max(_DELIMITERS, key=first.count) if first else ","
        for number, row in enumerate(csv.reader(text, delimiter=delimiter), 1):
            yield number, row
    except csv.Error as error:
        raise Unreadable(f"{name} is no CSV after row {number}: {error}") from error
    finally:
        if not stream.closed:
            text.detach()


def workbook_rows(stream: BinaryIO, name: str) -> Iterator[tuple[int, Row]]:
    """The rows of the first sheet of a workbook, from 1. Raises ``Unreadable``."""
    import python_calamine  # noqa: PLC0415 - only who brings a workbook needs it

    _no_bomb(stream, name)
    try:
        with python_calamine.load_workbook(stream) as workbook:
            sheet = workbook.get_sheet_by_index(0)
            first = sheet.start[0] if sheet.start else 0
            yield from enumerate(sheet.iter_rows(), first + 1)
    except (python_calamine.CalamineError, IndexError) as error:
        raise Unreadable(f"{name} is no workbook that can be read: {error}") from error


def _no_bomb(stream: BinaryIO, name: str) -> None:
    """A workbook is a ZIP archive, most of them: one that would unpack to more than anybody writes is not opened."""
    try:
        with zipfile.ZipFile(stream) as archive:
            unpacked = sum(one.file_size for one in archive.infolist())
    except zipfile.BadZipFile:
        unpacked = 0  # an older kind of workbook, or none: its reader says so
    if unpacked > MOST_UNPACKED:
        raise Unreadable(f"{name} would unpack to {unpacked >> 20} MiB, more than {MOST_UNPACKED >> 20}")
    stream.seek(0)
