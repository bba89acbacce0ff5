"""The kit on sources of alerts: the model keeps every promise, and each broken one is found by its check."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hub120_sdk import (
    Alert,
    AlertArea,
    AlertCategory,
    AlertCertainty,
    AlertInfo,
    AlertKind,
    AlertNoted,
    AlertPage,
    AlertScope,
    AlertSeverity,
    AlertStatus,
    AlertUrgency,
    ConnectorError,
    Context,
    Manifest,
    ManifestError,
    Point,
    Polygon,
    Request,
    Response,
    Setting,
    Throttled,
    Unauthorised,
    Unreadable,
)
from hub120_sdk.answers import good, json_body
from hub120_sdk.testing import CHECKS, Answer, Grade, Outcome, Parses, Polls, Suite, run

MANIFEST = Manifest(
    "alerts_model",
    "Alerts model",
    frozenset({"alerts"}),
    "tests",
    idempotent_send=True,
    allowed_hosts=("{api}",),
    settings={"api": Setting("the source")},
    secrets={"key": Setting("what signs")},
)
SENT = datetime(2026, 5, 4, 9, tzinfo=UTC)
SQUARE = Polygon((Point(37.0, 127.0), Point(37.0, 127.1), Point(37.1, 127.1), Point(37.0, 127.0)))


def alert(name: str) -> Alert:
    info = AlertInfo(
        "지진",
        (AlertCategory.GEO,),
        AlertUrgency.IMMEDIATE,
        AlertSeverity.EXTREME,
        AlertCertainty.OBSERVED,
        areas=(AlertArea("수원", (SQUARE,)),),
    )
    return Alert(name, "model", SENT, AlertStatus.ACTUAL, AlertKind.ALERT, AlertScope.PUBLIC, infos=(info,))


class Source:
    """Keeps every promise."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def poll(self, cursor: str) -> AlertPage:
        said = self.said()
        new = [one for one in said["alerts"] if one > cursor]
        return AlertPage(tuple(map(self.made, new)), max([cursor, *new]))

    def said(self) -> dict[str, Any]:
        said = json_body(good(self.context.http.request("GET", f"{self.context.settings['api']}/alerts")))
        if not isinstance(said, dict) or not isinstance(said.get("alerts"), list):
            raise Unreadable("the source's answer is no list")
        return said

    def made(self, name: str) -> Alert:
        return alert(name)

    def parse(self, request: Request) -> Sequence[Alert]:
        moment, _, given = request.headers.get("key", "").partition(" ")
        wanted = f"{len(request.body)}{request.body[-1:]!r}{self.context.secrets['key']}"
        if given != wanted or abs(self.context.now().timestamp() - float(moment or 0)) > 300:
            raise Unauthorised("the key is wrong")
        try:
            name = request.body.decode("ascii")
        except UnicodeDecodeError as error:
            raise Unreadable("no name") from error
        if not name.isalnum():
            raise Unreadable("no name")
        return [alert(name)]

    def acknowledge(self, request: Request, noted: Sequence[AlertNoted]) -> Response:
        return Response(200)


def sign(request: Request, at: datetime) -> Request:
    key = f"{at.timestamp()} {len(request.body)}{request.body[-1:]!r}right-key"
    return replace(request, headers={**request.headers, "key": key})


def suite(provider: str, now: datetime) -> Suite:
    push = Request("POST", "https://hub.example/alerts/alerts_model", {}, b"pushed")
    two = Answer.json({"alerts": ["a", "b"]})
    return Suite(
        settings={"api": provider},
        secrets={"key": "right-key"},
        wrong_secrets={"key": "wrong-key"},
        sign=sign,
        parses=[Parses("a push", push, [alert("pushed")])],
        polls=[
            Polls("two", "", [two], AlertPage((alert("a"), alert("b")), "b")),
            Polls("none", "b", [two], AlertPage((), "b")),
            Polls("too often", "", [Answer.json({}, 429)], Throttled),
        ],
    )


@pytest.fixture
def install(make_package: Callable[..., str]) -> Callable[[type], str]:
    return lambda connector: make_package(connector, MANIFEST, suite)


def test_a_source_that_keeps_every_promise_is_gold(install: Callable[[type], str]) -> None:
    report = run(install(Source))
    assert report.grade is Grade.GOLD, report.table()
    names = {result.check.name for result in report.results if result.outcome is Outcome.PASSED}
    assert {"brings_nothing_twice", "refuses_a_replay", "acknowledges_alerts", "slows_down_when_told"} <= names
    assert not names & {"refuses_whoever_calls", "reaches_citizens", "reads_to_the_end"}


class TakesGarbageForSilence(Source):
    def said(self) -> dict[str, Any]:
        try:
            return super().said()
        except Unreadable:
            return {"alerts": []}


class TakesAnOutageForSilence(Source):
    def said(self) -> dict[str, Any]:
        try:
            return super().said()
        except ConnectorError:
            return {"alerts": []}


class NamesThemAnew(Source):
    numbers = itertools.count()

    def made(self, name: str) -> Alert:
        return replace(alert(name), identifier=f"{name}{next(self.numbers)}")


class LeavesPolygonsOpen(Source):
    def made(self, name: str) -> Alert:
        [info] = alert(name).infos
        area = AlertArea("수원", (Polygon(SQUARE.points[:3]),))
        return replace(alert(name), infos=(replace(info, areas=(area,)),))


class Remembers(Source):
    came = False

    def poll(self, cursor: str) -> AlertPage:
        page = super().poll("b" if self.came else cursor)
        self.came = True
        return page


class AnswersWithAnError(Source):
    def acknowledge(self, request: Request, noted: Sequence[AlertNoted]) -> Response:
        return Response(500 if noted and noted[0].duplicate else 200)


@pytest.mark.parametrize(
    ("connector", "check"),
    [
        (TakesGarbageForSilence, "keeps_its_place_in_an_outage"),
        (TakesAnOutageForSilence, "keeps_its_place_in_an_outage"),
        (NamesThemAnew, "polls_alerts_as_the_table_says"),
        (LeavesPolygonsOpen, "polls_alerts_as_the_table_says"),
        (Remembers, "keeps_its_place_in_an_outage"),
        (AnswersWithAnError, "acknowledges_alerts"),
    ],
)
def test_each_broken_promise_is_found(install: Callable[[type], str], connector: type, check: str) -> None:
    report = run(install(connector))
    [result] = [result for result in report.results if result.check.name == check]
    assert result.outcome is Outcome.FAILED, report.table()


def test_a_table_whose_alert_has_an_open_polygon_is_refused(make_package: Callable[..., str]) -> None:
    def table(provider: str, now: datetime) -> Suite:
        made = suite(provider, now)
        [info] = alert("a").infos
        bad = replace(alert("a"), infos=(replace(info, areas=(AlertArea("수원", (Polygon(SQUARE.points[:3]),)),)),))
        row = replace(made.polls[0], expected=AlertPage((bad, bad), "b"))
        return replace(made, polls=[row, *made.polls[1:]])

    report = run(make_package(LeavesPolygonsOpen, MANIFEST, table))
    failed = {result.check.name for result in report.results if result.outcome is Outcome.FAILED}
    assert "says_what_and_where" in failed


def test_a_source_of_alerts_is_nothing_else() -> None:
    with pytest.raises(ManifestError, match="a source of alerts is nothing else"):
        Manifest.parse('id = "x1"\nname = "n"\nowner = "o"\ncapabilities = ["channel", "alerts"]\n')


def test_every_check_of_alerts_is_in_the_catalogue() -> None:
    assert {"brings_alerts", "names_its_alerts"} <= {check.name for check in CHECKS}
