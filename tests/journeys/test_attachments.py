"""Photos and files: fetched before they expire, looked at, cleaned of what they tell of the sender, kept outside."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from io import BytesIO
from uuid import uuid4

import grpc
import httpx
import pytest
from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.routing.v1 import work_pb2
from PIL import Image

from tests.hub import AgentDesk, RunningHub
from tests.ledger import Ledger
from tests.outside import Answer
from tests.waiting import eventually

GPS, GPS_PLACE = 0x8825, {1: "N", 2: (37.0, 34.0, 1.2), 3: "E", 4: (126.0, 58.0, 40.8)}
MAKER = "Samsung SM-S921N of Hong Gildong"


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    return {"HUB120_RETRY_SECONDS": "[0.2, 0.4, 0.8]"}


@pytest.fixture(scope="module")
def agent(hub: RunningHub) -> Iterator[AgentDesk]:
    desk = hub.agent("han", capacity=20)
    yield desk
    desk.presence(work_pb2.PRESENCE_OFFLINE)


def photo(width: int = 640) -> bytes:
    """A JPEG as a telephone takes it: it tells where it was taken, and by whom."""
    exif = Image.Exif()
    exif[0x010F] = MAKER
    exif.get_ifd(GPS).update(GPS_PLACE)
    written = BytesIO()
    noise = Image.effect_noise((width, width), 90).convert("RGB")
    noise.save(written, "JPEG", exif=exif, comment=MAKER.encode())
    return written.getvalue()


def announce(hub: RunningHub, answer: Answer | None, *, filename: str = "사진.jpg") -> str:
    """Put a file on the site and tell the hub of it; returns the case number."""
    path = f"/files/{uuid4().hex}"
    if answer is not None:
        hub.site.files[path] = answer
    file = {"url": hub.site.address + path, "media_type": "image/jpeg", "filename": filename}
    told = hub.say("사진을 보냅니다", attachments=[file])
    assert told.status_code == 200, told.text
    return str(told.json()["case_number"])


def enclose(hub: RunningHub, data: bytes, *, message_id: str = "", **more: str) -> httpx.Response:
    """Send a photo in the message itself."""
    file = {"data": base64.b64encode(data).decode(), "media_type": "image/jpeg", "filename": "사진.jpg", **more}
    return hub.say("사진입니다", citizen=message_id, message_id=message_id, attachments=[file])


def settled(agent: AgentDesk, case_number: str, within_s: float = 15.0) -> case_pb2.Attachment:
    """The attachment of a case, once it is known what became of it."""

    def look() -> case_pb2.Attachment | None:
        entries = agent.case(case_number).entries
        found = [entry.attachment for entry in entries if entry.HasField("attachment")]
        return found[0] if found else None

    found = eventually(look, within_s, "the attachment being settled")
    assert found is not None
    return found


def fetched(agent: AgentDesk, attachment_id: str) -> tuple[case_pb2.Attachment, list[bytes]]:
    """What GetAttachment streams: the record, then the bytes in chunks."""
    request = intake.GetAttachmentRequest(attachment_id=attachment_id)
    first, *rest = agent.intake.GetAttachment(request, metadata=agent.metadata, timeout=30)
    return first.attachment, [one.chunk for one in rest]


def test_a_photo_is_kept_outside_the_database_without_place_and_maker(hub: RunningHub, agent: AgentDesk) -> None:
    sent = photo()
    assert MAKER.encode() in sent
    attachment = settled(agent, announce(hub, Answer(200, sent, "image/jpeg")))
    assert attachment.state == case_pb2.ATTACHMENT_STATE_STORED
    assert (attachment.media_type, attachment.filename) == ("image/jpeg", "사진.jpg")
    told, chunks = fetched(agent, attachment.id)
    content = b"".join(chunks)
    assert told == attachment
    assert len(chunks) > 1
    assert len(content) == attachment.size
    assert MAKER.encode() not in content
    with Image.open(BytesIO(content)) as kept, Image.open(BytesIO(sent)) as original:
        assert kept.size == original.size
        assert not kept.getexif().get_ifd(GPS)
        assert kept.tobytes() == original.tobytes()
    ledger = Ledger(hub)
    (row,) = ledger.rows("intake", "SELECT * FROM attachment WHERE id = :id", id=attachment.id)
    ledger.close()
    blob = hub.folder / "attachments" / row["blob_key"]
    assert blob.stat().st_size > len(content)
    assert content[:200] not in blob.read_bytes()
    assert max(len(value) for value in row.values() if isinstance(value, bytes | memoryview)) < 500


@pytest.mark.parametrize(
    ("content", "claimed"),
    [
        (b"MZ" + b"\x00" * 200, "image/jpeg"),
        (b"<html><script>alert(1)</script></html>", "image/png"),
        (b"#!/bin/sh\nrm -rf /\n", "text/plain"),
        (b"\xff\xd8\xff\xe0 no picture at all", "image/jpeg"),
        (b"", "image/jpeg"),
    ],
    ids=["a program", "a page", "a script", "a broken picture", "nothing"],
)
def test_what_is_no_picture_is_refused_whatever_it_claims(
    hub: RunningHub, agent: AgentDesk, content: bytes, claimed: str
) -> None:
    attachment = settled(agent, announce(hub, Answer(200, content, claimed)))
    assert attachment.state == case_pb2.ATTACHMENT_STATE_REFUSED
    assert attachment.failure
    with pytest.raises(grpc.RpcError) as refused:
        fetched(agent, attachment.id)
    assert refused.value.code() is grpc.StatusCode.FAILED_PRECONDITION


def test_a_file_that_is_gone_at_the_provider_is_told_with_the_reason(hub: RunningHub, agent: AgentDesk) -> None:
    attachment = settled(agent, announce(hub, None))
    assert attachment.state == case_pb2.ATTACHMENT_STATE_REFUSED
    assert "404" in attachment.failure


def test_a_provider_that_is_late_or_busy_is_asked_again(hub: RunningHub, agent: AgentDesk) -> None:
    hub.site.next_answers["GET"] += [Answer(503), Answer(0), Answer(429)]
    number = announce(hub, Answer(200, photo(64), "image/jpeg"))
    assert settled(agent, number).state == case_pb2.ATTACHMENT_STATE_STORED


def test_a_provider_that_never_gives_the_file_ends_in_a_refusal(hub: RunningHub, agent: AgentDesk) -> None:
    hub.site.next_answers["GET"] += [Answer(503)] * 4
    attachment = settled(agent, announce(hub, None))
    assert attachment.state == case_pb2.ATTACHMENT_STATE_REFUSED
    assert "503" in attachment.failure


def test_pictures_of_text_messages_are_fetched_with_the_accounts_credentials(hub: RunningHub, agent: AgentDesk) -> None:
    number, path = f"+8210{uuid4().int % 100_000_000:08}", f"/2010-04-01/media/{uuid4().hex}"
    hub.outside.sms.files[path] = Answer(200, photo(64), "image/jpeg")
    media = {"NumMedia": "1", "MediaUrl0": hub.outside.sms.address + path, "MediaContentType0": "image/jpeg"}
    assert hub.text_message(number, "", **media).status_code == 200
    assert settled(agent, agent.case_of(number)).state == case_pb2.ATTACHMENT_STATE_STORED
    asked = next(asked for asked in hub.outside.sms.asked if asked.path == path)
    assert asked.headers["authorization"].startswith("Basic ")


def test_a_second_delivery_fetches_nothing_a_second_time(hub: RunningHub, agent: AgentDesk) -> None:
    path, message_id, citizen = f"/files/{uuid4().hex}", uuid4().hex, uuid4().hex
    hub.site.files[path] = Answer(200, photo(64), "image/jpeg")
    file = {"url": hub.site.address + path}
    for _ in range(2):
        told = hub.say("사진", citizen=citizen, message_id=message_id, attachments=[file])
    settled(agent, told.json()["case_number"])
    last = settled(agent, announce(hub, Answer(200, photo(64), "image/jpeg")))
    assert last.state == case_pb2.ATTACHMENT_STATE_STORED
    assert [asked.path for asked in hub.site.asked].count(path) == 1


def test_a_file_elsewhere_is_not_fetched(hub: RunningHub, agent: AgentDesk) -> None:
    """Else the hub would ask any machine a message names, its own neighbours included."""
    other = hub.outside.kakao
    told = hub.say("사진", attachments=[{"url": f"{other.address}/internal"}])
    attachment = settled(agent, told.json()["case_number"])
    assert attachment.state == case_pb2.ATTACHMENT_STATE_REFUSED
    assert [asked for asked in other.asked if asked.method == "GET"] == []


class TestFilesThatComeWithTheMessage:
    def test_a_photo_is_kept_like_a_fetched_one_before_the_answer(self, hub: RunningHub, agent: AgentDesk) -> None:
        sent = photo(1600)
        assert len(sent) > 1024 * 1024
        told = enclose(hub, sent)
        assert told.status_code == 200
        attachment = now_in(agent, told)
        assert attachment.state == case_pb2.ATTACHMENT_STATE_STORED
        assert (attachment.media_type, attachment.filename) == ("image/jpeg", "사진.jpg")
        _, chunks = fetched(agent, attachment.id)
        content = b"".join(chunks)
        assert len(content) == attachment.size
        assert MAKER.encode() not in content
        with Image.open(BytesIO(content)) as kept, Image.open(BytesIO(sent)) as original:
            assert not kept.getexif().get_ifd(GPS)
            assert kept.tobytes() == original.tobytes()

    @pytest.mark.parametrize("data", [b"", b"MZ" + b"\x00" * 200], ids=["nothing", "a program"])
    def test_what_is_refused_is_shown_as_refused_beside_its_message(
        self, hub: RunningHub, agent: AgentDesk, data: bytes
    ) -> None:
        told = enclose(hub, data)
        assert told.status_code == 200
        attachment = now_in(agent, told)
        assert attachment.state == case_pb2.ATTACHMENT_STATE_REFUSED
        assert attachment.failure
        assert agent.case(told.json()["case_number"]).entries[0].contact.text == "사진입니다"

    def test_the_same_message_again_keeps_the_first_photo(self, hub: RunningHub, agent: AgentDesk) -> None:
        message_id, folder = uuid4().hex, hub.folder / "attachments"
        first = enclose(hub, photo(64), message_id=message_id)
        before = sorted(path.stat().st_mtime_ns for path in folder.glob("??/*"))
        again = [enclose(hub, photo(64), message_id=message_id) for _ in range(2)]
        assert {one.text for one in again} == {first.text}
        assert sorted(path.stat().st_mtime_ns for path in folder.glob("??/*")) == before
        entries = agent.case(first.json()["case_number"]).entries
        assert sum(entry.HasField("attachment") for entry in entries) == 1

    def test_a_folder_that_takes_no_file_has_the_sender_try_again(self, hub: RunningHub, agent: AgentDesk) -> None:
        message_id, folder = uuid4().hex, hub.folder / "attachments"
        aside = folder.rename(folder.with_name("aside"))
        folder.write_bytes(b"in the way")
        refused = enclose(hub, photo(64), message_id=message_id)
        folder.unlink()
        aside.rename(folder)
        assert refused.status_code == 503
        told = enclose(hub, photo(64), message_id=message_id)
        assert now_in(agent, told).state == case_pb2.ATTACHMENT_STATE_STORED


def now_in(agent: AgentDesk, told: httpx.Response) -> case_pb2.Attachment:
    """The one attachment of a case, settled without waiting."""
    entries = agent.case(told.json()["case_number"]).entries
    (found,) = [entry.attachment for entry in entries if entry.HasField("attachment")]
    return found
