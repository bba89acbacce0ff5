"""A hub of real processes for journeys: an api and a worker as operators start them, agents who speak gRPC, and what
citizens and providers do to its webhooks."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import grpc
import httpx
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.intake.v1 import intake_service_pb2_grpc as intake_grpc
from hub120.routing.v1 import routing_service_pb2 as routing
from hub120.routing.v1 import routing_service_pb2_grpc as routing_grpc
from hub120.routing.v1 import work_pb2

from chassis.auth import LocalIssuer
from chassis.crypto import Keyring
from tests.outside import KAKAO_SECRET, OUR_NUMBER, Outside, signed, skill_call, twilio_signed, web_message
from tests.servers.machine import free_port
from tests.waiting import eventually

ROOT = Path(__file__).parent.parent
READY_S = 60.0


def surroundings() -> dict[str, str]:
    """This process's environment, without what is set for a hub."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("HUB120_", "PYTHONDONT"))}


def hub120(environment: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``hub120`` with these arguments; fails with what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "chassis.cli", *arguments],
        env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done


class RunningHub:
    """An api and a worker process; ``environment`` says on which database and bus."""

    def __init__(self, folder: Path, environment: Mapping[str, str], outside: Outside) -> None:
        self.outside = outside
        self.site = outside.site
        self.http_port, self.grpc_port, self.worker_port = free_port(), free_port(), free_port()
        self.environment = {
            **surroundings(),
            "HUB120_DATA_DIR": str(folder),
            "HUB120_HTTP_ADDRESS": f"127.0.0.1:{self.http_port}",
            "HUB120_GRPC_ADDRESS": f"127.0.0.1:{self.grpc_port}",
            "HUB120_WORKER_ADDRESS": f"127.0.0.1:{self.worker_port}",
            "HUB120_PUBLIC_URL": f"http://127.0.0.1:{self.http_port}",
            "HUB120_AGENCY_URL": f"http://127.0.0.1:{self.http_port}",
            "HUB120_NOTICE_SECONDS": "0",
            "HUB120_KEYS_FILE": str(folder / "keyring.json"),
            "HUB120_TOKEN_KEY_FILE": str(folder / "token.key"),
            "HUB120_EMERGENCY_LINES": '{"112": "+82990112"}',  # whatever a test does, nobody is rung
            "HUB120_CONNECTOR_CLASSIFIER_KOREAN_LIMIT_CLASSIFY_DEADLINE_S": "20",  # where much else is done beside it
            **outside.environment(),
            **environment,
        }
        self.http_port = int(self.environment["HUB120_HTTP_ADDRESS"].rpartition(":")[2])
        self.folder = folder
        self._addresses = {
            **{kind: {"GRPC": free_port(), "HTTP": free_port()} for kind in ("second api", "third api")},
            "api": {"GRPC": int(self.environment["HUB120_GRPC_ADDRESS"].rpartition(":")[2]), "HTTP": self.http_port},
            "worker": {"WORKER": self.worker_port},
            "second worker": {"WORKER": free_port()},
        }
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._issuer = LocalIssuer(folder / "token.key")
        self._channel: grpc.Channel | None = None

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run ``hub120`` with these arguments; fails with what it printed."""
        return hub120(self.environment, *arguments)

    def start(self, *kinds: str) -> None:
        """Start processes (both, if none is named) and wait until they are ready; there may be a ``second worker``, and
        a second and a ``third api``."""
        for kind in kinds or ("api", "worker"):
            with (self.folder / f"{kind}.log").open("ab") as log:
                own = {f"HUB120_{door}_ADDRESS": f"127.0.0.1:{port}" for door, port in self._addresses[kind].items()}
                self._processes[kind] = subprocess.Popen(
                    [sys.executable, "-m", "chassis.cli", "serve", "all", kind.rpartition(" ")[2]],
                    env={**self.environment, **own}, cwd=ROOT, stderr=log, stdout=log,
                )  # fmt: skip
        for kind in kinds or ("api", "worker"):
            self.wait_ready(kind)

    def wait_ready(self, kind: str) -> None:
        """Wait until a process says it is ready."""
        port = self._health_port(kind)

        def answers() -> bool:
            assert self._processes[kind].poll() is None, f"the {kind} ended:\n{self.log(kind)[-4000:]}"
            try:
                return httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=2).status_code == 200
            except httpx.TransportError:
                return False

        try:
            eventually(answers, READY_S, f"the {kind} being ready")
        except AssertionError as error:
            raise AssertionError(f"{error}; it wrote:\n{self.log(kind)[-4000:]}") from error

    def _health_port(self, kind: str) -> int:
        addresses = self._addresses[kind]
        return addresses.get("HTTP") or addresses["WORKER"]

    def http_address(self, kind: str) -> str:
        """Where one of several apis takes webhooks."""
        return f"127.0.0.1:{self._addresses[kind]['HTTP']}"

    def grpc_address(self, kind: str) -> str:
        """Where one of several apis takes calls."""
        return f"127.0.0.1:{self._addresses[kind]['GRPC']}"

    def log(self, kind: str) -> str:
        """What a process wrote."""
        return (self.folder / f"{kind}.log").read_text()

    def pid(self, kind: str) -> int:
        """The process id."""
        return self._processes[kind].pid

    def kill(self, kind: str) -> None:
        """kill -9."""
        self._processes[kind].kill()
        self._processes[kind].wait()

    def leave(self, kind: str) -> int:
        """SIGTERM, and wait until it has ended: its exit code."""
        self._processes[kind].terminate()
        return self._processes[kind].wait(timeout=60)

    def connectors(self, kind: str = "worker") -> dict[str, Any]:
        """How a worker says its connectors fare, by their ids."""
        answer = httpx.get(f"http://127.0.0.1:{self._health_port(kind)}/connectors", timeout=30)
        return {one["id"]: one for one in answer.json()}

    def stop(self) -> None:
        """SIGTERM to all, and wait."""
        if self._channel:
            self._channel.close()
        for process in self._processes.values():
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self._processes.values():
            try:
                process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    close = stop

    def webhook(self, path: str) -> str:
        """The address of a channel."""
        return f"http://127.0.0.1:{self.http_port}/channels/{path}"

    def department_says(self, **ticket: Any) -> httpx.Response:
        """A department calls back."""
        body = json.dumps(ticket, ensure_ascii=False)
        url = f"http://127.0.0.1:{self.http_port}/departments/webhook_department/status"
        return httpx.post(url, content=body.encode(), headers=signed(uuid4().hex, body), timeout=30)

    def say(self, text: str, *, citizen: str = "", message_id: str = "", **more: Any) -> httpx.Response:
        """A citizen writes on the web site."""
        message_id = message_id or uuid4().hex
        body = web_message(text, citizen=citizen or uuid4().hex, message_id=message_id, **more)
        return httpx.post(self.webhook("web"), content=body.encode(), headers=signed(message_id, body), timeout=30)

    def report(self, **receipt: str) -> httpx.Response:
        """The web site reports on a reply."""
        body = json.dumps({"receipt": receipt}, ensure_ascii=False)
        headers = signed(uuid4().hex, body)
        return httpx.post(self.webhook("web"), content=body.encode(), headers=headers, timeout=30)

    def text_message(self, number: str, text: str, **more: str) -> httpx.Response:
        """A citizen sends a text message."""
        fields = {"MessageSid": f"SM{uuid4().hex}", "From": number, "To": OUR_NUMBER, "Body": text, "NumMedia": "0"}
        return self.twilio_calls(self.webhook("sms_twilio"), {**fields, **more})

    def twilio_calls(self, url: str, fields: Mapping[str, str]) -> httpx.Response:
        """The SMS provider calls a webhook."""
        return httpx.post(url, data=dict(fields), headers=twilio_signed(url, fields), timeout=30)

    def chat(self, user: str, text: str, *, callback: str = "") -> Any:
        """A citizen writes in KakaoTalk; returns what KakaoTalk is answered."""
        call = skill_call(text, user=user, callback=callback and self.outside.kakao.address + callback)
        headers = {"x-hub120-secret": KAKAO_SECRET, "x-request-id": uuid4().hex}
        answer = httpx.post(self.webhook("kakaotalk"), json=call, headers=headers, timeout=30)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def metadata(self, subject: str, *roles: str) -> tuple[tuple[str, str], ...]:
        """What a caller sends with each call."""
        return (("authorization", f"Bearer {self._issuer.issue(subject, roles or ('agent',))}"),)

    @property
    def channel(self) -> grpc.Channel:
        """One connection for all agents of the test."""
        if self._channel is None:
            self._channel = grpc.insecure_channel(f"127.0.0.1:{self.grpc_port}")
        return self._channel

    def lead_calls_over(self, channel: grpc.Channel) -> None:
        """Let all agents of the test use this connection, which is the hub's to close."""
        self._channel = channel

    def agent(self, name: str, *, languages: tuple[str, ...] = ("ko",), capacity: int = 1) -> AgentDesk:
        """An agent who is at work and ready."""
        desk = AgentDesk(self, name)
        record = work_pb2.Agent(id=name, languages=languages, capacity=capacity * 25)
        desk.routing.PutAgent(
            routing.PutAgentRequest(agent=record), metadata=self.metadata("chief", "supervisor"), timeout=30
        )
        desk.ready()
        return desk


