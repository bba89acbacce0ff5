"""Coverage and sessions through gRPC, with a real client: who may ask, what is refused, pages, and a stream that ends
with its session."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import grpc
import pytest
from hub120.intake.v1 import case_pb2
from hub120.translation.v1 import (
    coverage_service_pb2,
    coverage_service_pb2_grpc,
    interpreter_service_pb2,
    interpreter_service_pb2_grpc,
)
from hub120.translation.v1 import interpreting_pb2 as pb
from hub120_sdk import Manifest

from chassis import auth, grpc_host
from chassis.connectors.registry import Found
from chassis.database import Database
from chassis.settings import Settings
from chassis.streams import Streams
from services.translation.abilities import AbilitiesNow
from services.translation.grpc_api.coverage import CoverageApi
from services.translation.grpc_api.interpreter import InterpreterApi
from services.translation.store import relaying, sessions
from services.translation.tables import metadata
from tests.integration.databases import Clock
from tests.integration.grpc_calls import answering, code_of, details, on_database
from tests.integration.interpreting_desk import Knows
from tests.odd_connectors import host

VOICE, TEXT = case_pb2.MEDIUM_VOICE, case_pb2.MEDIUM_TEXT
PARTNER = pb.Provider(kind=pb.PROVIDER_KIND_PARTNER, connector="interpreter_http")
CASE = "0199e0f2-7c00-7abc-8def-00000000000c"


class Desk:
    """Somebody's front end."""

    def __init__(self, channel: grpc.aio.Channel, issuer: auth.LocalIssuer, streams: Streams) -> None:
        self._issuer, self.streams = issuer, streams
        self._stubs = {
            coverage_service_pb2: coverage_service_pb2_grpc.CoverageServiceStub(channel),  # type: ignore[no-untyped-call]
            interpreter_service_pb2: interpreter_service_pb2_grpc.InterpreterServiceStub(channel),  # type: ignore[no-untyped-call]
        }

    def call(self, method: str, role: str = "supervisor", subject: str = "chief", **request: Any) -> Any:
        """Call a method of either service."""
        metadata = [("authorization", f"Bearer {self._issuer.issue(subject, [role], 60)}")]
        contract = next(one for one in self._stubs if hasattr(one, f"{method}Request"))
        asked = getattr(contract, f"{method}Request")(**request)
        return getattr(self._stubs[contract], method)(asked, metadata=metadata, timeout=20)


@asynccontextmanager
async def served(database: Database, folder: Path, clock: Clock) -> AsyncIterator[Desk]:
    connectors = host(
        Found(Manifest("interpreter_http", "P", frozenset({"interpreter"}), "t"), "tests.odd", lambda _: Knows()),
        Found(Manifest("translator_papago", "M", frozenset({"translator"}), "t"), "tests.odd", lambda _: Knows("en")),
    )
    abilities, streams = AbilitiesNow(connectors, clock), Streams(lambda ids: database.read(sessions.sequences, ids))
    relays = Streams(lambda ids: database.read(relaying.sequences, ids))
    services = [
        grpc_host.implemented(
            coverage_service_pb2, coverage_service_pb2_grpc, CoverageApi(Settings(), database, abilities)
        ),
        grpc_host.implemented(
            interpreter_service_pb2,
            interpreter_service_pb2_grpc,
            InterpreterApi(Settings(), database, streams, relays, abilities),
        ),
    ]
    async with answering(folder, *services) as (channel, issuer):
        yield Desk(channel, issuer, streams)


@pytest.fixture
def on(database_address: str, clock: Clock, tmp_path: Path) -> Callable[[Callable[[Desk], Awaitable[None]]], None]:
    """Runs a test against services of its own."""
    return on_database(database_address, "translation", metadata, clock, lambda kept: served(kept, tmp_path, clock))


def rule(**more: Any) -> pb.CoverageRule:
    return pb.CoverageRule(**{"id": "mine", "position": 1, "languages": ["ar"], "providers": [PARTNER], **more})


def volunteer(**more: Any) -> pb.Volunteer:
    return pb.Volunteer(**{"id": "han", "languages": ["mn"], "telephone": "010-1234-5678", **more})


def term(**more: Any) -> pb.Term:
    return pb.Term(**{"korean": "주민센터", "language": "ar", "translation": "مركز الخدمة", **more})


