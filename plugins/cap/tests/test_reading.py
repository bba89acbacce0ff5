"""CAP to the letter: every fault is named with its path and line, and any text at all is an alert or a refusal."""

from __future__ import annotations

import pytest
from hub120_sdk import Unreadable
from hub120_sdk.testing import fixture
from hypothesis import given
from hypothesis import strategies as st

from plugins.cap import reading, tree
from plugins.cap.tests.conformance import PACKAGE, QUAKE

GOOD = fixture(PACKAGE, "earthquake.xml").decode()


def read(text: str) -> object:
    return reading.alert(tree.read(text.encode()))


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("cap:1.2", "cap:1.3", "not an alert of CAP 1.2 or 1.1"),
        ("<scope>Public</scope>", "", "alert, line 2: scope is missing"),
        ("<identifier>KMA-EQ-20261128-0001</identifier>", "<identifier/>", "identifier is missing"),
        ("<event>지진</event>", "", "alert/info, line 9: event is missing"),
        ("<category>Geo</category>", "", "alert/info, line 9: category is missing"),
        ("KMA-EQ-20261128-0001<", "KMA EQ,1<", "alert/identifier, line 3: it holds a blank, a comma"),
        ("<sent>2026-11-28T09:00:00+09:00", "<sent>2026-11-28T09:00:00Z", "alert/sent, line 5:"),
        ("<sent>2026-11-28T09:00:00+09:00", "<sent>2026-11-28T09:00:00", "no time with its offset"),
        ("<sent>2026-11-28T09:00:00+09:00", "<sent>2026-13-28T09:00:00+09:00", "is no time"),
        ("<status>Actual", "<status>Real", "'Real' is none of Actual, Exercise, System, Test, Draft"),
        ("<msgType>Alert", "<msgType>Warn", "alert/msgType, line 7: 'Warn' is none of"),
        ("<scope>Public", "<scope>Restricted", "restriction is missing"),
        ("<scope>Public", "<scope>Private", "addresses are missing"),
        ("<urgency>Immediate", "<urgency>Now", "alert/info/urgency, line 14"),
        ("37.35,126.95 37.20,126.95<", "37.35,126.95<", "polygon, line 33: the polygon is not closed"),
        ("37.20,127.10 37.35,127.10 37.35,126.95 ", "", "has 4 points at least, this one has 2"),
        ("37.20,127.10 ", "37.20;127.10 ", "is no point"),
        ("37.20,127.10 ", "97.20,127.10 ", "is nowhere on Earth"),
        ("37.20,127.10 ", "nan,127.10 ", "a latitude is no number"),
        ("37.28,127.01 12.5", "37.28,127.01", "the radius is no number: ''"),
        ("37.28,127.01 12.5", "37.28,127.01 -1", "the radius is from 0"),
        ("37.28,127.01 12.5", "37.28 127.01 12.5", "the radius is no number"),
        ("<size>20480", "<size>much", "a size is a number of bytes"),
        ("<valueName>KR.BJD</valueName>", "", "geocode, line 34: valueName or value is missing"),
        ("<areaDesc>경기도 수원시</areaDesc>", "", "areaDesc is missing"),
        ("<headline>", "<headline>a</headline><headline>", "alert/info/headline[2], line 21: it stands there twice"),
        ("<headline>", "<colour>red</colour><headline>", "info has no such element"),
        ("</scope>", "</scope><references>a,b</references>", "a reference is sender,identifier,sent"),
        ("</alert>", "</alarm>", "this is no well-formed XML"),
        ("<alert", '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><alert', "document types and entities"),
        ("<alert", "<!DOCTYPE alert SYSTEM 'file:///etc/passwd'><alert", "document types and entities"),
        ("<description>", "<x>" * 30 + "</x>" * 30 + "<description>", "or 20 in each other"),
        ("<description>", "<x/>" * 20_001 + "<description>", "more than 20000 elements"),
    ],
)
def test_a_fault_is_named_with_its_place(was: str, becomes: str, told: str) -> None:
    assert was in GOOD
    with pytest.raises(Unreadable) as refused:
        read(GOOD.replace(was, becomes, 1))
    assert told in refused.value.reason


def test_signatures_and_extensions_of_others_are_passed_over() -> None:
    signed = '<s:Signature xmlns:s="http://www.w3.org/2000/09/xmldsig#"><s:x/></s:Signature></alert>'
    assert read(GOOD.replace("</alert>", signed)) == QUAKE


@given(
    st.binary(max_size=300)
    | st.text(max_size=80).map(lambda text: GOOD.replace("지진", text).encode("utf-8", "replace"))
)
def test_any_body_is_an_alert_or_a_refusal(body: bytes) -> None:
    try:
        reading.alert(tree.read(body))
    except Unreadable:
        return


@given(cut=st.integers(0, len(GOOD)), length=st.integers(1, 60))
def test_an_alert_with_a_hole_is_whole_or_refused(cut: int, length: int) -> None:
    try:
        read(GOOD[:cut] + GOOD[cut + length :])
    except Unreadable:
        return
