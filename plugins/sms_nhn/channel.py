"""The connector itself: the message API out, results of messages in. NHN Cloud takes no messages from citizens."""

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
    Unauthorised,
)
from hub120_sdk.credentials import same_as_any
from hub120_sdk.korean_sms import TITLE_BYTES
from hub120_sdk.text import euc_kr_bytes, outside_euc_kr

from plugins.sms_nhn import inbound, outbound


class NhnSms:
    """The Channel."""

    def __init__(self, context: Context) -> None:
        title = context.settings["title"]
        if not title or outside_euc_kr(title) or euc_kr_bytes(title) > TITLE_BYTES:
            raise Misconfigured(f"HUB120_CONNECTOR_SMS_NHN_TITLE is empty or more than {TITLE_BYTES} bytes of EUC-KR")
        self._context = context

    def parse(self, request: Request) -> Sequence[Inbound | Receipt]:
        """Compare the signature, which is the same words in every request, then read the results."""
        given = request.headers.get("x-toast-webhook-signature", "")
        if not same_as_any(given, self._context.secrets["webhook_signature"]):
            raise Unauthorised("X-Toast-Webhook-Signature is missing or not the one typed in for the webhook")
        return inbound.read(request)

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        """200 is all that is expected."""
        return Response()

    def send(self, message: Outbound) -> Receipt:
        """Send it as SMS, LMS or MMS, whichever carries it; pictures are uploaded first."""
        return outbound.send(self._context, message)

    def fetch(self, attachment: Attachment) -> Content:
        """There is nothing to fetch."""
        raise Rejected("NHN Cloud brings no messages from citizens, and so no files")
