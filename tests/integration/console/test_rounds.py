"""A round of check-in calls from the floor: who did not answer, a sign in somebody's words that is decided about, and
an escalation that a supervisor takes and settles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from hub120.outreach.v1 import check_in_pb2 as pb
from hub120.outreach.v1 import check_in_service_pb2 as check_ins
from hub120.outreach.v1 import people_service_pb2 as people
from hub120.outreach.v1 import round_service_pb2 as rounds

from demo.switchboard import Switchboard
from tests.hub import RunningHub
from tests.integration.console.calling import ONE_CALL, rings
from tests.seat import Seat
from tests.waiting import eventually

pytestmark = pytest.mark.slow
NO_ANSWER = 19
"""Why an exchange says that nobody came: Q.850."""


@dataclass(frozen=True)
class Round:
    """Today's round of a programme in which one person is called by one agent."""

    id: str
    agent: Seat
    telephone: str

    @property
    def check_in(self) -> pb.CheckIn:
        """As the hub has it."""
        (found,) = self.agent.ask(check_ins.ListCheckInsRequest(round_id=self.id)).check_ins
        whole: pb.CheckIn = found
        return whole


@pytest.fixture
def today(hub: RunningHub, seat: Callable[..., Seat]) -> Round:
    """Somebody has agreed to be called, by Sora, who is not at work yet."""
    chief, sora = seat("chief", "supervisor"), seat("sora")
    hub.agent(sora.subject, capacity=ONE_CALL)
    sora.open("/desk").done("/desk/presence", "offline")
    digits = f"{uuid4().int % 10**8:08}"
    programme = pb.Programme(
        id=str(uuid4()), name="매일 안부", weekdays=range(1, 8), holidays=pb.HOLIDAY_RULE_CALL, calls_per_hour=600,
        sheet_id="living-alone", tries=1,
    )  # fmt: skip
    chief.ask(rounds.PutProgrammeRequest(programme=programme))
    person = pb.Person(id=str(uuid4()), name="박영자", telephone=f"010{digits}", language="ko", bond_ids=[sora.subject])
    sora.ask(people.PutPersonRequest(person=person))
    agreed: dict[str, Any] = {"how": pb.CONSENT_HOW_SPOKEN, "wording": "2026-05", "request_id": uuid4().hex}
    sora.ask(people.RecordCallConsentRequest(person_id=person.id, **agreed))
    sora.ask(rounds.EnrolRequest(programme_id=programme.id, person_id=person.id))
    found = sora.ask(rounds.ListRoundsRequest(programme_id=programme.id)).rounds
    return Round(min(found, key=lambda one: one.day).id, sora, f"PJSIP/010{digits}@trunk")


def test_whoever_does_not_answer_is_on_the_round_and_a_supervisor_takes_and_settles_it(
    exchange: Switchboard, seat: Callable[..., Seat], today: Round
) -> None:
    sora = today.agent
    exchange.answering.add(f"PJSIP/{sora.subject}")
    sora.done("/desk/presence", "ready")
    sora.done("/accept")
    exchange.hang_up(rings(exchange, today.telephone), NO_ANSWER)
    own = f"PJSIP/{sora.subject}"
    eventually(lambda: not {*exchange.legs(own)} & {*exchange.channels}, 20, "the telephone being put down")
    sora.shows("work-now", "이 상담")
    sora.done("/wrap_up/finish", close_case=[])
    eventually(lambda: today.check_in.escalation, 20, f"nobody having answered: {today.check_in}")
    chief = seat("boss", "supervisor").open(f"/floor/rounds/{today.id}")
    chief.shows("round", "방문")
    chief.open("/floor/rounds")
    one = today.check_in.id
    chief.shows("escalations", "찾아갈 곳이 정해지지 않음")
    chief.done(f"/escalations/{one}", "no")
    assert chief.subject in chief.text("escalations")
    assert today.check_in.escalation_taken_by == chief.subject
    other = seat("other", "supervisor").open("/floor/rounds")
    assert other.refused(f"/escalations/{one}", "yes") == "다른 사람이 먼저 바꾸었습니다. 다시 읽고 정해 주세요."
    chief.done(f"/escalations/{one}", "yes")
    assert not chief.forms(f"/escalations/{one}")
    assert today.check_in.escalation == ""


def test_a_sign_is_decided_about_where_the_words_stand(seat: Callable[..., Seat], today: Round) -> None:
    given = {"meals": "all", "medicine": "taken", "warmth": "yes", "mood": "3", "wishes": "어제 욕실에서 넘어졌어요"}
    answers = [pb.Answer(question_id=question, value=value) for question, value in given.items()]
    submitted = check_ins.SubmitSheetRequest(
        check_in_id=today.check_in.id, version=1, answers=answers, request_id=uuid4().hex
    )
    (sign,) = today.agent.ask(submitted).signs
    chief = seat("boss", "supervisor").open(f"/floor/check-ins/{today.check_in.id}")
    assert "박영자" in chief.text()
    assert "아픔" in chief.text("signs")
    assert sign.words in chief.text("signs")
    other = seat("other", "supervisor").open(chief.path)
    chief.done(f"/signs/{sign.id}", "yes")
    assert chief.subject in chief.text("signs")
    assert not chief.forms(f"/signs/{sign.id}")
    assert other.refused(f"/signs/{sign.id}", "no") == "다른 사람이 다르게 정했습니다. 그 사람과 의논하세요."
    found = chief.ask(check_ins.GetCheckInRequest(check_in_id=today.check_in.id)).signs
    assert [(one.state, one.decided_by) for one in found] == [(pb.SIGN_STATE_CONFIRMED, chief.subject)]
    chief.open(f"/floor/rounds/{today.id}")
    assert "정해야 할 징후 0" in chief.text("round")
