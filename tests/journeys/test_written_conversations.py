"""Written conversations in another language, end to end: a citizen writes in Arabic or Vietnamese, an agent reads and
answers in Korean, and a partner or a machine stands between them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import grpc
import httpx
import pytest
from hub120.intake.v1 import case_pb2
from hub120.routing.v1 import work_pb2
from hub120.translation.v1 import coverage_service_pb2 as coverage
from hub120.translation.v1 import coverage_service_pb2_grpc, interpreting_pb2
from hub120.translation.v1 import interpreter_service_pb2 as pb

from demo.interpreters import Mood, Partner
from demo.papago import CLIENT_ID, Papago
from demo.volunteers import Manners
from plugins.kakao_consult.tests import conformance as kakao
from tests.hub import AgentDesk, RunningHub
from tests.otlp import OtlpReceiver
from tests.outside import WEB_SECRET, Answer, Asked, Provider, interpreters
from tests.relays import PATIENCE_S, Relayed
from tests.waiting import eventually

TO_AGENT = interpreting_pb2.RELAY_DIRECTION_TO_AGENT
TO_CITIZEN = interpreting_pb2.RELAY_DIRECTION_TO_CITIZEN
CONNECTED = interpreting_pb2.SESSION_STATE_CONNECTED
RELAYING = interpreting_pb2.SESSION_STATE_RELAYING
PAPAGO_SECRET = "papago-secret"
EACH = 20
"""Messages of the citizen, and as many of the agent."""


class Dealer(Provider):
    """Who carries KakaoTalk consultations: what citizens are shown, by their keys."""

    def __init__(self) -> None:
        self.shown: dict[str, list[str]] = {}
        super().__init__()

    def usual_answer(self, asked: Asked) -> Answer:
        """Show it."""
        said = json.loads(asked.body)
        self.shown.setdefault(said["userKey"], []).append(said["message"])
        found = kakao.said("bizgo_sent.json", msgKey=uuid4().hex)
        return Answer(found.status, found.body)


@pytest.fixture(scope="module")
def partner() -> Iterator[Partner]:
    with interpreters() as found:
        yield found


@pytest.fixture(scope="module")
def papago() -> Papago:
    return Papago(PAPAGO_SECRET)


@pytest.fixture(scope="module")
def dealer() -> Iterator[Dealer]:
    found = Dealer()
    yield found
    found.close()


@pytest.fixture(scope="module")
def environment(partner: Partner, papago: Papago, dealer: Dealer, receiver: OtlpReceiver) -> dict[str, str]:
    suite = kakao.suite(dealer.address, datetime.now(UTC))
    consult = {**suite.settings, **suite.secrets, "source_networks": ""}
    return {
        **{f"HUB120_CONNECTOR_KAKAO_CONSULT_{name}".upper(): value for name, value in consult.items()},
        "HUB120_OTLP_ENDPOINT": receiver.endpoint,
        "OTEL_BSP_SCHEDULE_DELAY": "200",
        "HUB120_CONNECTOR_INTERPRETER_HTTP_PARTNER_URL": partner.address,
        "HUB120_CONNECTOR_INTERPRETER_HTTP_SIGNING_SECRET": WEB_SECRET,
        "HUB120_CONNECTOR_TRANSLATOR_PAPAGO_CLIENT_ID": CLIENT_ID,
        "HUB120_CONNECTOR_TRANSLATOR_PAPAGO_CLIENT_SECRET": PAPAGO_SECRET,
        "HUB120_CONNECTOR_TRANSLATOR_PAPAGO_BASE_URL": papago.address,
    }


@pytest.fixture(scope="module")
def agent(hub: RunningHub) -> AgentDesk:
    return hub.agent("kim", capacity=40)


@pytest.fixture(autouse=True)
def _good_mood(partner: Partner) -> Iterator[None]:
    yield
    partner.be(Mood(open=True))


def kakao_message(hub: RunningHub, user: str, text: str) -> None:
    """A citizen writes in a consultation on KakaoTalk."""
    asked = kakao.bizgo("message")
    message = json.loads(asked.body) | {"userKey": user, "msgKey": uuid4().hex, "contents": [{"comment": text}]}
    url = hub.webhook(f"kakao_consult/{kakao.SECRET}/cstalk/message")
    answer = httpx.post(url, json=message, timeout=30)
    assert answer.status_code == 200, answer.text


def replies(agent: AgentDesk, case_id: str) -> list[case_pb2.Reply]:
    """The replies of a case, each once, as they were when they were queued."""
    found: dict[str, case_pb2.Reply] = {}
    for entry in agent.case(case_id).entries:
        if entry.HasField("reply"):
            found.setdefault(entry.reply.id, entry.reply)
    return list(found.values())


def test_an_arabic_speaker_on_kakaotalk_at_noon(
    hub: RunningHub, agent: AgentDesk, partner: Partner, dealer: Dealer, receiver: OtlpReceiver
) -> None:
    amina = uuid4().hex[:12]
    kakao_message(hub, amina, "السلام عليكم")
    case_id = eventually(lambda: agent.case_of(amina))
    talk = Relayed(hub, agent, case_id, "ar")
    talk.wait_for(RELAYING)
    kakao_message(hub, amina, "أين أسجل طفلي؟")
    eventually(lambda: len(talk.ends(TO_AGENT)) == 2, PATIENCE_S, "both messages in Korean")
    assert [one.original for one in talk.ends(TO_AGENT)] == ["السلام عليكم", "أين أسجل طفلي؟"]
    assert all(one.translation and not one.machine for one in talk.ends(TO_AGENT))
    said = talk.say("누리동 주민센터 3번 창구로 오세요")
    eventually(lambda: said in talk.said, PATIENCE_S, "it being stored")
    shown = eventually(lambda: dealer.shown.get(amina), PATIENCE_S, "the citizen being answered")
    assert shown == ["[ko→ar] 누리동 주민센터 3번 창구로 오세요"]
    (reply,) = replies(agent, case_id)
    assert (reply.agent_id, reply.text, reply.original_text, reply.machine_translated) == (
        "kim", shown[0], "누리동 주민센터 3번 창구로 오세요", False,
    )  # fmt: skip
    _is_one_trace(receiver, talk.session().traceparent.split("-")[1])
    talk.close()


def _is_one_trace(receiver: OtlpReceiver, trace_id: str) -> None:
    """The agent's words: from the session through the partner's connector and back to the case."""
    wanted = {
        "relay to citizen",
        "process TranslateMessage",
        "connector relay",
        "deliver words",
        "hub120.intake.v1.WordsService/ReplyForAgent",
    }

    def complete() -> bool:
        spans = receiver.spans(trace_id)
        known = {span.span_id for span in spans}
        return {span.name for span in spans} >= wanted and all(span.parent_id in known | {""} for span in spans)

    eventually(complete, PATIENCE_S, "the whole trace, without orphans")


def test_a_citizen_whom_nobody_at_work_understands_is_put_before_an_agent_with_an_interpreter(
    hub: RunningHub, agent: AgentDesk, dealer: Dealer
) -> None:
    """Kim speaks Korean alone. Whoever takes the citizen finds the interpreter there."""
    amina = uuid4().hex[:12]
    kakao_message(hub, amina, "السلام عليكم، أين أسجل طفلي؟")
    case_id = eventually(lambda: agent.case_of(amina))
    offer = next(one for one in agent.offers() if one.work_item.case_id == case_id)
    assert offer.work_item.interpretation.state == work_pb2.INTERPRETATION_STATE_INTERPRETER
    item = agent.accept(offer)
    talk = Relayed(hub, agent, item.case_id)
    eventually(lambda: talk.ends(TO_AGENT), PATIENCE_S, "the message in Korean")
    assert talk.ends(TO_AGENT)[0].translation == "[ar→ko] السلام عليكم، أين أسجل طفلي؟"
    talk.say("누리동 주민센터로 오세요")
    eventually(lambda: dealer.shown.get(amina), PATIENCE_S, "the citizen being answered")
    agent.finish(item.id)
    talk.wait_for(interpreting_pb2.SESSION_STATE_ENDED)
    talk.close()


def test_nothing_is_lost_or_told_twice_whatever_partner_and_worker_do(
    hub: RunningHub, agent: AgentDesk, partner: Partner
) -> None:
    """The partner is late, tells everything twice and out of order, and is down for a while; the worker is killed
    twice, and the agent's connection is lost."""
    partner.script(Manners(late_s=0.1, tells_twice=True, out_of_order=True))
    citizen = uuid4().hex
    assert hub.say("سؤال 0", citizen=citizen).status_code == 200
    case_id = eventually(lambda: agent.case_of(citizen))
    talk = Relayed(hub, agent, case_id, "ar")
    talk.wait_for(RELAYING)
    for number in range(1, EACH):
        assert hub.say(f"سؤال {number}", citizen=citizen).status_code == 200
        talk.say(f"답변 {number}")
        if number in {4, 12}:
            hub.kill("worker")
            hub.start("worker")
        if number == 7:
            partner.be(Mood(down=True, open=True))
        if number == 9:
            talk.cut()
        if number == 14:
            partner.be(Mood(open=True))
    eventually(lambda: len(talk.ends(TO_AGENT)) >= EACH, PATIENCE_S, "all that the citizen wrote")
    wanted = [f"[ko→ar] 답변 {number}" for number in range(1, EACH)]
    shown = eventually(lambda: len(found := shown_to(hub, citizen)) >= len(wanted) and found, PATIENCE_S, "the answers")
    assert shown == wanted
    assert [one.text for one in replies(agent, case_id)] == wanted
    _as_promised(talk, citizen_said=[f"سؤال {number}" for number in range(EACH)])
    talk.close()


