"""The connector itself: pushes checked by their signature, a feed read as far as it is new."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin, urlsplit

from hub120_sdk import (
    Alert,
    AlertNoted,
    AlertPage,
    Context,
    Misconfigured,
    Request,
    Response,
    Unauthorised,
    Unreadable,
    standardwebhooks,
)
from hub120_sdk.answers import good

from plugins.cap import reading, tree
from plugins.cap.tree import Node

ATOM = "http://www.w3.org/2005/Atom"
CAP_TYPE = "application/cap+xml"
_MOST_ENTRIES = 150
_MOST_FETCHES = 20
"""Links followed in one poll; the rest follows with the next."""
_MARK = 16
"""Letters by which the cursor knows an entry."""
_NAMED_SECRET = re.compile(r"([a-z0-9_-]{1,40})=(whsec_\S+)")
_PATIENCE_S = 10.0


class Cap:
    """The source of alerts."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._senders = frozenset(context.settings["senders"].split())
        self._secrets: dict[str, list[str]] = {}
        for written in context.secrets["signing_secrets"].split():
            named = _NAMED_SECRET.fullmatch(written)
            name, secret = named.groups() if named else ("", written)
            self._secrets.setdefault(name, []).append(secret)
        if not self._secrets:
            raise Misconfigured("signing_secrets is empty")

    def parse(self, request: Request) -> Sequence[Alert]:
        """Check the Standard Webhooks signature with the secret of that address, then read the one alert."""
        path = urlsplit(request.url).path.rstrip("/")
        secrets = [*self._secrets.get(path.rpartition("/")[2], ()), *self._secrets.get("", ())]
        if not secrets:
            raise Unauthorised("nobody pushes to this address")
        standardwebhooks.verify(" ".join(secrets), request.headers, request.body, self._context.now())
        return [self._taken(tree.read(request.body))]

    def acknowledge(self, request: Request, noted: Sequence[AlertNoted]) -> Response:
        """Stored, now or before."""
        return Response.json({"status": "duplicate" if noted and all(one.duplicate for one in noted) else "stored"})

    def poll(self, cursor: str) -> AlertPage:
        """What the feed has that it did not have before. The cursor marks what it had."""
        feed = self._context.settings["feed_url"]
        if not feed:
            return AlertPage((), cursor)
        root = self._get(feed)
        seen, marks, alerts, refused = set(cursor.split()), list[str](), list[Alert](), list[str]()
        fetches, more = 0, False
        for name, entry in _entries(root):
            mark = hashlib.sha256(name.encode()).hexdigest()[:_MARK]
            if mark in seen or mark in marks:
                marks.append(mark)
                continue
            if isinstance(entry, str):
                fetches += 1
                if fetches > _MOST_FETCHES:
                    more = True
                    continue
            marks.append(mark)
            try:
                alerts.append(self._taken(entry if isinstance(entry, Node) else self._get(urljoin(feed, entry))))
            except (Unreadable, Unauthorised) as error:
                refused.append(error.reason[:500])
        return AlertPage(tuple(alerts), " ".join(dict.fromkeys(marks)), more, tuple(refused))

    def _taken(self, root: Node) -> Alert:
        alert = reading.alert(root)
        if self._senders and alert.sender not in self._senders:
            raise Unauthorised(f"alerts of the sender {alert.sender[:100]!r} are not taken here")
        return alert

    def _get(self, url: str) -> Node:
        answer = self._context.http.request("GET", url, timeout_s=_PATIENCE_S)
        if answer.status in {401, 403, 404}:
            raise Misconfigured(f"the feed answered {answer.status}: check feed_url")
        return tree.read(good(answer).body)


def _entries(root: Node) -> Iterator[tuple[str, Node | str]]:
    """What a feed holds: each with its name, as an alert in it or as the address of one."""
    if root.namespace != ATOM or root.name != "feed":
        if root.namespace not in reading.NAMESPACES:
            raise root.wrong("this is neither a CAP alert nor an Atom feed")
        yield _named(root), root
        return
    for entry in list(root.named("entry"))[:_MOST_ENTRIES]:
        name = next((f"{one.text}" for one in entry.named("id")), entry.path)
        updated = next((one.text for one in entry.named("updated")), "")
        inside = [one for content in entry.named("content") for one in content.children if one.name == "alert"]
        links = [
            one.attributes.get("href", "") for one in entry.named("link") if one.attributes.get("type") == CAP_TYPE
        ]
        if inside:
            yield f"{name} {updated}", inside[0]
        elif links and links[0]:
            yield f"{name} {updated}", links[0]


def _named(root: Node) -> str:
    parts = [next((one.text for one in root.named(name)), "") for name in ("sender", "identifier")]
    return ",".join(parts)
