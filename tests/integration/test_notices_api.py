"""Alerts and notices at the doors: pushed over HTTP, read and approved through gRPC by those who may, watched without
gaps; and a photo that is kept clean."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import grpc
import pytest
from google.protobuf.message import Message
from hub120.outreach.v1 import (
    alert_pb2,
    alert_service_pb2,
    alert_service_pb2_grpc,
    missing_person_service_pb2,
    missing_person_service_pb2_grpc,
    notice_pb2,
    notice_service_pb2,
    notice_service_pb2_grpc,
)
from hub120_sdk import standardwebhooks
from PIL import Image
from starlette.applications import Starlette

import plugins.cap
from chassis import auth, event_loop, http_host
from chassis.blobs import Blobs, NoSuchBlob
from chassis.connectors.host import Host
from chassis.connectors.registry import discover
from chassis.database import Database
from chassis.grpc_host import implemented
from chassis.settings import Settings
from chassis.streams import Streams
from plugins.cap.tests.conformance import QUAKE, SECRET, event
from services.outreach import arrivals
from services.outreach.grpc_api.alerts import AlertApi
from services.outreach.grpc_api.missing import MissingApi
from services.outreach.grpc_api.notices import NoticeApi
from services.outreach.store import alerts, notices
from services.outreach.tables import metadata
from services.outreach.use_cases import looking_for
from services.outreach.use_cases.approving import CARRIED
from services.outreach.webhooks import Webhooks
from tests.integration.databases import Clock, shared
from tests.integration.grpc_calls import answering, code_of, details
from tests.integration.http_client import Answer, request
from tests.integration.notice_desk import Crowd, NoticeDesk
from tests.integration.test_notices import CITY

both, clock, database = shared("outreach", metadata)

_SERVICES = {
    "Alert": (alert_service_pb2, alert_service_pb2_grpc),
    "Notice": (notice_service_pb2, notice_service_pb2_grpc),
    "MissingPerson": (missing_person_service_pb2, missing_person_service_pb2_grpc),
}
AREA = alert_pb2.Area(names=["경기도 수원시"])


class FrontEnd:
    """Somebody's front end."""

    def __init__(
        self, channel: grpc.aio.Channel, issuer: auth.LocalIssuer, clock: Clock, blobs: Blobs, folder: Path
    ) -> None:
        self._channel, self._issuer, self._clock, self.blobs, self.folder = channel, issuer, clock, blobs, folder

    def call(
        self, method: str, service: str = "Notice", by: str = "kim", role: str = "supervisor", **asked: Any
    ) -> Any:
        """Call a method."""
        messages, stubs = _SERVICES[service]
        stub = getattr(stubs, f"{service}ServiceStub")(self._channel)
        request: Message = getattr(messages, f"{method}Request")(**asked)
        metadata = [("authorization", f"Bearer {self._issuer.issue(by, [role], 60)}"), ("hub120-purpose", "care")]
        return getattr(stub, method)(request, metadata=metadata, timeout=20)

    def flood(self, **more: Any) -> dict[str, Any]:
        """A notice as it may be proposed."""
        return {
            "request_id": "r-1",
            "notice_class": notice_pb2.NOTICE_CLASS_URGENT,
            "hazard": "flood",
            "area": AREA,
            "end_time": self._clock.now + timedelta(hours=2),
            **more,
        }

    def lost(self, **more: Any) -> dict[str, Any]:
        """Somebody who may be looked for."""
        return {
            "request_id": "m-1",
            "kind": missing_person_service_pb2.MISSING_KIND_DEMENTIA,
            "name": "김영희",
            "descriptions": {"ko": "80세, 빨간 외투"},
            "police_reference": "2026-118",
            "area": AREA,
            "end_time": self._clock.now + timedelta(hours=2),
            **more,
        }


