"""The console's doors over real HTTP: who gets in, what an action must carry, what every answer tells browsers, and
what becomes of rubbish. Routes are those that the console serves, so a new one is tried as soon as it is there.
"""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import httpx
import jwt
import pytest
from hub120.intake.v1 import case_pb2
from PIL import Image
from starlette.responses import Response
from starlette.routing import Route

from chassis.crypto import Keyring
from chassis.process import open_process
from chassis.service import installed
from chassis.settings import Settings
from services import console
from services.console import api, forms, sessions, visits
from tests.hub import RunningHub, running_hub

pytestmark = pytest.mark.slow
OPEN = {"/sign-in", "/static/{version}/{name}"}
"""Whoever comes sees these."""
OF_THE_SESSION_ALONE = {"/", "/desk", "/session/renew", "/sign-out"}
"""These ask no service: they show nothing but the session."""
EVERYBODY = ("agent", "supervisor", "admin")
RUBBISH = ("9" * 17, "-1", "0", "\0", "2026-02-31T25:61", "0001-01-01", "9999-12-31", "' OR 1=1 --", "🙂" * 50, "{}")
CONSOLE = Path(console.__file__).parent
ANYWHERE = {"x-content-type-options": "nosniff", "x-frame-options": "DENY", "referrer-policy": "no-referrer"}


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    with running_hub(tmp_path_factory.mktemp("hub")) as found:
        yield found


@pytest.fixture(scope="module")
def routes(hub: RunningHub) -> list[Route]:
    """What the console serves, by its path with a made-up id in each place for one."""
    process = open_process(Settings(data_dir=hub.folder), installed())
    try:
        return [one for one in api.build(process).routes if isinstance(one, Route)]
    finally:
        process.close()


def filled(route: Route) -> str:
    """A path with a made-up id in each place for one."""
    return re.sub(r"{\w+}", "01890000-0000-7000-8000-000000000000", route.path)


@pytest.fixture(scope="module")
def actions(routes: list[Route]) -> list[str]:
    found = [filled(one) for one in routes if "POST" in (one.methods or ()) and one.path not in OPEN]
    assert len(found) > 50
    return found


@pytest.fixture(scope="module")
def streams(routes: list[Route]) -> list[str]:
    found = [filled(one) for one in routes if one.path.endswith("/live")]
    assert len(found) > 5
    return found


@pytest.fixture(scope="module")
def pages(routes: list[Route], streams: list[str]) -> list[str]:
    found = [filled(one) for one in routes if "GET" in (one.methods or ()) and one.path not in OPEN]
    return [one for one in found if one not in streams]


def browser(hub: RunningHub, *cookies: str, language: str = "en") -> httpx.Client:
    """A browser with these ``name=value``."""
    address = f"http://127.0.0.1:{hub.http_port}"
    return httpx.Client(
        base_url=address, headers={"accept-language": language, "cookie": "; ".join(cookies)}, timeout=30
    )


def token(hub: RunningHub, subject: str, *roles: str) -> str:
    return dict(hub.metadata(subject, *roles))["authorization"].removeprefix("Bearer ")


def kept(session: sessions.Session, keyring: Keyring) -> list[str]:
    """The cookies of a session, sealed by a keyring."""
    answer = Response()
    sessions.keep(answer, session, keyring, secure=False)
    return [value.decode().partition(";")[0] for name, value in answer.raw_headers if name == b"set-cookie"]


def signed_in(hub: RunningHub, subject: str, *roles: str) -> tuple[httpx.Client, str]:
    """Somebody's browser, and the word of their session."""
    session = sessions.begun(token(hub, subject, *roles))
    return browser(hub, *kept(session, Keyring.load(hub.folder / "keyring.json"))), session.csrf


def first_event(client: httpx.Client, path: str) -> tuple[httpx.Response, str]:
    """What a page is told first."""
    with client.stream("GET", path) as answer:
        return answer, next(line for line in answer.iter_lines() if line.startswith("event:"))


def wrong_for_nobody(client: httpx.Client, pages: list[str], streams: list[str], actions: list[str]) -> list[str]:
    """Every path that answers otherwise than it does to whoever is not signed in."""
    wrong = []
    for path in pages:
        answer = client.get(path)
        if (answer.status_code, answer.headers.get("location", "")[:14]) != (303, "/sign-in?next="):
            wrong.append(path)
    wrong += [path for path in streams if first_event(client, path)[1] != "event: go"]
    for path in actions:
        answer = client.post(path, data={"csrf": ""})
        if answer.status_code != 401 or not answer.json()["go"].startswith("/sign-in"):
            wrong.append(path)
    return wrong


