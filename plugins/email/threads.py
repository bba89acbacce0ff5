"""Which conversation a mail belongs to, by Message-ID, In-Reply-To and References (RFC 5322).

A conversation is named by a hash of its first mail's id. Our own Message-IDs carry that name and the reply's id, so an
answer finds its conversation though its mail program dropped the older references, and a report finds its reply.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from plugins.email import charsets
from plugins.email.mail import Mail

_ID = re.compile(r"<([^<>\s]{1,900})>")
_OURS = re.compile(r"hub120\.([A-Za-z0-9-]{1,64})\.([0-9a-f]{32}|0)@(.+)")
_LONGEST_ID = 250
_LONGEST_REFERENCES = 800
NO_CONVERSATION = "0"


@dataclass(frozen=True, slots=True)
class Own:
    """What one of our Message-IDs says."""

    reply_id: str
    conversation: str


def own(message_id: str, domain: str) -> Own | None:
    """Read one of our ids; None if it is somebody else's."""
    match = _OURS.fullmatch(message_id)
    if match is None or match[3].lower() != domain:
        return None
    return Own(match[1], "" if match[2] == NO_CONVERSATION else match[2])


def own_id(reply_id: str, conversation: str, domain: str) -> str:
    """The Message-ID of a reply, the same over every attempt."""
    name = re.sub(r"[^A-Za-z0-9-]", "-", reply_id)[:64]
    thread = conversation if re.fullmatch("[0-9a-f]{32}", conversation) else NO_CONVERSATION
    return f"hub120.{name}.{thread}@{domain}"


def ids(mail: Mail, *names: str) -> list[str]:
    """All message ids in these headers, in their order. Some programs fold a long one into encoded words."""
    values = [value for name in names for value in mail.every(name)]
    return [found for one in values for found in _ID.findall(charsets.header(one) if "=?" in one else one)]


def message_id(mail: Mail) -> str:
    """The mail's own id. A mail without one is known by its very bytes."""
    found = ids(mail, "message-id")
    if found and len(found[0]) <= _LONGEST_ID:
        return found[0]
    return f"sha256:{hashlib.sha256(found[0].encode('utf-8', 'replace') if found else mail.raw).hexdigest()}"


def conversation(mail: Mail, domain: str) -> str:
    """The conversation that one of our mails named, else that of the first mail."""
    earlier = ids(mail, "references", "in-reply-to")
    for reference in reversed(earlier):
        ours = own(reference, domain)
        if ours is not None:
            return ours.conversation
    first = (earlier or [message_id(mail)])[0]
    return hashlib.sha256(first.encode("utf-8", "replace")).hexdigest()[:32]


def references(mail: Mail) -> str:
    """What an answer writes into References: the earlier ids that fit, then this one's. Empty: it has no id."""
    found = ids(mail, "message-id")
    if not found:
        return ""
    chain = [f"<{one}>" for one in [*dict.fromkeys(ids(mail, "references") or ids(mail, "in-reply-to")), found[0]]]
    while len(chain) > 2 and len(" ".join(chain)) > _LONGEST_REFERENCES:
        del chain[1]
    return " ".join(chain)
