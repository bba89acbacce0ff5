"""The table of the ``bokjiro`` connector: two central services, one local one, and every kind of trouble."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

from hub120_sdk import Listed, ListedPage, Misconfigured, Rejected, Retry, Throttled, Unreadable
from hub120_sdk.testing import Answer, Lists, Seen, Suite, fixture

PACKAGE = "plugins.bokjiro"
KEY = "a+service/key=="
SETTINGS = {"parallel_requests": "1", "requests_per_second": "10000"}
LOCAL = "local 1 -1 0"
LATER = datetime(2026, 4, 20, tzinfo=UTC)


def event(name: str, status: int = 200) -> Answer:
    """A fixture as 복지로's answer."""
    return Answer(status, fixture(PACKAGE, name), {"content-type": "application/xml;charset=UTF-8"})


def coded(code: str, root: str = "wantedList") -> Answer:
    """An answer that says nothing but a result code."""
    body = f"<{root}><resultCode>{code}</resultCode><resultMessage>…</resultMessage></{root}>"
    return Answer(200, body.encode(), {"content-type": "application/xml"})


def documents() -> dict[str, Listed]:
    """The services of the fixtures in HSDS, by key."""
    written = json.loads(fixture(PACKAGE, "documents.json"))
    return {key: Listed(key, document) for key, document in written.items()}


CENTRAL = [event("central_list.xml"), event("central_details.xml"), event("central_no_details.xml")]


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    return Suite(
        settings={"base_url": provider, **SETTINGS},
        secrets={"service_key": KEY},
        wrong_secrets={"service_key": "another-key"},
        lists=[*_pages(), *_troubles()],
        waived={"keeps_secrets_out_of_addresses": "data.go.kr takes the key in the address alone"},
    )


def _pages() -> list[Lists]:
    known = documents()
    crisis, law, housing = known["central/WLF00000001"], known["central/WLF00000002"], known["local/WLF00004120"]
    local = [event("local_list.xml"), event("local_details.xml")]
    same = ListedPage((), "", None, complete=True, unchanged=("local/WLF00004120",))
    empty = event("local_list.xml").body.replace(b"<totalCount>1", b"<totalCount>51")
    return [
        Lists("central", CENTRAL, ListedPage((crisis, law), LOCAL), check=_is_central),
        Lists("local", local, ListedPage((housing,), "", None, complete=True), LOCAL, check=_is_local),
        Lists("unchanged", [event("local_list.xml")], same, LOCAL, LATER, check=_is_one_request),
        Lists("it moved", [Answer(200, empty), local[1]], ListedPage((housing,), "local 2 51 1"), LOCAL),
        Lists("it had moved", local, ListedPage((housing,), "", None), "local 1 1 1"),
    ]


def _troubles() -> list[Lists]:
    details = [CENTRAL[0], event("central_details.xml")]
    return [
        Lists("the day's calls, by the gateway", [event("gateway_quota.xml")], Throttled),
        Lists("the day's calls, by the API", [coded("22")], Throttled),
        Lists("the day's calls, in the middle", [*details, event("gateway_quota.xml")], Throttled),
        Lists("an unknown key", [event("gateway_key.xml")], Misconfigured),
        Lists("a key that may not", [coded("20")], Misconfigured),
        Lists("a key that is over", [coded("31")], Misconfigured),
        Lists("a wrong address", [Answer(404)], Misconfigured),
        Lists("an unknown parameter", [coded("10")], Rejected),
        Lists("a trouble of its own", [coded("99")], Retry),
        Lists("a code that nobody knows", [coded("77")], Retry),
        Lists("details that are garbage", [CENTRAL[0], Answer(200, b"<html>")], Unreadable),
        Lists("a list without a count", [coded("0")], Unreadable),
        Lists("no cursor of ours", [], Rejected, "somewhere else"),
    ]


def _queries(seen: Sequence[Seen]) -> list[tuple[str, dict[str, str]]]:
    assert all(one.method == "GET" and "serviceKey=a%2Bservice%2Fkey%3D%3D&" in one.path for one in seen)
    urls = [urlsplit(one.path) for one in seen]
    return [(url.path.rpartition("/")[2], dict(parse_qsl(url.query, keep_blank_values=True))) for url in urls]


def _is_central(seen: Sequence[Seen]) -> None:
    (path, asked), *details = _queries(seen)
    wanted = {"callTp": "L", "pageNo": "1", "numOfRows": "50", "srchKeyCode": "003", "orderBy": "date"}
    assert (path, asked) == ("NationalWelfarelistV001", {"serviceKey": KEY, **wanted})
    assert [one["servId"] for _, one in details] == ["WLF00000001", "WLF00000002"]
    assert {(path, one["callTp"]) for path, one in details} == {("NationalWelfaredetailedV001", "D")}


def _is_local(seen: Sequence[Seen]) -> None:
    (path, asked), (details, one) = _queries(seen)
    assert (path, details) == ("LcgvWelfarelist", "LcgvWelfaredetailed")
    assert (asked["pageNo"], asked["arrgOrd"], "ctpvNm" in asked) == ("1", "001", False)
    assert one == {"serviceKey": KEY, "servId": "WLF00004120"}


def _is_one_request(seen: Sequence[Seen]) -> None:
    assert len(seen) == 1, "what did not change was asked for"
