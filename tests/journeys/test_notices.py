"""An earthquake on a running hub: an authority's signed alert, two people, two channels, an update, a cancellation; and
a worker that is killed while a list is filled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from hub120.outreach.v1 import (
    alert_pb2,
    campaign_service_pb2,
    campaign_service_pb2_grpc,
    contact_rule_service_pb2,
    contact_rule_service_pb2_grpc,
    mailing_pb2,
    notice_pb2,
    notice_service_pb2,
    notice_service_pb2_grpc,
)
from hub120.routing.v1 import queue_service_pb2, queue_service_pb2_grpc
from hub120_sdk import standardwebhooks

from tests.hub import RunningHub
from tests.waiting import eventually

SECRET = "whsec_aHViMTIwLWNhcC1qb3VybmV5cy1rZXktMDAwMQ=="
ON_THE_WAY = 60.0
"""Seconds: what must happen at all, on a machine with much to do."""
MANY = 20_000
_SERVICES = {
    "campaigns": (campaign_service_pb2, campaign_service_pb2_grpc.CampaignServiceStub),
    "rules": (contact_rule_service_pb2, contact_rule_service_pb2_grpc.ContactRuleServiceStub),
    "notices": (notice_service_pb2, notice_service_pb2_grpc.NoticeServiceStub),
    "queues": (queue_service_pb2, queue_service_pb2_grpc.QueueServiceStub),
}
SMS, VIETNAMESE, ENGLISH = "+821011110001", "suwon-2", "suwon-3"
VILLAGE = f"""phone,account,language,district
010-1111-0001,,ko,41111
010-1111-0002,{VIETNAMESE},vi,41115
,{ENGLISH},en,41110
010-1111-0004,,ko,11140
"""

pytestmark = pytest.mark.parametrize(
    "hub", [pytest.param("distributed", marks=pytest.mark.servers)], indirect=True, scope="module"
)
"""The use cases are tested on both databases; here processes die and providers count."""


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    return {
        "HUB120_CONNECTOR_CAP_SIGNING_SECRETS": f"kma={SECRET}",
        "HUB120_NOTICE_ROADS": '{"app": "web", "sms": "sms_twilio"}',
        "HUB120_APPROVE_ABOVE": "1",
    }


class Centre:
    """Supervisors, an authority, and what arrives outside."""

    def __init__(self, hub: RunningHub) -> None:
        self.hub = hub
        self._sent = datetime.now(UTC).replace(microsecond=0)

    def ask(self, service: str, method: str, *, by: str = "kim", **values: Any) -> Any:
        """A supervisor calls a method."""
        contract, stub = _SERVICES[service]
        call = getattr(stub(self.hub.channel), method)  # type: ignore[no-untyped-call]
        return call(getattr(contract, f"{method}Request")(**values), metadata=self._who(by), timeout=60)

    def _who(self, by: str) -> tuple[tuple[str, str], ...]:
        return self.hub.metadata(by, "supervisor")

    def people(self, content: str) -> None:
        """People come in from a file, and are marked as those who get notices."""
        list_id = str(uuid4())
        header = campaign_service_pb2.ListHeader(list_id=list_id, name="주민", filename="people.csv")

        def pieces() -> Iterator[campaign_service_pb2.UploadListRequest]:
            yield campaign_service_pb2.UploadListRequest(header=header)
            for start in range(0, len(content), 60_000):
                yield campaign_service_pb2.UploadListRequest(chunk=content[start : start + 60_000].encode())

        stub = campaign_service_pb2_grpc.CampaignServiceStub(self.hub.channel)  # type: ignore[no-untyped-call]
        stub.UploadList(pieces(), metadata=self._who("kim"), timeout=120)
        assert self.ask("campaigns", "SetListNotices", list_id=list_id, gets_notices=True).list.gets_notices

    def warn(self, identifier: str, kind: str = "Alert", about: str = "", status: str = "Actual") -> None:
        """The authority pushes an alert, signed."""
        sent = self._sent.isoformat()
        references = f"<references>kma@korea.example,{about},{sent}</references>" if about else ""
        expires = (self._sent + timedelta(hours=3)).isoformat()
        body = f"""<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>{identifier}</identifier>
            <sender>kma@korea.example</sender><sent>{sent}</sent><status>{status}</status><msgType>{kind}</msgType>
            <scope>Public</scope>{references}<info><language>ko-KR</language><category>Geo</category>
            <event>지진</event><urgency>Immediate</urgency><severity>Extreme</severity><certainty>Observed</certainty>
            <expires>{expires}</expires><area><areaDesc>경기도 수원시</areaDesc><geocode><valueName>KR.BJD</valueName>
            <value>41110</value></geocode></area></info></alert>""".encode()
        headers = standardwebhooks.sign(SECRET, uuid4().hex, datetime.now(UTC), body)
        address = f"http://127.0.0.1:{self.hub.http_port}/alerts/cap/kma"
        answer = httpx.post(address, content=body, headers=headers, timeout=30)
        assert answer.status_code == 200, answer.text

    def proposed(self, act: int) -> notice_pb2.Notice:
        """Until a notice of this kind waits for people."""

        def there() -> notice_pb2.Notice | None:
            states = [notice_pb2.NOTICE_STATE_PROPOSED]
            return next(
                (one for one in self.ask("notices", "ListNotices", states=states).notices if one.act == act), None
            )

        found = eventually(there, ON_THE_WAY, "the notice being proposed")
        assert found is not None
        return found

    def let_go(self, notice: notice_pb2.Notice) -> notice_pb2.NoticeCounts:
        """Counted, and approved by two; what the dry run found."""
        counts = self.ask("notices", "DryRunNotice", notice_id=notice.id).counts
        assert counts.approvals_needed == 2
        for by in ("lee", "park"):
            told = self.ask("notices", "ApproveNotice", by=by, notice_id=notice.id, version=notice.version)
        assert told.notice.state == notice_pb2.NOTICE_STATE_RELEASED
        found: notice_pb2.NoticeCounts = counts
        return found

    def sending(self, notice: notice_pb2.Notice) -> notice_pb2.NoticeSending:
        """How it is sent."""
        found: notice_pb2.NoticeSending = self.ask("notices", "GetNotice", notice_id=notice.id).sending
        return found

    def arrived(self) -> dict[str, list[str]]:
        """What each address was sent, over both channels."""
        found: dict[str, list[str]] = {}
        for reply in self.hub.site.replies:
            found.setdefault(reply["to"]["value"], []).append(reply["text"])
        for message in self.hub.outside.sms.messages:
            found.setdefault(message.to, []).append(message.text)
        return found

    def everybody_has(self, many: int) -> dict[str, list[str]]:
        """Until each of the three has so many."""

        def there() -> bool:
            arrived = self.arrived()
            return all(len(arrived.get(one, ())) >= many for one in (SMS, VIETNAMESE, ENGLISH))

        eventually(there, ON_THE_WAY, f"{many} notices for each")
        return self.arrived()

    def surge(self) -> queue_service_pb2.Surge:
        """As routing has it."""
        found: queue_service_pb2.Surge = self.ask("queues", "GetSurge").surge
        return found


@pytest.fixture(scope="module")
def centre(hub: RunningHub) -> Centre:
    """It is quiet everywhere, all day: only life safety leaves."""
    found = Centre(hub)
    quiet = contact_rule_service_pb2.QuietHours(
        district="", time_zone="Asia/Seoul", begin_time="00:00", end_time="23:59"
    )
    found.ask("rules", "PutQuietHours", quiet_hours=quiet)
    found.people(VILLAGE)
    rule = notice_pb2.NoticeRule(
        id="quakes", area_code="41", hazard="earthquake", least_severity="Severe", least_urgency="Expected",
        least_certainty="Likely", notice_class=notice_pb2.NOTICE_CLASS_LIFE_SAFETY, channels=["app", "sms"],
    )  # fmt: skip
    found.ask("notices", "PutNoticeRule", rule=rule)
    return found


def test_an_earthquake_is_told_updated_and_called_off_each_once_to_those_in_the_area(centre: Centre) -> None:
    hub = centre.hub
    centre.warn("drill-1", status="Exercise")
    centre.warn("quake-1")
    first = centre.proposed(notice_pb2.NOTICE_ACT_FIRST)
    counts = centre.let_go(first)
    assert (counts.recipients, dict(counts.by_channel)) == (3, {"app": 2, "sms": 1})
    told = centre.everybody_has(1)
    assert told[SMS][0].startswith("[지진] 경기도 수원시")
    assert len({told[one][0] for one in (SMS, VIETNAMESE, ENGLISH)}) == 3, "each in their language"
    surge = eventually(lambda: centre.surge() if centre.surge().declared_by else None, ON_THE_WAY, "the surge")
    assert surge is not None
    assert surge.declared_by == f"notice.{first.id}"
    _receipts(hub)
    eventually(lambda: centre.sending(first).counts.read == 1, ON_THE_WAY, "one having read it")
    eventually(lambda: centre.sending(first).counts.delivered == 2, ON_THE_WAY, "the others having it")
    sending = centre.sending(first)
    assert sending.unreached == 0
    assert sending.by_channel["sms_twilio"].delivered == 1
    centre.warn("quake-2", "Update", "quake-1")
    update = centre.proposed(notice_pb2.NOTICE_ACT_UPDATE)
    centre.let_go(update)
    centre.everybody_has(2)
    eventually(lambda: centre.sending(update).counts.sent == 3, ON_THE_WAY, "the update being recorded")
    centre.warn("quake-3", "Cancel", "quake-2")
    over = centre.proposed(notice_pb2.NOTICE_ACT_CANCEL)
    assert centre.let_go(over).recipients == 3
    centre.everybody_has(3)
    off = queue_service_pb2.SURGE_STATE_OFF
    eventually(lambda: centre.surge().state == off, ON_THE_WAY, "the surge being over")
    eventually(lambda: centre.sending(over).counts.sent == 3, ON_THE_WAY, "all of it being recorded")
    arrived = centre.arrived()
    assert {one: len(set(texts)) for one, texts in arrived.items()} == dict.fromkeys((SMS, VIETNAMESE, ENGLISH), 3)
    assert Counter(map(len, arrived.values())) == {3: 3}, "somebody got one twice"
    assert len(centre.ask("notices", "ListNotices").notices) == 3, "an exercise leads to nothing"


def _receipts(hub: RunningHub) -> None:
    """The providers report: all of it arrived, and one has read it."""
    (message,) = hub.outside.sms.messages
    hub.twilio_calls(message.callback, {"MessageSid": message.sid, "MessageStatus": "delivered"})
    for reply in hub.site.replies:
        hub.report(reply_id=reply["id"], state="delivered")
    hub.report(reply_id=hub.site.replies[0]["id"], state="read")


def test_a_worker_killed_while_a_list_is_filled_loses_nobody_and_doubles_nobody(centre: Centre) -> None:
    hub = centre.hub
    centre.people("phone,district\n" + "".join(f"010-55{n // 10_000:02}-{n % 10_000:04},26110\n" for n in range(MANY)))
    end = datetime.now(UTC) + timedelta(hours=2)
    flood = centre.ask(
        "notices", "ProposeNotice", request_id=uuid4().hex, notice_class=notice_pb2.NOTICE_CLASS_URGENT,
        hazard="flood", area=alert_pb2.Area(codes=["26110"], names=["부산광역시 중구"]), end_time=end,
    ).notice  # fmt: skip
    assert centre.let_go(flood).recipients == MANY
    before = sum(map(len, centre.arrived().values()))
    eventually(lambda: centre.sending(flood).counts.total, ON_THE_WAY, "the list being filled")
    hub.kill("worker")
    assert 0 < centre.sending(flood).counts.total < MANY, "it was not killed in the middle"
    hub.start("worker")
    running = mailing_pb2.MAILING_STATE_RUNNING
    eventually(lambda: centre.sending(flood).state == running, ON_THE_WAY, "the list being full")
    counts = centre.sending(flood).counts
    assert (counts.total, counts.queued) == (MANY, MANY), "what may wait waits for the morning"
    assert sum(map(len, centre.arrived().values())) == before
    centre.ask("notices", "CancelNotice", notice_id=flood.id)
    eventually(lambda: centre.sending(flood).counts.skipped == MANY, ON_THE_WAY, "all of it being crossed out")
