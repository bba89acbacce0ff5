"""The table of the ``translator_papago`` connector."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from hub120_sdk import Misconfigured, Rejected, Retry, Throttled, Translation, Words
from hub120_sdk.testing import Answer, Seen, Suite, Translates, fixture

SESSION, MESSAGE = "0199e0f2-7c00-7abc-8def-000000000120", "0199e0f2-7c00-7abc-8def-0000000000aa"
HELLO = Words(SESSION, 1, MESSAGE, 1, "Hello. I need help.", "en", "ko")
TO_CHINESE = replace(HELLO, text="내일 오세요.", source="ko", target="zh")
HELPED = Translation(SESSION, MESSAGE, "안녕하세요. 도움이 필요합니다.")


def event(name: str, status: int = 200) -> Answer:
    """A fixture as Papago's answer."""
    return Answer(status, fixture("plugins.translator_papago", name), {"content-type": "application/json"})


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    return Suite(
        settings={"client_id": "a-client-id", "base_url": provider, "glossary_key": "g-120"},
        secrets={"client_secret": "a-client-secret"},
        wrong_secrets={"client_secret": "another-secret"},
        translates=[*_translations(), *_refusals()],
    )


def _translations() -> list[Translates]:
    chinese = Answer.json({"message": {"result": {"translatedText": "请明天来。"}}})
    return [
        Translates("into polite Korean", HELLO, [event("translated.json")], HELPED, _is_english),
        Translates("into Chinese", TO_CHINESE, [chinese], replace(HELPED, text="请明天来。"), _is_chinese),
        Translates(
            "a language without options", replace(HELLO, source="vi"), [event("translated.json")], HELPED, _is_plain
        ),
        Translates(
            "blanks around it",
            replace(HELLO, text=" Hello. I need help.\n"),
            [event("translated.json")],
            replace(HELPED, text=f" {HELPED.text}\n"),
            _is_english,
        ),
    ]


def _refusals() -> list[Translates]:
    return [
        Translates("a language that it lacks", replace(HELLO, source="mn"), [], Rejected),
        Translates("not from or into Korean", replace(HELLO, target="ja"), [], Rejected),
        Translates("the same language", replace(HELLO, source="ko"), [], Rejected),
        Translates("nothing said", replace(HELLO, text=" \n"), [], Rejected),
        Translates("no end", replace(HELLO, text="word " * 5_001), [], Rejected),
        Translates("unsupported", HELLO, [event("unsupported_target.json", 400)], Rejected),
        Translates("too long all the same", HELLO, [event("too_long.json", 400)], Rejected),
        Translates("a wrong secret", HELLO, [event("authentication_failed.json", 401)], Misconfigured),
        Translates("no code with it", HELLO, [Answer(403)], Misconfigured),
        Translates("a wrong address", HELLO, [Answer(404)], Misconfigured),
        Translates("the day's quota", HELLO, [event("quota_exceeded.json", 429)], Throttled),
        Translates("a trouble of its own", HELLO, [Answer.json({"errorCode": "N2MT99"}, 500)], Retry),
        Translates(
            "an empty translation", HELLO, [Answer.json({"message": {"result": {"translatedText": " "}}})], Retry
        ),
    ]


def _asked(seen: Sequence[Seen]) -> dict[str, object]:
    [one] = seen
    assert (one.method, one.path) == ("POST", "/nmt/v1/translation")
    assert one.headers["x-ncp-apigw-api-key-id"] == "a-client-id"
    assert one.headers["x-ncp-apigw-api-key"] == "a-client-secret"
    assert one.headers["content-type"] == "application/json"
    asked: dict[str, object] = json.loads(one.body)
    return asked


def _is_english(seen: Sequence[Seen]) -> None:
    text = {"source": "en", "target": "ko", "text": HELLO.text}
    assert _asked(seen) == {**text, "honorific": True, "glossaryKey": "g-120"}


def _is_chinese(seen: Sequence[Seen]) -> None:
    text = {"source": "ko", "target": "zh-CN", "text": TO_CHINESE.text}
    assert _asked(seen) == {**text, "glossaryKey": "g-120"}


def _is_plain(seen: Sequence[Seen]) -> None:
    assert _asked(seen) == {"source": "vi", "target": "ko", "text": HELLO.text}