class AgentDesk:
    """An agent's front end."""

    def __init__(self, hub: RunningHub, name: str) -> None:
        self.name = name
        self.metadata = hub.metadata(name, "agent")
        self.routing = routing_grpc.RoutingServiceStub(hub.channel)  # type: ignore[no-untyped-call] # generated without hints
        self.intake = intake_grpc.IntakeServiceStub(hub.channel)  # type: ignore[no-untyped-call] # generated without hints

    def presence(self, presence: work_pb2.Presence) -> None:
        """Come or go."""
        self.routing.SetPresence(routing.SetPresenceRequest(presence=presence), metadata=self.metadata, timeout=30)

    def ready(self) -> None:
        """Take work."""
        self.presence(work_pb2.PRESENCE_READY)

    def watch(self, resume_token: str = "", timeout_s: float = 120.0) -> Any:
        """The stream of the desk."""
        request = routing.WatchDeskRequest(resume_token=resume_token)
        return self.routing.WatchDesk(request, metadata=self.metadata, timeout=timeout_s)

    def offers(self) -> Iterator[work_pb2.Offer]:
        """Offers as they are made."""
        for told in self.watch():
            found = told.desk.offers if told.HasField("desk") else [told.offer] if told.HasField("offer") else []
            yield from (offer for offer in found if offer.state == work_pb2.OFFER_STATE_PENDING)

    def accept(self, offer: work_pb2.Offer) -> work_pb2.WorkItem:
        """Take an offer."""
        request = routing.AcceptOfferRequest(offer_id=offer.id)
        item: work_pb2.WorkItem = self.routing.AcceptOffer(request, metadata=self.metadata, timeout=30).work_item
        return item

    def case(self, case_id: str) -> intake.GetCaseResponse:
        """Read a case."""
        request = intake.GetCaseRequest(case_id=case_id)
        found: intake.GetCaseResponse = self.intake.GetCase(request, metadata=self.metadata, timeout=30)
        return found

    def case_of(self, address: str) -> str:
        """The id of the newest case of an address."""
        request = intake.ListCasesRequest(address=address, page_size=1)
        (case,) = self.intake.ListCases(request, metadata=self.metadata, timeout=30).cases
        found: str = case.id
        return found

    def reply(self, case_id: str, text: str, request_id: str = "") -> Any:
        """Answer the citizen."""
        request = intake.ReplyToCaseRequest(case_id=case_id, text=text, request_id=request_id or uuid4().hex)
        return self.intake.ReplyToCase(request, metadata=self.metadata, timeout=30).reply

    def finish(self, work_item_id: str, *, close_case: bool = True, seen: int = 0) -> work_pb2.WorkItem:
        """Done; ``seen`` is how many contacts the agent has seen."""
        request = routing.FinishWorkRequest(work_item_id=work_item_id, close_case=close_case, seen_contact_count=seen)
        item: work_pb2.WorkItem = self.routing.FinishWork(request, metadata=self.metadata, timeout=30).work_item
        return item


