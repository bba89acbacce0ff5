"""The connector itself: a text in pieces of what Papago takes at once, each translated, put together again."""

from __future__ import annotations

import json
from collections.abc import Sequence

from hub120_sdk import Context, HttpAnswer, Misconfigured, Rejected, Retry, Throttled, Translation, Words
from hub120_sdk.answers import good, json_body, retry_after_s
from hub120_sdk.text import split

from plugins.translator_papago import mapping

_PATH = "/nmt/v1/translation"
_PATIENCE_S = 5.0
_AN_HOUR_S = 3600.0
_SWITCH = {"true": True, "false": False}


class Papago:
    """The Translator."""

    def __init__(self, context: Context) -> None:
        self._context = context
        honorific = _SWITCH.get(context.settings["honorific"].strip().lower())
        if honorific is None:
            raise Misconfigured("honorific must be true or false")
        self._honorific = honorific

    def languages(self) -> Sequence[str]:
        """All that it translates from and into Korean."""
        return tuple(one for one in mapping.CODES if one != mapping.KOREAN)

    def translate(self, words: Words) -> Translation:
        """One call for each piece of at most 5,000 characters, cut between sentences. Blanks at the borders of a piece
        stay as they are: Papago would drop them."""
        _check_pair(words.source, words.target)
        pieces = split(words.text, mapping.CHARACTERS)
        if not words.text.strip() or len(pieces) > mapping.CALLS:
            most = mapping.CALLS * mapping.CHARACTERS
            raise Rejected(f"Papago is given 1 to {most} characters at once")
        text = "".join(self._piece(words, piece) for piece in pieces)
        return Translation(words.session_id, words.message_id, text)

    def _piece(self, words: Words, piece: str) -> str:
        core = piece.strip()
        if not core:
            return piece
        before, after = piece[: len(piece) - len(piece.lstrip())], piece[len(piece.rstrip()) :]
        return before + self._ask(words, core) + after

    def _ask(self, words: Words, text: str) -> str:
        context = self._context
        body: dict[str, object] = {
            "source": mapping.CODES[words.source],
            "target": mapping.CODES[words.target],
            "text": text,
            **self._options(words.source, words.target),
        }
        headers = {
            "content-type": "application/json",
            "x-ncp-apigw-api-key-id": context.settings["client_id"],
            "x-ncp-apigw-api-key": context.secrets["client_secret"],
        }
        url = context.settings["base_url"].rstrip("/") + _PATH
        written = json.dumps(body, ensure_ascii=False).encode()
        return _translated(context.http.request("POST", url, headers=headers, body=written, timeout_s=_PATIENCE_S))

    def _options(self, source: str, target: str) -> dict[str, object]:
        options: dict[str, object] = {}
        if self._honorific and (source, target) in mapping.HONORIFIC:
            options["honorific"] = True
        key = self._context.settings["glossary_key"]
        if key and {source, target} & mapping.GLOSSARY:
            options["glossaryKey"] = key
        return options


def _check_pair(source: str, target: str) -> None:
    """Raises ``Rejected`` unless it is from or into Korean, and the other one of Papago's."""
    unknown = [one for one in (source, target) if one not in mapping.CODES]
    if unknown:
        raise Rejected(f"Papago does not translate {unknown[0][:20]!r}")
    if source == target or mapping.KOREAN not in (source, target):
        raise Rejected(f"Papago is asked from or into Korean, not from {source} into {target}")


def _translated(answer: HttpAnswer) -> str:
    """The translation in an answer. Raises an error of the contract."""
    if not 200 <= answer.status < 300:
        raise _refusal(answer)
    text: object = json_body(answer)
    for name in ("message", "result", "translatedText"):
        text = text.get(name) if isinstance(text, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise Retry("there is no translation in Papago's answer")
    return text


def _refusal(answer: HttpAnswer) -> Exception:
    """What an answer that is no translation means: by its code, else by its status."""
    code = _code(json_body(answer))
    if answer.status == 429:
        pause_s = retry_after_s(answer, _AN_HOUR_S if code == mapping.QUOTA_EXCEEDED else 1.0)
        return Throttled(f"NAVER Cloud asks to slow down (429, {code or 'no code'})", pause_s)
    if code in mapping.ERRORS:
        kind, reason = mapping.ERRORS[code]
        return kind(f"{reason} ({answer.status}, {code})")
    if answer.status in {401, 403, 404} or 300 <= answer.status < 400:
        return Misconfigured(f"Papago answered {answer.status}: check base_url, client_id and client_secret")
    try:
        good(answer)
    except (Retry, Rejected) as error:
        return error
    return Rejected(f"Papago answered {answer.status}")


def _code(body: object) -> str:
    """The code of an error: NAVER Cloud wraps it in ``error``, Papago itself writes it plainly."""
    if not isinstance(body, dict):
        return ""
    inner = body.get("error")
    code = (inner if isinstance(inner, dict) else body).get("errorCode")
    return code if isinstance(code, str) else ""
