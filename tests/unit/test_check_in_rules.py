"""Check-ins: their moves, who is asked next, call sheets with typed answers, signs with words that showed them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.outreach.check_in_sheet import sample
from services.outreach.domain import sheets, signs
from services.outreach.domain.check_ins import (
    CHECK_IN_MOVES,
    OVER,
    SOUGHT,
    CheckInState,
    asks_next,
    timers,
)
from services.outreach.domain.sheets import Sheet
from services.outreach.domain.signs import SignClass

S = CheckInState
ANSWERS = {"meals": "some", "medicine": "taken", "warmth": "yes", "mood": "2"}


def test_only_a_persons_word_ends_a_check_in() -> None:
    assert {S.COMPLETED, S.ACCOUNTED_FOR, S.VISITED, S.CANCELLED} == OVER
    assert not SOUGHT & OVER
    for state in SOUGHT:
        assert {S.ANSWERED, S.COMPLETED} <= CHECK_IN_MOVES[state], "they may call themselves"
    assert all(set(to) <= set(CHECK_IN_MOVES) for to in CHECK_IN_MOVES.values())


def test_a_visit_that_is_ordered_ends_by_whoever_went_there_or_by_their_own_word() -> None:
    assert CHECK_IN_MOVES[S.VISIT_ORDERED] == {S.VISITED, S.ANSWERED, S.COMPLETED, S.CANCELLED}


@pytest.mark.parametrize(
    ("state", "second", "office", "asked"),
    [
        (S.CALLING, True, True, S.SECOND_CONTACT),
        (S.NO_ANSWER, False, True, S.LOCAL_OFFICE),
        (S.CALLING, False, False, S.VISIT_ORDERED),
        (S.SECOND_CONTACT, True, True, S.LOCAL_OFFICE),
        (S.SECOND_CONTACT, True, False, S.VISIT_ORDERED),
        (S.LOCAL_OFFICE, True, True, S.VISIT_ORDERED),
    ],
)
def test_the_next_who_is_named_is_asked_and_in_the_end_somebody_goes_there(
    state: CheckInState, second: bool, office: bool, asked: CheckInState
) -> None:
    assert asks_next(state, has_second=second, has_office=office) is asked


def test_a_programme_names_the_times_that_are_not_as_usual() -> None:
    assert timers({}).retry_h is None
    assert (timers({"retry": 0.5}).retry_h, timers({"visit": 2}).visit_h, timers({"visit": 2}).office_h) == (0.5, 2, 4)


def test_the_sample_asks_what_matters_in_both_languages_and_is_kept_as_it_is() -> None:
    sheet = sample()
    assert sheets.faults(sheet) == []
    assert {"meals", "medicine", "sleep_hours", "warmth", "outing", "pain", "mood", "company", "wishes"} <= {
        one.id for one in sheet.questions
    }
    assert sheets.read(sheet.id, sheet.version, sheets.document(sheet)) == sheet


@pytest.mark.parametrize(
    "more",
    [
        {"meals": "often"},
        {"mood": "6"},
        {"mood": "1.5"},
        {"mood": "٢"},
        {"sleep_hours": "nan"},
        {"sleep_hours": "25"},
        {"warmth": "maybe"},
        {"wishes": "x" * 2_001},
        {"nobody_asked": "yes"},
    ],
)
def test_an_answer_that_its_question_does_not_allow_is_named(more: dict[str, str]) -> None:
    sheet = sample()
    assert sheets.wrong_answers(sheet, ANSWERS) == []
    assert len(sheets.wrong_answers(sheet, ANSWERS | more)) == 1
    assert "x" * 20 not in str(sheets.wrong_answers(sheet, ANSWERS | more))


def test_what_must_be_answered_and_what_a_sheet_must_look_like() -> None:
    sheet = sample()
    assert sheets.wrong_answers(sheet, {}) == [f"leaves out {one}" for one in ("meals", "medicine", "warmth", "mood")]
    first, *rest = sheet.questions
    for broken in (
        replace(sheet, name={"ko": "안부"}),
        replace(sheet, questions=[]),
        replace(sheet, questions=[first, first]),
        replace(sheet, questions=[replace(first, choices={}), *rest]),
        replace(sheet, questions=[replace(first, id="식사"), *rest]),
        replace(sheet, questions=[*rest[:-1], replace(rest[4], highest=float("inf"))]),
    ):
        assert sheets.faults(broken), broken
    assert sheets.faults(Sheet("s", {"ko": "안부", "en": "Check-in"}, [first])) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("혼자라서 너무 외로워요. 보일러가 고장났어요", {"loneliness": "혼자라서", "cold": "보일러가 고장났어요"}),
        ("밥을 못 먹었어요, 약도 안 먹고요", {"hunger": "밥을 못 먹었어요", "medicine": "약도 안 먹고요"}),
        ("아들이 자꾸 때려요. 돈도 없고", {"violence": "때려요", "money": "돈도 없고"}),
        ("자꾸 깜빡하고 길을 잃었어요", {"dementia": "자꾸 깜빡하고"}),
        ("I am lonely and dizzy, and it is too hot", {"loneliness": "lonely", "heat": "too hot", "pain": "dizzy"}),
        ("외롭지 않아요. 안 아파요. 통증은 없어요. 배가 고프지 않아요", {}),
        ("외롭지않고 잘 지내요", {}),
        ("", {}),
    ],
)
def test_signs_come_with_the_exact_words_and_what_is_denied_is_none(text: str, found: dict[str, str]) -> None:
    assert {one.kind: one.words for one in signs.find(text)} == found
    assert all(one.words in text for one in signs.find(text))


def test_moods_are_no_risks() -> None:
    classes = {one.kind: one.sign_class for one in signs.find("우울해요. 허리가 아파요")}
    assert classes == {"sadness": SignClass.MOOD, "pain": SignClass.RISK}
