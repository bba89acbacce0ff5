"""Files that agents send: looked at, cleaned, kept, and carried by the one reply that takes them."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from io import BytesIO
from uuid import uuid4

import grpc
import pytest
from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.routing.v1 import work_pb2
from PIL import Image

from tests.hub import AgentDesk, RunningHub
from tests.waiting import eventually


@pytest.fixture(scope="module")
def agent(hub: RunningHub) -> Iterator[AgentDesk]:
    desk = hub.agent("park", capacity=20)
    yield desk
    desk.presence(work_pb2.PRESENCE_OFFLINE)


@pytest.fixture
def case_id(hub: RunningHub, agent: AgentDesk) -> str:
    """A case opened on the web site."""
    return agent.case(hub.say("신청서 양식을 받을 수 있나요?").json()["case_number"]).case.id


def picture() -> bytes:
    """A JPEG that tells where it was taken and with what."""
    written, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "SECRETPHONE"
    Image.new("RGB", (400, 400), "red").save(written, "JPEG", exif=exif, quality=100)
    return written.getvalue()


def upload(agent: AgentDesk, case_id: str, data: bytes, filename: str = "안내.jpg") -> case_pb2.ReplyFile:
    def pieces() -> Iterator[intake.UploadFileRequest]:
        yield intake.UploadFileRequest(case_id=case_id, filename=filename)
        for start in range(0, len(data), 4_096):
            yield intake.UploadFileRequest(chunk=data[start : start + 4_096])

    found: case_pb2.ReplyFile = agent.intake.UploadFile(pieces(), metadata=agent.metadata, timeout=30).file
    return found


def reply(agent: AgentDesk, case_id: str, *file_ids: str, request_id: str = "") -> case_pb2.Reply:
    request = intake.ReplyToCaseRequest(
        case_id=case_id, text=f"보내 드립니다 {case_id}", request_id=request_id or uuid4().hex, file_ids=file_ids
    )
    found: case_pb2.Reply = agent.intake.ReplyToCase(request, metadata=agent.metadata, timeout=30).reply
    return found


def test_a_file_reaches_the_citizen_with_its_reply_and_tells_nothing_of_us(
    hub: RunningHub, agent: AgentDesk, case_id: str
) -> None:
    file = upload(agent, case_id, picture())
    written = reply(agent, case_id, file.id)
    assert [(one.id, one.filename, one.media_type) for one in written.files] == [(file.id, "안내.jpg", "image/jpeg")]

    def arrived() -> list[dict[str, str]]:
        return [one for told in hub.site.replies if told["id"] == written.id for one in told["attachments"]]

    [got] = eventually(arrived, what="the file at the site")
    data = base64.b64decode(got["data"])
    assert (got["filename"], got["media_type"], len(data)) == ("안내.jpg", "image/jpeg", file.size)
    assert Image.open(BytesIO(data)).size == (400, 400)
    assert b"SECRETPHONE" not in data


def test_the_case_tells_which_files_went_along(agent: AgentDesk, case_id: str) -> None:
    file = upload(agent, case_id, picture())
    written = reply(agent, case_id, file.id)
    told = [entry.reply for entry in agent.case(case_id).entries if entry.reply.id == written.id]
    assert all([one.filename for one in said.files] == ["안내.jpg"] for said in told)


def test_a_repeated_reply_takes_its_files_once_and_another_cannot_have_them(agent: AgentDesk, case_id: str) -> None:
    file = upload(agent, case_id, picture())
    first = reply(agent, case_id, file.id, request_id="once")
    assert reply(agent, case_id, file.id, request_id="once").id == first.id
    with pytest.raises(grpc.RpcError) as refused:
        reply(agent, case_id, file.id)
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT


def test_a_file_of_another_case_is_not_sent(hub: RunningHub, agent: AgentDesk, case_id: str) -> None:
    other = agent.case(hub.say("다른 이야기").json()["case_number"]).case.id
    file = upload(agent, other, picture())
    with pytest.raises(grpc.RpcError) as refused:
        reply(agent, case_id, file.id)
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT


@pytest.mark.parametrize("data", [b"", b"MZ\x90\x00 a program", b"#!/bin/sh\nrm -rf /"], ids=["empty", "exe", "script"])
def test_what_is_not_accepted_is_refused(agent: AgentDesk, case_id: str, data: bytes) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        upload(agent, case_id, data)
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT


def test_a_file_for_a_case_that_is_not_there_is_refused(agent: AgentDesk) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        upload(agent, "0199e0f2-7c00-7abc-8def-000000000001", picture())
    assert refused.value.code() is grpc.StatusCode.NOT_FOUND


def test_a_channel_that_carries_no_files_says_so_before_anything_is_stored(hub: RunningHub, agent: AgentDesk) -> None:
    number = f"+8210{uuid4().int % 100_000_000:08}"
    hub.text_message(number, "문자로 묻습니다")
    texting = agent.case_of(number)
    file = upload(agent, texting, picture())
    with pytest.raises(grpc.RpcError) as refused:
        reply(agent, texting, file.id)
    assert refused.value.code() is grpc.StatusCode.FAILED_PRECONDITION
    assert "carries no files" in str(refused.value.details())
