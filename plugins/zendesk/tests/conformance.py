"""The table of the ``zendesk`` connector: an answer in Zendesk's form, and every kind of trouble."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from hub120_sdk import Article, Misconfigured, Question, Rejected, Throttled, Unreadable
from hub120_sdk.testing import Answer, Finds, Seen, Suite, fixture

PACKAGE = "plugins.zendesk"
ASKED = Question("소파 버리는 법")
BULKY = Article(
    "4403117920153",
    "대형폐기물 배출 방법",
    "신청\n\n구청 누리집이나 주민센터에서 신고필증을 삽니다.\n\n- 필증을 붙여 집 앞에 내놓습니다.",
    "https://city.zendesk.com/hc/ko/articles/4403117920153",
    datetime(2026, 8, 30, 2, tzinfo=UTC),
    "ko",
)
APPLIANCES = Article(
    "4403117920311",
    "폐가전 무상 수거",
    "냉장고 같은 폐가전은 무상으로 가져갑니다.",
    "https://city.zendesk.com/hc/ko/articles/4403117920311",
    datetime(2024, 11, 21, tzinfo=UTC),
    "ko",
)


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    three = Answer(200, fixture(PACKAGE, "search.json"), {"content-type": "application/json"})
    nothing = Answer.json({"count": 0, "results": []})
    return Suite(
        settings={"base_url": provider, "email": "hub@city.example"},
        secrets={"api_token": "tok-4711-secret"},
        wrong_secrets={"api_token": "another"},
        finds=[
            Finds("two and a draft", ASKED, [three], (BULKY, APPLIANCES), check=_is_asked),
            Finds("at most one", replace(ASKED, limit=1), [three], (BULKY,)),
            Finds("nothing found", ASKED, [nothing], ()),
            Finds("in American English", Question("sofa", "en-US"), [nothing], (), check=_is_asked_in_english),
            Finds("a language it has not", Question("buzdolabı", "tr"), [], (), check=_is_not_asked),
            Finds("a result that is none", ASKED, [Answer.json({"results": [{"id": "7"}]})], Unreadable),
            Finds("a wrong token", ASKED, [Answer(401)], Misconfigured),
            Finds("a wrong address", ASKED, [Answer(404)], Misconfigured),
            Finds("a query it does not take", ASKED, [Answer(422)], Rejected),
            Finds("too often", ASKED, [Answer.json({}, 429, retry_after="60")], Throttled),
        ],
    )


def _is_asked(seen: Sequence[Seen]) -> None:
    [one] = seen
    url = urlsplit(one.path)
    assert (one.method, url.path) == ("GET", "/api/v2/help_center/articles/search.json")
    assert parse_qs(url.query) == {"query": ["소파 버리는 법"], "locale": ["ko"], "per_page": ["10"]}
    kind, _, told = one.headers["authorization"].partition(" ")
    assert (kind, b64decode(told)) == ("Basic", b"hub@city.example/token:tok-4711-secret")


def _is_asked_in_english(seen: Sequence[Seen]) -> None:
    assert parse_qs(urlsplit(seen[0].path).query)["locale"] == ["en-us"]


def _is_not_asked(seen: Sequence[Seen]) -> None:
    assert not seen
