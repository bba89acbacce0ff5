"""Messenger, X, LINE, Telegram and the city's app on a running hub: what comes is kept, what is answered arrives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from io import BytesIO
from typing import Any
from uuid import uuid4

import httpx
import pytest
from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.routing.v1 import work_pb2
from hub120_sdk import Request
from PIL import Image

from tests.hub import AgentDesk, RunningHub
from tests.outside import Answer, Asked, Provider
from tests.waiting import eventually

CHANNELS = {
    "messenger": ("message.json", "7318240915550123"),
    "x": ("direct_message.json", "2890044550012345678"),
    "line": ("text.json", "U7731aa11bb22cc33dd44ee55ff667731"),
    "telegram": ("text.json", "7310012001"),
}
"""A citizen's message on each, and the citizen."""


class Providers(Provider):
    """All four at one address: each answer has what each of them says of a message that it took."""

    def usual_answer(self, asked: Asked) -> Answer:
        """Take it."""
        number = len(self.asked)
        taken = {
            "message_id": f"m_{number}",
            "data": {"dm_event_id": str(number)},
            "sentMessages": [{"id": str(number)}],
            "result": {"message_id": number},
        }
        return Answer.json({"ok": True, **taken})


def table(channel: str) -> Any:
    """The connector's conformance table: its fixtures, and how its provider signs."""
    return import_module(f"plugins.{channel}.tests.conformance")


@pytest.fixture(scope="module")
def providers() -> Iterator[Providers]:
    found = Providers()
    yield found
    found.close()


@pytest.fixture(scope="module")
def environment(providers: Providers) -> dict[str, str]:
    found = {}
    for channel in (*CHANNELS, "app"):
        suite = table(channel).suite(providers.address, datetime.now(UTC))
        for name, value in {**suite.settings, **suite.secrets}.items():
            found[f"HUB120_CONNECTOR_{channel}_{name}".upper()] = value
    return {**found, "HUB120_CONNECTOR_APP_PUSH_URL": ""}


@pytest.fixture(scope="module")
def agent(hub: RunningHub) -> Iterator[AgentDesk]:
    desk = hub.agent("seo", capacity=20)
    yield desk
    desk.presence(work_pb2.PRESENCE_OFFLINE)


def call(hub: RunningHub, channel: str, request: Request) -> httpx.Response:
    """The provider calls, signed as it signs."""
    signed = table(channel).sign(request, datetime.now(UTC))
    return httpx.post(hub.webhook(channel), content=signed.body, headers=dict(signed.headers), timeout=30)


def state_of(agent: AgentDesk, case_id: str, reply_id: str) -> int:
    entries = agent.case(case_id).entries
    return [entry.reply.state for entry in entries if entry.HasField("reply") and entry.reply.id == reply_id][-1]


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_citizen_writes_and_is_answered(
    hub: RunningHub, agent: AgentDesk, providers: Providers, channel: str
) -> None:
    name, citizen = CHANNELS[channel]
    request = table(channel).event(name)
    for _ in range(2):
        assert call(hub, channel, request).status_code == 200
    case_id = agent.case_of(citizen)
    [contact] = [entry.contact for entry in agent.case(case_id).entries if entry.HasField("contact")]
    assert contact.text
    text = f"답변 드립니다 {uuid4().hex[:8]}"
    reply = agent.reply(case_id, text)
    eventually(lambda: state_of(agent, case_id, reply.id) == case_pb2.REPLY_STATE_SENT, 15, "the reply being sent")
    assert [asked for asked in providers.asked if text.encode() in asked.body]


def test_the_time_to_answer_on_messenger_is_told_to_the_agent(hub: RunningHub, agent: AgentDesk) -> None:
    assert call(hub, "messenger", table("messenger").event("message.json")).status_code == 200
    contact = agent.case(agent.case_of(CHANNELS["messenger"][1])).entries[0].contact
    happened = datetime.fromtimestamp(table("messenger").FIRST / 1000, UTC)
    deadline = contact.reply_deadline_time.ToDatetime(UTC)
    assert abs(deadline - happened - timedelta(hours=24)) < timedelta(seconds=1)


def test_all_that_was_sent_before_a_moment_was_read(hub: RunningHub, agent: AgentDesk) -> None:
    citizen = uuid4().int % 10**15
    said = table("messenger").event("message.json")
    body = said.body.replace(b"7318240915550123", str(citizen).encode()).replace(b"TextMessage0001", b"x%d" % citizen)
    assert call(hub, "messenger", replace(said, body=body)).status_code == 200
    case_id = agent.case_of(str(citizen))
    replies = [agent.reply(case_id, text) for text in ("첫 번째", "두 번째")]
    sent = case_pb2.REPLY_STATE_SENT
    eventually(lambda: all(state_of(agent, case_id, one.id) == sent for one in replies), 15, "the replies being sent")
    seen = {"sender": {"id": str(citizen)}, "recipient": {"id": "1"}, "read": {"watermark": _milliseconds_from_now(5)}}
    read = json.dumps({"object": "page", "entry": [{"messaging": [seen]}]}).encode()
    assert call(hub, "messenger", replace(said, body=read)).status_code == 200
    assert {state_of(agent, case_id, reply.id) for reply in replies} == {case_pb2.REPLY_STATE_READ}


