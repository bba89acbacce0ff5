"""Interpreters on a running hub, with a partner that has a system of its own and one that has a telephone alone:
whoever declines, is away, or dies in the middle, somebody comes, once, or it is said that nobody does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest
from hub120.intake.v1 import case_pb2
from hub120.routing.v1 import events_pb2 as routing
from hub120.translation.v1 import coverage_service_pb2 as coverage
from hub120.translation.v1 import coverage_service_pb2_grpc, events_pb2, interpreter_service_pb2_grpc
from hub120.translation.v1 import interpreter_service_pb2 as interpreting
from hub120.translation.v1 import interpreting_pb2 as pb

from chassis import messages
from chassis.crypto import Keyring
from demo.interpreters import Mood, Partner
from demo.volunteers import Manners
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
ON_THE_WAY = 30.0
"""Seconds: what must happen at all, on a machine with much to do."""


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
def environment(partner: Partner, receiver: OtlpReceiver) -> dict[str, str]:
    return {
        "HUB120_CONNECTOR_INTERPRETER_HTTP_PARTNER_URL": partner.address,
        "HUB120_CONNECTOR_INTERPRETER_HTTP_SIGNING_SECRET": WEB_SECRET,
        "HUB120_CONNECTOR_INTERPRETER_PHONE_TELEPHONES": f"*={PHONE_PARTNER}",
        "HUB120_CENTRE_NAME": "120 경기도 콜센터",
        "HUB120_RETRY_SECONDS": "[0.2, 0.4, 0.8]",
        "HUB120_OTLP_ENDPOINT": receiver.endpoint,
        "OTEL_BSP_SCHEDULE_DELAY": "200",
    }


class Agent:
    """An agent who needs interpreters, and the bus that others hear of it by."""

    def __init__(self, hub: RunningHub, partner: Partner, ledger: Ledger, tap: Tap) -> None:
        self.hub, self.partner, self.ledger, self.tap = hub, partner, ledger, tap
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

    def leg(self, session_id: str, number: int, state: case_pb2.CallState, reason: str = "") -> None:
        """Routing tells of an interpreter's telephone."""
        body = routing.InterpreterLegChanged(
            session_id=session_id, attempt_number=number, state=state, reason=reason, conference_id=str(uuid4())
        )
        now = datetime.now(UTC)
        with self.ledger.bus() as bus:
            bus.publish([messages.event(body, source="routing", subject=session_id, now=now, traceparent="")])

    def telephone(self, wanted: events_pb2.InterpreterLegWanted) -> str:
        """The number that intake would open."""
        keys = Keyring.load(self.hub.folder / "keyring.json")
        return keys.open_text(wanted.dial_to.sealed_number, table="dial_to", column="sealed_number", row="")

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
def agent(hub: RunningHub, partner: Partner) -> Iterator[Agent]:
    with closing(Ledger(hub)) as ledger, closing(Tap(hub)) as tap:
        yield Agent(hub, partner, ledger, tap)


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
    session = agent.start()
    watching = agent.sessions.WatchSession(
        interpreting.WatchSessionRequest(session_id=session.id), metadata=agent.metadata, timeout=120
    )
    (wanted,) = agent.on_the_bus(events_pb2.InterpreterLegWanted, session.id)
    assert wanted.announcement.text == "120 경기도 콜센터, 몽골어 통역 요청입니다."
    (asked_there,) = [one for one in agent.partner.sessions.values() if one.id == session.id]
    assert (asked_there.language, asked_there.medium) == ("mn", "voice")
    assert asked_there.volunteer is not None
    assert agent.telephone(wanted) == asked_there.volunteer.telephone
    agent.leg(session.id, 1, case_pb2.CALL_STATE_RINGING)
    agent.leg(session.id, 1, case_pb2.CALL_STATE_UP)
    there = agent.wait(session.id, "RELAYING")
    (attempt,) = there.attempts
    assert attempt.interpreter == asked_there.volunteer.name
    assert attempt.choose_time.ToDatetime() <= attempt.request_time.ToDatetime() <= attempt.accept_time.ToDatetime()
    agent.ask("EndSession", session.id)
    agent.on_the_bus(events_pb2.InterpreterLegUnwanted, session.id)
    states = [pb.SessionState.Name(told.session.state)[14:] for told in watching]
    assert states[-1] == "ENDED", "and then the stream ends"
    assert states == sorted(states, key=["OFFERED", "CONNECTED", "RELAYING", "ENDED"].index)
    eventually(lambda: asked_there.state == "ended", ON_THE_WAY, "the partner letting the interpreter go")
    _is_one_trace(receiver, there.traceparent.split("-")[1])


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
    session = agent.start("th")
    (wanted,) = agent.on_the_bus(events_pb2.InterpreterLegWanted, session.id)
    assert wanted.attempt_number == 2
    assert agent.telephone(wanted) == PHONE_PARTNER
    agent.leg(session.id, 2, case_pb2.CALL_STATE_ENDED, "busy")
    over = agent.wait(session.id, "CALLBACK")
    assert outcomes(over) == ["interpreter_http declined", "interpreter_phone declined"]


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
    hub.kill("worker")
    session = agent.start("tr")
    hub.start("worker")
    eventually(lambda: agent.requests(session.id) or agent.ask("GetSession", session.id).attempts[1:], ON_THE_WAY, "1")
    hub.kill("worker")
    hub.start("worker")
    wanted = agent.on_the_bus(events_pb2.InterpreterLegWanted, session.id)
    assert [one.attempt_number for one in wanted] == [2]
    agent.leg(session.id, 2, case_pb2.CALL_STATE_UP)
    there = agent.wait(session.id, "RELAYING")
    assert outcomes(there) == ["interpreter_http no_answer", "interpreter_phone accepted"]
    assert set(agent.requests(session.id)) <= {1}
    agent.ask("EndSession", session.id)


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
    desk = hub.agent("kim", capacity=4)
    hub.say("한국어를 잘 못해요")
    offer = next(desk.offers())
    item = desk.accept(offer)
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
