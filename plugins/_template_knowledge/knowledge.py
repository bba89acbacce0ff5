"""The connector: one request a question. Change what differs at your help centre, then run the kit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlencode

from hub120_sdk import Article, Context, Misconfigured, Question, Unreadable
from hub120_sdk.answers import good, json_body

_PATIENCE_S = 4.0


class YourConnector:
    """The Knowledge."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def search(self, question: Question) -> Sequence[Article]:
        """The articles of one answer, in the help centre's order."""
        return [_article(row, question.language) for row in self._rows(question)[: question.limit]]

    def _rows(self, question: Question) -> list[Mapping[str, object]]:
        """What was found. Raises ``Unreadable``."""
        context = self._context
        asked = urlencode({"q": question.text, "lang": question.language, "rows": question.limit})
        url = f"{context.settings['api_url'].rstrip('/')}/search?{asked}"
        headers = {"authorization": f"Bearer {context.secrets['token']}"}
        answer = context.http.request("GET", url, headers=headers, timeout_s=_PATIENCE_S)
        if answer.status in {401, 403}:
            raise Misconfigured(f"the help centre refused the token ({answer.status})")
        said = json_body(good(answer))
        rows = said.get("found") if isinstance(said, Mapping) else None
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            raise Unreadable("the help centre's answer is no list of articles")
        return rows


def _article(row: Mapping[str, object], language: str) -> Article:
    """A row as an article. Raises ``Unreadable`` for one without a number, a title or a text."""
    number, title, text, page, changed = (row.get(name) for name in ("number", "title", "text", "page", "changed"))
    if not (isinstance(number, int) and isinstance(title, str) and isinstance(text, str) and title and text):
        raise Unreadable("an article has no number, title or text")
    url = page if isinstance(page, str) else ""
    return Article(str(number), title, text, url, _moment(changed), language)


def _moment(changed: object) -> datetime | None:
    """When an article was changed; None for what is no time with its zone."""
    try:
        at = datetime.fromisoformat(changed) if isinstance(changed, str) else None
    except ValueError:
        return None
    return at if at is not None and at.tzinfo is not None else None
