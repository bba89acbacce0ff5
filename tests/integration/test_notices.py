"""Notices on both databases: proposed by rules, approved by two, told anew and called off with their alert, and the
surge that they make."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hub120.outreach.v1 import events_pb2

from chassis.errors import Conflict, NotFound, PreconditionFailed
from services.outreach.domain.alerts import AlertKind
from services.outreach.domain.areas import Area, Place
from services.outreach.domain.hazards import Hazard
from services.outreach.domain.notices import Counts, NoticeAct, NoticeClass, NoticeState, Refusal, Rule
from services.outreach.store import notices
from services.outreach.tables import metadata
from services.outreach.use_cases import proposing, reading_notices, ruling, withdrawing
from tests.integration.databases import led, shared
from tests.integration.notice_desk import CHANNELS, QUAKES, SUWON, Crowd, NobodyKnows, NoticeDesk

both, clock, database = shared("outreach", metadata)

UPDATED = {"kind": AlertKind.UPDATE}
CANCELS = {"kind": AlertKind.CANCEL}
VILLAGE = Crowd([(Place("41110"), "ko", "sms")] * 3 + [(Place("41110"), "vi", "app"), (Place("11110"), "ko", "sms")])
CITY = Crowd([(Place("41110"), "ko", "sms")] * 1001)


desk = led(NoticeDesk)


def refusal(do: Callable[[], object]) -> str:
    with pytest.raises(PreconditionFailed) as refused:
        do()
    return refused.value.reason


# Approval


def test_a_notice_to_few_leaves_on_one_persons_word_and_what_is_to_be_sent_is_written_down(desk: NoticeDesk) -> None:
    row = desk.propose()
    counts = desk.count(row.id, VILLAGE)
    assert counts == Counts(4, {"sms": 3, "app": 1}, {"ko": 3, "vi": 1})
    found = desk.approve(row.id, "kim")
    assert (found.given, found.needed, found.row.state) == (1, 1, "released")
    release = desk.released(row.id)
    assert (release.readers_of, release.channels, release.notice_class) == ("", " ".join(CHANNELS), "urgent")
    assert Area.read(release.area) == SUWON
    texts = desk.database.read(lambda tx: notices.texts(tx, release, "notice_release"))
    assert texts["ko"] == {
        "text": "[호우·홍수] 경기도 수원시. 하천과 지하에서 나와 높은 곳으로 가세요. 문의 120",
        "form": "sms",
    }
    assert texts["vi"]["form"] == "none"
    assert [one.id for one in desk.database.read(notices.waiting, 10)] == [release.id]
    assert desk.entries(row.id) == ["proposed", "counted", "approved", "released"]


@pytest.mark.parametrize("recipients", [CITY, NobodyKnows()])
def test_a_notice_to_many_or_to_nobody_knows_how_many_takes_two(desk: NoticeDesk, recipients: object) -> None:
    row = desk.propose()
    desk.count(row.id, recipients)
    first = desk.approve(row.id, "kim")
    assert (first.given, first.needed, first.row.state) == (1, 2, "proposed")
    assert desk.database.read(notices.release_of, row.id) is None
    assert refusal(lambda: desk.approve(row.id, "kim")) == Refusal.APPROVED_BEFORE
    assert desk.approve(row.id, "lee").row.state == "released"
    assert refusal(lambda: desk.approve(row.id, "park")) == Refusal.NOT_PROPOSED


def test_whoever_wrote_the_text_is_never_the_second(desk: NoticeDesk) -> None:
    row = desk.propose("kim")
    desk.count(row.id, CITY)
    desk.approve(row.id, "lee")
    assert refusal(lambda: desk.approve(row.id, "kim")) == Refusal.NOT_BY_AUTHOR
    assert desk.approve(row.id, "park").row.state == "released"


def test_nothing_is_approved_that_nobody_has_counted(desk: NoticeDesk) -> None:
    row = desk.propose()
    assert refusal(lambda: desk.approve(row.id, "lee")) == Refusal.NO_DRY_RUN


def test_a_text_written_anew_was_approved_and_counted_by_nobody(desk: NoticeDesk) -> None:
    row = desk.propose("kim")
    desk.count(row.id, CITY)
    desk.approve(row.id, "lee")
    row = desk.run(proposing.edit, row.id, 1, "park", {"ko": "새 글입니다. 문의 120", "vi": ""}, "https://v.example/1")
    assert (row.version, row.author, row.sign_video_url) == (2, "park", "https://v.example/1")
    with pytest.raises(Conflict):
        desk.approve(row.id, "lee", 1)
    with pytest.raises(Conflict):
        desk.run(proposing.edit, row.id, 1, "kim", {"ko": "또"}, "")
    assert refusal(lambda: desk.approve(row.id, "lee", 2)) == Refusal.NO_DRY_RUN
    desk.count(row.id, CITY)
    desk.approve(row.id, "lee", 2)
    assert refusal(lambda: desk.approve(row.id, "park", 2)) == Refusal.NOT_BY_AUTHOR
    desk.approve(row.id, "kim", 2)
    texts = desk.run(reading_notices.opened, row.id, "kim", "")[1]
    assert texts["ko"] == "새 글입니다. 문의 120"
    assert "vi" not in texts
    assert "en" in texts


def test_a_notice_without_korean_or_without_a_place_is_not_approved(desk: NoticeDesk) -> None:
    foreign = desk.propose(texts={"en": "Flood"})
    desk.count(foreign.id, VILLAGE)
    assert refusal(lambda: desk.approve(foreign.id, "lee")) == Refusal.NO_KOREAN_TEXT
    nowhere = desk.propose(area=Area(names=("어딘가",)), request_id="r-2")
    desk.count(nowhere.id, VILLAGE)
    assert refusal(lambda: desk.approve(nowhere.id, "lee")) == Refusal.NO_AREA


def test_one_person_says_no_or_calls_it_off_and_a_proposal_repeated_is_the_same(desk: NoticeDesk) -> None:
    row = desk.propose()
    assert desk.propose().id == row.id
    assert desk.run(withdrawing.reject, row.id, 1, "lee", "장소가 틀립니다").state == "rejected"
    assert refusal(lambda: desk.cancel(row.id)) == "NOTICE_ENDED"
    other = desk.propose(request_id="r-2")
    desk.release(other.id)
    assert desk.cancel(other.id).state == desk.cancel(other.id).state == "withdrawn"
    assert desk.released(other.id).stopped_at is not None
    assert desk.database.read(notices.waiting, 10) == []
    with pytest.raises(NotFound):
        desk.cancel("0199e0f2-7c00-7abc-8def-000000000001")
    entries = desk.database.read(reading_notices.entries, row.id, 1, 10)
    assert [(number, note) for number, (_, note) in entries] == [(2, "장소가 틀립니다")]


def test_people_are_called_again_and_again_to_a_life_safety_notice_that_waits(desk: NoticeDesk) -> None:
    row = desk.propose(notice_class=NoticeClass.LIFE_SAFETY)
    desk.count(row.id, CITY)
    desk.approve(row.id, "lee")
    desk.pass_by(60)
    desk.pass_by(60)
    assert [one.approvals for one in desk.events(events_pb2.NoticeWaits)] == [0, 1, 1, 1]
    desk.approve(row.id, "park")
    desk.pass_by(120)
    assert len(desk.events(events_pb2.NoticeWaits)) == 4
    assert desk.notice(row.id).state == "released"
    desk.pass_by(3600)
    assert desk.notice(row.id).state == "over"


# Alerts and notices


def test_people_are_called_to_nothing_that_is_over(desk: NoticeDesk) -> None:
    short = desk.propose(notice_class=NoticeClass.LIFE_SAFETY, ends_at=desk.clock.now.timestamp() + 30)
    desk.pass_by(30)
    assert desk.notice(short.id).state == "over"
    assert len(desk.events(events_pb2.NoticeWaits)) == 1


def test_an_alert_that_meets_a_rule_proposes_a_notice_and_sends_nothing(desk: NoticeDesk) -> None:
    desk.rule()
    alert = desk.take("1")
    [row] = desk.notices()
    assert (row.state, row.notice_class, row.hazard, row.alert_id) == ("proposed", "life_safety", "earthquake", alert)
    assert (row.created_by, Area.read(row.area)) == ("rule", SUWON)
    texts = desk.run(reading_notices.opened, row.id, "kim", "")[1]
    assert texts["ko"].startswith("[지진] 경기도 수원시. 책상 아래")
    assert len(texts) == 24
    assert desk.database.read(notices.waiting, 10) == []
    desk.take("2", severity="Minor")
    desk.take("3", area=Area(("11",)))
    assert len(desk.notices()) == 1


def test_an_update_is_told_to_those_who_got_the_first_which_goes_on_until_then(desk: NoticeDesk) -> None:
    desk.rule()
    desk.take("1")
    [first] = desk.notices()
    desk.release(first.id)
    desk.take("2", "1", area=Area(("41110", "41130"), names=("경기도 수원시", "경기도 성남시")), **UPDATED)
    assert desk.notice(first.id).state == "released"
    update, added = desk.notices(NoticeState.PROPOSED)
    assert (update.act, update.follows) == ("update", first.id)
    assert (added.act, Area.read(added.area).codes) == ("first", ("41130",))
    crowd = Crowd(readers=7)
    counts = desk.count(update.id, crowd)
    assert counts is not None
    assert counts.recipients == 7
    assert crowd.asked == [desk.released(first.id).id]
    desk.approve(update.id, "lee")
    release = desk.released(update.id)
    assert (release.act, release.readers_of) == ("update", crowd.asked[0])
    assert (desk.notice(first.id).state, desk.notice(first.id).reason) == ("over", "updated")
    assert desk.released(first.id).stopped_at is not None


def test_an_update_before_approval_takes_the_place_of_what_was_proposed(desk: NoticeDesk) -> None:
    desk.rule()
    desk.take("1")
    [first] = desk.notices()
    update = desk.take("2", "1", **UPDATED)
    [now] = desk.notices(NoticeState.PROPOSED)
    assert (now.alert_id, now.act, now.follows) == (update, "first", "")
    assert (desk.notice(first.id).state, desk.notice(first.id).reason) == ("withdrawn", "alert_updated")
    desk.count(first.id, VILLAGE)
    assert refusal(lambda: desk.approve(first.id, "lee")) == Refusal.NOT_PROPOSED


def test_a_second_update_follows_the_first_notice_where_the_one_between_never_left(desk: NoticeDesk) -> None:
    desk.rule()
    desk.take("1")
    [first] = desk.notices()
    desk.release(first.id)
    desk.take("2", "1", **UPDATED)
    third = desk.take("3", "2", **UPDATED)
    [now] = desk.notices(NoticeState.PROPOSED)
    assert (now.alert_id, now.follows, now.act) == (third, first.id, "update")
    desk.take("4", "3", **CANCELS)
    [over] = desk.notices(NoticeState.PROPOSED)
    assert (over.act, over.follows) == ("cancel", first.id)
    assert desk.notice(first.id).state == "withdrawn"


def test_a_cancellation_stops_what_is_sent_at_once_and_is_told_after_approval(desk: NoticeDesk) -> None:
    desk.rule()
    desk.take("1")
    [first] = desk.notices()
    desk.release(first.id)
    desk.take("2", "1", **CANCELS)
    desk.take("2", "1", **CANCELS)
    assert (desk.notice(first.id).state, desk.notice(first.id).reason) == ("withdrawn", "alert_cancelled")
    assert desk.database.read(notices.waiting, 10) == []
    [over] = desk.notices(NoticeState.PROPOSED)
    assert (over.act, over.follows) == ("cancel", first.id)
    texts = desk.run(reading_notices.opened, over.id, "kim", "")[1]
    assert texts["ko"] == "[지진 해제] 경기도 수원시. 위험이 끝났습니다. 문의 120"
    desk.release(over.id)
    [waits] = desk.database.read(notices.waiting, 10)
    assert waits.readers_of == desk.released(first.id).id
    assert (desk.notice(first.id).state, desk.notice(first.id).reason) == ("withdrawn", "alert_cancelled")


def test_a_notice_is_not_approved_once_the_alert_behind_it_is_over(desk: NoticeDesk) -> None:
    alert_id = desk.take("1")
    proposed = desk.propose(alert_id=alert_id, ends_at=desk.clock.now.timestamp() + 2 * 86_400)
    desk.count(proposed.id, Crowd())
    desk.pass_by(7 * 3600)
    assert desk.state(alert_id) == "expired"
    with pytest.raises(PreconditionFailed) as refused:
        desk.approve(proposed.id, "lee")
    assert refused.value.reason == Refusal.ALERT_OVER


def test_what_follows_a_notice_needs_no_place_of_its_own(desk: NoticeDesk) -> None:
    first = desk.propose()
    desk.release(first.id)
    update = desk.propose(act=NoticeAct.UPDATE, follows=first.id, area=Area(), texts={"ko": "계속"}, request_id="r-2")
    assert desk.release(update.id).state == "released"


def test_an_end_that_is_not_for_everybody_stops_a_notice_and_is_told_to_nobody(desk: NoticeDesk) -> None:
    desk.rule()
    desk.take("1")
    [first] = desk.notices()
    desk.release(first.id)
    desk.take("2", "1", scope="Restricted", **CANCELS)
    assert desk.notice(first.id).state == "withdrawn"
    assert desk.notices(NoticeState.PROPOSED) == []


def test_nothing_is_proposed_by_hand_of_an_alert_that_is_over_or_not_for_the_public(desk: NoticeDesk) -> None:
    drill, alert = desk.take("1", status="Exercise"), desk.take("2")
    assert refusal(lambda: desk.propose(alert_id=drill)) == Refusal.NOT_FOR_THE_PUBLIC
    row = desk.propose(alert_id=alert, request_id="r-2")
    desk.count(row.id, VILLAGE)
    desk.take("3", "2", **CANCELS)
    assert refusal(lambda: desk.approve(row.id, "lee")) == Refusal.NOT_PROPOSED
    assert refusal(lambda: desk.propose(alert_id=alert, request_id="r-3")) == Refusal.ALERT_OVER


def test_a_disaster_without_words_of_ours_has_the_authoritys(desk: NoticeDesk) -> None:
    desk.rule(replace(QUAKES, id="any", hazard=""))
    content = json.dumps({"infos": [{"language": "ko", "description": "단수 안내", "headline": ""}]})
    desk.take("1", hazard=Hazard.OTHER, event="수도", content=content)
    [row] = desk.notices()
    assert desk.run(reading_notices.opened, row.id, "kim", "")[1] == {"ko": "단수 안내"}


def test_there_are_so_many_rules_and_no_more(desk: NoticeDesk) -> None:
    desk.rule()
    desk.rule(replace(QUAKES, area_code="11"))
    [rule] = desk.database.read(ruling.rules)
    assert rule.area_code == "11"
    desk.database.run(ruling.remove_rule, "quakes")
    with pytest.raises(NotFound):
        desk.database.run(ruling.remove_rule, "quakes")
    for number in range(ruling.MOST_RULES):
        desk.rule(Rule(f"r-{number}", "KR", "", "", "Unknown", "Unknown", "Unknown", NoticeClass.URGENT))
    assert refusal(desk.rule) == "TOO_MANY_RULES"


# Surge


def test_a_surge_lasts_as_long_as_the_longest_of_its_notices(desk: NoticeDesk) -> None:
    now = desk.clock.now.timestamp()
    long, short = (desk.propose(request_id=f"r{hours}", ends_at=now + hours * 3600) for hours in (3, 1))
    for row in (long, short):
        desk.release(row.id)
    declared = desk.events(events_pb2.SurgeDeclared)
    assert [one.until_time.ToSeconds() for one in declared] == [now + 3 * 3600] * 2


def test_two_notices_are_one_surge_that_ends_with_the_last(desk: NoticeDesk) -> None:
    first = desk.propose()
    now = desk.clock.now.timestamp()
    second = desk.propose(request_id="r-2", ends_at=now + 7200)
    quiet = desk.propose(request_id="r-3", notice_class=NoticeClass.INFORMATION)
    for one in (first, second, quiet):
        desk.release(one.id)
    declared = desk.events(events_pb2.SurgeDeclared)
    assert [one.notice_id for one in declared] == [first.id, second.id]
    assert (list(declared[0].area_codes), declared[1].until_time.seconds) == (["41110"], int(now + 7200))
    desk.cancel(second.id)
    last = desk.events(events_pb2.SurgeDeclared)[-1]
    assert (last.notice_id, last.until_time.seconds) == (first.id, int(now + 3600))
    assert desk.events(events_pb2.SurgeEnded) == []
    desk.pass_by(3600)
    assert [one.notice_id for one in desk.events(events_pb2.SurgeEnded)] == [first.id]


# People who are looked for
