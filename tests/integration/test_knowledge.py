"""Articles are imported, found as people ask, and marked, on real SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner
from hub120.referral.v1 import events_pb2

from chassis.cli import main
from chassis.database import Database
from chassis.errors import NotFound
from services.referral import article_files, indexing
from services.referral.domain.articles import Article, Fault, Imported, Marks
from services.referral.domain.search_query import read
from services.referral.synonyms import synonyms
from services.referral.tables import metadata
from services.referral.use_cases import importing_articles as importing
from services.referral.use_cases import knowledge
from tests.documents import ROOT
from tests.integration.databases import Clock, sent_by, shared

both, clock, database = shared("referral", metadata)

PASSPORT = Article(
    "1", "여권 재발급", "구청 여권과에서 사진 한 장과 신분증으로 신청합니다.", "행정", "https://a.example/1"
)
SOFA = Article("2", "대형폐기물", "소파나 침대는 신고하고 버립니다.", "환경", updated_at=86_400.0)
BULKY = Article("3", "Bulky waste", "A sofa is collected when you report it.", language="en")
DASAN = ROOT.parent / "shared" / "formats" / "minwon_kr" / "seoul_120_dasan_faq.csv"


class Shelf:
    """The hub's articles."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database, self._clock = database, clock

    def take(
        self, *articles: Article, faults: Sequence[Fault] = (), complete: bool = True, source: str = "city"
    ) -> Imported:
        """Import articles and index them."""
        self._clock.pass_by(1)
        generation = self.database.run(importing.begin, source, "")
        done = self.database.run(importing.take, source, generation, articles)
        removed = self.database.run(importing.finish, source, generation, faults, complete=complete)
        indexing.follow(self.database)
        return done + Imported(removed=removed)

    def found(self, question: str, language: str = "", count: int = 10) -> list[knowledge.Found]:
        """As agents search."""
        return self.database.read(knowledge.search, read(question, synonyms()), language, count)

    def keys(self, question: str, language: str = "") -> list[str]:
        """The keys of what is found, the best first."""
        return [one.row.source_key for one in self.found(question, language)]

    def mark(self, case: str, article: str, agent: str = "kim", *, helped: bool = True) -> Marks:
        """An agent says whether an article was the answer."""
        return self.database.run(knowledge.mark, case, article, agent, helped=helped, outside=":" in article)


@pytest.fixture
def shelf(database: Database, clock: Clock) -> Shelf:
    return Shelf(database, clock)


def test_the_same_file_again_changes_nothing(shelf: Shelf) -> None:
    assert shelf.take(PASSPORT, SOFA) == Imported(added=2)
    before = shelf.database.read(knowledge.article, "city/1")[0]
    assert shelf.take(PASSPORT, SOFA) == Imported(unchanged=2)
    after = shelf.database.read(knowledge.article, "city/1")[0]
    assert (after.modified_at, after.title, after.source_name) == (before.modified_at, "여권 재발급", "city")


def test_a_complete_import_removes_what_is_gone_and_only_of_its_source(shelf: Shelf) -> None:
    shelf.take(PASSPORT, SOFA)
    shelf.take(SOFA, source="province")
    assert shelf.take(replace(PASSPORT, text="온라인으로 신청합니다."), complete=False) == Imported(changed=1)
    assert shelf.take(PASSPORT) == Imported(changed=1, removed=1)
    assert [one.row.id for one in shelf.found("소파")] == ["province/2"]
    assert indexing.sweep(shelf.database) == 1, "what is gone leaves the index"
    with pytest.raises(NotFound):
        shelf.database.read(knowledge.article, "city/2")


def test_what_is_refused_stays_as_it_was(shelf: Shelf) -> None:
    shelf.take(PASSPORT, SOFA)
    assert shelf.take(PASSPORT, faults=[Fault(3, "has no text", "2")]).removed == 0
    assert shelf.take(PASSPORT, faults=[Fault(3, "is no CSV")]).removed == 0, "it may be any of them"
    assert shelf.take(PASSPORT).removed == 1


def test_articles_and_services_are_found_apart(shelf: Shelf) -> None:
    shelf.take(PASSPORT, SOFA, BULKY)
    (sofa,) = shelf.found("소파를 버리고 싶어요")
    assert (sofa.row.title, sofa.row.updated_at, sofa.row.category) == ("대형폐기물", 86_400.0, "환경")
    start, length = sofa.excerpt.found[0]
    assert sofa.excerpt.text[start : start + length] == "소파"
    assert shelf.keys("ㅇㄱㅈㅂㄱ") == ["1"]
    assert shelf.keys("sofa", "en") == ["3"]
    assert shelf.keys("sofa", "ko") == []
    shelf.take(replace(BULKY, language="en-gb"))
    assert shelf.keys("sofa", "en") == ["3"], "whatever English it is"
    assert shelf.keys("어떻게 하나요") == []


def test_an_article_that_was_the_answer_comes_before_its_equal(shelf: Shelf) -> None:
    shelf.take(*(Article(key, "전입신고", "이사한 뒤 14일 안에 신고합니다.") for key in "ab"))
    assert shelf.keys("전입신고") == ["a", "b"]
    assert shelf.mark("case-1", "city/a", helped=False) == Marks(0, 1)
    assert shelf.mark("case-1", "city/b") == Marks(1, 1)
    found = [(one.row.source_key, one.marks) for one in shelf.found("전입신고")]
    assert found == [("b", Marks(1, 1)), ("a", Marks(0, 1))]


