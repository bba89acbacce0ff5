"""Interpreters on a running hub, with an exchange, a partner that has a system of its own and one that has a telephone
alone: whoever declines, is away, or dies in the middle, somebody comes, once, or it is said that nobody does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import httpx
import pytest
from hub120.intake.v1 import case_pb2
from hub120.routing.v1 import conference_service_pb2_grpc, work_pb2
from hub120.routing.v1 import routing_service_pb2 as routing_pb2
from hub120.translation.v1 import coverage_service_pb2 as coverage
from hub120.translation.v1 import coverage_service_pb2_grpc, events_pb2, interpreter_service_pb2_grpc
from hub120.translation.v1 import interpreter_service_pb2 as interpreting
from hub120.translation.v1 import interpreting_pb2 as pb

from demo.interpreters import Mood, Partner
from demo.switchboard import Switchboard
from demo.volunteers import Manners, Volunteer
from tests.hub import RunningHub
from tests.ledger import Ledger
from tests.otlp import OtlpReceiver
from tests.outside import WEB_SECRET, signed
from tests.tap import Tap
from tests.waiting import eventually

VOICE, TEXT = case_pb2.MEDIUM_VOICE, case_pb2.MEDIUM_TEXT
PHONE_PARTNER = "+82215550100"
NIGHT = datetime(2026, 5, 3, 18, tzinfo=UTC)
"""3 a.m. in Korea."""
ON_THE_WAY = 60.0
"""Seconds: what must happen at all, on a machine with much to do."""
SEVERAL_CALLS = 16
"""The capacity for some calls, in conversations in writing."""


@pytest.fixture(scope="module")
def partner() -> Iterator[Partner]:
    with closing(Partner(WEB_SECRET)) as found:
        found.be(Mood(open=True))
        yield found


@pytest.fixture(scope="module")
def receiver() -> Iterator[OtlpReceiver]:
    with OtlpReceiver() as found:
        yield found


@pytest.fixture(scope="module")
def exchange() -> Iterator[Switchboard]:
    with Switchboard() as found:
        yield found


@pytest.fixture(scope="module")
def environment(partner: Partner, receiver: OtlpReceiver, exchange: Switchboard) -> dict[str, str]:
    asterisk = "HUB120_CONNECTOR_PHONE_ASTERISK"
    return {
        f"{asterisk}_BASE_URL": exchange.url,
        f"{asterisk}_USERNAME": "hub",
        f"{asterisk}_PASSWORD": "secret",
        f"{asterisk}_WAITING_MUSIC": "no",
        f"{asterisk}_ACCOUNT_ENDPOINT": "PJSIP/{account}",
        f"{asterisk}_ANNOUNCEMENT_MEDIA": "sound:tts/{language}/{text}",
        "HUB120_CONNECTOR_INTERPRETER_HTTP_PARTNER_URL": partner.address,
        "HUB120_CONNECTOR_INTERPRETER_HTTP_SIGNING_SECRET": WEB_SECRET,
        "HUB120_CONNECTOR_INTERPRETER_PHONE_TELEPHONES": f"*={PHONE_PARTNER}",
        "HUB120_CENTRE_NAME": "120 경기도 콜센터",
        "HUB120_RETRY_SECONDS": "[0.2, 0.4, 0.8]",
        "HUB120_OTLP_ENDPOINT": receiver.endpoint,
        "OTEL_BSP_SCHEDULE_DELAY": "200",
    }


@dataclass(frozen=True)
class Call:
    """A citizen on the line, the agent's work, and the bridge on which they talk."""

    citizen: str
    item: work_pb2.WorkItem
    bridge: str


def _dialled(number: str) -> str:
    """A Korean number as the exchange dials it."""
    return f"PJSIP/0{number.removeprefix('+82')}@trunk"


