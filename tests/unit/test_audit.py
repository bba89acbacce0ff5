"""What pip-audit reports is judged: a known weakness fails, a service that does not answer is told and does not."""

from __future__ import annotations

import json
from typing import Any

from scripts.audit import judged


def report(*packages: dict[str, Any]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


SOUND: dict[str, Any] = {"name": "vine", "version": "5.1.0", "vulns": []}
WEAK: dict[str, Any] = {
    "name": "amqp",
    "version": "5.0",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["5.1"], "aliases": [], "description": "x"}],
}
UNKNOWN: dict[str, Any] = {"name": "wrapt", "skip_reason": "Dependency not found"}


def test_a_known_weakness_fails_and_says_which_version_mends_it() -> None:
    found, said = judged(report(SOUND, WEAK))
    assert found
    assert said == ["amqp 5.0: PYSEC-1, mended in 5.1", "2 of 2 packages were looked up, 1 weaknesses are known"]


def test_nothing_known_passes() -> None:
    assert judged(report(SOUND)) == (False, ["1 of 1 packages were looked up, 0 weaknesses are known"])


def test_what_the_service_does_not_know_is_told() -> None:
    found, said = judged(report(SOUND, UNKNOWN))
    assert not found
    assert said[-1] == "NOT DONE for 1: the advisory service does not answer for them"


def test_a_service_that_cannot_be_reached_is_told_and_fails_nothing() -> None:
    for answer in ("", "Traceback …", "[]"):
        found, said = judged(answer)
        assert not found
        assert said[0].startswith("NOT DONE")
