"""Addresses: which ones others can reach or overhear, and what to say when one to listen on is taken."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit


class UnsafeAddress(Exception):
    """An address that other machines can reach, without TLS."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"{address} can be reached from other machines without TLS: give a certificate, or say that it is insecure"
            " where a mesh or a proxy encrypts"
        )


class AddressInUse(Exception):
    """The address cannot be listened on."""

    def __init__(self, address: str) -> None:
        super().__init__(f"cannot listen on {address}: is something else listening there?")


def split(address: str) -> tuple[str, int]:
    """Host and port. Raises ``ValueError``."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit():
        raise ValueError(f"{address!r} is not host:port")
    return host.strip("[]"), int(port)


def is_local(address: str) -> bool:
    """Whether an address can be reached from this machine only."""
    if address.startswith("unix:"):
        return True
    host, _ = split(address)
    return _is_here(host)


def is_confidential(url: str) -> bool:
    """Whether nobody can overhear what is said to a URL: it goes over TLS, or does not leave this machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and _is_here(parts.hostname or ""))


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
