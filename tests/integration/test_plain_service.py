"""A service that says nothing but what it must runs in a worker with the chassis' defaults."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from hub120.intake.v1 import events_pb2

from chassis import messages
from chassis.bus import connect
from chassis.crypto import Keyring
from chassis.database import Database
from chassis.statements import Sql
from tests.hub import ROOT
from tests.integration.plain_service import SERVICE, metadata
from tests.servers.machine import free_port
from tests.waiting import eventually


def test_a_worker_that_names_no_batch_handles_events(tmp_path: Path) -> None:
    keys = Keyring.create(tmp_path / "keyring.json")
    database = Database(f"sqlite:///{tmp_path}/{{service}}.db", SERVICE.name, keys)
    metadata.create_all(database.engine)
    bus = connect(f"local:///{tmp_path}/bus.db")
    bus.declare([SERVICE.queue])
    now = datetime.now(UTC)
    closed = events_pb2.CaseClosed(case_id="c1")
    bus.publish([messages.event(closed, source="intake", subject="c1", now=now, traceparent="")])
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("HUB120_")},
        "PYTHONPATH": os.pathsep.join(sys.path),
        "HUB120_DATA_DIR": str(tmp_path),
        "HUB120_WORKER_ADDRESS": f"127.0.0.1:{free_port()}",
    }
    command = [sys.executable, "-m", "tests.integration.plain_service"]
    with (tmp_path / "worker.log").open("w") as log:
        running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        eventually(
            lambda: database.read(lambda tx: tx.execute(Sql("SELECT case_id FROM closed")).scalars()) == ["c1"],
            20,
            "the event being handled",
        )
    finally:
        running.terminate()
        running.wait(20)
        bus.close()
        database.close()
