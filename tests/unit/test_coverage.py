"""Coverage: every language, hour, medium and status ends in a named answer, and it is said when the answer changes."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis import calendars
from services.translation import sample as samples
from services.translation.domain.coverage import (
    CALLBACK,
    DAY_MIN,
    MEDIA,
    WEEKDAYS,
    ZONE,
    Asked,
    Calendar,
    Hours,
    Provider,
    ProviderKind,
    Rule,
    answer,
    changes_at,
    for_session,
    in_order,
    languages,
)
from services.translation.domain.languages import CODES, NAMES, is_language, names
from services.translation.sample import sample

IN_HOUSE = {"en", "zh", "ja", "vi", "mn"}
PARTNERS = {"fr", "es", "it", "ru", "de", "pt", "ar", "pl", "tr", "sv", "th", "ms", "id", "hi"}
STATUSES = ("", "tourist", "marriage_migrant", "student")
EVERYBODY = {
    **dict.fromkeys(("interpreter_http", "interpreter_phone", "interpreter_1330", "interpreter_family"), ()),
    "translator_papago": ("en", "zh", "ja", "vi", "th", "id", "fr", "es", "ru", "de", "it"),
}
RULES = sample("hi")
CALENDAR = Calendar(calendars.of_years(2025, 2027))
MONDAY = datetime(2026, 5, 4, tzinfo=ZONE)
WEEK = [(MONDAY + timedelta(hours=hour)).timestamp() for hour in range(168)]


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp()


def who(language: str, medium: str, when: str, status: str = "") -> list[str]:
    found = answer(RULES, Asked(language, medium, status), at(when), CALENDAR, EVERYBODY)
    return [one.connector or one.kind.value for one in found.providers]


def test_the_sample_covers_nineteen_languages_and_sign_language() -> None:
    assert set(languages(RULES)) == IN_HOUSE | PARTNERS | {"kvk"}
    assert len(IN_HOUSE | PARTNERS) == 19


def test_the_nineteenth_language_is_a_setting() -> None:
    assert set(languages(sample("sw"))) == (IN_HOUSE | PARTNERS | {"kvk", "sw"}) - {"hi"}
    assert languages(sample("fr")) == languages(sample("it"))


@pytest.mark.parametrize("language", sorted(IN_HOUSE | PARTNERS | {"kvk", "ko", "uz"}))
def test_every_hour_of_a_week_medium_and_status_ends_in_a_named_answer(language: str) -> None:
    for moment, medium, status in product(WEEK, MEDIA, STATUSES):
        found = answer(RULES, Asked(language, medium, status), moment, CALENDAR, EVERYBODY)
        *before, last = found.providers
        assert last == CALLBACK, (language, moment, medium, status)
        assert CALLBACK not in before
        assert len({(one.kind, one.connector) for one in before}) == len(before)
        assert bool(found.rule_id) == bool(before), "who covers is named with the rule that says so"
        if language in PARTNERS | IN_HOUSE:
            assert any(one.kind is ProviderKind.PARTNER for one in before)
        if medium != "text":
            assert not any(one.kind is ProviderKind.MACHINE for one in before)
        here = datetime.fromtimestamp(moment, ZONE)
        by_day = 9 <= here.hour < 18
        in_house = by_day and language in IN_HOUSE and medium != "video"
        at_desk = by_day and language == "kvk" and medium == "video" and here.weekday() < 5 and here.date() != HOLIDAY
        assert any(one.kind is ProviderKind.IN_HOUSE for one in before) == (in_house or at_desk)


HOLIDAY = date(2026, 5, 5)
"""Children's day."""


def test_a_mongolian_speaker_at_three_in_the_morning_gets_a_partner_by_telephone() -> None:
    assert who("mn", "voice", "2026-05-04T03:00") == ["interpreter_http", "interpreter_phone", "callback"]
    assert who("mn", "voice", "2026-05-04T12:00")[0] == "in_house"


def test_a_machine_translates_where_it_knows_the_language_and_in_writing_alone() -> None:
    assert who("fr", "text", "2026-05-04T12:00") == ["interpreter_http", "translator_papago", "callback"]
    assert who("ar", "text", "2026-05-04T12:00") == ["interpreter_http", "callback"]
    assert "translator_papago" not in who("fr", "voice", "2026-05-04T12:00")


def test_tourists_and_those_who_married_into_the_country_have_partners_of_their_own() -> None:
    assert who("ru", "voice", "2026-05-04T03:00", "tourist")[0] == "interpreter_1330"
    assert who("vi", "voice", "2026-05-04T03:00", "marriage_migrant")[0] == "interpreter_family"
    assert who("vi", "voice", "2026-05-04T12:00", "marriage_migrant")[:2] == ["in_house", "interpreter_family"]


def test_sign_language_is_there_on_weekdays_from_nine_to_six_and_not_on_holidays() -> None:
    assert who("kvk", "video", "2026-05-04T09:00") == ["in_house", "callback"]
    assert who("kvk", "video", "2026-05-04T17:59") == ["in_house", "callback"]
    assert who("kvk", "video", "2026-05-04T18:00") == ["callback"]
    assert who("kvk", "video", "2026-05-05T12:00") == ["callback"]
    assert who("kvk", "video", "2026-05-09T12:00") == ["callback"]


