"""The rules of a day, ready to be asked. Versions never change, so each is read and compiled once in a process.

A centre that has written no rule has those of the sample.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from chassis.database import Tx
from chassis.statements import Row
from services.referral.domain.eligibility_amounts import Reader
from services.referral.domain.eligibility_evaluation import Compiled, compiled
from services.referral.domain.eligibility_reading import read_rule
from services.referral.domain.eligibility_rules import Rule
from services.referral.eligibility_sample import sample
from services.referral.store import eligibility as store

SAMPLE = "sample"
_MOST_KEPT = 10_000
"""Compiled rules in memory; beyond it, it begins anew."""
_MOST_DAYS = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """A version of a rule as it stands in the book."""

    version: int
    ends: str
    """YYYY-MM-DD; empty: open."""
    written_by: str
    """Who wrote it; ``SAMPLE`` where the hub brings it."""
    written_at: float | None
    document: Mapping[str, Any]
    asked: Compiled

    @property
    def rule(self) -> Rule:
        """As it was read."""
        return self.asked.rule


class RuleBook:
    """Compiled rules of one process."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], tuple[Mapping[str, Any], Compiled]] = {}
        self._days: dict[tuple[int, date], Sequence[Entry]] = {}

    def of_day(self, tx: Tx, day: date) -> Sequence[Entry]:
        """The rules in use on a day, by id. As long as no rule changes, they are those of the last time."""
        edition = store.edition(tx)
        if not edition:
            return [one for one in sample_entries() if _in_use(one.rule, day)]
        found = self._days.get((edition, day))
        if found is None:
            found = self.entries(tx, store.in_use(tx, day))
            days = {} if len(self._days) >= _MOST_DAYS else self._days
            self._days = {**days, (edition, day): found}
        return found

    def entries(self, tx: Tx, rows: Sequence[Row]) -> list[Entry]:
        """Rows of versions as entries of the book."""
        missing = {row.rule_id for row in rows if (row.rule_id, row.version) not in self._kept}
        if missing:
            self._read(store.documents(tx, missing))
        return [self._entry(row) for row in rows]

    def _read(self, documents: Mapping[tuple[str, int], str]) -> None:
        if len(self._kept) + len(documents) > _MOST_KEPT:
            self._kept = {}
        for key, text in documents.items():
            if key not in self._kept:
                document = json.loads(text)
                self._kept[key] = document, compiled(readable(document))

    def _entry(self, row: Row) -> Entry:
        document, asked = self._kept[row.rule_id, row.version]
        return Entry(row.version, row.ends, row.written_by, row.written_at, document, asked)


def readable(document: Mapping[str, Any]) -> Rule:
    """A rule that was read before it was written."""
    reader = Reader()
    rule = read_rule(reader, document)
    if rule is None:
        raise ValueError(f"the rule {document.get('id')} cannot be read any more: {reader.faults}")
    return rule


def entry_of(row: Row) -> Entry:
    """A version just written. It is in no book before it is committed."""
    document = json.loads(row.document)
    return Entry(row.version, row.ends, row.written_by, row.written_at, document, compiled(readable(document)))


@cache
def sample_entries() -> Sequence[Entry]:
    """The rules of the sample, by id."""
    found = []
    for document in sorted(sample(), key=lambda one: str(one["id"])):
        rule = readable(document)
        ends = rule.valid_until.isoformat() if rule.valid_until else ""
        found.append(Entry(1, ends, SAMPLE, None, document, compiled(rule)))
    return found


def _in_use(rule: Rule, day: date) -> bool:
    return rule.valid_from <= day and (rule.valid_until is None or day < rule.valid_until)
