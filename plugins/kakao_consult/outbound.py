"""How a reply goes into the citizen's session: files uploaded first, then one bubble after another; and how files come
the other way. The dealer's form of each step is elsewhere.

Only an open session takes messages, and only the citizen opens one. A reply to a closed one is refused: nothing can
wait in an answer here, for the dealer's webhook is answered to the dealer and not to the citizen.
"""

from __future__ import annotations

from collections.abc import Sequence

from hub120_sdk import (
    AddressKind,
    Attachment,
    ConnectorError,
    Content,
    Context,
    Delivery,
    NotOnChannel,
    Outbound,
    Receipt,
    Rejected,
    Retry,
    Unsure,
)
from hub120_sdk.answers import good
from hub120_sdk.text import length

from plugins.kakao_consult.dealer import IMAGE_BYTES, IMAGE_TYPES, Bubble, Dealer, FileKind, Upload

TEXT_CHARACTERS = 1_000
MOST_FILES = 5
_KEY_CHARACTERS = 20


def send(dealer: Dealer, message: Outbound) -> Receipt:
    """Upload, then write; the first message's id stands for the reply."""
    _check(message)
    bubbles = _bubbles(message, [_uploaded(dealer, one) for one in message.attachments])
    first = ""
    for bubble in bubbles:
        key = _written(dealer, bubble, len(bubbles))
        first = first or key
    return Receipt(Delivery.SENT, first, message.reply_id)


def _check(message: Outbound) -> None:
    """Nothing is sent of a reply that cannot be sent whole."""
    if message.to.kind is not AddressKind.ACCOUNT or not 1 <= len(message.to.value) <= _KEY_CHARACTERS:
        raise NotOnChannel("the citizen's address is no KakaoTalk user key")
    if length(message.text) > TEXT_CHARACTERS:
        raise Rejected(f"the text has more than {TEXT_CHARACTERS} characters")
    if len(message.attachments) > MOST_FILES:
        raise Rejected(f"a reply has at most {MOST_FILES} files")
    if message.template:
        raise Rejected("a consultation has no templates: notices (알림톡) go by kakao_alimtalk")
    if not (message.text.strip() or message.attachments):
        raise Rejected("a message without words or files cannot be sent")


def _bubbles(message: Outbound, uploads: Sequence[Upload]) -> list[Bubble]:
    """The text, then each file by itself: KakaoTalk shows no words beside a picture."""
    texts = [message.text] if message.text.strip() else []
    to, reply_id = message.to.value, message.reply_id
    bubbles = [Bubble(reply_id, 0, to, text=text) for text in texts]
    return bubbles + [Bubble(reply_id, place, to, file=one) for place, one in enumerate(uploads, start=len(texts))]


def _uploaded(dealer: Dealer, file: Content) -> Upload:
    """Nothing was written yet, so whatever goes wrong may be tried again."""
    try:
        return dealer.upload(file, _kind(file))
    except Unsure as lost:
        raise Retry(lost.reason) from lost


def _kind(file: Content) -> FileKind:
    """An image, a video or a sound to be shown in the chat, or a file to download."""
    if file.media_type in IMAGE_TYPES and len(file.data) <= IMAGE_BYTES:
        return FileKind.IMAGE
    family = file.media_type.partition("/")[0]
    return FileKind(family) if family in {FileKind.VIDEO, FileKind.AUDIO} else FileKind.FILE


def _written(dealer: Dealer, bubble: Bubble, of: int) -> str:
    """Write a bubble. Once the first was taken the reply can be neither repeated nor called back."""
    try:
        return dealer.write(bubble)
    except ConnectorError as error:
        if bubble.number == 0:
            raise
        told = f"the citizen got {bubble.number} of {of} messages of this reply, then: {error.reason}"
        raise (Unsure(told) if isinstance(error, Retry) else Rejected(told)) from error


def fetch(context: Context, attachment: Attachment) -> Content:
    """GET a file. KakaoTalk announces addresses with http and serves them with https too."""
    url = attachment.reference
    if url.startswith("http://") and ".kakao" in url.split("/")[2]:
        url = "https" + url.removeprefix("http")
    answer = context.http.request("GET", url, timeout_s=10)
    if answer.status in {403, 404, 410}:
        raise Rejected(f"the file's address has expired ({answer.status})")
    return Content(good(answer).body, answer.headers.get("content-type", "").partition(";")[0], attachment.filename)
