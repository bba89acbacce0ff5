"""A notice from the floor: proposed, written anew before the eyes of whoever is to approve it, and rejected."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hub120.outreach.v1 import notice_pb2 as pb
from hub120.outreach.v1 import notice_service_pb2 as notices

from tests.seat import Seat

pytestmark = pytest.mark.slow
URGENT = pb.NOTICE_CLASS_URGENT


@pytest.fixture
def lee(seat: Callable[..., Seat]) -> Seat:
    """A supervisor who has proposed a notice, which is before them."""
    found = seat("lee", "supervisor").open("/floor/notices")
    found.done(
        "/floor/notices", hazard="flood", notice_class=URGENT, area="41110, 경기도 수원시", channels=["app", "sms"],
        text_ko="하천에 가지 마세요.", text_en="Keep away from the river.", hours=3,
    )  # fmt: skip
    return found


def read(who: Seat) -> notices.GetNoticeResponse:
    """The notice that is before somebody, as the hub has it."""
    found: notices.GetNoticeResponse = who.ask(notices.GetNoticeRequest(notice_id=who.path.rpartition("/")[2]))
    return found


def test_a_notice_is_proposed_as_it_was_written_and_nothing_leaves(lee: Seat) -> None:
    found = read(lee)
    assert (found.notice.state, found.notice.notice_class) == (pb.NOTICE_STATE_PROPOSED, URGENT)
    assert (list(found.notice.area.codes), list(found.notice.area.names)) == (["41110"], ["경기도 수원시"])
    assert list(found.notice.channels) == ["app", "sms"]
    written = {"ko": "하천에 가지 마세요.", "en": "Keep away from the river."}
    assert {one.language: one.text for one in found.texts} == written
    assert not found.HasField("sending")
    assert "홍수" in lee.text()
    assert "먼저 세어 보세요" in lee.refused("/approve")


def test_what_was_written_anew_is_before_whoever_approves_it(lee: Seat, seat: Callable[..., Seat]) -> None:
    park = seat("park", "supervisor").open(lee.path)
    park.done("/count")
    lee.done("/edit", text_ko="하천과 지하차도에 가지 마세요.")
    assert read(lee).notice.version == 2
    assert park.refused("/approve") == "다른 사람이 먼저 바꾸었습니다. 다시 읽고 정해 주세요."
    park.shows("texts", "하천과 지하차도에 가지 마세요.")
    park.shows("stands", "2 · ")
    assert "Keep away from the river." in park.text("texts")
    park.done("/count")
    assert park.done("/approve").startswith("승인했습니다")
    assert list(read(lee).notice.approved_by) == [park.subject]


def test_whoever_rejects_says_why_and_the_author_reads_it(lee: Seat, seat: Callable[..., Seat]) -> None:
    park = seat("park", "supervisor", language="en").open(lee.path)
    park.done("/reject", note="수원이 아니라 화성입니다")
    assert "Rejected" in park.text("stands")
    lee.shows("entries", "수원이 아니라 화성입니다")
    lee.shows("stands", "거절")
    assert [lee.forms(f"/{step}") for step in ("edit", "approve", "reject", "cancel")] == [[]] * 4
    assert read(lee).notice.state == pb.NOTICE_STATE_REJECTED
    lee.open("/floor/notices")
    assert "거절" in lee.text("notices")
