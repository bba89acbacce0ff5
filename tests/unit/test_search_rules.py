"""What is looked for, for whom, and how the index keeps what is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referral.domain import search_filters, search_postings, search_reasons
from services.referral.domain.search import SERVICE_FIELDS, Field, Marked, containing, impacts
from services.referral.domain.search_filters import Filters, Offered
from services.referral.domain.search_postings import BLOCK
from services.referral.domain.search_query import Match, Synonyms, read
from services.referral.synonyms import synonyms

SAID = Synonyms.of([(["집세", "월세"], ["집세", "월세"]), (["집이 없", "노숙"], ["노숙인", "임시주거"])])
DAY_S = 86_400.0
NOW = 1_000 * DAY_S


def offered(
    kind: str = "welfare", ages: tuple[int | None, int | None] = (None, None), areas: str = "KR", terms: str = "",
    assured_at: float | None = NOW,
) -> Offered:  # fmt: skip
    return Offered(kind, *ages, areas.split(), terms.split(), assured_at)


def otherwise(text: str) -> list[str]:
    return [way.text for way in read(text, SAID).ways if way.match is Match.SYNONYM]


def test_what_a_word_is_also_called_is_looked_for_and_counts_for_the_same_matter() -> None:
    query = read("월세를 못 내요", SAID)
    assert otherwise("월세를 못 내요") == ["집세"]
    assert {query.matters[way.matter] for way in query.ways if way.text in {"월세", "집세"}} == {"월세"}


@pytest.mark.parametrize("text", ["집이 없어요", "집 없는 사람", "우리는 집이 없습니다"])
def test_what_is_said_in_several_words_is_understood_whatever_its_ending(text: str) -> None:
    assert otherwise(text) == ["노숙인", "임시주거"]


@pytest.mark.parametrize("text", ["", "?!", "을 를", "어떻게 해야 하나요", "ㄱ", "그"])
def test_a_query_can_say_nothing_useful(text: str) -> None:
    assert read(text, SAID).ways == []


def test_there_are_enough_groups_of_words_and_each_can_be_used() -> None:
    known = {said for group in synonyms().by_start.values() for said, _ in group}
    assert len(known) > 400
    assert {"보이스피싱", "집없", "월세", "실직"} <= known


def test_a_word_in_the_name_counts_more_than_one_in_a_long_text() -> None:
    texts = {Field.NAME: "월세 지원", Field.DESCRIPTION: "임대료를 " + "여러 가지로 " * 30}
    found = impacts(texts, SERVICE_FIELDS, Marked(["KR"], [("need", "housing")], "legal"))
    assert found["=월세"] > found["=임대료"] > 0
    marks = {"@area:KR", "@need:housing", "@kind:legal", "@age:none", "@target:none"}
    assert marks | {"^ㅇㅅ", "^ㅇㅅㅈ"} <= found.keys()
    assert "=여러" in found
    assert max(found.values()) <= 255


@given(st.dictionaries(st.integers(0, BLOCK - 1), st.integers(1, 255), max_size=60), st.booleans())
def test_what_is_packed_is_unpacked_as_it_was(some: dict[int, int], crowded: bool) -> None:
    impacts = dict.fromkeys(range(BLOCK // 3 + 1), 7) | some if crowded else some
    kept = search_postings.packed(impacts)
    assert len(kept) == (BLOCK if crowded else 3 * len(impacts))
    assert dict(zip(*search_postings.unpacked(kept), strict=True)) == impacts
    asked = [*some, 0, 1, BLOCK - 1]
    assert dict(search_postings.of_places(kept, asked)) == {at: impacts[at] for at in asked if at in impacts}


@pytest.mark.parametrize(
    ("asked", "service", "passes"),
    [
        (Filters(), offered(), True),
        (Filters(area="41110"), offered(areas="41"), True),
        (Filters(area="4111013200"), offered(areas="41110"), True),
        (Filters(area="41"), offered(areas="41110"), False),
        (Filters(area="41110"), offered(areas="11"), False),
        (Filters(area="41110"), offered(areas=""), True),
        (Filters(age=19), offered(ages=(19, 34)), True),
        (Filters(age=35), offered(ages=(19, 34)), False),
        (Filters(age=18), offered(ages=(19, None)), False),
        (Filters(life_stages={"004"}), offered(terms="life_stage:006"), False),
        (Filters(life_stages={"004"}), offered(terms="target:050"), True),
        (Filters(targets={"050", "010"}), offered(terms="target:050"), True),
        (Filters(needs={"housing"}), offered(), False),
        (Filters(needs={"housing"}), offered(terms="need:housing"), True),
        (Filters(kind="legal"), offered(), False),
    ],
)
def test_whom_a_service_is_for(asked: Filters, service: Offered, passes: bool) -> None:
    assert search_filters.passes(asked, service) is passes
    terms = [(taxonomy, code) for taxonomy, _, code in (one.partition(":") for one in service.terms)]
    marked = Marked([*service.areas], terms, service.kind, (service.minimum_age, service.maximum_age))
    has = impacts({}, SERVICE_FIELDS, marked)
    if passes:
        assert all(any(term in has for term in terms) for terms in search_filters.marks(asked)), "the index knows"


def test_a_place_lies_in_its_district_its_province_and_the_country() -> None:
    assert containing("4111013200") == ("4111013200", "41110", "41", "KR")
    assert containing("41") == ("41", "KR")


def test_what_nobody_has_confirmed_for_long_counts_less() -> None:
    ages = [NOW, NOW - 181 * DAY_S, NOW - 361 * DAY_S]
    assert sorted(ages, key=lambda at: -search_filters.freshness(at, NOW)) == ages
    assert search_filters.freshness(None, NOW) < 1


def test_reasons_are_told_in_both_languages() -> None:
    asked = Filters(area="41110", age=20, life_stages={"004"}, needs={"housing"})
    found = search_reasons.reasons(
        asked, offered(areas="41", ages=(19, 34), terms="need:housing", assured_at=None), NOW
    )
    assert [one.code for one in found] == [
        "area_province", "age_fits", "life_stage_not_named", "need_fits", "never_assured",
    ]  # fmt: skip
    assert (found[0].korean, found[0].english) == ("경기도 전체 대상", "for the whole of Gyeonggi-do")
    assert (found[1].korean, found[1].english) == ("19세부터 34세까지 대상", "for ages from 19 to 34")


def test_a_snippet_shows_what_was_found_however_far_behind_it_stands() -> None:
    query = read("월세", SAID)
    texts = dict.fromkeys(Field, "") | {Field.NAME: "주거 지원", Field.DESCRIPTION: "가" * 300 + " 매달 집세를 냅니다."}
    found = search_reasons.matched(query, {0: 0.1, 1: 0.9}, texts)
    assert (found[0].match, found[0].found_as, found[0].fields) == (Match.SYNONYM, "집세", [Field.DESCRIPTION])
    piece = search_reasons.snippet(found, texts)
    assert [piece.text[start : start + length] for start, length in piece.found] == ["집세"]
    assert len(piece.text) <= search_reasons.SNIPPET_CHARACTERS
