"""One contact walks through the house: from the citizen's message to the reply on the same channel, on both drivers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from uuid import uuid4

import grpc
import httpx
import pytest
from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.routing.v1 import routing_service_pb2 as routing
from hub120.routing.v1 import work_pb2

from tests.hub import AgentDesk, RunningHub
from tests.outside import signed
from tests.waiting import eventually


@pytest.fixture(scope="module")
def agent(hub: RunningHub) -> Iterator[AgentDesk]:
    desk = hub.agent("kim", capacity=10)
    yield desk
    desk.presence(work_pb2.PRESENCE_OFFLINE)


def take(desk: AgentDesk, case_number: str) -> work_pb2.WorkItem:
    """Accept offers until the one for this case is there."""
    for offer in desk.offers():
        item = desk.accept(offer)
        if desk.case(item.case_id).case.number == case_number:
            return item
    raise AssertionError("the stream ended")


def test_a_message_becomes_a_case_is_offered_accepted_answered_and_closed(hub: RunningHub, agent: AgentDesk) -> None:
    told = hub.say("쓰레기를 언제 버리나요?")
    assert told.status_code == 200, told.text
    item = take(agent, told.json()["case_number"])
    found = agent.case(item.case_id)
    assert [entry.contact.text for entry in found.entries if entry.HasField("contact")] == ["쓰레기를 언제 버리나요?"]
    reply = agent.reply(item.case_id, "화요일 저녁 8시부터입니다.")
    eventually(lambda: "화요일 저녁 8시부터입니다." in hub.site.texts(), what="the reply at the site")

    def states() -> list[case_pb2.ReplyState]:
        return [one.reply.state for one in agent.case(item.case_id).entries if one.HasField("reply")]

    eventually(lambda: states()[-1] == case_pb2.REPLY_STATE_SENT, what="the reply being sent")
    assert reply.state == case_pb2.REPLY_STATE_QUEUED
    assert agent.finish(item.id).state == work_pb2.WORK_STATE_DONE
    eventually(lambda: agent.case(item.case_id).case.state == case_pb2.CASE_STATE_CLOSED, what="the case being closed")
    sequences = [entry.sequence for entry in agent.case(item.case_id).entries]
    assert sequences == list(range(1, len(sequences) + 1))


def test_crisis_words_raise_the_class_and_an_agent_corrects_it(hub: RunningHub, agent: AgentDesk) -> None:
    told = hub.say("주민센터에 여권 재발급 신청하러 왔는데 건물에 불이 났어요")
    item = take(agent, told.json()["case_number"])
    case = agent.case(item.case_id).case
    assert (case.language, case.topic) == ("ko", "administration")
    assert case.priority_class == case_pb2.PRIORITY_CLASS_LIFE_SAFETY
    topics = agent.intake.ListTopics(intake.ListTopicsRequest(), metadata=agent.metadata).topics
    assert ("safety", "안전") in [(one.id, one.korean_name) for one in topics]
    corrected = agent.intake.CorrectCase(
        intake.CorrectCaseRequest(case_id=item.case_id, topic="safety"), metadata=agent.metadata
    ).case
    assert (corrected.topic, corrected.priority_class) == ("safety", case_pb2.PRIORITY_CLASS_LIFE_SAFETY)
    for wrong in ({"topic": "aliens"}, {"priority_class": 9}):
        request = intake.CorrectCaseRequest(case_id=item.case_id, **wrong)
        with pytest.raises(grpc.RpcError) as refused:
            agent.intake.CorrectCase(request, metadata=agent.metadata)
        assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    agent.finish(item.id)


def test_a_second_delivery_is_answered_as_the_first_and_changes_nothing(hub: RunningHub, agent: AgentDesk) -> None:
    message_id, citizen = uuid4().hex, uuid4().hex
    first = hub.say("수도가 안 나와요", citizen=citizen, message_id=message_id)
    second = hub.say("수도가 안 나와요", citizen=citizen, message_id=message_id)
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    item = take(agent, first.json()["case_number"])
    assert len(agent.case(item.case_id).entries) <= 2  # the contact, and the case being taken up
    agent.finish(item.id)


def test_a_second_message_joins_the_open_case_and_a_message_after_closing_opens_another(
    hub: RunningHub, agent: AgentDesk
) -> None:
    citizen = uuid4().hex
    first = hub.say("가로등이 꺼졌어요", citizen=citizen)
    item = take(agent, first.json()["case_number"])
    second = hub.say("사진은 없어요", citizen=citizen)
    assert second.json()["case_number"] == first.json()["case_number"]
    agent.finish(item.id, seen=contacts_told(agent, item.id, 2))
    eventually(lambda: agent.case(item.case_id).case.state == case_pb2.CASE_STATE_CLOSED, what="the case being closed")
    third = hub.say("또 꺼졌어요", citizen=citizen)
    assert third.json()["case_number"] != first.json()["case_number"]
    agent.finish(take(agent, third.json()["case_number"]).id)


def contacts_told(desk: AgentDesk, work_item_id: str, count: int) -> int:
    """Follow the desk until it shows that the work has so many contacts."""
    for told in desk.watch():
        items = told.desk.work_items if told.HasField("desk") else [told.work_item]
        if any(item.id == work_item_id and item.contact_count == count for item in items):
            return count
    raise AssertionError("the stream ended")


def test_who_writes_while_an_agent_finishes_is_not_left_alone(hub: RunningHub, agent: AgentDesk) -> None:
    citizen = uuid4().hex
    first = hub.say("도로에 구멍이 났어요", citizen=citizen)
    item = take(agent, first.json()["case_number"])
    hub.say("점점 커지고 있어요", citizen=citizen)
    contacts_told(agent, item.id, 2)
    with pytest.raises(grpc.RpcError) as refused:
        agent.finish(item.id, seen=item.contact_count)
    assert refused.value.code() is grpc.StatusCode.FAILED_PRECONDITION
    agent.finish(item.id)
    again = take(agent, first.json()["case_number"])
    assert again.id != item.id
    eventually(lambda: agent.case(item.case_id).case.state == case_pb2.CASE_STATE_IN_PROGRESS, what="the case going on")
    agent.finish(again.id, seen=again.contact_count)
    eventually(lambda: agent.case(item.case_id).case.state == case_pb2.CASE_STATE_CLOSED, what="the case being closed")


def test_a_declined_offer_goes_to_the_next_agent(hub: RunningHub) -> None:
    first, second = hub.agent("declining", languages=("vi",)), hub.agent("taking", languages=("vi",))
    told = hub.say("Xin chào", language="vi")
    desks = {first.name: first, second.name: second}
    stream = {name: desk.offers() for name, desk in desks.items()}

    def loaded_agent() -> str:
        chief = hub.metadata("chief", "supervisor")
        found = first.routing.ListAgents(routing.ListAgentsRequest(), metadata=chief).agents
        return next((one.id for one in found if one.load and one.id in desks), "")

    loaded = eventually(loaded_agent, what="an offer to one of the two")
    other = next(name for name in desks if name != loaded)
    offer = next(stream[loaded])
    desks[loaded].routing.DeclineOffer(
        routing.DeclineOfferRequest(offer_id=offer.id, reason="break"), metadata=desks[loaded].metadata
    )
    item = desks[other].accept(next(stream[other]))
    assert desks[other].case(item.case_id).case.number == told.json()["case_number"]
    desks[other].finish(item.id)
    for desk in desks.values():
        desk.presence(work_pb2.PRESENCE_OFFLINE)


def test_a_watcher_sees_every_entry_once_and_in_order(hub: RunningHub, agent: AgentDesk) -> None:
    told = hub.say("길이 파였어요")
    item = take(agent, told.json()["case_number"])
    watching = agent.intake.WatchCase(
        intake.WatchCaseRequest(case_id=item.case_id), metadata=agent.metadata, timeout=30
    )
    for number in range(5):
        agent.intake.AddNote(
            intake.AddNoteRequest(case_id=item.case_id, text=f"메모 {number}", request_id=uuid4().hex),
            metadata=agent.metadata,
        )
    notes, sequences = [], []
    for told_entry in watching:
        sequences.append(told_entry.entry.sequence)
        if told_entry.entry.HasField("note"):
            notes.append(told_entry.entry.note.text)
        if len(notes) == 5:
            break
    assert notes == [f"메모 {number}" for number in range(5)]
    assert sequences == list(range(1, len(sequences) + 1))
    auditor = hub.metadata("auditor", "auditor")
    records = agent.intake.ListAuditRecords(intake.ListAuditRecordsRequest(actor=agent.name), metadata=auditor).records
    assert [one.action for one in records if one.case_id == item.case_id].count("WatchCase") == 1
    agent.finish(item.id)


def test_a_desk_stream_that_was_cut_goes_on_where_it_was(hub: RunningHub) -> None:
    desk = hub.agent("resuming", languages=("th",), capacity=5)
    stream = desk.watch()
    token = next(stream).resume_token
    stream.cancel()
    numbers = [hub.say("สวัสดี", language="th").json()["case_number"] for _ in range(3)]
    missed = list(islice(desk.watch(token), 3))
    seen = [told.offer.work_item.case_id for told in missed]
    assert sorted(desk.case(case_id).case.number for case_id in seen) == sorted(numbers)
    for told in missed:
        desk.accept(told.offer)
    assigned = [told.work_item for told in islice(desk.watch(missed[-1].resume_token), 3)]
    assert [item.case_id for item in assigned] == seen
    for item in assigned:
        desk.finish(item.id)
    desk.presence(work_pb2.PRESENCE_OFFLINE)


def test_cases_are_found_by_word_address_and_page(hub: RunningHub, agent: AgentDesk) -> None:
    phone = "010-2345-6789"
    numbers = [
        hub.say("무단투기쓰레기를 치워주세요", sender={"phone": "+821023456789"}, conversation=uuid4().hex).json()[
            "case_number"
        ]
        for _ in range(3)
    ]
    list_cases = agent.intake.ListCases
    by_word = list_cases(intake.ListCasesRequest(words="무단투기쓰레기"), metadata=agent.metadata)
    by_phone = list_cases(intake.ListCasesRequest(address=phone), metadata=agent.metadata)
    assert {case.number for case in by_word.cases} == {case.number for case in by_phone.cases} == set(numbers)
    paged, token = [], ""
    while True:
        request = intake.ListCasesRequest(address=phone, page_size=2, page_token=token)
        page = list_cases(request, metadata=agent.metadata)
        paged += [case.number for case in page.cases]
        token = page.next_page_token
        if not token:
            break
    assert paged == [case.number for case in by_phone.cases]
    other = list_cases(intake.ListCasesRequest(page_size=1), metadata=agent.metadata).next_page_token
    with pytest.raises(grpc.RpcError) as refused:
        list_cases(intake.ListCasesRequest(address=phone, page_token=other), metadata=agent.metadata)
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT


@pytest.mark.parametrize(
    ("path", "headers", "body", "status"),
    [
        ("web", {"webhook-id": "1", "webhook-timestamp": "1", "webhook-signature": "v1,AAAA"}, b"{}", 401),
        ("nowhere", {}, b"{}", 404),
        ("web", {}, b"x" * 20_000_000, 413),
        ("kakaotalk", {}, b"x" * 2_000_000, 413),
    ],
)
def test_bad_requests_are_refused(
    hub: RunningHub, path: str, headers: dict[str, str], body: bytes, status: int
) -> None:
    assert httpx.post(hub.webhook(path), headers=headers, content=body, timeout=30).status_code == status


def test_an_unreadable_body_is_answered_with_the_connectors_reason(hub: RunningHub) -> None:
    body = '{"id": "1"}'
    answer = httpx.post(hub.webhook("web"), content=body, headers=signed("1", body), timeout=30)
    assert answer.status_code == 400
    assert "text and attachments are both empty" in answer.text
