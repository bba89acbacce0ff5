"""Rules and median incomes as supervisors write and read them. A version, once written, is never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chassis.database import Tx
from chassis.errors import InvalidArgument, NotFound, PreconditionFailed
from chassis.statements import Row
from services.referral.domain import eligibility_checks
from services.referral.domain.eligibility_amounts import Reader
from services.referral.domain.eligibility_reading import read_rule
from services.referral.domain.eligibility_rules import Rule
from services.referral.domain.median_income import PUBLISHED, MedianIncome, Medians
from services.referral.store import eligibility as store
from services.referral.use_cases.rule_book import SAMPLE, Entry, RuleBook, entry_of, readable, sample_entries

MOST_RULES = 2_000


@dataclass(frozen=True, slots=True)
class Draft:
    """A version of a rule to be written."""

    document: Mapping[str, Any]
    supersedes: frozenset[int] = frozenset()
    """Versions that end when this one begins."""


def put_rules(tx: Tx, drafts: Sequence[Draft], written_by: str) -> list[Entry]:
    """Write versions of rules, all or none. A rule as its last version is makes no other: whoever asks twice is
    answered twice. Raises ``InvalidArgument`` with the paths of what is wrong."""
    rules = _read(drafts, store.medians(tx))
    _own_sample(tx)
    written: dict[int, Row] = {}
    wrong: list[tuple[str, str]] = []
    for place in sorted(
        range(len(rules)), key=lambda one: rules[one].id
    ):  # in one order, so that nobody waits crosswise
        newest = store.take(tx, rules[place].id)
        row, faults = _written(tx, rules[place], drafts[place], newest, written_by)
        wrong += [(f"rules[{place}].{path}", text) for path, text in faults]
        if row is not None:
            written[place] = row
    if wrong:
        raise InvalidArgument(wrong)
    if store.count(tx) > MOST_RULES:
        raise PreconditionFailed("TOO_MANY_RULES", f"there are {MOST_RULES} rules: end or change one of them")
    return [entry_of(written[place]) for place in range(len(rules))]


def list_rules(tx: Tx, book: RuleBook, day: date, after: str, limit: int) -> list[Entry]:
    """The rules in use on a day, by id."""
    return [one for one in book.of_day(tx, day) if one.rule.id > after][:limit]


def versions(tx: Tx, book: RuleBook, rule_id: str, before: int | None, limit: int) -> list[Entry]:
    """The versions of a rule, the newest first. Raises ``NotFound``."""
    if store.edition(tx):
        found = book.entries(tx, store.versions(tx, rule_id, before or store.NO_VERSION, limit))
    else:
        found = [one for one in sample_entries() if one.rule.id == rule_id and before is None]
    if not found and before is None:
        raise NotFound("rule", rule_id)
    return found


def end_rule(tx: Tx, rule_id: str, day: date) -> list[int]:
    """Use a rule no longer from a day on: the versions that end earlier now. Raises ``NotFound``."""
    _own_sample(tx)
    if not store.versions(tx, rule_id, store.NO_VERSION, 1):
        raise NotFound("rule", rule_id)
    store.take(tx, rule_id)
    ended = [row for row in store.living(tx, rule_id) if not row.ends or row.ends > day.isoformat()]
    if not ended:
        raise NotFound("rule in use on that day or later", rule_id)
    for row in ended:
        store.end(tx, rule_id, row.version, max(day, date.fromisoformat(row.valid_from)))
    return sorted(row.version for row in ended)


def put_median_income(tx: Tx, median: MedianIncome, written_by: str) -> MedianIncome:
    """Write or correct a year that the hub does not bring."""
    if median.year in {one.year for one in PUBLISHED}:
        raise PreconditionFailed("MEDIAN_PUBLISHED", f"the hub brings the median income of {median.year}")
    store.put_median(tx, median, written_by)
    return median


def _read(drafts: Sequence[Draft], medians: Medians) -> list[Rule]:
    """The rules, if nothing is wrong with any of them."""
    found: list[Rule] = []
    wrong: list[tuple[str, str]] = []
    for place, draft in enumerate(drafts):
        reader = Reader()
        rule = read_rule(reader, draft.document)
        faults = reader.faults if rule is None else eligibility_checks.faults(rule, "rule", medians)
        if rule is not None and rule.id in {other.id for other in found}:
            faults = [*faults, ("rule.id", "is that of another rule of the request")]
        wrong += [(f"rules[{place}].{path}", text) for path, text in faults]
        if rule is not None:
            found.append(rule)
    if wrong:
        raise InvalidArgument(wrong)
    return found


def _written(
    tx: Tx, rule: Rule, draft: Draft, newest: int, written_by: str
) -> tuple[Row | None, Sequence[tuple[str, str]]]:  # fmt: skip
    last = store.version(tx, rule.id, newest) if newest else None
    if last is not None and readable(json.loads(last.document)) == rule:
        return last, ()
    living = {row.version: row for row in store.living(tx, rule.id) if _overlaps(row, rule)}
    faults = [*_unsaid(living, draft.supersedes)]
    if faults:
        return None, faults
    for number, row in living.items():
        store.end(tx, rule.id, number, max(rule.valid_from, date.fromisoformat(row.valid_from)))
    document = json.dumps(draft.document, ensure_ascii=False, separators=(",", ":"))
    return _add(tx, rule, newest + 1, document, written_by), ()


def _add(tx: Tx, rule: Rule, number: int, document: str, written_by: str) -> Row:
    return store.add(
        tx, rule.id, number, valid_from=rule.valid_from, valid_until=rule.valid_until, document=document,
        written_by=written_by,
    )  # fmt: skip


def _overlaps(row: Row, rule: Rule) -> bool:
    begins_in_time = rule.valid_until is None or row.valid_from < rule.valid_until.isoformat()
    return begins_in_time and (not row.ends or row.ends > rule.valid_from.isoformat())


def _unsaid(living: Mapping[int, Row], supersedes: frozenset[int]) -> list[tuple[str, str]]:
    faults = [
        ("rule.validFrom", f"version {number} holds from {row.valid_from} to {row.ends or 'an open end'}: name it in "
         "supersedes, or choose another time")
        for number, row in sorted(living.items()) if number not in supersedes
    ]  # fmt: skip
    others = sorted(supersedes - set(living))
    return [*faults, *(("supersedes", f"version {one} does not hold in the time of this one") for one in others)]


def _own_sample(tx: Tx) -> None:
    """Before its first rule is written or ended, the sample becomes the centre's own."""
    if store.edition(tx):
        return
    for one in sample_entries():
        if not store.take(tx, one.rule.id):
            _add(tx, one.rule, 1, json.dumps(one.document, ensure_ascii=False, separators=(",", ":")), SAMPLE)
