"""A connector that does what it is told, however bad: the first word of a message says what."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from typing import Any

from hub120_sdk import (
    Address,
    AddressKind,
    Attachment,
    Content,
    Context,
    Delivery,
    Inbound,
    Outbound,
    Receipt,
    Received,
    Request,
    Response,
    Retry,
)


def misbehave(told: str) -> Any:
    """Do what the first word says; None where it says nothing bad."""
    match told.partition(" ")[0]:
        case "raise":
            raise ValueError(f"I was told to: {told}")
        case "hang":
            time.sleep(3600)
        case "spin":
            while True:
                pass
        case "exit":
            sys.exit(3)
        case "die":
            os._exit(3)
        case "rubbish":
            return {"this": "is no record"}
        case "retry":
            raise Retry("come again")
    return None


class Unruly:
    """The Channel."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def parse(self, request: Request) -> Sequence[Inbound | Receipt]:
        """``{"id", "from", "text", "parse", "answer", "file"}``: the last three are what to do."""
        body: Any = request.json()
        wrong = misbehave(body.get("parse", ""))
        if wrong is not None:
            return wrong  # type: ignore[no-any-return] # rubbish on purpose
        files = (Attachment(body["file"]),) if body.get("file") else ()
        return [Inbound(body["id"], Address(AddressKind.ACCOUNT, body["from"]), body["text"], files)]

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        """The case number."""
        body: Any = request.json()
        wrong = misbehave(body.get("answer", ""))
        return wrong if wrong is not None else Response.json({"case_number": received[0].case_number})

    def send(self, message: Outbound) -> Receipt:
        """Say it was sent, unless told otherwise."""
        wrong = misbehave(message.text)
        return wrong if wrong is not None else Receipt(Delivery.SENT, provider_id=f"sent {message.reply_id}")

    def fetch(self, attachment: Attachment) -> Content:
        """Nothing worth having."""
        wrong = misbehave(attachment.reference)
        return wrong if wrong is not None else Content(b"%PDF-1.4\n%%EOF", "application/pdf")