class Agent:
    """An agent who needs interpreters, and the bus that others hear of it by."""

    def __init__(
        self, hub: RunningHub, partner: Partner, exchange: Switchboard, ledger: Ledger, tap: Tap
    ) -> None:  # fmt: skip
        self.hub, self.partner, self.exchange, self.ledger, self.tap = hub, partner, exchange, ledger, tap
        self.desk = hub.agent("kim", capacity=SEVERAL_CALLS)
        self.calls = conference_service_pb2_grpc.ConferenceServiceStub(hub.channel)  # type: ignore[no-untyped-call]
        self.sessions = interpreter_service_pb2_grpc.InterpreterServiceStub(hub.channel)  # type: ignore[no-untyped-call]
        self.coverage = coverage_service_pb2_grpc.CoverageServiceStub(hub.channel)  # type: ignore[no-untyped-call]
        self.metadata = hub.metadata("kim", "agent")
        self._heard: list[bytes] = []

    def start(self, language: str = "mn", medium: int = VOICE, **more: Any) -> pb.InterpreterSession:
        """Bring an interpreter in."""
        fields = {"case_id": str(uuid4()), "request_id": uuid4().hex, **more}
        request = interpreting.StartSessionRequest(language=language, medium=medium, **fields)  # type: ignore[arg-type]
        found: pb.InterpreterSession = self.sessions.StartSession(request, metadata=self.metadata, timeout=20).session
        return found

    def ask(self, method: str, session_id: str, **more: Any) -> Any:
        """Call a method about a session."""
        request = getattr(interpreting, f"{method}Request")(session_id=session_id, **more)
        return getattr(self.sessions, method)(request, metadata=self.metadata, timeout=20).session

    def wait(self, session_id: str, state: str) -> pb.InterpreterSession:
        """Until the session stands so."""
        wanted = pb.SessionState.Value(f"SESSION_STATE_{state}")

        def stands() -> pb.InterpreterSession | None:
            found: pb.InterpreterSession = self.ask("GetSession", session_id)
            return found if found.state == wanted else None

        found = eventually(stands, ON_THE_WAY, f"the session being {state}")
        assert found is not None
        return found

    def wait_for_attempt(self, session_id: str, number: int) -> pb.InterpreterSession:
        """Until so many were asked."""

        def stands() -> pb.InterpreterSession | None:
            found: pb.InterpreterSession = self.ask("GetSession", session_id)
            return found if len(found.attempts) >= number else None

        found = eventually(stands, ON_THE_WAY, f"attempt {number}")
        assert found is not None
        return found

    def on_the_bus(self, kind: type[Any], session_id: str, count: int = 1) -> list[Any]:
        """Events of a kind about a session, once there are so many."""

        def found() -> list[Any] | None:
            self._heard += (
                self.tap.taken() if self.tap_is_drained else [one for one in self.tap.taken() if one not in self._heard]
            )
            named = f".{kind.DESCRIPTOR.name}".encode()
            heads = [one.partition(b"\n") for one in self._heard]
            read = [kind.FromString(body) for head, _, body in heads if named in head]
            ours = [one for one in read if one.session_id == session_id]
            return ours if len(ours) >= count else None

        ours = eventually(found, ON_THE_WAY, f"{kind.DESCRIPTOR.name} on the bus")
        assert ours is not None
        return ours

    @property
    def tap_is_drained(self) -> bool:
        """RabbitMQ gives each message once; the local bus shows all it has."""
        return "HUB120_BUS" in self.hub.environment

    def take_a_call(self) -> Call:
        """A citizen calls, the agent takes it, and they talk."""
        citizen = self.exchange.call_in(f"+8210{uuid4().int % 10**8:08}")
        item = self.desk.accept(next(offer for offer in self.desk.offers() if offer.work_item.medium == VOICE))
        asked = routing_pb2.GetWorkItemRequest(work_item_id=item.id)

        def bridge() -> str:
            found = self.desk.routing.GetWorkItem(asked, metadata=self.metadata, timeout=10).work_item.conference_id
            return found if citizen in self.exchange.together(found) else ""

        return Call(citizen, item, eventually(bridge, ON_THE_WAY, "the citizen being put through") or "")

    def interpret(self, call: Call, language: str) -> pb.InterpreterSession:
        """Bring an interpreter into a call."""
        return self.start(language, case_id=call.item.case_id, work_item_id=call.item.id)

    def volunteer(self, session_id: str) -> Volunteer:
        """Whom the partner found."""

        def found() -> Volunteer | None:
            asked = self.partner.sessions.get((session_id, 1))
            return asked.volunteer if asked else None

        volunteer = eventually(found, ON_THE_WAY, "the partner finding somebody")
        assert volunteer is not None
        return volunteer

    def rings(self, telephone: str, before: int = 0) -> str:
        """The leg with which a number is dialled, after so many legs of all."""

        def found() -> str:
            legs = [leg for dialled, leg in self.exchange.dialled[before:] if dialled == _dialled(telephone)]
            return legs[-1] if legs else ""

        return eventually(found, ON_THE_WAY, "an interpreter being called") or ""

    def rings_kim(self) -> str:
        """The last leg with which the agent was called."""
        return self.exchange.legs("PJSIP/kim")[-1]

    def end_call(self, call: Call) -> None:
        """The citizen hangs up, and the agent is done."""
        self.exchange.hang_up(call.citizen)
        self.desk.finish(call.item.id)

    def requests(self, session_id: str) -> list[int]:
        """The attempts that the partner was asked for, each as often as it was."""
        return [
            said["attempt"]
            for path, said in list(self.partner.asked)
            if path == "/sessions" and said["session_id"] == session_id
        ]

    def calls_back(self, **report: Any) -> httpx.Response:
        """A partner reports, signed."""
        body = json.dumps({"update_id": uuid4().hex, "attempt": 1, **report})
        return self.post("/reports", body, signed(uuid4().hex, body))

    def post(self, path: str, body: str, headers: dict[str, str]) -> httpx.Response:
        """Somebody calls where partners call."""
        url = f"http://127.0.0.1:{self.hub.http_port}/interpreters/interpreter_http{path}"
        return httpx.post(url, content=body.encode(), headers=headers, timeout=15)

    def trail(self, action: str, session_id: str = "") -> int:
        """How often something is on the audit trail."""
        query = "SELECT times FROM audit WHERE action = :action AND session_id = :session_id"
        rows = self.ledger.rows("translation", query, action=action, session_id=session_id)
        return sum(row["times"] for row in rows)


