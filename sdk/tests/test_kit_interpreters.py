"""The kit on interpreters: one that keeps every promise is gold, and each broken promise is found by its check."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hub120_sdk import (
    Address,
    AddressKind,
    Context,
    HttpAnswer,
    InterpreterNews,
    InterpreterReport,
    InterpreterState,
    InterpreterWanted,
    Manifest,
    ManifestError,
    Rejected,
    Request,
    Response,
    SessionNoted,
    Setting,
    Throttled,
    Translation,
    Unauthorised,
    Unreadable,
    Words,
    shapes,
)
from hub120_sdk.answers import good, word
from hub120_sdk.credentials import same
from hub120_sdk.testing import CHECKS, Answer, Asks, Grade, Outcome, Parses, Relays, Releases, Suite, run

MANIFEST = Manifest(
    "interpreter_model",
    "Interpreter model",
    frozenset({"interpreter"}),
    "tests",
    idempotent_send=True,
    allowed_hosts=("{api}",),
    settings={"api": Setting("the partner")},
    secrets={"key": Setting("the secret")},
)
AT = datetime(2026, 5, 4, tzinfo=UTC)
WANTED = InterpreterWanted("session-1", 2, "ar", "voice", AT, AT + timedelta(seconds=30))
WORDS = Words("session-1", 2, "message-1", 1, "안녕하세요", "ko", "ar")
CALL = Address(AddressKind.PHONE, "+82215550100")
ASKED = InterpreterReport("session-1", 2, InterpreterState.ASKED)


class Interpreter:
    """Keeps every promise."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def languages(self) -> Sequence[str]:
        return ("ar", "mn")

    def request(self, wanted: InterpreterWanted) -> InterpreterReport:
        report = InterpreterReport(wanted.session_id, wanted.attempt, InterpreterState.DECLINED, reason="language")
        if wanted.language not in self.languages():
            return report
        said = good(self.post("sessions", {"id": wanted.session_id, "attempt": wanted.attempt}))
        number = word(said, "number")
        if not number:
            return replace(report, state=InterpreterState.ASKED, reason="")
        return replace(report, state=InterpreterState.ACCEPTED, reason="", call=self.telephone(number))

    def telephone(self, number: str) -> Address:
        return Address(AddressKind.PHONE, number)

    def relay(self, words: Words) -> Translation | None:
        said = good(self.post("words", {"id": words.session_id, "message": words.message_id, "text": words.text}))
        text = word(said, "text")
        return Translation(words.session_id, words.message_id, text) if text else None

    def release(self, session_id: str, attempt: int) -> None:
        said = self.post("releases", {"id": session_id, "attempt": attempt})
        if said.status != 404:
            good(said)

    def post(self, path: str, body: Mapping[str, object]) -> HttpAnswer:
        written = json.dumps(body).encode()
        return self.context.http.request("POST", f"{self.context.settings['api']}/{path}", body=written)

    def parse(self, request: Request) -> Sequence[InterpreterNews]:
        at = request.headers.get("x-at", "")
        if not same(request.headers.get("x-sign", ""), signature(self.context.secrets["key"], at, request.body)):
            raise Unauthorised("x-sign is wrong")
        if abs(self.context.now() - datetime.fromisoformat(at)) > timedelta(minutes=5):
            raise Unauthorised("x-at is too old")
        return [self.news(shapes.mapping(request.json(), required=True))]

    def news(self, raw: Mapping[str, object]) -> InterpreterNews:
        session = shapes.text(raw, "session", required=True)
        if "text" in raw:
            message, text = (shapes.text(raw, name, required=True) for name in ("message", "text"))
            return Translation(session, message, text)
        update_id = shapes.text(raw, "id", required=True)
        return InterpreterReport(session, 2, self.state(shapes.text(raw, "state", required=True)), update_id)

    def state(self, word: str) -> InterpreterState:
        try:
            return InterpreterState(word)
        except ValueError as error:
            raise Unreadable("state is unknown") from error

    def acknowledge(self, request: Request, noted: Sequence[SessionNoted]) -> Response:
        if not all(one.known for one in noted):
            return Response(404)
        return Response(409 if any(one.over for one in noted) else 200)


def signature(key: str, at: str, body: bytes) -> str:
    return hmac.new(key.encode(), at.encode() + body, hashlib.sha256).hexdigest()


def sign(request: Request, at: datetime) -> Request:
    stamp = at.isoformat()
    return replace(request, headers={"x-at": stamp, "x-sign": signature("the-right-key", stamp, request.body)})


def callback(**body: str) -> Request:
    return Request("POST", "https://hub.example/interpreters/model", {}, json.dumps(body).encode())


