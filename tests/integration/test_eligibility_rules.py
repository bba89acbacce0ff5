"""Rules of eligibility on real tables: versions that are never rewritten, the rule of a day, the sample, services."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from chassis.database import Database
from chassis.errors import InvalidArgument, NotFound, PreconditionFailed
from services.referral import tables
from services.referral.domain.eligibility_evaluation import Result
from services.referral.domain.median_income import MedianIncome
from services.referral.eligibility_sample import sample
from services.referral.store import eligibility as store
from services.referral.tables import metadata
from services.referral.use_cases import assessing, ruling
from services.referral.use_cases.assessing import Answer, Asked
from services.referral.use_cases.rule_book import Entry, RuleBook
from services.referral.use_cases.ruling import Draft
from tests.integration.databases import shared

both, clock, database = shared("referral", metadata)
SAYS = {"ko": "조건입니다.", "en": "A condition."}
SPRING, NEXT_YEAR = date(2026, 5, 4), date(2027, 5, 4)
MEDIAN_2027 = MedianIncome(
    2027, (2_700_000, 4_400_000, 5_700_000, 6_900_000, 8_000_000, 9_100_000, 10_100_000), "a notice", date(2026, 8, 1)
)  # fmt: skip


def rule(percent: int, begins: str, ends: str = "", *, id: str = "aid", **other: Any) -> dict[str, Any]:
    requires = {"shareOfMedian": {"amount": {"fact": "monthly_income"}, "percent": percent}, "words": SAYS}
    source = {"title": f"A law, {percent} %", "date": "2026-01-01"}
    document = {
        "id": id, "name": SAYS, "kind": "welfare", "source": source, "validFrom": begins, "requires": requires, **other
    }  # fmt: skip
    return {**document, "validUntil": ends} if ends else document


def put(database: Database, *documents: Mapping[str, Any], supersedes: tuple[int, ...] = ()) -> list[Entry]:
    drafts = [Draft(one, frozenset(supersedes)) for one in documents]
    return database.run(ruling.put_rules, drafts, "chief")


def assess(database: Database, day: date, *, after: Any = None, limit: int = 50, **asked: Any) -> Answer:
    known = asked.pop("known", {"household_size": 1, "monthly_income": 1_500_000})
    return database.read(assessing.assess, RuleBook(), Asked(known, day, **asked), after, limit)


def of_aid(database: Database, day: date) -> list[tuple[int, Result]]:
    return [(one.entry.version, one.result) for one in assess(database, day, rule_ids=("aid",)).page]


def refused(database: Database, *documents: Mapping[str, Any], supersedes: tuple[int, ...] = ()) -> str:
    with pytest.raises(InvalidArgument) as caught:
        put(database, *documents, supersedes=supersedes)
    return str(caught.value)


def test_each_day_has_its_version_and_none_is_rewritten(database: Database) -> None:
    put(database, rule(40, "2026-01-01"))
    database.run(ruling.put_median_income, MEDIAN_2027, "chief")
    (second,) = put(database, rule(75, "2027-01-01"), supersedes=(1,))
    assert (second.version, second.written_by) == (2, "chief")
    assert of_aid(database, SPRING) == [(1, Result.UNLIKELY)]
    assert of_aid(database, NEXT_YEAR) == [(2, Result.LIKELY)]
    assert of_aid(database, date(2025, 5, 4)) == []
    found = database.read(ruling.versions, RuleBook(), "aid", None, 10)
    assert [(one.version, one.ends, one.rule.source.title) for one in found] == [
        (2, "", "A law, 75 %"), (1, "2027-01-01", "A law, 40 %"),
    ]  # fmt: skip
    with pytest.raises(NotFound):
        database.read(ruling.versions, RuleBook(), "no-such-rule", None, 10)


def test_a_correction_ends_the_version_it_names_at_once(database: Database) -> None:
    put(database, rule(40, "2026-01-01"))
    put(database, rule(75, "2026-01-01"), supersedes=(1,))
    assert of_aid(database, SPRING) == [(2, Result.LIKELY)]


def test_the_same_rule_again_makes_no_second_version(database: Database) -> None:
    put(database, rule(40, "2026-01-01"))
    (again,) = put(database, {**rule(40, "2026-01-01"), "notes": []})
    assert again.version == 1


def test_a_time_that_another_version_covers_is_refused(database: Database) -> None:
    put(database, rule(40, "2026-01-01", "2026-07-01"))
    assert "rules[0].rule.validFrom: version 1 holds from 2026-01-01 to 2026-07-01" in refused(
        database, rule(50, "2026-06-30")
    )
    assert "rules[1].supersedes: version 1 does not hold in the time" in refused(
        database, rule(50, "2026-01-01", id="bid"), rule(50, "2026-07-01"), supersedes=(1,)
    )
    assert put(database, rule(50, "2026-07-01"))[0].version == 2
    assert assess(database, SPRING, rule_ids=("bid",)).page == []  # all or none


def test_of_two_who_write_at_once_one_is_refused(database: Database) -> None:
    put(database, rule(40, "2026-01-01", id="first"))

    def attempt(percent: int) -> str:
        try:
            return f"version {put(database, rule(percent, '2026-01-01'))[0].version}"
        except InvalidArgument as error:
            return str(error)[:40]

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, (40, 75))) == ["rules[0].rule.validFrom: version 1 holds", "version 1"]


def test_whoever_writes_the_first_rule_makes_the_sample_the_centres_own(database: Database) -> None:
    day = assess(database, SPRING)
    assert {one.entry.written_at for one in day.page} == {None}
    assert len(day.page) == len(sample())
    put(database, rule(40, "2026-01-01"))
    own = assess(database, SPRING)
    assert {one.entry.rule.id for one in own.page} == {"aid", *(one["id"] for one in sample())}
    assert {one.entry.written_by for one in own.page} == {"chief", "sample"}
    assert {one.entry.version for one in own.page} == {1}
    again = {one.entry.rule.id: one.result for one in own.page}
    assert all(again[one.entry.rule.id] is one.result for one in day.page)


def test_a_programme_that_ended_is_answered_no_more(database: Database) -> None:
    assert database.run(ruling.end_rule, "kr-livelihood-benefit", date(2026, 5, 1)) == [1]
    asked = assess(database, SPRING, rule_ids=("kr-livelihood-benefit",))
    assert asked.page == []
    assert len(assess(database, date(2026, 4, 30), rule_ids=("kr-livelihood-benefit",)).page) == 1
    for rule_id in ("kr-livelihood-benefit", "no-such-rule"):
        with pytest.raises(NotFound):
            database.run(ruling.end_rule, rule_id, date(2026, 5, 1))


def test_rules_are_found_by_the_service_or_by_what_its_source_calls_it(database: Database) -> None:
    with database.engine.begin() as connection:
        for number, removed in enumerate((None, None, 1.0)):
            values = {
                "id": f"service-{number}", "organization_id": "o", "source": "bokjiro", "source_key": f"WLF{number}",
                "name": "n", "status": "active", "kind": "welfare", "document": "{}", "digest": b"", "modified_at": 0.0,
                "removed_at": removed, "likeness": "", "behind": "", "generation": 0, "assured_by": "",
            }  # fmt: skip
            connection.execute(sa.insert(tables.directory.service).values(values))
    keys = [{"source": "bokjiro", "sourceKey": f"WLF{number}"} for number in (1, 2)]
    put(database, rule(40, "2026-01-01", id="by-id", serviceIds=["service-0"]))
    put(database, rule(40, "2026-01-01", id="by-key", services=keys))
    for service_id, rule_ids in (("service-0", ["by-id"]), ("service-1", ["by-key"]), ("service-2", [])):
        page = assess(database, SPRING, service_ids=(service_id,)).page
        assert [one.entry.rule.id for one in page] == rule_ids
        assert [one.service_ids for one in page] == [(service_id,)] * len(rule_ids)


def test_answers_come_the_most_likely_first_and_page_by_page(database: Database) -> None:
    known = {"fraud_victim": True, "age": 78, "residence_status": "citizen", "occupational_pension": None}
    whole = assess(database, SPRING, known=known)
    places = [one.place for one in whole.page]
    assert places == sorted(places)
    assert "occupational_pension" not in {one.fact for one in whole.questions}
    assert whole.questions[0].fact == "monthly_income"
    first = assess(database, SPRING, known=known, limit=4)
    rest = assess(database, SPRING, known=known, after=first.page[-1].place)
    assert [*first.page, *rest.page] != []
    assert [one.place for one in (*first.page, *rest.page)] == places
    assert (first.more, rest.more) == (True, False)
    assert (first.questions, rest.questions) == (whole.questions, whole.questions)


def test_a_year_that_nobody_published_is_asked_about_and_not_guessed(database: Database) -> None:
    put(database, rule(40, "2026-01-01"))
    before = assess(database, NEXT_YEAR, rule_ids=("aid",))
    assert (before.page[0].result, before.median_missing, before.questions) == (Result.NEED_MORE, True, [])
    database.run(ruling.put_median_income, MEDIAN_2027, "chief")
    after = assess(database, NEXT_YEAR, rule_ids=("aid",))
    assert (after.page[0].result, after.median_missing, after.median_income) == (Result.UNLIKELY, False, 2_700_000)
    with pytest.raises(PreconditionFailed, match="2026"):
        database.run(ruling.put_median_income, MedianIncome(2026, MEDIAN_2027.won, "x", SPRING), "chief")
    assert [*database.read(store.medians)] == [2024, 2025, 2026, 2027]