def shown_to(hub: RunningHub, citizen: str) -> list[str]:
    """What a citizen of the web site was shown, each reply once, in the order in which they came first."""
    own = [reply for reply in list(hub.site.replies) if citizen in reply["to"].values()]
    return list({reply["id"]: reply["text"] for reply in own}.values())


def _as_promised(talk: Relayed, citizen_said: list[str]) -> None:
    """Every change was told once and in order, and messages in their order."""
    assert talk.sequences == sorted(set(talk.sequences))
    changes = [(one.id, one.state) for one in talk.told]
    assert len(changes) == len(set(changes))
    new = [one.number for one in talk.told if one.state == interpreting_pb2.RELAY_STATE_PENDING]
    assert new == list(range(1, len(new) + 1))
    for direction in (TO_AGENT, TO_CITIZEN):
        ends = talk.ends(direction)
        assert [one.number for one in ends] == sorted(one.number for one in ends)
        assert {one.state for one in ends} == {interpreting_pb2.RELAY_STATE_TRANSLATED}
    assert [one.original for one in talk.ends(TO_AGENT)] == citizen_said
    assert [one.translation for one in talk.ends(TO_AGENT)] == [f"[ar→ko] {text}" for text in citizen_said]


def test_where_nobody_interprets_a_machine_does_marked_and_with_leave_where_it_is_about_law(
    hub: RunningHub, agent: AgentDesk, partner: Partner, papago: Papago
) -> None:
    _put_term(hub, "전입신고", "khai báo chuyển đến")
    partner.be(Mood(open=False))
    citizen = uuid4().hex
    assert hub.say("Xin chào, tôi muốn hỏi", citizen=citizen).status_code == 200
    case_id = eventually(lambda: agent.case_of(citizen))
    talk = Relayed(hub, agent, case_id, "vi")
    talk.wait_for(RELAYING)
    assert talk.session().machine
    eventually(lambda: talk.ends(TO_AGENT), PATIENCE_S, "the citizen's words")
    assert talk.ends(TO_AGENT)[0].machine
    plain = talk.say("전입신고를 하세요")
    about_law = talk.say("소송을 하시려면 변호사를 만나세요")
    eventually(lambda: plain in talk.said and about_law in talk.refused, PATIENCE_S, "the answers of the hub")
    assert talk.refused[about_law] == "MACHINE_NEEDS_CONFIRMATION"
    talk.say("소송을 하시려면 변호사를 만나세요", confirm=True)
    eventually(lambda: len(shown_to(hub, citizen)) == 2, PATIENCE_S, "both answers")
    assert "khai báo chuyển đến" in shown_to(hub, citizen)[0]
    first = talk.ends(TO_CITIZEN)[0]
    assert [(use.korean, use.kept) for use in first.terms] == [("전입신고", True)]
    assert all(reply.machine_translated for reply in replies(agent, case_id))
    talk.close()


def _put_term(hub: RunningHub, korean: str, translation: str) -> None:
    stub: Any = coverage_service_pb2_grpc.CoverageServiceStub(hub.channel)  # type: ignore[no-untyped-call] # generated without hints
    term = interpreting_pb2.Term(korean=korean, language="vi", translation=translation)
    stub.PutTerm(coverage.PutTermRequest(term=term), metadata=hub.metadata("chief", "supervisor"), timeout=30)


def test_nobody_reads_or_speaks_in_anothers_conversation(hub: RunningHub, agent: AgentDesk) -> None:
    citizen = uuid4().hex
    assert hub.say("مرحبا", citizen=citizen).status_code == 200
    talk = Relayed(hub, agent, eventually(lambda: agent.case_of(citizen)), "ar")
    talk.close()
    request = pb.RelayRequest(open=pb.OpenRelay(session_id=talk.session_id))
    stranger = hub.metadata("lee", "agent")
    with pytest.raises(grpc.RpcError) as refused:
        list(talk.stub.Relay(iter([request]), metadata=stranger, timeout=30))
    assert refused.value.code() is grpc.StatusCode.PERMISSION_DENIED
