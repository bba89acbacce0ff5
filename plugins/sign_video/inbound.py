"""What the page sends: a call is asked for, a citizen writes or wants to be called back, a call ended, a report.

Whether signing agents answer now decides what a call becomes: a video call with its join link, or a message in text of
which nothing is lost. The card in README.md lays out every form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from hub120_sdk import Address, AddressKind, Delivery, Inbound, Receipt, Rejected, Request, Unreadable, shapes
from hub120_sdk.hosts import destination

from plugins.sign_video import mapping
from plugins.sign_video.hours import Hours

KIND, CALL_ID = "kind", "call_id"
CALL, CALLBACK, MESSAGE = "call", "callback", "message"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Reader:
    """Reads with the hours of service and the video service's address."""

    def __init__(self, hours: Hours, video_url: str) -> None:
        self._hours = hours
        self._video = destination(video_url).origin

    def read(self, request: Request, now: datetime) -> list[Inbound | Receipt]:
        """The one record in the body; none for a call that ended. Raises ``Unreadable``."""
        body = shapes.mapping(request.json(), required=True)
        kind = shapes.text(body, "type", required=True)
        if kind == "ended":
            shapes.text(body, "call_id", required=True)
            return []
        if kind == "receipt":
            return [_receipt(body)]
        if kind not in {CALL, CALLBACK, MESSAGE}:
            raise Unreadable("type must be call, callback, message, ended or receipt")
        return [self._call(body, now) if kind == CALL else self._written(body, kind, now)]

    def _call(self, body: Mapping[str, object], now: datetime) -> Inbound:
        call_id = shapes.text(body, "id", required=True)
        link = self._join_url(shapes.text(body, "join_url", required=True))
        is_open = self._hours.are_open(now)
        note = shapes.text(body, "text")
        heading = mapping.CALL if is_open else mapping.CALL_CLOSED
        return Inbound(
            provider_id=call_id,
            sender=_sender(shapes.mapping(body, "from", required=True)),
            text="\n\n".join(one for one in (heading, note) if one),
            conversation=call_id,
            language=_language(body),
            occurred_at=_time(body, "occurred_at"),
            reply_context={KIND: CALL, CALL_ID: call_id},
            medium="video" if is_open else "text",
            topic=shapes.text(body, "topic"),
            join_url=link if is_open else "",
        )

    def _written(self, body: Mapping[str, object], kind: str, now: datetime) -> Inbound:
        text = shapes.text(body, "text", required=kind == MESSAGE)
        wanted = _time(body, "callback_at") if kind == CALLBACK else None
        call_id = shapes.text(body, "call_id")
        if kind == CALLBACK:
            text = "\n\n".join(one for one in (self._callback(wanted, now), text) if one)
        return Inbound(
            provider_id=shapes.text(body, "id", required=True),
            sender=_sender(shapes.mapping(body, "from", required=True)),
            text=text,
            conversation=call_id,
            language=_language(body),
            occurred_at=_time(body, "occurred_at"),
            reply_context={KIND: kind, CALL_ID: call_id} if call_id else {KIND: kind},
            medium="text",
            topic=shapes.text(body, "topic"),
        )

    def callback_at(self, wanted: datetime | None, now: datetime) -> datetime | None:
        """When a citizen is called back: when they wish, if agents answer then, else at the next opening."""
        if wanted is not None and wanted > now and self._hours.are_open(wanted):
            return wanted.astimezone(self._hours.zone)
        return self._hours.next_opening(max(now, wanted) if wanted is not None else now)

    def _callback(self, wanted: datetime | None, now: datetime) -> str:
        at = self.callback_at(wanted, now)
        return f"{mapping.CALLBACK}: {mapping.shown(at, 'ko')}" if at else mapping.CALLBACK

    def _join_url(self, link: str) -> str:
        """The link, if it leads to the video service: an agent's browser opens it."""
        try:
            origin = destination(link).origin
        except Rejected as error:
            raise Unreadable("join_url is no address") from error
        if origin != self._video:
            raise Unreadable("join_url leads elsewhere than to video_url")
        return link


def wished(request: Request) -> datetime | None:
    """When the citizen of a callback request wants to be called."""
    return _time(shapes.mapping(request.json()), "callback_at")


def _sender(sender: Mapping[str, object]) -> Address:
    name = shapes.text(sender, "name")
    for kind, form in mapping.FORMS.items():
        value = shapes.text(sender, kind)
        if value and not form.fullmatch(value):
            raise Unreadable(f"from.{kind} must be {mapping.SAID[kind]}")
        if value:
            return Address(kind, value, name, verified=sender.get("verified") is True)
    return Address(AddressKind.ACCOUNT, shapes.text(sender, "id", required=True), name, verified=True)


def _language(body: Mapping[str, object]) -> str:
    stated = shapes.text(body, "language") or mapping.SIGN_LANGUAGE
    if not _LANGUAGE.fullmatch(stated):
        raise Unreadable("language must be a code like kvk")
    return stated


def _time(body: Mapping[str, object], name: str) -> datetime | None:
    written = shapes.text(body, name)
    try:
        read = datetime.fromisoformat(written) if written else None
    except ValueError as error:
        raise Unreadable(f"{name} is no RFC 3339 time") from error
    if read is not None and (read.tzinfo is None or not 1970 < read.year < 9000):
        raise Unreadable(f"{name} has no time zone, or an impossible year")
    return read


def _receipt(body: Mapping[str, object]) -> Receipt:
    state = mapping.STATES.get(shapes.text(body, "state", required=True))
    if state is None:
        raise Unreadable(f"state must be one of {', '.join(mapping.STATES)}")
    reason = shapes.text(body, "reason") if state is Delivery.FAILED else ""
    return Receipt(state, reply_id=shapes.text(body, "reply_id", required=True), reason=reason)