@pytest.fixture(scope="module")
def agent(hub: RunningHub, partner: Partner, exchange: Switchboard) -> Iterator[Agent]:
    exchange.forget()
    exchange.answering.add("PJSIP/kim")
    with closing(Ledger(hub)) as ledger, closing(Tap(hub)) as tap:
        yield Agent(hub, partner, exchange, ledger, tap)


@pytest.fixture(autouse=True)
def _good_manners(partner: Partner) -> None:
    """What another test scripted and nobody asked for is forgotten."""
    partner._scripted.clear()
    partner.be(Mood(open=True))


def outcomes(session: pb.InterpreterSession) -> list[str]:
    """Who was asked and how that went."""
    name = pb.AttemptOutcome.Name
    return [f"{one.provider.connector} {name(one.outcome)[16:].lower()}" for one in session.attempts]


def test_a_mongolian_speaker_on_the_telephone_at_three_in_the_morning_is_understood(
    agent: Agent, receiver: OtlpReceiver
) -> None:
    asked = coverage.ListCoverageRequest(languages=["mn"], medium=VOICE, time=NIGHT)
    (answer,) = agent.coverage.ListCoverage(asked, metadata=agent.metadata, timeout=20).coverage
    kinds = [one.connector or pb.ProviderKind.Name(one.kind) for one in answer.providers]
    assert kinds == ["interpreter_http", "interpreter_phone", "PROVIDER_KIND_CALLBACK"]
    assert answer.change_time.ToDatetime(UTC) == NIGHT.replace(day=4, hour=0), "at nine agents of the centre are there"
    call = agent.take_a_call()
    session = agent.interpret(call, "mn")
    watching = agent.sessions.WatchSession(
        interpreting.WatchSessionRequest(session_id=session.id), metadata=agent.metadata, timeout=120
    )
    volunteer = agent.volunteer(session.id)
    asked_there = agent.partner.sessions[session.id, 1]
    assert (asked_there.language, asked_there.medium) == ("mn", "voice")
    leg = agent.rings(volunteer.telephone)
    agent.exchange.pick_up(leg)
    together = {call.citizen, agent.rings_kim(), leg}
    eventually(lambda: agent.exchange.together(call.bridge) == together, ON_THE_WAY, "all three hearing each other")
    (said,) = [unquote(media) for heard_by, media in agent.exchange.said if heard_by == leg]
    assert "120 경기도 콜센터, 몽골어 통역 요청입니다." in said
    there = agent.wait(session.id, "RELAYING")
    (attempt,) = there.attempts
    assert attempt.interpreter == volunteer.name
    assert attempt.choose_time.ToDatetime() <= attempt.request_time.ToDatetime() <= attempt.accept_time.ToDatetime()
    agent.ask("EndSession", session.id)
    eventually(lambda: leg not in agent.exchange.channels, ON_THE_WAY, "the interpreter being hung up")
    assert agent.exchange.together(call.bridge) == together - {leg}, "the others talk on"
    states = [pb.SessionState.Name(told.session.state)[14:] for told in watching]
    assert states[-1] == "ENDED", "and then the stream ends"
    assert states == sorted(states, key=["OFFERED", "CONNECTED", "RELAYING", "ENDED"].index)
    eventually(lambda: asked_there.state == "ended", ON_THE_WAY, "the partner letting the interpreter go")
    _is_one_trace(receiver, there.traceparent.split("-")[1])
    agent.end_call(call)


