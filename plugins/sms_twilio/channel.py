"""The connector itself: messages and status callbacks in, the REST API out."""

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
    Request,
    Response,
)
from hub120_sdk.twiliosignature import verify

from plugins.sms_twilio import inbound, outbound


class TwilioSms:
    """The Channel."""

    def __init__(self, context: Context) -> None:
        if not context.settings["from_number"] and not context.settings["messaging_service_sid"]:
            raise Misconfigured("set HUB120_CONNECTOR_SMS_TWILIO_FROM_NUMBER or …_MESSAGING_SERVICE_SID")
        self._context = context

    def parse(self, request: Request) -> Sequence[Inbound | Receipt]:
        """Check ``X-Twilio-Signature``, then read a message or a status."""
        secrets = self._context.secrets
        verify(secrets["auth_token"], secrets["webhook_key"], request)
        return inbound.read(request)

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        """TwiML that says nothing: the reply comes by the REST API."""
        return Response(200, b'<?xml version="1.0" encoding="UTF-8"?><Response/>', "text/xml; charset=utf-8")

    def send(self, message: Outbound) -> Receipt:
        """Create a message."""
        return outbound.send(self._context, message)

    def fetch(self, attachment: Attachment) -> Content:
        """GET the media of an MMS."""
        return outbound.fetch(self._context, attachment)
