"""The simulated 복지로 speaks as the true one does: the connector reads it to its end, every document is HSDS 3.0."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hub120_sdk import Context, ListedPage, Misconfigured, Retry, Throttled
from hub120_sdk.hosts import AllowedHosts
from hub120_sdk.testing.http import PlainHttp

from demo.bokjiro import LOCAL, SECRET, Bokjiro, Manners
from plugins.bokjiro.directory import Bokjiro as Connector
from services.referral.domain.directory import Record
from services.referral.hsds import profile, reading, schemas

pytestmark = pytest.mark.slow  # a provider that is slow

NOW = datetime(2026, 5, 4, 3, tzinfo=UTC)


def connector(bokjiro: Bokjiro, key: str = SECRET, **settings: str) -> Connector:
    own = {"lists": "central local", "province": "", "parallel_requests": "4", "requests_per_second": "10000"}
    http = PlainHttp(AllowedHosts(["{base_url}"], {"base_url": bokjiro.address}))
    return Connector(Context({**own, "base_url": bokjiro.address, **settings}, {"service_key": key}, http, lambda: NOW))


def read(one: Connector, between: Callable[[], Any] = lambda: None, since: datetime | None = None) -> list[ListedPage]:
    pages = [one.services(since, "")]
    while pages[-1].cursor:
        between()
        pages.append(one.services(since, pages[-1].cursor))
    return pages


@pytest.fixture(scope="module")
def bokjiro() -> Bokjiro:
    return Bokjiro(130)


def test_all_services_are_read_and_every_document_is_hsds(bokjiro: Bokjiro) -> None:
    pages = read(connector(bokjiro))
    services = [one for page in pages for one in page.services]
    assert pages[-1].complete
    assert len({one.key for one in services}) == 130
    for one in services:
        document = dict(one.document)
        assert schemas.faults("service", document) == ()
        assert profile.faults(document) == ()
        found = reading.read("bokjiro", Record(one.key, document))
        assert found.areas, one.key
        assert {taxonomy for taxonomy, _ in found.terms} >= {"life_stage", "interest"}


def test_what_did_not_change_is_named_and_not_asked_for(bokjiro: Bokjiro) -> None:
    before = bokjiro.asked
    pages = read(connector(bokjiro, lists="local"), since=NOW)
    assert sum(len(page.unchanged) for page in pages) == 117
    assert bokjiro.asked - before == len(pages)
    assert pages[-1].complete


def test_one_province_alone_can_be_read(bokjiro: Bokjiro) -> None:
    pages = read(connector(bokjiro, lists="local", province="경기도"))
    areas = {area["extent"][:2] for page in pages for one in page.services for area in one.document["service_areas"]}  # type: ignore[attr-defined]
    assert areas == {"41"}


def test_a_list_that_changes_while_it_is_read_is_not_complete() -> None:
    bokjiro = Bokjiro(130)
    assert not read(connector(bokjiro, lists="local"), bokjiro.publish)[-1].complete
    bokjiro.withdraw(bokjiro.lists[LOCAL][0].id)
    assert read(connector(bokjiro, lists="local"))[-1].complete


def test_bad_manners_are_understood() -> None:
    bokjiro = Bokjiro(20)
    with pytest.raises(Misconfigured):
        connector(bokjiro, key="another").services(None, "")
    bokjiro.manners = Manners(calls=bokjiro.asked + 3)
    with pytest.raises(Throttled):
        read(connector(bokjiro))
    bokjiro.manners, bokjiro.down = Manners(), True
    with pytest.raises(Retry):
        connector(bokjiro).services(None, "")


def test_luck_brings_every_kind_of_trouble() -> None:
    told = set[str]()
    bokjiro = Bokjiro(600, manners=Manners(luck=7, slow_s=0.0), misbehaves=told.add)
    one, cursor = connector(bokjiro, lists="local"), ""
    for _ in range(60):
        try:
            cursor = one.services(None, cursor).cursor
        except Retry:
            continue
        if not cursor:
            break
    assert len(told) >= 3, told
