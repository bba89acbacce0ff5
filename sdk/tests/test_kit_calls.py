"""The kit on telephony and inquiries: the model keeps every promise, and each broken one is found by its check."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hub120_sdk import (
    KEYS,
    Address,
    AddressKind,
    Attachment,
    CaseStatus,
    Conference,
    Content,
    Context,
    Dial,
    EndReason,
    Inbound,
    Inquiry,
    KeyPress,
    Leg,
    LegState,
    Manifest,
    Outbound,
    Progress,
    Receipt,
    Received,
    Record,
    Rejected,
    Request,
    Response,
    Setting,
    Unauthorised,
    shapes,
)
from hub120_sdk.answers import good, json_body
from hub120_sdk.credentials import same
from hub120_sdk.testing import CHECKS, Answer, Grade, Operates, Outcome, Parses, Suite, Tells, run

pytestmark = pytest.mark.slow  # a provider that hangs, at every request: the kit waits for it

CALLER = Address(AddressKind.PHONE, "+821055501234")
DIAL = Dial("leg-1", Address(AddressKind.PHONE, "+82313451234"))
UP, RINGING = Leg("leg-1", LegState.UP), Leg("leg-1", LegState.RINGING)
ENDED = Leg("leg-1", LegState.ENDED, EndReason.DONE)
OPENED_AT = datetime(2026, 5, 4, tzinfo=UTC)
CASE = CaseStatus("26-0KX3M-7QHMZ", Progress.OPEN, OPENED_AT, OPENED_AT)
MANIFEST = Manifest(
    "calls_model",
    "Calls model",
    frozenset({"channel", "inquiries", "telephony"}),
    "tests",
    medium="voice",
    allowed_hosts=("{api}",),
    settings={"api": Setting("the exchange")},
    secrets={"key": Setting("the secret")},
)


class Exchange:
    """Keeps every promise."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def parse(self, request: Request) -> Sequence[Record]:
        if not same(request.headers.get("x-key", ""), self.context.secrets["key"]):
            raise Unauthorised("x-key is wrong")
        if request.method == "GET":
            return [Inquiry()]
        body = shapes.mapping(request.json(), required=True)
        if key := shapes.text(body, "key"):
            return [self.pressed(key)] if key in KEYS else []
        return [Inbound(shapes.text(body, "call", required=True), CALLER, medium="voice")]

    def pressed(self, key: str) -> KeyPress:
        return KeyPress("leg-1", key, OPENED_AT)

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        return Response()

    def tell(self, request: Request, found: Sequence[CaseStatus]) -> Response:
        return Response.json([{"number": one.case_number, "state": one.progress} for one in found])

    def send(self, message: Outbound) -> Receipt:
        raise Rejected("a telephone carries no text")

    def fetch(self, attachment: Attachment) -> Content:
        raise Rejected("a telephone carries no files")

    def ask(self, method: str, path: str) -> Mapping[str, object]:
        answer = self.context.http.request(method, self.context.settings["api"] + path)
        said = json_body(good(answer))
        return said if isinstance(said, dict) else {}

    def dial(self, dial: Dial) -> Leg:
        self.ask("PUT", f"/legs/{dial.leg_id}?muted={dial.muted}")
        return Leg(dial.leg_id, LegState.RINGING)

    def bridge(self, conference_id: str, leg_ids: Sequence[str]) -> Conference:
        self.ask("PUT", f"/conferences/{conference_id}?legs={','.join(leg_ids)}")
        return Conference(conference_id, tuple(Leg(one, LegState.UP) for one in leg_ids))

    def add_party(self, conference_id: str, leg_id: str) -> None:
        self.ask("PUT", f"/conferences/{conference_id}/{leg_id}")

    def remove_party(self, conference_id: str, leg_id: str) -> None:
        self.end(f"/conferences/{conference_id}/{leg_id}")

    def hold(self, conference_id: str, leg_id: str, held: bool) -> None:
        self.ask("POST", f"/conferences/{conference_id}/{leg_id}/hold?on={held}")

    def mute(self, conference_id: str, leg_id: str, muted: bool) -> None:
        self.ask("POST", f"/conferences/{conference_id}/{leg_id}/mute?on={muted}")

    def hang_up(self, leg_id: str) -> None:
        self.end(f"/legs/{leg_id}")

    def end(self, path: str) -> None:
        answer = self.context.http.request("DELETE", self.context.settings["api"] + path)
        if answer.status != 404:
            good(answer)

    def look(self, conference_id: str) -> Conference:
        answer = self.context.http.request("GET", f"{self.context.settings['api']}/conferences/{conference_id}")
        said = json_body(good(answer)) if answer.status != 404 else None
        legs = said.get("legs") if isinstance(said, dict) else None
        return Conference(conference_id, tuple(Leg(str(one), LegState.UP) for one in legs or ()))


