"""A reply to a caller: spoken to them, where the exchange has a voice and they are on the line; else refused."""

from __future__ import annotations

from hub120_sdk import Context, Delivery, Outbound, Receipt, Rejected
from hub120_sdk.text import length

from plugins.phone_asterisk.ari import Ari
from plugins.phone_asterisk.speech import SAID, media_for, speaks_any_text

LEG = "leg"
TEXT_CHARACTERS = 500


def send(context: Context, ari: Ari, message: Outbound) -> Receipt:
    """Play the words on the caller's channel; the exchange tells when they have been heard."""
    if not speaks_any_text(context.settings):
        raise Rejected("a caller cannot be sent text: speak with them, or set announcement_media")
    if message.attachments:
        raise Rejected("files cannot be sent by telephone")
    if length(message.text) > TEXT_CHARACTERS:
        raise Rejected(f"more than {TEXT_CHARACTERS} characters are too long to be spoken")
    leg_id = message.reply_context.get(LEG, "")
    if not leg_id:
        raise Rejected("the caller is not on the line: call them, or use another channel")
    media = media_for(context.settings, message.text, message.language)
    playback = SAID + message.reply_id
    ari.ask("POST", "channels", leg_id, "play", told={"media": media}, playbackId=playback)
    return Receipt(Delivery.SENT, provider_id=playback, reply_id=message.reply_id)
