"""Two hundred written conversations at once; the partner is down for a minute, and the worker is killed twice."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
import pytest
from hub120.translation.v1 import interpreting_pb2

from chassis import event_loop
from demo.interpreters import Mood, Partner
from tests.hub import RunningHub
from tests.ledger import Ledger
from tests.many_relays import FrontEnd, Relay, front_end
from tests.outside import WEB_SECRET, interpreters, signed, web_message

CONVERSATIONS, ROUNDS = 200, 4
"""Every citizen writes once before their session and once in each round; the agent says something in each round."""
AT_ONCE = 10
"""Conversations that say something at the same time, as citizens do."""
DOWN_S, PATIENCE_S = 60.0, 240.0
PENDING, TRANSLATED = interpreting_pb2.RELAY_STATE_PENDING, interpreting_pb2.RELAY_STATE_TRANSLATED
TO_AGENT = interpreting_pb2.RELAY_DIRECTION_TO_AGENT
TO_CITIZEN = interpreting_pb2.RELAY_DIRECTION_TO_CITIZEN

pytestmark = pytest.mark.parametrize(
    "hub", [pytest.param("distributed", marks=pytest.mark.servers)], indirect=True, scope="module"
)
"""So much to do is nothing for an embedded hub; what one conversation is promised is tested on both."""


@pytest.fixture(scope="module")
def partner() -> Iterator[Partner]:
    with interpreters() as found:
        yield found


@pytest.fixture(scope="module")
def environment(partner: Partner) -> dict[str, str]:
    return {
        "HUB120_CONNECTOR_INTERPRETER_HTTP_PARTNER_URL": partner.address,
        "HUB120_CONNECTOR_INTERPRETER_HTTP_SIGNING_SECRET": WEB_SECRET,
    }


@dataclass
class Conversation:
    """A citizen and an agent, and what both said that was taken."""

    citizen: str
    relay: Relay
    wrote: list[str]
    said: list[str] = field(default_factory=list)


class Crowd:
    """All conversations, of one agent's front end."""

    def __init__(self, hub: RunningHub, front: FrontEnd, client: httpx.AsyncClient) -> None:
        self._hub, self._front, self._client = hub, front, client
        self._places = asyncio.Semaphore(AT_ONCE)
        self.conversations: list[Conversation] = []
        self._following: list[asyncio.Task[None]] = []

    async def begin(self) -> None:
        """Every citizen writes, and has an interpreter before the next one comes."""
        await asyncio.gather(*(self._begin() for _ in range(CONVERSATIONS)))

    async def _begin(self) -> None:
        citizen, text = uuid4().hex, "سؤال 0"
        async with self._places:
            await self._write(citizen, text)
            session_id = await self._front.start(await self._front.case_of(citizen), "ar")
            one = Conversation(citizen, self._front.relay(session_id), [text])
            self.conversations.append(one)
            self._following.append(asyncio.create_task(one.relay.follow()))
            await self.until(lambda: len(one.relay.ends(TO_AGENT)) == 1, "the first words in Korean")

    async def round(self, number: int) -> None:
        """Every citizen and the agent say something."""
        await asyncio.gather(*(self._turn(one, number) for one in self.conversations))

    async def _turn(self, one: Conversation, number: int) -> None:
        async with self._places:
            text, answer = f"سؤال {number}", f"답변 {number}"
            await self._write(one.citizen, text)
            one.wrote.append(text)
            request = await one.relay.say(answer)
            await self.until(lambda: request in one.relay.said, "it being stored")
            one.said.append(answer)

    async def _write(self, citizen: str, text: str) -> None:
        """The site tries again while the hub cannot take it."""
        message_id, url = uuid4().hex, self._hub.webhook("web")
        body = web_message(text, citizen=citizen, message_id=message_id)
        deadline, status = time.monotonic() + PATIENCE_S, 0
        while status != 200:
            headers = signed(message_id, body)
            status = (await self._client.post(url, content=body.encode(), headers=headers)).status_code
            assert status in {200, 503}
            assert time.monotonic() < deadline

    async def until(self, check: Callable[[], bool], what: str) -> None:
        """Wait for a condition."""
        deadline = time.monotonic() + PATIENCE_S
        while not check():
            assert time.monotonic() < deadline, f"{what} did not come true within {PATIENCE_S:g} s"
            await asyncio.sleep(0.02)

    async def leave(self) -> None:
        """All streams end."""
        for task in self._following:
            task.cancel()
        await asyncio.gather(*self._following, return_exceptions=True)


