"""Knowledge through gRPC, with a real client: connectors asked beside the hub's own articles, some silent or broken;
files uploaded; marks; who may do what; and nothing that was asked is written down."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import grpc
import pytest
from hub120.referral.v1 import knowledge_service_pb2 as pb
from hub120.referral.v1 import knowledge_service_pb2_grpc
from hub120_sdk import Article, Limits, Manifest, Misconfigured, Question, Throttled

from chassis import event_loop, grpc_host
from chassis.connectors.registry import Found
from chassis.database import Database
from services.referral import indexing
from services.referral.elsewhere import Elsewhere
from services.referral.grpc_api.knowledge import KnowledgeApi
from services.referral.tables import metadata
from tests.integration.databases import Clock, opened
from tests.integration.grpc_calls import answering, code_of, details
from tests.odd_connectors import host

CASE = "0195f3a0-0000-7000-8000-000000000001"
CSV = """번호,분류,제목,내용,내용번호
1,행정,여권 재발급,구청 여권과에서 신청합니다.,11
2,행정,여권 사진,6개월 안에 찍습니다.,12
"""
THEIRS = Article(
    "7",
    "여권 분실 신고",
    "잃어버리면 바로 여권 분실을 신고하세요.",
    "https://help.example/7",
    datetime(2026, 3, 2, tzinfo=UTC),
    "ko",
    "민원",
)
Does = Callable[[Question], Sequence[Article]]


def source(name: str, does: Does) -> Found:
    manifest = Manifest(name, name.title(), frozenset({"knowledge"}), "tests", limits=Limits(send_deadline_s=0.5))

    class Source:
        def search(self, question: Question) -> Sequence[Article]:
            return does(question)

    return Found(manifest, f"tests.{name}", lambda context: Source())


def raises(error: Exception) -> Does:
    def does(question: Question) -> Sequence[Article]:
        raise error

    return does


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with opened(f"sqlite:///{tmp_path}/{{service}}.db", "referral", metadata, Clock()) as database:
        yield database


def called(database: Database, folder: Path, test: Any, *sources: Found, patience_s: float = 3.0) -> None:
    """Run a test with ``call(method, role, request)`` against the service."""

    async def main() -> None:
        api = KnowledgeApi(database, Elsewhere(host(*sources), patience_s))
        service = grpc_host.implemented(pb, knowledge_service_pb2_grpc, api)
        async with answering(folder, service) as (channel, issuer):
            stub = knowledge_service_pb2_grpc.KnowledgeServiceStub(channel)  # type: ignore[no-untyped-call]

            def call(method: str, request: Any, role: str = "agent") -> Any:
                token = [("authorization", f"Bearer {issuer.issue('kim', [role], 60)}")]
                return getattr(stub, method)(request, metadata=token, timeout=20)

            await test(call)

    event_loop.run(main())


def file(content: str = CSV, **more: Any) -> list[pb.ImportArticlesRequest]:
    data = content.encode()
    first: dict[str, Any] = {"source_id": "city", "name": "시청", "filename": "faq.csv", "complete": True} | more
    return [pb.ImportArticlesRequest(chunk=data[:20], **first), pb.ImportArticlesRequest(chunk=data[20:])]


async def imported(call: Any, content: str = CSV, **more: Any) -> Any:
    done = await call("ImportArticles", iter(file(content, **more)), "supervisor")
    return done


def shown_with_source_and_date(articles: Sequence[pb.FoundArticle]) -> None:
    """Own articles and another's, in turn."""
    assert [one.article_id for one in articles] == ["city/11", "good:7", "city/12"]
    own, theirs, _ = articles
    assert (own.source_name, own.outside, own.HasField("update_time")) == ("시청", False, False)
    assert (theirs.source_name, theirs.outside, theirs.url) == ("Good: 민원", True, "https://help.example/7")
    assert theirs.update_time.ToDatetime(UTC) == THEIRS.updated
    found = theirs.excerpt.highlights[0]
    assert theirs.excerpt.text[found.start : found.start + found.length] == "잃어버"


def test_every_source_is_asked_and_who_is_silent_or_broken_is_named_and_holds_nothing_up(
    database: Database, tmp_path: Path
) -> None:
    asked: list[Question] = []
    never = threading.Event()

    def answers(question: Question) -> Sequence[Article]:
        asked.append(question)
        return [THEIRS]

    def hangs(question: Question) -> Sequence[Article]:
        never.wait(30)  # longer than the call may take: whoever waited for it would fail
        return []

    async def test(call: Any) -> None:
        await imported(call)
        indexing.follow(database)
        found = await call("SearchKnowledge", pb.SearchKnowledgeRequest(question="여권을 잃어버렸어요 900101-1234567"))
        shown_with_source_and_date(found.articles)
        missing = {one.source_id: one.reason for one in found.missing}
        assert missing == {
            **{"broken": "failed", "busy": "throttled", "mute": "silent"},
            **{"rubbish": "failed", "unset": "misconfigured"},
        }
        assert asked == [Question("여권을 잃어버렸어요 900101-*******", "ko", 10)]

    called(
        database,
        tmp_path,
        test,
        *(source("good", answers), source("mute", hangs), source("broken", raises(RuntimeError("hush")))),
        *(source("busy", raises(Throttled("slow"))), source("unset", raises(Misconfigured("no token")))),
        source("rubbish", lambda question: "no list"),  # type: ignore[arg-type,return-value]
        patience_s=0.3,
    )
    never.set()


