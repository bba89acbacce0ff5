"""The way out for connectors: allowed hosts only, no private address, bounded in time and size.

A name is resolved once and the connection goes to the very address that was checked, so that a second answer of the
name service cannot lead inside. ``traceparent`` goes to hosts that an operator set, never to public providers.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Mapping
from urllib.parse import urljoin

import urllib3
from hub120_sdk import HttpAnswer, Rejected, Retry, Unreachable, Unsure
from hub120_sdk.hosts import AllowedHosts, Destination
from urllib3.connection import HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, SSLError
from urllib3.util import connection as sockets

from chassis import telemetry
from chassis.telemetry import attributes as known

CONNECT_TIMEOUT_S = 5.0
REDIRECTS = 3
_REDIRECT_STATUSES = {301, 302, 303, 307, 308}
_SECRET_HEADERS = {"authorization", "cookie", "proxy-authorization"}

_NEVER_REACHED = (NewConnectionError, ConnectTimeoutError, SSLError, socket.gaierror, ConnectionRefusedError)
"""Troubles before the request went out; a name that does not resolve is a ``NewConnectionError`` too."""

OnRequest = Callable[[str, Destination, int, float, str], None]
"""Told of each request: method, destination, status (0 for none), seconds, kind of error."""


def is_public(address: str) -> bool:
    """Whether an IP address is on the public internet, also when wrapped in an IPv6 transition address."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
        if ip.sixtofour or ip.teredo or ip in ipaddress.ip_network("64:ff9b::/96"):
            return False
    return ip.is_global and not ip.is_multicast


class _PublicHTTPSConnection(HTTPSConnection):
    """Connects to an address only after looking at it; name, certificate and ``Host`` stay those of the URL."""

    def _new_conn(self) -> socket.socket:
        found = socket.getaddrinfo(self._dns_host, self.port, type=socket.SOCK_STREAM)
        addresses = [str(one[4][0]) for one in found]
        if not addresses or not all(is_public(address) for address in addresses):
            raise NewConnectionError(self, f"{self.host} leads to a private address")
        return sockets.create_connection(
            (addresses[0], self.port or 443), self.timeout, socket_options=self.socket_options
        )


class _PublicHTTPSPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _PublicHTTPSConnection


class OutboundHttp:
    """The SDK's ``Http`` for one connector."""

    def __init__(
        self,
        allowed: AllowedHosts,
        answer_bytes: int,
        connections: int = 8,
        on_request: OnRequest = lambda *_: None,
    ) -> None:
        self._allowed = allowed
        self._answer_bytes = answer_bytes
        self._on_request = on_request
        self._trusted = urllib3.PoolManager(maxsize=connections)
        self._public = urllib3.PoolManager(maxsize=connections)
        self._public.pool_classes_by_scheme = {"https": _PublicHTTPSPool}

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        timeout_s: float = 10.0,
    ) -> HttpAnswer:
        """Send a request and read the whole answer; see the SDK's ``Http``."""
        deadline = time.monotonic() + timeout_s
        sent = {"user-agent": "hub120", **{name.lower(): value for name, value in (headers or {}).items()}}
        for _ in range(REDIRECTS + 1):
            to = self._allowed.check(url)
            answer = self._once(method, to, sent, body, deadline)
            location = answer.headers.get("location", "")
            if method != "GET" or answer.status not in _REDIRECT_STATUSES or not location:
                return answer
            url = urljoin(url, location)
            if self._allowed.check(url).origin != to.origin:
                sent = {name: value for name, value in sent.items() if name not in _SECRET_HEADERS}
        raise Rejected(f"{to.host} redirects in circles")

    def _once(self, method: str, to: Destination, headers: dict[str, str], body: bytes, deadline: float) -> HttpAnswer:
        started, status, error = time.monotonic(), 0, ""
        said: dict[str, str | int] = {
            known.HTTP_METHOD: method,
            known.SERVER_ADDRESS: to.host,
            known.SERVER_PORT: to.port,
        }
        with telemetry.span(method, telemetry.SpanKind.CLIENT, said) as span:
            try:
                answer = self._exchange(method, to, headers, body, deadline)
                status = answer.status
                span.set_attribute(known.HTTP_STATUS, status)
                if status >= 400:
                    telemetry.fail(span, str(status))
                return answer
            except _TooLarge as large:
                error = "TooLarge"
                if method == "GET":
                    raise Rejected(large.reason) from None
                raise Unsure(large.reason) from None
            except (HTTPError, OSError) as trouble:
                error = type(trouble).__name__
                raise _lost(method, to, error, reached=not isinstance(trouble, _NEVER_REACHED)) from None
            finally:
                self._on_request(method, to, status, time.monotonic() - started, error)

    def _exchange(
        self, method: str, to: Destination, headers: dict[str, str], body: bytes, deadline: float
    ) -> HttpAnswer:
        if to.trusted:
            headers = {**headers, "traceparent": telemetry.traceparent()}
        left_s = max(0.1, deadline - time.monotonic())
        pools = self._trusted if to.trusted else self._public
        response = pools.connection_from_host(to.host, to.port, to.scheme).urlopen(
            method,
            to.target,
            body=body or None,
            headers=headers,
            timeout=urllib3.Timeout(connect=min(left_s, CONNECT_TIMEOUT_S), read=left_s),
            retries=False,
            redirect=False,
            preload_content=False,
            decode_content=False,
        )
        try:
            data = self._read(response, to, deadline)
        except BaseException:
            response.close()  # half-read: the connection cannot be used again
            raise
        response.release_conn()
        return HttpAnswer(response.status, {name.lower(): value for name, value in response.headers.items()}, data)

    def _read(self, response: urllib3.BaseHTTPResponse, to: Destination, deadline: float) -> bytes:
        """The whole body, in the time and size allowed, however slowly it drips."""
        data = bytearray()
        while part := response.read1(65_536):
            data += part
            if len(data) > self._answer_bytes:
                raise _TooLarge(f"{to.host} answered with more than {self._answer_bytes} bytes")
            if time.monotonic() > deadline:
                raise TimeoutError
        return bytes(data)


class _TooLarge(Rejected):
    """An answer that is not read to its end."""


def _lost(method: str, to: Destination, kind: str, *, reached: bool) -> Retry:
    """A GET may simply be repeated; anything else that went out may have been done."""
    if reached and method != "GET":
        return Unsure(f"{to.host} was reached and gave no whole answer ({kind})")
    kind_of = Retry if reached else Unreachable
    return kind_of(f"{to.host} could not be reached or did not answer in time ({kind})")
