"""Alerts on both databases: each once, in any order, moved by their senders and the clock; and what the public is not
told of leads nowhere."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

import plugins.safetydata
from chassis.connectors.host import Host
from chassis.connectors.registry import discover
from chassis.database import Database
from chassis.errors import NotFound
from demo.safetydata import SECRET, Manners, Safetydata
from plugins.cap.tests.conformance import QUAKE, UPDATE
from services.outreach import arrivals
from services.outreach.domain.alerts import AlertKind
from services.outreach.domain.areas import Area
from services.outreach.domain.notices import NoticeState, Rule
from services.outreach.sources import Sources
from services.outreach.store import alerts, notices
from services.outreach.tables import metadata
from services.outreach.use_cases import alerting
from tests.integration.databases import Clock, led, opened, shared
from tests.integration.notice_desk import QUAKES, NoticeDesk

both, clock, database = shared("outreach", metadata)

UPDATED = {"kind": AlertKind.UPDATE}
CANCELS = {"kind": AlertKind.CANCEL}


desk = led(NoticeDesk)


def test_an_alert_is_kept_once_and_the_first_counts(desk: NoticeDesk) -> None:
    first = desk.run(alerting.take, "cap", desk.alert())
    second = desk.run(alerting.take, "other", desk.alert(event="다른 말"))
    assert (first.duplicate, second.duplicate) == (False, True)
    assert second.alert_id == first.alert_id
    row = desk.row(first.alert_id)
    assert (row.source, row.event, row.state) == ("cap", "지진", "active")


@pytest.mark.parametrize("order", list(itertools.permutations(["alert", "update", "cancel"])))
def test_in_whatever_order_they_come_the_same_stands_in_the_end(desk: NoticeDesk, order: tuple[str, ...]) -> None:
    desk.rule()
    come: dict[str, Callable[[], str]] = {
        "alert": lambda: desk.take("1"),
        "update": lambda: desk.take("2", "1", **UPDATED),
        "cancel": lambda: desk.take("3", "1", "2", **CANCELS),
    }
    ids = {name: come[name]() for name in order}
    again = {name: come[name]() for name in reversed(order)}
    assert again == ids
    assert desk.state(ids["update"]) == "cancelled"
    assert desk.state(ids["alert"]) in {"updated", "cancelled"}
    assert desk.state(ids["cancel"]) == "noted"
    assert desk.notices(NoticeState.PROPOSED, NoticeState.RELEASED) == []


def test_an_update_takes_the_place_of_an_alert_that_comes_after_it(desk: NoticeDesk) -> None:
    update = desk.take("2", "1", **UPDATED)
    alert = desk.take("1")
    assert (desk.state(alert), desk.state(update)) == ("updated", "active")
    assert desk.row(alert).replaced_by == update


def test_nobody_else_and_no_exercise_calls_an_alert_off(desk: NoticeDesk) -> None:
    alert = desk.take("1")
    desk.take("2", "1", sender="nfa", **CANCELS)
    desk.take("3", "1", status="Exercise", **CANCELS)
    desk.take("4", "1", kind=AlertKind.ACK)
    assert desk.state(alert) == "active"
    later = desk.take("8")
    desk.take("9", "8", status="Test", **CANCELS)
    assert desk.state(later) == "active"
    desk.take("5", "1", **CANCELS)
    assert desk.state(alert) == "cancelled"


def test_what_a_stranger_says_before_an_alert_comes_does_nothing_to_it(desk: NoticeDesk) -> None:
    desk.take("2", "1", sender="nfa", **CANCELS)
    desk.take("3", "1", sender="nfa", **UPDATED)
    desk.take("4", "1", status="Exercise", **CANCELS)
    assert desk.state(desk.take("1")) == "active"


def test_what_is_over_stays_as_it_ended_whatever_is_said_later(desk: NoticeDesk) -> None:
    replaced = desk.take("1")
    update = desk.take("2", "1", **UPDATED)
    expired = desk.take("5", expires=desk.clock.now.timestamp() + 60)
    desk.pass_by(60)
    desk.take("3", "1", "5", **CANCELS)
    assert (desk.state(replaced), desk.row(replaced).replaced_by) == ("updated", update)
    assert desk.state(expired) == "expired"


def test_an_alert_begins_and_expires_by_the_clock(desk: NoticeDesk) -> None:
    desk.rule()
    now = desk.clock.now.timestamp()
    alert = desk.take("1", effective=now + 60, expires=now + 120)
    assert desk.state(alert) == "received"
    assert desk.notices() == []
    desk.pass_by(60)
    assert desk.state(alert) == "active"
    [notice] = desk.notices(NoticeState.PROPOSED)
    desk.pass_by(60)
    assert desk.state(alert) == "expired"
    assert desk.notice(notice.id).state == "over"
    assert desk.take("1") == alert


@pytest.mark.parametrize(
    ("status", "scope"),
    [
        one
        for one in itertools.product(
            ("Actual", "Exercise", "System", "Test", "Draft"), ("Public", "Restricted", "Private")
        )
        if one != ("Actual", "Public")
    ],
)
def test_what_is_not_actual_and_public_never_becomes_a_notice(desk: NoticeDesk, status: str, scope: str) -> None:
    desk.rule(Rule("all", "KR", "", "", "Unknown", "Unknown", "Unknown", QUAKES.notice_class))
    desk.take("1", status=status, scope=scope)
    desk.take("2", "1", status=status, scope=scope, **UPDATED)
    desk.take("3", "2", status=status, scope=scope, **CANCELS)
    desk.pass_by(60)
    assert desk.notices() == []


def test_changes_are_numbered_without_gaps_for_whoever_watches(desk: NoticeDesk) -> None:
    first = desk.take("1")
    desk.take("2", "1", **UPDATED)
    found = desk.database.read(alerts.changes, 0, 100)
    assert [row.sequence for row in found] == [1, 2, 3]
    assert [row.became for row in found] == ["active", "active", "updated"]
    assert [row.became for row in desk.database.read(alerts.changes, 2, 100)] == ["updated"]
    assert desk.database.read(alerts.sequences, ["alerts"]) == {"alerts": 3}
    assert found[0].id == first


def test_who_reads_an_alert_is_on_record_and_its_words_go_after_a_while(desk: NoticeDesk) -> None:
    taken = desk.run(arrivals.take, "cap", QUAKE)
    row, content = desk.run(alerting.opened, taken.alert_id, "lee", "재난 확인")
    assert "책상 아래로" in content
    assert (row.hazard, row.severity, row.urgency) == ("earthquake", "Extreme", "Immediate")
    [audit] = desk.database.read(notices.trail, taken.alert_id)
    assert (audit.actor, audit.action) == ("lee", "GetAlert")
    desk.database.run(alerts.forget_contents, row.ends_at + 1)
    assert desk.run(alerting.opened, taken.alert_id, "lee", "")[1] == ""
    with pytest.raises(NotFound):
        desk.run(alerting.opened, "0199e0f2-7c00-7abc-8def-000000000001", "lee", "")


def test_a_cap_alert_has_our_area_of_all_its_parts(desk: NoticeDesk) -> None:
    found = arrivals.read(QUAKE)
    assert found.area.codes[0] == "41110"
    assert {"41115", "41135", "41461", "41590"} <= {*found.area.codes}, "the districts that its figures touch"
    assert not {"41131", "11680"} & {*found.area.codes}
    assert found.area.names == ("경기도 수원시", "Suwon, Gyeonggi")
    assert found.area.circles == ((37.28, 127.01, 12.5),)
    assert found.begins == QUAKE.sent.timestamp(), "one language says from when it counts, the other does not"
    assert arrivals.read(UPDATE).references[0].identifier == QUAKE.identifier


def test_an_alert_and_its_cancellation_at_once_never_miss_each_other(database_address: str, clock: Clock) -> None:
    with opened(database_address, "outreach", metadata, clock) as database:
        desk = NoticeDesk(database, clock)
        for number in range(15):
            new, over = desk.alert(f"a{number}"), desk.alert(f"c{number}", f"a{number}", **CANCELS)
            barrier = threading.Barrier(2)

            def come(alert: Any, barrier: threading.Barrier = barrier) -> None:
                barrier.wait(10)
                database.run(alerting.take, "cap", alert)

            both = [threading.Thread(target=come, args=(one,)) for one in (new, over)]
            for one in both:
                one.start()
            for one in both:
                one.join(30)
            assert desk.state(database.run(alerting.take, "cap", new).alert_id) == "cancelled"


# Sources


@pytest.fixture
def portal(clock: Clock) -> Safetydata:
    made = Safetydata()
    made.now = clock.now
    return made


def sources(portal: Safetydata, clock: Callable[[], datetime], every_s: float = 30.0) -> Sources:
    own = {"base_url": portal.address, "service_key": SECRET}
    environ = {f"HUB120_CONNECTOR_SAFETYDATA_{name.upper()}": value for name, value in own.items()}
    return Sources(Host(discover([plugins.safetydata], "no.such.group"), environ, clock), clock, every_s)


def kept(database: Database) -> list[str]:
    return sorted(row.identifier for row in database.read(alerts.listed, [], "", 200))


def test_messages_of_the_portal_are_taken_as_they_come_and_each_once(
    database: Database, clock: Clock, portal: Safetydata
) -> None:
    published = [portal.publish(f"안내 {number}") for number in range(3)]
    one = sources(portal, clock)
    one.go(database)
    assert kept(database) == published
    asked = portal.asked
    one.go(database)
    assert portal.asked == asked, "it was asked before its time"
    clock.pass_by(30)
    published.append(portal.publish("지진 대피", "경기도 전체,서울특별시", "위급재난", "지진"))
    one.go(database)
    assert kept(database) == published
    row = database.read(alerts.listed, [], "", 1)[0]
    assert (row.hazard, row.severity, Area.read(row.area).codes) == ("earthquake", "Extreme", ("41", "11"))


def test_a_list_that_grows_while_it_is_read_loses_nothing(database: Database, clock: Clock) -> None:
    portal = Safetydata(Manners(grows=True))
    portal.now = clock.now
    for number in range(150):
        portal.publish(f"안내 {number}")
    one = sources(portal, clock)
    one.go(database)
    portal.manners = Manners()
    clock.pass_by(30)
    one.go(database)
    assert len(kept(database)) == 151


def test_trouble_with_http_200_is_waited_for_and_nothing_is_lost(
    database: Database, clock: Clock, portal: Safetydata
) -> None:
    published = portal.publish("안내")
    portal.manners = Manners(code="99")
    one = sources(portal, clock)
    one.go(database)
    one.go(database)
    assert (kept(database), portal.asked) == ([], 1)
    portal.manners = Manners()
    clock.pass_by(5)
    one.go(database)
    assert kept(database) == [published]


def test_a_used_up_day_is_waited_for_until_it_is_over(database: Database, clock: Clock) -> None:
    portal = Safetydata(Manners(calls=0))
    one = sources(portal, clock)
    one.go(database)
    clock.pass_by(3600)
    one.go(database)
    assert portal.asked == 1
    portal.manners = Manners()
    clock.now = datetime(2026, 5, 4, 15, 6, tzinfo=UTC)
    one.go(database)
    assert portal.asked > 1


def test_of_two_processes_one_asks_and_the_other_takes_over(
    database: Database, clock: Clock, portal: Safetydata
) -> None:
    first, second = sources(portal, clock, 0.0), sources(portal, clock, 0.0)
    portal.publish("안내")
    first.go(database)
    asked = portal.asked
    second.go(database)
    assert portal.asked == asked
    clock.pass_by(61)
    portal.publish("안내")
    second.go(database)
    assert len(kept(database)) == 2


def test_a_drill_of_the_portal_is_kept_and_proposed_to_nobody(
    database: Database, clock: Clock, portal: Safetydata
) -> None:
    desk = NoticeDesk(database, clock)
    desk.rule(Rule("all", "KR", "", "", "Unknown", "Unknown", "Unknown", QUAKES.notice_class))
    portal.publish("[훈련] 지진 대피 훈련상황입니다", step="위급재난", kind="지진")
    one = sources(portal, clock)
    one.go(database)
    assert len(kept(database)) == 1
    assert desk.notices() == []
    clock.pass_by(30)
    portal.publish("지진 발생. 대피하세요", step="위급재난", kind="지진")
    one.go(database)
    assert len(desk.notices()) == 1