def test_the_answers_of_a_moment_are_told_for_all_that_is_covered(on: Any) -> None:
    async def test(desk: Desk) -> None:
        told = await desk.call("ListCoverage", "agent", time=datetime(2026, 5, 3, 18, tzinfo=UTC))
        assert len(told.coverage) == 20 * 3
        assert all(one.providers[-1].kind == pb.PROVIDER_KIND_CALLBACK for one in told.coverage)
        mongolian = next(one for one in told.coverage if (one.language, one.medium) == ("mn", VOICE))
        assert [one.connector for one in mongolian.providers] == ["interpreter_http", ""], "no other is installed"
        assert mongolian.change_time.ToDatetime(UTC) == datetime(2026, 5, 4, 0, tzinfo=UTC)
        (machine,) = [one for one in told.coverage if any(by.kind == pb.PROVIDER_KIND_MACHINE for by in one.providers)]
        assert (machine.language, machine.medium) == ("en", TEXT)
        (uzbek,) = (await desk.call("ListCoverage", "service", languages=["uz"], medium=TEXT)).coverage
        assert [one.kind for one in uzbek.providers] == [pb.PROVIDER_KIND_CALLBACK]
        assert not uzbek.rule_id
        names = {one.code: one.name_ko for one in (await desk.call("ListLanguages", "agent")).languages}
        assert (len(names), names["kvk"], names["hi"]) == (20, "한국수어", "힌디어")

    on(test)


def test_whoever_writes_the_first_rule_keeps_the_rest_of_the_sample(on: Any) -> None:
    async def test(desk: Desk) -> None:
        before = (await desk.call("ListCoverageRules")).rules
        hours = [pb.Hours(days=["SU"], from_time="22:00", to_time="06:00", except_holidays=True)]
        wanted = rule(media=[VOICE], residence_statuses=["student"], hours=hours)
        kept = (await desk.call("PutCoverageRule", rule=wanted)).rule
        assert (kept.hours[0].days, kept.hours[0].to_time, list(kept.media)) == (["SU"], "06:00", [VOICE])
        assert kept.providers[0].answer_within.seconds == 30
        after = (await desk.call("ListCoverageRules")).rules
        assert [one.id for one in after] == ["mine", *(one.id for one in before)]
        await desk.call("RemoveCoverageRule", rule_id="mine")
        assert list((await desk.call("ListCoverageRules")).rules) == list(before)
        again = desk.call("RemoveCoverageRule", rule_id="mine")
        assert await code_of(again) is grpc.StatusCode.NOT_FOUND

    on(test)