def test_nobody_gets_in_without_a_session(
    hub: RunningHub, pages: list[str], streams: list[str], actions: list[str]
) -> None:
    with browser(hub) as client:
        assert wrong_for_nobody(client, pages, streams, actions) == []


def sealed(ours: Keyring, text: str, column: str) -> list[str]:
    """A cookie that holds something else than a session."""
    found = ours.seal(text, table="console", column=column, row="cookie")
    return [f"hub120_session_0={base64.urlsafe_b64encode(found).decode()}"]


BROKEN: Mapping[str, Callable[[sessions.Session, Keyring], list[str]]] = {
    "sealed with another key": lambda session, _: kept(session, Keyring.generate()),
    "sealed for another place": lambda _, ours: sealed(ours, "{}", "sign_in"),
    "of another make": lambda _, ours: sealed(ours, '{"roles": ["admin"]}', "session"),
    "cut": lambda session, ours: [kept(session, ours)[0][:-40]],
    "turned": lambda session, ours: [kept(session, ours)[0][:60] + "____" + kept(session, ours)[0][64:]],
    "too long": lambda *_: [f"hub120_session_{number}={'A' * 3600}" for number in range(9)],
    "no cookie of ours": lambda *_: ["hub120_session_0=%00=é", "hub120_session_1"],
    "over": lambda session, ours: kept(replace(session, expires_at=time.time() - 1), ours),
}


@pytest.mark.parametrize("lie", BROKEN)
def test_a_session_that_is_not_ours_is_nobodys(hub: RunningHub, lie: str) -> None:
    session = sessions.begun(token(hub, "kim", *EVERYBODY))
    said = "; ".join(BROKEN[lie](session, Keyring.load(hub.folder / "keyring.json"))).encode()
    address = f"http://127.0.0.1:{hub.http_port}"
    page = httpx.get(f"{address}/desk", headers=[(b"cookie", said)])
    assert (page.status_code, page.headers["location"]) == (303, "/sign-in?next=%2Fdesk")
    assert httpx.post(f"{address}/desk/presence", headers=[(b"cookie", said)]).status_code == 401


def test_a_token_that_we_did_not_make_is_refused_by_the_services(
    hub: RunningHub, pages: list[str], streams: list[str], actions: list[str]
) -> None:
    """The console does not verify tokens, so a made-up one makes a session: with it there is nothing to be seen."""
    claims = {"sub": "kim", "roles": list(EVERYBODY), "aud": "hub120", "iss": "hub120", "exp": time.time() + 600}
    session = sessions.begun(jwt.encode(claims, "a key that somebody made up by themselves", "HS256"))
    with browser(hub, *kept(session, Keyring.load(hub.folder / "keyring.json"))) as client:
        client.headers["x-csrf-token"] = session.csrf
        shown = [path for path in pages if client.get(path).status_code != 303]
        told = [path for path in streams if "event: go" not in _events(client, path, 2)]
        done = [path for path in actions if client.post(path, data={"number": "1", "words": "1"}).status_code < 400]
    assert set(shown) - OF_THE_SESSION_ALONE == set()
    assert told == []
    assert set(done) - OF_THE_SESSION_ALONE == set()


def _events(client: httpx.Client, path: str, count: int) -> list[str]:
    """The first events of a page."""
    found: list[str] = []
    with client.stream("GET", path) as answer:
        for line in answer.iter_lines():
            found += [line] if line.startswith("event:") else []
            if len(found) == count or found[-1:] == ["event: go"]:
                break
    return found


@pytest.mark.parametrize("lie", ["no word", "another's word", "another site", "no site", "an odd word"])
def test_no_action_is_taken_that_our_own_page_did_not_send(hub: RunningHub, actions: list[str], lie: str) -> None:
    client, word = signed_in(hub, "kim", *EVERYBODY)
    other = sessions.begun(token(hub, "lee", *EVERYBODY)).csrf
    headers = {
        "no word": {},
        "another's word": {"x-csrf-token": other},
        "another site": {"x-csrf-token": word, "origin": "https://evil.example"},
        "no site": {"x-csrf-token": word, "origin": "null"},
        "an odd word": {"x-csrf-token": "%C3%A9"},
    }[lie]
    with client:
        answers = {path: client.post(path, headers=headers, data={"csrf": ""}) for path in actions}
    assert [path for path, answer in answers.items() if answer.status_code != 403] == []
    assert {answer.json()["said"] for answer in answers.values()} == {
        "This request did not come from this page. Reload and try again."
    }


def test_what_acts_is_not_had_by_a_link(routes: list[Route]) -> None:
    assert [one.path for one in routes if one.methods not in ({"GET", "HEAD"}, {"POST"})] == []