@asynccontextmanager
async def served(database: Database, clock: Clock, folder: Path, crowd: Crowd = CITY) -> AsyncIterator[FrontEnd]:
    alert_streams = Streams(lambda ids: database.read(alerts.sequences, ids))
    notice_streams = Streams(lambda ids: database.read(notices.sequences, ids))
    blobs = Blobs(f"file://{folder}/blobs", database.keys)
    apis = {
        "Alert": AlertApi(database, alert_streams),
        "Notice": NoticeApi(Settings(), database, notice_streams, crowd, CARRIED),
        "MissingPerson": MissingApi(database, blobs, lambda: 42),
    }
    services = [implemented(*_SERVICES[name], api) for name, api in apis.items()]
    async with answering(folder, *services) as (channel, issuer):
        watches = [asyncio.create_task(one.watch()) for one in (alert_streams, notice_streams)]
        try:
            yield FrontEnd(channel, issuer, clock, blobs, folder)
        finally:
            for one in watches:
                one.cancel()


@pytest.fixture
def on(database: Database, clock: Clock, tmp_path: Path) -> Callable[..., None]:
    """Run a test against an api of its own."""

    def run(test: Callable[[FrontEnd], Awaitable[None]]) -> None:
        async def main() -> None:
            async with served(database, clock, tmp_path) as front_end:
                await test(front_end)

        event_loop.run(main())

    return run


def test_a_notice_is_written_counted_approved_by_two_and_watched(on: Callable[..., None]) -> None:
    async def test(front_end: FrontEnd) -> None:
        notice = (await front_end.call("ProposeNotice", **front_end.flood())).notice
        assert list(notice.area.codes) == ["41110"]
        edited = await front_end.call(
            "EditNotice", notice_id=notice.id, version=1, texts={"ko": "물이 넘칩니다. 문의 120"}
        )
        assert edited.notice.version == 2
        counted = await front_end.call("DryRunNotice", notice_id=notice.id)
        assert (counted.counts.recipients, counted.counts.approvals_needed) == (1001, 2)
        assert dict(counted.counts.cost_won) == {"sms": 60_060}
        first = await front_end.call("ApproveNotice", by="lee", notice_id=notice.id, version=2)
        assert (first.approvals, first.approvals_needed) == (1, 2)
        told = await details(front_end.call("ApproveNotice", by="kim", notice_id=notice.id, version=2))
        assert told["ErrorInfo"].reason == "NOT_BY_AUTHOR"
        second = await front_end.call("ApproveNotice", by="park", notice_id=notice.id, version=2)
        assert second.notice.state == notice_pb2.NOTICE_STATE_RELEASED
        assert list(second.notice.approved_by) == ["lee", "park"]
        read = await front_end.call("GetNotice", role="agent", notice_id=notice.id)
        assert (read.texts[0].language, read.texts[0].form) == ("ko", notice_pb2.TEXT_FORM_SMS)
        assert {one.language for one in read.texts if one.reviewed} == {"ko"}
        kinds = []
        async for one in front_end.call("WatchNotice", notice_id=notice.id, after_sequence=2):
            kinds.append(one.entry.kind)
            if kinds[-1] == "approved":
                last = one.entry.sequence
            if len(kinds) == 4:
                break
        assert kinds == ["counted", "approved", "approved", "released"]
        async for one in front_end.call("WatchNotice", notice_id=notice.id, after_sequence=last):
            assert one.entry.kind == "released"
            break

    on(test)


def test_only_those_who_lead_may_propose_and_approve(on: Callable[..., None]) -> None:
    async def test(front_end: FrontEnd) -> None:
        denied = grpc.StatusCode.PERMISSION_DENIED
        assert await code_of(front_end.call("ProposeNotice", role="agent", **front_end.flood())) is denied
        assert (
            await code_of(front_end.call("ReportMissing", "MissingPerson", role="agent", **front_end.lost())) is denied
        )
        assert await code_of(front_end.call("ListAlerts", "Alert", role="service")) is denied
        assert await code_of(front_end.call("GetNotice", role="auditor", notice_id="")) is denied

    on(test)


