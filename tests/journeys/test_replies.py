"""Replies leave in order, whole and once, and their fate is followed; what nobody can know a person decides."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import permutations
from uuid import uuid4

import grpc
import pytest
from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.routing.v1 import work_pb2

from tests.hub import AgentDesk, RunningHub
from tests.outside import Answer
from tests.waiting import eventually

SETTINGS = {"HUB120_RETRY_SECONDS": "[0.2, 0.4, 0.8]"}


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    return SETTINGS


@pytest.fixture(scope="module")
def agent(hub: RunningHub) -> Iterator[AgentDesk]:
    desk = hub.agent("lee", capacity=20)
    yield desk
    desk.presence(work_pb2.PRESENCE_OFFLINE)


def new_number() -> str:
    return f"+8210{uuid4().int % 100_000_000:08}"


@pytest.fixture
def texting(hub: RunningHub, agent: AgentDesk) -> tuple[str, str]:
    """A citizen's number and their case, opened by a text message."""
    number = new_number()
    assert hub.text_message(number, "문자로 묻습니다").status_code == 200
    return number, agent.case_of(number)


@pytest.fixture
def writing(hub: RunningHub, agent: AgentDesk) -> str:
    """A case opened on the web site."""
    return agent.case(hub.say("웹에서 묻습니다").json()["case_number"]).case.id


def states(agent: AgentDesk, case_id: str) -> dict[str, str]:
    """Where each reply of a case stands."""
    found = {}
    for entry in agent.case(case_id).entries:
        if entry.HasField("reply"):
            found[entry.reply.id] = case_pb2.ReplyState.Name(entry.reply.state).removeprefix("REPLY_STATE_")
    return found


def wait_for_state(agent: AgentDesk, case_id: str, reply_id: str, state: str, within_s: float = 15.0) -> None:
    eventually(lambda: states(agent, case_id)[reply_id] == state, within_s, f"the reply being {state}")


def test_replies_leave_in_the_order_in_which_they_were_written(hub: RunningHub, agent: AgentDesk, writing: str) -> None:
    written = [f"{number}. 답변 {writing}" for number in range(12)]
    for text in written:
        agent.reply(writing, text)
    eventually(lambda: written[-1] in hub.site.texts(), what="the last reply at the site")
    assert [text for text in hub.site.texts() if text in written] == written


def test_every_reply_of_a_case_names_the_thread_that_the_citizen_wrote_in(hub: RunningHub, agent: AgentDesk) -> None:
    thread = f"thread-{uuid4().hex}"
    case_id = agent.case(hub.say("여기서 묻습니다", conversation=thread).json()["case_number"]).case.id
    written = [agent.reply(case_id, f"{number}. 답변").id for number in range(2)]

    def told() -> dict[str, str]:
        return {one["id"]: one["conversation"] for one in hub.site.replies if one["id"] in written}

    eventually(lambda: len(told()) == 2, what="both replies at the site")
    assert told() == dict.fromkeys(written, thread)


def test_a_text_message_is_answered_from_the_number_it_was_sent_to(hub: RunningHub, agent: AgentDesk) -> None:
    number, second_line = new_number(), "+827047001299"
    assert hub.text_message(number, "둘째 번호로 묻습니다", To=second_line).status_code == 200
    agent.reply(agent.case_of(number), "둘째 번호에서 답합니다")
    sent = eventually(lambda: [one for one in hub.outside.sms.messages if one.to == number], what="the answer")
    assert [one.sender for one in sent] == [second_line]


def test_a_reply_that_has_to_be_repeated_holds_up_those_behind_it(
    hub: RunningHub, agent: AgentDesk, writing: str
) -> None:
    hub.site.next_answers["POST"] += [Answer(503), Answer(503)]
    written = [f"{number}. 나중 {writing}" for number in range(3)]
    for text in written:
        agent.reply(writing, text)
    eventually(lambda: written[-1] in hub.site.texts(), what="the last reply at the site")
    shown = [reply["text"] for reply in hub.site.replies if reply["text"] in written]
    assert shown == [written[0], written[0], *written]