@pytest.mark.parametrize(
    ("method", "request_", "field"),
    [
        ("ListCoverage", {"languages": ["arabic"]}, "languages"),
        ("ListCoverage", {"languages": ["ar"] * 101}, "languages"),
        ("ListCoverage", {"medium": 9}, "medium"),
        ("ListCoverage", {"residence_status": "관광객"}, "residence_status"),
        ("ListCoverage", {"time": datetime(2060, 1, 1, tzinfo=UTC)}, "time"),
        ("PutCoverageRule", {}, "rule"),
        ("PutCoverageRule", {"rule": rule(id="Mine")}, "rule.id"),
        ("PutCoverageRule", {"rule": rule(position=-1)}, "rule.position"),
        ("PutCoverageRule", {"rule": rule(languages=["xx"])}, "rule.languages"),
        ("PutCoverageRule", {"rule": rule(media=[0])}, "rule.media"),
        ("PutCoverageRule", {"rule": rule(residence_statuses=[""])}, "rule.residence_statuses"),
        ("PutCoverageRule", {"rule": rule(hours=[pb.Hours(days=["MON"])])}, "rule.hours"),
        ("PutCoverageRule", {"rule": rule(hours=[pb.Hours(from_time="9:00", to_time="18:00")])}, "rule.hours"),
        ("PutCoverageRule", {"rule": rule(hours=[pb.Hours(from_time="09:00", to_time="09:00")])}, "rule.hours"),
        ("PutCoverageRule", {"rule": rule(hours=[pb.Hours(from_time="09:00")])}, "rule.hours"),
        ("PutCoverageRule", {"rule": rule(providers=[])}, "rule.providers"),
        ("PutCoverageRule", {"rule": rule(providers=[pb.Provider()])}, "rule.providers"),
        ("PutCoverageRule", {"rule": rule(providers=[pb.Provider(kind=pb.PROVIDER_KIND_PARTNER)])}, "rule.providers"),
        ("PutCoverageRule", {"rule": rule(providers=[pb.Provider(kind=pb.PROVIDER_KIND_CALLBACK)])}, "rule.providers"),
        (
            "PutCoverageRule",
            {"rule": rule(providers=[pb.Provider(kind=pb.PROVIDER_KIND_VOLUNTEERS, answer_within={"seconds": 4})])},
            "rule.providers",
        ),
        ("PutVolunteer", {"volunteer": volunteer(id="")}, "volunteer.id"),
        ("PutVolunteer", {"volunteer": volunteer(languages=[])}, "volunteer.languages"),
        ("PutVolunteer", {"volunteer": volunteer(telephone="")}, "volunteer.telephone"),
        ("PutVolunteer", {"volunteer": volunteer(telephone="112")}, "volunteer.telephone"),
        ("PutVolunteer", {"volunteer": volunteer(telephone="한 선생님")}, "volunteer.telephone"),
        ("PutVolunteer", {"volunteer": volunteer(minutes_a_day=1441)}, "volunteer.minutes_a_day"),
        ("ListVolunteers", {"language": "xx"}, "language"),
        ("ListVolunteers", {"page_size": 201}, "page_size"),
        ("PutTerm", {"term": term(korean="")}, "term.korean"),
        ("PutTerm", {"term": term(translation="a" * 201)}, "term.translation"),
        ("PutTerm", {"term": term(note="a" * 501)}, "term.note"),
        ("PutTerm", {"term": term(language="")}, "term.language"),
        ("RemoveTerm", {"korean": "주민센터", "language": "xx"}, "language"),
        ("StartSession", {"case_id": CASE, "language": "mn", "request_id": "r"}, "medium"),
        ("StartSession", {"case_id": CASE, "medium": VOICE, "request_id": "r", "language": "mongolian"}, "language"),
        ("StartSession", {"case_id": "26-0KX3", "medium": VOICE, "request_id": "r", "language": "mn"}, "case_id"),
        ("StartSession", {"case_id": CASE, "medium": VOICE, "language": "mn"}, "request_id"),
        ("GetSession", {"session_id": "x"}, "session_id"),
        ("ReplaceInterpreter", {"session_id": CASE}, "attempt_number"),
        ("ReplaceInterpreter", {"session_id": CASE, "attempt_number": 1, "reason": "a" * 201}, "reason"),
    ],
)
def test_what_cannot_be_right_is_refused_by_the_field(
    on: Any, method: str, request_: dict[str, Any], field: str
) -> None:
    async def test(desk: Desk) -> None:
        found = await details(desk.call(method, **request_))
        assert found["code"] is grpc.StatusCode.INVALID_ARGUMENT
        assert found["BadRequest"].field_violations[0].field == field

    on(test)


def test_volunteers_are_kept_without_ever_telling_their_telephone(on: Any) -> None:
    async def test(desk: Desk) -> None:
        kept = (await desk.call("PutVolunteer", volunteer=volunteer(hours=[pb.Hours()]))).volunteer
        assert (kept.telephone, kept.sessions_a_day, kept.minutes_a_day) == ("", 3, 60)
        again = volunteer(telephone="", resting=True, languages=["vi", "mn"])
        assert (await desk.call("PutVolunteer", volunteer=again)).volunteer.resting
        for name in ("oh", "seo"):
            await desk.call("PutVolunteer", volunteer=volunteer(id=name, languages=["vi"], telephone="sip-17"))
        first = await desk.call("ListVolunteers", page_size=2)
        rest = await desk.call("ListVolunteers", page_size=2, page_token=first.next_page_token)
        assert [one.id for one in (*first.volunteers, *rest.volunteers)] == ["han", "oh", "seo"]
        assert not rest.next_page_token
        assert [one.id for one in (await desk.call("ListVolunteers", language="mn")).volunteers] == ["han"]
        await desk.call("RemoveVolunteer", volunteer_id="han")
        assert await code_of(desk.call("RemoveVolunteer", volunteer_id="han")) is grpc.StatusCode.NOT_FOUND

    on(test)