def test_what_cannot_be_right_is_refused_by_its_field(on: Callable[..., None]) -> None:
    point = alert_pb2.GeoPoint
    corner = [point(latitude=37, longitude=127), point(latitude=37, longitude=128), point(latitude=38, longitude=128)]
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("area", {"area": alert_pb2.Area(names=["어딘가"])}),
        ("area.codes", {"area": alert_pb2.Area(codes=["4111"])}),
        ("area.polygons", {"area": alert_pb2.Area(polygons=[alert_pb2.GeoPolygon(points=corner)])}),
        ("area.circles", {"area": alert_pb2.Area(circles=[alert_pb2.GeoCircle(centre=corner[0], radius_km=-1)])}),
        ("hazard", {"hazard": "war"}),
        ("hazard", {"hazard": "missing"}),
        ("texts", {"hazard": "other"}),
        ("texts", {"texts": {"ko": "가" * 2_001}}),
        ("texts", {"texts": {"Korean!": "글"}}),
        ("channels", {"channels": ["fax"]}),
        ("channels", {"channels": ["sms", "sms"]}),
        ("sign_video_url", {"sign_video_url": "http://v.example/"}),
        ("end_time", {"end_time": None}),
        ("notice_class", {"notice_class": 0}),
    ]

    async def test(front_end: FrontEnd) -> None:
        for field, more in wrong:
            told = await details(front_end.call("ProposeNotice", **front_end.flood(**more)))
            assert told["code"] is grpc.StatusCode.INVALID_ARGUMENT
            assert field in [one.field for one in told["BadRequest"].field_violations], (field, more)

    on(test)


def test_a_rule_is_written_listed_and_removed_and_a_wrong_one_refused(on: Callable[..., None]) -> None:
    async def test(front_end: FrontEnd) -> None:
        rule = notice_pb2.NoticeRule(
            id="quakes", area_code="41", least_severity="Severe", least_urgency="Expected", least_certainty="Likely",
            notice_class=notice_pb2.NOTICE_CLASS_LIFE_SAFETY,
        )  # fmt: skip
        put = await front_end.call("PutNoticeRule", rule=rule)
        assert list(put.rule.channels) == ["app", "kakaotalk", "sms", "voice"]
        assert [one.id for one in (await front_end.call("ListNoticeRules")).rules] == ["quakes"]
        bad = notice_pb2.NoticeRule(id="Q", area_code="4", least_severity="Bad")
        told = await details(front_end.call("PutNoticeRule", rule=bad))
        assert {"rule.id", "rule.area_code", "rule.least_severity"} <= {
            one.field for one in told["BadRequest"].field_violations
        }
        await front_end.call("RemoveNoticeRule", rule_id="quakes")
        assert await code_of(front_end.call("RemoveNoticeRule", rule_id="quakes")) is grpc.StatusCode.NOT_FOUND

    on(test)


def test_alerts_are_listed_read_and_watched(on: Callable[..., None], database: Database, clock: Clock) -> None:
    desk = NoticeDesk(database, clock)
    for number in range(3):
        desk.take(str(number))
    taken = desk.run(arrivals.take, "cap", QUAKE)

    async def test(front_end: FrontEnd) -> None:
        page = await front_end.call("ListAlerts", "Alert", role="agent", page_size=3)
        rest = await front_end.call("ListAlerts", "Alert", role="agent", page_size=3, page_token=page.next_page_token)
        assert len({one.id for one in (*page.alerts, *rest.alerts)}) == 4
        active = await front_end.call("ListAlerts", "Alert", active=True)
        assert len(active.alerts) == 3, "one is to come"
        read = await front_end.call("GetAlert", "Alert", role="agent", alert_id=taken.alert_id)
        assert read.alert.for_the_public
        assert "책상 아래로" in read.content_json
        seen = []
        async for one in front_end.call("WatchAlerts", "Alert", after_sequence=1):
            seen.append(one.sequence)
            if one.sequence == 4:
                desk.run(arrivals.take, "cap", QUAKE)
                desk.take("9")
            if one.sequence == 5:
                break
        assert seen == [2, 3, 4, 5]

    on(test)


def photos(front_end: FrontEnd) -> int:
    return len(list(front_end.folder.glob("blobs/??/*")))


def picture() -> bytes:
    written, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "SecretPhone"
    Image.new("RGB", (40, 30), "red").save(written, "JPEG", exif=exif)
    return written.getvalue()