def test_a_mark_counts_once_for_a_case_an_article_and_an_agent(shelf: Shelf) -> None:
    shelf.take(PASSPORT, SOFA)
    for _ in range(2):
        assert shelf.mark("case-1", "city/1") == Marks(1, 1)
    assert shelf.mark("case-1", "city/1", "lee", helped=False) == Marks(1, 2)
    assert shelf.mark("case-2", "city/1") == Marks(2, 3)
    assert shelf.mark("case-2", "zendesk:7") == Marks(1, 1)
    with pytest.raises(NotFound):
        shelf.mark("case-1", "city/9")


def test_others_are_told_whether_a_case_has_an_answer_and_only_when_that_was_said_anew(shelf: Shelf) -> None:
    shelf.take(PASSPORT, SOFA)
    told = []
    for article, helped in (("city/1", True), ("city/1", True), ("city/2", False), ("city/1", False)):
        _, sent = sent_by(shelf.database, knowledge.mark, "case-1", article, "kim", helped=helped, outside=False)
        told.append([events_pb2.AnswerMarked.FromString(one.body).answered for one in sent])
    assert told == [[True], [], [True], [False]]


EVERYDAY = [
    ("소파 버리려는데 어떻게 해요", "K1042"),
    ("냉장고 공짜로 가져가나요", "K1041"),
    ("쓰레기 무슨 요일에 내놔요", "K1040"),
    ("윗집이 너무 시끄러워요", "K1036"),
    ("집 앞에 불법주차 신고하려고요", "K1034"),
    ("차가 견인됐어요", "K1033"),
    ("버스에 가방을 두고 내렸어요", "K1032"),
    ("가로등이 꺼졌어요", "K1028"),
    ("도로에 구멍이 났어요 포트홀", "K1027"),
    ("여권 새로 만들려면 뭐가 필요해요", "K1026"),
    ("등본 떼는 법", "K1025"),
    ("이사했는데 전입신고 언제까지 해요", "K1024"),
    ("아기가 태어났는데 출생신고", "K1021"),
    ("아버지가 돌아가셔서 사망신고 하려고요", "K1020"),
    ("주민등록증을 잃어버렸어요", "K1019"),
    ("자동차세 언제 나와요", "K1017"),
    ("남편이 실직해서 생계가 막막해요", "K1013"),
    ("기초연금 받으려면", "K1012"),
    ("전세사기를 당했어요 보증금", "K1007"),
    ("일요일에 문 여는 약국", "K1004"),
    ("독감 주사 무료인가요", "K1003"),
    ("수도가 얼었어요", "K1002"),
    ("길에 주인 없는 개가 있어요", "K1001"),
]


def test_everyday_questions_find_their_article_first_or_second(shelf: Shelf) -> None:
    sample = (files("services.referral") / "sample" / "articles.csv").read_bytes()
    shelf.take(*article_files.read("articles.csv", sample).articles)
    found = {question: shelf.keys(question)[:2] for question, _ in EVERYDAY}
    assert {question: found[question] for question, key in EVERYDAY if key not in found[question]} == {}


def test_all_of_a_centre_s_open_data_is_imported_and_found(shelf: Shelf) -> None:
    if not DASAN.exists():
        return
    read_ = article_files.read("dasan.csv", DASAN.read_bytes())
    assert [one.message for one in read_.faults] == ["has no text"] * 2
    assert shelf.take(*read_.articles).added == len(read_.articles) > 1_000
    assert "육아휴직" in shelf.found("아빠 육아휴직 장려금")[0].row.title
    assert "택시" in shelf.found("임산부 전용 택시")[0].row.title


def test_the_command_imports_files_and_says_what_it_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB120_DATA_DIR", str(tmp_path / "var"))
    csv, page = tmp_path / "faq.csv", tmp_path / "move.md"
    csv.write_bytes("번호,제목,내용\n1,여권,구청에서\n2,제목만,\n".encode("cp949"))
    page.write_text("# 전입신고\n14일 안에\n")

    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["knowledge", *arguments])
        return done.exit_code, done.output

    code, said = run("import", str(csv), str(page), "--source", "city", "--name", "시청")
    assert code == 1
    assert "faq.csv, line 3: has no text" in said
    assert "2 new, 0 changed, 0 unchanged, 0 removed, 1 refused" in said
    assert run("import", str(page), "--source", "city", "--add")[1].endswith(
        "0 new, 0 changed, 1 unchanged, 0 removed, 0 refused\n"
    )
    assert run("import", str(page), "--source", "city")[1].endswith("1 unchanged, 1 removed, 0 refused\n")
    assert "시청" in run("sources")[1]
    (tmp_path / "a.pdf").touch()
    code, said = run("import", str(tmp_path / "a.pdf"), "--source", "city")
    assert (code, said) == (1, "Error: filename: ends in .csv, .html, .htm, .md, .markdown\n")
    assert "--source" in run("import", str(page), "--source", "City Hall")[1]
