"""The directory through gRPC, with a real client: who may read, who may decide, what is refused, and pages."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import grpc
import pytest
from hub120.referral.v1 import directory_pb2 as pb
from hub120.referral.v1 import directory_service_pb2, directory_service_pb2_grpc

from chassis import event_loop, grpc_host
from chassis.database import Database
from chassis.settings import Settings
from services.referral.domain.directory import Record, own_id
from services.referral.grpc_api.directory import DirectoryApi
from services.referral.tables import metadata
from services.referral.use_cases import comparing
from tests.integration.databases import Clock, shared
from tests.integration.directories import document, imported, records
from tests.integration.grpc_calls import answering, code_of, details

both, clock, database = shared("referral", metadata)

DAY_S = 86_400
ID = own_id("one", "service", "무한돌봄")
OTHER = own_id("two", "service", "무한돌봄")
Call = Callable[..., Any]


@pytest.fixture
def on(database: Database, tmp_path: Path) -> Callable[[Callable[[Call], Awaitable[None]]], None]:
    """Runs a test against a service of its own."""

    async def main(test: Callable[[Call], Awaitable[None]]) -> None:
        api = DirectoryApi(Settings(), database)
        service = grpc_host.implemented(directory_service_pb2, directory_service_pb2_grpc, api)
        async with answering(tmp_path, service) as (channel, issuer):
            stub = directory_service_pb2_grpc.DirectoryServiceStub(channel)  # type: ignore[no-untyped-call]

            def call(method: str, role: str = "supervisor", **request: Any) -> Any:
                token = [("authorization", f"Bearer {issuer.issue('kim', [role], 60)}")]
                asked = getattr(directory_service_pb2, f"{method}Request")(**request)
                return getattr(stub, method)(asked, metadata=token, timeout=20)

            await test(call)

    return lambda test: event_loop.run(main(test))


def test_a_service_grows_old_until_somebody_says_that_it_is_right(on: Any, database: Database, clock: Clock) -> None:
    terms = [{"taxonomy_term": {"taxonomy": "need", "code": "money"}}]
    areas = [{"name": "경기도"}]
    given = document("무한돌봄", attributes=terms, service_areas=areas, maximum_age=64, assured_date="2026-05-01")
    imported(database, "one", [Record("무한돌봄", given)])

    async def test(call: Call) -> None:
        found = (await call("GetService", "agent", service_id=ID)).service
        assert (found.name, found.organization_name, found.kind) == ("무한돌봄", "보건복지부", pb.SERVICE_KIND_WELFARE)
        assert (list(found.areas), found.terms[0].name_ko) == (["41"], "당장의 생활비")
        assert (found.HasField("minimum_age"), found.maximum_age) == (False, 64)
        assert (found.age_days, found.stale, found.assured_by) == (3, False, "")
        assert json.loads(found.hsds)["assured_date"] == "2026-05-01"
        clock.pass_by(178 * DAY_S)
        found = (await call("GetService", "agent", service_id=ID)).service
        assert (found.age_days, found.stale) == (181, True)
        found = (await call("AssureService", "agent", service_id=ID.upper())).service
        assert (found.age_days, found.stale, found.assured_by) == (0, False, "kim")
        assert json.loads(found.hsds)["assured_date"] == "2026-10-29"

    on(test)


def test_what_is_in_doubt_is_listed_and_decided(on: Any, database: Database) -> None:
    imported(database, "one", records("무한돌봄", description="가", maximum_age=64), rank=1)
    imported(database, "two", records("무한돌봄", description="나"), rank=2)
    for _ in range(2):
        database.run(comparing.compare)

    async def test(call: Call) -> None:
        (pair,) = (await call("ListDuplicates")).duplicates
        assert {pair.first_id, pair.second_id} == {ID, OTHER}
        decided = {"first_id": ID, "second_id": OTHER, "decision": pb.DUPLICATE_DECISION_SAME}
        kept = (await call("DecideDuplicate", **decided)).duplicate
        assert (kept.decision, kept.decided_by) == (pb.DUPLICATE_DECISION_SAME, "kim")
        assert not (await call("ListDuplicates")).duplicates
        assert len((await call("ListDuplicates", decided=True)).duplicates) == 1
        assert (await call("GetService", service_id=OTHER)).service.behind_id == ID
        (conflict,) = (await call("ListConflicts")).conflicts
        told = {one.field: {one.first_value, one.second_value} for one in conflict.fields}
        assert told == {"description": {"가", "나"}, "maximum_age": {"64", ""}}
        assert conflict.believed_id == ID
        assert (await call("PutSource", source_id="one", name="하나", rank=3)).source.name == "하나"
        assert (await call("GetService", service_id=ID)).service.behind_id == OTHER
        assert (await call("ListConflicts")).conflicts[0].believed_id == OTHER
        sources = (await call("ListSources", "agent")).sources
        assert [(one.id, one.rank, one.service_count) for one in sources] == [("two", 2, 1), ("one", 3, 1)]

    on(test)


def test_lists_come_page_by_page(on: Any, database: Database) -> None:
    names = [f"서비스{number}" for number in range(5)]
    imported(database, "one", records(*names))
    imported(database, "two", [*records(*names), *(Record(f"x{number}", {}) for number in range(3))])
    for _ in range(2):
        database.run(comparing.compare)

    async def all_of(call: Call, method: str, field: str, **asked: Any) -> list[Any]:
        found: list[Any] = []
        token = ""
        for _ in range(5):
            page = await call(method, page_size=2, page_token=token, **asked)
            found += getattr(page, field)
            token = page.next_page_token
            if not token:
                return found
        raise AssertionError("there is no end")

    async def test(call: Call) -> None:
        errors = await all_of(call, "ListImportErrors", "errors", source_id="two")
        assert [(one.key, one.path) for one in errors] == [(f"x{number}", "/organization") for number in range(3)]
        pairs = await all_of(call, "ListDuplicates", "duplicates")
        assert len({one.first_id for one in pairs}) == 5
        for one in pairs:
            same = {"first_id": one.first_id, "second_id": one.second_id, "decision": pb.DUPLICATE_DECISION_SAME}
            await call("DecideDuplicate", **same)
        assert await all_of(call, "ListConflicts", "conflicts") == [], "they say the same"

    on(test)


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("GetService", {}, "service_id"),
    ("GetService", {"service_id": "x"}, "service_id"),
    ("AssureService", {"service_id": "x"}, "service_id"),
    ("PutSource", {"source_id": "one", "name": "", "rank": 1}, "name"),
    ("PutSource", {"source_id": "one", "name": "x", "rank": 1001}, "rank"),
    ("ListImportErrors", {}, "source_id"),
    ("ListDuplicates", {"page_size": 201}, "page_size"),
    ("ListDuplicates", {"page_token": "x"}, "page_token"),
    ("DecideDuplicate", {"first_id": ID, "second_id": OTHER}, "decision"),
    ("DecideDuplicate", {"first_id": ID, "decision": 1}, "second_id"),
]


def test_what_cannot_be_or_is_not_allowed_is_refused(on: Any) -> None:
    async def test(call: Call) -> None:
        for method, request, field in REFUSED:
            found = await details(call(method, **request))
            assert found["code"] is grpc.StatusCode.INVALID_ARGUMENT
            assert found["BadRequest"].field_violations[0].field == field
        decided: dict[str, Any] = {"first_id": ID, "second_id": OTHER, "decision": 1}
        none: dict[str, Any] = {}
        for method, request in (
            ("GetService", {"service_id": ID}),
            ("AssureService", {"service_id": ID}),
            ("PutSource", {"source_id": "one", "name": "x", "rank": 1}),
            ("DecideDuplicate", decided),
        ):
            assert await code_of(call(method, **request)) is grpc.StatusCode.NOT_FOUND
        for method, request in (("ListDuplicates", none), ("DecideDuplicate", decided), ("ListConflicts", none)):
            assert await code_of(call(method, "agent", **request)) is grpc.StatusCode.PERMISSION_DENIED

    on(test)
