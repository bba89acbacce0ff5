"""Figures of referrals: shares with how sure they are, slices of a period, words for everything that is shown, and
what metrics tell."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hub120.referral.v1 import figures_service_pb2 as pb
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry.sdk.metrics.export import InMemoryMetricReader

from services.referral import figure_protos, gauges
from services.referral.domain.figure_words import BY_CODE, LABELS, name
from services.referral.domain.figures import (
    Counts,
    Figures,
    Slice,
    begin_of,
    begins,
    day_number,
    day_of,
    month,
    number_of,
    share,
)
from services.referral.domain.referrals import DeclineReason
from services.referral.use_cases.figures import Now
from tests.measuring import measuring


def test_three_of_three_look_no_better_than_ninety_five_of_a_hundred() -> None:
    few, many = share(3, 3, 1), share(95, 100, 1)
    assert (few.share, few.high) == (1.0, 1.0)
    assert few.low == pytest.approx(0.4385, abs=1e-4)
    assert many.low == pytest.approx(0.8882, abs=1e-4)
    assert many.high == pytest.approx(0.9785, abs=1e-4)


@given(of=st.integers(1, 10**6), data=st.data())
def test_a_share_lies_in_its_interval_and_more_of_the_same_make_it_narrower(of: int, data: st.DataObject) -> None:
    found, more = share(part := data.draw(st.integers(0, of)), of, 1), share(part * 4, of * 4, 1)
    low, middle, high = (one or 0.0 for one in (found.low, found.share, found.high))
    assert 0 <= low <= middle + 1e-12 <= high + 2e-12 <= 1 + 2e-12
    assert (more.high or 0.0) - (more.low or 0.0) <= high - low


def test_too_few_have_no_rate_and_nothing_has_none_either() -> None:
    figures = Figures(Counts(sent=4, silent=4, helped=1, partly=1, nobody_came=2))
    silence = figures.silence(5)
    assert (silence.share, silence.too_few, silence.part, silence.of) == (None, True, 4, 4)
    assert figures.silence(4).share == 1.0
    assert figures.helped().share == 0.5
    assert (Figures().silence(5).too_few, Figures().helped().share) == (False, None)


def test_days_begin_at_midnight_in_korea() -> None:
    assert day_of(number_of(date(2026, 2, 28)) + 1) == date(2026, 3, 1)
    midnight = datetime(2026, 11, 1, 15, tzinfo=UTC).timestamp()
    assert (day_of(day_number(midnight)), day_of(day_number(midnight - 1))) == (date(2026, 11, 2), date(2026, 11, 1))
    assert begin_of(day_number(midnight)) == midnight
    since, until = month(2026, 12)
    assert (day_of(day_number(since)), day_of(day_number(until))) == (date(2026, 12, 1), date(2027, 1, 1))


@pytest.mark.parametrize(("length", "count"), [(Slice.DAY, 61), (Slice.WEEK, 10), (Slice.MONTH, 2)])
def test_slices_cover_a_period_without_gaps(length: Slice, count: int) -> None:
    since, until = month(2026, 11)[0], month(2026, 12)[1]
    found = begins(since, until, length)
    assert (len(found), found[0]) == (count, day_number(since))
    assert found == sorted(set(found))


def test_everything_that_is_shown_has_a_name_and_a_meaning_in_both_languages() -> None:
    fields = {one.name for kind in (pb.Figures, pb.Outcomes, pb.Span, pb.Hours) for one in kind.DESCRIPTOR.fields}
    codes = (fields - {"outcomes", "count"}) | {reason.value for reason in DeclineReason if reason}
    assert codes <= set(BY_CODE)
    assert len(BY_CODE) == len(LABELS)
    assert all(all(label) for label in LABELS)
    assert [one.code for one in figure_protos.labels()] == [one.code for one in LABELS]
    assert (name("silence", "ko"), name("silence", "en")) == ("무응답률", "Silence rate")


def test_metrics_tell_how_many_are_open_and_take_back_what_is_not_any_more() -> None:
    reader = InMemoryMetricReader()
    with measuring(reader):
        gauges.show(Now({"sent": 3}, 2, 60.0))
        gauges.show(Now({"accepted": 1}, 0, 0.0))
        told: Any = reader.get_metrics_data()
    points = {one.name: one.data.data_points for one in told.resource_metrics[0].scope_metrics[0].metrics}
    by_state = {point.attributes["hub120.state"]: point.value for point in points["hub120.referral.open"]}
    assert (by_state["sent"], by_state["accepted"]) == (0, 1)
    assert points["hub120.referral.escalated"][0].value == 0
