"""The rules both bus drivers share: which keys a pattern takes, and when a failed message is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from chassis.bus import RETRY_DELAYS_S, Kind, Message
from chassis.bus.retries import delay_s, pause_s
from chassis.bus.routes import matches
from chassis.messages import age_s


@pytest.mark.parametrize(
    ("pattern", "key", "taken"),
    [
        ("a.b", "a.b", True),
        ("a.b", "a.b.c", False),
        ("a.*", "a.b", True),
        ("a.*", "a", False),
        ("a.*", "a.b.c", False),
        ("*.b", "a.b", True),
        ("a.#", "a", True),
        ("a.#", "a.b.c", True),
        ("#", "a.b.c", True),
        ("#.c", "a.b.c", True),
        ("#.c", "a.c.b", False),
        ("a.#.d.*", "a.b.c.d.e", True),
        ("a.#.d.*", "a.b.c.d", False),
    ],
)
def test_a_pattern_takes_the_keys_a_topic_exchange_would(pattern: str, key: str, taken: bool) -> None:
    assert matches(pattern, key) is taken


@pytest.mark.parametrize(
    ("attempt", "after_s", "waits_s"),
    [
        (1, 0, 5),
        (2, 0, 60),
        (3, 0, 600),
        (4, 0, None),
        (1, 5, 5),
        (1, 6, 60),
        (2, 30, 60),
        (1, 9999, 600),
        (4, 6, None),
    ],
)
def test_a_failed_attempt_waits_its_own_delay_or_longer_when_asked(
    attempt: int, after_s: float, waits_s: float | None
) -> None:
    assert delay_s(RETRY_DELAYS_S, attempt, after_s) == waits_s


@pytest.mark.parametrize(("after_s", "waits_s"), [(0, 5), (5, 5), (6, 60), (60.5, 600), (9999, 600)])
def test_what_was_not_tried_waits_as_short_as_it_may(after_s: float, waits_s: float) -> None:
    assert pause_s(RETRY_DELAYS_S, after_s) == waits_s


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ({"cloudEvents_time": "2026-05-04T09:00:00+00:00"}, 60),
        ({"cloudEvents_time": "2026-05-04T18:00:00+09:00"}, 60),
        ({"cloudEvents_time": "2026-05-04T09:00:00"}, 0),
        ({"cloudEvents_time": "yesterday"}, 0),
        ({}, 0),
    ],
)
def test_a_message_is_as_old_as_it_says_or_new_if_it_says_nothing_clear(told: dict[str, str], seconds: float) -> None:
    now = datetime(2026, 5, 4, 9, 0, tzinfo=UTC) + timedelta(seconds=60)
    assert age_s(Message("1", Kind.TASK, "queue", told, b""), now) == seconds
