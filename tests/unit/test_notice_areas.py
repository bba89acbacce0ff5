"""Areas: codes by their digits, polygons with their edge, circles on the globe; and the names of messages."""

from __future__ import annotations

import math

import pytest
from hub120_sdk import districts
from hypothesis import assume, given
from hypothesis import strategies as st

from services.outreach.domain.areas import (
    Area,
    Place,
    Ring,
    Spot,
    distance_km,
    in_circle,
    in_ring,
    is_code,
    lies_in,
    merged,
)

SPOTS = st.tuples(st.floats(33.0, 39.0), st.floats(124.0, 132.0))
SUWON: Spot = (37.2636, 127.0286)
SEOUL: Spot = (37.5665, 126.978)


@pytest.mark.parametrize(
    ("code", "area", "lies"),
    [
        ("41110", "41", True),
        ("4111012300", "41110", True),
        ("41111", "41110", True),
        ("4111112300", "41110", True),
        ("41110", "KR", True),
        ("41130", "41110", False),
        ("41", "41110", False),
        ("11110", "41", False),
        ("41110", "41111", False),
        ("41110", "41110", True),
    ],
)
def test_a_district_lies_in_its_province_and_a_part_of_a_city_in_the_city(code: str, area: str, lies: bool) -> None:
    assert lies_in(code, area) is lies


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("경기도 수원시", "41110"),
        ("경기도  수원시 ", "41110"),
        ("경기도 수원시 장안구", "41110"),
        ("경기도 전체", "41"),
        ("경기도", "41"),
        ("서울특별시 종로구", "11110"),
        ("강원도 고성군", "51820"),
        ("세종특별자치시", "36"),
        ("경기도 종로구", None),
        ("수원시", None),
        ("", None),
    ],
)
def test_names_of_messages_have_their_codes(name: str, code: str | None) -> None:
    assert districts.named(name) == code


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("41", "경기도"),
        ("41110", "경기도 수원시"),
        ("41111", "경기도 수원시"),
        ("1111010100", "서울특별시 종로구"),
        ("36", "세종특별자치시"),
        ("36110", "세종특별자치시"),
        ("99", "99"),
        ("", ""),
    ],
)
def test_codes_have_their_names(code: str, name: str) -> None:
    assert districts.name(code) == name


@given(spot=SPOTS, south=st.floats(33.0, 36.0), west=st.floats(124.0, 128.0), size=st.floats(0.01, 3.0))
def test_a_rectangle_holds_what_lies_between_its_sides(spot: Spot, south: float, west: float, size: float) -> None:
    north, east = south + size, west + size
    ring: Ring = ((south, west), (south, east), (north, east), (north, west), (south, west))
    assert in_ring(spot, ring) == (south <= spot[0] <= north and west <= spot[1] <= east)


@given(st.lists(SPOTS, min_size=3, max_size=12, unique=True))
def test_every_corner_and_the_middle_of_every_side_of_a_polygon_is_in_it(corners: list[Spot]) -> None:
    ring = (*corners, corners[0])
    assert all(in_ring(corner, ring) for corner in corners)
    straight = ((37.0, 127.0), (37.0, 128.0), (38.0, 128.0), (38.0, 127.0), (37.0, 127.0))
    assert in_ring((37.0, 127.5), straight)
    assert in_ring((37.5, 128.0), straight)


@given(spot=SPOTS, corners=st.lists(SPOTS, min_size=3, max_size=8, unique=True))
def test_a_polygon_is_the_same_wherever_it_begins_and_whichever_way_it_goes(spot: Spot, corners: list[Spot]) -> None:
    ring = (*corners, corners[0])
    turned = (*corners[1:], corners[0], corners[1])
    assert in_ring(spot, ring) == in_ring(spot, turned) == in_ring(spot, tuple(reversed(ring)))


@given(one=SPOTS, other=SPOTS, third=SPOTS)
def test_distances_are_those_of_a_globe(one: Spot, other: Spot, third: Spot) -> None:
    assert distance_km(one, one) == 0
    assert distance_km(one, other) == distance_km(other, one)
    assert distance_km(one, third) <= distance_km(one, other) + distance_km(other, third) + 1e-6


def test_a_known_distance_is_right_to_a_hundred_metres() -> None:
    assert math.isclose(distance_km(SEOUL, SUWON), 33.98, abs_tol=0.1)
    assert math.isclose(distance_km((0.0, 0.0), (0.0, 180.0)), 20_015.1, abs_tol=0.1)


@given(centre=SPOTS, spot=SPOTS, radius=st.floats(0, 500))
def test_a_circle_holds_what_is_no_farther_than_its_radius(centre: Spot, spot: Spot, radius: float) -> None:
    far = distance_km(centre, spot)
    assume(abs(far - radius) > 1e-9)
    assert in_circle(spot, (*centre, radius)) == (far < radius)
    assert in_circle(centre, (*centre, 0.0))


def test_an_area_holds_whoever_is_in_any_of_its_parts() -> None:
    box: Ring = ((37.0, 126.5), (37.0, 127.5), (37.4, 127.5), (37.4, 126.5), (37.0, 126.5))
    area = merged(
        [Area(("11",), names=("서울",)), Area(polygons=(box,)), Area(circles=((*SEOUL, 1.0),), names=("서울",))]
    )
    assert area.holds(Place("11110"))
    assert area.holds(Place(spot=SUWON))
    assert area.holds(Place("41110", SEOUL))
    assert not area.holds(Place("41110"))
    assert not area.holds(Place())
    assert area.names == ("서울",)
    assert not Area(names=("어딘가",)).holds(Place("41110", SUWON))
    assert Area(names=("어딘가",)).empty


@given(
    st.lists(st.sampled_from(["KR", "41", "41110", "4111010100"]), unique=True),
    st.lists(st.lists(SPOTS, min_size=4, max_size=5).map(tuple), max_size=2),
    st.lists(st.tuples(st.floats(33, 39), st.floats(124, 132), st.floats(0, 9)), max_size=2),
    st.lists(st.text(max_size=9), max_size=3),
)
def test_an_area_is_read_as_it_was_written(
    codes: list[str], polygons: list[Ring], circles: list[tuple[float, float, float]], names: list[str]
) -> None:
    area = Area(tuple(codes), tuple(polygons), tuple(circles), tuple(names))
    assert Area.read(area.written()) == area


@pytest.mark.parametrize(
    ("written", "is_one"),
    [
        ("41", True),
        ("41110", True),
        ("4111010100", True),
        ("KR", True),
        ("4", False),
        ("411", False),
        ("4111o", False),
        ("", False),
    ],
)
def test_codes_have_two_five_or_ten_digits(written: str, is_one: bool) -> None:
    assert is_code(written) is is_one
