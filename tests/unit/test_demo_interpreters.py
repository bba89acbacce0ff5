"""The partner and the machine of the demonstration keep to the protocols that the connectors speak, and misbehave as
told: the real connectors talk with them over HTTP, both ways."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib import resources

import jsonschema_rs
import pytest
import yaml
from hub120_sdk import (
    Context,
    InterpreterReport,
    InterpreterState,
    InterpreterWanted,
    Rejected,
    Request,
    Retry,
    SessionNoted,
    Throttled,
    Translation,
    Words,
)
from hub120_sdk.hosts import AllowedHosts
from hub120_sdk.testing.http import PlainHttp

from demo import provider
from demo.interpreters import DOWN_EVERY, DOWN_FOR, Mood, Partner
from demo.papago import CLIENT_ID, Papago, trouble
from demo.phrases import translated
from demo.program import Order
from demo.provider import Answer, Asked
from demo.volunteers import AT_ONCE, VOLUNTEERS, Desk, Manners, by_seed
from plugins.interpreter_http.interpreter import HttpInterpreter
from plugins.translator_papago.translator import Papago as PapagoConnector
from tests.waiting import eventually

pytestmark = pytest.mark.slow  # a partner that is slow

SECRET = "whsec_aHViMTIwLWludGVycHJldGVyLXNpZ25pbmc="
NOON = datetime(2026, 11, 24, 3, tzinfo=UTC)
NIGHT = NOON + timedelta(hours=15)
WANTED = InterpreterWanted("s-1", 1, "ar", "text", NOON, NOON + timedelta(seconds=30))
HELLO = Words("s-1", 1, "m-1", 1, "안녕하세요.", "ko", "ar")


@dataclass
class House:
    """The hub's side: the connector, and what it heard; while ``down`` callbacks are answered 503."""

    partner: Partner
    connector: HttpInterpreter
    news: list[InterpreterReport | Translation]
    down: bool = False

    def states(self) -> list[InterpreterState]:
        """How sessions moved, in the order it was heard."""
        return [one.state for one in self.news if isinstance(one, InterpreterReport)]

    def texts(self) -> list[str]:
        """Translations, in the order they came."""
        return [one.text for one in self.news if isinstance(one, Translation)]


@pytest.fixture
def house(now: datetime) -> Iterator[House]:
    """A partner with good manners, and a hub that takes its callbacks."""
    partner = Partner(SECRET, now=lambda: now)

    def take(asked: Asked) -> Answer:
        if found.down:
            return Answer(503)
        news = found.connector.parse(Request("POST", f"https://hub.example{asked.path}", asked.headers, asked.body))
        _is_as_the_document_says(asked)
        found.news.extend(news)
        response = found.connector.acknowledge(Request("POST", "", {}), [SessionNoted(known=True)])
        return Answer(response.status, response.body)

    url = provider.serve(take)
    settings = {"partner_url": partner.address, "languages": ""}
    http = PlainHttp(AllowedHosts(("{partner_url}",), settings))
    context = Context(settings, {"signing_secret": SECRET}, http, lambda: datetime.now(UTC), url)
    found = House(partner, HttpInterpreter(context), [])
    yield found
    partner.close()


@pytest.fixture
def now() -> datetime:
    return NOON


_DOCUMENT = yaml.safe_load(resources.files("plugins.interpreter_http").joinpath("openapi.yaml").read_text("utf-8"))


def _is_as_the_document_says(asked: Asked) -> None:
    name = "Report" if asked.path.endswith("/reports") else "Translation"
    schema = {"$ref": f"#/components/schemas/{name}", "components": _DOCUMENT["components"]}
    jsonschema_rs.Draft202012Validator(schema, validate_formats=True).validate(json.loads(asked.body))


def test_a_session_in_writing_goes_from_the_request_to_the_end(house: House) -> None:
    assert house.connector.request(WANTED).state is InterpreterState.ASKED
    eventually(lambda: house.states() == [InterpreterState.ACCEPTED, InterpreterState.JOINED])
    assert house.connector.relay(HELLO) is None
    assert eventually(house.texts) == ["مرحبا."]
    house.connector.release("s-1", 1)
    eventually(lambda: house.states()[-1:] == [InterpreterState.ENDED])
    assert {one.interpreter for one in house.news} == {"v-5"}


def test_by_voice_the_hub_is_told_whom_to_call(house: House) -> None:
    house.connector.request(replace(WANTED, medium="voice", language="mn"))
    [report] = eventually(lambda: list(house.news))
    assert isinstance(report, InterpreterReport)
    assert report.state is InterpreterState.ACCEPTED
    assert report.call is not None
    assert report.call.value in {one.telephone for one in VOLUNTEERS if "mn" in one.languages}


