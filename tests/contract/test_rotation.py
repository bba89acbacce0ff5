"""Sealing anew with a new key: no read fails meanwhile, and nothing is left with the old key. On both databases."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

import pytest
import sqlalchemy as sa

from chassis.crypto import Keyring, Rotated, rotate, sealed_columns, waiting
from chassis.engines import open_engine

ROWS = 300

metadata = sa.MetaData()
letter = sa.Table(
    "letter",
    metadata,
    sa.Column("id", sa.Text, primary_key=True, info={"pd": "id"}),
    sa.Column("text", sa.LargeBinary, nullable=False, info={"pd": "sealed"}),
    sa.Column("note", sa.LargeBinary, nullable=True, info={"pd": "sealed"}),
)
line = sa.Table(
    "line",
    metadata,
    sa.Column("letter_id", sa.Text, primary_key=True, info={"pd": "id"}),
    sa.Column("number", sa.Integer, primary_key=True, info={"pd": "none"}),
    sa.Column("text", sa.LargeBinary, nullable=False, info={"pd": "sealed"}),
)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """An empty database of either kind, opened as services open theirs."""
    address = f"sqlite:///{tmp_path}/test.db"
    if request.param == "postgresql":
        address = request.getfixturevalue("postgres_address")
    engine = open_engine(address, "public", pool_size=4)
    metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def keys() -> Keyring:
    """A keyring with a second key, about to become the current one."""
    return Keyring.generate().add()


def newest(keys: Keyring) -> Keyring:
    return keys.make_current(next(name for name in keys.key_ids if name != keys.current))


def text_of(number: int) -> str:
    return f"편지 {number}"


def write(connection: sa.Connection, keys: Keyring, number: int, text: str) -> None:
    row = f"l{number:04}"
    sealed = keys.seal(text, table="letter", column="text", row=row)
    if connection.execute(sa.update(letter).where(letter.c.id == row).values(text=sealed)).rowcount == 0:
        connection.execute(sa.insert(letter).values(id=row, text=sealed))


def fill(engine: sa.Engine, keys: Keyring) -> None:
    with engine.begin() as connection:
        for number in range(ROWS):
            write(connection, keys, number, text_of(number))
        sealed = keys.seal("줄", table="line", column="text", row="l0001:7")
        connection.execute(sa.insert(line).values(letter_id="l0001", number=7, text=sealed))


def read_all(engine: sa.Engine, keys: Keyring) -> dict[str, str]:
    with engine.connect() as connection:
        rows = connection.execute(sa.select(letter.c.id, letter.c.text)).all()
    return {row.id: keys.open_text(bytes(row.text), table="letter", column="text", row=row.id) for row in rows}


def test_every_value_is_sealed_anew_and_reads_as_before(engine: sa.Engine, keys: Keyring) -> None:
    fill(engine, keys)
    renewed = newest(keys)
    steps: list[Rotated] = []
    with engine.connect() as connection:
        assert waiting(connection, sealed_columns(metadata), renewed) == ROWS + 1
        done = rotate(connection, sealed_columns(metadata), renewed, batch=100, progress=steps.append)
        assert waiting(connection, sealed_columns(metadata), renewed) == 0
    assert [one.resealed for one in done if one.table == "letter" and one.column == "text"] == [ROWS]
    assert [step.resealed for step in steps if step.table == "letter"] == [100, 200, 300]
    only_new = renewed.remove(keys.current)
    assert read_all(engine, only_new) == {f"l{number:04}": text_of(number) for number in range(ROWS)}
    with engine.connect() as connection:
        row = connection.execute(sa.select(line.c.text)).scalar_one()
    assert only_new.open_text(bytes(row), table="line", column="text", row="l0001:7") == "줄"


class Stopped(Exception):
    """Raised in the middle of a rotation."""


def test_a_rotation_that_was_stopped_goes_on_where_it_was(engine: sa.Engine, keys: Keyring) -> None:
    fill(engine, keys)
    renewed = newest(keys)

    def stop(_: Rotated) -> None:
        raise Stopped

    with engine.connect() as connection:
        with pytest.raises(Stopped):
            rotate(connection, [letter.c.text], renewed, batch=100, progress=stop)
        assert waiting(connection, [letter.c.text], renewed) == ROWS - 100
        assert [one.resealed for one in rotate(connection, [letter.c.text], renewed, batch=100)] == [ROWS - 100]


def test_a_damaged_value_is_named_and_does_not_stop_the_others(engine: sa.Engine, keys: Keyring) -> None:
    fill(engine, keys)
    with engine.begin() as connection:
        connection.execute(sa.update(letter).where(letter.c.id == "l0005").values(text=b"\x01\x01zrubbish rubbish"))
    with engine.connect() as connection:
        (done,) = rotate(connection, [letter.c.text], newest(keys), batch=100)
    assert done.resealed == ROWS - 1
    assert len(done.unsealable) == 1
    assert "l0005" in done.unsealable[0]


class AtWork:
    """Two processes of which one is not restarted yet: they read everything and write a few, each with its own key."""

    def __init__(self, engine: sa.Engine, rings: Sequence[Keyring]) -> None:
        self.problems: list[BaseException] = []
        self._engine = engine
        self._rounds = threading.Semaphore(0)
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._work, args=(ring,)) for ring in rings]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join(timeout=30)

    def one_more_round(self) -> None:
        """Wait until one of them has read and written."""
        assert self._rounds.acquire(timeout=30)

    def _work(self, ring: Keyring) -> None:
        try:
            turn = 0
            while not self._stopping.is_set():
                assert len(read_all(self._engine, ring)) == ROWS
                with self._engine.begin() as connection:
                    for number in range(turn % 20, ROWS, 20):
                        write(connection, ring, number, text_of(number))
                turn += 1
                self._rounds.release()
        except BaseException as problem:  # noqa: BLE001 - looked at by the test, in its own thread
            self.problems.append(problem)
            self._rounds.release()


def test_nothing_fails_to_be_read_while_others_write_through_two_rotations(engine: sa.Engine, keys: Keyring) -> None:
    fill(engine, keys)
    renewed = newest(keys)
    command = open_engine(engine.url.render_as_string(hide_password=False), "public", pool_size=1)
    try:
        with AtWork(engine, (keys, renewed)) as others:
            for ring in (renewed, keys):
                others.one_more_round()
                with command.connect() as connection:  # its own, so that who works gets a turn between two batches
                    rotate(connection, [letter.c.text], ring, batch=20)
                others.one_more_round()
    finally:
        command.dispose()
    assert others.problems == []
    with engine.connect() as connection:
        rotate(connection, [letter.c.text], renewed)
        assert waiting(connection, [letter.c.text], renewed) == 0
    assert read_all(engine, renewed.remove(keys.current)) == {f"l{n:04}": text_of(n) for n in range(ROWS)}
