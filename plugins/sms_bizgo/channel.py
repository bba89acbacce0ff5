"""The connector itself: messages and delivery reports in, the message API out."""

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
)
from hub120_sdk.korean_sms import TITLE_BYTES
from hub120_sdk.text import euc_kr_bytes, outside_euc_kr

from plugins.sms_bizgo import inbound, outbound
from plugins.sms_bizgo.origin import Origin


class BizgoSms:
    """The Channel."""

    def __init__(self, context: Context) -> None:
        title = context.settings["title"]
        if outside_euc_kr(title) or euc_kr_bytes(title) > TITLE_BYTES:
            raise Misconfigured(f"HUB120_CONNECTOR_SMS_BIZGO_TITLE has more than {TITLE_BYTES} bytes of EUC-KR")
        self._context = context
        self._origin = Origin(context.secrets["webhook_secret"], context.settings["source_networks"])

    def parse(self, request: Request) -> Sequence[Inbound | Receipt]:
        """Check where the request comes from and its signature, then read a message or a report."""
        self._origin.verify(request, self._context.now())
        return [inbound.read(request)]

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        """The key of what came; Bizgo delivers anything else again, up to three times."""
        return Response.json({"msgKey": inbound.key(request)})

    def send(self, message: Outbound) -> Receipt:
        """Send an SMS or LMS in Korea, an international message abroad."""
        return outbound.send(self._context, message)

    def fetch(self, attachment: Attachment) -> Content:
        """Messages to an MO number bring text alone."""
        raise Rejected("Bizgo brings no files")