def unguarded(answer: httpx.Response) -> dict[str, str]:
    """The headers that an answer of ours should have, and has otherwise."""
    wanted = {**ANYWHERE, "cache-control": "no-store", "content-security-policy": visits.POLICY}
    return {name: answer.headers.get(name, "") for name, value in wanted.items() if answer.headers.get(name) != value}


def test_every_answer_forbids_what_is_not_ours(
    hub: RunningHub, pages: list[str], streams: list[str], actions: list[str]
) -> None:
    wrong: dict[str, dict[str, str]] = {}
    client, word = signed_in(hub, "kim", *EVERYBODY)
    with client, browser(hub) as nobody:
        for path in [*pages, "/sign-in", "/sign-in?again=1"]:
            wrong |= {f"{one} {path}": unguarded(by.get(path)) for one, by in (("kim", client), ("nobody", nobody))}
        for path in streams:
            wrong |= {f"{path} of {by}": unguarded(first_event(by, path)[0]) for by in (client, nobody)}
        for path in actions:
            wrong |= {
                f"{path} without word": unguarded(client.post(path)),
                f"{path} of nobody": unguarded(nobody.post(path)),
            }
            if path != "/sign-out":
                wrong[path] = unguarded(client.post(path, headers={"x-csrf-token": word}))
        wrong["signing in"] = unguarded(nobody.post("/sign-in", data={"token": "none"}))
        wrong["no file"] = unguarded(nobody.get("/static/x/none.js"))
    assert {path: found for path, found in wrong.items() if found} == {}


def test_scripts_and_styles_may_be_kept_and_nothing_else_is_had_from_their_folder(hub: RunningHub) -> None:
    with browser(hub) as nobody:
        for file in (CONSOLE / "static").iterdir():
            answer = nobody.get(f"/static/x/{file.name}")
            assert answer.headers["cache-control"].endswith("immutable")
            assert answer.headers["content-security-policy"] == visits.POLICY
            assert answer.headers["x-content-type-options"] == "nosniff"
        for path in ("..%2fapi.py", "%2e%2e/api.py", "base.css%00", "..%5capi.py", "BASE.CSS"):
            assert nobody.get(f"/static/x/{path}").status_code == 404


@pytest.mark.parametrize("url", ["", "https://console.example"])
def test_cookies_are_out_of_the_reach_of_scripts_other_sites_and_plain_http(hub: RunningHub, url: str) -> None:
    hub.environment["HUB120_CONSOLE_URL"] = url
    hub.start("second api")
    try:
        address = f"http://{hub.http_address('second api')}"
        sent = {"token": token(hub, "kim"), "next": "/desk"}
        inside = httpx.post(f"{address}/sign-in", data=sent, headers={"origin": address})
        cookies = {name: str(inside.cookies[name]) for name in inside.cookies}
        said = "; ".join(f"{name}={value}" for name, value in cookies.items())
        looks = httpx.get(f"{address}/desk?lang=ko&theme=dark", headers={"cookie": said})
        before = httpx.get(f"{address}/sign-in?lang=ko&theme=dark")
    finally:
        hub.leave("second api")
        hub.environment.pop("HUB120_CONSOLE_URL")
    set_ = [one.lower() for answer in (inside, looks, before) for one in answer.headers.get_list("set-cookie")]
    assert {one.partition("=")[0] for one in set_} == {
        "hub120_session_0",
        *(f"hub120_session_{n}" for n in range(1, 5)),
        "hub120_language",
        "hub120_theme",
    }
    for cookie in set_:
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert "domain" not in cookie
        assert ("secure" in cookie) is bool(url)
    assert "eyj" not in "".join(set_), "no token can be read in them"


def field_names() -> set[str]:
    """Every name that a form of ours sends."""
    text = "".join(path.read_text() for path in (CONSOLE / "templates").rglob("*.html"))
    return {re.sub(r"{{.*?}}", "1", name) for name in re.findall(r'name="((?:\w|{{.*?}})+)"', text)}


def test_rubbish_in_a_form_is_refused_and_breaks_nothing(hub: RunningHub, actions: list[str]) -> None:
    client, word = signed_in(hub, "kim", *EVERYBODY)
    client.headers["x-csrf-token"] = word
    names = field_names()
    assert len(names) > 50
    with client:
        broken = [
            (path, rubbish, answer.status_code, answer.text)
            for path in actions
            for rubbish in RUBBISH
            if (answer := client.post(path, data=dict.fromkeys(names, rubbish))).status_code >= 500
        ]
    assert broken == []


