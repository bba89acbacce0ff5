"""The outside world as cheaply as Python can be it: citizens over kept connections, a site, agents over grpc.aio.

What is measured shares its processor with what measures it, so requests are signed before the clock runs, the clients
speak just the HTTP they need, and the site reads no more of a reply than its text.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast
from uuid import uuid4

import grpc
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.intake.v1 import intake_service_pb2_grpc as intake_grpc
from hub120.routing.v1 import routing_service_pb2 as routing
from hub120.routing.v1 import routing_service_pb2_grpc as routing_grpc
from hub120.routing.v1 import work_pb2
from hub120_sdk import standardwebhooks

from bench.hubs import SECRET, Hub

QUESTION = "대형 폐기물은 어떻게 버리나요? 신고 방법과 수수료를 알려 주세요."
_HEAD_END = b"\r\n\r\n"


def signed_request(port: int, text: str = QUESTION, citizen: str = "") -> bytes:
    """A citizen's message as it goes over the wire, signed now; the message is new, as is a citizen not named."""
    message_id = uuid4().hex
    sender = {"id": citizen or uuid4().hex}
    return signed_post(port, "/channels/web", message_id, {"id": message_id, "from": sender, "text": text})


def signed_post(port: int, path: str, message_id: str, told: Mapping[str, object]) -> bytes:
    """Something that the hub shall hear, as it goes over the wire, signed now."""
    body = json.dumps(told, ensure_ascii=False).encode()
    signature = standardwebhooks.sign(SECRET, message_id, datetime.now(UTC), body)
    headers = {
        "host": f"127.0.0.1:{port}",
        "content-type": "application/json",
        "content-length": str(len(body)),
        **signature,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + body


@dataclass(frozen=True, slots=True)
class Answer:
    """What the hub answered: the status, and the request's id, which is the trace's."""

    status: int
    request_id: str


class Messages(asyncio.Protocol):
    """Cuts whole HTTP messages out of what arrives: all of ours have a content-length."""

    def __init__(self, whole: Callable[[bytes, bytes], None], lost: Callable[[], None] = lambda: None) -> None:
        self._whole, self._lost = whole, lost
        self._buffer = b""
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep it."""
        self.transport = cast(asyncio.Transport, transport)  # uvloop's own class

    def connection_lost(self, error: Exception | None) -> None:
        """Say so."""
        self._lost()

    def data_received(self, data: bytes) -> None:
        """Cut."""
        self._buffer += data
        while (end := self._buffer.find(_HEAD_END)) >= 0:
            head = self._buffer[:end].lower()
            length = int(value(head, b"content-length") or 0)
            after = end + len(_HEAD_END)
            if len(self._buffer) < after + length:
                return
            body, self._buffer = self._buffer[after : after + length], self._buffer[after + length :]
            self._whole(head, body)


def value(head: bytes, name: bytes) -> bytes:
    """A header's value in a head in small letters; empty if it is not there."""
    found = head.find(b"\r\n" + name + b":")
    return head[found + len(name) + 3 :].split(b"\r\n", 1)[0].strip() if found >= 0 else b""


class Citizens:
    """Kept connections; one request at a time on each."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._idle: list[_Citizen] = []

    async def send(self, request: bytes) -> Answer:
        """Send a request and wait for the answer. The connection that was used last is the one that is still open."""
        while self._idle:
            citizen = self._idle.pop()
            if not citizen.transport.is_closing():
                break
        else:
            citizen = await self._open()
        try:
            answer = await citizen.send(request)
        except ConnectionError:  # it was closed as the request went out: as every provider does, once more
            citizen = await self._open()
            answer = await citizen.send(request)
        self._idle.append(citizen)
        return answer

    async def _open(self) -> _Citizen:
        citizen = _Citizen()
        loop = asyncio.get_running_loop()
        told = Messages(citizen.told, citizen.lost)
        await loop.create_connection(lambda: told, "127.0.0.1", self._port)
        citizen.transport = told.transport
        return citizen


class _Citizen:
    def __init__(self) -> None:
        self.transport: asyncio.Transport
        self._answer: asyncio.Future[Answer]

    async def send(self, request: bytes) -> Answer:
        self._answer = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await self._answer

    def told(self, head: bytes, body: bytes) -> None:
        self._answer.set_result(Answer(int(head[9:12]), value(head, b"x-request-id").decode()))

    def lost(self) -> None:
        """The hub closed the connection, perhaps with a question open."""
        if not self._answer.done():
            self._answer.set_exception(ConnectionError("closed before the answer"))


class QuickSite:
    """The municipality's site: it takes replies and tells ``received`` their texts."""

    def __init__(self, received: Callable[[str], None]) -> None:
        self._received = received
        self.address = ""

    async def start(self) -> None:
        """Listen."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._protocol, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def _protocol(self) -> Messages:
        def whole(head: bytes, body: bytes) -> None:
            protocol.transport.write(
                b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}"
            )
            self._received(json.loads(body)["text"])

        protocol = Messages(whole)
        return protocol

    def close(self) -> None:
        """Leave."""
        self._server.close()


@dataclass
class Desk:
    """An agent who takes every offer: ``offered`` is called first, ``work`` then does what there is to do."""

    hub: Hub
    name: str
    channel: grpc.aio.Channel
    chats: int
    offered: Callable[[work_pb2.Offer], None]
    work: Callable[[Desk, work_pb2.Offer], None]
    _seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.metadata = self.hub.metadata(self.name, "agent")
        self.routing: Any = routing_grpc.RoutingServiceStub(self.channel)  # type: ignore[no-untyped-call] # generated
        self.intake: Any = intake_grpc.IntakeServiceStub(self.channel)  # type: ignore[no-untyped-call] # generated

    async def arrive(self) -> None:
        """Be known and ready."""
        record = work_pb2.Agent(id=self.name, languages=["ko"], capacity=25 * self.chats)
        chief = self.hub.metadata("chief", "supervisor")
        await self.routing.PutAgent(routing.PutAgentRequest(agent=record), metadata=chief)
        ready = routing.SetPresenceRequest(presence=work_pb2.PRESENCE_READY)
        await self.routing.SetPresence(ready, metadata=self.metadata)

    async def watch(self) -> None:
        """Read the desk's stream for ever."""
        async for told in self.routing.WatchDesk(routing.WatchDeskRequest(), metadata=self.metadata):
            for offer in pending(told):
                if offer.id not in self._seen:
                    self._seen.add(offer.id)
                    self.offered(offer)
                    self.work(self, offer)

    async def accept(self, offer: work_pb2.Offer) -> None:
        """Take an offer."""
        await self.routing.AcceptOffer(routing.AcceptOfferRequest(offer_id=offer.id), metadata=self.metadata)

    async def reply(self, case_id: str, text: str) -> None:
        """Answer the citizen."""
        request = intake.ReplyToCaseRequest(case_id=case_id, text=text, request_id=case_id)
        await self.intake.ReplyToCase(request, metadata=self.metadata)

    async def finish(self, work_item_id: str) -> None:
        """Done; the case is closed."""
        request = routing.FinishWorkRequest(work_item_id=work_item_id, close_case=True)
        await self.routing.FinishWork(request, metadata=self.metadata)


def pending(told: routing.WatchDeskResponse) -> Iterator[work_pb2.Offer]:
    """The offers that wait for an answer in what a desk is told."""
    found: Sequence[work_pb2.Offer] = told.desk.offers if told.HasField("desk") else [told.offer]
    return (offer for offer in found if offer.state == work_pb2.OFFER_STATE_PENDING)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def milliseconds_since(moment: float) -> float:
    """How long ago by the monotonic clock."""
    return (time.perf_counter() - moment) * 1000