def _is_one_trace(receiver: OtlpReceiver, trace_id: str) -> None:
    """From the agent's call through the bus and the partner's connector to what the partner said of it."""
    wanted = {
        "interpreter session",
        "process RequestInterpreter",
        "connector request",
        "interpreter report",
        "process ReleaseInterpreter",
        "connector release",
    }

    def complete() -> bool:
        spans = receiver.spans(trace_id)
        known = {span.span_id for span in spans}
        return {span.name for span in spans} >= wanted and all(span.parent_id in known | {""} for span in spans)

    eventually(complete, ON_THE_WAY, "the whole trace, without orphans")
    metrics = {"hub120.interpreter.request_duration", "hub120.interpreter.connect_duration"}
    eventually(lambda: receiver.metrics().keys() >= metrics, 90, "how long it took")


def test_who_declines_makes_way_for_a_partner_that_is_called_at_once(agent: Agent) -> None:
    agent.partner.script(Manners(says_no=True))
    agent.exchange.busy.add(_dialled(PHONE_PARTNER))
    call = agent.take_a_call()
    session = agent.interpret(call, "th")
    over = agent.wait(session.id, "CALLBACK")
    assert outcomes(over) == ["interpreter_http declined", "interpreter_phone declined"]
    assert over.attempts[1].reason == "busy"
    agent.exchange.busy.clear()
    agent.end_call(call)


def test_a_citizen_who_hangs_up_ends_it_for_the_interpreter(agent: Agent) -> None:
    call = agent.take_a_call()
    before = len(agent.exchange.dialled)
    session = agent.interpret(call, "mn")
    leg = agent.rings(agent.volunteer(session.id).telephone, before)
    agent.exchange.pick_up(leg)
    agent.wait(session.id, "RELAYING")
    agent.end_call(call)
    agent.wait(session.id, "ENDED")
    eventually(lambda: leg not in agent.exchange.channels, ON_THE_WAY, "the interpreter being hung up")


def test_who_speaks_in_writing_is_there_when_the_partner_says_so(agent: Agent) -> None:
    agent.partner.script(Manners(tells_twice=True, out_of_order=True))
    session = agent.start("ar", TEXT)
    agent.wait(session.id, "CONNECTED")
    eventually(lambda: agent.trail("duplicate", session.id) >= 2, ON_THE_WAY, "what came twice on the trail")
    agent.partner.leave(session.id)
    over = agent.wait(session.id, "CALLBACK")
    assert outcomes(over) == ["interpreter_http dropped"]