def test_a_file_is_imported_in_pieces_and_says_what_was_wrong(database: Database, tmp_path: Path) -> None:
    async def test(call: Any) -> None:
        done = await imported(call, CSV + "3,행정,제목만,,13\n")
        assert (done.added, done.refused) == (2, 1)
        assert [(one.line, one.message) for one in done.faults] == [(4, "has no text")]
        again = await imported(call, CSV.replace("2,행정,여권 사진,6개월 안에 찍습니다.,12\n", ""), name="")
        assert (again.unchanged, again.removed) == (1, 1)
        article = (await call("GetArticle", pb.GetArticleRequest(article_id="city/11"))).article
        assert (article.title, article.source_name, article.category) == ("여권 재발급", "시청", "행정")
        assert (
            await code_of(call("GetArticle", pb.GetArticleRequest(article_id="city/12"))) is grpc.StatusCode.NOT_FOUND
        )
        listed = (await call("ListKnowledgeSources", pb.ListKnowledgeSourcesRequest(), "admin")).sources
        assert [(one.source_id, one.name, one.outside, one.articles) for one in listed] == [
            ("city", "시청", False, 1),
            ("good", "Good", True, 0),
        ]
        assert listed[0].HasField("import_time")
        assert not listed[1].HasField("import_time")

    called(database, tmp_path, test, source("good", lambda question: []))


def test_an_article_is_marked_as_the_answer_and_shown_with_it(database: Database, tmp_path: Path) -> None:
    async def test(call: Any) -> None:
        await imported(call)
        indexing.follow(database)
        for article in ("city/12", "good:7", "good:7"):
            marked = await call("MarkAnswer", pb.MarkAnswerRequest(case_id=CASE, article_id=article, helped=True))
            assert (marked.helped, marked.marked) == (1, 1)
        found = await call("SearchKnowledge", pb.SearchKnowledgeRequest(question="여권", language="ko", limit=2))
        assert [(one.article_id, one.helped, one.marked) for one in found.articles] == [
            ("good:7", 1, 1),
            ("city/11", 0, 0),
        ]
        for article in ("city/99", "nobody:7"):
            code = await code_of(call("MarkAnswer", pb.MarkAnswerRequest(case_id=CASE, article_id=article)))
            assert code is grpc.StatusCode.NOT_FOUND

    called(database, tmp_path, test, source("good", lambda question: [THEIRS]))


REFUSED = [
    ("SearchKnowledge", pb.SearchKnowledgeRequest(), "question"),
    ("SearchKnowledge", pb.SearchKnowledgeRequest(question="가" * 201), "question"),
    ("SearchKnowledge", pb.SearchKnowledgeRequest(question="여권", language="한국어"), "language"),
    ("SearchKnowledge", pb.SearchKnowledgeRequest(question="여권", limit=51), "limit"),
    ("MarkAnswer", pb.MarkAnswerRequest(article_id="city/1"), "case_id"),
    ("MarkAnswer", pb.MarkAnswerRequest(case_id=CASE), "article_id"),
    ("GetArticle", pb.GetArticleRequest(), "article_id"),
]


def test_what_cannot_be_right_is_refused_with_the_field(database: Database, tmp_path: Path) -> None:
    async def test(call: Any) -> None:
        for method, request, wrong in REFUSED:
            told = await details(call(method, request))
            assert [one.field for one in told["BadRequest"].field_violations] == [wrong]
        for more, wrong in (({"source_id": "Mine"}, "source_id"), ({"filename": "a.pdf"}, "filename")):
            told = await details(call("ImportArticles", iter(file(**more)), "admin"))
            assert [one.field for one in told["BadRequest"].field_violations] == [wrong]
        assert await code_of(call("ImportArticles", iter([]), "admin")) is grpc.StatusCode.INVALID_ARGUMENT
        large = [*file(), *[pb.ImportArticlesRequest(chunk=b"x" * 1_000_000)] * 8]
        told = await details(call("ImportArticles", iter(large), "admin"))
        assert told["BadRequest"].field_violations[0].description == "is of a file of more than 8 MB"

    called(database, tmp_path, test)


def test_agents_search_and_those_who_answer_for_articles_import_them(database: Database, tmp_path: Path) -> None:
    async def test(call: Any) -> None:
        search = pb.SearchKnowledgeRequest(question="여권")
        assert await code_of(call("SearchKnowledge", search, "admin")) is grpc.StatusCode.PERMISSION_DENIED
        assert await code_of(call("ImportArticles", iter(file()), "agent")) is grpc.StatusCode.PERMISSION_DENIED
        mark = pb.MarkAnswerRequest(case_id=CASE, article_id="city/11")
        assert await code_of(call("MarkAnswer", mark, "auditor")) is grpc.StatusCode.PERMISSION_DENIED

    called(database, tmp_path, test)


def test_nothing_that_was_asked_is_logged(
    database: Database, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    async def test(call: Any) -> None:
        await call("SearchKnowledge", pb.SearchKnowledgeRequest(question="김순자 할머니 기초연금"))

    called(database, tmp_path, test, source("broken", raises(RuntimeError("김순자"))))
    told = "".join(capfd.readouterr())
    assert "connector fault" in told
    assert not [word for word in ("김순자", "할머니", "기초연금", "\\u") if word in told]
