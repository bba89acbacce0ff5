"""A status link from the mail to the page and back, as a department meets it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import pytest
from hub120_sdk import Context, HttpAnswer, Manifest, Misconfigured, Noted, Refusal, Request, Response, Ticket
from hub120_sdk.testing.mail import MailPeer
from hypothesis import given
from hypothesis import strategies as st

from plugins.email_department import links
from plugins.email_department.department import EmailDepartment
from plugins.email_department.links import Link
from plugins.email_department.tests.conformance import HANDOVER, NUMBER, SECRET, URL

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
LINK = Link(HANDOVER.handover_id, NUMBER, 1, int((NOW + timedelta(days=60)).timestamp()))
OTHER = "another-link-secret-of-32-characters-and"


class NoHttp:
    def request(self, *_: Any, **__: Any) -> HttpAnswer:
        raise AssertionError("mail goes over no HTTP")


def connector(secret: str = SECRET, url: str = URL, now: datetime = NOW, **settings: str) -> EmailDepartment:
    given = {name: one.default for name, one in Manifest.load("plugins.email_department").settings.items()}
    given |= {"address": "roads@nuri.example", "from_address": "120@nuri.example", "smtp_url": "smtp://127.0.0.1:9"}
    secrets = {"link_secret": secret, "password": ""}
    return EmailDepartment(Context(given | settings, secrets, NoHttp(), lambda: now, url.removesuffix("/status")))


class Page(HTMLParser):
    """What a browser without a script finds in a page."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.status, self.html = response.status, response.body.decode()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def next(self) -> str:
        return next(str(one["href"]) for one in self.all("a"))


class Hub:
    """The hub's side of a handover: knows each report by its id."""

    def __init__(self, department: EmailDepartment) -> None:
        self.department = department
        self.reports: list[Ticket] = []
        self.allowed = True
        self.known = True

    def open(self, url: str) -> Page:
        return self._ask(Request("GET", url, {}))

    def post(self, url: str, **fields: str) -> Page:
        return self._ask(Request("POST", url, {}, urlencode(fields).encode()))

    def _ask(self, request: Request) -> Page:
        try:
            noted = [self._note(one) for one in self.department.parse(request)]
        except Refusal as error:
            return Page(error.response or Response(500))
        return Page(self.department.acknowledge(request, noted))

    def _note(self, ticket: Ticket) -> Noted:
        duplicate = any(one.update_id == ticket.update_id for one in self.reports)
        self.reports += [] if duplicate else [ticket]
        return Noted(ticket, self.known, duplicate, self.allowed)


@pytest.fixture
def hub() -> Hub:
    return Hub(connector())


def mailed(**settings: Any) -> str:
    """The link in the mail."""
    with MailPeer() as peer:
        connector(smtp_url=peer.url.split()[0], **settings).submit(HANDOVER)
        return next(re.finditer(rf"{URL}/\S+", peer.seen[0].body.decode()))[0]


def test_a_department_reports_from_the_mail_to_the_end(hub: Hub) -> None:
    page = hub.open(mailed())
    assert [one["value"] for one in page.all("button")] == ["acknowledged", "in_progress", "done", "refused"]
    assert all(words in page.html for words in ("접수", "처리중", "완료", "우리 업무 아님", NUMBER))
    first = hub.post(mailed(), state="acknowledged", note="")
    second = hub.post(first.next, state="in_progress", note="내일 갑니다")
    third = hub.post(second.next, state="done", note="고쳤습니다")
    assert (first.status, second.status, third.status) == (200, 200, 200)
    assert [(one.state.value, one.note) for one in hub.reports] == [
        ("acknowledged", ""),
        ("in_progress", "내일 갑니다"),
        ("done", "고쳤습니다"),
    ]


def test_opening_a_link_however_often_changes_nothing(hub: Hub) -> None:
    pages = [hub.open(mailed()).html for _ in range(3)]
    assert len(set(pages)) == 1
    assert hub.reports == []


def test_a_second_use_of_a_link_changes_nothing_and_says_so(hub: Hub) -> None:
    link = mailed()
    first = hub.post(link, state="done")
    again = hub.post(link, state="refused")
    assert "이미 기록했습니다" in again.html
    assert "Nothing was changed" in again.html
    assert len(hub.reports) == 1
    assert hub.open(again.next).status == hub.open(first.next).status == 200


