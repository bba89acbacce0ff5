"""Services are found as people speak of them, on real SQLite and PostgreSQL; the index follows the directory."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from bench import relevance
from chassis.database import Database
from chassis.errors import InvalidArgument
from services.referral import indexing
from services.referral.domain.search import Collection
from services.referral.domain.search_filters import Filters
from services.referral.domain.search_postings import BLOCK
from services.referral.domain.search_query import Match
from services.referral.store import search_services
from services.referral.tables import metadata, search
from services.referral.use_cases import indexing as use_cases
from services.referral.use_cases import indexing_services, ranking, searching
from tests.integration.databases import Clock, shared
from tests.integration.searched_directory import Help

both, clock, database = shared("referral", metadata)


@pytest.fixture
def help(database: Database, clock: Clock) -> Help:
    help = Help(database, clock)
    help.provider("수원시청")
    help.service("emergency", "긴급복지지원", "갑자기 생계가 어려운 위기가구에 생계비와 의료비를 드립니다.")
    help.service("rent", "청년 월세 특별지원", "매달 월세를 냅니다.", areas="41", ages=(19, 34), terms="life_stage:004")
    help.service("homeless", "노숙인 종합지원센터", "거리 노숙인에게 임시주거를 드립니다.", areas="41110")
    help.service("law", "무료 법률상담", "보이스피싱 피해자를 돕습니다.", kind="legal", terms="need:law target:050")
    help.service("seoul", "서울형 긴급복지", "서울 시민의 월세를 드립니다.", areas="11", topic="주거")
    help.index()
    return help


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("청년인데 집세가 부담돼요", "rent"),
        ("긴급 복지", "emergency"),
        ("ㄱㄱㅂㅈㅈㅇ", "emergency"),
        ("집이 없어서 길에서 자요", "homeless"),
        ("사기를 당했어요", "law"),
        ("변호사", "law"),
    ],
)
def test_people_find_what_they_need_in_their_own_words(help: Help, query: str, first: str) -> None:
    assert help.found(query)[0] == first


def test_filters_leave_whom_a_service_is_for(help: Help) -> None:
    assert {"emergency", "rent", "seoul"} <= set(help.found("긴급복지 월세"))
    here = set(help.found("긴급복지 월세", area="41110"))
    assert {"emergency", "rent"} <= here
    assert "seoul" not in here
    assert "rent" not in help.found("긴급복지 월세", area="41110", age=40)
    assert help.found("무료 월세", kind="legal") == ["law"]
    assert help.found("무료 월세", needs={"law"}) == ["law"]
    assert "rent" not in help.found("청년 월세", life_stages={"006"})


def test_each_result_says_why_it_stands_where_it_stands(help: Help) -> None:
    help.change("rent", assured_at=None)
    rent, seoul, *_ = help.search("집세가 부담돼요").results
    assert [one.row.id for one in (rent, seoul)] == ["rent", "seoul"]
    assert (rent.matches[0].word, rent.matches[0].match, rent.matches[0].found_as) == ("집세", Match.SYNONYM, "월세")
    assert [str(field) for field in rent.matches[0].fields] == ["name", "description"]
    assert [(one.code, one.factor) for one in rent.reasons] == [("never_assured", 0.9)]
    assert sum(one.share for one in rent.matches) == pytest.approx(1)
    start, length = rent.snippet.found[0]
    assert rent.snippet.text[start : start + length] == "월세"
    rent = help.search("집세", area="41110").results[0]
    assert [one.code for one in rent.reasons] == ["area_province", "never_assured"]


def test_what_is_old_stands_behind_what_is_new(help: Help) -> None:
    for id, days in (("new", 1), ("old", 400), ("older", 200)):
        help.service(id, "난방비 지원", "난방비를 드립니다.", days_old=days)
    help.index()
    assert help.found("난방비") == ["new", "older", "old"]


def test_a_search_is_paged_without_gaps(help: Help) -> None:
    for number in range(25):
        help.service(f"n{number}", f"난방비 지원 {number}호")
    help.index()
    pages = [help.search("난방비", begin, 10) for begin in (0, 10, 20)]
    assert [page.more for page in pages] == [True, True, False]
    assert len({one.row.id for page in pages for one in page.results}) == 25


def test_filters_that_leave_little_are_looked_through_to_the_end(help: Help, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "LOOKED_AT", 4)
    monkeypatch.setattr(ranking, "AFFORDED", 1)
    for number in range(60):
        help.service(f"n{number}", "난방비 지원", "겨울 난방비", areas="26", ages=(0, 50))
    help.service("rare", "난방", "보일러", areas="26", ages=(60, None))
    help.index()
    assert help.found("난방비 보일러 겨울", area="26110", age=70, count=1) == ["rare"]


def test_without_words_the_freshest_come_first(help: Help) -> None:
    help.service("fresh", "새 서비스", areas="41110", days_old=0)
    help.service("ancient", "옛 서비스", areas="41110", days_old=900)
    help.index()
    asked = Filters(area="41110")
    first = help.database.read(searching.freshest, asked, None, 2)
    assert first.results[0].row.id == "fresh"
    rest = help.database.read(searching.freshest, asked, first.results[-1].place, 10)
    ids = [one.row.id for one in (*first.results, *rest.results)]
    assert ids[-1] == "ancient"
    assert sorted(ids) == ["ancient", "emergency", "fresh", "homeless", "law", "rent"]
    assert (first.more, rest.more) == (True, False)


def test_a_query_that_says_nothing_useful_is_refused_without_repeating_it(help: Help) -> None:
    with pytest.raises(InvalidArgument) as refused:
        help.search("어떻게 해야 하나요")
    assert "어떻게" not in str(refused.value)


def test_what_is_changed_is_found_as_it_is_now_and_what_is_removed_is_not(help: Help) -> None:
    help.service("rent", "청년 이사비 지원")
    assert help.index() == 1
    assert help.found("이사비") == ["rent"]
    assert "rent" not in help.found("월세")
    help.change("emergency", removed_at=1.0)
    assert "emergency" not in help.found("생계비"), "at once, before the index follows"
    help.change("law", status="inactive")
    assert indexing.sweep(help.database) == 2
    assert help.index() == 0
    assert documents(help) == ["homeless", "rent", "seoul"]


def test_what_stands_behind_a_better_source_is_not_found(help: Help) -> None:
    help.change("emergency", behind="law")
    assert "emergency" not in help.found("생계비"), "at once, before the index follows"
    assert indexing.sweep(help.database) == 1
    assert "emergency" not in documents(help)


def documents(help: Help) -> list[str]:
    with help.database.engine.connect() as connection:
        return sorted(connection.execute(sa.select(search.index_document.c.item_id)).scalars())


def test_a_change_that_was_committed_late_is_found_by_the_sweep(help: Help) -> None:
    help.service("late", "도시락 배달", modified_at=1.0)
    assert help.index() == 0
    assert indexing.sweep(help.database) == 1
    assert help.found("도시락") == ["late"]
    assert indexing.sweep(help.database) == 0


def test_an_organization_with_another_name_is_found_by_it(help: Help) -> None:
    help.provider("팔달구청")
    assert indexing.sweep(help.database) == 5
    assert "emergency" in help.found("팔달구청")
    assert help.found("수원시청") == []


def test_two_workers_that_index_the_same_disturb_nothing(help: Help) -> None:
    help.service("new", "도시락 배달")
    read = [help.database.read(search_services.changed, 10) for _ in range(2)]
    kept = [
        help.database.run(use_cases.keep, Collection.SERVICE, [indexing_services.analysed(one) for one in found])
        for found in read
    ]
    assert kept == [1, 0]
    assert help.found("도시락") == ["new"]


def test_workers_that_index_at_once_index_everything_once(help: Help) -> None:
    for number in range(30):
        help.service(f"n{number}", f"도시락 배달 {number}호")
    with ThreadPoolExecutor(4) as workers:
        [*workers.map(lambda _: help.index(), range(4))]
    assert len(documents(help)) == 35
    with help.database.engine.connect() as connection:
        term = sa.select(search.index_posting.c.documents).where(search.index_posting.c.term == "=도시락")
        assert connection.execute(term).scalars().all() == [30]
        assert connection.execute(sa.select(search.index_block.c.used, search.index_block.c.live)).one() == (35, 35)


def test_a_worker_that_died_between_reading_and_writing_is_followed_by_another(help: Help) -> None:
    help.service("new", "도시락 배달")
    help.database.read(search_services.changed, 10)
    assert (help.index(), help.index()) == (1, 0)
    assert help.found("도시락") == ["new"]


def test_room_that_is_wasted_is_given_back(help: Help) -> None:
    with help.database.engine.begin() as connection:
        connection.execute(sa.update(search.index_block).values(used=BLOCK))
    for again in range(2):
        for id, name in (("emergency", "긴급복지지원"), ("rent", "청년 월세 특별지원")):
            help.service(id, name, str(again))
        help.index()
    indexing.sweep(help.database)
    indexing.sweep(help.database)
    with help.database.engine.connect() as connection:
        assert set(connection.execute(sa.select(search.index_posting.c.block)).scalars()) == {1}
        live = {row.id: row.live for row in connection.execute(sa.select(search.index_block))}
    assert live == {0: 0, 1: 5}
    assert help.found("월세")[0] == "rent"
    assert help.found("노숙") == ["homeless"]


def test_people_find_far_more_than_by_plain_substrings(database: Database) -> None:
    """On the half of the labelled queries of which only the mean was looked at when weights were chosen."""
    relevance.fill(database)
    indexing.follow(database)
    good = relevance.of_half("held", relevance.ours(database))
    assert good > 0.8
    assert good > 2 * relevance.of_half("held", relevance.substrings(database))
