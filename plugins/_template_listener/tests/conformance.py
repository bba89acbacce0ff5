"""The table, and the provider that is asked for news. Add a row for each message and each answer you know of."""

from __future__ import annotations

import json
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from hub120_sdk import Address, AddressKind, Delivery, Inbound, OptedOut, Outbound, Receipt
from hub120_sdk.testing import Answer, Hears, Provider, Seen, Sends, Suite, fixture

CITIZEN = Address(AddressKind.ACCOUNT, "citizen-1", verified=True)
REPLY = Outbound("r-1", CITIZEN, "내일 고치겠습니다.")


class Mailbox(Provider):
    """The kit's provider with a memory: what is delivered is there until it was asked for what comes after it."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: dict[int, dict[str, object]] = {}
        self._number = 0
        self._cut = False

    def deliver(self, delivery: bytes) -> None:
        """Number it and keep it; what is no JSON object cannot be numbered."""
        message = json.loads(delivery)
        if not isinstance(message, dict):
            raise ValueError("no message")
        self._number += 1
        self._waiting[self._number] = {**message, "number": self._number}

    def unacknowledged(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def drop(self) -> None:
        """Hang up on whoever asks next."""
        self._cut = True

    def answer_to(self, seen: Seen) -> Answer:
        """News are answered from memory, unless the script says that something is wrong; all else by the script."""
        scripted = super().answer_to(seen)
        if seen.method != "GET" or scripted.status >= 300 or scripted.dropped or scripted.slow:
            return scripted
        if self._cut:
            self._cut = False
            return Answer(dropped=True)
        kept = int(parse_qs(urlsplit(seen.path).query)["after"][0])
        self._waiting = {number: message for number, message in self._waiting.items() if number > kept}
        return Answer.json({"messages": list(self._waiting.values())})


def peer(now: datetime) -> Mailbox:
    """Who plays the provider."""
    return Mailbox()


def suite(provider: str, now: datetime) -> Suite:
    """The table. ``provider`` is the address of the mailbox, ``now`` the time of the kit's clock."""
    other = json.dumps({"id": "m-2", "from": "citizen-1", "text": "아직도 꺼져 있어요."}).encode()
    return Suite(
        settings={"api_url": provider, "pause_s": "0.05"},
        secrets={"api_token": "the-token-of-the-tests"},
        wrong_secrets={"api_token": "another-token"},
        hears=[
            Hears(
                "a message",
                fixture("plugins._template_listener", "message.json"),
                [Inbound("m-1", CITIZEN, "가로등이 꺼져 있어요.")],
            ),
            Hears("another", other, [Inbound("m-2", CITIZEN, "아직도 꺼져 있어요.")]),
        ],
        sends=[
            Sends("accepted", REPLY, [Answer.json({"id": "p-1"})], Receipt(Delivery.SENT, "p-1", "r-1")),
            Sends("the citizen left", REPLY, [Answer(410)], OptedOut),
        ],
        waived={"fetches_attachments": "the channel has no attachments"},
    )