def test_rubbish_in_an_address_is_refused_and_breaks_nothing(hub: RunningHub, pages: list[str]) -> None:
    text = "".join(path.read_text() for path in CONSOLE.rglob("*.py"))
    names = {"next", "again", *re.findall(r"""(?:asked|query_params)\.get\("(\w+)""", text)}
    assert len(names) > 8
    client, _ = signed_in(hub, "kim", *EVERYBODY)
    with client:
        broken = [
            (path, rubbish, answer.status_code, answer.text)
            for path in [*pages, "/sign-in"]
            for rubbish in RUBBISH
            if (answer := client.get(path, params=dict.fromkeys(names, rubbish))).status_code >= 500
        ]
        broken += [
            (path, rubbish, answer.status_code, answer.text)
            for path in pages
            for rubbish in ("%00", "%F0%9F%99%82" * 100, "-1", "%ff%fe")
            if (answer := client.get(path.replace("01890000-0000-7000-8000-000000000000", rubbish))).status_code >= 500
        ]
    assert broken == []


def test_a_form_that_is_too_much_is_refused_whole(hub: RunningHub, actions: list[str]) -> None:
    client, word = signed_in(hub, "kim", *EVERYBODY)
    client.headers["x-csrf-token"] = word
    many = "&".join(f"field_{number}=1" for number in range(300))
    with client:
        long = client.post("/desk/presence", content=b"presence=offline&x=" + b"a" * forms.LONGEST_FORM)
        wide = client.post("/desk/presence", content=many.encode())
        unread = client.post("/desk/presence", content=b"presence=offline&x=\xff")
        longer = [path for path in actions if client.post(path, content=b"a" * 1_100_000).status_code < 400]
        longest = client.post("/desk/find", content=b"a" * 30_000_000)
    assert (long.status_code, wide.status_code, unread.status_code) == (413, 413, 413)
    assert long.json()["said"]
    assert set(longer) == set()
    assert longest.status_code == 413


@pytest.mark.parametrize("role", ["auditor", "display", "service", "legal"])
def test_a_page_that_a_role_may_not_see_says_so_in_words(hub: RunningHub, pages: list[str], role: str) -> None:
    client, _ = signed_in(hub, "somebody", role)
    with client:
        answers = {path: client.get(path) for path in pages}
    shown = {path: answer for path, answer in answers.items() if answer.status_code not in {200, 303, 404}}
    silent = [(path, answer.status_code) for path, answer in shown.items() if "You may not do this." not in answer.text]
    assert silent == []
    assert len(shown) > 3


@pytest.mark.parametrize("role", ["auditor", "display"])
def test_nothing_is_done_for_a_role_that_only_reads(hub: RunningHub, actions: list[str], role: str) -> None:
    client, word = signed_in(hub, "somebody", role)
    with client:
        sent = dict.fromkeys(field_names(), "1")
        answers = {path: client.post(path, headers={"x-csrf-token": word}, data=sent) for path in actions}
    assert {path for path, answer in answers.items() if answer.status_code < 400} == OF_THE_SESSION_ALONE & set(actions)
    assert all(answer.json()["said"] for answer in answers.values() if answer.status_code >= 400)


def picture() -> bytes:
    written = BytesIO()
    Image.new("RGB", (64, 64)).save(written, "PNG")
    return written.getvalue()


PROGRAM = b"<html><script>alert(1)</script></html>"
DRAWING = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


@pytest.mark.parametrize("stated", ["text/html", "image/svg+xml", "image/png", "application/pdf"])
@pytest.mark.parametrize("file", [PROGRAM, DRAWING, PAPER, picture()], ids=["html", "svg", "pdf", "png"])
def test_what_a_citizen_sends_is_never_run(hub: RunningHub, file: bytes, stated: str) -> None:
    sent = {"data": base64.b64encode(file).decode(), "media_type": stated, "filename": "<script>"}
    told = hub.say("파일입니다", attachments=[sent])
    client, _ = signed_in(hub, "kim", "supervisor")
    desk = hub.agent("han", capacity=40)
    entries = desk.case(told.json()["case_number"]).entries if told.status_code == 200 else []
    stored = case_pb2.ATTACHMENT_STATE_STORED
    found = [one.attachment for one in entries if one.HasField("attachment") and one.attachment.state == stored]
    assert bool(found) is (file in {PAPER, picture()}), "programs are not even kept"
    with client:
        for one in found:
            answer = client.get(f"/desk/attachments/{one.id}")
            assert unguarded(answer) == {"content-security-policy": answer.headers["content-security-policy"]}
            assert "sandbox" in answer.headers["content-security-policy"]
            shown = answer.headers["content-disposition"] == "inline"
            assert answer.headers["content-type"] == ("image/png" if shown else "application/octet-stream")
            assert shown is (file == picture())
