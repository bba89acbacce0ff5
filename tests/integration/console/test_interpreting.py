"""An interpreter with whom nobody understands each other is replaced from the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hub120.intake.v1 import case_pb2
from hub120.translation.v1 import coverage_service_pb2 as coverage
from hub120.translation.v1 import interpreter_service_pb2 as interpreting
from hub120.translation.v1 import interpreting_pb2 as pb

from demo.interpreters import Partner
from tests.hub import RunningHub
from tests.integration.console.taking import take
from tests.seat import Seat
from tests.waiting import eventually

pytestmark = pytest.mark.slow


def test_an_interpreter_is_let_go_and_the_next_one_asked(
    hub: RunningHub, partner: Partner, seat: Callable[..., Seat]
) -> None:
    partners = [pb.Provider(kind=pb.PROVIDER_KIND_PARTNER, connector="interpreter_http")] * 2
    rule = pb.CoverageRule(id="twice", languages=["mn"], media=[case_pb2.MEDIUM_TEXT], providers=partners)
    seat("chief", "supervisor").ask(coverage.PutCoverageRuleRequest(rule=rule))
    moon = seat("moon")
    case_id = take(hub, moon, "Сайн байна уу", "mn")
    moon.done(f"/desk/cases/{case_id}/interpreting", "start", language="mn", medium="text")
    moon.shows("interpreting-now", "통역 중")
    first = session(moon, case_id)
    assert first.attempts[0].interpreter in moon.text("interpreting-now")
    moon.done("/replace", reason="사투리를 알아듣지 못함")
    then = eventually(lambda: replaced(session(moon, case_id)), 20, "the next one being there")
    assert then is not None
    assert [one.number for one in then.attempts] == [1, 2]
    moon.until(lambda: moon.text("interpreting-now").count("· 받음 ·") == 2, "both on the page")
    assert partner.sessions[first.id, 1].state == "ended"


def session(agent: Seat, case_id: str) -> pb.InterpreterSession:
    """The interpreters of a case, as the hub has them."""
    (found,) = agent.ask(interpreting.ListSessionsRequest(case_id=case_id)).sessions
    whole: pb.InterpreterSession = found
    return whole


def replaced(found: pb.InterpreterSession) -> pb.InterpreterSession | None:
    """The session, once another interpreter is in it."""
    return found if found.state == pb.SESSION_STATE_CONNECTED and len(found.attempts) > 1 else None
