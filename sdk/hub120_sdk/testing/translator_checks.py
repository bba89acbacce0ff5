"""Machines that translate: all of a text or none of it, into languages they know, and never words of their own."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from hub120_sdk.errors import ConnectorError, Rejected
from hub120_sdk.interpreting import Translation, Words
from hub120_sdk.testing.bench import Bench
from hub120_sdk.testing.errands import good_translation
from hub120_sdk.testing.grading import Grade, check, expect, must, must_match, said
from hub120_sdk.testing.outbound_checks import NONSENSE
from hub120_sdk.testing.suite import Translates

_UNHEARD_OF = "qaa"
_LONG = 12_000


@check(Grade.BRONZE, capability="translator")
def translates_as_the_table_says(bench: Bench) -> None:
    """All words of the table reach the machine as they should and come to what it says, of that message."""
    _translated(bench)
    for row in bench.suite.translates:
        outcome = bench.ask(row.answers, partial(bench.translator.translate, row.words))
        must_match(outcome, row.expected, row.name)
        must(row.answers or not bench.provider.seen, f"{row.name}: the machine was asked all the same")
        row.check(bench.provider.seen)
        if isinstance(outcome, Translation):
            of_it = (outcome.session_id, outcome.message_id) == (row.words.session_id, row.words.message_id)
            must(of_it and outcome.text.strip(), f"{row.name}: it is no translation of that message: {outcome!r}")


@check(Grade.BRONZE, capability="translator")
def names_what_it_translates(bench: Bench) -> None:
    """It names at least one language, and the words of the table that it translates are in these and Korean."""
    known = {"ko", *bench.translator.languages()}
    must(len(known) > 1, "languages names none")
    for row in bench.suite.translates:
        if isinstance(row.expected, Translation):
            strange = {row.words.source, row.words.target} - known
            must(not strange, f"{row.name}: {strange} are not among its languages")


@check(Grade.SILVER, capability="translator")
def refuses_a_language_that_it_does_not_know(bench: Bench) -> None:
    """From or into a language that it does not name: Rejected, and the machine is not asked."""
    row = _translated(bench)
    for odd in (replace(row.words, target=_UNHEARD_OF), replace(row.words, source=_UNHEARD_OF)):
        outcome = bench.ask(row.answers, partial(bench.translator.translate, odd))
        expect(outcome, Rejected, f"{odd.source} to {odd.target}")
        must(not bench.provider.seen, f"{odd.source} to {odd.target}: the machine was asked all the same")


@check(Grade.SILVER, capability="translator")
def passes_no_nonsense_on(bench: Bench) -> None:
    """An answer that is none never becomes a translation: the citizen would read it."""
    row = _translated(bench)
    for answer in NONSENSE:
        outcome = bench.ask([answer], partial(bench.translator.translate, row.words))
        error = isinstance(outcome, ConnectorError)
        must(error, f"the answer {answer.status} {answer.body[:60]!r} came to {said(outcome)}")


@check(Grade.SILVER, capability="translator")
def translates_the_whole_text(bench: Bench) -> None:
    """A text of 12,000 characters reaches the machine complete, in pieces or at once, or is refused; nothing is cut."""
    row = _translated(bench)
    words = _long(row.words)
    outcome = bench.ask(row.answers, partial(bench.translator.translate, words))
    if isinstance(outcome, Translation):
        got = "\n".join(one.words for one in bench.provider.seen)
        lost = [word for word in words.text.split() if word not in got]
        must(not lost, f"of {_LONG} characters these words did not arrive: {lost[:5]}")
    else:
        expect(outcome, Rejected, f"a text of {_LONG} characters")


def _long(words: Words) -> Words:
    """Sentences with a number each, so that a missing one is noticed."""
    text = "".join(f"문장{number}sentence 입니다. " for number in range(_LONG // 20))
    return replace(words, text=text.strip())


def _translated(bench: Bench) -> Translates:
    row = good_translation(bench)
    if row is None:
        raise AssertionError("the table has no words that are translated")
    return row


CHECKS = (
    translates_as_the_table_says,
    names_what_it_translates,
    refuses_a_language_that_it_does_not_know,
    passes_no_nonsense_on,
    translates_the_whole_text,
)
