"""docs/operating.md is true: its table of settings is that of the code, its SQL and commands do what it says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from chassis.auth import LocalIssuer, LocalVerifier
from chassis.crypto import Keyring
from chassis.service import installed
from chassis.settings import Settings
from chassis.telemetry.attributes import COUNTABLE
from tests import servers
from tests.documents import ROOT, blocks, table
from tests.hub import running_hub

DOCUMENT = "docs/operating.md"


def test_the_table_of_settings_is_that_of_the_code() -> None:
    rows = table(DOCUMENT, "variable")
    written = {name.strip("`"): cells[0].strip("`") for name, cells in rows.items()}
    assert written == {f"HUB120_{name.upper()}": shown(field.default) for name, field in Settings.model_fields.items()}


def shown(default: object) -> str:
    if isinstance(default, tuple | dict):
        return json.dumps(default)
    return "" if default is None else str(default).lower() if isinstance(default, bool) else str(default)


def test_every_metric_the_code_counts_is_listed_with_declared_attributes() -> None:
    listed = {
        name.strip("`"): set(re.findall(r"`([\w.]+)`", cells[2])) for name, cells in table(DOCUMENT, "metric").items()
    }
    code = "\n".join(path.read_text() for folder in ("chassis", "services") for path in (ROOT / folder).rglob("*.py"))
    counted = set(re.findall(r'(?:counter|gauge|histogram|observed|observed_each)\(\s*"([\w.]+)"', code))
    assert counted == listed.keys()
    assert set().union(*listed.values()) <= COUNTABLE


def test_each_service_has_a_role_that_reaches_its_own_schema_alone(
    private_postgres: Callable[[], servers.PrivatePostgres], tmp_path: Path
) -> None:
    server = private_postgres().address.replace("+psycopg", "")
    roles, schemas = blocks(DOCUMENT, "sql")
    execute(server, roles)
    database = server.rpartition("/")[0] + "/hub120"
    execute(database, schemas)
    address = re.sub(r"//[^@]*@", "//{service}@", database).replace("postgresql:", "postgresql+psycopg:")
    for _ in range(2):
        migrated = hub120(tmp_path, "migrate", HUB120_DATABASE=address, HUB120_BUS=f"local:///{tmp_path}/bus.db")
        assert migrated.split() == ["up", "to", "date:", *", ".join(service.name for service in installed()).split()]
    with (
        psycopg.connect(re.sub(r"//[^@]*@", "//routing@", database)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("SELECT * FROM intake.citizen")


def execute(address: str, statements: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in filter(str.strip, statements.split(";")):
            connection.execute(statement.encode())


def hub120(folder: Path, *arguments: str, **environment: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "chassis.cli", *arguments],
        cwd=ROOT,
        env=os.environ | {"HUB120_DATA_DIR": str(folder)} | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    ).stdout


def test_keys_are_made_as_it_says(tmp_path: Path) -> None:
    commands = [code for code in blocks(DOCUMENT, "sh") if "keyring.json" in code or "token.key" in code]
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    for code in commands:
        subprocess.run(["bash", "-euc", code], cwd=tmp_path, env=environment, check=True, timeout=60)
    keyring = Keyring.load(tmp_path / "keyring.json")
    sealed = keyring.seal("수도", table="a", column="b", row="c")
    assert keyring.open_text(sealed, table="a", column="b", row="c") == "수도"
    token = LocalIssuer(tmp_path / "token.key", make=False).issue("kim", ["agent"])
    assert LocalVerifier(tmp_path / "token.key", make=False).verify(token).subject == "kim"


def test_dead_messages_are_shown_and_put_back_as_it_says(tmp_path: Path) -> None:
    commands = next(code for code in blocks(DOCUMENT, "sh") if "events dead" in code)
    with running_hub(tmp_path) as hub:
        said = [hub.command(*line.removeprefix("hub120 ").split()).stdout for line in commands.splitlines()]
    assert ["no dead messages" in one for one in said] == [True, True, False]
    assert said[-1] == "0 put back\n"


def test_what_an_operator_can_mend_is_told_in_a_sentence(tmp_path: Path) -> None:
    hub120(tmp_path, "migrate")
    with pytest.raises(subprocess.CalledProcessError) as failed:
        hub120(tmp_path, "events", "dead", "connector.nobody.reply")
    assert failed.value.stderr.startswith("Error: queue 'connector.nobody.reply' is not declared")