def test_a_move_that_is_not_allowed_is_told_with_the_way_on(hub: Hub) -> None:
    hub.allowed = False
    page = hub.post(mailed(), state="acknowledged")
    assert page.status == 409
    assert "cannot move" in page.html
    assert hub.open(page.next).status == 200


def test_a_handover_that_is_not_here_is_told(hub: Hub) -> None:
    hub.known = False
    assert hub.post(mailed(), state="done").status == 404


def test_two_attempts_to_mail_hold_the_same_link() -> None:
    assert mailed() == mailed()


def test_a_link_ends(hub: Hub) -> None:
    link = mailed(valid_days="1")
    late = Hub(connector(now=NOW + timedelta(days=3)))
    for page in (late.open(link), late.post(link, state="done")):
        assert page.status == 410
        assert "120" in page.html
    assert late.reports == []


@pytest.mark.parametrize(
    "broken",
    [
        lambda token: token[:-1],
        lambda token: token + "A",
        lambda token: token.partition(".")[0],
        lambda token: "." + token.partition(".")[2],
        lambda _: "",
        lambda _: "..",
        lambda _: "%00",
        lambda _: "x" * 5_000,
        lambda _: Link("0199e0f2-7c00-7abc-8def-000000000121", NUMBER, 1, LINK.expires_at).token(OTHER),
        lambda _: LINK.token(OTHER).partition(".")[0] + "." + LINK.token(SECRET)[::-1],
    ],
)
def test_a_link_that_was_changed_is_none_of_ours(hub: Hub, broken: Any) -> None:
    page = hub.post(f"{URL}/{broken(LINK.token(SECRET))}", state="done")
    assert (page.status, hub.reports) == (403, [])


@given(token=st.text(max_size=200), method=st.sampled_from(["GET", "POST", "PUT", "HEAD"]))
def test_whatever_stands_in_the_address_gets_a_page(token: str, method: str) -> None:
    with pytest.raises(Refusal) as raised:
        connector().parse(Request(method, f"{URL}/{token}", {}, b"state=done"))
    assert raised.value.response is not None


def test_links_hold_while_the_secret_is_changed() -> None:
    old, new = LINK.token(SECRET), LINK.token(OTHER)
    both = f"{OTHER} {SECRET}"
    assert links.opened(old, both, NOW) == links.opened(new, both, NOW) == LINK
    assert LINK.token(both) == new
    assert Hub(connector(secret=OTHER)).open(f"{URL}/{old}").status == 403


def test_pages_run_no_script_and_every_field_has_a_label(hub: Hub) -> None:
    page = hub.open(f"{URL}/{LINK.token(SECRET)}")
    assert not page.all("script")
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    assert {one["for"] for one in page.all("label")} == {one["id"] for one in page.all("textarea")}
    assert (page.all("html")[0]["lang"], len(page.all("h1")), len(page.all("main"))) == ("ko", 1, 1)
    assert page.all("legend")


def test_words_that_are_not_ours_are_escaped(hub: Hub) -> None:
    link = replace(LINK, case_number='<script>"&')
    for page in (hub.open(f"{URL}/{link.token(SECRET)}"), hub.post(f"{URL}/{link.token(SECRET)}", state="done")):
        assert "<script>" not in page.html
        assert "&lt;script&gt;" in page.html


@pytest.mark.parametrize(("fields", "words"), [({}, "골라"), ({"state": "done", "note": "x" * 2_001}, "2000자")])
def test_a_form_that_cannot_be_taken_comes_back_with_the_reason(hub: Hub, fields: dict[str, str], words: str) -> None:
    page = hub.post(f"{URL}/{LINK.token(SECRET)}", **fields)
    assert page.status == 400
    assert words in page.html
    assert page.all("button")


@pytest.mark.parametrize(
    "settings",
    [
        {"secret": "short"},
        {"secret": f"{SECRET} short"},
        {"secret": " "},
        {"address": "roads"},
        {"from_address": "120 <120@nuri.example>"},
        {"valid_days": "0"},
        {"valid_days": "soon"},
        {"timeout_s": "600"},
        {"smtp_url": "http://mail.example"},
        {"smtp_url": "smtp://user:pw@mail.example"},
    ],
)
def test_settings_that_cannot_be_are_refused_at_the_start(settings: dict[str, Any]) -> None:
    with pytest.raises(Misconfigured):
        connector(**settings)


def test_without_a_public_address_nothing_is_mailed() -> None:
    with pytest.raises(Misconfigured, match="public address"):
        connector(url="").submit(HANDOVER)
