"""Asterisk's REST interface: a request, and what its answer means."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from hub120_sdk import Context, HttpAnswer, Misconfigured, Rejected, Unreadable, shapes
from hub120_sdk.answers import good, json_body, word

_NO_ROAD = "Allocation failed"


class Ari:
    """One exchange."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._base = f"{context.settings['base_url'].rstrip('/')}/ari"
        self.timeout_s = _seconds(context.settings["timeout_s"])
        credentials = f"{context.settings['username']}:{context.secrets['password']}"
        self.authorisation = f"Basic {base64.b64encode(credentials.encode()).decode()}"

    @property
    def events_url(self) -> str:
        """Where the application's events are told."""
        query = urlencode({"app": self._context.settings["app"], "subscribeAll": "false"})
        return f"ws{self._base.removeprefix('http')}/events?{query}"

    def ask(
        self,
        method: str,
        *path: str,
        fine: tuple[int, ...] = (),
        told: Mapping[str, str] | None = None,
        **query: str,
    ) -> HttpAnswer:
        """The answer if it is 2xx or one of ``fine``. Asterisk takes a parameter from the address or the body alike;
        ``told`` is what does not belong into an address, or is too long for one: words that are spoken.

        Raises as ``send`` does; what is not there is ``Rejected``.
        """
        url = "/".join((self._base, *(quote(part, safe="", errors="replace") for part in path)))
        if query:
            url += f"?{urlencode(query, errors='replace')}"
        headers = {"authorization": self.authorisation}
        body = json.dumps(told).encode() if told else b""
        if body:
            headers["content-type"] = "application/json"
        answer = self._context.http.request(method, url, headers=headers, body=body, timeout_s=self.timeout_s)
        return answer if answer.status in fine else _checked(answer)

    def one(self, *path: str) -> Mapping[str, object] | None:
        """A bridge, a channel or the application; None if it is not there."""
        answer = self.ask("GET", *path, fine=(404,))
        found = json_body(answer) if answer.status != 404 else None
        return found if isinstance(found, dict) else None

    def all(self, kind: str) -> list[Mapping[str, object]]:
        """All bridges or channels of the exchange."""
        found = json_body(self.ask("GET", kind))
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def names(found: Mapping[str, object] | None, field: str) -> list[str]:
    """An array of strings in what Asterisk answered; empty if there is none."""
    value = (found or {}).get(field)
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def text(found: Mapping[str, object], *path: str) -> str:
    """A string in what Asterisk answered; empty if there is none."""
    try:
        return shapes.text(found, *path)
    except Unreadable:
        return ""


def _checked(answer: HttpAnswer) -> HttpAnswer:
    if answer.status in {401, 403}:
        raise Misconfigured(f"Asterisk refuses the login ({answer.status}): check username, password and ari.conf")
    if answer.status == 404:
        raise Rejected("the call or conference is not there any more")
    if answer.status in {409, 412, 422}:
        raise Rejected("the call cannot be put anywhere yet: it is not answered, or not the hub's")
    if answer.status == 500 and word(answer, "error") == _NO_ROAD:
        raise Rejected("the exchange has no way to this number: check endpoint and the trunk")
    return good(answer)


def _seconds(written: str) -> float:
    try:
        found = float(written)
    except ValueError:
        found = 0.0
    if not 0 < found <= 60:
        raise Misconfigured("HUB120_CONNECTOR_PHONE_ASTERISK_TIMEOUT_S is no number of seconds up to 60")
    return found
