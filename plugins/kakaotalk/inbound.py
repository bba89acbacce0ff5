"""A skill call: who may make it, what the citizen said, and the answer that KakaoTalk waits for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

from hub120_sdk import (
    Address,
    AddressKind,
    Attachment,
    Context,
    Inbound,
    Received,
    Rejected,
    Request,
    Response,
    Unauthorised,
    shapes,
)
from hub120_sdk.credentials import same_as_any
from hub120_sdk.hosts import AllowedHosts

from plugins.kakaotalk import mapping

CALLBACK_LIFE = timedelta(seconds=55)
"""KakaoTalk gives a callback one minute; five seconds are for the way."""
CALLBACK_URL, CALLBACK_UNTIL = "callback_url", "callback_until"
_CALLBACK_HOSTS = ("bot-api.kakao.com", "{provider_url}")
_REPEAT_WINDOW_S = 10


def authorise(context: Context, request: Request) -> None:
    """Look for the operator's secret in the header or the URL. Raises ``Unauthorised``."""
    url = urlsplit(request.url)
    header = request.headers.get(context.settings["secret_header"].lower(), "")
    in_query = [value for name, value in parse_qsl(url.query) if name == "secret"]
    given = [header, *in_query, *url.path.split("/")]
    if not any(same_as_any(one, context.secrets["skill_secret"]) for one in given):
        raise Unauthorised(f"neither {context.settings['secret_header']} nor the URL has the skill secret")


def read(context: Context, request: Request) -> list[Inbound]:
    """The citizen's message; nothing if there is neither text nor picture. Raises ``Unreadable``."""
    body = shapes.mapping(request.json(), required=True)
    asked = shapes.mapping(body, "userRequest", required=True)
    bot = shapes.text(body, "bot", "id")
    if context.settings["bot_id"] and bot != context.settings["bot_id"]:
        raise Unauthorised("the call is from another bot than HUB120_CONNECTOR_KAKAOTALK_BOT_ID")
    pictures = tuple(Attachment(url, media_type="image/*") for url in _pictures(body))
    text = _text(asked)
    if not text and not pictures:
        return []
    message = Inbound(
        provider_id=_provider_id(context, request, body),
        sender=Address(AddressKind.ACCOUNT, _user(asked), verified=True),
        text=text,
        attachments=pictures,
        conversation=bot,
        language=_language(asked),
        reply_context=_reply_context(context, asked),
    )
    return [message]


def answer(context: Context, request: Request, received: Sequence[Received]) -> Response:
    """Acknowledge; what was parked goes along, and only then is the callback given up."""
    asked = shapes.mapping(request.json(), "userRequest")
    if not received:
        return Response.json(mapping.skill_response(mapping.bubbles(mapping.empty(_language(asked)))))
    one = received[0]
    language, said = one.inbound.language, one.inbound.text
    parked = [bubble for waiting in one.waiting for bubble in mapping.bubbles(waiting.text)]
    text = mapping.told(language, one.case_number, said, with_replies=bool(parked))
    if not parked and not mapping.is_end(said) and _callback(context, asked):
        return Response.json({"version": "2.0", "useCallback": True, "data": {"text": text}})
    taps = [] if mapping.is_end(said) else mapping.taps(language)
    return Response.json(mapping.skill_response([*parked, *mapping.bubbles(text)], taps))


def _user(asked: Mapping[str, object]) -> str:
    """The bot user key; both spellings occur."""
    named = shapes.mapping(asked, "user", "properties")
    key = shapes.text(asked, "user", "id") or shapes.text(named, "botUserKey")
    return key or shapes.text(named, "bot_user_key", required=True)


def _language(asked: Mapping[str, object]) -> str:
    language = shapes.text(asked, "lang")
    return mapping.LANGUAGES.get(language, language)


def _text(asked: Mapping[str, object]) -> str:
    """What was said; for an uploaded picture KakaoTalk puts its address there, which is no text."""
    said = shapes.text(asked, "utterance").strip()
    return "" if said and said == shapes.text(asked, "params", "media", "url") else said


def _pictures(body: Mapping[str, object]) -> Iterator[str]:
    """Addresses of an uploaded picture and of secure images, in the order sent."""
    uploaded = shapes.text(body, "userRequest", "params", "media", "url")
    if uploaded:
        yield uploaded
    for value in shapes.mapping(body, "action", "params").values():
        if isinstance(value, str) and '"secureUrls"' in value:
            yield from _secure_pictures(value)


def _secure_pictures(value: str) -> Iterator[str]:
    """The plugin's parameter is JSON in a string, and the list in it is written ``List(first, second)``."""
    try:
        listed = shapes.text(json.loads(value), "secureUrls")
    except (ValueError, RecursionError):
        return
    for url in listed.removeprefix("List(").removesuffix(")").split(","):
        if url.strip():
            yield url.strip()


def _reply_context(context: Context, asked: Mapping[str, object]) -> dict[str, str]:
    callback = _callback(context, asked)
    if not callback:
        return {}
    return {CALLBACK_URL: callback, CALLBACK_UNTIL: (context.now() + CALLBACK_LIFE).isoformat()}


def _callback(context: Context, asked: Mapping[str, object]) -> str:
    """The callback address, if it leads to KakaoTalk; any other is ignored."""
    url = shapes.text(asked, "callbackUrl")
    try:
        AllowedHosts(_CALLBACK_HOSTS, context.settings).check(url)
    except Rejected:
        return ""
    return url


def _provider_id(context: Context, request: Request, body: Mapping[str, object]) -> str:
    """What tells this turn from any other.

    KakaoTalk never delivers a turn twice, but something between it and the hub might. ``X-Request-Id`` names the turn,
    and so does the callback's token. A bare call has no name: the same words of the same person within ten seconds are
    then taken as one turn, and the same words later as another, for losing one is worse than showing it twice.
    """
    named = request.headers.get("x-request-id", "")
    callback = shapes.text(body, "userRequest", "callbackUrl")
    if named or callback:
        return _digest("turn", named or callback)
    window = str(int(context.now().timestamp()) // _REPEAT_WINDOW_S)
    return _digest("words", window, shapes.text(body, "bot", "id"), request.body.decode("utf-8", "replace"))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "replace")).hexdigest()[:40]
