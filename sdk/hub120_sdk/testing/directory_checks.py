"""Directories: every service once and by the same key, page after page to the end, and never garbage in its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from hub120_sdk.directories import Listed, ListedPage
from hub120_sdk.errors import ConnectorError, Throttled, Unreadable
from hub120_sdk.testing.bench import Bench
from hub120_sdk.testing.errands import good_listing
from hub120_sdk.testing.grading import Grade, check, expect, must, must_match, said
from hub120_sdk.testing.provider import Answer
from hub120_sdk.testing.suite import Lists

GARBAGE = (
    Answer(200, b"<html>gateway</html>", {"content-type": "text/html"}),
    Answer(200, b"", {}),
    Answer(200, b"null", {}),
    Answer(200, b"[1]", {}),
    Answer(200, b"<a><b></a>", {"content-type": "application/xml"}),
    Answer(200, b'<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>', {"content-type": "application/xml"}),
    Answer(200, b"\xff" * 1000, {}),
)
"""Answers that are none, with the status of a good one."""
_KEY_CHARACTERS = 255
_CURSOR_CHARACTERS = 4_096
_STATUSES = frozenset({"active", "inactive", "defunct", "temporarily closed"})


@check(Grade.BRONZE, capability="directory")
def lists_as_the_table_says(bench: Bench) -> None:
    """Every page of the table is asked for as it should be and comes to what it says."""
    must(good_listing(bench), "the table lists no service")
    for row in bench.suite.lists:
        must_match(_asked(bench, row), row.expected, row.name)
        row.check(bench.provider.seen)


@check(Grade.BRONZE, capability="directory")
def reads_to_the_end(bench: Bench) -> None:
    """From an empty cursor the pages of the table lead to a last one, and none comes twice."""
    last = list(_pages(bench))[-1]
    must(not last.cursor, f"no row of the table has the cursor {last.cursor!r}")


@check(Grade.BRONZE, capability="directory")
def knows_services_by_their_keys(bench: Bench) -> None:
    """Over all pages each service has a key, and no other has it."""
    keys = [key for page in _pages(bench) for key in (*(one.key for one in page.services), *page.unchanged)]
    odd = [key for key in keys if not 0 < len(key) <= _KEY_CHARACTERS]
    must(not odd, f"{odd[:3]} are no keys of 1 to {_KEY_CHARACTERS} characters")
    twice = sorted({key for key in keys if keys.count(key) > 1})
    must(not twice, f"{twice[:3]} are keys of several services")


@check(Grade.BRONZE, capability="directory")
def gives_hsds_documents(bench: Bench) -> None:
    """Each service is JSON with what HSDS asks of one: a name, a status, and an organization with a name."""
    for page in _pages(bench):
        for one in page.services:
            _is_service(one)


def _is_service(one: Listed) -> None:
    document = one.document
    try:
        same = json.loads(json.dumps(document, allow_nan=False)) == document
    except (TypeError, ValueError):
        same = False
    must(same, f"{one.key} is no JSON")
    must(isinstance(document.get("name"), str) and document["name"], f"{one.key} has no name")
    must(document.get("status") in _STATUSES, f"{one.key} has none of the statuses {sorted(_STATUSES)}")
    organization = document.get("organization")
    named = isinstance(organization, dict) and isinstance(organization.get("name"), str) and organization["name"]
    must(named, f"{one.key} has no organization with a name")


@check(Grade.SILVER, capability="directory")
def lists_a_page_twice_as_once(bench: Bench) -> None:
    """A page that is asked for again, by another copy, is the same: same services, same keys, same cursor."""
    fresh = bench.make(bench.suite.secrets)
    for row in _good(bench):
        outcome = bench.ask(row.answers, partial(fresh.services, row.modified_after, row.cursor))  # type: ignore[union-attr]
        must_match(outcome, row.expected, f"{row.name}, again")


@check(Grade.SILVER, capability="directory")
def goes_on_after_an_error(bench: Bench) -> None:
    """After an outage, a cut line or garbage the same cursor leads to the same page."""
    for row in _good(bench):
        for fault in (Answer(503), Answer(dropped=True), GARBAGE[0]):
            expect(bench.ask([fault], _act(bench, row)), ConnectorError, f"{row.name}, {fault.status}")
            must_match(_asked(bench, row), row.expected, f"{row.name}, after an error")


@check(Grade.SILVER, capability="directory")
def tells_garbage_from_an_empty_page(bench: Bench) -> None:
    """An answer that is none is Unreadable, never a page: the hub would take it for the end."""
    for row in _good(bench):
        for answer in GARBAGE:
            outcome = bench.ask([answer], _act(bench, row))
            must(type(outcome) is Unreadable, f"{row.name}: {answer.body[:40]!r} came to {said(outcome)}")


@check(Grade.SILVER, capability="directory", waivable=True)
def knows_its_quota(bench: Bench) -> None:
    """The table has the source's own way of saying that it was asked too often, and it comes to Throttled."""
    must(any(row.expected is Throttled for row in bench.suite.lists), "the table has no row that comes to Throttled")


def _act(bench: Bench, row: Lists) -> partial[ListedPage]:
    return partial(bench.directory.services, row.modified_after, row.cursor)


def _asked(bench: Bench, row: Lists) -> ListedPage | ConnectorError:
    return bench.ask(row.answers, _act(bench, row))


def _good(bench: Bench) -> list[Lists]:
    return [row for row in bench.suite.lists if isinstance(row.expected, ListedPage)]


def _pages(bench: Bench) -> Iterator[ListedPage]:
    """The listing of the table from its first page on, as far as it leads."""
    rows = {row.cursor: row for row in reversed(_good(bench)) if row.modified_after is None}
    must("" in rows, "no row of the table has an empty cursor: where does the listing begin?")
    cursor, been = "", set[str]()
    while (row := rows.get(cursor)) is not None and cursor not in been:
        been.add(cursor)
        page = expect(_asked(bench, row), ListedPage, row.name)
        yield page
        cursor = page.cursor
        must(len(cursor) <= _CURSOR_CHARACTERS, f"{row.name}: the cursor has more than {_CURSOR_CHARACTERS} characters")
        must(cursor not in been or not cursor, f"{row.name}: the cursor {cursor!r} leads in circles")
        if not cursor:
            return


CHECKS = (
    lists_as_the_table_says,
    reads_to_the_end,
    knows_services_by_their_keys,
    gives_hsds_documents,
    lists_a_page_twice_as_once,
    goes_on_after_an_error,
    tells_garbage_from_an_empty_page,
    knows_its_quota,
)
