"""The kit on directories: the model keeps every promise, and each broken one is found by its check."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hub120_sdk import (
    ConnectorError,
    Context,
    Listed,
    ListedPage,
    Manifest,
    ManifestError,
    Setting,
    Throttled,
    Unreadable,
)
from hub120_sdk.answers import good, json_body
from hub120_sdk.testing import CHECKS, Answer, Grade, Lists, Outcome, Suite, run

MANIFEST = Manifest(
    "directory_model",
    "Directory model",
    frozenset({"directory"}),
    "tests",
    idempotent_send=True,
    allowed_hosts=("{api}",),
    settings={"api": Setting("the source")},
)


def service(key: str) -> Listed:
    return Listed(key, {"name": f"도움 {key}", "status": "active", "organization": {"name": "강변구청"}})


class Source:
    """Keeps every promise."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def services(self, modified_after: datetime | None, cursor: str) -> ListedPage:
        said = self.page(cursor or "1")
        listed = tuple(self.listed(one) for one in said["services"])
        return ListedPage(listed, said.get("next", ""), said.get("total"), complete="next" not in said)

    def page(self, number: str) -> dict[str, Any]:
        answer = good(self.context.http.request("GET", f"{self.context.settings['api']}/services?page={number}"))
        said = json_body(answer)
        if not isinstance(said, dict) or not isinstance(said.get("services"), list):
            raise Unreadable("the source's answer is no page")
        return said

    def listed(self, one: str) -> Listed:
        return service(one)


def page(*services: str, **more: object) -> Answer:
    return Answer.json({"services": list(services), "total": 3, **more})


def suite(provider: str, now: datetime) -> Suite:
    first = ListedPage((service("a"), service("b")), "2", 3)
    return Suite(
        settings={"api": provider},
        lists=[
            Lists("the first page", [page("a", "b", next="2")], first),
            Lists("the last page", [page("c")], ListedPage((service("c"),), "", 3, complete=True), "2"),
            Lists("too often", [Answer.json({}, 429)], Throttled),
        ],
    )


@pytest.fixture
def install(make_package: Callable[..., str]) -> Callable[[type], str]:
    return lambda connector: make_package(connector, MANIFEST, suite)


def test_a_directory_that_keeps_every_promise_is_gold(install: Callable[[type], str]) -> None:
    report = run(install(Source))
    assert report.grade is Grade.GOLD, report.table()
    names = {result.check.name for result in report.results if result.outcome is Outcome.PASSED}
    assert {"reads_to_the_end", "tells_garbage_from_an_empty_page", "slows_down_when_told", "works_in_a_crowd"} <= names
    assert not names & {"refuses_whoever_calls", "reaches_citizens", "names_its_languages"}


class NeverEnds(Source):
    def services(self, modified_after: datetime | None, cursor: str) -> ListedPage:
        return replace(super().services(modified_after, cursor), cursor="2")


class StopsInTheMiddle(Source):
    def page(self, number: str) -> dict[str, Any]:
        return {**super().page(number), "next": "3"}


class CountsItsServices(Source):
    counted = itertools.count()

    def listed(self, one: str) -> Listed:
        return replace(service(one), key=str(next(self.counted)))


class CallsAllTheSame(Source):
    def listed(self, one: str) -> Listed:
        return replace(service(one), key="a")


class NamesNoOrganization(Source):
    def listed(self, one: str) -> Listed:
        return Listed(one, {"name": one, "status": "active"})


class GivesWhatIsNoJson(Source):
    def listed(self, one: str) -> Listed:
        return replace(service(one), document={**service(one).document, "assured": datetime.now()})


class TakesGarbageForTheEnd(Source):
    def page(self, number: str) -> dict[str, Any]:
        try:
            return super().page(number)
        except Unreadable:
            return {"services": []}


class TakesAnOutageForTheEnd(Source):
    def page(self, number: str) -> dict[str, Any]:
        try:
            return super().page(number)
        except ConnectorError:
            return {"services": []}


class LosesItsPlace(Source):
    failed = False

    def page(self, number: str) -> dict[str, Any]:
        try:
            return super().page("1" if self.failed else number)
        except ConnectorError:
            self.failed = True
            raise

    def services(self, modified_after: datetime | None, cursor: str) -> ListedPage:
        found = super().services(modified_after, cursor)
        return replace(found, cursor="2") if self.failed else found


@pytest.mark.parametrize(
    ("connector", "check"),
    [
        (NeverEnds, "lists_as_the_table_says"),
        (NeverEnds, "reads_to_the_end"),
        (StopsInTheMiddle, "reads_to_the_end"),
        (CountsItsServices, "lists_a_page_twice_as_once"),
        (CallsAllTheSame, "knows_services_by_their_keys"),
        (NamesNoOrganization, "gives_hsds_documents"),
        (GivesWhatIsNoJson, "gives_hsds_documents"),
        (TakesGarbageForTheEnd, "tells_garbage_from_an_empty_page"),
        (TakesAnOutageForTheEnd, "retries_when_the_provider_fails"),
        (LosesItsPlace, "goes_on_after_an_error"),
    ],
)
def test_a_directory_s_broken_promise_is_found_by_its_check(
    install: Callable[[type], str], connector: type, check: str
) -> None:
    report = run(install(connector), checks=[one for one in CHECKS if one.name == check])
    [result] = report.results
    assert result.outcome is Outcome.FAILED, report.table()


def test_a_directory_is_nothing_else() -> None:
    with pytest.raises(ManifestError, match="a directory is nothing else"):
        Manifest.parse('id = "x1"\nname = "n"\nowner = "o"\ncapabilities = ["channel", "directory"]\n')
