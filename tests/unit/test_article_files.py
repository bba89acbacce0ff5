"""Articles out of files as people have them: broken quotation, BOM, CP949, scripts in pages, front matter."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.errors import InvalidArgument
from services.referral import article_files
from services.referral.article_files import read
from services.referral.domain.articles import Article

HEADING = "번호,분류,제목,내용,내용번호\n"
MARCH = datetime(2026, 3, 2, tzinfo=UTC).timestamp() - 9 * 3600


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_csv_file_is_read_however_it_was_saved(encoding: str) -> None:
    text = HEADING + '1,복지,"긴급복지, 요건","갑자기 어려워진\r\n가구",77\r\n\r\n'
    found = read("faq.csv", text.encode(encoding))
    assert found.articles == [Article("77", "긴급복지, 요건", "갑자기 어려워진\n가구", "복지")]
    assert found.faults == []


def test_a_broken_line_costs_itself_and_nothing_behind_it() -> None:
    rows = [
        '1,환경,"열린 따옴표,그대로,a',
        "2,환경,소파,신고하고 버립니다,b",
        '3,환경,"닫고" 나서,더,c',
        "4,환경,모자란 줄",
        '5,환경,5인치 6" 파이프,그냥 둡니다,e',
        "6,환경,제목만,,f",
        "7,환경,소파,또 같은 번호,b",
    ]
    found = read("faq.csv", (HEADING + "\n".join(rows)).encode())
    assert [one.key for one in found.articles] == ["b", "e"]
    assert [(one.line, one.key) for one in found.faults] == [(2, ""), (4, ""), (5, ""), (7, "f"), (8, "b")]
    assert "quotation mark" in found.faults[0].message
    assert [one.message for one in found.faults[2:4]] == ["has 3 columns, not 5", "has no text"]


def test_other_headings_and_delimiters_are_known() -> None:
    found = read("faq.CSV", "질문;답변;URL;수정일;언어\nHow?;So.;https://a.example;2026.3.2.;EN".encode())
    (one,) = found.articles
    assert (one.title, one.text, one.url) == ("How?", "So.", "https://a.example")
    assert (one.updated_at, one.language) == (MARCH, "en")
    again = read("faq.csv", "질문,답변\nHow?,So.".encode())
    assert again.articles[0].key == one.key, "what has no number is known by its title"


def test_a_page_becomes_what_a_reader_sees() -> None:
    page = """<!doctype html><html lang="ko"><head><title>여권 안내</title><script>alert("x")</script>
      <link rel="canonical" href="https://city.example/passport">
      <meta property="article:modified_time" content="2026-03-02T00:00:00+09:00"></head>
      <body><style>p{}</style><h1>여권</h1><p>신분증을 <b>가져</b>오세요.</p><script>steal()</script></body></html>"""
    (one,) = read("여권.html", page.encode("cp949")).articles
    assert one == Article(
        "여권.html", "여권 안내", "여권\n\n신분증을 가져오세요.", "", "https://city.example/passport", MARCH, "ko"
    )


def test_markdown_is_read_with_and_without_front_matter() -> None:
    page = """---\ntitle: "전입신고"\ndate: 2026-03-02\nurl: https://city.example/move\n---\n# 전입\n\n**14일** 안에
[정부24](https://gov.example)에서 합니다.<script>x()</script>\n"""
    (one,) = read("move.md", page.encode()).articles
    assert one == Article(
        "move.md",
        "전입신고",
        "전입\n\n14일 안에\n정부24 (https://gov.example)에서 합니다.",
        url="https://city.example/move",
        updated_at=MARCH,
    )
    (plain,) = read("a/b.markdown", "본문 앞\n## 제목 하나\n끝".encode()).articles
    assert (plain.key, plain.title) == ("b.markdown", "제목 하나")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.pdf", b"x", "ends in .csv"),
        ("a.csv", b"", "without the columns"),
        ("a.csv", b"\xff\xfe\x00\x01", "neither UTF-8 nor CP949"),
        ("a.csv", b"a,b\n1,2", "without the columns"),
        ("a.csv", (HEADING + "1,복지,제목,,2").encode(), "without any article: line 2 has no text"),
        ("a.html", b"<html><title>x</title><script>y</script>", "without any article"),
        ("a.csv", b"x" * (article_files.LARGEST + 1), "more than 8 MB"),
        ("a.md", ("가" * 100_001).encode(), "text has more than 100000 characters"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(name: str, content: bytes, why: str) -> None:
    with pytest.raises(InvalidArgument, match=why):
        read(name, content)


def test_what_is_too_long_to_find_it_by_is_cut_and_no_address_is_made_up() -> None:
    row = f"1,{'분' * 300},제목\0,내용,{'k' * 400},javascript:alert(1)"
    (one,) = read("a.csv", ("번호,분류,제목,내용,내용번호,URL\n" + row).encode()).articles
    assert (len(one.category), len(one.key), one.title, one.url) == (100, 255, "제목", "")


@given(st.text(max_size=300) | st.lists(st.sampled_from(['"', ",", "\n", "a", "제목", ";", "\r"])).map("".join))
def test_any_csv_is_articles_faults_or_refused(text: str) -> None:
    content = (HEADING + text).encode("utf-8", "replace")
    try:
        found = read("a.csv", content)
    except InvalidArgument:
        return
    assert all(one.title and one.text for one in found.articles)
    assert all(2 <= fault.line <= text.count("\n") + text.count("\r") + 2 for fault in found.faults)
