"""Whether the centre's own mail server vouches for the sender: its Authentication-Results (RFC 8601) says dmarc=pass
for the very domain in From.

Anybody can write such a header; the receiving server puts its own on top and takes out those that pretend to be its
own. So the first one that bears the configured name counts, and none other.
"""

from __future__ import annotations

import re

from plugins.email.mail import Mail

_COMMENT = re.compile(r"\([^()]*\)")
_DOMAIN = re.compile(r"header\.from\s*=\s*\"?(?:[^\s;\"@]*@)?([A-Za-z0-9.-]+)")


def is_vouched_for(mail: Mail, address: str, server: str) -> bool:
    """True if the server of that name (authserv-id) found the sender's domain to be the true one."""
    if not server or len(mail.every("from")) != 1 or len(mail.senders()) != 1:
        return False
    for raw in mail.every("authentication-results"):
        name, *results = _without_comments(raw).split(";")
        if name.split()[:1] and name.split()[0].lower() == server.lower():
            return any(_passes(one, address.rpartition("@")[2]) for one in results)
    return False


def _without_comments(raw: str) -> str:
    for _ in range(5):
        raw, found = _COMMENT.subn(" ", raw)
        if not found:
            break
    return raw


def _passes(result: str, domain: str) -> bool:
    named = _DOMAIN.search(result)
    passed = re.match(r"\s*dmarc\s*=\s*pass\b", result, re.I)
    return bool(passed and named and named[1].lower() == domain.lower())
