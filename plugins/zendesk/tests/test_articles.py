"""Whatever Zendesk answers is articles or an error of the contract; without a token public articles are asked for."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from hub120_sdk import ConnectorError, Context, HttpAnswer, Question
from hypothesis import given
from hypothesis import strategies as st

from plugins.zendesk import mapping
from plugins.zendesk.search import Zendesk

_NAMES = ["results", "id", "title", "body", "snippet", "draft", "updated_at", "locale", "x"]
_LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
_JSON = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_NAMES), inner, max_size=5),
    max_leaves=20,
)


@given(st.binary(max_size=200) | _JSON.map(lambda value: json.dumps(value).encode()))
def test_any_answer_is_articles_or_an_error_of_the_contract(body: bytes) -> None:
    try:
        found = mapping.articles(HttpAnswer(200, {}, body))
    except ConnectorError:
        return
    assert all(one.key and one.title and one.text for one in found)


def test_without_a_token_nobody_is_named() -> None:
    asked: list[dict[str, str]] = []

    class Public:
        def request(self, method: str, url: str, *, headers: Any = None, **_: Any) -> HttpAnswer:
            asked.append(dict(headers))
            return HttpAnswer(200, {}, b'{"results": []}')

    settings = {"base_url": "https://city.zendesk.example", "locales": "ko=ko", "email": ""}
    public = Zendesk(Context(settings, {"api_token": ""}, Public(), lambda: datetime.now(UTC)))
    assert list(public.search(Question("여권"))) == []
    assert asked == [{}]
