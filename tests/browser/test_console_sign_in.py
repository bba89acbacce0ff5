"""Signing in to the console in a real browser, through a provider: back to where one was, on without a break while the
token is renewed, and what becomes of a typed word when it is not, or when somebody else comes."""

from __future__ import annotations

from collections.abc import Iterator

import grpc
import pytest
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.intake.v1 import intake_service_pb2_grpc as intake_grpc
from playwright.sync_api import Browser, Page, expect

from tests.browser.screens import Screen, screen
from tests.hub import RunningHub, running_hub
from tests.identity_provider import IdentityProvider, enrol, identity_provider, with_provider
from tests.waiting import eventually

pytestmark = pytest.mark.slow
TYPED = "오늘 안에 고치겠습니다 <b>"


@pytest.fixture(scope="module")
def signing_in() -> Iterator[IdentityProvider]:
    with identity_provider() as found:
        yield found


@pytest.fixture
def provider(signing_in: IdentityProvider) -> IdentityProvider:
    """It does as good ones do, until a test says otherwise."""
    signing_in.lies.clear()
    signing_in.lifetime_s, signing_in.subject, signing_in.roles = 3600.0, "kim", ["agent"]
    return signing_in


@pytest.fixture(scope="module")
def hub(signing_in: IdentityProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    folder = tmp_path_factory.mktemp("hub")
    with running_hub(folder, with_provider(signing_in, folder)) as found:
        enrol(found, signing_in, "kim")
        enrol(found, signing_in, "lee")
        yield found


@pytest.fixture(scope="module")
def case(hub: RunningHub, signing_in: IdentityProvider) -> str:
    """The page of a case."""
    told = hub.say("가로등이 꺼졌어요", citizen="a").json()
    asked = intake.GetCaseRequest(case_id=told["case_number"])
    bearer = (("authorization", f"Bearer {signing_in.token('chief', 'supervisor')}"),)
    with grpc.insecure_channel(f"127.0.0.1:{hub.grpc_port}") as channel:
        service = intake_grpc.IntakeServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints
        found = service.GetCase(asked, metadata=bearer, timeout=30)
    return f"/desk/cases/{found.case.id}"


@pytest.fixture
def kim(chromium: Browser, hub: RunningHub, provider: IdentityProvider) -> Iterator[Screen]:
    with screen(chromium, hub, "kim", language="en-US") as found:
        yield found


def sign_in(person: Screen, path: str) -> Page:
    """Go to a page, and through the provider to it."""
    person.page.goto(person.address + path)
    person.page.get_by_role("link", name="Sign in").click()
    person.page.wait_for_url(f"**{path}")
    return person.page


def drafts(page: Page) -> list[str]:
    """What this tab still keeps of what was typed."""
    found: list[str] = page.evaluate("Object.keys(window.sessionStorage).filter((name) => name.startsWith('hub120'))")
    return found


def test_whoever_signs_in_is_back_where_they_were_as_they_like_it(kim: Screen, case: str) -> None:
    page = kim.page
    page.goto(f"{kim.address}{case}")
    kim.check_accessible()
    page.get_by_role("link", name="한국어").click()
    expect(page.get_by_role("heading", name="로그인")).to_be_visible()
    page.get_by_role("link", name="화면: 자동").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    kim.check_accessible()
    kim.picture("sign-in-1-dark")
    page.get_by_role("link", name="로그인").click()
    page.wait_for_url(f"**{case}")
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator(".who")).to_have_text("kim")


def test_a_token_is_renewed_under_a_typed_word_without_a_page_being_loaded(
    kim: Screen, provider: IdentityProvider, case: str
) -> None:
    provider.lifetime_s = 6.0
    page = sign_in(kim, case)
    page.evaluate("window.stayed = true")
    page.get_by_label("Reply").fill(TYPED)
    before = provider.renewed
    eventually(lambda: provider.renewed >= before + 2, 30, "a token that has been renewed twice")
    assert page.evaluate("window.stayed") is True
    expect(page.get_by_label("Reply")).to_have_value(TYPED)
    expect(page.locator("#line")).to_be_hidden()
    page.keyboard.press("Alt+n")
    page.locator("#note").fill("the page goes on")
    page.get_by_role("button", name="Add").click()
    expect(page.locator(".entry.note .words").last).to_have_text("the page goes on")
    assert page.evaluate("window.stayed") is True


def test_where_no_token_is_renewed_one_signs_in_again_and_goes_on_typing(
    kim: Screen, provider: IdentityProvider, case: str
) -> None:
    provider.lifetime_s = 6.0
    page = sign_in(kim, case)
    page.get_by_label("Reply").fill(TYPED)
    provider.forget()
    page.wait_for_url("**/sign-in?**", timeout=40_000)
    expect(page.get_by_role("alert")).to_contain_text("Your sign-in has ended")
    kim.check_accessible()
    kim.picture("sign-in-2-again")
    provider.lifetime_s = 3600.0
    page.get_by_role("link", name="Sign in").click()
    page.wait_for_url(f"**{case}")
    expect(page.get_by_label("Reply")).to_have_value(TYPED)
    kim.complaints = [one for one in kim.complaints if "409" not in one and "401" not in one]


def test_whoever_signs_out_leaves_nothing_behind(kim: Screen, provider: IdentityProvider, case: str) -> None:
    page, before = sign_in(kim, case), provider.signed_out
    page.get_by_label("Reply").fill(TYPED)
    assert drafts(page) != []
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")
    assert provider.signed_out == before + 1, "there, too"
    assert drafts(page) == []
    assert [one for one in kim.context.cookies() if one["name"].startswith("hub120_session")] == []
    page.go_back()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_what_one_person_typed_is_not_shown_to_the_next(kim: Screen, provider: IdentityProvider, case: str) -> None:
    sign_in(kim, case).get_by_label("Reply").fill(TYPED)
    kim.context.clear_cookies()
    provider.subject = "lee"
    page = sign_in(kim, case)
    expect(page.locator(".who")).to_have_text("lee")
    expect(page.get_by_label("Reply")).to_have_value("")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_refusals_are_pages_that_everybody_can_read(kim: Screen, provider: IdentityProvider, theme: str) -> None:
    provider.lies.add("refusal")
    kim.page.goto(f"{kim.address}/sign-in?theme={theme}")
    kim.page.get_by_role("link", name="Sign in").click()
    expect(kim.page.get_by_role("alert")).to_contain_text("You were not signed in")
    kim.check_accessible()
    provider.lies.clear()
    provider.roles = ["auditor"]
    page = sign_in(kim, "/floor")
    expect(page.get_by_role("alert")).to_have_text("You may not do this.")
    expect(page.locator("html")).to_have_attribute("data-theme", theme)
    kim.check_accessible()
    kim.picture(f"sign-in-3-refused-{theme}")
    kim.complaints = [one for one in kim.complaints if "400" not in one and "403" not in one]
