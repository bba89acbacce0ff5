"""What anybody can say to a hub about interpreters, with personal data in every field that takes text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import grpc
from hub120.intake.v1 import case_pb2
from hub120.translation.v1 import coverage_service_pb2 as coverage
from hub120.translation.v1 import interpreter_service_pb2 as interpreting
from hub120.translation.v1 import interpreting_pb2 as pb
from hub120.translation.v1.coverage_service_pb2_grpc import CoverageServiceStub
from hub120.translation.v1.interpreter_service_pb2_grpc import InterpreterServiceStub

from tests.hub import RunningHub
from tests.planted import MAIL, NAME, NUMBER, SHORT

VOICE = case_pb2.MEDIUM_VOICE


def tell(hub: RunningHub, agent: Any, case_id: str, refused: Callable[[Any, object], None]) -> None:
    """A volunteer's telephone, why an interpreter was let go, and what is refused because of what it holds."""
    stub: Any = InterpreterServiceStub(hub.channel)  # type: ignore[no-untyped-call] # generated without hints
    keeper: Any = CoverageServiceStub(hub.channel)  # type: ignore[no-untyped-call] # generated without hints
    chief = hub.metadata("chief", "supervisor")
    volunteer = pb.Volunteer(id="han", languages=["mn"], hours=[pb.Hours()], telephone=NUMBER)
    keeper.PutVolunteer(coverage.PutVolunteerRequest(volunteer=volunteer), metadata=chief, timeout=30)
    hunt = pb.Provider(kind=pb.PROVIDER_KIND_VOLUNTEERS)
    rule = pb.CoverageRule(id="first", languages=["mn"], providers=[hunt])
    keeper.PutCoverageRule(coverage.PutCoverageRuleRequest(rule=rule), metadata=chief, timeout=30)
    _begin_and_replace(stub, agent, case_id)
    wrong: Any = {"case_id": case_id, "medium": VOICE, "request_id": NAME}
    refused(stub.StartSession, interpreting.StartSessionRequest(language=SHORT, **wrong))
    refused(stub.StartSession, interpreting.StartSessionRequest(language="mn", residence_status=SHORT, **wrong))
    refused(stub.GetSession, interpreting.GetSessionRequest(session_id=SHORT))
    refused(stub.ListSessions, interpreting.ListSessionsRequest(page_token=SHORT))
    refused(keeper.ListCoverage, coverage.ListCoverageRequest(languages=[NAME], residence_status=SHORT))
    refused(keeper.ListTerms, coverage.ListTermsRequest(language=MAIL))


def _begin_and_replace(stub: Any, agent: Any, case_id: str) -> None:
    """An interpreter is let go. Where the end of earlier work comes only now it takes the session along: then
    another is begun."""
    for number in range(10):
        start = interpreting.StartSessionRequest(
            case_id=case_id, language="mn", medium=VOICE, request_id=f"{MAIL}{number or ''}"
        )
        session = stub.StartSession(start, metadata=agent.metadata, timeout=30).session
        assert session.state == pb.SESSION_STATE_OFFERED
        replace = interpreting.ReplaceInterpreterRequest(
            session_id=session.id, attempt_number=1, reason=f"거절하는 속내 {SHORT}"
        )
        try:
            stub.ReplaceInterpreter(replace, metadata=agent.metadata, timeout=30)
        except grpc.RpcError as error:
            if error.code() is not grpc.StatusCode.FAILED_PRECONDITION:
                raise
        else:
            return
    raise AssertionError("every session was over before its interpreter was let go")
