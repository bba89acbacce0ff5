"""Rules of eligibility: three-valued answers that never turn when more becomes known, and what is refused when they
are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import plain_rules
from services.referral.domain import eligibility_checks
from services.referral.domain.eligibility_amounts import Reader
from services.referral.domain.eligibility_bounds import FREE, Bounds
from services.referral.domain.eligibility_catalogue import CATALOGUE, FACTS
from services.referral.domain.eligibility_evaluation import RESULTS, Compiled, Result, compiled, values_of, weigh
from services.referral.domain.eligibility_explaining import Status, lines, papers, questions, reasons
from services.referral.domain.eligibility_facts import Kind, Value, fault
from services.referral.domain.eligibility_reading import read_rule
from services.referral.domain.eligibility_rules import Rule
from services.referral.domain.median_income import PUBLISHED, MedianIncome, share
from services.referral.domain.median_income import fault as median_fault
from services.referral.eligibility_sample import sample

MEDIANS = {one.year: one for one in PUBLISHED}
DAY = date(2026, 5, 4)
SAYS = {"ko": "조건입니다.", "en": "A condition."}


def won(number: int) -> dict[str, Any]:
    return {"number": number, "unit": "won"}


def leaf(kind: str, **test: Any) -> dict[str, Any]:
    return {kind: test, "words": SAYS}


def age(kind: str, years: int) -> dict[str, Any]:
    return leaf(kind, amount={"fact": "age"}, limit={"number": years, "unit": "years"})


def income(percent: float) -> dict[str, Any]:
    return leaf("shareOfMedian", amount={"fact": "monthly_income"}, percent=percent)


def yes(fact: str, *, is_so: bool = True) -> dict[str, Any]:
    return leaf("is", fact=fact, yes=is_so)


def document(requires: Mapping[str, Any], **other: Any) -> dict[str, Any]:
    return {
        "id": "a-rule",
        "name": SAYS,
        "kind": "welfare",
        "source": {"title": "A law", "date": "2026-01-01"},
        "validFrom": "2026-01-01",
        "requires": requires,
        **other,
    }


def faults(given: Mapping[str, Any]) -> list[tuple[str, str]]:
    reader = Reader()
    rule = read_rule(reader, given)
    return reader.faults if rule is None else eligibility_checks.faults(rule, "rule", MEDIANS)


def read(requires: Mapping[str, Any], **other: Any) -> Rule:
    reader = Reader()
    rule = read_rule(reader, document(requires, **other))
    assert rule is not None, reader.faults
    return rule


def asked(requires: Mapping[str, Any]) -> Compiled:
    return compiled(read(requires))


def result(one: Compiled, known: Mapping[str, Value | None]) -> Result:
    return one.result(values_of(known, MEDIANS, DAY))


_AFTER_TAX = {"share": {"amount": {"fact": "monthly_income"}, "percent": 70}}
_OF_MEDIAN = {"ratio": {"amount": {"fact": "monthly_income"}, "to": {"median": {"percent": 100}}}}
_LEAVES = [
    *(age(kind, years) for kind in ("atMost", "atLeast") for years in (18, 64, 65)),
    *(income(percent) for percent in (50, 75)),
    yes("pregnant"),
    yes("pregnant", is_so=False),
    leaf("oneOf", fact="disability", choices=["mild", "severe"]),
    leaf("is", fact="disability", choice="none"),
    leaf("oneOf", fact="region", choices=["41", "11680"]),
    leaf("is", fact="household_size", number=2),
    leaf("atMost", amount={"difference": [{"fact": "monthly_income"}, _AFTER_TAX]}, limit=won(400_000)),
    leaf("atLeast", amount=_OF_MEDIAN, limit={"number": 60, "unit": "percent"}),
]
CANDIDATES: Mapping[str, list[Value]] = {
    "age": [17, 18, 64, 65],
    "household_size": [1, 2],
    "monthly_income": [0, 1_300_000, 2_000_000, 2_564_238],
    "pregnant": [True, False],
    "disability": ["none", "mild"],
    "region": ["41", "11680", "26"],
}


def _group(parts: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    several = st.lists(parts, min_size=2, max_size=3)
    return st.one_of(
        several.map(lambda found: {"all": found, "words": SAYS}),
        several.map(lambda found: {"any": found, "words": SAYS}),
        parts.map(lambda part: {"not": part, "words": SAYS}),
        st.tuples(parts, parts).map(lambda two: {**two[0], "discretion": two[1]}),
    )


conditions = st.recursive(st.sampled_from(_LEAVES), _group, max_leaves=6)
people = st.fixed_dictionaries({}, optional={fact: st.sampled_from(values) for fact, values in CANDIDATES.items()})


def completions(known: Mapping[str, Value]) -> Iterator[dict[str, Value]]:
    missing = [fact for fact in CANDIDATES if fact not in known]
    for values in product(*(CANDIDATES[fact] for fact in missing)):
        yield {**known, **dict(zip(missing, values, strict=True))}


@settings(max_examples=60, deadline=None)
@given(conditions, people)
def test_what_is_answered_stays_whatever_else_becomes_known(requires: dict[str, Any], known: dict[str, Value]) -> None:
    one = asked(requires)
    before = result(one, known)
    assert before is RESULTS[plain_rules.holds(requires, known, MEDIANS[2026])]
    if before is not Result.NEED_MORE:
        assert {result(one, whole) for whole in completions(known)} == {before}


@settings(max_examples=60, deadline=None)
@given(conditions)
def test_what_is_said_to_be_impossible_is(requires: dict[str, Any]) -> None:
    rule, bounds = read(requires), Bounds(MEDIANS)
    can = [holds for holds in (True, False) if bounds.narrowed(rule.requires, FREE, holds=holds) is not None]
    if len(can) < 2:
        one = compiled(rule)
        found = {one.root.holds(values_of(whole, MEDIANS, DAY)) for whole in completions({})}
        assert found <= {None, *can}


@pytest.mark.parametrize(
    ("requires", "path", "text"),
    [
        ({"all": [age("atLeast", 65), age("atMost", 59)]}, "all[1]", "can never hold beside"),
        ({"all": [income(50), {"not": income(60), "words": SAYS}]}, "all[1]", "can never hold beside"),
        ({"all": [yes("pregnant"), {"any": [yes("pregnant", is_so=False), age("atMost", 18)], "words": SAYS}]},
         "all[1].any[0]", "can never hold beside"),
        ({"all": [leaf("is", fact="region", choice=code) for code in ("41", "11")]}, "all[1]", "can never"),
        ({"all": [yes("pregnant"), age("atLeast", 0)]}, "all[1]", "always holds"),
        ({"any": [age("atMost", 64), age("atLeast", 65)], "words": SAYS}, "", "always holds"),
        (leaf("atMost", amount={"ratio": {"amount": {"fact": "debts"}, "to": {"fact": "assets"}}},
              limit={"number": 40, "unit": "percent"}), "", "divides by what may be nothing"),
        (leaf("atMost", amount={"fact": "monthly_income"}, limit={"number": 5, "unit": "years"}), "atMost", "mixes"),
        (leaf("is", fact="star_sign", choice="leo"), "is.fact", "no fact"),
        (leaf("is", fact="pregnant", choice="yes"), "is.choice", "is yes or no"),
        (leaf("is", fact="disability", choice="grade 1"), "is.choice", "is one of none, mild"),
        (leaf("oneOf", fact="region", choices=["411"]), "oneOf.choices[0]", "district code"),
        (leaf("oneOf", fact="age", choices=["65"]), "oneOf.fact", "has no choices"),
        (leaf("atMost", amount={"fact": "pregnant"}, limit=won(1)), "atMost.amount.fact", "is no number"),
        (leaf("shareOfMedian", amount={"fact": "age"}, percent=50), "shareOfMedian.amount", "in won"),
        (leaf("shareOfMedian", amount={"fact": "monthly_income"}, percent=0), "shareOfMedian.percent", "above 0"),
        ({"is": {"fact": "pregnant", "yes": True}}, "words", "in ko and in en"),
        ({"words": SAYS}, "", "exactly one of"),
        ({**yes("pregnant"), "all": [yes("student")]}, "", "exactly one of"),
        ({**yes("pregnant"), "certain": True}, "certain", "is not known here"),
        ("pregnant", "", "is an object"),
    ],
)  # fmt: skip
def test_a_rule_that_makes_no_sense_is_refused_by_its_path(requires: Any, path: str, text: str) -> None:
    found = faults(document(requires))
    place = ".".join(filter(None, ("rule.requires", path)))
    assert [told for at, told in found if at == place and text in told], found


def test_a_rule_too_deep_or_too_large_is_refused() -> None:
    deep: dict[str, Any] = yes("pregnant")
    for _ in range(9):
        deep = {"not": deep, "words": SAYS}
    wide = {"all": [{"any": [age("atMost", years) for years in range(30)], "words": SAYS} for _ in range(7)]}
    sums = {"fact": "assets"}
    for _ in range(5):
        sums = {"sum": [sums, won(1)]}  # type: ignore[dict-item]
    for requires in (deep, wide, leaf("atMost", amount=sums, limit=won(1))):
        assert any("too many" in text or "deeper" in text for _, text in faults(document(requires)))


@pytest.mark.parametrize(
    ("other", "path", "text"),
    [
        ({"validFrom": "2026-13-01"}, "validFrom", "YYYY-MM-DD"),
        ({"validUntil": "2026-01-01"}, "validUntil", "after validFrom"),
        ({"validUntil": "2028-01-02"}, "validFrom", "needs the median income of 2027, 2028"),
        ({"kind": "tax"}, "kind", "welfare, legal"),
        ({"id": "A rule"}, "id", "lower-case"),
        ({"assured": True, "requires": {**income(50), "toCheck": True}}, "assured", "marked toCheck"),
        ({"source": {"title": "A law", "date": "2026-01-01", "url": "javascript:1"}}, "source.url", "address"),
        ({"documents": [{"ko": "신분증"}]}, "documents[0]", "in ko and in en"),
        ({"services": [{"source": "bokjiro"}]}, "services[0]", "sourceKey"),
    ],
)
def test_what_stands_around_the_conditions_is_checked(other: dict[str, Any], path: str, text: str) -> None:
    assert [one for one in faults({**document(income(50)), **other}) if one[0] == f"rule.{path}" and text in one[1]]


def test_unknown_is_neither_yes_nor_no_and_the_most_deciding_fact_is_asked_first() -> None:
    one = asked({"all": [age("atLeast", 65), {"any": [yes("near_poverty"), yes("medical_benefit")], "words": SAYS}]})
    values = values_of({"near_poverty": None}, MEDIANS, DAY)
    weights: dict[str, float] = {}
    answered, missing = one.answer(values)
    assert answered is Result.NEED_MORE
    assert not isinstance(missing, bool)
    weigh(missing, 1.0, weights)
    assert weights == {"age": 0.5, "near_poverty": 0.25, "medical_benefit": 0.25}
    assert [question.fact for question in questions(weights, {"near_poverty"})] == ["age", "medical_benefit"]


def test_at_the_agencys_discretion_nothing_is_unlikely() -> None:
    one = asked({"all": [yes("lost_job"), {**income(75), "discretion": yes("suicide_risk")}]})
    rich = {"lost_job": True, "household_size": 1, "monthly_income": 9_000_000}
    assert result(one, rich) is Result.NEED_MORE
    assert result(one, {**rich, "suicide_risk": True}) is Result.NEED_MORE
    assert result(one, {**rich, "suicide_risk": False}) is Result.UNLIKELY
    told = reasons(one, values_of({**rich, "suicide_risk": True}, MEDIANS, DAY))
    assert [(reason.status, reason.level) for reason in told] == [
        (Status.HOLDS, 0), (Status.AT_DISCRETION, 0), (Status.HOLDS, 1),
    ]  # fmt: skip


def test_a_district_that_is_too_coarse_is_asked_for_again() -> None:
    one = asked(leaf("oneOf", fact="region", choices=["11680"]))
    values = values_of({"region": "11"}, MEDIANS, DAY)
    (reason,) = reasons(one, values)
    assert (reason.status, reason.facts) == (Status.UNKNOWN, ("region",))
    assert [result(one, {"region": code}) for code in ("11680", "1168010100", "26")] == [
        Result.LIKELY, Result.LIKELY, Result.UNLIKELY,
    ]  # fmt: skip


def test_in_a_year_without_median_income_nobody_is_asked_and_nothing_is_guessed() -> None:
    one = asked(income(50))
    values = values_of({"household_size": 1, "monthly_income": 0}, MEDIANS, date(2031, 1, 1))
    assert one.answer(values) == (Result.NEED_MORE, ())


def test_only_papers_of_what_the_answer_rests_on_are_to_be_brought() -> None:
    def proved(condition: dict[str, Any], paper: str) -> dict[str, Any]:
        return {**condition, "documents": [{"ko": paper, "en": paper}]}

    requires = {"any": [proved(yes("lost_job"), "job"), proved(yes("serious_illness"), "doctor")], "words": SAYS}
    one = compiled(read(requires, documents=[{"ko": "id", "en": "id"}]))

    def brought(**known: bool) -> list[str]:
        return [paper.en for paper in papers(one, values_of(known, MEDIANS, DAY))]

    assert brought() == ["id", "job", "doctor"]
    assert brought(lost_job=True) == ["id", "job"]
    assert brought(lost_job=False, serious_illness=False) == []


def test_an_explanation_names_what_was_compared() -> None:
    one = asked({"all": [income(75), yes("pregnant")]})
    compared, plain = lines(one, values_of({"household_size": 1, "monthly_income": 2_000_000}, MEDIANS, DAY))
    assert (compared.unit, compared.amount, compared.least, compared.most) == ("won", 2_000_000, None, 1_923_179)
    assert (compared.reason.status, plain.reason.status, plain.amount) == (Status.FAILS, Status.UNKNOWN, None)


@pytest.mark.parametrize(
    ("year", "persons", "percent", "published"),
    [
        (2024, 1, 32, 713_102),
        (2024, 8, 100, 9_411_619),
        (2025, 4, 32, 1_951_287),
        (2025, 1, 50, 1_196_007),
        (2025, 8, 100, 9_912_051),
        (2026, 1, 32, 820_556),
        (2026, 4, 32, 2_078_316),
        (2026, 8, 100, 10_474_348),
    ],
)
def test_shares_of_the_median_income_are_what_the_ministry_published(
    year: int, persons: int, percent: int, published: int
) -> None:
    assert share(MEDIANS[year].of(persons), percent * 100) == published


@pytest.mark.parametrize("won", [(1,) * 7, (3_000_000, 2_000_000) * 3 + (9_000_000,), (3_000_000,)])
def test_a_median_income_typed_wrong_is_refused(won: tuple[int, ...]) -> None:
    assert median_fault(MedianIncome(2030, won, "a notice", DAY))
    assert not any(map(median_fault, PUBLISHED))


def test_the_catalogue_is_whole_in_both_languages() -> None:
    assert len(FACTS) == len(CATALOGUE) >= 50
    for fact in CATALOGUE:
        assert all((fact.words.ko, fact.words.en, fact.question.ko, fact.question.en))
        assert (fact.kind is Kind.NUMBER) == (fact.unit is not None) == (fact.most > fact.least)
        assert (fact.kind is Kind.CHOICE) == bool(fact.choices)
        assert fault(fact, "nonsense") != ""


def test_the_sample_makes_sense_and_says_what_must_be_checked() -> None:
    assert [(one["id"], faults(one)) for one in sample() if faults(one)] == []
    for one in sample():
        assert one["assured"] or any("확인" in note["ko"] for note in one["notes"]), one["id"]
