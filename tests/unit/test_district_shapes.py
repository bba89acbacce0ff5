"""Which districts figures on the map touch: by the outlines that ship, and by figures made up."""

from __future__ import annotations

from math import cos, sin

import pytest
from hub120_sdk import districts
from hypothesis import given
from hypothesis import strategies as st

from services.outreach.district_outlines import codes_of
from services.outreach.domain.areas import Circle, Ring, Spot, in_circle, in_ring
from services.outreach.domain.district_shapes import Outline, hull, touched

CITY_HALLS: dict[str, Spot] = {
    "11140": (37.5663, 126.9779),  # 서울특별시청
    "41115": (37.2636, 127.0286),  # 수원시 팔달구, 수원시청
    "41135": (37.3827, 127.1189),  # 성남시 분당구청
    "41650": (37.8949, 127.2003),  # 포천시청
    "26470": (35.1798, 129.0750),  # 부산광역시청, 연제구
    "50110": (33.4996, 126.5312),  # 제주시청
    "47940": (37.4845, 130.9057),  # 울릉군청
    "28720": (37.9640, 124.7120),  # 백령도, 옹진군
    "52111": (35.8242, 127.1480),  # 전주시 완산구
}
SPOT = st.tuples(st.floats(36.0, 38.0), st.floats(126.0, 128.0))


def square(spot: Spot, size: float) -> Ring:
    (north, east), half = spot, size / 2
    low, high = (north - half, north + half), (east - half, east + half)
    return ((low[0], high[0]), (low[1], high[0]), (low[1], high[1]), (low[0], high[1]), (low[0], high[0]))


@pytest.mark.parametrize(("code", "spot"), CITY_HALLS.items(), ids=CITY_HALLS)
def test_a_small_figure_touches_the_district_that_it_lies_in(code: str, spot: Spot) -> None:
    assert code in codes_of([square(spot, 0.001)], [])
    assert code in codes_of([], [(*spot, 0.1)])
    assert len(codes_of([], [(*spot, 0.1)])) <= 3, "outlines are a little too wide, and no more"


def test_a_great_figure_touches_all_that_it_covers() -> None:
    gyeonggi = codes_of([square((37.4, 127.1), 0.5)], [])
    assert {"11110", "11680", "41131", "41135", "41111", "41461", "41360", "41290"} <= {*gyeonggi}
    assert {code[:2] for code in gyeonggi} == {"11", "41"}
    assert "26470" in codes_of([], [(36.0, 128.0, 400.0)])


def test_of_a_polygon_with_very_many_corners_the_hull_counts() -> None:
    star = [(37.4 + (0.05 + 0.2 * (n % 2)) * sin(n), 127.1 + (0.05 + 0.2 * (n % 2)) * cos(n)) for n in range(20_000)]
    found = codes_of([(*star, star[0])], [])
    assert {*codes_of([(*star[:50], star[0])], [])} <= {*found}
    assert found == codes_of([hull(star)], [])


@given(spots=st.lists(SPOT, min_size=3, max_size=40, unique=True))
def test_a_hull_holds_every_spot(spots: list[Spot]) -> None:
    around = Outline.of(hull(spots))
    assert all(around.touches(Outline.of(square(spot, 0.001))) for spot in spots)


def test_the_sea_and_other_countries_touch_nothing() -> None:
    assert codes_of([square((35.7, 139.7), 1.0)], [(36.5, 124.0, 20.0)]) == ()
    assert codes_of([], []) == ()


def test_districts_that_have_an_outline_have_a_name() -> None:
    everywhere = codes_of([square((36.0, 128.0), 10.0)], [])
    assert len(everywhere) == 249
    assert [code for code in everywhere if districts.name(code) == code] == []


@given(spot=SPOT, size=st.floats(0.01, 1.0), other=SPOT, other_size=st.floats(0.01, 1.0))
def test_two_squares_touch_if_they_are_near_enough(spot: Spot, size: float, other: Spot, other_size: float) -> None:
    one, two = Outline.of(square(spot, size)), Outline.of(square(other, other_size))
    apart = max(abs(spot[0] - other[0]), abs(spot[1] - other[1])) - (size + other_size) / 2
    if abs(apart) > 1e-9:
        assert one.touches(two) == two.touches(one) == (apart < 0)


@given(spot=SPOT, radius=st.floats(1.0, 100.0), other=SPOT)
def test_a_circle_touches_every_square_that_has_a_spot_in_it(spot: Spot, radius: float, other: Spot) -> None:
    circle: Circle = (*spot, radius)
    shapes = {"41110": (Outline.of(square(other, 0.02)),)}
    if in_circle(other, circle):
        assert touched([], [circle], shapes) == ("41110",)


@given(corners=st.lists(SPOT, min_size=3, max_size=8), spot=SPOT)
def test_a_figure_touches_every_square_around_a_spot_in_it(corners: list[Spot], spot: Spot) -> None:
    ring = (*corners, corners[0])
    if in_ring(spot, ring):
        assert touched([ring], [], {"41110": (Outline.of(square(spot, 0.02)),)}) == ("41110",)