def suite(provider: str, now: datetime) -> Suite:
    accepted = replace(ASKED, state=InterpreterState.ACCEPTED, call=CALL)
    declined = replace(ASKED, state=InterpreterState.DECLINED, reason="language")
    reports = [replace(ASKED, state=state, update_id=f"u-{state}") for state in InterpreterState]
    translated = Translation("session-1", "message-1", "مرحبا")
    return Suite(
        settings={"api": provider},
        secrets={"key": "the-right-key"},
        wrong_secrets={"key": "a-wrong-key"},
        sign=sign,
        parses=[
            *(
                Parses(one.state, callback(session="session-1", id=one.update_id, state=one.state), [one])
                for one in reports
            ),
            Parses("words", callback(session="session-1", message="message-1", text="مرحبا"), [translated]),
        ],
        asks=[
            Asks("looks", WANTED, [Answer.json({}, 202)], ASKED),
            Asks("takes it", WANTED, [Answer.json({"number": "+82215550100"})], accepted),
            Asks("another language", replace(WANTED, language="sw"), [], declined),
            Asks("not theirs", WANTED, [Answer.json({}, 422)], Rejected),
        ],
        relays=[
            Relays("called back", WORDS, [Answer.json({}, 202)], None),
            Relays("at once", WORDS, [Answer.json({"text": "مرحبا"})], translated),
        ],
        releases=[Releases("released", "session-1", 2, [Answer.json({})])],
    )


@pytest.fixture
def install(make_package: Callable[..., str]) -> Callable[..., str]:
    return lambda connector, table=suite, manifest=MANIFEST: make_package(connector, manifest, table)


def test_an_interpreter_that_keeps_every_promise_is_gold(install: Callable[..., str]) -> None:
    report = run(install(Interpreter))
    assert report.grade is Grade.GOLD, report.table()
    names = {result.check.name for result in report.results if result.outcome is Outcome.PASSED}
    assert {"refuses_a_replay", "stands_garbage", "acknowledges_news", "retries_when_the_line_breaks"} <= names
    assert {"makes_no_words_up", "relays_the_whole_text", "shows_its_ids_to_the_partner"} <= names
    assert not names & {"answers_the_provider", "fetches_attachments", "carries_the_whole_text", "names_its_tickets"}


class HasATelephoneAlone(Interpreter):
    def request(self, wanted: InterpreterWanted) -> InterpreterReport:
        if wanted.language not in self.languages():
            return replace(ASKED, state=InterpreterState.DECLINED, reason="language")
        return replace(ASKED, state=InterpreterState.ACCEPTED, call=CALL)

    def relay(self, words: Words) -> Translation | None:
        raise Rejected("they have no keyboard")

    def release(self, session_id: str, attempt: int) -> None:
        pass

    def parse(self, request: Request) -> Sequence[InterpreterNews]:
        raise Unauthorised("nobody calls")


def by_telephone(provider: str, now: datetime) -> Suite:
    return Suite(
        settings={"api": provider},
        secrets={"key": "the-right-key"},
        asks=[Asks("calls", WANTED, [], replace(ASKED, state=InterpreterState.ACCEPTED, call=CALL))],
        relays=[Relays("no keyboard", WORDS, [], Rejected)],
        releases=[Releases("hangs up", "session-1", 2, [])],
    )


def test_a_partner_with_a_telephone_alone_is_gold_without_being_asked(install: Callable[..., str]) -> None:
    report = run(install(HasATelephoneAlone, by_telephone))
    assert report.grade is Grade.GOLD, report.table()
    names = {result.check.name for result in report.results}
    assert "refuses_whoever_calls" in names
    assert not names & {"retries_when_the_provider_fails", "makes_no_words_up", "acknowledges_news"}


class AsksAllTheSame(HasATelephoneAlone):
    def request(self, wanted: InterpreterWanted) -> InterpreterReport:
        self.post("sessions", {})
        return super().request(wanted)


def test_a_table_that_says_nobody_is_asked_is_held_to_it(install: Callable[..., str]) -> None:
    checks = [one for one in CHECKS if one.name == "asks_as_the_table_says"]
    [result] = run(install(AsksAllTheSame, by_telephone), checks=checks).results
    assert result.outcome is Outcome.FAILED


class SpeaksEsperanto(Interpreter):
    def languages(self) -> Sequence[str]:
        return ("ar", "mn", "Esperanto")


class ChangesItsLanguages(Interpreter):
    def languages(self) -> Sequence[str]:
        self.asked = not getattr(self, "asked", False)
        return ("ar", "mn") if self.asked else ("mn", "ar")


class AsksForItsLanguages(Interpreter):
    def languages(self) -> Sequence[str]:
        self.post("languages", {})
        return ("ar", "mn")


class AnswersForAnotherAttempt(Interpreter):
    def request(self, wanted: InterpreterWanted) -> InterpreterReport:
        return replace(super().request(wanted), attempt=1)


class TakesEveryLanguage(Interpreter):
    def request(self, wanted: InterpreterWanted) -> InterpreterReport:
        return super().request(replace(wanted, language="ar"))


class GivesAnExtension(Interpreter):
    def telephone(self, number: str) -> Address:
        return Address(AddressKind.PHONE, "내선 12")


class LooksTwice(Interpreter):
    def request(self, wanted: InterpreterWanted) -> InterpreterReport:
        return replace(super().request(wanted), interpreter=str(time.monotonic_ns()))


