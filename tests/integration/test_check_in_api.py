"""Check-in calls through gRPC, with a real client: who may ask, what is refused, pages, and a stream that resumes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import grpc
import pytest
from hub120.outreach.v1 import check_in_pb2 as pb
from hub120.outreach.v1 import (
    check_in_service_pb2,
    check_in_service_pb2_grpc,
    people_service_pb2,
    people_service_pb2_grpc,
    round_service_pb2,
    round_service_pb2_grpc,
)

from chassis import auth
from chassis.database import Database
from chassis.grpc_host import implemented
from chassis.streams import Streams
from services.outreach.domain.check_ins import CallResult
from services.outreach.grpc_api.check_ins import CheckInApi
from services.outreach.grpc_api.people import PeopleApi
from services.outreach.grpc_api.rounds import RoundApi
from services.outreach.store import rounds
from services.outreach.tables import metadata
from tests.integration.check_in_desk import CENTRE, DAUGHTER, NUMBER, Desk
from tests.integration.databases import Clock
from tests.integration.grpc_calls import answering, code_of, details, on_database

_STUBS: dict[str, Any] = {
    "people": (people_service_pb2, people_service_pb2_grpc.PeopleServiceStub),
    "rounds": (round_service_pb2, round_service_pb2_grpc.RoundServiceStub),
    "check_ins": (check_in_service_pb2, check_in_service_pb2_grpc.CheckInServiceStub),
}
PERSON: dict[str, Any] = {"name": "박영자", "telephone": NUMBER, "language": "ko"}
PROGRAMME: dict[str, Any] = {
    "name": "월요 안부", "weekdays": [1], "holidays": pb.HOLIDAY_RULE_MOVE, "calls_per_hour": 20, "tries": 2,
    "sheet_id": "living-alone",
}  # fmt: skip
GIVEN = {"meals": "all", "medicine": "taken", "warmth": "yes", "mood": "3", "wishes": "외로워요"}
WRONG, DENIED = grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.PERMISSION_DENIED


class FrontEnd:
    """Somebody's front end, and the desk behind it."""

    def __init__(self, channel: grpc.aio.Channel, issuer: auth.LocalIssuer, desk: Desk) -> None:
        self._channel, self._issuer, self.desk = channel, issuer, desk

    def call(self, service: str, method: str, role: str = "agent", **request: Any) -> Any:
        """Call a method."""
        contract, stub = _STUBS[service]
        metadata = [("authorization", f"Bearer {self._issuer.issue('kim', [role], 60)}"), ("hub120-purpose", "care")]
        return getattr(stub(self._channel), method)(
            getattr(contract, f"{method}Request")(**request), metadata=metadata, timeout=20
        )

    def put(self, **more: Any) -> Any:
        """Write somebody."""
        return self.call("people", "PutPerson", person=pb.Person(**{"id": str(uuid4()), **PERSON, **more}))


@asynccontextmanager
async def front_end(folder: Path, database: Database, clock: Clock) -> AsyncIterator[FrontEnd]:
    streams = Streams(lambda ids: database.read(rounds.sequences, ids))
    desk = Desk(database, clock)
    served = (
        implemented(people_service_pb2, people_service_pb2_grpc, PeopleApi(database, CENTRE)),
        implemented(round_service_pb2, round_service_pb2_grpc, RoundApi(database, streams, CENTRE)),
        implemented(check_in_service_pb2, check_in_service_pb2_grpc, CheckInApi(database, CENTRE)),
    )
    async with answering(folder, *served) as (channel, issuer):
        yield FrontEnd(channel, issuer, desk)


@pytest.fixture
def run(tmp_path: Path) -> Callable[[Callable[[FrontEnd], Awaitable[None]]], None]:
    """Run a test against a server of its own."""
    clock, address = Clock(), f"sqlite:///{tmp_path}/{{service}}.db"
    return on_database(address, "outreach", metadata, clock, lambda database: front_end(tmp_path, database, clock))