def test_asked_twice_for_the_same_it_looks_once(house: House) -> None:
    for _ in range(2):
        house.connector.request(WANTED)
        eventually(lambda: len(house.news) == 2)
    assert len(house.partner.sessions) == 1
    for _ in range(2):
        house.connector.relay(HELLO)
    assert eventually(lambda: house.texts()[1:]) == ["مرحبا."]


def test_it_may_say_everything_at_once(house: House) -> None:
    house.partner.script(Manners(at_once=True))
    assert house.connector.request(WANTED).state is InterpreterState.JOINED
    said = house.connector.relay(HELLO)
    assert said is not None
    assert said.text == "مرحبا."


def test_it_declines_when_told_to_and_what_nobody_speaks(house: House) -> None:
    house.partner.script(Manners(says_no=True), Manners())
    house.connector.request(WANTED)
    house.connector.request(replace(WANTED, session_id="s-2", language="sw"))
    eventually(lambda: len(house.news) == 2)
    told = {one.session_id: (one.state, one.reason) for one in house.news if isinstance(one, InterpreterReport)}
    assert told == {"s-1": (InterpreterState.DECLINED, "busy"), "s-2": (InterpreterState.DECLINED, "language")}


@pytest.mark.parametrize("now", [NIGHT])
def test_at_night_nobody_is_there_unless_it_is_told_to_be_open(house: House) -> None:
    house.partner.script(Manners(at_once=True), Manners(at_once=True))
    said = house.connector.request(WANTED)
    assert (said.state, said.reason) == (InterpreterState.DECLINED, "closed")
    house.partner.be(Mood(open=True))
    assert house.connector.request(replace(WANTED, attempt=2)).state is InterpreterState.JOINED


def test_a_silent_partner_has_the_request_and_says_nothing(house: House) -> None:
    house.partner.script(Manners(is_silent=True))
    assert house.connector.request(WANTED).state is InterpreterState.ASKED
    house.connector.request(replace(WANTED, session_id="s-2"))
    eventually(lambda: len(house.news) == 2)
    assert {one.session_id for one in house.news} == {"s-2"}


def test_an_interpreter_leaves_in_the_middle_with_the_words_in_hand(house: House) -> None:
    house.partner.script(Manners(drops_after=1))
    house.connector.request(WANTED)
    house.connector.relay(HELLO)
    assert house.connector.relay(replace(HELLO, message_id="m-2", number=2)) is None
    eventually(lambda: InterpreterState.LEFT in house.states())
    with pytest.raises(Rejected):
        house.connector.relay(replace(HELLO, message_id="m-3", number=3))
    eventually(house.texts)
    assert len(house.texts()) == 1
    house.partner.script(Manners())
    house.connector.request(replace(WANTED, attempt=2))
    house.partner.leave("s-1", 2)
    eventually(lambda: house.states().count(InterpreterState.LEFT) == 2)


def test_callbacks_come_twice_and_out_of_order(house: House) -> None:
    house.partner.script(Manners(tells_twice=True, out_of_order=True))
    house.connector.request(WANTED)
    eventually(lambda: len(house.news) == 4)
    updates = [one.update_id for one in house.news if isinstance(one, InterpreterReport)]
    assert updates[0] == "s-1/1/2"
    assert sorted(updates) == ["s-1/1/1", "s-1/1/1", "s-1/1/2", "s-1/1/2"]


def test_what_the_hub_did_not_take_is_told_again(house: House) -> None:
    house.down = True
    house.connector.request(WANTED)
    eventually(lambda: [status for _, status in house.partner.answered][:2] == [503, 503])
    house.down = False
    eventually(lambda: set(house.states()) == {InterpreterState.ACCEPTED, InterpreterState.JOINED})


def test_a_partner_that_is_down_is_asked_again_later(house: House) -> None:
    house.partner.be(Mood(down=True))
    with pytest.raises(Retry):
        house.connector.request(WANTED)
    house.partner.be(Mood())
    assert house.connector.request(WANTED).state is InterpreterState.ASKED


def test_another_program_tells_it_its_mood(house: House) -> None:
    def told(said: object) -> int:
        return provider.post(f"{house.partner.address}/mood", json.dumps(said).encode(), {}, 10.0).status

    assert told({"open": False, "next": [{"at_once": True}]}) == 200
    assert house.connector.request(WANTED).reason == "closed"
    assert told({"down": True}) == 200
    with pytest.raises(Retry):
        house.connector.request(WANTED)
    assert told({"angry": True}) == 400


def test_who_does_not_sign_is_not_heard(house: House) -> None:
    for path in ("sessions", "words", "releases"):
        assert provider.post(f"{house.partner.address}/{path}", b"{}", {}, 10.0).status == 401
    assert not house.partner.asked


def test_a_session_that_it_does_not_know_is_not_there(house: House) -> None:
    with pytest.raises(Rejected):
        house.connector.relay(HELLO)
    house.connector.release("s-1", 1)