def sign(request: Request, at: datetime) -> Request:
    return Request(request.method, request.url, {"x-key": "the-right-key"}, request.body)


def is_listed(response: Response) -> None:
    assert json.loads(response.body) == [{"number": "26-0KX3M-7QHMZ", "state": "open"}]


def suite(provider: str, now: datetime) -> Suite:
    url = "https://hub.example/channels/calls_model"
    done, conference = [Answer.json({})], Conference("c-1", (UP,))
    return Suite(
        settings={"api": provider},
        secrets={"key": "the-right-key"},
        wrong_secrets={"key": "a-wrong-key"},
        sign=sign,
        parses=[
            Parses("a call", Request("POST", url, {}, b'{"call": "c"}'), [Inbound("c", CALLER, medium="voice")]),
            Parses("a key", Request("POST", url, {}, b'{"key": "1"}'), [KeyPress("leg-1", "1", OPENED_AT)]),
        ],
        tells=[Tells("a list", Request("GET", f"{url}/cases", {}), [CASE], is_listed)],
        operates=[
            Operates("dial", lambda exchange: exchange.dial(DIAL), done, RINGING),
            Operates("bridge", lambda exchange: exchange.bridge("c-1", ["leg-1"]), done, conference),
            Operates("add", lambda exchange: exchange.add_party("c-1", "leg-2"), done, None),
            Operates("remove", lambda exchange: exchange.remove_party("c-1", "leg-2"), done, None),
            Operates("hold", lambda exchange: exchange.hold("c-1", "leg-1", True), done, None),
            Operates("dial muted", lambda exchange: exchange.dial(replace(DIAL, muted=True)), done, RINGING),
            Operates("mute", lambda exchange: exchange.mute("c-1", "leg-1", True), done, None),
            Operates("unmute", lambda exchange: exchange.mute("c-1", "leg-1", False), done, None),
            Operates("hang up", lambda exchange: exchange.hang_up("leg-1"), done, None),
            Operates("look", lambda exchange: exchange.look("c-1"), [Answer.json({"legs": ["leg-1"]})], conference),
            Operates("no such leg", lambda exchange: exchange.add_party("c-1", "x"), [Answer.json({}, 404)], Rejected),
        ],
        waived={
            "fetches_attachments": "a telephone carries no files",
            "reaches_citizens": "a telephone carries no text",
            "refuses_a_changed_body": "a header is the secret",
            "refuses_a_replay": "a header is the secret",
        },
    )


@pytest.fixture
def install(make_package: Callable[..., str]) -> Callable[[type], str]:
    return lambda connector: make_package(connector, MANIFEST, suite)


def test_an_exchange_that_keeps_every_promise_is_gold(install: Callable[[type], str]) -> None:
    report = run(install(Exchange))
    assert report.grade is Grade.GOLD, report.table()
    names = {result.check.name for result in report.results}
    assert {"tells_as_the_table_says", "says_what_is_gone", "retries_when_the_line_breaks", "tells_keys"} <= names
    assert "carries_the_whole_text" not in names


class DialsAnew(Exchange):
    dialled = 0

    def dial(self, dial: Dial) -> Leg:
        self.dialled += 1
        self.ask("PUT", f"/legs/{self.dialled}")
        return Leg(f"{dial.leg_id}.{self.dialled}" if self.dialled > 1 else dial.leg_id, LegState.RINGING)


class FailsToEndTwice(Exchange):
    def end(self, path: str) -> None:
        self.ask("DELETE", path)