@asynccontextmanager
async def crowd_of(hub: RunningHub) -> AsyncIterator[Crowd]:
    async with (
        front_end(hub.grpc_port, hub.metadata("kim", "agent")) as front,
        httpx.AsyncClient(timeout=60) as client,
    ):
        crowd = Crowd(hub, front, client)
        try:
            yield crowd
        finally:
            await crowd.leave()


def kill_and_start_worker(hub: RunningHub) -> None:
    hub.kill("worker")
    hub.start("worker")


async def through_it_all(hub: RunningHub, partner: Partner) -> list[Conversation]:
    """One round in peace, one as the partner goes down, one as the worker is killed, and one as it is killed again
    while everything that waited is sent."""
    async with crowd_of(hub) as crowd:
        await crowd.begin()
        await crowd.round(1)
        partner.be(Mood(down=True, open=True))
        up_at = time.monotonic() + DOWN_S
        await crowd.round(2)
        await asyncio.gather(crowd.round(3), asyncio.to_thread(kill_and_start_worker, hub))
        await crowd.until(lambda: time.monotonic() >= up_at, "the end of the outage")
        partner.be(Mood(open=True))
        await asyncio.gather(crowd.round(4), asyncio.to_thread(kill_and_start_worker, hub))
        await crowd.until(lambda: all(map(is_done, crowd.conversations)), "every end being told")
        shown = CONVERSATIONS * ROUNDS
        await crowd.until(lambda: len({reply["id"] for reply in list(hub.site.replies)}) >= shown, "all answers shown")
        return crowd.conversations


def is_done(one: Conversation) -> bool:
    """Whether everything has come to its end, and the agent's words are replies of the case."""
    delivered = sum(told.state == interpreting_pb2.RELAY_STATE_DELIVERED for told in one.relay.told)
    return len(one.relay.ends(TO_AGENT)) >= len(one.wrote) and delivered >= len(one.said)


@pytest.mark.timeout(900)  # the outage alone takes a minute, and what waited then is much for a slow machine
def test_nothing_is_lost_doubled_or_out_of_order_in_two_hundred_conversations(
    hub: RunningHub, partner: Partner
) -> None:
    conversations = event_loop.run(through_it_all(hub, partner))
    shown = shown_by_citizen(hub)
    for one in conversations:
        assert (len(one.wrote), len(one.said)) == (ROUNDS + 1, ROUNDS)
        assert_told_once_and_in_order(one.relay)
        assert [told.original for told in one.relay.ends(TO_AGENT)] == one.wrote
        assert [told.translation for told in one.relay.ends(TO_AGENT)] == [f"[ar→ko] {text}" for text in one.wrote]
        assert [told.original for told in one.relay.ends(TO_CITIZEN)] == one.said
        assert shown[one.citizen] == [f"[ko→ar] {text}" for text in one.said]
    assert sum(map(len, shown.values())) == CONVERSATIONS * ROUNDS
    assert_books_are_in_order(hub)


def shown_by_citizen(hub: RunningHub) -> dict[str, list[str]]:
    """What each citizen of the web site was shown, each reply once, in the order in which they came first."""
    first: dict[str, dict[str, Any]] = {}
    for reply in hub.site.replies:
        first.setdefault(reply["id"], reply)
    found: dict[str, list[str]] = {}
    for reply in first.values():
        found.setdefault(reply["to"]["value"], []).append(reply["text"])
    return found


def assert_told_once_and_in_order(relay: Relay) -> None:
    """Every change came once, numbered without gaps, and messages in their order."""
    assert relay.sequences == list(range(1, len(relay.sequences) + 1))
    changes = Counter((one.id, one.state) for one in relay.told)
    assert set(changes.values()) == {1}
    new = [one.number for one in relay.told if one.state == PENDING]
    assert new == list(range(1, 2 * ROUNDS + 2))
    assert {one.state for direction in (TO_AGENT, TO_CITIZEN) for one in relay.ends(direction)} == {TRANSLATED}


def assert_books_are_in_order(hub: RunningHub) -> None:
    """Each message is there once and at its end, each of the agent's is one reply, and nothing waits or is dead."""
    with closing(Ledger(hub)) as ledger:
        found = ledger.rows("translation", "SELECT direction, state, count(*) AS n FROM relay_message GROUP BY 1, 2")
        assert {(row["direction"], row["state"]): row["n"] for row in found} == {
            ("to_agent", "translated"): CONVERSATIONS * (ROUNDS + 1),
            ("to_citizen", "delivered"): CONVERSATIONS * ROUNDS,
        }
        assert ledger.one("intake", "SELECT count(*) FROM reply") == CONVERSATIONS * ROUNDS
        ledger.wait_until_drained(PATIENCE_S)
        assert ledger.dead() == []
