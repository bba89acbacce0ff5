"""Twilio's REST API: a request, and what its answer means."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from hub120_sdk import Context, HttpAnswer, Misconfigured, Rejected
from hub120_sdk.answers import good, json_body

from plugins.phone_twilio import mapping

_MOVED = {301, 302, 303, 307, 308}
_PAGE = "100"


class Rest:
    """One account."""

    def __init__(self, context: Context) -> None:
        account = quote(context.settings["account_sid"], safe="")
        self._base = f"{context.settings['base_url'].rstrip('/')}/2010-04-01/Accounts/{account}"
        self._http = context.http
        token = context.secrets["auth_token"].split()[0]
        credentials = base64.b64encode(f"{context.settings['account_sid']}:{token}".encode()).decode()
        self._headers = {"authorization": f"Basic {credentials}"}

    def get(self, *path: str, **query: str) -> Mapping[str, object] | None:
        """A resource; None if it is not there."""
        url = self._url(path) + (f"?{urlencode(query, errors='replace')}" if query else "")
        answer = self._http.request("GET", url, headers=self._headers, timeout_s=10)
        return None if answer.status == 404 else _object(_checked(answer))

    def post(self, *path: str, **fields: str) -> Mapping[str, object]:
        """Make or change a resource. Raises as ``send`` does; one that is not there is ``Rejected``."""
        headers = {**self._headers, "content-type": "application/x-www-form-urlencoded"}
        body = urlencode(fields, errors="replace").encode()
        return _object(_checked(self._http.request("POST", self._url(path), headers=headers, body=body, timeout_s=10)))

    def _url(self, path: tuple[str, ...]) -> str:
        return "/".join((self._base, *(quote(part, safe="", errors="replace") for part in path))) + ".json"

    def all(self, kind: str, *path: str, **query: str) -> list[Mapping[str, object]]:
        """The first hundred resources of a list; none if the list is not there."""
        found = (self.get(*path, PageSize=_PAGE, **query) or {}).get(kind)
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def word(found: Mapping[str, object], name: str) -> str:
    """A string of a resource; empty if there is none."""
    value = found.get(name)
    return value if isinstance(value, str) else ""


def _object(answer: HttpAnswer) -> Mapping[str, object]:
    found = json_body(answer)
    return found if isinstance(found, dict) else {}


def _checked(answer: HttpAnswer) -> HttpAnswer:
    """The answer if it is good, else what its code, or else its status, means."""
    if answer.status < 300:
        return answer
    code = _object(answer).get("code")
    error = mapping.error(code) if isinstance(code, int) and answer.status < 500 else None
    if error is not None and answer.status != 429:
        raise error
    if answer.status == 404:
        raise Rejected("the call or conference is not there any more")
    if answer.status in {401, 403} or answer.status in _MOVED:
        raise Misconfigured(f"Twilio answered {answer.status}: check account_sid, auth_token and base_url")
    return good(answer)
