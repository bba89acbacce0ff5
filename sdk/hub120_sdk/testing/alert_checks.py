"""Sources of alerts: each alert once, whole and named, by poll or by push; and never garbage taken for silence."""

from __future__ import annotations

from functools import partial

from hub120_sdk.alerts import Alert, AlertKind, AlertNoted, AlertPage
from hub120_sdk.errors import ConnectorError, Throttled
from hub120_sdk.requests import Response
from hub120_sdk.testing.bench import Bench
from hub120_sdk.testing.errands import good_alerts
from hub120_sdk.testing.grading import Grade, check, expect, must, must_match, said, webhook
from hub120_sdk.testing.outbound_checks import NONSENSE
from hub120_sdk.testing.provider import Answer
from hub120_sdk.testing.suite import Polls

_CURSOR = "kept-as-it-is"
_CURSOR_CHARACTERS = 4_096
_NOT_IN_NAMES = " ,<&\t\r\n"
_LEAST_POINTS = 4


@check(Grade.BRONZE, capability="alerts")
def brings_alerts(bench: Bench) -> None:
    """The table has an alert, polled or pushed."""
    must(_all(bench), "the table has no alert")


@check(Grade.BRONZE, capability="alerts", when=lambda bench: bench.suite.polls)
def polls_alerts_as_the_table_says(bench: Bench) -> None:
    """Every poll of the table brings what it says."""
    must(good_alerts(bench), "the table has no poll that the source answers")
    for row in bench.suite.polls:
        must_match(_polled(bench, row), row.expected, row.name)
        row.check(bench.provider.seen)


@check(Grade.BRONZE, capability="alerts", when=lambda bench: not bench.suite.polls)
def leaves_the_cursor_where_nothing_is_polled(bench: Bench) -> None:
    """A source that only pushes returns nothing and the cursor, and asks nobody."""
    must_match(bench.ask([Answer(500)], partial(bench.alerts.poll, _CURSOR)), AlertPage((), _CURSOR), "poll")
    must(not bench.provider.seen, "the source was asked all the same")


@check(Grade.BRONZE, capability="alerts")
def names_its_alerts(bench: Bench) -> None:
    """Each alert has a sender and an identifier as CAP wants them, and no two different ones have the same."""
    names = [(one.sender, one.identifier) for one in _all(bench)]
    odd = [name for name in names if not all(_is_name(part) for part in name)]
    must(not odd, f"{odd[:3]} are no names of alerts")
    twice = sorted({name for name in names if names.count(name) > 1})
    must(not twice, f"{twice[:3]} are names of several alerts")


def _is_name(part: str) -> bool:
    return bool(part) and not set(part) & set(_NOT_IN_NAMES)


@check(Grade.BRONZE, capability="alerts")
def says_what_and_where(bench: Bench) -> None:
    """An alert or an update says what happens; each area has a name; polygons are closed, circles have a radius."""
    for one in _all(bench):
        if one.kind in {AlertKind.ALERT, AlertKind.UPDATE}:
            must(all(info.event and info.categories for info in one.infos), f"{one.identifier}: no event or category")
        for area in [area for info in one.infos for area in info.areas]:
            must(area.description.strip(), f"{one.identifier}: an area without a name")
            closed = [len(it.points) >= _LEAST_POINTS and it.points[0] == it.points[-1] for it in area.polygons]
            must(all(closed), f"{one.identifier}: a polygon is not closed")
            must(all(it.radius_km >= 0 for it in area.circles), f"{one.identifier}: a circle has no radius")


@check(Grade.BRONZE, capability="alerts", when=good_alerts)
def brings_nothing_twice(bench: Bench) -> None:
    """With the new cursor the same answer brings nothing that came before, by name."""
    for row in _good(bench):
        first = expect(_polled(bench, row), AlertPage, row.name)
        must(len(first.cursor) <= _CURSOR_CHARACTERS, f"{row.name}: the cursor is too long")
        again = bench.ask(row.answers, partial(bench.alerts.poll, first.cursor))
        if isinstance(again, ConnectorError):
            continue  # the table's answers were for another question
        came = {(one.sender, one.identifier): one for one in first.alerts}
        other = [one for one in again.alerts if came.get((one.sender, one.identifier), one) != one]
        must(not other, f"{row.name}: the same answer again brought {other[:1]!r}")


@check(Grade.BRONZE, capability="alerts", when=good_alerts)
def keeps_its_place_in_an_outage(bench: Bench) -> None:
    """An answer that cannot be read is an error, never an empty page: the hub would take it for silence."""
    for row in _good(bench):
        for answer in (*NONSENSE, Answer(500), Answer(dropped=True)):
            outcome = bench.ask([answer], partial(bench.alerts.poll, row.cursor))
            told = f"{row.name}: the answer {answer.status} {answer.body[:40]!r}"
            must(isinstance(outcome, ConnectorError), f"{told} came to {said(outcome)}")
        must_match(_polled(bench, row), row.expected, f"{row.name}, after the outage")


@check(Grade.SILVER, capability="alerts", when=good_alerts)
def polls_without_memory(bench: Bench) -> None:
    """Another copy, asked with the same cursor, brings the same page."""
    fresh = bench.make(bench.suite.secrets)
    for row in _good(bench):
        outcome = bench.ask(row.answers, partial(fresh.poll, row.cursor))  # type: ignore[union-attr]
        must_match(outcome, row.expected, f"{row.name}, by another copy")


@check(Grade.SILVER, capability="alerts", when=good_alerts, waivable=True)
def knows_how_often_it_may_ask(bench: Bench) -> None:
    """The table has the source's own way of saying that it was asked too often, and it comes to Throttled."""
    must(any(row.expected is Throttled for row in bench.suite.polls), "the table has no row that comes to Throttled")


@check(Grade.BRONZE, capability="alerts", when=webhook)
def acknowledges_alerts(bench: Bench) -> None:
    """Every push gets the same 2xx answer once stored and when it comes again."""
    for row in bench.suite.parses:
        request = bench.signed(row.request)
        noted = [AlertNoted(one) for one in row.records if isinstance(one, Alert)]
        again = [AlertNoted(one.alert, duplicate=True) for one in noted]
        for stored in (noted, again):
            answer = expect(bench.alerts.acknowledge(request, stored), Response, row.name)
            must(200 <= answer.status < 300, f"{row.name}: answered {answer.status}")


def _all(bench: Bench) -> list[Alert]:
    pushed = [one for row in bench.suite.parses for one in row.records if isinstance(one, Alert)]
    polled = [one for row in _good(bench) if isinstance(row.expected, AlertPage) for one in row.expected.alerts]
    return list(dict.fromkeys([*pushed, *polled]))


def _good(bench: Bench) -> list[Polls]:
    return [row for row in bench.suite.polls if isinstance(row.expected, AlertPage)]


def _polled(bench: Bench, row: Polls) -> AlertPage | ConnectorError:
    return bench.ask(row.answers, partial(bench.alerts.poll, row.cursor))


CHECKS = (
    brings_alerts,
    polls_alerts_as_the_table_says,
    leaves_the_cursor_where_nothing_is_polled,
    names_its_alerts,
    says_what_and_where,
    brings_nothing_twice,
    keeps_its_place_in_an_outage,
    polls_without_memory,
    knows_how_often_it_may_ask,
    acknowledges_alerts,
)
