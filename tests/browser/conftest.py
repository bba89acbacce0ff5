"""A telephone's browser before a hub of real processes, and the mail server to which its letters really go."""

from __future__ import annotations

import email
import email.policy
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.documents import ROOT
from tests.hub import RunningHub, running_hub
from tests.integration import mail_servers
from tests.integration.mail_servers import PASSWORD, USER, Took
from tests.servers import browser as programs
from tests.servers.machine import NotToBeHad
from tests.waiting import eventually

PICTURES = ROOT / "build" / "browser"
"""What was seen, to be looked at by people."""


@dataclass
class Mails:
    """What agencies got by mail."""

    took: Took
    port: int

    def links(self, address: str) -> list[str]:
        """The addresses in the mails that somebody got, oldest first."""
        found: list[str] = []
        for one in self.took.envelopes:
            if one.rcpt_tos == [address] and isinstance(one.content, bytes):
                mail = email.message_from_bytes(one.content, policy=email.policy.default)
                body = mail.get_body(("plain",))
                found += re.findall(r"https?://\S+/agency/\S+", str(body.get_content()) if body else "")
        return found

    def link(self, address: str, after: int = 0) -> str:
        """The address in the next mail after so many."""
        found: list[str] = eventually(
            lambda: self.links(address)[after:], 30, f"mail {after + 1} with a link for an agency"
        )
        return found[0]


@pytest.fixture(scope="module")
def mails() -> Iterator[Mails]:
    with mail_servers.smtp_server(auth_require_tls=False) as (took, port):
        yield Mails(took, port)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory, mails: Mails) -> Iterator[RunningHub]:
    """One hub for the module."""
    with mail_servers.pymap("--no-tls") as imap:
        settings = {
            "ADDRESS": "120@nuri.example",
            "USERNAME": USER,
            "PASSWORD": PASSWORD,
            "IMAP_URL": f"imap://127.0.0.1:{imap.port}",
            "SMTP_URL": f"smtp://127.0.0.1:{mails.port}",
        }
        environment = {f"HUB120_CONNECTOR_EMAIL_{name}": value for name, value in settings.items()}
        environment["HUB120_CENTRE_NAME"] = "120 경기도 콜센터"
        with running_hub(tmp_path_factory.mktemp("hub"), environment) as found:
            yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for a module: while it is there, its event loop keeps others from this thread. Where none can be had
    its tests are skipped, but never in continuous integration."""
    try:
        program = programs.make_sure()
    except NotToBeHad as problem:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(problem))
    alone = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=alone)
        yield found
        found.close()


class Phone:
    """Somebody's telephone: a browser of its own, 360 points wide, which may know no scripts."""

    def __init__(self, chromium: Browser, *, scripts: bool = True, dark: bool = False) -> None:
        self.context: BrowserContext = chromium.new_context(
            viewport={"width": 360, "height": 740}, device_scale_factor=2, is_mobile=True, has_touch=True,
            locale="ko-KR", java_script_enabled=scripts, color_scheme="dark" if dark else "light",
        )  # fmt: skip
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        """What the browser says against pages: a policy that was broken, something missing."""
        self.page.on("console", lambda said: self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def picture(self, name: str) -> Path:
        """Keep what is seen now."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{name}.png"
        self.page.screenshot(path=path, full_page=True)
        return path

    def press(self, name: str) -> None:
        """Press a button by its name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def heading(self) -> str:
        """The heading of the page."""
        return self.page.get_by_role("heading", level=1).inner_text()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Phone]:
    found = Phone(chromium)
    yield found
    found.context.close()


@pytest.fixture
def other_phone(chromium: Browser) -> Iterator[Phone]:
    """Somebody else's, in the dark and without scripts."""
    found = Phone(chromium, scripts=False, dark=True)
    yield found
    found.context.close()
