"""Mails that no citizen wrote: to answer one is how two machines write to each other for ever (RFC 3834).

They stay in the mailbox, unread, and never become a case.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from plugins.email import threads
from plugins.email.mail import Mail

_LISTS = ("list-id", "list-post", "list-unsubscribe", "mailing-list")
_MACHINES = ("x-auto-response-suppress", "x-autoreply", "x-autorespond", "x-auto-reply")
_BULK = frozenset({"bulk", "list", "junk", "auto_reply"})
_DAEMONS = re.compile(r"(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)([+-].*)?@.*")


def is_automatic(mail: Mail, sender: str, own_addresses: Collection[str], domain: str) -> bool:
    """True for a mail that no citizen wrote."""
    return (
        sender in own_addresses
        or any(threads.own(one, domain) for one in threads.ids(mail, "message-id"))
        or mail.first("auto-submitted").partition(";")[0].strip().lower() not in {"", "no"}
        or mail.first("precedence").lower() in _BULK
        or any(mail.has(name) for name in (*_LISTS, *_MACHINES))
        or mail.first("return-path").replace(" ", "") == "<>"
        or bool(_DAEMONS.fullmatch(sender))
    )
