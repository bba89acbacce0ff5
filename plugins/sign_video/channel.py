"""The connector itself: signed requests in, an offer in the answer, replies in text out."""

from __future__ import annotations

from collections.abc import Sequence

from hub120_sdk import (
    Attachment,
    Content,
    Context,
    Inbound,
    Misconfigured,
    Outbound,
    Receipt,
    Received,
    Rejected,
    Request,
    Response,
    standardwebhooks,
)

from plugins.sign_video import inbound, mapping, outbound
from plugins.sign_video.hours import Hours


class SignVideo:
    """The Channel."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._hours = Hours.read(context.settings)
        try:
            self._reader = inbound.Reader(self._hours, context.settings["video_url"])
        except Rejected as error:
            raise Misconfigured("HUB120_CONNECTOR_SIGN_VIDEO_VIDEO_URL is no http(s) address") from error

    def parse(self, request: Request) -> Sequence[Inbound | Receipt]:
        """Check the Standard Webhooks signature, then read one event."""
        secrets = self._context.secrets["signing_secret"]
        standardwebhooks.verify(secrets, request.headers, request.body, self._context.now())
        return self._reader.read(request, self._context.now())

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        """What the page shows: the call is being connected; or it is closed, until when, and what is offered."""
        if not received:
            return Response.json({})
        one = received[0]
        told = {"contact_id": one.contact_id, "case_number": one.case_number}
        return Response.json({**told, **self._outcome(request, one)})

    def _outcome(self, request: Request, one: Received) -> dict[str, object]:
        now, number = self._context.now(), one.case_number
        kind = one.inbound.reply_context.get(inbound.KIND)
        if kind == inbound.CALLBACK:
            at = self._reader.callback_at(inbound.wished(request), now)
            called = at.isoformat() if at else None
            return {"status": "callback", "callback_at": called, "message": mapping.taken(number, at)}
        if kind == inbound.MESSAGE:
            return {"status": "taken", "message": mapping.taken(number)}
        if one.inbound.medium == "video":
            return {"status": "open", "message": mapping.connecting(number)}
        opens = self._hours.next_opening(now)
        message = mapping.closed(opens, number)
        offers = ["message", "callback"] if opens else ["message"]
        return {"status": "closed", "opens_at": opens and opens.isoformat(), "offers": offers, "message": message}

    def send(self, message: Outbound) -> Receipt:
        """POST the reply to ``reply_url``."""
        return outbound.send(self._context, message)

    def fetch(self, attachment: Attachment) -> Content:
        """A call has no files."""
        raise Rejected("a video call has no files")
