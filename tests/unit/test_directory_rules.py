"""Rules of the directory: areas, taxonomies, freshness, what is alike, and which of two services stands for both."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from hub120_sdk.topics import topics

from services.referral.domain import areas, sameness, taxonomies
from services.referral.domain.directory import IDS, age_days, likeness, moment_of, own_id, stale
from services.referral.domain.sameness import Candidate, Difference

DAY_S = 86_400


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("41", "41"), ("4100000000", "41"), ("41000", "41"), ("41111", "41111"), ("4111100000", "41111"),
        ("4111112900", "4111112900"), ("42110", "51110"), ("45", "52"), ("KR", "KR"), ("전국", "KR"), ("경기", "41"),
        (" 서울특별시 ", "11"), ("강원도", "51"),
        ("99", None), ("411", None), ("수원시", None), ("", None), ("41１１１", None),
    ],
)  # fmt: skip
def test_an_area_is_known_by_code_or_province(written: str, code: str | None) -> None:
    assert areas.code(written) == code


def test_a_place_lies_in_everything_around_it() -> None:
    assert areas.covering("4111112900") == ("4111112900", "41111", "41110", "41", "KR")
    assert areas.covering("41110") == ("41110", "41", "KR")
    assert areas.covering("11") == ("11", "KR")
    assert areas.covering("KR") == ("KR",)


def test_terms_are_known_by_code_and_by_name_and_keep_their_ids() -> None:
    found = {taxonomies.term("life_stage", written) for written in ("006", "노년", "Old Age")}
    assert [one.code for one in found if one] == ["006"]
    by_name = taxonomies.term("interest", "임신 · 출산")
    assert by_name is not None
    assert by_name.code == "080"
    assert taxonomies.term("life_stage", "040") is None
    assert taxonomies.TERMS[by_name.id] is by_name
    assert len(taxonomies.TERMS) == sum(len(one.terms) for one in taxonomies.TAXONOMIES.values())
    ours = {term.code: (term.ko, term.en) for term in taxonomies.TAXONOMIES["topic"].terms}
    assert ours == {topic.id: (topic.ko, topic.en) for topic in topics().values()}


def test_ids_are_those_of_version_5() -> None:
    assert own_id("a", "service", "가") == str(uuid.uuid5(IDS, "a\nservice\n가"))


def test_a_service_is_stale_after_so_many_days_and_always_where_nobody_assured_it() -> None:
    assured = moment_of(date(2026, 5, 1))
    assert age_days(assured, assured + DAY_S - 1) == 0
    assert age_days(assured, assured - 5) == 0, "a date to come is no age"
    assert not stale(assured, assured + 180 * DAY_S, 180)
    assert stale(assured, assured + 181 * DAY_S, 180)
    assert (age_days(None, 0), stale(None, 0, 180)) == (None, True)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (("긴급 복지지원", "보건복지부"), ("긴급복지지원(생계)", "보건 복지부"), True),
        (("상담", "(재)수원복지재단"), ("상담", "재단법인 수원복지재단"), True),
        (("무한돌봄", "경기도"), ("무한돌봄", "수원시"), False),
        (("(주거)", "시"), ("(의료)", "시"), False),
        (("ＡＢＣ 지원", "시"), ("abc지원", "시"), True),
    ],
)
def test_names_that_mean_the_same_are_alike(one: tuple[str, str], other: tuple[str, str], alike: bool) -> None:
    assert (likeness(*one) == likeness(*other)) is alike


def test_of_many_that_are_the_same_the_best_stands_for_each() -> None:
    a, b, c = Candidate(1, "z", "a"), Candidate(2, "y", "b"), Candidate(2, "x", "c")
    assert sameness.behind([(a, b), (c, a), (b, c)]) == {"b": "a", "c": "a"}
    assert sameness.behind([(b, c)]) == {"b": "c"}
    assert sameness.behind([]) == {}


def test_what_two_services_say_differently_is_told_by_the_field() -> None:
    one = {"name": "상담", "minimum_age": 65, "phones": [{"number": "132"}, {"number": "129"}], "description": "a  b"}
    other = {"name": "상담 ", "minimum_age": 60.0, "phones": [{"number": "129"}], "description": "a b"}
    found = sameness.differences(one, other)
    assert found == (Difference("minimum_age", "65", "60"), Difference("phones", "129, 132", "129"))
