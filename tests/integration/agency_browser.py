"""An agency's browser as tests have it: it keeps cookies, follows where it is led, and presses the buttons of pages."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

from starlette.applications import Starlette

from chassis import event_loop, http_host, logs
from chassis.database import Database
from services.referral.agency_http import AgencyHttp
from services.referral.use_cases.loading import ToPartner
from tests.integration.http_client import Answer, request
from tests.integration.referral_desk import HOUSE, Desk


@dataclass
class Browser:
    """A browser of an agency: it keeps cookies, and presses buttons."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    seen: list[Answer] = field(default_factory=list)

    @property
    def page(self) -> str:
        """Where the page is that this browser opened."""
        (cookie,) = self.cookies
        return "/agency/referral/" + cookie.removeprefix("hub120-")

    async def get(self, path: str) -> str:
        """Look at an address."""
        return await self._ask("GET", path, b"")

    async def post(self, path: str, **fields: str) -> str:
        """Send a form as it is."""
        return await self._ask("POST", path, urlencode(fields).encode())

    async def press(self, shown: str, button: str, **typed: str) -> str:
        """Press a button of a page, in a form with its hidden fields."""
        form = next(one for one in re.findall(r"<form.*?</form>", shown, re.S) if f">{button}</button>" in one)
        return await self.submit(form, **typed)

    async def report(self, shown: str, state: str, **typed: str) -> str:
        """Send the form that reports a state."""
        form = next(one for one in re.findall(r"<form.*?</form>", shown, re.S) if f'value="{state}"' in one)
        return await self.submit(form, **typed)

    async def submit(self, form: str, **typed: str) -> str:
        """Send a form with what was typed into it."""
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
        (action,) = re.findall(r'action="([^"]*)"', form)
        return await self.post(unescape(action), **hidden, **typed)

    async def _ask(self, method: str, path: str, body: bytes) -> str:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"cookie": cookies} if cookies else {}
        answer = await request(self.port, method, path, body, headers)
        self.seen.append(answer)
        if given := answer.headers.get("set-cookie"):
            name, _, value = given.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status == 303:
            return await self._ask("GET", answer.headers["location"], b"")
        return answer.body.decode()


Visit = Callable[[Callable[[], Browser]], Awaitable[None]]


def on(database: Database, visit: Visit, agency_url: str = "https://hub.example") -> None:
    """Let browsers visit the pages on a real server."""

    async def main() -> None:
        app = Starlette(routes=AgencyHttp(database, agency_url, HOUSE.centre, 7).routes())
        server = await http_host.serve(app, "127.0.0.1:0", drain_s=0.0)
        try:
            await visit(lambda: Browser(server.port))
        finally:
            await server.stop()

    logs.configure("debug", "test")
    event_loop.run(main())


def path_of(desk: Desk) -> str:
    """Send what is due; the path of the link that leaves."""
    *_, journey = desk.carry()
    assert isinstance(journey.load, ToPartner)
    (path,) = re.findall(r"https://hub\.example(/\S+)", journey.load.letter.text)
    desk.arrives(journey.dispatch_id)
    return str(path)