Run = Callable[[Callable[[FrontEnd], Awaitable[None]]], None]


def test_a_person_is_written_agreed_enrolled_called_and_shown_with_a_purpose(run: Run) -> None:
    async def test(front: FrontEnd) -> None:
        second = pb.SecondContact(name="김딸", relation="딸", telephone="010-1111-2222", agreed=True)
        window = pb.Window(weekday=1, start_minute=540, end_minute=600)
        told = (await front.put(telephone="010 3333 4444", second_contact=second, windows=[window])).person
        assert (told.name, told.telephone, told.agreed) == ("", "", False)
        consent: dict[str, Any] = {"how": pb.CONSENT_HOW_WRITTEN, "wording": "2026-05", "request_id": "r-1"}
        assert (await front.call("people", "RecordCallConsent", person_id=told.id, **consent)).person.agreed
        found = (await front.call("people", "GetPerson", person_id=told.id)).person
        assert (found.name, found.telephone, found.second_contact.telephone) == ("박영자", NUMBER, DAUGHTER)
        assert list(found.windows) == [window]
        programme = pb.Programme(id=front.desk.programme_id, **PROGRAMME)
        assert await code_of(front.call("rounds", "PutProgramme", programme=programme)) is DENIED
        await front.call("rounds", "PutProgramme", "supervisor", programme=programme)
        for _ in range(2):
            await front.call("rounds", "Enrol", programme_id=programme.id, person_id=told.id)
        listed = (await front.call("rounds", "ListRounds")).rounds
        assert [one.day for one in listed] == ["2026-09-21", "2026-09-14"]
        (check_in,) = (await front.call("check_ins", "ListCheckIns", round_id=listed[1].id)).check_ins
        front.desk.check_in_id, front.desk.person_id = check_in.id, told.id
        front.desk.until(9)
        front.desk.call(CallResult.ANSWERED)
        opened_one = await front.call("check_ins", "GetCheckIn", check_in_id=check_in.id)
        assert (opened_one.person.name, opened_one.sheet_id) == ("박영자", "living-alone")
        answers = [{"question_id": name, "value": value} for name, value in GIVEN.items()]
        sheet = {"check_in_id": check_in.id, "version": 1, "answers": answers, "request_id": "s-1"}
        submitted = await front.call("check_ins", "SubmitSheet", needs=["company"], **sheet)
        assert submitted.check_in.state == pb.CHECK_IN_STATE_COMPLETED
        assert [(one.kind, one.words) for one in submitted.signs] == [("loneliness", "외로워요")]
        decided = await front.call("check_ins", "DecideSign", sign_id=submitted.signs[0].id, confirmed=True)
        assert (decided.sign.state, decided.sign.decided_by) == (pb.SIGN_STATE_CONFIRMED, "kim")
        taken = await details(front.put(telephone="+82-10-3333-4444"))
        assert (taken["code"], taken["ErrorInfo"].reason) == (grpc.StatusCode.ABORTED, "TELEPHONE_TAKEN")
        assert (await front.call("people", "WithdrawCallConsent", person_id=told.id)).cancelled == 1
        again = await details(front.call("rounds", "Enrol", programme_id=programme.id, person_id=told.id))
        assert again["ErrorInfo"].reason == "NOT_AGREED"

    run(test)


def test_rounds_are_watched_from_an_entry_on_and_lists_come_in_pages(run: Run) -> None:
    async def test(front: FrontEnd) -> None:
        front.desk.opens()
        front.desk.call(CallResult.NO_ANSWER)
        round_id = front.desk.row.round_id
        stream = front.call("rounds", "WatchRound", round_id=round_id, after_sequence=2)
        told = [(await stream.read()).entry for _ in range(3)]
        stream.cancel()
        assert [(one.sequence, one.kind) for one in told] == [(3, "call"), (4, "call_ended"), (5, "moved")]
        first = await front.call("rounds", "ListRounds", page_size=1)
        second = await front.call("rounds", "ListRounds", page_size=1, page_token=first.next_page_token)
        assert [one.day for one in (*first.rounds, *second.rounds)] == ["2026-09-21", "2026-09-14"]
        assert second.next_page_token == ""
        assert await code_of(front.call("rounds", "ListRounds", page_token="other")) is WRONG
        assert await code_of(front.call("rounds", "GetRound", round_id=str(uuid4()))) is grpc.StatusCode.NOT_FOUND

    run(test)


