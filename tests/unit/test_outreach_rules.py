"""Outreach's rules: quiet hours by place, lists out of rows, texts with variables, the pace of calls, who gets none."""

from __future__ import annotations

from datetime import UTC, datetime, time
from itertools import product

import pytest

from services.outreach.domain.contact_rules import RuleKind, stops
from services.outreach.domain.lists import Member, RowFault, Segment, proposed, read
from services.outreach.domain.mailings import (
    MAILING_MOVES,
    RECIPIENT_MOVES,
    MailingState,
    RecipientState,
    Step,
    Text,
    Texts,
    Urgency,
    address_of,
    needs_approval,
    part_bounds,
    part_size,
)
from services.outreach.domain.pacing import calls_to_place
from services.outreach.domain.quiet_hours import EVERYWHERE, Place, place_of, quiet_from, quiet_until
from services.outreach.domain.wording import faults, filled

MIDNIGHT_BERLIN = Place("99", "Europe/Berlin", time(21), time(8))


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        (utc(3, 11, 59), None),  # 20:59 in Seoul
        (utc(3, 12), utc(3, 23)),
        (utc(3, 22, 59), utc(3, 23)),
        (utc(3, 23), None),
    ],
)
def test_it_is_quiet_from_21_to_8_in_seoul(now: datetime, ends: datetime | None) -> None:
    assert quiet_until(EVERYWHERE, now) == ends


def test_quiet_hours_begin_by_the_clock_of_the_place_also_when_it_is_changed() -> None:
    assert quiet_from(EVERYWHERE, utc(3, 3)) == utc(3, 12)
    assert quiet_from(EVERYWHERE, utc(3, 13)) == utc(3, 13)
    assert quiet_until(MIDNIGHT_BERLIN, utc(28, 23)) == utc(29, 6)  # 8 o'clock of summer time
    assert quiet_until(MIDNIGHT_BERLIN, utc(27, 23)) == utc(28, 7)
    at_noon = Place("", "Asia/Seoul", time(12), time(13))
    assert quiet_until(at_noon, utc(3, 3, 30)) == utc(3, 4)
    never = Place("", "Asia/Seoul", time(0), time(0))
    assert (quiet_until(never, utc(3, 15)), quiet_from(never, utc(3, 15))) == (None, None)


def test_the_place_that_says_most_exactly_where_somebody_is_counts() -> None:
    places = (Place("99", "Europe/Berlin", time(21), time(8)), Place("9911", "Asia/Tokyo", time(22), time(7)))
    assert [place_of(code, places).zone for code in ("991101", "9912", "41", "")] == [
        "Asia/Tokyo",
        "Europe/Berlin",
        "Asia/Seoul",
        "Asia/Seoul",
    ]


def test_a_call_is_placed_for_each_agent_who_is_reserved_and_for_nobody_else() -> None:
    for reserved, under_way, left in product(range(6), range(6), range(6)):
        placed = calls_to_place(reserved, under_way, left)
        assert 0 <= placed <= left
        assert placed + under_way <= max(reserved, under_way)


def test_only_life_safety_cannot_be_refused() -> None:
    for kind in RuleKind:
        assert stops(kind.value, Urgency.BULK) == kind.value
        assert stops(kind.value, Urgency.LIFE_SAFETY) is None


def test_nothing_leads_out_of_an_end_but_a_report_of_arrival_or_a_persons_word() -> None:
    assert MAILING_MOVES[MailingState.STOPPED] == frozenset()
    called = RecipientState.QUEUED
    assert RECIPIENT_MOVES[RecipientState.FAILED] == {RecipientState.DELIVERED, RecipientState.READ, called}
    assert RECIPIENT_MOVES[RecipientState.SKIPPED] == {called}
    assert RECIPIENT_MOVES[RecipientState.READ] == frozenset()
    assert {*MAILING_MOVES} == {*MailingState}
    assert {*RECIPIENT_MOVES} == {*RecipientState}


