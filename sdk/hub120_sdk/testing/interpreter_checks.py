"""Interpreters: a partner is asked once, words go whole, and whatever it says, twice or late, gets an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from hub120_sdk.errors import ConnectorError, Rejected
from hub120_sdk.interpreting import InterpreterReport, InterpreterState, SessionNoted, Translation
from hub120_sdk.records import AddressKind
from hub120_sdk.requests import Response
from hub120_sdk.testing.bench import Bench
from hub120_sdk.testing.errands import good_asking, good_relay, good_release
from hub120_sdk.testing.grading import Grade, check, expect, must, must_match, said, webhook
from hub120_sdk.testing.outbound_checks import NONSENSE
from hub120_sdk.testing.provider import Answer
from hub120_sdk.testing.suite import Asks

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_TELEPHONE = re.compile(r"\+?[0-9]{3,15}")
_UNHEARD_OF = "qaa"
"""A code that ISO 639 gives to no language."""


@check(Grade.BRONZE, capability=("interpreter", "translator"))
def names_its_languages(bench: Bench) -> None:
    """``languages`` gives ISO 639 codes, each once and always the same, and asks nobody."""
    speaker = bench.interpreter  # a translator names its languages alike
    outcome = bench.ask([Answer(500)], lambda: list(speaker.languages()))
    named = expect(outcome, list, "languages")
    odd = [one for one in named if not _LANGUAGE.fullmatch(one)]
    must(not odd, f"{odd} are no ISO 639 codes")
    must(len(set(named)) == len(named), "a language is named twice")
    must(not bench.provider.seen, "the partner was asked for its languages")
    must_match(bench.ask([Answer(500)], lambda: list(speaker.languages())), named, "languages, again")


@check(Grade.BRONZE, capability="interpreter")
def asks_as_the_table_says(bench: Bench) -> None:
    """Every request of the table reaches the partner as it should and comes to what it says, of the same attempt."""
    must(any(isinstance(row.expected, InterpreterReport) for row in bench.suite.asks), "the table asks for nobody")
    for row in bench.suite.asks:
        outcome = _asked(bench, row)
        must_match(outcome, row.expected, row.name)
        _asked_nobody(bench, row.answers, row.name)
        row.check(bench.provider.seen)
        if isinstance(outcome, InterpreterReport):
            of_it = (outcome.session_id, outcome.attempt) == (row.wanted.session_id, row.wanted.attempt)
            must(of_it, f"{row.name}: the report is about another session or attempt: {outcome!r}")


@check(Grade.BRONZE, capability="interpreter")
def gives_telephones_that_can_be_dialled(bench: Bench) -> None:
    """Whoever is put on the line has a telephone number."""
    asked = [_asked(bench, row) for row in bench.suite.asks]
    called = [record for row in bench.suite.parses for record in row.records]
    for one in [*asked, *called]:
        if isinstance(one, InterpreterReport) and one.call is not None:
            dialled = one.call.kind is AddressKind.PHONE and _TELEPHONE.fullmatch(one.call.value)
            must(dialled, f"{one.call!r} cannot be dialled")


@check(Grade.SILVER, capability="interpreter")
def asks_twice_as_once(bench: Bench) -> None:
    """Asked again for the same attempt, it comes to the same."""
    for row in bench.suite.asks:
        if isinstance(row.expected, InterpreterReport):
            for _ in range(2):
                must_match(_asked(bench, row), row.expected, f"{row.name}, again")


@check(Grade.SILVER, capability="interpreter", when=lambda bench: list(bench.interpreter.languages()))
def declines_a_language_that_it_does_not_speak(bench: Bench) -> None:
    """Asked for a language that it does not name, it declines or says Rejected, whatever the partner would answer."""
    rows = [row for row in bench.suite.asks if isinstance(row.expected, InterpreterReport)]
    for row in rows:
        outcome = _asked(bench, replace(row, wanted=replace(row.wanted, language=_UNHEARD_OF)))
        declined = isinstance(outcome, InterpreterReport) and outcome.state is InterpreterState.DECLINED
        must(declined or isinstance(outcome, Rejected), f"{row.name}, in {_UNHEARD_OF}: {said(outcome)}")


@check(Grade.BRONZE, capability="interpreter")
def relays_as_the_table_says(bench: Bench) -> None:
    """Every relayed word of the table reaches the partner as it should and comes to what it says, of that message."""
    must(bench.suite.relays, "the table relays no words; one by telephone alone has a row that says Rejected")
    for row in bench.suite.relays:
        outcome = bench.ask(row.answers, partial(bench.interpreter.relay, row.words))
        must_match(outcome, row.expected, row.name)
        _asked_nobody(bench, row.answers, row.name)
        row.check(bench.provider.seen)
        if isinstance(outcome, Translation):
            of_it = (outcome.session_id, outcome.message_id) == (row.words.session_id, row.words.message_id)
            must(of_it and outcome.text.strip(), f"{row.name}: it is no translation of that message: {outcome!r}")


@check(Grade.SILVER, capability="interpreter", when=good_relay)
def makes_no_words_up(bench: Bench) -> None:
    """Words that the partner did not translate have no translation: nonsense for an answer is never one."""
    row = good_relay(bench)
    if row is None:
        raise AssertionError("the table has no words that the partner takes")
    for answer in NONSENSE:
        outcome = bench.ask([answer], partial(bench.interpreter.relay, row.words))
        none = outcome is None or isinstance(outcome, ConnectorError)
        must(none, f"the answer {answer.status} {answer.body[:60]!r} came to {said(outcome)}")


@check(Grade.SILVER, capability="interpreter", when=good_relay)
def relays_the_whole_text(bench: Bench) -> None:
    """A text of 10,000 characters reaches the partner complete, or is refused; nothing is cut."""
    row = good_relay(bench)
    if row is None:
        raise AssertionError("the table has no words that the partner takes")
    text = " ".join(f"말{number}word" for number in range(1_000))[:10_000].rpartition(" ")[0]
    outcome = bench.ask(row.answers, partial(bench.interpreter.relay, replace(row.words, text=text)))
    if not isinstance(outcome, ConnectorError):
        got = "\n".join(one.words for one in bench.provider.seen)
        lost = [word for word in text.split() if word not in got]
        must(not lost, f"of 10,000 characters these words did not arrive: {lost[:5]}")


@check(Grade.SILVER, capability="interpreter")
def releases_as_the_table_says(bench: Bench) -> None:
    """Every end of the table is told as it should be; a partner that knows nothing of it any more (404) is no error."""
    must(any(row.expected is None for row in bench.suite.releases), "the table releases nobody")
    for row in bench.suite.releases:
        act = partial(bench.interpreter.release, row.session_id, row.attempt)
        must_match(bench.ask(row.answers, act), row.expected, row.name)
        _asked_nobody(bench, row.answers, row.name)
        row.check(bench.provider.seen)
    if (one := good_release(bench)) is not None:
        gone = bench.ask([Answer.json({}, 404)], partial(bench.interpreter.release, one.session_id, one.attempt))
        must(gone is None, f"a session that the partner does not know (404) came to {said(gone)}")


@check(Grade.BRONZE, capability="interpreter", when=webhook)
def acknowledges_news(bench: Bench) -> None:
    """What the partner says gets a 2xx answer once stored, and again when it comes twice; of an unknown session, or of
    one that is over, it gets an answer that is no 5xx, lest it come for ever."""
    for row in bench.suite.parses:
        request = bench.signed(row.request)
        stored = [SessionNoted(known=True) for _ in row.records]
        for noted in (stored, [replace(one, duplicate=True) for one in stored]):
            answer = expect(bench.interpreter.acknowledge(request, noted), Response, row.name)
            must(200 <= answer.status < 300, f"{row.name}: answered {answer.status}")
        for odd in ([replace(one, known=False) for one in stored], [replace(one, over=True) for one in stored]):
            answer = expect(bench.interpreter.acknowledge(request, odd), Response, row.name)
            must(200 <= answer.status < 500, f"{row.name}, unknown or over: answered {answer.status}")


@check(Grade.SILVER, capability="interpreter", when=good_asking)
def waits_where_nothing_was_said(bench: Bench) -> None:
    """An answer that says nothing is no acceptance: the partner is ASKED, or it is an error."""
    row = good_asking(bench)
    if row is None:
        raise AssertionError("the table has no request that the partner takes")
    for answer in NONSENSE:
        outcome = bench.ask([answer], partial(bench.interpreter.request, row.wanted))
        waits = isinstance(outcome, InterpreterReport) and outcome.state is InterpreterState.ASKED
        must(waits or isinstance(outcome, ConnectorError), f"the answer {answer.status} came to {said(outcome)}")


def _asked(bench: Bench, row: Asks) -> InterpreterReport | ConnectorError:
    return bench.ask(row.answers, partial(bench.interpreter.request, row.wanted))


def _asked_nobody(bench: Bench, answers: Sequence[Answer], where: str) -> None:
    must(answers or not bench.provider.seen, f"{where}: the partner was asked over the network all the same")


CHECKS = (
    names_its_languages,
    asks_as_the_table_says,
    gives_telephones_that_can_be_dialled,
    asks_twice_as_once,
    declines_a_language_that_it_does_not_speak,
    relays_as_the_table_says,
    makes_no_words_up,
    relays_the_whole_text,
    releases_as_the_table_says,
    acknowledges_news,
    waits_where_nothing_was_said,
)
