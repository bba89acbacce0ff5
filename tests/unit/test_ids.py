"""Identifiers ascend: with time, and within a moment as they were made."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from chassis.ids import new_id

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)


def test_identifiers_of_one_moment_ascend_as_they_were_made() -> None:
    made = [new_id(NOW) for _ in range(1000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert new_id(NOW + timedelta(milliseconds=1)) > made[-1]


def test_they_are_uuids_of_version_seven() -> None:
    found = UUID(new_id(NOW))
    assert (found.version, found.variant) == (7, "specified in RFC 4122")
    assert found.int >> 80 == int(NOW.timestamp() * 1000)


def test_a_clock_that_goes_back_is_followed() -> None:
    later = new_id(NOW + timedelta(hours=1))
    assert new_id(NOW) < later