class AddsWhatIsGone(Exchange):
    def add_party(self, conference_id: str, leg_id: str) -> None:
        self.end(f"/conferences/{conference_id}/{leg_id}")


class SwallowsOutages(Exchange):
    def hang_up(self, leg_id: str) -> None:
        self.context.http.request("DELETE", f"{self.context.settings['api']}/legs/{leg_id}")


class MutesForEver(Exchange):
    def mute(self, conference_id: str, leg_id: str, muted: bool) -> None:
        super().mute(conference_id, leg_id, True)


class MutesWhoIsGone(Exchange):
    def mute(self, conference_id: str, leg_id: str, muted: bool) -> None:
        self.end(f"/conferences/{conference_id}/{leg_id}?muted={muted}")


class LetsEverybodyBeHeard(Exchange):
    def dial(self, dial: Dial) -> Leg:
        return super().dial(replace(dial, muted=False))


class TellsWhatIsNoKey(Exchange):
    def pressed(self, key: str) -> KeyPress:
        return KeyPress("leg-1", f"key {key}", OPENED_AT)


class TellsTheLastAnswer(Exchange):
    last = Response()

    def tell(self, request: Request, found: Sequence[CaseStatus]) -> Response:
        answer, self.last = self.last, super().tell(request, found)
        return answer


class CannotSayNothing(Exchange):
    def tell(self, request: Request, found: Sequence[CaseStatus]) -> Response:
        found[0]
        return super().tell(request, found)


@pytest.mark.parametrize(
    ("connector", "check"),
    [
        (DialsAnew, "shows_the_leg_to_the_exchange"),
        (DialsAnew, "operates_twice_as_once"),
        (FailsToEndTwice, "says_what_is_gone"),
        (AddsWhatIsGone, "says_what_is_gone"),
        (MutesForEver, "mutes_and_unmutes"),
        (MutesWhoIsGone, "says_what_is_gone"),
        (LetsEverybodyBeHeard, "dials_muted_as_asked"),
        (TellsWhatIsNoKey, "stands_garbage"),
        (SwallowsOutages, "retries_when_the_provider_fails"),
        (TellsTheLastAnswer, "tells_as_the_table_says"),
        (CannotSayNothing, "tells_whatever_is_found"),
    ],
)
def test_a_broken_promise_is_found_by_its_check(install: Callable[[type], str], connector: type, check: str) -> None:
    report = run(install(connector), checks=[one for one in CHECKS if one.name == check])
    [result] = report.results
    assert result.outcome is Outcome.FAILED, report.table()


class CannotMute(Exchange):
    def dial(self, dial: Dial) -> Leg:
        if dial.muted:
            raise Rejected("this exchange mutes nobody")
        return super().dial(dial)

    def mute(self, conference_id: str, leg_id: str, muted: bool) -> None:
        raise Rejected("this exchange mutes nobody")


def mutes_nobody(provider: str, now: datetime) -> Suite:
    whole = suite(provider, now)
    refused = [replace(row, expected=Rejected) if "mute" in row.name else row for row in whole.operates]
    return replace(whole, operates=refused)


def silent(provider: str, now: datetime) -> Suite:
    """A table that dials nobody muted, mutes nobody, and has no key."""
    whole = suite(provider, now)
    heard = [row for row in whole.operates if "mute" not in row.name]
    return replace(whole, parses=whole.parses[:1], operates=heard)


ABOUT_MUTING = ("mutes_and_unmutes", "dials_muted_as_asked", "tells_keys")


def test_an_exchange_that_cannot_mute_says_so(make_package: Callable[..., str]) -> None:
    report = run(make_package(CannotMute, MANIFEST, mutes_nobody))
    assert report.grade is Grade.GOLD, report.table()


def test_a_table_that_says_nothing_of_muting_and_keys_is_not_enough(make_package: Callable[..., str]) -> None:
    package = make_package(Exchange, MANIFEST, silent)
    report = run(package, checks=[one for one in CHECKS if one.name in ABOUT_MUTING])
    assert [one.outcome for one in report.results] == [Outcome.FAILED] * 3, report.table()