WRONG_PEOPLE: dict[str, dict[str, Any]] = {
    "person.id": {"id": "x"},
    "person.name": {"name": ""},
    "person.telephone": {"telephone": "03-nowhere"},
    "person.language": {"language": "Korean"},
    "person.district": {"district": "411"},
    "person.birth_year": {"birth_year": 2100},
    "person.bond_ids": {"bond_ids": ["한 사람"]},
    "person.windows": {"windows": [pb.Window(weekday=8, start_minute=0, end_minute=10)]},
    "person.office": {"office": pb.LocalOffice(department="a", telephone="+82312281234")},
    "person.second_contact.telephone": {"second_contact": pb.SecondContact(telephone="abc")},
    "person.notes": {"notes": "x" * 2_001},
}
WRONG_PROGRAMMES: dict[str, dict[str, Any]] = {
    "programme.weekdays": {"weekdays": [0]},
    "programme.holidays": {"holidays": 0},
    "programme.calls_per_hour": {"calls_per_hour": 0},
    "programme.tries": {"tries": 9},
    "programme.hours": {"hours": {"retry": float("nan")}},
    "programme.sheet_id": {"sheet_id": "한국"},
}


def test_what_cannot_be_right_is_refused_by_field(run: Run) -> None:
    async def test(front: FrontEnd) -> None:
        for field, more in WRONG_PEOPLE.items():
            told = await details(front.put(**more))
            assert [one.field for one in told["BadRequest"].field_violations] == [field], field
        for field, more in WRONG_PROGRAMMES.items():
            programme = pb.Programme(**{"id": str(uuid4()), **PROGRAMME, **more})
            told = await details(front.call("rounds", "PutProgramme", "supervisor", programme=programme))
            assert [one.field for one in told["BadRequest"].field_violations] == [field], field
        which = {"check_in_id": str(uuid4())}
        asked: dict[str, dict[str, Any]] = {
            "GetCheckIn": {**which, "case_id": str(uuid4())},
            "ListCheckIns": {},
            "SubmitSheet": {**which, "version": 1, "request_id": ""},
            "OrderVisit": {**which, "visitor": "박 방문"},
            "ReportOutcome": {**which, "outcome": 99},
            "GetSheet": {"sheet_id": ""},
        }
        for method, more in asked.items():
            assert await code_of(front.call("check_ins", method, **more)) is WRONG, method
        assert await code_of(front.call("check_ins", "ReportCall", **which)) is grpc.StatusCode.NOT_FOUND
        empty = pb.CallSheet(id="s", questions=[pb.Question(id="q")])
        assert await code_of(front.call("check_ins", "PutSheet", "supervisor", sheet=empty)) is WRONG
        assert await code_of(front.call("check_ins", "TakeCheckInEscalation", **which)) is DENIED

    run(test)


def test_a_sheet_is_written_in_versions(run: Run) -> None:
    async def test(front: FrontEnd) -> None:
        sheet = (await front.call("check_ins", "GetSheet", sheet_id="living-alone")).sheet
        assert sheet.version == 1
        sheet.questions[0].words.en = "Did you eat?"
        for _ in range(2):
            told = (await front.call("check_ins", "PutSheet", "supervisor", sheet=sheet)).sheet
            assert told.version == 2
        assert (await front.call("check_ins", "GetSheet", sheet_id="living-alone", version=1)).sheet.version == 1

    run(test)
