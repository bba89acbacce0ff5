"""``hub120 keys rotate`` in embedded mode: a process that runs through it reads everything, and no old key is left."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from chassis.blobs import Blobs
from chassis.crypto import Keyring, Unsealable, sealed_columns, waiting
from chassis.engines import open_engine
from chassis.rotation import rotate_all
from chassis.service import installed, keeping
from chassis.settings import Settings
from services.intake.tables import metadata

ATTACHMENT = "a1"


def sample(column: sa.Column[object], row: str, keys: Keyring) -> object:
    """A value for any column: sealed where it is sealed."""
    if column.info["pd"] == "sealed":
        return keys.seal("개인정보", table=column.table.name, column=column.name, row=row)
    if isinstance(column.type, sa.LargeBinary):
        return b"hash"
    return row if isinstance(column.type, sa.Text) else 1


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An embedded installation in which every table of every service has one row."""
    settings = Settings(data_dir=tmp_path)
    keys = Keyring.create(settings.keyring_path)
    for service in keeping(installed()):
        engine = open_engine(settings.database_address, service.name, 1)
        service.metadata.create_all(engine)
        with engine.begin() as connection:
            for table in service.metadata.sorted_tables:
                key = [str(sample(column, "r1", keys)) for column in table.primary_key]
                row = ":".join(key)
                values = {c.name: sample(c, "r1" if c.primary_key else row, keys) for c in table.columns}
                connection.execute(sa.insert(table).values(values))
        engine.dispose()
    Blobs(settings.blobs_address, keys).put(ATTACHMENT, b"photo")
    return settings


def everything(settings: Settings, keys: Keyring) -> list[str]:
    """Every sealed value of intake, opened."""
    engine = open_engine(settings.database_address, "intake", 1)
    with engine.connect() as connection:
        columns = sealed_columns(metadata)
        values = [connection.execute(sa.select(column)).scalar_one() for column in columns]
    engine.dispose()
    return [
        keys.open_text(bytes(value), table=column.table.name, column=column.name, row="r1")
        for column, value in zip(columns, values, strict=True)
    ]


def test_everything_is_sealed_with_a_new_key_and_running_processes_read_on(settings: Settings) -> None:
    running = Keyring.load(settings.keyring_path)
    blobs = Blobs(settings.blobs_address, running)
    attachment = blobs.put(ATTACHMENT, b"photo")
    before = everything(settings, running)
    assert len(before) >= 8
    assert rotate_all(settings)
    assert everything(settings, running) == before
    assert blobs.get(attachment) == b"photo"
    renewed = Keyring.load(settings.keyring_path)
    old = next(name for name in renewed.key_ids if name != renewed.current)
    assert everything(settings, renewed.remove(old)) == before
    engine = open_engine(settings.database_address, "intake", 1)
    with engine.connect() as connection:
        assert waiting(connection, sealed_columns(metadata), renewed) == 0
    engine.dispose()


def test_a_value_that_does_not_open_is_told_and_the_rest_is_done(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    column = sealed_columns(metadata)[0]
    engine = open_engine(settings.database_address, "intake", 1)
    with engine.begin() as connection:
        connection.execute(sa.update(column.table).values({column.name: b"\x01\x01zrubbish rubbish"}))
    engine.dispose()
    assert not rotate_all(settings)
    assert f"{column.table.name}.{column.name}" in capsys.readouterr().out
    with pytest.raises(Unsealable):
        everything(settings, Keyring.load(settings.keyring_path))
