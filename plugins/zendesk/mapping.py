"""What Zendesk's answers mean: its articles in our words, and what is wrong when there are none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from hub120_sdk import Article, HttpAnswer, Misconfigured, Unreadable
from hub120_sdk.answers import good, json_body
from hub120_sdk.html_text import to_text

_TEXT_CHARACTERS = 20_000
_UNSET = {401: "refused the token", 403: "does not let this token in", 404: "has no help centre at this address"}


def articles(answer: HttpAnswer) -> list[Article]:
    """The articles of a search. Raises ``Misconfigured``, ``Unreadable``, and what ``good`` does."""
    if answer.status in _UNSET:
        raise Misconfigured(f"Zendesk {_UNSET[answer.status]} ({answer.status})")
    said = json_body(good(answer))
    rows = said.get("results") if isinstance(said, Mapping) else None
    if not isinstance(rows, list):
        raise Unreadable("Zendesk's answer is no list of articles")
    found = {one.key: one for one in map(_article, rows) if one is not None}
    return [*found.values()]


def _article(row: object) -> Article | None:
    """One result; None for a draft or one without text. Raises ``Unreadable`` for what is no article."""
    if not isinstance(row, Mapping) or type(row.get("id")) is not int or not _word(row, "title"):
        raise Unreadable("a result has no id or no title")
    text = to_text(_word(row, "body"))[:_TEXT_CHARACTERS] or to_text(_word(row, "snippet"))
    if row.get("draft") is True or not text:
        return None
    return Article(
        key=str(row["id"]),
        title=_word(row, "title"),
        text=text,
        url=_word(row, "html_url"),
        updated=_moment(_word(row, "edited_at") or _word(row, "updated_at")),
        language=_word(row, "locale"),
    )


def _word(row: Mapping[str, object], name: str) -> str:
    value = row.get(name)
    return value.strip() if isinstance(value, str) else ""


def _moment(written: str) -> datetime | None:
    """A time with its zone; None for anything else."""
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None
