"""Alerts go through the host like all else: rubbish is the connector's fault, what is too much is unreadable, and they
come over the wire of a process as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hub120_sdk import Alert, AlertNoted, AlertPage, Circle, Context, Manifest, Point, Polygon, Request, Unreadable

from chassis.connectors import operations
from chassis.connectors.errors import ConnectorFault, FaultKind
from chassis.connectors.host import Host
from chassis.connectors.isolation import wire
from chassis.connectors.registry import Found
from plugins.cap.tests.conformance import QUAKE, UPDATE
from tests.odd_connectors import host

PAGE = AlertPage((QUAKE, UPDATE), "41", more=True, refused=("alert/sent, line 5: no time",))
REQUEST = Request("POST", "https://hub.example/alerts/source", {}, b"")


class Source:
    """Says what the test says."""

    def __init__(self, says: Any) -> None:
        self.says = says

    def poll(self, cursor: str) -> Any:
        return self.says

    def parse(self, request: Request) -> Any:
        return self.says

    def acknowledge(self, request: Request, noted: Sequence[AlertNoted]) -> Any:
        return self.says


def source(says: Any) -> Host:
    manifest = Manifest("source", "Source", frozenset({"alerts"}), "tests")

    def make(context: Context) -> Any:
        return Source(says)

    return host(Found(manifest, "tests.source", make))


def changed(**info: Any) -> Alert:
    return replace(QUAKE, infos=(replace(QUAKE.infos[0], **info),))


def placed(**area: Any) -> Alert:
    return changed(areas=(replace(QUAKE.infos[0].areas[0], **area),))


def test_pages_and_pushes_come_out_as_they_are() -> None:
    assert source(PAGE).poll_alerts("source", "") == PAGE
    assert source([QUAKE, UPDATE]).parse_alerts("source", REQUEST) == [QUAKE, UPDATE]


@pytest.mark.parametrize(
    "alert",
    [
        "alert",
        replace(QUAKE, identifier=""),
        replace(QUAKE, sender=""),
        replace(QUAKE, sent=datetime(2026, 5, 4)),
        replace(QUAKE, status="Actual"),  # type: ignore[arg-type]
        placed(circles=(Circle(Point(float("nan"), 127.0), 1.0),)),
        placed(polygons=((37.0, 127.0),)),
    ],
)
def test_rubbish_is_the_connectors_fault(alert: Any) -> None:
    for says, ask in ((replace(PAGE, alerts=(alert,)), "poll"), ([alert], "parse")):
        with pytest.raises(ConnectorFault) as fault:
            source(says).poll_alerts("source", "") if ask == "poll" else source(says).parse_alerts("source", REQUEST)
        assert fault.value.kind is FaultKind.RUBBISH


@pytest.mark.parametrize(
    "alert",
    [
        replace(QUAKE, identifier="i" * 300),
        changed(description="가" * 20_001),
        replace(QUAKE, infos=QUAKE.infos * 16),
        placed(polygons=(Polygon((Point(37.0, 127.0),) * 20_001),)),
    ],
)
def test_what_is_too_much_is_unreadable(alert: Alert) -> None:
    with pytest.raises(Unreadable):
        source(replace(PAGE, alerts=(alert,))).poll_alerts("source", "")
    with pytest.raises(Unreadable):
        source([alert]).parse_alerts("source", REQUEST)


def test_too_many_alerts_at_once_are_unreadable() -> None:
    many = tuple(replace(UPDATE, identifier=str(number)) for number in range(201))
    with pytest.raises(Unreadable):
        source(replace(PAGE, alerts=many)).poll_alerts("source", "")
    with pytest.raises(Unreadable):
        source(list(many)).parse_alerts("source", REQUEST)


def test_alerts_go_over_the_wire_of_a_process_and_come_out_the_same() -> None:
    assert wire.decode(operations.POLL_ALERTS.gives, wire.encode(PAGE)) == PAGE
    assert wire.decode(operations.PARSE_ALERTS.gives, wire.encode([QUAKE])) == (QUAKE,)
    noted = [AlertNoted(QUAKE, duplicate=True)]
    assert wire.decode(operations.NOTE_ALERTS.takes[1], wire.encode(noted)) == tuple(noted)
