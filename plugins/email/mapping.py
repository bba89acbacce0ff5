"""Their words and ours: what delivery reports say."""

from __future__ import annotations

from hub120_sdk import Delivery

ACTIONS = {
    "delivered": Delivery.DELIVERED,
    "failed": Delivery.FAILED,
    "delayed": Delivery.SENT,
    "relayed": Delivery.SENT,
    "expanded": Delivery.SENT,
}
"""The actions of RFC 3464. Relayed and expanded: no further report will come."""

DISPOSITIONS = {"displayed": Delivery.READ}
"""The dispositions of RFC 8098 that say something of a person."""

_STATUSES = {
    "5.1": "there is no such address",
    "5.2": "the mailbox takes nothing",
    "5.2.2": "the mailbox is full",
    "5.2.3": "the mail is too large for the mailbox",
    "5.3.4": "the mail is too large",
    "4.2.2": "the mailbox stayed full",
    "4.4": "the citizen's mail server could not be reached",
    "5.4": "no way to the citizen's mail server was found",
    "5.7": "the citizen's mail server refuses mails like this one",
}


def failure(status: str) -> str:
    """A status of RFC 3463 in words, the most special that are known."""
    known = _STATUSES.get(status) or _STATUSES.get(status.rpartition(".")[0], "the mail could not be delivered")
    return f"{known} ({status})" if status else known