def test_a_worker_that_is_killed_twice_asks_each_partner_once(agent: Agent, hub: RunningHub) -> None:
    rule = pb.CoverageRule(
        id="turkish", position=1, languages=["tr"],
        providers=[
            pb.Provider(kind=pb.PROVIDER_KIND_PARTNER, connector="interpreter_http", answer_within={"seconds": 15}),
            pb.Provider(kind=pb.PROVIDER_KIND_PARTNER, connector="interpreter_phone"),
        ],
    )  # fmt: skip
    chief = hub.metadata("chief", "supervisor")
    agent.coverage.PutCoverageRule(coverage.PutCoverageRuleRequest(rule=rule), metadata=chief, timeout=20)
    agent.partner.script(Manners(is_silent=True))
    call = agent.take_a_call()
    before = len(agent.exchange.dialled)
    hub.kill("worker")
    session = agent.interpret(call, "tr")
    hub.start("worker")
    eventually(lambda: agent.requests(session.id) or agent.ask("GetSession", session.id).attempts[1:], ON_THE_WAY, "1")
    hub.kill("worker")
    hub.start("worker")
    leg = agent.rings(PHONE_PARTNER, before)
    agent.exchange.pick_up(leg)
    there = agent.wait(session.id, "RELAYING")
    assert outcomes(there) == ["interpreter_http no_answer", "interpreter_phone accepted"]
    assert set(agent.requests(session.id)) <= {1}
    called = [dialled for dialled, _ in agent.exchange.dialled[before:]]
    assert called.count(_dialled(PHONE_PARTNER)) == 1
    agent.end_call(call)


def test_what_partners_may_not_say_is_answered_clearly_changes_nothing_and_is_on_the_trail(agent: Agent) -> None:
    agent.partner.script(Manners(is_silent=True))
    session = agent.start("ar", TEXT)
    body = json.dumps({"session_id": session.id, "attempt": 1, "state": "accepted", "update_id": "u"})
    assert agent.post("/reports", body, {"content-type": "application/json"}).status_code == 401
    assert agent.post("/reports", "rubbish", signed(uuid4().hex, "rubbish")).status_code == 400
    assert agent.calls_back(session_id=str(uuid4()), state="accepted").status_code == 404
    assert agent.post("/nowhere", body, signed(uuid4().hex, body)).status_code in {400, 404}
    eventually(lambda: agent.requests(session.id), ON_THE_WAY, "the partner being asked")
    agent.ask("EndSession", session.id)
    assert agent.calls_back(session_id=session.id, state="accepted").status_code == 409
    assert agent.ask("GetSession", session.id).state == pb.SESSION_STATE_CANCELLED
    assert agent.trail("unsigned") >= 1
    assert agent.trail("unreadable") >= 1
    assert agent.trail("unknown_session") >= 1
    assert agent.trail("late", session.id) == 1


def test_a_session_ends_with_the_agents_work(agent: Agent, hub: RunningHub) -> None:
    hub.say("한국어를 잘 못해요")
    desk = agent.desk
    item = desk.accept(next(offer for offer in desk.offers() if offer.work_item.medium == TEXT))
    session = agent.start("fr", TEXT, case_id=item.case_id)
    agent.wait(session.id, "CONNECTED")
    desk.finish(item.id)
    agent.wait(session.id, "ENDED")


def test_a_partner_that_is_away_makes_way_and_when_nobody_is_left_that_is_said(agent: Agent) -> None:
    agent.partner.be(Mood(down=True))
    session = agent.start("sv", TEXT)
    over = agent.wait(session.id, "CALLBACK")
    (attempt,) = over.attempts
    assert outcomes(over) == ["interpreter_http failed"]
    assert attempt.reason == "unreachable"
    moved = agent.on_the_bus(events_pb2.SessionMoved, session.id, 4)
    told = [pb.SessionState.Name(one.state)[14:] for one in moved]
    assert told == ["OFFERED", "UNANSWERED", "EXHAUSTED", "CALLBACK"]
