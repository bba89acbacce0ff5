"""The line on which the spans of a trace lie."""

from __future__ import annotations

from services.console.scale import measured

S = 1_000_000_000


def test_without_silence_the_line_is_time_itself() -> None:
    line = measured([(0, 4 * S), (1 * S, 2 * S)])
    assert [line.place(moment * S) for moment in (0, 1, 2, 4)] == [0.0, 25.0, 50.0, 100.0]
    assert line.cuts == []


def test_a_long_silence_is_cut_and_a_short_one_is_not() -> None:
    line = measured([(0, 1 * S), (2 * S, 4 * S), (3600 * S, 3601 * S)])
    (cut,) = line.cuts
    assert (cut.began, cut.ended) == (4 * S, 3600 * S)
    assert 0 < cut.width < 6
    assert line.place(3601 * S) == 100.0
    assert line.place(1 * S) < line.place(2 * S) < line.place(4 * S) < line.place(3600 * S)


def test_what_took_no_time_and_nothing_at_all_have_a_line_too() -> None:
    assert measured([(5, 5)]).place(5) == 0.0
    assert measured([]).place(5) == 100.0
