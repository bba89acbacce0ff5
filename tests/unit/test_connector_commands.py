"""``hub120 connectors``: what an operator and a connector's author see."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hub120_sdk.testing import Grade

from chassis.connectors.commands import connectors
from chassis.connectors.grades import Grades


@pytest.fixture(autouse=True)
def _own_data_dir(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB120_DATA_DIR", str(tmp_path_factory.mktemp("var")))


def hub120(*arguments: str, **environ: str) -> Result:
    return CliRunner().invoke(connectors, arguments, env=environ)


def test_the_list_says_what_is_missing_and_what_is_misspelt() -> None:
    listed = hub120("list", HUB120_CONNECTOR_WEB_REPLY_URL="https://x.example", HUB120_CONNECTOR_WEB_SINGING_SECRET="x")
    assert listed.exit_code == 0, listed.output
    assert "HUB120_CONNECTOR_WEB_SIGNING_SECRET" in listed.output
    assert "HUB120_CONNECTOR_WEB_SINGING_SECRET belongs to no connector" in listed.output
    assert "unconfigured" in listed.output


@pytest.mark.slow
def test_the_check_of_a_built_in_connector_ends_in_platinum() -> None:
    checked = hub120("check", "web")
    assert checked.exit_code == 0, checked.output
    assert "web: gold" in checked.output
    assert checked.output.strip().endswith("web: platinum (the same in a process of its own)")


def test_what_is_no_connector_cannot_be_checked() -> None:
    checked = hub120("check", "nobody_knows_it")
    assert checked.exit_code == 1
    assert "No module named 'nobody_knows_it'" in checked.output


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["channel", "department", "directory", "interpreter", "knowledge", "listener"])
def test_a_new_connector_passes_the_kit_from_its_first_minute(tmp_path: Path, kind: str) -> None:
    made = hub120("new", "river_alerts", "--kind", kind, "--directory", str(tmp_path))
    assert made.exit_code == 0, made.output
    project = tmp_path / "river_alerts"
    command = [sys.executable, "-m", "hub120_sdk.testing", "river_alerts"]
    path = ":".join(path for path in sys.path if path)
    done = subprocess.run(command, cwd=project, env={"PYTHONPATH": path}, capture_output=True, text=True, check=False)
    assert done.stdout.strip().endswith("river_alerts: gold"), done.stdout + done.stderr
    text = "".join(file.read_text() for file in project.rglob("*") if file.suffix in {".py", ".toml", ".md", ".json"})
    assert "_template" not in text
    assert "your_connector" not in text.lower().replace("your connector", "your_connector")
    assert "class RiverAlerts" in text


@pytest.mark.parametrize("name", ["River", "1st", "a b", "../x", ""])
def test_a_name_that_cannot_be_an_id_is_refused(name: str, tmp_path: Path) -> None:
    refused = hub120("new", name, "--directory", str(tmp_path))
    assert refused.exit_code == 2
    assert not list(tmp_path.iterdir())


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "river").mkdir()
    refused = hub120("new", "river", "--directory", str(tmp_path))
    assert refused.exit_code == 1
    assert "is there already" in refused.output


@pytest.fixture
def data_dir(tmp_path: Path) -> str:
    return str(tmp_path / "var")


def listed(connector: str, data_dir: str) -> str:
    output = hub120("list", HUB120_DATA_DIR=data_dir).output
    return next(line for line in output.splitlines() if line.startswith(f"{connector} "))


def test_the_list_shows_the_grade_that_was_earned_and_what_the_connector_is(data_dir: str) -> None:
    assert "unchecked" in listed("web", data_dir)
    assert hub120("check", "web", "--no-isolated", HUB120_DATA_DIR=data_dir).exit_code == 0
    assert f"gold ({datetime.now(UTC).date()})" in listed("web", data_dir)
    assert "channel" in listed("web", data_dir)
    assert "unchecked" in listed("kakaotalk", data_dir)


def test_a_changed_connector_is_unchecked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "changing"
    package.mkdir()
    (package / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    grades = Grades(tmp_path / "var")
    grades.remember("changing", "changing", Grade.SILVER, datetime(2026, 5, 4, tzinfo=UTC))
    earned = grades.of("changing", "changing")
    assert earned is not None
    assert (earned.grade, earned.on) == ("silver", "2026-05-04")
    (package / "__init__.py").write_text("# changed")
    assert grades.of("changing", "changing") is None


def test_a_torn_file_of_grades_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "grades.json").write_text('{"web": {"grade"')
    grades = Grades(tmp_path)
    assert grades.of("web", "plugins.web") is None
    grades.remember("web", "plugins.web", Grade.GOLD, datetime(2026, 5, 4, tzinfo=UTC))
    assert grades.of("web", "plugins.web") is not None


def test_where_nothing_can_be_written_the_check_says_so_and_the_grade_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    checked = hub120("check", "web", "--no-isolated", HUB120_DATA_DIR=str(tmp_path / "file"))
    assert checked.exit_code == 0
    assert "web: gold" in checked.output
    assert "cannot be written down" in checked.output
