"""Somebody before a console in a real browser: signed in, with what the browser complains about, and axe's opinion."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.documents import ROOT
from tests.hub import RunningHub

PICTURES = ROOT / "build" / "browser"
"""What was seen, to be looked at by people."""
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Screen:
    """A browser of one person, who is signed in with these roles."""

    def __init__(self, context: BrowserContext, hub: RunningHub, subject: str, roles: tuple[str, ...]) -> None:
        self.context, self.hub = context, hub
        self.token = dict(hub.metadata(subject, *roles))["authorization"].removeprefix("Bearer ")
        self.address = f"http://127.0.0.1:{hub.http_port}"
        self.complaints: list[str] = []
        """What the browser says against pages: a policy that was broken, a script that failed, something missing."""
        self.page: Page = self.tab()

    def tab(self) -> Page:
        """One more page of the same person."""
        page = self.context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"}:
            self.complaints.append(said.text)

    def open(self, path: str) -> Page:
        """Go to a page; the first time by a link that brings the token."""
        signed_in = any(one["name"].startswith("hub120_session") for one in self.context.cookies())
        self.page.goto(f"{self.address}{path}" + ("" if signed_in else f"#token={self.token}"))
        if not signed_in:
            self.page.wait_for_url(lambda url: "/sign-in" not in url)
        return self.page

    def picture(self, name: str) -> Path:
        """Keep what is seen now."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{name}.png"
        self.page.screenshot(path=path, full_page=True)
        return path

    def check_accessible(self) -> None:
        """Nothing that axe-core finds wrong (WCAG 2.2 AA and its best practices)."""
        found = Axe().run(self.page, options={"runOnly": {"type": "tag", "values": _RULES}})
        wrong = [
            f"{one['id']}: {node['html']} {node.get('failureSummary', '')}"
            for one in found.response["violations"]
            for node in one["nodes"]
        ]
        assert wrong == [], "\n".join(wrong)


@contextmanager
def screen(
    chromium: Browser,
    hub: RunningHub,
    subject: str,
    *roles: str,
    language: str = "ko-KR",
    size: tuple[int, int] = (1440, 900),
    dark: bool = False,
) -> Iterator[Screen]:
    """Somebody's screen, closed in the end; fails for what the browser complained about."""
    scheme: Literal["dark", "light"] = "dark" if dark else "light"
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]}, locale=language, color_scheme=scheme, bypass_csp=False
    )
    context.set_default_timeout(15_000)
    try:
        shown = Screen(context, hub, subject, roles or ("agent",))
        yield shown
        assert shown.complaints == []
    finally:
        context.close()
