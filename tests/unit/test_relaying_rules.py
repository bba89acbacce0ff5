"""The rules of relayed words: how long they wait, what is about law, and what the glossary finds and checks."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from services.translation.domain import glossary
from services.translation.domain.glossary import Entry, Use
from services.translation.domain.law import LEGAL_WORDS, is_legal
from services.translation.domain.relaying import RELAY_MOVES, RelayState, carry_wait_s, usable, wait_s

GLOSSARY = [
    Entry("주민센터", "community service center"),
    Entry("기초생활수급자", "basic livelihood recipient"),
    Entry("수급자", "recipient"),
]


def test_waits_grow_to_their_longest_and_never_overflow() -> None:
    assert [wait_s(tries) for tries in (1, 2, 3, 4, 5, 6, 10**6)] == [2, 4, 8, 16, 30, 30, 30]
    assert [carry_wait_s(tries) for tries in (1, 2, 3, 4, 5, 10**6)] == [1, 2, 4, 8, 15, 15]


@given(st.integers(0, 100))
def test_no_wait_is_shorter_than_the_one_before(tries: int) -> None:
    assert wait_s(tries) <= wait_s(tries + 1)


def test_every_state_of_a_message_has_a_way_to_its_end() -> None:
    ends = {state for state, moves in RELAY_MOVES.items() if not moves}
    assert ends == {RelayState.DELIVERED, RelayState.FAILED}
    assert all(RelayState.FAILED in moves for state, moves in RELAY_MOVES.items() if state not in ends)


def test_what_is_about_law_is_known_by_the_topic_or_by_a_word() -> None:
    assert is_legal("legal_aid", "내일 오세요")
    assert all(is_legal("", f"{word}에 대해 말씀드리면") for word in LEGAL_WORDS)
    assert not is_legal("housing", "주민센터에 전입신고를 하세요")


def test_the_longest_term_is_found_and_not_the_one_within_it() -> None:
    found = glossary.terms_in("기초생활수급자는 주민센터로", GLOSSARY, korean=True)
    assert {entry.korean for entry in found} == {"기초생활수급자", "주민센터"}
    both = glossary.terms_in("기초생활수급자와 수급자", GLOSSARY, korean=True)
    assert {entry.korean for entry in both} == {"기초생활수급자", "수급자"}


def test_terms_are_found_in_the_other_language_whatever_the_case() -> None:
    found = glossary.terms_in("Where is the Community Service Center?", GLOSSARY, korean=False)
    assert glossary.as_words(found, korean=False) == {"community service center": "주민센터"}


def test_a_translation_keeps_a_term_or_misses_it() -> None:
    terms = {"주민센터": "community service center", "수급자": "recipient"}
    assert glossary.uses("Go to the Community Service Center.", terms, korean=True) == [
        Use("주민센터", "community service center", kept=True),
        Use("수급자", "recipient", kept=False),
    ]
    back = glossary.uses("주민센터로", {"community service center": "주민센터"}, korean=False)
    assert back == [Use("주민센터", "community service center", kept=True)]


def test_missed_terms_are_put_into_the_text_as_they_are_called_in_the_other_language() -> None:
    terms = {"주민센터": r"centre \1 (주민센터)"}
    missed = glossary.uses("the office", terms, korean=True)
    written = glossary.written_out("주민센터로, 그 주민센터", terms, missed, korean=True)
    assert written == r"centre \1 (주민센터)로, 그 centre \1 (주민센터)"


@given(st.text(max_size=60), st.lists(st.builds(Entry, st.text(max_size=8), st.text(max_size=8)), max_size=8))
def test_any_text_and_any_glossary_are_looked_through(text: str, entries: list[Entry]) -> None:
    for korean in (True, False):
        found = glossary.terms_in(text, entries, korean=korean)
        terms = glossary.as_words(found, korean=korean)
        glossary.written_out(text, terms, glossary.uses(text, terms, korean=korean), korean=korean)
        names = [entry.korean if korean else entry.translation for entry in found]
        assert all(name.casefold() in text.casefold() for name in names)
        assert all(len(before) >= len(after) for before, after in pairwise(names))


def test_what_cannot_be_shown_or_sent_is_no_translation() -> None:
    assert usable("네")
    assert not any(usable(text) for text in ("", " \n", "a\x00b", "x" * 30_001))
