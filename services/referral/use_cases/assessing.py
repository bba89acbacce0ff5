"""What somebody may be entitled to: rules asked, answers ranked. Nothing of what was told is kept or logged."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from chassis.database import Tx
from chassis.errors import NotFound
from services.referral.domain.eligibility_evaluation import MEDIAN_SLOT, RESULTS, Result, Values, values_of, weigh
from services.referral.domain.eligibility_explaining import (
    Line,
    Question,
    Reason,
    lines,
    papers,
    questions,
    reasons,
)
from services.referral.domain.eligibility_facts import Known, Words
from services.referral.store import eligibility as store
from services.referral.use_cases.rule_book import Entry, RuleBook, sample_entries

ZONE = ZoneInfo("Asia/Seoul")
Place: TypeAlias = tuple[int, int, str]
"""Where an answer stands among all: its result, how much is missing, the id of the rule."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Of whom, of what, when."""

    known: Known
    day: date
    service_ids: tuple[str, ...] = ()
    rule_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is answered of one rule."""

    entry: Entry
    result: Result
    place: Place
    service_ids: tuple[str, ...]
    reasons: Sequence[Reason]
    questions: Sequence[Question]
    papers: Sequence[Words]


@dataclass(frozen=True, slots=True)
class Answer:
    """A page of answers, and what to ask next over all of them."""

    page: Sequence[Assessment]
    more: bool
    questions: Sequence[Question]
    median_income: int | None
    """Won a month; None: the size of the household or the year's figures are not known."""
    median_missing: bool
    """Nobody has published the figures of the year."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A rule, condition by condition."""

    entry: Entry
    lines: Sequence[Line]
    result: Result


class Judged(NamedTuple):
    """A rule answered: its place, its result, and how much each missing fact decides."""

    place: Place
    entry: Entry
    result: Result
    weights: dict[str, float]


def today(now: datetime) -> date:
    """The day in the time zone of the centre."""
    return now.astimezone(ZONE).date()


def assess(tx: Tx, book: RuleBook, asked: Asked, after: Place | None, limit: int) -> Answer:
    """Ask all rules of the day, or those of some services or ids: the most likely first."""
    medians = store.medians(tx)
    values = values_of(asked.known, medians, asked.day)
    judged = judge(_chosen(tx, book.of_day(tx, asked.day), asked), values)
    cannot_say = {fact for fact, value in asked.known.items() if value is None}
    rest = [one for one in judged if after is None or one.place > after]
    keys = {key for one in rest[:limit] for key in one.entry.rule.service_keys}
    found = store.keyed(tx, keys)
    page = [_told(one, values, cannot_say, found) for one in rest[:limit]]
    asking = questions(_together(judged), cannot_say)
    return Answer(page, len(rest) > limit, asking, values[MEDIAN_SLOT], asked.day.year not in medians)


def judge(entries: Sequence[Entry], values: Values) -> list[Judged]:
    """Every rule answered and ranked: by result, then by how many facts are missing."""
    found = []
    for entry in entries:
        weights: dict[str, float] = {}
        held = entry.asked.root.ask(values)
        if isinstance(held, bool):
            result = RESULTS[held]
        else:
            result = Result.NEED_MORE
            weigh(held, 1.0, weights)
        found.append(Judged((int(result), len(weights), entry.asked.rule.id), entry, result, weights))
    return sorted(found, key=itemgetter(0))


def explain(tx: Tx, book: RuleBook, rule_id: str, version: int, day: date, known: Known) -> Explained:
    """A version of a rule, or the one in use on a day, with what became of its conditions. Raises ``NotFound``."""
    entry = _one(tx, book, rule_id, version, day)
    values = values_of(known, store.medians(tx), day)
    return Explained(entry, lines(entry.asked, values), entry.asked.result(values))


def _one(tx: Tx, book: RuleBook, rule_id: str, version: int, day: date) -> Entry:
    if not version:
        found = [one for one in book.of_day(tx, day) if one.rule.id == rule_id]
    elif store.edition(tx):
        row = store.version(tx, rule_id, version)
        found = book.entries(tx, [row] if row else [])
    else:
        found = [one for one in sample_entries() if one.rule.id == rule_id and one.version == version]
    if not found:
        raise NotFound("rule of that version or day", rule_id)
    return found[0]


def _chosen(tx: Tx, entries: Sequence[Entry], asked: Asked) -> Sequence[Entry]:
    if asked.rule_ids:
        entries = [one for one in entries if one.rule.id in asked.rule_ids]
    if not asked.service_ids:
        return entries
    keys = {(row.source, row.source_key) for row in store.services(tx, asked.service_ids)}
    ids = {*asked.service_ids}
    return [one for one in entries if ids & {*one.rule.service_ids} or keys & {*one.rule.service_keys}]


def _told(one: Judged, values: Values, cannot_say: Collection[str], services: Any) -> Assessment:
    rule = one.entry.rule
    keyed = (services[key] for key in rule.service_keys if key in services)
    return Assessment(
        entry=one.entry,
        result=one.result,
        place=one.place,
        service_ids=tuple(dict.fromkeys([*rule.service_ids, *keyed])),
        reasons=reasons(one.entry.asked, values),
        questions=questions(one.weights, cannot_say),
        papers=papers(one.entry.asked, values),
    )


def _together(judged: Sequence[Judged]) -> dict[str, float]:
    total: dict[str, float] = {}
    for one in judged:
        for fact, weight in one.weights.items():
            total[fact] = total.get(fact, 0.0) + weight
    return total
