"""The table: what the provider sends, and how it answers. Add a row for each event and each answer you know of."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hub120_sdk import Address, AddressKind, Delivery, Inbound, OptedOut, Outbound, Receipt, Request, Unreadable
from hub120_sdk.testing import Answer, Parses, Refuses, Sends, Suite, fixture

from plugins._template.channel import signature

KEY = "the-key-of-the-tests"
CITIZEN = Address(AddressKind.ACCOUNT, "citizen-1", verified=True)
MESSAGE = Request(
    "POST", "https://hub.example/channels/your_connector", {}, fixture("plugins._template", "message.json")
)
REPLY = Outbound("r-1", CITIZEN, "내일 고치겠습니다.")


def sign(request: Request, at: datetime) -> Request:
    """Sign as the provider does."""
    return replace(request, headers={**request.headers, "x-signature": signature(KEY, request.body)})


def suite(provider: str, now: datetime) -> Suite:
    """The table. ``provider`` is the address of the kit's fake provider, ``now`` the time of the kit's clock."""
    return Suite(
        settings={"api_url": provider},
        secrets={"webhook_key": KEY},
        wrong_secrets={"webhook_key": "another-key"},
        sign=sign,
        parses=[Parses("a message", MESSAGE, [Inbound("m-1", CITIZEN, "가로등이 꺼져 있어요.")])],
        refuses=[Refuses("no id", replace(MESSAGE, body=b'{"from": "x", "text": "y"}'), Unreadable)],
        sends=[
            Sends("accepted", REPLY, [Answer.json({"id": "p-1"})], Receipt(Delivery.SENT, "p-1", "r-1")),
            Sends("the citizen left", REPLY, [Answer(410)], OptedOut),
        ],
        waived={
            "fetches_attachments": "the channel has no attachments",
            "refuses_a_replay": "the signature has no time in it; the id recognises a second delivery",
        },
    )
