"""When imports from connectors are due, what they need not list again, and how long trouble is waited for."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from services.referral.domain.listings import FULL_S, LONGEST_PAUSE_S, TROUBLES, Diary, Place, last_time

AT = time(3, 30)
DAY_S = 86_400.0


def korea(day: int, hour: int, minute: int = 0) -> float:
    return datetime.fromisoformat(f"2026-05-{day:02}T{hour:02}:{minute:02}:00+09:00").timestamp()


def test_one_is_due_once_a_day_from_its_time_on() -> None:
    assert Diary().due(korea(4, 1), AT)
    diary = Diary().begun(korea(4, 3, 30))
    assert not diary.due(korea(5, 3, 29), AT)
    assert diary.due(korea(5, 3, 30), AT)
    assert last_time(korea(5, 2), AT) == korea(4, 3, 30)


def test_everything_is_listed_at_first_and_every_four_weeks() -> None:
    began = korea(4, 4)
    assert Diary().since(began) is None
    diary = Diary().begun(began).ended(complete=True, full=True)
    assert diary.since(began + DAY_S) == began
    assert diary.since(began + FULL_S) is None
    later = diary.begun(began + DAY_S)
    assert later.ended(complete=True, full=False).since(began + 2 * DAY_S) == began + DAY_S
    assert later.ended(complete=False, full=False).since(began + 2 * DAY_S) == began


def test_pauses_grow_and_last_as_long_as_the_source_says() -> None:
    now, diary = korea(4, 4), Diary().begun(korea(4, 4))
    pauses = []
    for _ in range(12):
        diary = diary.troubled(now, 0.0, AT, hopeless=False)
        pauses.append(diary.rest_until - now)
    assert pauses[:3] == [5.0, 10.0, 20.0]
    assert pauses[-1] == LONGEST_PAUSE_S
    assert diary.troubled(now, 7_200.0, AT, hopeless=False).rest_until == now + 7_200


@pytest.mark.parametrize(("hopeless", "hours", "fails"), [(True, 1, True), (False, 1, False), (False, 24, True)])
def test_what_is_hopeless_or_was_tried_for_a_day_begins_anew_at_its_next_time(
    hopeless: bool, hours: int, fails: bool
) -> None:
    began = korea(4, 4)
    now, diary = began + hours * 3_600, Diary().begun(began)
    for _ in range(TROUBLES):
        assert not diary.failed
        diary = diary.troubled(now, 0.0, AT, hopeless=hopeless)
    assert diary.failed is fails
    if fails:
        assert diary.rest_until == last_time(now, AT) + DAY_S
        assert not diary.begun(now).failed


@pytest.mark.parametrize("place", [Place(), Place("local 2 51 1", 1_777_777.25), Place("a b  c", whole=True)])
def test_a_place_and_a_diary_are_read_as_they_were_written(place: Place) -> None:
    assert Place.read(place.written()) == place
    diary = Diary().begun(12.5).rests(20.0)
    assert Diary.read(diary.written()) == diary
    assert Diary.read("") == Diary()