def test_a_photo_is_kept_clean_and_goes_when_they_are_found(
    on: Callable[..., None], database: Database, clock: Clock
) -> None:
    async def test(front_end: FrontEnd) -> None:
        report = {**front_end.lost(), "photo": picture()}
        reported = await front_end.call("ReportMissing", "MissingPerson", **report)
        again = await front_end.call("ReportMissing", "MissingPerson", **report)
        assert (again.notice.id, again.code) == (reported.notice.id, reported.code)
        assert photos(front_end) == 1, "what a repeated request brought was left behind"
        notice_id = reported.notice.id
        shown = await front_end.call("GetMissing", "MissingPerson", role="agent", code=reported.code, photo=True)
        assert (shown.person.name, shown.person.photo_type) == ("김영희", "image/jpeg")
        assert b"SecretPhone" not in shown.photo
        assert Image.open(BytesIO(shown.photo)).size == (40, 30)
        told = await details(front_end.call("ReportMissing", "MissingPerson", **{**report, "photo": b"%PDF-1.7"}))
        assert told["BadRequest"].field_violations[0].field == "photo"
        done = await front_end.call(
            "CloseMissing",
            "MissingPerson",
            notice_id=notice_id,
            outcome=missing_person_service_pb2.MISSING_OUTCOME_FOUND,
        )
        assert done.outcome == missing_person_service_pb2.MISSING_OUTCOME_FOUND
        gone = database.run(looking_for.to_erase)
        assert gone is not None
        front_end.blobs.delete(gone.photo)
        database.run(looking_for.erase, gone.notice_id)
        with pytest.raises(NoSuchBlob):
            front_end.blobs.get(gone.photo)
        shown = await front_end.call("GetMissing", "MissingPerson", notice_id=notice_id, photo=True)
        assert (shown.person.name, shown.photo) == ("", b"")
        nobody = front_end.call("GetMissing", "MissingPerson", code=reported.code)
        assert await code_of(nobody) is grpc.StatusCode.NOT_FOUND

    on(test)


# What authorities push

Push = Callable[..., Awaitable[Answer]]


def at_the_door(database: Database, clock: Clock, test: Callable[[Push], Awaitable[None]]) -> None:
    """The HTTP host with the door alone, and the connector behind it."""
    clock.now = QUAKE.sent
    environ = {"HUB120_CONNECTOR_CAP_SIGNING_SECRETS": f"kma={SECRET}"}
    host = Host(discover([plugins.cap], "no.such.group"), environ, clock)
    process: Any = SimpleNamespace(connectors=host, settings=Settings())
    door = Webhooks(process, database).door

    async def main() -> None:
        app = Starlette(routes=door.routes())
        server = await http_host.serve(app, "127.0.0.1:0", max_body=2_000_000, drain_s=0.0)

        async def push(body: bytes, path: str = "cap/kma", *, signed: bool = True) -> Answer:
            headers = standardwebhooks.sign(SECRET, "msg-1", QUAKE.sent, body) if signed else {}
            return await request(server.port, "POST", f"/alerts/{path}", body, headers)

        try:
            await test(push)
        finally:
            await server.stop()

    event_loop.run(main())


def test_a_pushed_alert_is_stored_before_it_is_answered_and_once(database: Database, clock: Clock) -> None:
    async def test(push: Push) -> None:
        answers = [await push(event("earthquake.xml").body) for _ in range(2)]
        assert [json.loads(one.body)["status"] for one in answers] == ["stored", "duplicate"]
        [row] = database.read(alerts.listed, [], "", 10)
        assert (row.identifier, row.state, row.source) == (QUAKE.identifier, "active", "cap")

    at_the_door(database, clock, test)


def test_what_is_not_signed_or_no_cap_is_refused_by_its_name_and_nothing_is_stored(
    database: Database, clock: Clock
) -> None:
    async def test(push: Push) -> None:
        body = event("earthquake.xml").body
        assert (await push(body, signed=False)).status == 401
        assert (await push(body, "cap/nfa")).status == 401
        assert (await push(body, "nobody")).status == 404
        refused = await push(body.replace(b"<scope>Public</scope>", b""))
        assert (refused.status, refused.body) == (400, b"alert, line 2: scope is missing\n")
        assert (await push(b'<!DOCTYPE a [<!ENTITY b "bb">]><alert>&b;</alert>')).status == 400
        assert (await push(body + b" " * 1_048_576)).status == 413
        assert database.read(alerts.listed, [], "", 10) == []

    at_the_door(database, clock, test)