def _milliseconds_from_now(seconds: float) -> int:
    return int((datetime.now(UTC).timestamp() + seconds) * 1000)


def test_a_shared_contact_makes_one_person_of_two_channels(hub: RunningHub, agent: AgentDesk) -> None:
    assert hub.text_message("+821055501234", "문자로 묻습니다").status_code == 200
    assert call(hub, "telegram", table("telegram").event("own_contact.json")).status_code == 200
    by_text = agent.case(agent.case_of("+821055501234")).case.citizen_id
    [other] = _citizen(agent, by_text).linked_citizen_ids
    assert [identity.channel for identity in _citizen(agent, other).identities] == ["telegram"]


def _citizen(agent: AgentDesk, citizen_id: str) -> case_pb2.Citizen:
    request = intake.GetCitizenRequest(citizen_id=citizen_id)
    found: case_pb2.Citizen = agent.intake.GetCitizen(request, metadata=agent.metadata, timeout=30).citizen
    return found


class TestTheApp:
    def test_a_report_with_its_photo_is_kept_and_sent_again_changes_nothing(
        self, hub: RunningHub, agent: AgentDesk
    ) -> None:
        report_id = uuid4().hex
        first = self.report(hub, report_id, _photo(2_000))
        again = self.report(hub, report_id, _photo(2_000))
        assert (first.status_code, again.text) == (200, first.text)
        entries = agent.case(first.json()["case_number"]).entries
        contact = entries[0].contact
        assert (contact.topic, contact.place.address) == ("road", "누리동 12-3")
        assert (contact.place.latitude, contact.place.longitude) == (37.5665, 126.978)
        [photo] = [entry.attachment for entry in entries if entry.HasField("attachment")]
        assert photo.state == case_pb2.ATTACHMENT_STATE_STORED

    def test_two_reports_are_two_cases_and_more_about_one_belongs_to_it(self, hub: RunningHub) -> None:
        citizen = uuid4().hex
        first, other = (self.report(hub, uuid4().hex, _photo(16), citizen).json() for _ in range(2))
        more = self.report(hub, uuid4().hex, _photo(16), citizen, about=first["report_id"]).json()
        assert first["case_number"] == more["case_number"] != other["case_number"]

    def test_an_answer_waits_until_it_is_fetched_and_told_to_be_there(self, hub: RunningHub, agent: AgentDesk) -> None:
        report_id = uuid4().hex
        number = self.report(hub, report_id, _photo(16)).json()["case_number"]
        case_id = agent.case(number).case.id
        reply = agent.reply(case_id, "오늘 고치겠습니다.")
        eventually(lambda: state_of(agent, case_id, reply.id) == case_pb2.REPLY_STATE_PARKED, 15, "the reply waiting")
        for _ in range(2):
            [case] = self.say(hub, inquiry={"report_ids": [report_id]}).json()["cases"]
            assert (case["case_number"], case["replies"]) == (number, [{"id": reply.id, "text": "오늘 고치겠습니다."}])
        assert self.say(hub, receipts=[{"reply_id": reply.id, "state": "delivered"}]).status_code == 200
        assert state_of(agent, case_id, reply.id) == case_pb2.REPLY_STATE_DELIVERED

    def report(
        self, hub: RunningHub, report_id: str, photo: bytes, citizen: str = "device-1", **more: str
    ) -> httpx.Response:
        place = {"latitude": 37.5665, "longitude": 126.978, "address": "누리동 12-3"}
        report = {"id": report_id, "reporter": {"id": citizen}, "category": "road", "place": place, **more}
        files = {"photo": ("사진.jpg", photo, "image/jpeg")}
        made = httpx.Request("POST", hub.webhook("app"), data={"report": json.dumps(report)}, files=files)
        return call(hub, "app", Request("POST", "", {"content-type": made.headers["content-type"]}, made.read()))

    def say(self, hub: RunningHub, **body: object) -> httpx.Response:
        return call(hub, "app", Request("POST", "", {"content-type": "application/json"}, json.dumps(body).encode()))


def _photo(width: int) -> bytes:
    written = BytesIO()
    Image.effect_noise((width, width), 90).convert("RGB").save(written, "JPEG")
    return written.getvalue()