@pytest.mark.parametrize(("recipients", "needed"), [(999, False), (1000, False), (1001, True)])
def test_more_than_one_may_send_to_need_another_who_approves(recipients: int, needed: bool) -> None:
    assert needs_approval(recipients, 1000) is needed


def test_a_connectors_own_address_goes_before_that_of_its_kind() -> None:
    step = Step("kakao", "phone")
    assert address_of(step, {"kakao": "k1", "phone": "+8210", "email": "a@b.kr"}) == "k1"
    assert [address_of(step, found) for found in ({"phone": "+8210"}, {"email": "a@b.kr"})] == ["+8210", ""]


def test_a_list_is_cut_into_parts_without_gaps() -> None:
    assert part_bounds(1, 1201) == [(1, 500), (501, 1000), (1001, 1201)]
    assert part_bounds(1, 0) == []
    assert [part_size(pace) for pace in (0, 0.01, 3, 1000)] == [500, 1, 30, 500]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("{name}님, {day}에 오세요", []),
        ("{name", ["has a brace that is not closed"]),
        ("{}", ["has a variable whose name is none"]),
        ("{Name}", ["has a variable whose name is none"]),
        ("{when}", ["names variables that the list does not have: when"]),
    ],
)
def test_what_is_wrong_with_a_texts_variables_is_said(text: str, wrong: list[str]) -> None:
    assert faults(text, ("name", "day")) == wrong


def test_a_value_that_looks_like_a_variable_stays_a_value() -> None:
    assert filled("{name}, {day}", {"name": "{day}", "day": "월"}) == "{day}, 월"


def test_a_channels_own_words_go_before_everybodys_and_the_language_before_the_channel() -> None:
    texts = Texts((Text("", "ko", "a"), Text("sms", "ko", "b"), Text("", "vi", "c")))
    found = [texts.of(channel, language) for channel in ("sms", "app") for language in ("ko", "vi-VN", "fr", "")]
    assert [one.text if one else None for one in found] == ["b", "c", "b", "b", "a", "c", "a", "a"]


@pytest.mark.parametrize(
    ("segment", "born", "tags", "meant"),
    [
        (Segment(minimum_age=65), 1961, (), True),
        (Segment(minimum_age=65), 1962, (), False),
        (Segment(minimum_age=65), 0, (), False),
        (Segment(maximum_age=40), 1986, (), True),
        (Segment(maximum_age=40), 1985, (), False),
        (Segment(maximum_age=40), 0, (), False),
        (Segment(tags=("alone", "heat")), 0, ("heat",), True),
        (Segment(tags=("alone", "heat")), 0, ("cold",), False),
        (Segment(languages=("vi",)), 0, (), True),
        (Segment(languages=("ko",)), 0, (), False),
        (Segment(districts=("41", "11")), 0, (), True),
        (Segment(districts=("26",)), 0, (), False),
    ],
)
def test_who_of_a_list_is_meant(segment: Segment, born: int, tags: tuple[str, ...], meant: bool) -> None:
    assert segment.holds("vi-VN", "1111", born, tags, 2026) is meant


def test_of_two_columns_that_are_the_same_the_first_is_read() -> None:
    columns = proposed(["전화번호", "Phone", "메모 1", "name", "이름"], {})
    assert [one.field for one in columns] == ["phone", "", "", "name", ""]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (["010", "", ""], [RowFault(7, "phone", "bad_phone")]),
        (["ok", "한국말?", ""], [RowFault(7, "language", "bad_language")]),
        (["ok", "", "x" * 300], [RowFault(7, "tags", "too_long")]),
        (["", "ko", ""], [RowFault(7, "", "no_address")]),
        (["bad", "??", ""], [RowFault(7, "phone", "bad_phone"), RowFault(7, "language", "bad_language")]),
        (["ok"], Member(7, {"phone": "ok"}, {}, "", "", 0, ())),
    ],
)
def test_a_row_says_everything_that_is_wrong_with_it(row: list[str], found: object) -> None:
    columns = proposed(["phone", "language", "tags"], {})
    assert read(7, row, columns, lambda number: number if number == "ok" else "") == found
