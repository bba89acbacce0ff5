"""The kit itself: a connector that keeps every promise is gold, and each broken promise is found by its check."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hub120_sdk import (
    Address,
    AddressKind,
    Attachment,
    Content,
    Context,
    Delivery,
    Inbound,
    Limits,
    Manifest,
    OptedOut,
    Outbound,
    Receipt,
    Received,
    Rejected,
    Request,
    Response,
    Retry,
    Setting,
    Unauthorised,
    shapes,
)
from hub120_sdk.answers import good, word
from hub120_sdk.credentials import same
from hub120_sdk.testing import Answer, Fetches, Grade, Outcome, Parses, Refuses, Sends, Suite, run
from hub120_sdk.testing.__main__ import main

pytestmark = pytest.mark.slow  # a provider that hangs, at every request: the kit waits for it

CITIZEN = Address(AddressKind.ACCOUNT, "citizen", verified=True)
REPLY = Outbound("reply-1", CITIZEN, "곧 고치겠습니다")
MANIFEST = Manifest(
    "model",
    "Model",
    frozenset({"channel"}),
    "tests",
    idempotent_send=True,
    allowed_hosts=("{api}",),
    settings={"api": Setting("the provider")},
    secrets={"key": Setting("the secret")},
    limits=Limits(text_characters=500),
)


class Model:
    """Keeps every promise."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def parse(self, request: Request) -> Sequence[Inbound | Receipt]:
        self.authorise(request)
        body = shapes.mapping(request.json(), required=True)
        sender = replace(CITIZEN, value=shapes.text(body, "from", required=True))
        return [Inbound(shapes.text(body, "id", required=True), sender, shapes.text(body, "text"))]

    def authorise(self, request: Request) -> None:
        at = request.headers.get("x-at", "")
        if not same(request.headers.get("x-sign", ""), signature(self.context.secrets["key"], at, request.body)):
            raise Unauthorised("x-sign is wrong")
        if abs(self.context.now() - datetime.fromisoformat(at)) > timedelta(minutes=5):
            raise Unauthorised("x-at is too old")

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        return Response.json([one.case_number for one in received])

    def send(self, message: Outbound) -> Receipt:
        if len(message.text) > MANIFEST.limits.text_characters:
            raise Rejected("the text is too long")
        body = json.dumps({"id": message.reply_id, "text": message.text}).encode()
        answer = self.context.http.request("POST", self.context.settings["api"] + "/send", body=body)
        if answer.status == 410:
            raise OptedOut("gone")
        return Receipt(Delivery.SENT, word(good(answer), "id"))

    def fetch(self, attachment: Attachment) -> Content:
        answer = good(self.context.http.request("GET", attachment.reference))
        return Content(answer.body, answer.headers.get("content-type", ""))


def signature(key: str, at: str, body: bytes) -> str:
    return hmac.new(key.encode(), at.encode() + body, hashlib.sha256).hexdigest()


def sign(request: Request, at: datetime) -> Request:
    stamp = at.isoformat()
    return replace(request, headers={"x-at": stamp, "x-sign": signature("the-right-key", stamp, request.body)})


def event(number: int) -> Request:
    body = {"id": f"m-{number}", "from": "citizen", "text": "가로등이 꺼졌어요"}
    return Request("POST", "https://hub.example/channels/model", {}, json.dumps(body).encode())


def suite(provider: str, now: datetime) -> Suite:
    content = Content(b"picture", "image/png")
    return Suite(
        settings={"api": provider},
        secrets={"key": "the-right-key"},
        wrong_secrets={"key": "a-wrong-key"},
        sign=sign,
        parses=[
            Parses(str(number), event(number), [Inbound(f"m-{number}", CITIZEN, "가로등이 꺼졌어요")])
            for number in range(2)
        ],
        refuses=[Refuses("without a signature", event(1), Unauthorised, signed=False)],
        sends=[
            Sends("accepted", REPLY, [Answer.json({"id": "p-1"})], Receipt(Delivery.SENT, "p-1")),
            Sends("gone", REPLY, [Answer(410)], OptedOut),
        ],
        fetches=[
            Fetches(
                "a picture",
                Attachment(f"{provider}/p"),
                [Answer(200, b"picture", {"content-type": "image/png"})],
                content,
            )
        ],
    )


Install = Callable[..., str]


@pytest.fixture
def install(make_package: Install) -> Install:
    """Make a package of a connector and its table."""

    def install(connector: type = Model, manifest: Manifest = MANIFEST, table: Callable[..., Suite] = suite) -> str:
        return make_package(connector, manifest, table)

    return install