def test_the_manners_follow_from_the_seed_and_all_of_them_come() -> None:
    planned = [by_seed(7, number) for number in range(400)]
    assert planned == [by_seed(7, number) for number in range(400)]
    assert planned != [by_seed(8, number) for number in range(400)]
    assert len({one for manners in planned for one in manners.bad}) == 5


def test_by_seed_it_is_down_now_and_then() -> None:
    partner = Partner(SECRET, 7, now=lambda: NOON)
    try:
        settings = {"partner_url": partner.address, "languages": ""}
        http = PlainHttp(AllowedHosts(("{partner_url}",), settings))
        connector = HttpInterpreter(Context(settings, {"signing_secret": SECRET}, http, lambda: datetime.now(UTC)))
        down = 0
        for number in range(DOWN_EVERY + DOWN_FOR + 1):
            try:
                connector.request(replace(WANTED, session_id=f"s-{number}"))
            except Retry:
                down += 1
        assert down == DOWN_FOR
    finally:
        partner.close()


def test_phrases_are_known_by_heart_and_other_words_are_marked() -> None:
    assert translated("안녕하세요.", "ko", "mn") == "Сайн байна уу."
    assert translated("Сайн байна уу.", "mn", "ko") == "안녕하세요."
    assert translated("전입신고 #ABC-0001", "ko", "ar", {"전입신고": "تسجيل"}) == "[ko→ar] تسجيل #ABC-0001"


def papago(machine: Papago, secret: str = "papago-secret") -> PapagoConnector:
    settings = {"client_id": CLIENT_ID, "honorific": "true", "glossary_key": "", "base_url": machine.address}
    http = PlainHttp(AllowedHosts(("{base_url}",), settings))
    return PapagoConnector(Context(settings, {"client_secret": secret}, http, lambda: datetime.now(UTC)))


def test_papago_translates_what_it_knows_and_marks_the_rest() -> None:
    machine = Papago("papago-secret")
    connector = papago(machine)
    english = replace(HELLO, target="en")
    assert connector.translate(english).text == "Hello."
    assert connector.translate(replace(english, text="어디예요?")).text == "[ko→en] 어디예요?"
    assert connector.translate(replace(english, target="zh")).text == "你好。"
    assert machine.asked[-1]["target"] == "zh-CN"
    machine.down = True
    with pytest.raises(Retry):
        connector.translate(english)


def test_papago_by_seed_is_now_and_then_too_busy_or_in_trouble() -> None:
    told: list[str] = []
    connector = papago(Papago("papago-secret", 7, told.append))
    raised = set()
    for _ in range(150):
        try:
            connector.translate(replace(HELLO, target="en"))
        except Retry as error:
            raised.add(type(error))
    assert raised == {Retry, Throttled}
    assert set(told) == {"calls to Papago too fast", "troubles of Papago"}


@pytest.mark.parametrize(
    ("source", "target", "text", "code"),
    [
        ("", "ko", "a", "N2MT01"),
        ("mn", "ko", "a", "N2MT02"),
        ("ko", "", "a", "N2MT03"),
        ("ko", "mn", "a", "N2MT04"),
        ("ko", "ko", "a", "N2MT05"),
        ("ko", "en", "", "N2MT07"),
        ("ko", "en", "a" * 5_001, "N2MT08"),
        ("ko", "en", "a" * 5_000, ""),
    ],
)
def test_papago_refuses_as_the_real_one_does(source: str, target: str, text: str, code: str) -> None:
    assert trouble(source, target, text) == code


@pytest.mark.parametrize("name", ["interpreters", "papago"])
def test_each_is_a_program_of_its_own(name: str) -> None:
    order = Order("http://127.0.0.1:1", "", "ABC", 7, 0, 1.0, {"interpreter_http": SECRET, "translator_papago": "s"})
    command = [sys.executable, "-m", f"demo.{name}"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        timer = threading.Timer(60, running.kill)
        timer.start()
        try:
            assert running.stdin is not None
            assert running.stdout is not None
            running.stdin.write(json.dumps(asdict(order)) + "\n")
            running.stdin.flush()
            ready = json.loads(running.stdout.readline())
            assert ready["kind"] == "ready"
            assert provider.post(f"{ready['words']}/sessions", b"{}", {}, 10.0).status in {401, 404}
            running.stdin.close()
            assert running.wait(30) == 0
        finally:
            timer.cancel()


def test_volunteers_take_turns_and_are_free_again() -> None:
    desk = Desk()
    both = [desk.find("ar") for _ in range(2)]
    assert {one.name for one in both if one} == {one.name for one in VOLUNTEERS if "ar" in one.languages}
    for _ in range(AT_ONCE):
        desk.find("mn")
    assert desk.find("mn") is None
    assert desk.speaks("mn")
    assert not desk.speaks("sw")
    [volunteer] = [one for one in VOLUNTEERS if "mn" in one.languages]
    desk.free(volunteer)
    assert desk.find("mn") is volunteer
