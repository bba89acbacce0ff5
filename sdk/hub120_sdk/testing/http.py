"""The SDK's ``Http`` on the standard library, for tests: the manifest's hosts alone, and never patient for long."""

from __future__ import annotations

import http.client
from collections.abc import Mapping

from hub120_sdk.capabilities import HttpAnswer
from hub120_sdk.errors import Retry, Unsure
from hub120_sdk.hosts import AllowedHosts, Destination

_Connection = http.client.HTTPConnection


class PlainHttp:
    """One connection a request; ``longest_s`` cuts every timeout short, so that slow providers are tested quickly."""

    def __init__(self, allowed: AllowedHosts, longest_s: float = 10.0) -> None:
        self._allowed = allowed
        self.longest_s = longest_s

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        timeout_s: float = 10.0,
    ) -> HttpAnswer:
        """Send a request; see the SDK's ``Http``."""
        to = self._allowed.check(url)
        connection = _connection(to, min(timeout_s, self.longest_s))
        lost: type[Retry] = Retry
        try:
            connection.connect()
            lost = Retry if method == "GET" else Unsure
            connection.request(method, to.target, body or None, dict(headers or {}))
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return HttpAnswer(response.status, found, response.read())
        except (OSError, http.client.HTTPException) as error:
            raise lost(f"{to.host} could not be reached or did not answer in time ({type(error).__name__})") from None
        finally:
            connection.close()


def _connection(to: Destination, timeout_s: float) -> _Connection:
    kind: type[_Connection] = http.client.HTTPSConnection if to.scheme == "https" else _Connection
    return kind(to.host, to.port, timeout=timeout_s)
