"""An agent who needs interpreters in journeys: takes calls, brings interpreters in, and sees who was asked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
from hub120.intake.v1 import case_pb2
from hub120.routing.v1 import routing_service_pb2 as routing_pb2
from hub120.routing.v1 import work_pb2
from hub120.translation.v1 import coverage_service_pb2_grpc, interpreter_service_pb2_grpc
from hub120.translation.v1 import interpreter_service_pb2 as interpreting
from hub120.translation.v1 import interpreting_pb2 as pb

from demo.interpreters import Partner
from demo.switchboard import Switchboard
from demo.volunteers import Volunteer
from tests.hub import RunningHub
from tests.ledger import Ledger
from tests.outside import signed
from tests.tap import Tap
from tests.waiting import eventually

VOICE, TEXT = case_pb2.MEDIUM_VOICE, case_pb2.MEDIUM_TEXT
ON_THE_WAY = 60.0
"""Seconds: what must happen at all, on a machine with much to do."""
SEVERAL_CALLS = 16
"""The capacity for some calls, in conversations in writing."""


@dataclass(frozen=True)
class Call:
    """A citizen on the line, the agent's work, and the bridge on which they talk."""

    citizen: str
    item: work_pb2.WorkItem
    bridge: str


def dialled(number: str) -> str:
    """A Korean number as the exchange dials it."""
    return f"PJSIP/0{number.removeprefix('+82')}@trunk"


class Agent:
    """An agent who needs interpreters, and the bus that others hear of it by."""

    def __init__(
        self, hub: RunningHub, partner: Partner, exchange: Switchboard, ledger: Ledger, tap: Tap
    ) -> None:  # fmt: skip
        self.hub, self.partner, self.exchange, self.ledger, self.tap = hub, partner, exchange, ledger, tap
        self.desk = hub.agent("kim", capacity=SEVERAL_CALLS)
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

    def take_a_call(self) -> Call:
        """A citizen calls, the agent takes it, and they talk."""
        citizen = self.exchange.call_in(f"+8210{uuid4().int % 10**8:08}")
        item = self.desk.accept(next(offer for offer in self.desk.offers() if offer.work_item.medium == VOICE))
        asked = routing_pb2.GetWorkItemRequest(work_item_id=item.id)

        def bridge() -> str:
            found = self.desk.routing.GetWorkItem(asked, metadata=self.metadata, timeout=30).work_item.conference_id
            return found if citizen in self.exchange.together(found) else ""

        return Call(citizen, item, eventually(bridge, ON_THE_WAY, "the citizen being put through") or "")

    def interpret(self, call: Call, language: str) -> pb.InterpreterSession:
        """Bring an interpreter into a call."""
        return self.start(language, case_id=call.item.case_id, work_item_id=call.item.id)

    def volunteer(self, session_id: str) -> Volunteer:
        """Whom the partner found."""

        def found() -> Volunteer | None:
            asked = self.partner.sessions.get((session_id, 1))
            return asked.volunteer if asked else None

        volunteer = eventually(found, ON_THE_WAY, "the partner finding somebody")
        assert volunteer is not None
        return volunteer

    def rings(self, telephone: str, before: int = 0) -> str:
        """The leg with which a number is dialled, after so many legs of all."""

        def found() -> str:
            legs = [leg for called, leg in self.exchange.dialled[before:] if called == dialled(telephone)]
            return legs[-1] if legs else ""

        return eventually(found, ON_THE_WAY, "an interpreter being called") or ""

    def rings_kim(self) -> str:
        """The last leg with which the agent was called."""
        return self.exchange.legs("PJSIP/kim")[-1]

    def end_call(self, call: Call) -> None:
        """The citizen hangs up, and the agent is done."""
        self.exchange.hang_up(call.citizen)
        self.desk.finish(call.item.id)

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
        return httpx.post(url, content=body.encode(), headers=headers, timeout=30)

    def trail(self, action: str, session_id: str = "") -> int:
        """How often something is on the audit trail."""
        query = "SELECT times FROM audit WHERE action = :action AND session_id = :session_id"
        rows = self.ledger.rows("translation", query, action=action, session_id=session_id)
        return sum(row["times"] for row in rows)
