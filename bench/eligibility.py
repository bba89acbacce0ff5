"""What 500 rules say of one person: how long it takes, the page of reasons, questions and papers included, beside the
same rules interpreted the plain way.

``python -m bench.eligibility``. The rules are those of the sample with other figures and an answer each of their own,
so that no two are the same; the person has told half of what could be asked. Both roads must give the same answers.
"""

from __future__ import annotations

import copy
import json
import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from bench import machine, plain_rules
from bench.figures import Figure, finish
from bench.outside import milliseconds_since, percentile
from services.referral.domain.eligibility_catalogue import CATALOGUE
from services.referral.domain.eligibility_evaluation import RESULTS, Result, compiled, values_of
from services.referral.domain.eligibility_explaining import papers, questions, reasons
from services.referral.domain.eligibility_facts import Fact, Kind, Value
from services.referral.domain.median_income import PUBLISHED
from services.referral.eligibility_sample import sample
from services.referral.use_cases.assessing import Judged, judge
from services.referral.use_cases.rule_book import Entry, readable

RULES, PAGE, PERSONS, ROUNDS = 500, 20, 40, 5
BAR_MS = 10.0
DAY = date(2026, 5, 4)
MEDIANS = {one.year: one for one in PUBLISHED}


def documents(luck: random.Random) -> list[Mapping[str, Any]]:
    """Rules of the sample, with figures of their own."""
    found: list[Mapping[str, Any]] = []
    for number in range(RULES):
        document = copy.deepcopy(dict(sample()[number % len(sample())]))
        _change(document["requires"], luck)
        found.append({**document, "id": f"{document['id']}-{number}"})
    return found


def _change(part: Any, luck: random.Random) -> None:
    """Other numbers and percentages, wherever they stand."""
    if isinstance(part, list):
        for one in part:
            _change(one, luck)
    elif isinstance(part, dict):
        for name, value in part.items():
            if name in {"number", "percent"}:
                part[name] = max(1, round(value * luck.uniform(0.8, 1.2)))
            _change(value, luck)


def person(luck: random.Random) -> dict[str, Value]:
    """Half of all facts of somebody."""
    return {fact.id: _told(fact, luck) for fact in CATALOGUE if luck.random() < 0.5}


def _told(fact: Fact, luck: random.Random) -> Value:
    if fact.kind is Kind.NUMBER:
        return luck.randint(fact.least, min(fact.most, 4_000_000))
    if fact.kind is Kind.YES_NO:
        return luck.random() < 0.3
    return luck.choice(["41115", "11680", "26"] if fact.kind is Kind.DISTRICT else [one.id for one in fact.choices])


def assessed(entries: Sequence[Entry], known: Mapping[str, Value]) -> list[Judged]:
    """As the use case does it: all rules ranked, what to ask, and the first page in words."""
    values = values_of(known, MEDIANS, DAY)
    judged = judge(entries, values)
    for one in judged[:PAGE]:
        reasons(one.entry.asked, values)
        papers(one.entry.asked, values)
        questions(one.weights, ())
    return judged


def results(entries: Sequence[Entry], known: Mapping[str, Value]) -> list[Result]:
    """The results without any words."""
    values = values_of(known, MEDIANS, DAY)
    return [entry.asked.result(values) for entry in entries]


def plainly(rules: Sequence[Mapping[str, Any]], known: Mapping[str, Value]) -> list[Result]:
    """The results of the plain way, without any words."""
    return [RESULTS[plain_rules.answer(rule, known, MEDIANS[DAY.year])] for rule in rules]


class Took:
    """Milliseconds by the clock and of the processor, for each person."""

    def __init__(self, action: Callable[[Mapping[str, Value]], object]) -> None:
        self._action = action
        self.clock: list[float] = []
        self.processor: list[float] = []

    def round(self, persons: Sequence[Mapping[str, Value]]) -> None:
        """Once for each person."""
        for known in persons:
            used, started = time.process_time(), time.perf_counter()
            self._action(known)
            self.clock.append(milliseconds_since(started))
            self.processor.append((time.process_time() - used) * 1000)


def measure() -> list[Figure]:
    """Everything, the roads in turn."""
    luck = random.Random(120)
    rules = documents(luck)
    entries = [Entry(1, "", "", 0.0, one, compiled(readable(one))) for one in rules]
    persons = [person(luck) for _ in range(PERSONS)]
    wrong = [known for known in persons if results(entries, known) != plainly(rules, known)]
    assert not wrong, "the compiled rules and the plain ones differ"
    whole, bare, plain = (
        Took(partial(assessed, entries)), Took(partial(results, entries)), Took(partial(plainly, rules)),
    )  # fmt: skip
    for _ in range(ROUNDS):
        for road in (whole, bare, plain):
            road.round(persons)
    return figures(whole, bare, plain, statistics.mean(json.dumps(one).count('"words"') for one in rules))


def figures(whole: Took, bare: Took, plain: Took, leaves: float) -> list[Figure]:
    """What is told: the bar is for the whole, the ratio for the same work done twice."""
    used = statistics.median(whole.processor)
    note = f"{leaves:.0f} conditions a rule; {used:.1f} ms of processor; load {machine.load()}"
    ratio = statistics.median(plain.processor) / statistics.median(bare.processor)
    return [
        Figure(
            "500 rules for one person: ranked, a page in words",
            statistics.median(whole.clock),
            "ms",
            BAR_MS,
            True,
            note=note,
        ),
        Figure("the same, 99 of 100", percentile(whole.clock, 0.99), "ms"),
        Figure("the results alone", statistics.median(bare.clock), "ms", ratio=ratio, note="of processor time"),
        Figure("the results alone, the plain way", statistics.median(plain.clock), "ms"),
    ]


if __name__ == "__main__":
    finish("Eligibility", measure())
