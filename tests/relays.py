"""An agent's front end in a written conversation: it says things, keeps everything it is told, and calls again with its
last sequence whenever the stream ends."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import grpc
from hub120.intake.v1 import case_pb2
from hub120.translation.v1 import interpreter_service_pb2 as pb
from hub120.translation.v1 import interpreter_service_pb2_grpc, interpreting_pb2

from tests.hub import AgentDesk, RunningHub
from tests.waiting import eventually

PATIENCE_S = 120.0


class Relayed:
    """One agent in one conversation: one that the agent begins, or, without a language, the one that goes on."""

    def __init__(self, hub: RunningHub, desk: AgentDesk, case_id: str, language: str = "") -> None:
        self.stub: Any = interpreter_service_pb2_grpc.InterpreterServiceStub(hub.channel)  # type: ignore[no-untyped-call] # generated without hints
        self._metadata = desk.metadata
        self.session_id = self._start(case_id, language) if language else self._going_on(case_id)
        self.told: list[interpreting_pb2.RelayedMessage] = []
        """Messages as the stream told them, one after another."""
        self.sequences: list[int] = []
        self.said: dict[str, int] = {}
        """The numbers of what was said, by request."""
        self.refused: dict[str, str] = {}
        self._unsaid: dict[str, pb.Say] = {}
        self._requests: queue.Queue[pb.RelayRequest] = queue.Queue()
        self._lock = threading.Lock()
        self._call: Any = None
        self._ended = False
        self._begin()
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()

    def _start(self, case_id: str, language: str) -> str:
        request = pb.StartSessionRequest(
            case_id=case_id, language=language, medium=case_pb2.MEDIUM_TEXT, request_id=uuid4().hex
        )
        started: str = self.stub.StartSession(request, metadata=self._metadata, timeout=30).session.id
        return started

    def _going_on(self, case_id: str) -> str:
        request = pb.ListSessionsRequest(case_id=case_id, active=True)

        def found() -> str:
            sessions = self.stub.ListSessions(request, metadata=self._metadata, timeout=30).sessions
            return str(sessions[0].id) if sessions else ""

        return eventually(found, PATIENCE_S, "a session of the case") or ""

    def say(self, text: str, *, confirm: bool = False) -> str:
        """Say something, again after each new beginning of the stream until it is stored; returns its request id."""
        say = pb.Say(request_id=uuid4().hex, text=text, confirm_machine=confirm)
        with self._lock:
            self._unsaid[say.request_id] = say
            self._requests.put(pb.RelayRequest(say=say))
        return say.request_id

    def session(self) -> interpreting_pb2.InterpreterSession:
        """As it stands."""
        request = pb.GetSessionRequest(session_id=self.session_id)
        found: interpreting_pb2.InterpreterSession = self.stub.GetSession(
            request, metadata=self._metadata, timeout=30
        ).session
        return found

    def wait_for(self, state: int) -> None:
        """Until the session stands there."""
        eventually(lambda: self.session().state == state, PATIENCE_S, f"the session being {state}")

    def ends(self, direction: int) -> list[interpreting_pb2.RelayedMessage]:
        """The messages of a direction that have come to their translation, or failed, in the order they were told."""
        over = {interpreting_pb2.RELAY_STATE_TRANSLATED, interpreting_pb2.RELAY_STATE_FAILED}
        return [one for one in list(self.told) if one.direction == direction and one.state in over]

    def cut(self) -> None:
        """The connection is lost."""
        self._call.cancel()

    def close(self) -> None:
        """Leave."""
        self._ended = True
        self._call.cancel()
        self._thread.join(20)

    def _follow(self) -> None:
        while not self._ended:
            try:
                for response in self._call:
                    self._take(response)
            except grpc.RpcError:
                time.sleep(0.1)  # the front end waits a moment before it calls again
            self._begin()
        self._call.cancel()

    def _begin(self) -> None:
        """A new stream goes on where the last one ended, and says first what was not stored yet."""
        last = self.sequences[-1] if self.sequences else 0
        with self._lock:
            self._requests = queue.Queue()
            self._requests.put(pb.RelayRequest(open=pb.OpenRelay(session_id=self.session_id, after_sequence=last)))
            for say in self._unsaid.values():
                self._requests.put(pb.RelayRequest(say=say))
        self._call = self.stub.Relay(self._outgoing(self._requests), metadata=self._metadata)

    def _outgoing(self, requests: queue.Queue[pb.RelayRequest]) -> Iterator[pb.RelayRequest]:
        while not self._ended and requests is self._requests:
            try:
                yield requests.get(timeout=0.5)
            except queue.Empty:
                continue

    def _take(self, response: pb.RelayResponse) -> None:
        if response.sequence:
            self.sequences.append(response.sequence)
        if response.HasField("said"):
            self.said[response.said.request_id] = response.said.number
            self._forget(response.said.request_id)
        elif response.HasField("refused"):
            self.refused[response.refused.request_id] = response.refused.reason
            self._forget(response.refused.request_id)
        elif response.HasField("message"):
            self.told.append(response.message)

    def _forget(self, request_id: str) -> None:
        with self._lock:
            self._unsaid.pop(request_id, None)
