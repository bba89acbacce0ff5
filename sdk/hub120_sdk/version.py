"""The version of the contract. A connector names the one it was written for in its manifest (``sdk = "0.1"``)."""

from __future__ import annotations

SDK_VERSION = "0.1"


def compatible(written_for: str, offered: str = SDK_VERSION) -> bool:
    """Whether a connector written for one version runs on another.

    Before 1.0 the second number is the breaking one; from 1.0 on the first is, and a host must be at least as new.
    """
    wanted, given = _numbers(written_for), _numbers(offered)
    if wanted is None or given is None:
        return False
    return wanted == given if wanted[0] == 0 else wanted[0] == given[0] and wanted[1] <= given[1]


def _numbers(version: str) -> tuple[int, int] | None:
    major, dot, minor = version.partition(".")
    if not (dot and major.isascii() and major.isdigit() and minor.isascii() and minor.isdigit()):
        return None
    return int(major), int(minor)