@contextmanager
def running_hub(
    folder: Path, environment: Mapping[str, str] | None = None, *, start: bool = True, migrated: bool = False
) -> Iterator[RunningHub]:
    """A hub with its outside world, migrated (unless its database already is) and started; stopped at the end."""
    outside = Outside()
    hub = RunningHub(folder, environment or {}, outside)
    try:
        if not (folder / "keyring.json").exists():
            Keyring.create(folder / "keyring.json")
        if not migrated:
            migrate(hub)
        if start:
            hub.start()
        yield hub
    finally:
        hub.stop()
        outside.close()


def migrate(hub: RunningHub) -> None:
    """What ``hub120 migrate`` does. A hub that begins on files of its own is given those that it made once."""
    elsewhere = {"HUB120_DATABASE", "HUB120_BUS"} & hub.environment.keys()
    if elsewhere or any(hub.folder.glob("*.db")):
        hub.command("migrate")
        return
    for name, content in migrated_files().items():
        (hub.folder / name).write_bytes(content)


@cache
def migrated_files() -> Mapping[str, bytes]:
    """The files that ``hub120 migrate`` makes where there are none: the tables of every service, and the bus."""
    with TemporaryDirectory() as folder:
        hub120({**surroundings(), "HUB120_DATA_DIR": folder}, "migrate")
        return {file.name: file.read_bytes() for file in Path(folder).glob("*.db*") if file.is_file()}
