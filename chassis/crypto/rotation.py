"""Sealing everything anew with the current data key, batch by batch, while the service reads and writes.

Tables declare their columns: ``info={"pd": ...}`` is ``none``, ``id``, ``hash`` or ``sealed``. A sealed value's row is
its primary key, joined by ``:`` where that has several columns. Both databases; a run that was stopped is run again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from chassis.crypto.keyring import Keyring, Unsealable

CLASSES = ("none", "id", "hash", "sealed")


@dataclass(frozen=True, slots=True)
class Rotated:
    """How far one column is: values sealed anew (in all, in the last batch), values others changed meanwhile, and what
    did not open and why."""

    table: str
    column: str
    resealed: int = 0
    batch: int = 0
    changed_meanwhile: int = 0
    unsealable: tuple[str, ...] = ()


def sealed_columns(metadata: sa.MetaData) -> list[sa.Column[Any]]:
    """The columns that hold sealed values."""
    columns = (column for table in metadata.sorted_tables for column in table.columns)
    return [column for column in columns if column.info.get("pd") == "sealed"]


def unclassified_columns(metadata: sa.MetaData) -> list[str]:
    """Columns that do not say what personal data they hold, or say it wrongly."""
    columns = (column for table in metadata.sorted_tables for column in table.columns)
    return [str(column) for column in columns if not _well_classified(column)]


def _well_classified(column: sa.Column[Any]) -> bool:
    kind = column.info.get("pd")
    return kind in CLASSES and (kind not in ("hash", "sealed") or isinstance(column.type, sa.LargeBinary))


def waiting(connection: sa.Connection, columns: Iterable[sa.Column[Any]], keyring: Keyring) -> int:
    """How many values are not sealed with the current key: an old key can be removed when there are none."""
    total = 0
    for column in columns:
        total += connection.scalar(sa.select(sa.func.count()).where(_is_old(column, keyring))) or 0
    connection.rollback()
    return total


def rotate(
    connection: sa.Connection,
    columns: Iterable[sa.Column[Any]],
    keyring: Keyring,
    batch: int = 500,
    progress: Callable[[Rotated], None] = lambda _: None,
) -> list[Rotated]:
    """Seal anew what is not sealed with the current key; one short transaction a batch.

    A value is replaced only if it is still what was read, so a change made meanwhile stays: it is sealed with the key
    of whoever made it, and the next run takes it. ``connection`` is in no transaction.
    """
    return [_rotate_column(connection, column, keyring, batch, progress) for column in columns]


def _rotate_column(
    connection: sa.Connection,
    column: sa.Column[Any],
    keyring: Keyring,
    batch: int,
    progress: Callable[[Rotated], None],
) -> Rotated:
    done = Rotated(column.table.name, column.name)
    for rows in _batches(connection, column, keyring, batch):
        renewed, unsealable = _renewed(column, rows, keyring)
        with connection.begin():
            resealed = sum(connection.execute(update).rowcount for update in renewed)
        done = replace(
            done,
            resealed=done.resealed + resealed,
            batch=resealed,
            changed_meanwhile=done.changed_meanwhile + len(renewed) - resealed,
            unsealable=(*done.unsealable, *unsealable),
        )
        progress(done)
    return done


def _batches(
    connection: sa.Connection, column: sa.Column[Any], keyring: Keyring, batch: int
) -> Iterator[Sequence[sa.Row[*tuple[Any, ...]]]]:
    """Rows with an old value, in the order of their primary key, each once."""
    key = list(column.table.primary_key)
    query = sa.select(*key, column).where(_is_old(column, keyring)).order_by(*key).limit(batch)
    after: sa.ColumnElement[bool] = sa.true()
    while True:
        with connection.begin():
            rows = connection.execute(query.where(after)).fetchall()
        if rows:
            yield rows
        if len(rows) < batch:
            return
        after = sa.tuple_(*key) > sa.tuple_(*rows[-1][:-1])


def _renewed(
    column: sa.Column[Any], rows: Sequence[sa.Row[*tuple[Any, ...]]], keyring: Keyring
) -> tuple[list[sa.Update], list[str]]:
    """The updates that put values sealed anew in the place of what was read, and why some cannot be."""
    updates, unsealable = [], []
    for *key, old in rows:
        place = {"table": column.table.name, "column": column.name, "row": ":".join(map(str, key))}
        same_row = [part == value for part, value in zip(column.table.primary_key, key, strict=True)]
        try:
            new = keyring.seal(keyring.open(bytes(old), **place), **place)
        except Unsealable as error:
            unsealable.append(str(error))
        else:
            updates.append(sa.update(column.table).where(*same_row, column == old).values({column: new}))
    return updates, unsealable


def _is_old(column: sa.Column[Any], keyring: Keyring) -> sa.ColumnElement[bool]:
    prefix = keyring.sealed_prefix
    start = sa.func.substr(column, 1, len(prefix), type_=sa.LargeBinary)
    return sa.and_(column.is_not(None), start != sa.literal(prefix, sa.LargeBinary))