def test_whoever_read_an_older_term_must_look_again(on: Any) -> None:
    async def test(desk: Desk) -> None:
        first = (await desk.call("PutTerm", term=term())).term
        assert (first.version, first.changed_by) == (1, "chief")
        second = (await desk.call("PutTerm", term=term(translation="مكتب", version=1))).term
        assert second.version == 2
        stale = await details(desk.call("PutTerm", term=term(version=1)))
        assert (stale["code"], stale["ErrorInfo"].reason) == (grpc.StatusCode.ABORTED, "TERM_CHANGED")
        await desk.call("PutTerm", term=term(language="mn", translation="төв"))
        first_page = await desk.call("ListTerms", "agent", page_size=1)
        rest = await desk.call("ListTerms", "agent", page_size=1, page_token=first_page.next_page_token)
        assert [one.language for one in (*first_page.terms, *rest.terms)] == ["ar", "mn"]
        assert len((await desk.call("ListTerms", language="mn")).terms) == 1
        await desk.call("RemoveTerm", korean="주민센터", language="mn")
        gone = desk.call("RemoveTerm", korean="주민센터", language="mn")
        assert await code_of(gone) is grpc.StatusCode.NOT_FOUND

    on(test)


def test_a_session_is_watched_until_it_is_over(on: Any) -> None:
    async def test(desk: Desk) -> None:
        started = await desk.call(
            "StartSession", "agent", "kim", case_id=CASE, language="mn", medium=VOICE, request_id="r"
        )
        session = started.session
        assert session.state == pb.SESSION_STATE_OFFERED
        assert session.due_time.ToDatetime(UTC) - session.request_time.ToDatetime(UTC) == timedelta(seconds=30)
        watching = desk.call("WatchSession", "agent", "kim", session_id=session.id)
        assert (await watching.read()).session == session
        await desk.call("EndSession", "agent", "kim", session_id=session.id)
        desk.streams.wake(session.id)
        last = (await watching.read()).session
        assert (last.state, last.sequence > session.sequence) == (pb.SESSION_STATE_CANCELLED, True)
        assert await watching.read() is grpc.aio.EOF  # type: ignore[attr-defined] # the hints leave it out
        over = desk.call("ReplaceInterpreter", "agent", "kim", session_id=session.id, attempt_number=1)
        assert (await details(over))["ErrorInfo"].reason == "SESSION_OVER"
        assert (await desk.call("GetSession", "auditor", "ra", session_id=session.id)).session == last
        for method in ("GetSession", "EndSession"):
            foreign = desk.call(method, "agent", "lee", session_id=session.id)
            assert await code_of(foreign) is grpc.StatusCode.PERMISSION_DENIED
        foreign = desk.call("WatchSession", "agent", "lee", session_id=session.id)
        assert await code_of(foreign.read()) is grpc.StatusCode.PERMISSION_DENIED

    on(test)


def test_two_sessions_at_once_for_one_case_are_one(on: Any) -> None:
    async def test(desk: Desk) -> None:
        def start(request_id: str) -> Any:
            asked = {"case_id": CASE, "language": "mn", "medium": VOICE, "request_id": request_id}
            return code_of(desk.call("StartSession", "agent", "kim", **asked))

        codes = await asyncio.gather(*(start(uuid4().hex) for _ in range(8)))
        assert sorted(code.name for code in codes) == ["FAILED_PRECONDITION"] * 7 + ["OK"]
        same = await asyncio.gather(*(start("r") for _ in range(4)))
        assert {code.name for code in same} == {"FAILED_PRECONDITION"}
        first = await desk.call("ListSessions", "agent", "kim", active=True)
        assert len(first.sessions) == 1

    on(test)


def test_sessions_are_told_page_by_page(on: Any) -> None:
    async def test(desk: Desk) -> None:
        started = []
        for _ in range(3):
            asked = {"case_id": str(uuid4()), "language": "uz", "medium": TEXT, "request_id": "r"}
            started.append((await desk.call("StartSession", "agent", "kim", **asked)).session)
        assert {one.state for one in started} == {pb.SESSION_STATE_CALLBACK}
        first = await desk.call("ListSessions", page_size=2)
        rest = await desk.call("ListSessions", page_size=2, page_token=first.next_page_token)
        assert [one.id for one in (*first.sessions, *rest.sessions)] == [one.id for one in reversed(started)]
        assert not (await desk.call("ListSessions", active=True)).sessions
        refused = desk.call("ListSessions", active=True, page_token=first.next_page_token)
        assert await code_of(refused) is grpc.StatusCode.INVALID_ARGUMENT

    on(test)
