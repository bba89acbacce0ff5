"""Somebody before the console without a browser: pages and their parts over HTTP, as they are read and filled in. What
no page offers cannot be pressed or written, and what is drawn anew stands where it belongs."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit
from uuid import uuid4
from xml.etree.ElementTree import Element

import httpx
from google.protobuf.message import Message
from hub120.routing.v1 import routing_service_pb2 as routing
from hub120.routing.v1 import work_pb2

from tests.browser.asking import asks
from tests.hub import RunningHub
from tests.markup import Fields, by_id, fill, read, words
from tests.waiting import PATIENCE

COMES_S = 10.0
Found = TypeVar("Found")


@dataclass(frozen=True)
class Answered:
    """What became of a form."""

    status: int
    said: str
    wrong: dict[str, str]
    go: str


class Seat:
    """One person, signed in with these roles, and the page before them; ``ask`` asks the services as they would."""

    def __init__(self, hub: RunningHub, subject: str, *roles: str, language: str = "ko") -> None:
        self.subject, self._roles = subject, roles or ("agent",)
        self.ask: Callable[[Message], Any] = asks(hub, subject, *self._roles)
        address = f"http://127.0.0.1:{hub.http_port}"
        self._client = httpx.Client(base_url=address, headers={"accept-language": language}, timeout=30)
        token = dict(hub.metadata(subject, *self._roles))["authorization"].removeprefix("Bearer ")
        signed_in = self._client.post("/sign-in", data={"token": token, "next": "/"}, headers={"origin": address})
        assert signed_in.status_code < 400, signed_in.text
        self.page: Element = read("")
        self.path = ""

    def close(self) -> None:
        """Leave; an agent takes no work any more."""
        if "agent" in self._roles:
            self.ask(routing.SetPresenceRequest(presence=work_pb2.PRESENCE_OFFLINE))
        self._client.close()

    def open(self, path: str) -> Seat:
        """Go to a page."""
        answer = self._client.get(path, follow_redirects=True)
        assert answer.status_code == 200, f"{answer.status_code} {words(read(answer.text))[:500]}"
        self.page, self.path = read(answer.text), str(answer.url.raw_path.decode())
        return self

    def text(self, id: str = "main") -> str:
        """What stands in a part of the page."""
        return words(by_id(self.page, id))

    def forms(self, ending: str, press: str = "") -> list[Element]:
        """The forms whose actions end so, and which have a button of that value."""
        all_forms = self.page.iter("form")
        found = [one for one in all_forms if urlsplit(unquote(one.get("action", ""))).path.endswith(ending)]
        return [one for one in found if not press or any(b.get("value") == press for b in one.iter("button"))]

    def send(self, ending: str, press: str = "", /, **filled: object) -> Answered:
        """Fill in the form whose action ends so and send it, with the button of that value. The page shows what is
        answered."""
        found = self.until(lambda: self.forms(ending, press), f"a form that ends with {ending} on {self.path}")
        assert len(found) == 1, f"{len(found)} forms end with {ending} on {self.path}"
        fields = Fields(found[0], self.page)
        if "request_id" in fields.sent:
            fields.sent["request_id"] = [uuid4().hex]
        fields.enter(filled)
        if press:
            fields.press(press)
        (csrf,) = (str(one.get("content")) for one in self.page.iter("meta") if one.get("name") == "csrf")
        action = found[0].get("action", "")
        answer = self._client.post(action, data=fields.sent, headers={"x-csrf-token": csrf})
        told = answer.json()
        for part in told.get("parts", ()):
            self._show(part)
        answered = Answered(answer.status_code, told["said"], told.get("wrong", {}), told.get("go", ""))
        if answered.go:
            self.open(answered.go)
        return answered

    def done(self, ending: str, press: str = "", /, **filled: object) -> str:
        """As ``send``, where it must be done; what is said."""
        answered = self.send(ending, press, **filled)
        assert answered.status == 200, answered
        return answered.said

    def refused(self, ending: str, press: str = "", /, **filled: object) -> str:
        """As ``send``, where it must be refused; what is said."""
        answered = self.send(ending, press, **filled)
        assert answered.status >= 400, answered
        return answered.said

    def shows(self, id: str, wanted: str, within_s: float = COMES_S) -> str:
        """Until a part of the page says this; all that it says."""
        self.until(lambda: wanted in self.text(id), f"{wanted!r} in {id}", within_s)
        return self.text(id)

    def until(self, check: Callable[[], Found], what: str, within_s: float = COMES_S) -> Found:
        """Let the page be drawn anew by its events until this is so."""
        if found := check():
            return found
        deadline = time.monotonic() + within_s * PATIENCE
        (live,) = (one.get("data-live", "") for one in self.page.iter("body"))
        assert live, f"no {what}, and no events of {self.path}: {words(by_id(self.page, 'main'))}"
        with self._client.stream("GET", live) as answer:
            lines = answer.iter_lines()
            for line in lines:
                if line.startswith("event: part"):
                    self._show(json.loads(next(lines).removeprefix("data: ")))
                if found := check():
                    return found
                assert time.monotonic() < deadline, f"{what} did not come: {words(by_id(self.page, 'main'))}"
        raise AssertionError(f"the events ended before {what}")

    def _show(self, part: dict[str, Any]) -> None:
        fill(by_id(self.page, part["id"]), part["html"], put=part["put"])
