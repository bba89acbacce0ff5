"""The table: questions, and how the help centre answers them. Add a row for each answer you know of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from hub120_sdk import Article, Misconfigured, Question, Throttled, Unreadable
from hub120_sdk.testing import Answer, Finds, Seen, Suite, fixture

ANEW = Article(
    "7",
    "여권 재발급",
    "구청 민원실에서 신청합니다.\n사진 한 장과 신분증이 필요합니다.",
    "https://help.example/7",
    datetime.fromisoformat("2026-03-02T09:00:00+09:00"),
    "ko",
)
LOST = Article(
    "12",
    "여권 분실 신고",
    "잃어버린 날 바로 신고하세요.",
    "https://help.example/12",
    datetime.fromisoformat("2025-11-20T09:00:00+09:00"),
    "ko",
)
ASKED = Question("여권을 잃어버렸어요")


def suite(provider: str, now: datetime) -> Suite:
    """The table. ``provider`` is the address of the kit's fake help centre, ``now`` the time of the kit's clock."""
    both = Answer(200, fixture("plugins._template_knowledge", "found.json"), {"content-type": "application/json"})
    nameless = Answer.json({"found": [{"number": 1}]})
    return Suite(
        settings={"api_url": provider},
        secrets={"token": "the-right-token"},
        wrong_secrets={"token": "another-token"},
        finds=[
            Finds("two articles", ASKED, [both], (ANEW, LOST), check=_asked),
            Finds("nothing found", ASKED, [Answer.json({"found": []})], ()),
            Finds("an article without a title", ASKED, [nameless], Unreadable),
            Finds("a wrong token", ASKED, [Answer(401)], Misconfigured),
            Finds("too often", ASKED, [Answer.json({}, 429)], Throttled),
        ],
    )


def _asked(seen: Sequence[Seen]) -> None:
    [one] = seen
    url = urlsplit(one.path)
    assert (one.method, url.path) == ("GET", "/search")
    assert parse_qs(url.query) == {"q": ["여권을 잃어버렸어요"], "lang": ["ko"], "rows": ["10"]}
    assert one.headers["authorization"] == "Bearer the-right-token"
