"""Alerts, the runbook, dashboards and metrics agree; files that a script writes are those that it would write now."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from chassis.telemetry.metrics import declared
from docs.tables import MEASURING
from scripts.dashboards import DASHBOARDS, FOLDER, written
from tests.documents import ROOT
from tests.exposition import name_of
from tests.otlp import Metric

RUNBOOK = ROOT / "docs" / "runbook.md"
KINDS = {"counter": "sum"}
PARTS = ("_bucket", "_count", "_sum", "")
NAME = re.compile(r"\b((?:hub120|rpc|http|messaging|db|process)_\w+)")
LABEL = re.compile(r"(?:by|on) \(([^)]*)\)|\{([^}]*)\}")


def test_files_are_those_of_the_script() -> None:
    assert {path: path.read_text() for path in written()} == written()


def test_every_alert_says_how_bad_it_is_and_leads_to_its_section() -> None:
    for rule in rules():
        assert rule["labels"]["severity"] in {"critical", "warning"}
        assert rule["annotations"]["summary"]
        assert rule["annotations"]["runbook_url"] == f"docs/runbook.md#{rule['alert'].lower()}"
    assert [rule["alert"] for rule in rules()] == list(sections())


def test_every_section_says_what_it_means_how_to_see_it_what_to_do_and_when_it_is_over() -> None:
    for alert, text in sections().items():
        told = re.findall(r"^\*\*([\w ]+)\*\*", text, re.MULTILINE)
        assert told == ["For citizens", "See it", "First", "Over when"], alert


def test_runbook_alerts_and_dashboards_name_metrics_that_there_are() -> None:
    queries = [query for board in DASHBOARDS for panel in board.panels for query in panel.queries.values()]
    for text in (RUNBOOK.read_text(), *queries, *(rule["expr"] for rule in rules())):
        bare = LABEL.sub("", text)
        assert [name for name in NAME.findall(bare) if name not in known()] == []


def test_each_section_names_a_metric_of_its_alert() -> None:
    for rule in rules():
        metrics = set(NAME.findall(LABEL.sub("", rule["expr"])))
        assert metrics & set(NAME.findall(sections()[rule["alert"]])), rule["alert"]


def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load((FOLDER / "alerts.yaml").read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def sections() -> Mapping[str, str]:
    parts = re.split(r"^## (\w+)$", RUNBOOK.read_text(), flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def known() -> set[str]:
    assert MEASURING
    wire = (Metric(one.name, one.unit, (), {}, KINDS.get(one.kind, one.kind)) for one in declared())
    labels = {name.replace(".", "_") for one in declared() for name in one.attributes}
    return {name_of(one) + part for one in wire for part in PARTS} | labels