@pytest.mark.parametrize("characters", [1_600, 1_601, 9_999])
def test_a_long_text_is_split_in_order_and_nothing_of_it_is_lost(
    hub: RunningHub, agent: AgentDesk, texting: tuple[str, str], characters: int
) -> None:
    number, case_id = texting
    text = " ".join(f"{word}번째말" for word in range(characters // 3))[:characters]
    agent.reply(case_id, text)
    eventually(lambda: len("".join(hub.outside.sms.to(number))) >= characters, 20, "the whole text on the telephone")
    parts = hub.outside.sms.to(number)
    assert "".join(parts) == text
    assert all(len(part) <= 1_600 for part in parts)


def test_a_reply_without_a_callback_waits_for_the_citizens_next_words(hub: RunningHub, agent: AgentDesk) -> None:
    user, callback = uuid4().hex, f"/callback/{uuid4().hex}"
    first = hub.chat(user, "카카오에서 묻습니다", callback=callback)
    assert first["useCallback"]
    case_id = agent.case_of(user)
    over_callback = agent.reply(case_id, "콜백으로 가는 답변")
    wait_for_state(agent, case_id, over_callback.id, "SENT")
    assert "콜백으로 가는 답변" in hub.outside.kakao.shown
    parked = agent.reply(case_id, "기다리는 답변")
    wait_for_state(agent, case_id, parked.id, "PARKED")
    answer = hub.chat(user, "아직인가요")
    texts = [output["simpleText"]["text"] for output in answer["template"]["outputs"]]
    assert texts[0] == "기다리는 답변"
    assert states(agent, case_id)[parked.id] == "SENT"


def test_the_parts_of_a_parked_text_wait_in_their_order(hub: RunningHub, agent: AgentDesk) -> None:
    user = uuid4().hex
    hub.chat(user, "긴 답을 주세요")
    case_id = agent.case_of(user)
    text = " ".join(f"{word}번째말" for word in range(1_300))
    agent.reply(case_id, text)
    eventually(lambda: set(states(agent, case_id).values()) == {"PARKED"}, 20, "every part being parked")
    told = ""
    for _ in range(12):
        outputs = hub.chat(user, "더")["template"]["outputs"]
        told += "".join(output["simpleText"]["text"] for output in outputs[:-1])
    assert told == text


def test_a_parked_reply_leaves_with_the_next_message_though_its_case_was_closed(
    hub: RunningHub, agent: AgentDesk
) -> None:
    user = uuid4().hex
    hub.chat(user, "나중에 다시 올게요")
    case_id = agent.case_of(user)
    agent.reply(case_id, "다시 오시면 보입니다")
    eventually(lambda: set(states(agent, case_id).values()) == {"PARKED"}, 20, "the reply being parked")
    closing = intake.SetCaseStateRequest(case_id=case_id, state=case_pb2.CASE_STATE_CLOSED)
    agent.intake.SetCaseState(closing, metadata=agent.metadata, timeout=30)
    outputs = hub.chat(user, "다시 왔어요")["template"]["outputs"]
    assert "다시 오시면 보입니다" in [output["simpleText"]["text"] for output in outputs]
    assert set(states(agent, case_id).values()) == {"SENT"}


@pytest.mark.parametrize(
    "reports",
    [*permutations(["sent", "delivered", "read"]), ("delivered", "delivered", "read", "read", "sent", "delivered")],
    ids=" ".join,
)
def test_reports_in_any_order_and_twice_end_at_the_furthest(
    hub: RunningHub, agent: AgentDesk, texting: tuple[str, str], reports: tuple[str, ...]
) -> None:
    number, case_id = texting
    reply = agent.reply(case_id, f"답변 {number}")
    wait_for_state(agent, case_id, reply.id, "SENT")
    message = next(one for one in hub.outside.sms.messages if one.to == number)
    for status in reports:
        assert hub.twilio_calls(message.callback, status_fields(message.sid, status)).status_code == 200
    assert states(agent, case_id)[reply.id] == "READ"


def status_fields(sid: str, status: str) -> dict[str, str]:
    return {"MessageSid": sid, "MessageStatus": status}


@pytest.mark.parametrize("naming", ["by our id", "by theirs"])
def test_reports_that_come_before_the_sending_is_recorded_are_not_lost(
    hub: RunningHub, agent: AgentDesk, texting: tuple[str, str], naming: str
) -> None:
    number, case_id = texting
    held = threading.Event()
    sid = f"SM{uuid4().hex}"
    hub.outside.sms.next_answers["POST"].append(Answer(201, b'{"sid": "%b"}' % sid.encode(), held=held))
    reply = agent.reply(case_id, "빠른 답변")
    eventually(lambda: hub.outside.sms.to(number), what="the provider being asked")
    message = next(one for one in hub.outside.sms.messages if one.to == number)
    url = message.callback if naming == "by our id" else message.callback.partition("?")[0]
    for status in ("delivered", "sent"):
        assert hub.twilio_calls(url, status_fields(sid, status)).status_code == 200
    held.set()
    wait_for_state(agent, case_id, reply.id, "DELIVERED")


def test_a_failure_reported_by_the_provider_is_told_with_its_reason(
    hub: RunningHub, agent: AgentDesk, texting: tuple[str, str]
) -> None:
    number, case_id = texting
    reply = agent.reply(case_id, "닿지 않는 답변")
    wait_for_state(agent, case_id, reply.id, "SENT")
    message = next(one for one in hub.outside.sms.messages if one.to == number)
    hub.twilio_calls(message.callback, status_fields(message.sid, "undelivered") | {"ErrorCode": "30003"})
    last = agent.case(case_id).entries[-1].reply
    assert last.state == case_pb2.REPLY_STATE_FAILED
    assert "30003" in last.failure


@pytest.mark.parametrize("send_again", [True, False])
def test_a_reply_whose_fate_nobody_knows_is_for_a_person_to_decide(
    hub: RunningHub, agent: AgentDesk, texting: tuple[str, str], send_again: bool
) -> None:
    number, case_id = texting
    held = threading.Event()
    hub.outside.sms.next_answers["POST"].append(Answer(201, b'{"sid": "SM1"}', held=held))
    reply = agent.reply(case_id, "알 수 없는 답변")
    eventually(lambda: hub.outside.sms.to(number), what="the provider being asked")
    hub.kill("worker")
    held.set()
    hub.start("worker")
    wait_for_state(agent, case_id, reply.id, "UNKNOWN", 30)
    assert hub.outside.sms.to(number) == ["알 수 없는 답변"]
    resolve = intake.ResolveReplyRequest(reply_id=reply.id, send_again=send_again)
    agent.intake.ResolveReply(resolve, metadata=agent.metadata, timeout=30)
    wait_for_state(agent, case_id, reply.id, "SENT" if send_again else "FAILED")
    assert len(hub.outside.sms.to(number)) == (2 if send_again else 1)
    with pytest.raises(grpc.RpcError) as refused:
        agent.intake.ResolveReply(resolve, metadata=agent.metadata, timeout=30)
    assert refused.value.code() is grpc.StatusCode.FAILED_PRECONDITION


def test_an_answer_that_is_lost_on_the_way_leaves_a_reply_unknown_where_a_repeat_would_show_it_twice(
    hub: RunningHub, agent: AgentDesk, texting: tuple[str, str]
) -> None:
    number, case_id = texting
    hub.outside.sms.next_answers["POST"].append(Answer(0))
    reply = agent.reply(case_id, "답이 끊긴 답변")
    wait_for_state(agent, case_id, reply.id, "UNKNOWN")
    assert hub.outside.sms.to(number) == ["답이 끊긴 답변"]


def test_a_repeated_request_is_answered_as_the_first_and_says_nothing_twice(
    hub: RunningHub, agent: AgentDesk, writing: str
) -> None:
    request_id = uuid4().hex
    first = agent.reply(writing, f"한 번만 {writing}", request_id)
    eventually(lambda: f"한 번만 {writing}" in hub.site.texts(), what="the reply at the site")
    assert agent.reply(writing, f"한 번만 {writing}", request_id).id == first.id
    last = agent.reply(writing, f"다음 {writing}")
    wait_for_state(agent, writing, last.id, "SENT")
    assert [reply["text"] for reply in hub.site.replies].count(f"한 번만 {writing}") == 1
    assert len(states(agent, writing)) == 2


def test_a_site_that_keeps_a_reply_and_says_500_shows_it_once(hub: RunningHub, agent: AgentDesk, writing: str) -> None:
    hub.site.next_answers["POST"].append(Answer(500))
    reply = agent.reply(writing, f"두 번 배달 {writing}")
    wait_for_state(agent, writing, reply.id, "SENT")
    assert [one["id"] for one in hub.site.replies if one["text"] == f"두 번 배달 {writing}"] == [reply.id] * 2
    assert hub.site.texts().count(f"두 번 배달 {writing}") == 1


def test_a_site_that_never_takes_a_reply_makes_it_fail_with_the_reason(
    hub: RunningHub, agent: AgentDesk, writing: str
) -> None:
    hub.site.next_answers["POST"] += [Answer(503)] * 4
    reply = agent.reply(writing, f"안 되는 답변 {writing}")
    wait_for_state(agent, writing, reply.id, "FAILED")
    last = agent.case(writing).entries[-1].reply
    assert "503" in last.failure
    following = agent.reply(writing, f"그다음 답변 {writing}")
    wait_for_state(agent, writing, following.id, "SENT")


def test_a_reply_to_a_closed_case_is_refused(hub: RunningHub, agent: AgentDesk, writing: str) -> None:
    close = intake.SetCaseStateRequest(case_id=writing, state=case_pb2.CASE_STATE_CLOSED)
    agent.intake.SetCaseState(close, metadata=agent.metadata, timeout=30)
    with pytest.raises(grpc.RpcError) as refused:
        agent.reply(writing, "너무 늦은 답변")
    assert refused.value.code() is grpc.StatusCode.FAILED_PRECONDITION
