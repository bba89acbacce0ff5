"""Comparing secrets in constant time, and several secrets in one setting while they are being changed."""

from __future__ import annotations

import hmac


def same(one: str, other: str) -> bool:
    """Compare two secrets or signatures in a time that tells nothing about where they differ."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


def same_as_any(given: str, secrets: str) -> bool:
    """Whether ``given`` is one of the blank-separated ``secrets``; never true for an empty value."""
    return bool(given) and any(same(given, secret) for secret in secrets.split())
