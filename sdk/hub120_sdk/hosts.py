"""Which addresses a connector may call: the manifest's ``allowed_hosts``, with settings filled in.

Three forms: ``api.example.org`` and ``*.example.org`` (its subdomains, not itself) are called over https on 443 (or
the port written), and ``{setting}`` is exactly the scheme, host and port of the URL an operator put into that setting;
such a host alone may be private or spoken to in plain http.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from hub120_sdk.errors import Rejected

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a URL leads, taken apart once, so that what was checked is what gets called."""

    scheme: str
    host: str
    port: int
    target: str
    """Path and query, beginning with a slash."""
    trusted: bool = False
    """An operator named this very host: it may be a private address, and may see the trace."""

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port."""
        return self.scheme, self.host, self.port


def destination(url: str) -> Destination:
    """Take a URL apart. Raises ``Rejected`` for what is not a plain http(s) address."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise Rejected("the address is not a URL") from error
    if parts.scheme not in _PORTS or not parts.hostname or not parts.hostname.isascii() or "@" in parts.netloc:
        raise Rejected("the address is not an http(s) URL without credentials in it")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Destination(parts.scheme, parts.hostname.rstrip("."), port, target)


class AllowedHosts:
    """The manifest's list with its settings filled in."""

    def __init__(self, patterns: Sequence[str], settings: Mapping[str, str]) -> None:
        names = [pattern[1:-1] for pattern in patterns if pattern.startswith("{")]
        self._trusted = {destination(settings[name]).origin for name in names if settings.get(name)}
        self._patterns = [pattern.lower() for pattern in patterns if not pattern.startswith("{")]

    def check(self, url: str) -> Destination:
        """Where ``url`` leads, if the connector may go there. Raises ``Rejected``, naming the host."""
        to = destination(url)
        if to.scheme == "https" and any(_matches(pattern, to) for pattern in self._patterns):
            return to
        if to.origin in self._trusted:
            return Destination(*to.origin, to.target, trusted=True)
        raise Rejected(f"{to.scheme}://{to.host}:{to.port} is not among the connector's allowed hosts")


def _matches(pattern: str, to: Destination) -> bool:
    host, _, port = pattern.partition(":")
    if to.port != int(port or 443):
        return False
    return to.host.endswith(host[1:]) if host.startswith("*.") else to.host == host
