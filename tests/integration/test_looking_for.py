"""People who are looked for, on both databases: told of by a code, thanked for, and forgotten."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hub120.outreach.v1 import events_pb2

from services.outreach.domain.hazards import Hazard
from services.outreach.domain.missing import Found, MissingKind
from services.outreach.domain.notices import NoticeState
from services.outreach.store import missing, notices
from services.outreach.store.missing import Wanted
from services.outreach.tables import metadata
from services.outreach.use_cases import looking_for, proposing, reading_notices, withdrawing
from services.outreach.use_cases.looking_for import Search
from tests.integration.databases import led, shared
from tests.integration.notice_desk import CHANNELS, SUWON, NoticeDesk

both, clock, database = shared("outreach", metadata)

desk = led(NoticeDesk)


def search(desk: NoticeDesk, **more: object) -> Search:
    wanted = Wanted(
        MissingKind.DEMENTIA, "김영희", "80세, 빨간 외투", "수원서부 2026-118", None, "kim", "ab/photo", "image/png"
    )
    values = {"ko": "김영희, 80세, 빨간 외투", "en": "김영희, aged 80, red coat"}
    made = Search(wanted, SUWON, CHANNELS, values, desk.clock.now.timestamp() + 7200, "m-1")
    return replace(made, **more)  # type: ignore[arg-type]


def test_somebody_is_looked_for_by_a_code_and_forgotten_when_the_time_has_passed(desk: NoticeDesk) -> None:
    row, person, is_new = desk.run(looking_for.report, search(desk), 42)
    assert is_new
    assert desk.run(looking_for.report, search(desk), 43)[0].id == row.id
    _, texts = desk.run(reading_notices.opened, row.id, "lee", "승인")
    assert texts["ko"].endswith(f"80세, 빨간 외투 보신 분은 120, 번호 {person.code}")
    assert set(texts) == {"ko", "en"}
    desk.release(row.id)
    [active] = desk.events(events_pb2.MissingPersonActive)
    assert (active.notice_id, active.code, list(active.area_codes)) == (row.id, person.code, ["41110"])
    shown = desk.run(looking_for.opened, row.id, "park", "GetMissing", "목격 제보")
    assert (shown.name, shown.police_reference) == ("김영희", "수원서부 2026-118")
    trail = desk.database.read(notices.trail, row.id)
    assert [(one.actor, one.action) for one in trail] == [("lee", "GetNotice"), ("park", "GetMissing")]
    desk.pass_by(7200)
    person = desk.database.read(missing.person, row.id)
    assert person is not None
    assert person.outcome == Found.EXPIRED
    gone = desk.run(looking_for.to_erase)
    assert gone.photo == "ab/photo"
    desk.run(looking_for.erase, row.id)
    assert desk.run(looking_for.to_erase) is None
    shown = desk.run(looking_for.opened, row.id, "park", "GetMissing", "")
    assert (shown.name, shown.description, shown.police_reference, shown.row.photo) == ("", "", "", "")
    assert desk.run(reading_notices.opened, row.id, "lee", "")[1] == {}
    assert [one.notice_id for one in desk.events(events_pb2.MissingPersonClosed)] == [row.id]


def test_the_words_of_a_search_go_with_it_whoever_wrote_them(desk: NoticeDesk) -> None:
    row = desk.propose(hazard=Hazard.MISSING.value, texts={"ko": "김철수 씨를 찾습니다"})
    desk.cancel(row.id)
    assert desk.run(reading_notices.opened, row.id, "kim", "")[1] == {}
    assert desk.entries(row.id)[-1] == "erased"


def test_whoever_rewrites_what_is_said_of_somebody_is_on_the_trail(desk: NoticeDesk) -> None:
    row, _, _ = desk.run(looking_for.report, search(desk), 42)
    other = desk.propose()
    for one in (row, other):
        desk.run(proposing.edit, one.id, 1, "park", {"ko": "80세, 빨간 외투와 지팡이"}, "")
    trails = [desk.database.read(notices.trail, one.id) for one in (row, other)]
    assert [[(one.actor, one.action) for one in trail] for trail in trails] == [[("park", "EditNotice")], []]


def test_whoever_was_found_is_told_of_to_those_who_looked(desk: NoticeDesk) -> None:
    row, person, _ = desk.run(looking_for.report, search(desk), 7)
    desk.release(row.id)
    desk.run(looking_for.close, row.id, Found.FOUND, "lee")
    assert desk.run(looking_for.close, row.id, Found.CALLED_OFF, "park").outcome == "found", "it is over already"
    assert len(desk.events(events_pb2.MissingPersonClosed)) == 1
    assert desk.notice(row.id).state == "withdrawn"
    [thanks] = desk.notices(NoticeState.PROPOSED)
    assert (thanks.act, thanks.follows, thanks.notice_class) == ("cancel", row.id, "information")
    texts = desk.run(reading_notices.opened, thanks.id, "kim", "")[1]
    assert texts["ko"].startswith(f"[찾았습니다] 경기도 수원시. 번호 {person.code}")
    desk.release(thanks.id)


@pytest.mark.parametrize(("released", "outcome"), [(True, Found.CALLED_OFF), (False, Found.FOUND)])
def test_nobody_is_told_that_somebody_was_found_who_was_not_or_was_never_told_of(
    desk: NoticeDesk, released: bool, outcome: Found
) -> None:
    row, _, _ = desk.run(looking_for.report, search(desk), 7)
    if released:
        desk.release(row.id)
    assert desk.run(looking_for.close, row.id, outcome, "lee").outcome == outcome
    assert (desk.notice(row.id).state, desk.notices(NoticeState.PROPOSED)) == ("withdrawn", [])


def test_codes_in_use_are_not_drawn_again_and_one_who_is_rejected_is_forgotten(desk: NoticeDesk) -> None:
    first, one, _ = desk.run(looking_for.report, search(desk), 9_999)
    _, other, _ = desk.run(looking_for.report, search(desk, request_id="m-2"), 9_999)
    assert (one.code[:4], other.code[:4]) == ("9999", "0000")
    desk.run(withdrawing.reject, first.id, 1, "lee", "")
    desk.pass_by(1)
    assert desk.run(looking_for.to_erase).notice_id == first.id
    assert desk.events(events_pb2.MissingPersonActive) == []