def test_a_partner_that_is_not_installed_or_does_not_know_the_language_is_not_named() -> None:
    asked, abilities = Asked("ar", "voice"), {"interpreter_phone": ("ar", "en")}
    found = answer(RULES, asked, WEEK[3], CALENDAR, abilities)
    assert [one.connector for one in found.providers] == ["interpreter_phone", ""]
    assert answer(RULES, Asked("sv", "voice"), WEEK[3], CALENDAR, abilities).providers == (CALLBACK,)


def test_it_is_said_when_the_answer_changes() -> None:
    def changes(language: str, medium: str, when: str) -> datetime | None:
        found = changes_at(RULES, Asked(language, medium), at(when), CALENDAR, EVERYBODY)
        return None if found is None else datetime.fromtimestamp(found, ZONE)

    assert changes("mn", "voice", "2026-05-04T03:00") == datetime(2026, 5, 4, 9, tzinfo=ZONE)
    assert changes("mn", "voice", "2026-05-04T09:00") == datetime(2026, 5, 4, 18, tzinfo=ZONE)
    assert changes("kvk", "video", "2026-05-04T18:00") == datetime(2026, 5, 6, 9, tzinfo=ZONE), "a holiday between"
    assert changes("ar", "voice", "2026-05-04T03:00") is None
    assert changes("uz", "text", "2026-05-04T03:00") is None


def test_a_span_that_crosses_midnight_is_of_the_day_on_which_it_begins() -> None:
    night = Hours(frozenset({"MO"}), 22 * 60, 6 * 60, except_holidays=True)
    inside = ["2026-05-11T22:00", "2026-05-11T23:59", "2026-05-12T05:59"]
    outside = ["2026-05-11T21:59", "2026-05-12T06:00", "2026-05-12T22:00", "2026-05-11T03:00", "2026-05-25T22:00"]
    assert [night.hold(at(moment), CALENDAR) for moment in inside] == [True] * 3
    assert [night.hold(at(moment), CALENDAR) for moment in outside] == [False] * 5, "the 25th is a holiday"


def test_who_is_asked_in_a_session_are_neither_agents_nor_the_callback() -> None:
    found = answer(RULES, Asked("mn", "voice"), at("2026-05-04T12:00"), CALENDAR, EVERYBODY)
    assert [one.connector for one in for_session(found.providers)] == ["interpreter_http", "interpreter_phone"]


def test_languages_are_codes_of_iso_639_with_names_for_those_that_are_covered() -> None:
    assert all(is_language(code) for code in ("kvk", "uz", "mn", "zu"))
    assert not any(is_language(code) for code in ("xx", "zh-CN", "eng", "EN", "", "한국어"))
    assert IN_HOUSE | PARTNERS | {"kvk", "ko"} <= NAMES.keys()
    assert names("ar").ko == "아랍어"
    assert names("zu") == ("zu", "zu", "zu")
    assert len(CODES) == 185


def test_the_example_is_the_sample() -> None:
    example = Path(__file__).parents[2] / "examples" / "coverage" / "gyeonggi.json"
    kept = Path(samples.__file__).parent / "gyeonggi.json"
    assert json.loads(example.read_text()) == json.loads(kept.read_text())


_minutes = st.sampled_from([0, 1, 359, 540, 720, 1080, 1439])
_hours = st.builds(
    Hours,
    st.frozensets(st.sampled_from(WEEKDAYS), max_size=3),
    _minutes,
    st.sampled_from([1, 360, 541, 1080, DAY_MIN]),
    st.booleans(),
)
_rules = st.builds(
    Rule,
    st.sampled_from("abcd"),
    st.integers(0, 3),
    st.just((Provider(ProviderKind.IN_HOUSE),)) | st.just((Provider(ProviderKind.PARTNER, "p"),)),
    languages=st.sampled_from([(), ("mn",), ("ar",)]),
    hours=st.lists(_hours, max_size=2).map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_rules, max_size=4), st.integers(0, 7 * DAY_MIN))
def test_until_it_changes_the_answer_is_the_same_and_then_it_is_another(rules: list[Rule], minute: int) -> None:
    ordered, asked, abilities = in_order(rules), Asked("mn", "voice"), {"p": ()}
    moment = datetime(2026, 5, 1, tzinfo=UTC).timestamp() + 60.0 * minute
    now = answer(ordered, asked, moment, CALENDAR, abilities)
    found = changes_at(ordered, asked, moment, CALENDAR, abilities)
    horizon = moment + 21 * DAY_MIN * 60.0
    step = moment
    while step < min(found or horizon, horizon):
        assert answer(ordered, asked, step, CALENDAR, abilities) == now
        step += 30 * 60.0
    if found is not None:
        assert found > moment
        assert answer(ordered, asked, found - 1, CALENDAR, abilities) == now
        assert answer(ordered, asked, found, CALENDAR, abilities) != now
