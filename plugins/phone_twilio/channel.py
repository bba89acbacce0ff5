"""The connector itself: signed webhooks in, TwiML and the REST API out."""

from __future__ import annotations

from collections.abc import Sequence

from hub120_sdk import (
    Attachment,
    Conference,
    Content,
    Context,
    Delivery,
    Dial,
    Leg,
    Outbound,
    Receipt,
    Received,
    Record,
    Rejected,
    Request,
    Response,
)
from hub120_sdk.text import length
from hub120_sdk.twiliosignature import verify

from plugins.phone_twilio import inbound, twiml
from plugins.phone_twilio.calls import Calls
from plugins.phone_twilio.rest import Rest

TEXT_CHARACTERS = 1_000


class TwilioPhone:
    """The Channel and Telephony."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._calls = Calls(context, Rest(context))

    def parse(self, request: Request) -> Sequence[Record]:
        """Check ``X-Twilio-Signature``, then read a call or what became of one."""
        secrets = self._context.secrets
        verify(secrets["auth_token"], secrets["webhook_key"], request)
        return inbound.read(self._context, request)

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        """A caller is greeted and waits with music until somebody speaks with them, who pressed a key is led to where
        they belong; callbacks need no words."""
        pressing = inbound.who_pressed(request)
        if pressing is not None:
            return twiml.answer(twiml.placed(self._context, pressing))
        if not received or not inbound.is_call(request):
            return twiml.answer()
        settings = self._context.settings
        greeting = twiml.say(settings["greeting"], settings["greeting_language"]) if settings["greeting"] else ""
        return twiml.answer(greeting + twiml.wait(self._context, received[0].inbound.provider_id))

    def send(self, message: Outbound) -> Receipt:
        """Speak to a caller who waits."""
        if message.attachments:
            raise Rejected("files cannot be sent by telephone")
        if length(message.text) > TEXT_CHARACTERS:
            raise Rejected(f"more than {TEXT_CHARACTERS} characters are too long to be spoken")
        leg_id = message.reply_context.get(twiml.LEG, "")
        if not leg_id:
            raise Rejected("the caller is not on the line: call them, or use another channel")
        self._calls.speak(leg_id, message.text, message.language or "ko")
        return Receipt(Delivery.SENT, reply_id=message.reply_id)

    def fetch(self, attachment: Attachment) -> Content:
        """A call has no files."""
        raise Rejected("a call has no files")

    def dial(self, dial: Dial) -> Leg:
        """Call a telephone."""
        return self._calls.dial(dial)

    def bridge(self, conference_id: str, leg_ids: Sequence[str]) -> Conference:
        """Make a conference."""
        return self._calls.bridge(conference_id, leg_ids)

    def add_party(self, conference_id: str, leg_id: str) -> None:
        """Put one more leg into a conference."""
        self._calls.add_party(conference_id, leg_id)

    def remove_party(self, conference_id: str, leg_id: str) -> None:
        """Take a leg out of a conference."""
        self._calls.remove_party(conference_id, leg_id)

    def hold(self, conference_id: str, leg_id: str, held: bool) -> None:
        """Music instead of the conference, or the conference again."""
        self._calls.hold(conference_id, leg_id, held)

    def mute(self, conference_id: str, leg_id: str, muted: bool) -> None:
        """Unheard by the others, or heard again."""
        self._calls.mute(conference_id, leg_id, muted)

    def hang_up(self, leg_id: str) -> None:
        """End a leg."""
        self._calls.hang_up(leg_id)

    def look(self, conference_id: str) -> Conference:
        """Who hears whom."""
        return self._calls.look(conference_id)
