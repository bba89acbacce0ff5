"""Search through gRPC, with a real client: who may ask, what is refused, pages, and that nothing asked is written
down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from hub120.referral.v1 import search_service_pb2 as pb
from hub120.referral.v1 import search_service_pb2_grpc

from chassis import event_loop, grpc_host
from services.referral.grpc_api.search import SearchApi
from services.referral.tables import metadata
from tests.integration.databases import Clock, opened
from tests.integration.grpc_calls import answering, code_of, details
from tests.integration.searched_directory import Help


@pytest.fixture
def help(tmp_path: Path) -> Iterator[Help]:
    clock = Clock()
    with opened(f"sqlite:///{tmp_path}/{{service}}.db", "referral", metadata, clock) as database:
        help = Help(database, clock)
        help.provider("수원시청")
        for number in range(5):
            help.service(
                f"rent{number}", f"월세 지원 {number}", "매달 월세를 드립니다.", areas="41110", days_old=number,
                terms="need:housing",
            )  # fmt: skip
        help.service("law", "무료 법률상담", kind="legal", ages=(19, None))
        help.index()
        yield help


def called(help: Help, folder: Path, test: Any) -> None:
    """Run a test with ``ask(role, **request)`` against the service."""

    async def main() -> None:
        service = grpc_host.implemented(pb, search_service_pb2_grpc, SearchApi(help.database))
        async with answering(folder, service) as (channel, issuer):
            stub = search_service_pb2_grpc.SearchServiceStub(channel)  # type: ignore[no-untyped-call]

            def ask(role: str = "agent", **request: Any) -> Any:
                token = [("authorization", f"Bearer {issuer.issue('kim', [role], 60)}")]
                return stub.SearchServices(pb.SearchServicesRequest(**request), metadata=token, timeout=20)

            await test(ask)

    event_loop.run(main())


def test_a_search_is_answered_page_by_page_with_its_reasons(help: Help, tmp_path: Path) -> None:
    async def test(ask: Any) -> None:
        first = await ask(query="월세를 못 내요", area="41110", page_size=3)
        rest = await ask(query="월세를 못 내요", area="41110", page_size=3, page_token=first.next_page_token)
        assert list(first.words) == ["월세"]
        assert len({one.service_id for one in (*first.services, *rest.services)}) == 5
        assert rest.next_page_token == ""
        best = first.services[0]
        assert (best.organization_name, best.kind, list(best.areas)) == ("수원시청", "welfare", ["41110"])
        assert best.HasField("assured_time")
        assert not best.HasField("minimum_age")
        assert best.matches[0].kind == pb.MATCH_KIND_WORD
        assert pb.SEARCHED_FIELD_NAME in best.matches[0].fields
        assert best.reasons[0].korean == "경기도 해당 시·군·구 대상"
        shown = best.snippet.highlights[0]
        assert best.snippet.text[shown.start : shown.start + shown.length] == "월세"
        assert await code_of(ask(query="병원비", page_token=first.next_page_token)) is grpc.StatusCode.INVALID_ARGUMENT

    called(help, tmp_path, test)


def test_without_words_services_are_listed_by_freshness(help: Help, tmp_path: Path) -> None:
    async def test(ask: Any) -> None:
        first = await ask(needs=["housing"], page_size=4)
        rest = await ask(needs=["housing"], page_size=4, page_token=first.next_page_token)
        ids = [one.service_id for one in (*first.services, *rest.services)]
        assert ids == [f"rent{number}" for number in range(5)]
        (law,) = (await ask(kind="legal", age=30)).services
        assert (law.minimum_age, [one.code for one in law.reasons]) == (19, ["age_fits"])

    called(help, tmp_path, test)


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({}, "query"),
    ({"query": "   "}, "query"),
    ({"query": "어떻게 해야 하나요"}, "query"),
    ({"query": "가" * 201}, "query"),
    ({"query": "월세", "area": "411"}, "area"),
    ({"query": "월세", "area": "수원"}, "area"),
    ({"query": "월세", "age": 131}, "age"),
    ({"query": "월세", "kind": "other"}, "kind"),
    ({"query": "월세", "needs": ["두 낱말"]}, "needs"),
    ({"query": "월세", "page_size": 51}, "page_size"),
]


def test_what_cannot_be_right_is_refused_with_the_field(help: Help, tmp_path: Path) -> None:
    async def test(ask: Any) -> None:
        for fields, wrong in REFUSED:
            told = await details(ask(**fields))
            assert told["code"] is grpc.StatusCode.INVALID_ARGUMENT
            assert [one.field for one in told["BadRequest"].field_violations] == [wrong]

    called(help, tmp_path, test)


def test_agents_may_ask_and_who_runs_the_platform_may_not(help: Help, tmp_path: Path) -> None:
    async def test(ask: Any) -> None:
        codes = [await code_of(ask(role, query="월세")) for role in ("agent", "supervisor", "service", "admin")]
        assert codes == [grpc.StatusCode.OK] * 3 + [grpc.StatusCode.PERMISSION_DENIED]

    called(help, tmp_path, test)


def test_nothing_that_was_asked_is_logged(help: Help, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    async def test(ask: Any) -> None:
        await ask(query="김순자 할머니 보이스피싱")
        await code_of(ask(query="어떻게 해야 하나요"))
        await code_of(ask(query="월세" * 200))

    called(help, tmp_path, test)
    told = "".join(capfd.readouterr())
    assert "grpc server listens" in told
    assert not [word for word in ("김순자", "보이스피싱", "월세", "어떻게", "\\u") if word in told]