def failed(package: str) -> set[str]:
    return {result.check.name for result in run(package).results if result.outcome is Outcome.FAILED}


def test_a_connector_that_keeps_every_promise_is_gold(install: Install) -> None:
    report = run(install())
    assert report.grade is Grade.GOLD, report.table()
    assert report.table().endswith("model: gold")


class ForgetsTheSignature(Model):
    def authorise(self, request: Request) -> None:
        pass


class ForgetsTheTime(Model):
    def authorise(self, request: Request) -> None:
        at = request.headers.get("x-at", "")
        if not same(request.headers.get("x-sign", ""), signature(self.context.secrets["key"], at, request.body)):
            raise Unauthorised("x-sign is wrong")


class SignsTheTimeOnly(Model):
    def authorise(self, request: Request) -> None:
        if not request.headers.get("x-sign"):
            raise Unauthorised("x-sign is missing")
        super().authorise(sign(replace(request, body=request.body), self.context.now()))


class InventsIds(Model):
    def parse(self, request: Request) -> Sequence[Inbound | Receipt]:
        [one] = super().parse(request)
        assert isinstance(one, Inbound)
        return [replace(one, provider_id=str(time.perf_counter()))]


class TrustsTheShape(Model):
    def parse(self, request: Request) -> Sequence[Inbound | Receipt]:
        self.authorise(request)
        body = json.loads(request.body)
        return [Inbound(body["id"], replace(CITIZEN, value=body["from"]), body["text"])]


class AnswersNothing(Model):
    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        return None  # type: ignore[return-value]


class RejectsOutages(Model):
    def send(self, message: Outbound) -> Receipt:
        try:
            return super().send(message)
        except Retry as error:
            raise Rejected(error.reason) from error


class RetriesForEver(Model):
    def send(self, message: Outbound) -> Receipt:
        try:
            return super().send(message)
        except Rejected as error:
            raise Retry(error.reason) from error


class BelievesEveryAnswer(Model):
    def send(self, message: Outbound) -> Receipt:
        answer = self.context.http.request("POST", self.context.settings["api"] + "/send", body=b"{}")
        return Receipt(Delivery.SENT, json.loads(answer.body)["id"])


class CutsTheText(Model):
    def send(self, message: Outbound) -> Receipt:
        return super().send(replace(message, text=message.text[:400]))


class TellsTheKey(Model):
    def parse(self, request: Request) -> Sequence[Inbound | Receipt]:
        try:
            return super().parse(request)
        except Unauthorised:
            raise Unauthorised(f"x-sign is not made with {self.context.secrets['key']}") from None


class ForgetsTheReplyId(Model):
    def send(self, message: Outbound) -> Receipt:
        return super().send(replace(message, reply_id=str(time.perf_counter())))


class SharesState(Model):
    def parse(self, request: Request) -> Sequence[Inbound | Receipt]:
        [self.last] = super().parse(request)
        time.sleep(0.001)
        return [self.last]


class RemembersTheLast(Model):
    last = 1

    def parse(self, request: Request) -> Sequence[Inbound | Receipt]:
        [one] = super().parse(request)
        assert isinstance(one, Inbound)
        number, before = int(one.provider_id.rpartition("-")[2]), self.last
        self.last = number
        return [one] if number in (before, before + 1) else []


class ForgetsTheReplyIdAfterAFault(Model):
    failed = False

    def send(self, message: Outbound) -> Receipt:
        try:
            return super().send(replace(message, reply_id=f"again {time.time()}") if self.failed else message)
        except Retry:
            self.failed = True
            raise


class SendsTheKeyInTheAddress(Model):
    def send(self, message: Outbound) -> Receipt:
        settings = {"api": f"{self.context.settings['api']}/{self.context.secrets['key']}"}
        return Model(replace(self.context, settings=settings)).send(message)


class IsSlow(Model):
    def parse(self, request: Request) -> Sequence[Inbound | Receipt]:
        records = super().parse(request)
        time.sleep(0.006)
        return records


class CallsElsewhere(Model):
    def fetch(self, attachment: Attachment) -> Content:
        self.context.http.request("GET", "https://elsewhere.example/")
        return super().fetch(attachment)


