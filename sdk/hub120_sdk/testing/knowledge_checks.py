"""Sources of knowledge: answers to the question that was asked, each article once, and never garbage for "nothing"."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from urllib.parse import unquote_plus

from hub120_sdk.errors import ConnectorError, Unreadable
from hub120_sdk.knowledge import Article
from hub120_sdk.testing.bench import Bench
from hub120_sdk.testing.directory_checks import GARBAGE
from hub120_sdk.testing.errands import found, good_search
from hub120_sdk.testing.grading import Grade, check, expect, must, must_match, said
from hub120_sdk.testing.provider import Answer
from hub120_sdk.testing.suite import Finds

_KEY_CHARACTERS = 255
_ODD = '100% 환급? A&B=C #1 "따옴표" \\ +82'


@check(Grade.BRONZE, capability="knowledge")
def answers_as_the_table_says(bench: Bench) -> None:
    """Every question of the table reaches the provider as it should and comes to what it says."""
    _searched(bench)
    for row in bench.suite.finds:
        must_match(_asked(bench, row), row.expected, row.name)
        row.check(bench.provider.seen)


@check(Grade.BRONZE, capability="knowledge")
def finds_articles_that_can_be_read(bench: Bench) -> None:
    """Each article has a key that no other has, a title, and text without markup."""
    for row in bench.suite.finds:
        outcome = _asked(bench, row)
        if not isinstance(outcome, ConnectorError):
            _can_be_read(row.name, outcome)


def _can_be_read(name: str, articles: tuple[Article, ...]) -> None:
    keys = [one.key for one in articles]
    odd = [key for key in keys if not 0 < len(key) <= _KEY_CHARACTERS]
    must(not odd, f"{name}: {odd[:3]} are no keys of 1 to {_KEY_CHARACTERS} characters")
    must(len(keys) == len({*keys}), f"{name}: a key stands twice in {keys}")
    for one in articles:
        must(one.title.strip() and one.text.strip(), f"{name}: {one.key} has no title or no text")
        must("</" not in one.text and "/>" not in one.text, f"{name}: there is markup in the text of {one.key}")


@check(Grade.BRONZE, capability="knowledge")
def finds_nothing_where_there_is_nothing(bench: Bench) -> None:
    """The table has the provider's own way of saying that nothing was found, and it comes to no article."""
    must(any(row.expected == () for row in bench.suite.finds), "the table has no row that finds nothing: ()")


@check(Grade.SILVER, capability="knowledge")
def carries_any_question(bench: Bench) -> None:
    """Whatever signs a question has, it reaches the provider as it is."""
    row = _searched(bench)
    bench.ask(row.answers, partial(found, bench, replace(row.question, text=_ODD)))
    got = "\n".join(f"{unquote_plus(one.path)}\n{one.words}" for one in bench.provider.seen)
    must(_ODD in got or _ODD.replace('"', '\\"') in got, f"the question {_ODD!r} did not arrive")


@check(Grade.SILVER, capability="knowledge")
def keeps_to_the_limit(bench: Bench) -> None:
    """No more articles than were asked for, whatever the provider gives."""
    row = _searched(bench)
    outcome = bench.ask(row.answers, partial(found, bench, replace(row.question, limit=1)))
    must(len(expect(outcome, tuple, row.name)) <= 1, f"{row.name}: more than the one article that was asked for")


@check(Grade.SILVER, capability="knowledge")
def answers_again_after_an_error(bench: Bench) -> None:
    """After an outage, a cut line or garbage the same question finds the same."""
    row = _searched(bench)
    for fault in (Answer(503), Answer(dropped=True), GARBAGE[0]):
        expect(bench.ask([fault], partial(found, bench, row.question)), ConnectorError, f"{row.name}, {fault.status}")
        must_match(_asked(bench, row), row.expected, f"{row.name}, after an error")


@check(Grade.SILVER, capability="knowledge")
def tells_garbage_from_nothing(bench: Bench) -> None:
    """An answer that is none is Unreadable, never "nothing found": the agent would believe it."""
    row = _searched(bench)
    for answer in GARBAGE:
        outcome = bench.ask([answer], partial(found, bench, row.question))
        must(type(outcome) is Unreadable, f"{row.name}: {answer.body[:40]!r} came to {said(outcome)}")


def _asked(bench: Bench, row: Finds) -> tuple[Article, ...] | ConnectorError:
    return bench.ask(row.answers, partial(found, bench, row.question))


def _searched(bench: Bench) -> Finds:
    row = good_search(bench)
    if row is None:
        raise AssertionError("the table has no question that finds an article")
    return row


CHECKS = (
    answers_as_the_table_says,
    finds_articles_that_can_be_read,
    finds_nothing_where_there_is_nothing,
    carries_any_question,
    keeps_to_the_limit,
    answers_again_after_an_error,
    tells_garbage_from_nothing,
)
