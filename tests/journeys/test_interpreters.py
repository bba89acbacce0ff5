"""Interpreters on a running hub, with an exchange, a partner that has a system of its own and one that has a telephone
alone: whoever declines, is away, or dies in the middle, somebody comes, once, or it is said that nobody does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from urllib.parse import unquote
from uuid import uuid4

import pytest
from hub120.translation.v1 import coverage_service_pb2 as coverage
from hub120.translation.v1 import events_pb2
from hub120.translation.v1 import interpreter_service_pb2 as interpreting
from hub120.translation.v1 import interpreting_pb2 as pb

from demo.interpreters import Mood, Partner
from demo.switchboard import Switchboard
from demo.volunteers import Manners
from tests.hub import RunningHub
from tests.interpreted import ON_THE_WAY, TEXT, VOICE, Agent, dialled
from tests.ledger import Ledger
from tests.otlp import OtlpReceiver
from tests.outside import WEB_SECRET, asterisk, interpreters, signed
from tests.tap import Tap
from tests.waiting import eventually

PHONE_PARTNER = "+82215550100"
NIGHT = datetime(2026, 5, 3, 18, tzinfo=UTC)
"""3 a.m. in Korea."""


@pytest.fixture(scope="module")
def partner() -> Iterator[Partner]:
    with interpreters() as found:
        yield found


@pytest.fixture(scope="module")
def environment(partner: Partner, receiver: OtlpReceiver, exchange: Switchboard) -> dict[str, str]:
    return {
        **asterisk(exchange.url, announcement_media="sound:tts/{language}/{text}"),
        "HUB120_CONNECTOR_INTERPRETER_HTTP_PARTNER_URL": partner.address,
        "HUB120_CONNECTOR_INTERPRETER_HTTP_SIGNING_SECRET": WEB_SECRET,
        "HUB120_CONNECTOR_INTERPRETER_PHONE_TELEPHONES": f"*={PHONE_PARTNER}",
        "HUB120_CENTRE_NAME": "120 경기도 콜센터",
        "HUB120_RETRY_SECONDS": "[0.2, 0.4, 0.8]",
        "HUB120_OTLP_ENDPOINT": receiver.endpoint,
        "OTEL_BSP_SCHEDULE_DELAY": "200",
    }


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
    agent.exchange.busy.add(dialled(PHONE_PARTNER))
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
    called = [telephone for telephone, _ in agent.exchange.dialled[before:]]
    assert called.count(dialled(PHONE_PARTNER)) == 1
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