@pytest.mark.parametrize(
    ("connector", "check", "grade"),
    [
        (ForgetsTheSignature, "refuses_what_is_not_signed", Grade.NONE),
        (ForgetsTheSignature, "refuses_other_secrets", Grade.NONE),
        (ForgetsTheTime, "refuses_a_replay", Grade.SILVER),
        (SignsTheTimeOnly, "refuses_a_changed_body", Grade.NONE),
        (InventsIds, "recognises_a_second_delivery", Grade.NONE),
        (RemembersTheLast, "does_not_mind_the_order", Grade.NONE),
        (TrustsTheShape, "stands_garbage", Grade.NONE),
        (AnswersNothing, "answers_the_provider", Grade.NONE),
        (RejectsOutages, "retries_when_the_provider_fails", Grade.BRONZE),
        (RejectsOutages, "slows_down_when_told", Grade.BRONZE),
        (RejectsOutages, "retries_when_the_line_breaks", Grade.BRONZE),
        (RetriesForEver, "gives_up_when_refused", Grade.BRONZE),
        (RetriesForEver, "knows_an_opt_out", Grade.BRONZE),
        (BelievesEveryAnswer, "stands_nonsense", Grade.BRONZE),
        (BelievesEveryAnswer, "retries_when_the_provider_fails", Grade.BRONZE),
        (CallsElsewhere, "fetches_attachments", Grade.BRONZE),
        (CutsTheText, "carries_the_whole_text", Grade.SILVER),
        (TellsTheKey, "keeps_its_secrets", Grade.SILVER),
        (ForgetsTheReplyId, "shows_the_reply_id_to_the_provider", Grade.SILVER),
        (ForgetsTheReplyIdAfterAFault, "stands_an_error_after_it_was_saved", Grade.SILVER),
        (SendsTheKeyInTheAddress, "keeps_secrets_out_of_addresses", Grade.SILVER),
        (SharesState, "works_in_a_crowd", Grade.SILVER),
        (IsSlow, "is_quick", Grade.SILVER),
    ],
)
def test_a_broken_promise_is_found_by_its_check(install: Install, connector: type, check: str, grade: Grade) -> None:
    report = run(install(connector))
    found = {result.check.name for result in report.results if result.outcome is Outcome.FAILED}
    if check == "knows_an_opt_out":
        check = "sends_as_the_table_says"
    assert check in found, report.table()
    assert report.grade is grade


def test_a_table_without_a_message_or_a_reply_earns_nothing(install: Install) -> None:
    def empty(provider: str, now: datetime) -> Suite:
        return replace(suite(provider, now), parses=[], sends=[], fetches=[])

    assert {"hears_citizens", "reaches_citizens", "fetches_attachments"} <= failed(install(table=empty))
    assert run(install(table=empty)).grade is Grade.NONE


def test_what_is_not_about_the_connector_is_neither_run_nor_counted(install: Install) -> None:
    names = {result.check.name for result in run(install()).results}
    assert "reads_messages" in names
    assert not names & {"refuses_whoever_calls", "hears_what_the_table_says", "submits_as_the_table_says"}


def test_a_provider_s_own_check_of_the_address_may_come_unsigned(install: Install) -> None:
    class AnswersChecks(Model):
        def parse(self, request: Request) -> Sequence[Inbound | Receipt]:
            return [] if request.method == "GET" else super().parse(request)

    def table(provider: str, now: datetime) -> Suite:
        made = suite(provider, now)
        checks = Parses("a check", Request("GET", "https://hub.example/channels/model?challenge=7", {}), [])
        return replace(made, parses=[*made.parses, checks])

    report = run(install(AnswersChecks, table=table))
    assert report.grade is Grade.GOLD, report.table()


def test_some_checks_can_be_waived_with_a_reason_and_the_others_cannot(install: Install) -> None:
    def waiving(provider: str, now: datetime) -> Suite:
        reasons = {"refuses_a_replay": "no time in it", "reads_messages": "no wish", "fetches_attachments": ""}
        return replace(suite(provider, now), waived=reasons)

    results = {result.check.name: result for result in run(install(table=waiving)).results}
    assert results["refuses_a_replay"].outcome is Outcome.WAIVED
    assert results["refuses_a_replay"].detail == "no time in it"
    assert results["reads_messages"].outcome is Outcome.PASSED
    assert results["fetches_attachments"].outcome is Outcome.PASSED


def test_the_command_line_prints_the_table_and_says_so_in_its_exit_code(
    install: Install, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([install()]) == 0
    assert "model: gold" in capsys.readouterr().out
    assert main([install(ForgetsTheSignature)]) == 1
    assert "XX" in capsys.readouterr().out
    assert main([]) == 2
