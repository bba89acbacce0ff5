"""Names become codes however they are written; what is over is inactive; what is no link or telephone is left out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hub120_sdk import HttpAnswer, districts
from hub120_sdk.testing import fixture

from plugins.bokjiro import documents, mapping, reading
from plugins.bokjiro.reading import Details
from plugins.bokjiro.tests.conformance import PACKAGE
from plugins.bokjiro.tests.test_answers import NOW

ROW = {"servId": "WLF00004120", "servNm": "임시 주거 지원"}


def local(**more: str) -> dict[str, Any]:
    return documents.local("local/WLF00004120", {**ROW, **more}, Details(), date(2026, 5, 4))


@pytest.mark.parametrize(
    "names", ["아동,청소년,임신 · 출산", "아동, 청소년, 임신·출산", "임신▪출산,아동 ,  청소년,아동"]
)
def test_names_become_codes_however_they_are_written(names: str) -> None:
    assert {code for code, _ in mapping.terms("life_stage", names)} == {"002", "003", "007"}


def test_a_name_of_no_term_is_left_out() -> None:
    assert list(mapping.terms("life_stage", "구분없음(전생애),노년")) == [("006", "노년")]


@pytest.mark.parametrize(
    ("province", "district", "code"),
    [
        ("서울특별시", "", "11"),
        ("서울특별시", "종로구", "11110"),
        ("경기도", "수원시 장안구", "41110"),
        ("강원특별자치도", "고성군", "51820"),
        ("강원도", "고성군", "51820"),
        ("경상남도", "고성군", "48820"),
        ("대구광역시", "군위군", "27720"),
        ("세종특별자치시", "", "36"),
        ("경기도", "종로구", None),
        ("", "", None),
    ],
)
def test_districts_have_their_codes(province: str, district: str, code: str | None) -> None:
    assert districts.code(province, district) == code


def test_a_place_that_nobody_knows_stays_an_area_in_words() -> None:
    [area] = local(ctpvNm="황해도", sggNm="해주시")["service_areas"]
    assert area == {"id": area["id"], "name": "황해도 해주시"}


@pytest.mark.parametrize(
    ("first", "last", "status"),
    [
        ("20250101", "99991231", "active"),
        ("20250101", "20260504", "active"),
        ("20250101", "20260503", "inactive"),
        ("20260505", "99991231", "inactive"),
        ("someday", "", "active"),
    ],
)
def test_what_is_over_or_has_not_begun_is_inactive(first: str, last: str, status: str) -> None:
    assert local(enfcBgngYmd=first, enfcEndYmd=last)["status"] == status


def test_a_day_of_change_is_when_it_was_last_right() -> None:
    changed = local(lastModYmd="20260401")
    assert (changed["assured_date"], changed["last_modified"]) == ("2026-04-01", "2026-04-01T00:00:00+09:00")
    assert "assured_date" not in local(lastModYmd="2026")


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "www.bokjiro.go.kr", "https://", "https:// ", "ftp://a.example"]
)
def test_what_is_no_link_is_none(link: str) -> None:
    assert "url" not in local(servDtlLink=link)


@pytest.mark.parametrize(
    ("contact", "known"), [("129", True), ("02-555-0101~3", True), ("e1c2kzjZq/xMywMyqUnhotU=", False)]
)
def test_a_contact_that_is_no_telephone_is_left_out(contact: str, known: bool) -> None:
    assert ("phones" in local(rprsCtadr=contact)) is known


def test_lists_are_read_flat_and_nested() -> None:
    details = reading.details(HttpAnswer(200, {}, fixture(PACKAGE, "central_details.xml")), NOW)
    assert [row["servSeDetailNm"] for row in details.lists["applmetList"]] == ["신청기관", "결정기관"]
    assert [row["servSeDetailNm"] for row in details.lists["basfrmList"]] == ["신청서.hwp", "통장 사본"]
