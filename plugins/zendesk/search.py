"""The connector itself: one request to ``articles/search`` a question, with a token where not all is public."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from hub120_sdk import Article, Context, Question

from plugins.zendesk import mapping

PATH = "/api/v2/help_center/articles/search.json"
_PATIENCE_S = 4.0
_MOST = 100


class Zendesk:
    """The source of knowledge."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._locales = dict(one.split("=", 1) for one in context.settings["locales"].split() if "=" in one)

    def search(self, question: Question) -> Sequence[Article]:
        """The articles of one answer, in Zendesk's order. A language without a locale has none, and nobody is asked."""
        locale = self._locales.get(question.language.partition("-")[0].lower())
        if locale is None:
            return []
        asked = urlencode({"query": question.text, "locale": locale, "per_page": min(question.limit, _MOST)})
        url = f"{self._context.settings['base_url'].rstrip('/')}{PATH}?{asked}"
        answer = self._context.http.request("GET", url, headers=self._headers(), timeout_s=_PATIENCE_S)
        return mapping.articles(answer)[: question.limit]

    def _headers(self) -> Mapping[str, str]:
        email, token = self._context.settings["email"], self._context.secrets["api_token"]
        if not (email and token):
            return {}
        return {"authorization": "Basic " + b64encode(f"{email}/token:{token}".encode()).decode()}