class HopesForTheBest(Interpreter):
    def request(self, wanted: InterpreterWanted) -> InterpreterReport:
        said = super().request(wanted)
        return replace(said, state=InterpreterState.ACCEPTED) if said.state is InterpreterState.ASKED else said


class ForgetsWhichWords(Interpreter):
    def relay(self, words: Words) -> Translation | None:
        said = super().relay(words)
        return replace(said, message_id="another") if said else None


class RepeatsTheWords(Interpreter):
    def relay(self, words: Words) -> Translation | None:
        return super().relay(words) or Translation(words.session_id, words.message_id, words.text)


class CutsWords(Interpreter):
    def relay(self, words: Words) -> Translation | None:
        return super().relay(replace(words, text=words.text[:1_000]))


class SwallowsOutages(Interpreter):
    def relay(self, words: Words) -> Translation | None:
        self.post("words", {"id": words.session_id, "message": words.message_id, "text": words.text})
        return None


class IgnoresThePace(Interpreter):
    def release(self, session_id: str, attempt: int) -> None:
        try:
            super().release(session_id, attempt)
        except Throttled as error:
            raise Rejected("too fast") from error


class MissesWhoIsGone(Interpreter):
    def release(self, session_id: str, attempt: int) -> None:
        good(self.post("releases", {"id": session_id, "attempt": attempt}))


class RelaysUnderNewIds(Interpreter):
    def relay(self, words: Words) -> Translation | None:
        said = super().relay(replace(words, message_id=str(time.monotonic_ns())))
        return replace(said, message_id=words.message_id) if said else None


class TakesAnySignature(Interpreter):
    def parse(self, request: Request) -> Sequence[InterpreterNews]:
        return [self.news(shapes.mapping(request.json(), required=True))]


class TakesOldSignatures(Interpreter):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.parses = context

    def parse(self, request: Request) -> Sequence[InterpreterNews]:
        at = datetime.fromisoformat(request.headers.get("x-at", "2026-01-01T00:00:00+00:00"))
        self.context = replace(self.parses, now=lambda: at)
        return super().parse(request)


class NumbersReportsAnew(Interpreter):
    def news(self, raw: Mapping[str, object]) -> InterpreterNews:
        said = super().news(raw)
        return replace(said, update_id=f"{time.monotonic_ns()}") if isinstance(said, InterpreterReport) else said


class BelievesEveryState(Interpreter):
    def state(self, word: str) -> InterpreterState:
        return InterpreterState(word)


class RefusesSecondReports(Interpreter):
    def acknowledge(self, request: Request, noted: Sequence[SessionNoted]) -> Response:
        return Response(409 if any(one.duplicate for one in noted) else 200)


class WantsLateReportsAgain(Interpreter):
    def acknowledge(self, request: Request, noted: Sequence[SessionNoted]) -> Response:
        return Response(503 if any(one.over for one in noted) else 200)


@pytest.mark.parametrize(
    ("connector", "check"),
    [
        (SpeaksEsperanto, "names_its_languages"),
        (ChangesItsLanguages, "names_its_languages"),
        (AsksForItsLanguages, "names_its_languages"),
        (AnswersForAnotherAttempt, "asks_as_the_table_says"),
        (TakesEveryLanguage, "declines_a_language_that_it_does_not_speak"),
        (GivesAnExtension, "gives_telephones_that_can_be_dialled"),
        (LooksTwice, "asks_twice_as_once"),
        (HopesForTheBest, "waits_where_nothing_was_said"),
        (ForgetsWhichWords, "relays_as_the_table_says"),
        (RepeatsTheWords, "makes_no_words_up"),
        (CutsWords, "relays_the_whole_text"),
        (SwallowsOutages, "retries_when_the_provider_fails"),
        (SwallowsOutages, "gives_up_when_refused"),
        (IgnoresThePace, "slows_down_when_told"),
        (MissesWhoIsGone, "releases_as_the_table_says"),
        (RelaysUnderNewIds, "shows_its_ids_to_the_partner"),
        (RelaysUnderNewIds, "stands_an_error_after_it_was_saved"),
        (TakesAnySignature, "refuses_what_is_not_signed"),
        (TakesAnySignature, "refuses_other_secrets"),
        (TakesOldSignatures, "refuses_a_replay"),
        (NumbersReportsAnew, "recognises_a_second_delivery"),
        (BelievesEveryState, "stands_garbage"),
        (RefusesSecondReports, "acknowledges_news"),
        (WantsLateReportsAgain, "acknowledges_news"),
    ],
)
def test_an_interpreter_s_broken_promise_is_found_by_its_check(
    install: Callable[..., str], connector: type, check: str
) -> None:
    report = run(install(connector), checks=[one for one in CHECKS if one.name == check])
    [result] = report.results
    assert result.outcome is Outcome.FAILED, report.table()


@pytest.mark.parametrize("other", ["channel", "department", "translator"])
def test_an_interpreter_is_nothing_else(other: str) -> None:
    with pytest.raises(ManifestError, match="an interpreter is nothing else"):
        Manifest.parse(f'id = "x1"\nname = "n"\nowner = "o"\ncapabilities = ["interpreter", "{other}"]\n')
