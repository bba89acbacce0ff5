"""A partner's connector that raises, hangs, exits, dies or returns rubbish hurts its own work and nobody else's."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from hub120.intake.v1 import case_pb2, events_pb2
from hub120.routing.v1 import work_pb2

from chassis import messages
from chassis.connectors.guards import FAILURES_TO_OPEN
from chassis.connectors.queues import reply_queue
from tests.hub import AgentDesk, RunningHub
from tests.ledger import Ledger
from tests.waiting import eventually

PACKAGES = Path(__file__).parent.parent / "unruly"
TRICKS = ("raise", "hang", "spin", "exit", "rubbish")
"""What a connector may do to those it shares a process with; one that may ``die`` has a process of its own."""
ALONE = (*TRICKS, "die")


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    path = os.pathsep.join([str(PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])])
    return {"PYTHONPATH": path, "HUB120_RETRY_SECONDS": "[0.1, 0.2, 0.3]"}


@pytest.fixture(scope="module")
def agent(hub: RunningHub) -> Iterator[AgentDesk]:
    desk = hub.agent("jung", capacity=20)
    yield desk
    desk.presence(work_pb2.PRESENCE_OFFLINE)


def write(hub: RunningHub, connector: str, **told: str) -> httpx.Response:
    body = {"id": uuid4().hex, "from": uuid4().hex, "text": "안녕하세요", **told}
    return httpx.post(hub.webhook(connector), json=body, timeout=30)


def opened_case(hub: RunningHub, connector: str, agent: AgentDesk, **told: str) -> str:
    answer = write(hub, connector, **told)
    assert answer.status_code == 200, answer.text
    return agent.case(answer.json()["case_number"]).case.id


def web_case(hub: RunningHub, agent: AgentDesk) -> str:
    return agent.case(hub.say("옆 창구").json()["case_number"]).case.id


def web_goes_on(hub: RunningHub, agent: AgentDesk) -> None:
    """A message comes in and a reply goes out, whatever the others are at."""
    case_id, text = web_case(hub, agent), f"옆 창구의 답 {uuid4().hex[:8]}"
    agent.reply(case_id, text)
    eventually(lambda: text in hub.site.texts(), what="the reply at the site")


def end_of(agent: AgentDesk, case_id: str, within_s: float = 30.0) -> case_pb2.Reply:
    """The last reply of a case, once it is decided what became of it."""
    waiting = {case_pb2.REPLY_STATE_QUEUED, case_pb2.REPLY_STATE_SENDING}

    def decided() -> case_pb2.Reply | None:
        replies = [entry.reply for entry in agent.case(case_id).entries if entry.HasField("reply")]
        return replies[-1] if replies and replies[-1].state not in waiting else None

    found = eventually(decided, within_s, "the reply being decided")
    assert found is not None
    return found


@pytest.mark.parametrize("connector", ["unruly", "unruly_alone"])
def test_what_is_stored_is_answered_well_whatever_the_answer_would_have_been(
    hub: RunningHub, agent: AgentDesk, connector: str
) -> None:
    for trick in ("raise", "exit", "rubbish"):
        marker = uuid4().hex
        assert write(hub, connector, text=marker, answer=trick).status_code == 200
        ledger = Ledger(hub)
        assert ledger.texts()[marker] == 1
        ledger.close()


def test_replies_beyond_the_rate_of_a_channel_wait_and_are_sent_however_often_they_come_round(
    hub: RunningHub, agent: AgentDesk
) -> None:
    """Two go out a second; a reply has four attempts, which are over within a second."""
    written = [opened_case(hub, "unruly", agent) for _ in range(10)]
    for case_id in written:
        agent.reply(case_id, "fine")
    assert [end_of(agent, case_id).state for case_id in written] == [case_pb2.REPLY_STATE_SENT] * len(written)
    ledger = Ledger(hub)
    assert ledger.one("intake", "SELECT max(attempts) FROM reply") == 1
    ledger.close()


def test_while_a_connector_is_left_alone_its_replies_wait_for_a_day_at_most(hub: RunningHub, agent: AgentDesk) -> None:
    for _ in range(FAILURES_TO_OPEN):
        failing = opened_case(hub, "unruly", agent)
        agent.reply(failing, "raise")
        assert end_of(agent, failing).state == case_pb2.REPLY_STATE_UNKNOWN
    case_id = opened_case(hub, "unruly", agent)
    first, second = agent.reply(case_id, "fine"), agent.reply(case_id, "fine too")
    ask_as_of_the_day_before_yesterday(hub, second.id)
    given_up = end_of(agent, case_id)
    assert (given_up.id, given_up.state) == (second.id, case_pb2.REPLY_STATE_FAILED)
    assert "held back by the hub for 24 hours, never tried" in given_up.failure

    def sent() -> bool:
        replies = [entry.reply for entry in agent.case(case_id).entries if entry.reply.id == first.id]
        return replies[-1].state == case_pb2.REPLY_STATE_SENT

    eventually(sent, 30, "the first reply being sent")


def ask_as_of_the_day_before_yesterday(hub: RunningHub, reply_id: str) -> None:
    """The task to send a reply, as if it had waited that long."""
    then = datetime.now(UTC) - timedelta(days=2)
    body = events_pb2.SendReply(reply_id=reply_id, channel="unruly")
    ledger = Ledger(hub)
    with ledger.bus() as bus:
        bus.publish([messages.task(reply_queue("unruly"), body, source="intake", subject="", now=then, traceparent="")])
    ledger.close()


@pytest.mark.parametrize("trick", TRICKS)
def test_a_reply_that_was_perhaps_sent_is_for_a_person_to_decide(hub: RunningHub, agent: AgentDesk, trick: str) -> None:
    case_id = opened_case(hub, "unruly", agent)
    agent.reply(case_id, f"{trick} 홍길동 010-9876-5432")
    web_goes_on(hub, agent)
    reply = end_of(agent, case_id)
    assert reply.state in {case_pb2.REPLY_STATE_UNKNOWN, case_pb2.REPLY_STATE_FAILED}
    assert reply.failure
    assert "010-9876-5432" not in hub.log("worker") + reply.failure


@pytest.mark.parametrize("trick", ["raise", "exit", "die", "retry"])
def test_a_reply_that_may_be_repeated_is_and_then_given_up_with_the_reason(
    hub: RunningHub, agent: AgentDesk, trick: str
) -> None:
    case_id = opened_case(hub, "unruly_alone", agent)
    agent.reply(case_id, f"{trick} please")
    web_goes_on(hub, agent)
    reply = end_of(agent, case_id, 60)
    assert reply.state in {case_pb2.REPLY_STATE_UNKNOWN, case_pb2.REPLY_STATE_FAILED}
    assert reply.failure
    web_goes_on(hub, agent)
    agent.reply(case_id, "fine")
    assert end_of(agent, case_id).state == case_pb2.REPLY_STATE_SENT


@pytest.mark.parametrize("trick", ["raise", "hang", "rubbish"])
def test_a_file_that_cannot_be_fetched_is_refused_in_the_end(hub: RunningHub, agent: AgentDesk, trick: str) -> None:
    def comes_to(told: str, state: case_pb2.AttachmentState) -> None:
        case_id = opened_case(hub, "unruly", agent, file=told)
        web_goes_on(hub, agent)

        def there() -> bool:
            files = [entry.attachment for entry in agent.case(case_id).entries if entry.HasField("attachment")]
            return bool(files) and files[-1].state == state

        eventually(there, 30, f"the file that shall {told}")

    comes_to(trick, case_pb2.ATTACHMENT_STATE_REFUSED)
    comes_to("arrive", case_pb2.ATTACHMENT_STATE_STORED)


@pytest.mark.parametrize(
    ("connector", "trick"),
    [*(("unruly", trick) for trick in TRICKS), *(("unruly_alone", trick) for trick in ALONE)],
)
def test_what_cannot_be_read_is_not_taken_and_others_are_served(
    hub: RunningHub, agent: AgentDesk, connector: str, trick: str
) -> None:
    ledger = Ledger(hub)
    before = ledger.texts().total()
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(write, hub, connector, parse=f"{trick} please") for _ in range(4)]
        web_goes_on(hub, agent)
        assert {one.result().status_code for one in asked} == {503}
    eventually(lambda: write(hub, connector).status_code == 200, 60, "the connector being asked again")
    assert ledger.texts().total() == before + 2
    ledger.close()


def test_the_processes_were_the_same_all_along(hub: RunningHub, agent: AgentDesk) -> None:
    """Nothing above ended one of them, and nothing is left behind."""
    web_goes_on(hub, agent)
    ledger = Ledger(hub)
    ledger.wait_until_drained()
    assert ledger.dead() == []
    assert ledger.inconsistencies() == []
    ledger.close()
    assert "worker_died" not in hub.log("api")
    for kind in ("api", "worker"):
        hub.wait_ready(kind)
        assert all(json.loads(line)["level"] != "critical" for line in hub.log(kind).splitlines() if line[:1] == "{")
