"""A mailing from the floor: approved by another, held, gone on with and stopped; and what becomes of those whom it did
not reach."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from hub120.outreach.v1 import campaign_service_pb2 as campaigns
from hub120.outreach.v1 import contact_rule_service_pb2 as rules
from hub120.outreach.v1 import mailing_pb2 as pb
from hub120.outreach.v1 import mailing_service_pb2 as mailings
from hub120.outreach.v1.campaign_service_pb2_grpc import CampaignServiceStub

from tests.hub import RunningHub
from tests.outside import Answer
from tests.seat import Seat
from tests.waiting import eventually

pytestmark = pytest.mark.slow
HERE = "99"
"""A district in which it is never quiet."""


def written(hub: RunningHub, author: Seat, people: int, pace: float = 0.0) -> str:
    """A mailing by text message whose list is complete."""
    hours = rules.QuietHours(district=HERE, time_zone="Asia/Seoul", begin_time="00:00", end_time="00:00")
    author.ask(rules.PutQuietHoursRequest(quiet_hours=hours))
    list_id, mailing_id = str(uuid4()), str(uuid4())
    numbers = [f"010-{uuid4().int % 10**4:04}-{number:04}" for number in range(people)]
    rows = "\n".join(["휴대폰,지역", *(f"{number},{HERE}" for number in numbers), ""])
    header = campaigns.ListHeader(list_id=list_id, name="명단", filename="people.csv")
    pieces = [campaigns.UploadListRequest(header=header), campaigns.UploadListRequest(chunk=rows.encode())]
    stub = CampaignServiceStub(hub.channel)  # type: ignore[no-untyped-call] # generated without hints
    stub.UploadList(iter(pieces), metadata=hub.metadata(author.subject, "supervisor"), timeout=30)
    author.ask(
        campaigns.CreateCampaignRequest(
            mailing_id=mailing_id, title="검진 안내", list_id=list_id, pace_per_second=pace,
            steps=[campaigns.CampaignStep(channel="sms_twilio", address_kind="phone")],
            texts=[campaigns.CampaignText(language="ko", text="검진 받으세요")],
        )
    )  # fmt: skip
    eventually(lambda: read(author, mailing_id).mailing.state == pb.MAILING_STATE_READY, 20, "the list being complete")
    author.open(f"/floor/mailings/{mailing_id}")
    return mailing_id


def read(who: Seat, mailing_id: str) -> mailings.GetMailingResponse:
    """A mailing as the hub has it."""
    found: mailings.GetMailingResponse = who.ask(mailings.GetMailingRequest(mailing_id=mailing_id))
    return found


def approved(other: Seat, mailing_id: str) -> None:
    """Somebody else approves it."""
    other.open(f"/floor/mailings/{mailing_id}")
    other.done("/approve")


def test_a_mailing_is_approved_started_held_gone_on_with_and_stopped(
    hub: RunningHub, seat: Callable[..., Seat]
) -> None:
    author, other = seat("author", "supervisor"), seat("other", "supervisor")
    mailing_id = written(hub, author, people=30, pace=4)
    assert "쓴 사람은 승인할 수 없습니다. 다른 사람이 승인해야 합니다." in author.refused("/approve")
    assert author.refused("/start") == "먼저 다른 사람이 승인해야 합니다."
    author.done("/count")
    assert "1,800원" in author.text("counts")
    approved(other, mailing_id)
    author.until(lambda: not author.forms("/approve"), "the approval being seen")
    author.done("/start")
    author.shows("stands", "보내는 중")
    eventually(lambda: read(author, mailing_id).counts.sent > 0, 20, "some of it leaving")
    author.open(author.path)
    author.done("/pause")
    assert "멈춤" in author.text("stands")
    assert read(author, mailing_id).mailing.state == pb.MAILING_STATE_PAUSED
    author.done("/start")
    assert read(author, mailing_id).mailing.state == pb.MAILING_STATE_RUNNING
    author.done("/stop")
    assert "그만둠" in author.text("stands")
    found = read(author, mailing_id)
    assert found.mailing.state == pb.MAILING_STATE_STOPPED
    assert found.counts.sent < 30
    assert [author.forms(f"/{move}") for move in ("start", "pause", "stop", "call")] == [[]] * 4
    author.shows("stands", "보내기 전에 그만둠")


def test_whoever_was_not_reached_is_told_of_in_words_and_called(hub: RunningHub, seat: Callable[..., Seat]) -> None:
    author, other = seat("author", "supervisor"), seat("other", "supervisor", language="en")
    mailing_id = written(hub, author, people=1)
    approved(other, mailing_id)
    hub.outside.sms.next_answers["POST"].append(Answer.json({"code": 21211, "message": "not a number"}, 400))
    other.done("/start")
    other.shows("stands", "The provider refused it")
    assert read(author, mailing_id).counts.reasons == {"rejected": 1}
    author.open(author.path)
    author.shows("stands", "보내는 곳에서 거절함")
    assert author.done("/call") == "1명에게 상담사가 전화합니다."
    assert read(author, mailing_id).mailing.state == pb.MAILING_STATE_RUNNING
    author.done("/stop")


@pytest.mark.parametrize(("decision", "reached"), [("again", 1), ("failed", 0)])
def test_whoever_may_have_got_it_or_not_is_decided_about(
    hub: RunningHub, seat: Callable[..., Seat], decision: str, reached: int
) -> None:
    author, other = seat("author", "supervisor"), seat("other", "supervisor")
    mailing_id = written(hub, author, people=1)
    approved(other, mailing_id)
    hub.outside.sms.next_answers["POST"].append(Answer(0))
    other.done("/start")
    other.shows("stands", "받았는지 알 수 없는 사람 1명")
    assert other.done("/unsure", decision) == "1명에 대해 정했습니다."
    wanted = (reached, 1 - reached, 0)
    eventually(lambda: stands(other, mailing_id) == wanted, 20, f"{wanted} of {read(other, mailing_id)}")
    other.open("/floor/connectors").shows("connectors", "답이 없어 갔는지 알 수 없음")


def stands(who: Seat, mailing_id: str) -> tuple[int, int, int]:
    """How many were reached, failed, and may have got it."""
    counts = read(who, mailing_id).counts
    return counts.sent + counts.delivered, counts.failed, counts.unsure
