"""Rules of a case: its states, those of a reply, languages, words that are found again, codes."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.cases import CASE_MOVES, CaseState
from services.intake.domain.contacts import language_of, media_type_of
from services.intake.domain.replies import REPLY_MOVES, ReplyState
from services.intake.domain.verification import CODE_LIFE_S, CODE_TRIES, CodeRefused, Verification, judge_code
from services.intake.domain.words import MAX_HASHED_WORDS, query_words, searchable_words


def test_every_state_has_its_row_of_moves_and_none_moves_to_itself() -> None:
    assert set(CASE_MOVES) == set(CaseState)
    assert set(REPLY_MOVES) == set(ReplyState)
    assert not any(state in moves for table in (CASE_MOVES, REPLY_MOVES) for state, moves in table.items())


def test_a_closed_case_never_opens_again_and_every_other_can_be_closed() -> None:
    assert CASE_MOVES[CaseState.CLOSED] == frozenset()
    assert all(CaseState.CLOSED in CASE_MOVES[state] for state in CaseState if state is not CaseState.CLOSED)


def reachable(start: ReplyState) -> set[ReplyState]:
    """Every state a reply can come to."""
    found, open_ends = {start}, [start]
    while open_ends:
        new = REPLY_MOVES[open_ends.pop()] - found
        found |= new
        open_ends += new
    return found


def test_every_state_of_a_reply_can_come_about_and_none_is_a_dead_end_before_it_arrived() -> None:
    assert reachable(ReplyState.QUEUED) == set(ReplyState)
    ends = {state for state, moves in REPLY_MOVES.items() if not moves}
    assert ends == {ReplyState.READ}


def test_what_left_never_waits_again_and_what_arrived_stays_so() -> None:
    before = {ReplyState.QUEUED, ReplyState.SENDING, ReplyState.PARKED, ReplyState.UNKNOWN}
    for state in (ReplyState.SENT, ReplyState.DELIVERED, ReplyState.READ):
        assert not REPLY_MOVES[state] & before
    assert REPLY_MOVES[ReplyState.DELIVERED] == {ReplyState.READ}


@given(st.lists(st.sampled_from([ReplyState.SENT, ReplyState.DELIVERED, ReplyState.READ, ReplyState.FAILED])))
def test_reports_in_any_order_and_number_end_at_the_furthest(reports: list[ReplyState]) -> None:
    state = ReplyState.SENDING
    for report in reports:
        state = report if report in REPLY_MOVES[state] else state
    order = [ReplyState.SENDING, ReplyState.SENT, ReplyState.FAILED, ReplyState.DELIVERED, ReplyState.READ]
    assert state is max([ReplyState.SENDING, *reports], key=order.index)


@pytest.mark.parametrize(
    ("stated", "text", "language"),
    [
        ("ko", "anything", "ko"),
        ("KR", "anything", "ko"),
        ("zh-Hans-CN", "你好", "zh"),
        ("en_US", "hello", "en"),
        ("", "쓰레기는 언제 버리나요", "ko"),
        ("", "漢字와 한글", "ko"),
        ("", "こんにちは、東京", "ja"),
        ("", "สวัสดี", "th"),
        ("", "你好", "zh"),
        ("", "Привет", "ru"),
        ("", "مرحبا", "ar"),
        ("", "hello", ""),
        ("", "", ""),
        ("홍길동", "안녕하세요", "ko"),
        ("010-1234-5678", "hello", ""),
        ("a language with blanks", "สวัสดี", "th"),
        ("x" * 300, "hello", ""),
    ],
)
def test_language_is_what_the_channel_states_in_two_or_three_letters_or_what_the_script_says(
    stated: str, text: str, language: str
) -> None:
    assert language_of(stated, text) == language


@given(st.text(), st.text())
def test_a_language_is_never_anything_but_a_short_code(stated: str, text: str) -> None:
    found = language_of(stated, text)
    assert len(found) in {0, 2, 3}
    assert set(found) <= set(string.ascii_lowercase)


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("쓰레기를 버렸어요", "쓰레기"),
        ("아파트에서는 안 됩니다", "아파트"),
        ("Bus STOP 앞", "bus"),
        ("STRASSE", "straße"),
        ("각", "각"),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af 공부", "한글"),
    ],
)
def test_a_text_is_found_by_its_words_without_particles_case_and_form(written: str, searched: str) -> None:
    assert set(query_words(searched)) <= set(searchable_words(written))


def test_a_word_is_not_found_by_a_single_syllable() -> None:
    assert "쓰" not in searchable_words("쓰레기를")


@given(st.text(max_size=3_000))
def test_words_of_a_text_are_few_and_each_is_there_once(text: str) -> None:
    words = searchable_words(text)
    assert len(words) <= MAX_HASHED_WORDS
    assert len(set(words)) == len(words)


def verification(*, tries: int = 0, confirmed_at: float | None = None) -> Verification:
    return Verification("v1", "c1", "123456", tries, CODE_LIFE_S, confirmed_at)


@pytest.mark.parametrize(
    ("asked", "code", "now", "refused"),
    [
        (verification(), "123456", 0.0, None),
        (verification(tries=CODE_TRIES - 1), "123456", CODE_LIFE_S - 1, None),
        (verification(), "123457", 0.0, CodeRefused.WRONG),
        (verification(), "", 0.0, CodeRefused.WRONG),
        (verification(tries=CODE_TRIES), "123456", 0.0, CodeRefused.TRIED_TOO_OFTEN),
        (verification(), "123456", CODE_LIFE_S, CodeRefused.EXPIRED),
        (verification(confirmed_at=1.0), "123456", 2.0, CodeRefused.USED),
    ],
)
def test_a_code_proves_a_number_once_in_time_and_within_its_tries(
    asked: Verification, code: str, now: float, refused: CodeRefused | None
) -> None:
    assert judge_code(asked, code, now) is refused


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ("image/jpeg", "image/jpeg"),
        ("IMAGE/SVG+XML; charset=utf-8", "image/svg+xml"),
        ("image/*", "image/*"),
        ("홍길동", ""),
        ("010-1234-5678", ""),
        ("text/a name with blanks", ""),
        ("", ""),
    ],
)
def test_a_stated_media_type_is_kept_only_if_it_has_the_form_of_one(stated: str, kept: str) -> None:
    assert media_type_of(stated) == kept
