"""An import that broke off goes on where it stopped, and ends as if it had not."""

from __future__ import annotations

import io
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from chassis.database import Database
from chassis.errors import PreconditionFailed
from services.outreach.domain.lists import Segment
from services.outreach.store import lists as store
from services.outreach.tables import metadata
from services.outreach.use_cases import lists
from services.outreach.use_cases.lists import NewList
from tests.integration.databases import shared
from tests.integration.test_campaigns import campaign
from tests.waiting import eventually

both, clock, database = shared("outreach", metadata)


class Died(Exception):
    """The process is gone."""


def people(many: int) -> bytes:
    """Every tenth has no number, and the last 500 are there already."""
    last = many - 500
    rows = (
        f"n{one},{'x' if one % 10 == 0 else f'010-{one % last // 10000:04}-{one % last % 10000:04}'}"
        for one in range(many)
    )
    return "\n".join(("이름,휴대폰", *rows)).encode()


def counts(row: Any) -> tuple[int, int, int, int]:
    return row.members, row.refused, row.duplicates, row.complete


def test_it_goes_on_where_it_stopped_and_what_was_taken_is_not_taken_twice(database: Database) -> None:
    content = people(3500)
    whole = NewList(str(uuid4()), "명단", "people.csv", "kim")
    expected = counts(lists.bring_in(database, io.BytesIO(content), whole)[0])
    assert expected[3] == 1
    broken, chunks = NewList(str(uuid4()), "명단", "people.csv", "kim"), []

    def dies(rows: int) -> None:
        chunks.append(rows)
        if len(chunks) == 2:
            raise Died

    with pytest.raises(Died):
        lists.bring_in(database, io.BytesIO(content), broken, dies)
    half = database.run(lists.of, broken.id)
    assert (half.complete, half.reached) == (0, 2001)
    with pytest.raises(PreconditionFailed) as incomplete:
        database.run(lists.create_campaign, campaign(), broken.id, Segment())
    with pytest.raises(PreconditionFailed) as other:
        lists.bring_in(database, io.BytesIO(content + b"\n"), broken)
    assert (incomplete.value.reason, other.value.reason) == ("LIST_INCOMPLETE", "OTHER_FILE")
    for _ in range(2):
        assert counts(lists.bring_in(database, io.BytesIO(content), broken)[0]) == expected
    faults = [
        [(one.number, one.heading, one.code) for one in database.run(store.faults, one.id, (0, ""), 5000)]
        for one in (whole, broken)
    ]
    assert faults[0] == faults[1]


def test_a_command_that_was_killed_is_gone_on_with(tmp_path: Path) -> None:
    file, list_id, many = tmp_path / "people.csv", str(uuid4()), 30_000
    file.write_bytes(people(many))
    environment = {**os.environ, "HUB120_DATA_DIR": str(tmp_path / "var")}
    command = [sys.executable, "-m", "chassis.cli", "outreach", "import", str(file), "--list", list_id]
    killed = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    eventually(lambda: _reached(tmp_path / "var"), 60, "some of it being there")
    killed.kill()
    out, _ = killed.communicate()
    assert killed.returncode < 0, "killed before it was done"
    assert list_id in out.decode()
    assert _reached(tmp_path / "var") < many
    again = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert f"list {list_id}: {(many - 500) * 9 // 10} people, {many // 10} refused, 450 twice" in again.stdout


def _reached(folder: Path) -> int:
    """How far the list is, as another process sees it; 0 before there is one."""
    files = list(folder.glob("**/outreach.db"))
    if not files:
        return 0
    with closing(sqlite3.connect(files[0])) as connection:
        try:
            row = connection.execute("SELECT reached FROM recipient_list").fetchone()
        except sqlite3.OperationalError:
            return 0  # its tables are being made
    return int(row[0]) if row else 0
