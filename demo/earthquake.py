"""An earthquake: the weather office warns, two supervisors approve what is told, and those near it read it in their
languages on two channels, or are called by an agent; then an update, and the all-clear."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import grpc
import urllib3
from hub120.outreach.v1 import campaign_service_pb2 as campaigns
from hub120.outreach.v1 import notice_pb2 as pb
from hub120.outreach.v1 import notice_service_pb2 as notices
from standardwebhooks.webhooks import Webhook

from demo import doors
from demo.neighbours import FARMER
from demo.trouble import Trouble

PURPOSE = "demonstration"
WAIT_S, CALL_S, LOOK_S = 60.0, 30.0, 0.2
VILLAGE = f"""phone,account,language,district
010-7777-0001,,ko,41111
010-7777-0002,quake-2,vi,41115
,quake-3,zh,41117
010-7777-0004,,en,41113
{FARMER},,ko,41110
010-7777-0006,,ko,11140
"""
"""Five people in Suwon, of whom one has a telephone that takes no SMS, and one in Seoul."""
PLACE = "<areaDesc>경기도 수원시</areaDesc><geocode><valueName>KR.BJD</valueName><value>41110</value></geocode>"
SENDER = "weather@korea.example"


@dataclass(frozen=True)
class Told:
    """What the notices came to."""

    notices: int
    messages: int
    people: int
    languages: int
    calls: int


class Earthquake:
    """One earthquake. ``tokens`` are two supervisors', ``secret`` is the weather office's."""

    def __init__(self, address: str, webhooks: str, secret: str, tokens: tuple[str, str]) -> None:
        self._channel = grpc.insecure_channel(address)
        self._door, self._office = f"{webhooks}/alerts/cap/weather", Webhook(secret)
        self._supervisors = [doors.metadata(token, PURPOSE) for token in tokens]
        self._campaigns, self._notices = doors.campaigns(self._channel), doors.notices(self._channel)
        self._sent, self._name = datetime.now(UTC).replace(microsecond=0), uuid4().hex[:8]

    def run(self) -> Told:
        """From the alert to the all-clear. Raises ``Trouble`` if it gets stuck."""
        try:
            self._gather()
            self._warn("Exercise", "Alert", 0)
            found = [self._tell("Alert", 1, pb.NOTICE_ACT_FIRST)]
            found.append(self._tell("Update", 2, pb.NOTICE_ACT_UPDATE))
            found.append(self._tell("Cancel", 3, pb.NOTICE_ACT_CANCEL))
            first, counts = found[0]
            calls = sum(sending.by_channel["voice"].delivered for sending, _ in found)
            messages = sum(_got_it(sending) for sending, _ in found) - calls
            return Told(len(found), messages, _got_it(first), len(counts.by_language), calls)
        finally:
            self._channel.close()

    def _gather(self) -> None:
        """People come in from a file and are marked; earthquakes propose notices by themselves."""
        list_id = str(uuid4())
        self._campaigns.UploadList(_pieces(list_id), metadata=self._supervisors[0], timeout=CALL_S)
        self._ask(self._campaigns.SetListNotices, campaigns.SetListNoticesRequest(list_id=list_id, gets_notices=True))
        rule = pb.NoticeRule(
            id="earthquakes", area_code="41", hazard="earthquake", least_severity="Severe", least_urgency="Expected",
            least_certainty="Likely", notice_class=pb.NOTICE_CLASS_LIFE_SAFETY, channels=["app", "sms", "voice"],
        )  # fmt: skip
        self._ask(self._notices.PutNoticeRule, notices.PutNoticeRuleRequest(rule=rule))

    def _tell(self, kind: str, number: int, act: Any) -> tuple[pb.NoticeSending, pb.NoticeCounts]:
        """The office says something, two supervisors let it out, and everybody near has it."""
        self._warn("Actual", kind, number)
        notice = self._wait(lambda: self._proposed(act), f"nothing is proposed of its {kind}")
        counts = self._ask(self._notices.DryRunNotice, notices.DryRunNoticeRequest(notice_id=notice.id)).counts
        approved = notices.ApproveNoticeRequest(notice_id=notice.id, version=notice.version)
        for supervisor in self._supervisors:
            self._notices.ApproveNotice(approved, metadata=supervisor, timeout=CALL_S)
        read = notices.GetNoticeRequest(notice_id=notice.id)

        def left() -> pb.NoticeSending | None:
            sending: pb.NoticeSending = self._ask(self._notices.GetNotice, read).sending
            return sending if _got_it(sending) == counts.recipients else None

        return self._wait(left, f"its {kind} does not reach everybody"), counts

    def _warn(self, status: str, kind: str, number: int) -> None:
        """What the weather office pushes, signed."""
        sent, ends = self._sent.isoformat(), (self._sent + timedelta(hours=3)).isoformat()
        about = f"<references>{SENDER},{self._name}-{number - 1},{sent}</references>" if number > 1 else ""
        body = (
            f'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>{self._name}-{number}</identifier>'
            f"<sender>{SENDER}</sender><sent>{sent}</sent><status>{status}</status><msgType>{kind}</msgType>"
            f"<scope>Public</scope>{about}<info><language>ko-KR</language><category>Geo</category>"
            "<event>지진</event><urgency>Immediate</urgency><severity>Extreme</severity>"
            f"<certainty>Observed</certainty><expires>{ends}</expires><area>{PLACE}</area></info></alert>"
        )
        name, now = uuid4().hex, datetime.now(UTC)
        headers = {
            "content-type": "application/cap+xml",
            "webhook-id": name,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": self._office.sign(name, now, body),
        }
        with urllib3.PoolManager(retries=False) as pool:
            answer = pool.request("POST", self._door, body=body.encode(), headers=headers, timeout=CALL_S)
        if answer.status != 200:
            raise Trouble(f"The earthquake is stuck: the hub answered {answer.status} to its {kind}.")

    def _proposed(self, act: Any) -> pb.Notice | None:
        request = notices.ListNoticesRequest(states=[pb.NOTICE_STATE_PROPOSED])
        return next((one for one in self._ask(self._notices.ListNotices, request).notices if one.act == act), None)

    def _wait(self, look: Callable[[], Any], otherwise: str) -> Any:
        until = time.monotonic() + WAIT_S
        while (found := look()) is None:
            if time.monotonic() > until:
                raise Trouble(f"The earthquake is stuck: {otherwise}.")
            time.sleep(LOOK_S)
        return found

    def _ask(self, method: Any, request: Any) -> Any:
        return method(request, metadata=self._supervisors[0], timeout=CALL_S, wait_for_ready=True)


def _got_it(sending: pb.NoticeSending) -> int:
    counts = sending.counts
    return counts.sent + counts.delivered + counts.read


def _pieces(list_id: str) -> Iterator[campaigns.UploadListRequest]:
    header = campaigns.ListHeader(list_id=list_id, name="수원 주민", filename="people.csv")
    yield campaigns.UploadListRequest(header=header)
    yield campaigns.UploadListRequest(chunk=VILLAGE.encode())
