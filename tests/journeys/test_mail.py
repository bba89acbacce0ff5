"""Mail both ways on a running hub, with mail servers that others wrote: a citizen writes and is answered, a department
without a system reports by its link, and one with a system by signed JSON."""

from __future__ import annotations

import email
import email.policy
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from io import BytesIO
from typing import Any
from uuid import uuid4

import httpx
import pytest
from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.routing.v1 import work_pb2
from hub120_sdk.testing import Answer, Provider
from imapclient import SEEN
from PIL import Image
from standardwebhooks import Webhook

from tests.hub import AgentDesk, RunningHub
from tests.integration import mail_servers
from tests.integration.mail_servers import PASSWORD, USER, Imap, Took
from tests.waiting import eventually

OURS, CITIZEN, ROADS = "120@nuri.example", "nuri.kim@example.net", "roads@nuri.example"
SECRET = "whsec_aHViMTIwLWpvdXJuZXktZGVwYXJ0bWVudA=="


@pytest.fixture(scope="module")
def imap() -> Iterator[Imap]:
    with mail_servers.pymap("--no-tls") as imap:
        yield imap


@pytest.fixture(scope="module")
def smtp() -> Iterator[tuple[Took, int]]:
    with mail_servers.smtp_server(auth_require_tls=False) as running:
        yield running


@pytest.fixture(scope="module")
def agency() -> Iterator[Provider]:
    with Provider() as agency:
        agency.script([Answer.json({"ticket_id": "R-77"})])
        yield agency


@pytest.fixture(scope="module")
def environment(imap: Imap, smtp: tuple[Took, int], agency: Provider) -> dict[str, str]:
    smtp_url = f"smtp://127.0.0.1:{smtp[1]}"
    settings = {
        "EMAIL_ADDRESS": OURS,
        "EMAIL_USERNAME": USER,
        "EMAIL_PASSWORD": PASSWORD,
        "EMAIL_IMAP_URL": f"imap://127.0.0.1:{imap.port}",
        "EMAIL_SMTP_URL": smtp_url,
        "EMAIL_DEPARTMENT_ADDRESS": ROADS,
        "EMAIL_DEPARTMENT_FROM_ADDRESS": OURS,
        "EMAIL_DEPARTMENT_SMTP_URL": smtp_url,
        "EMAIL_DEPARTMENT_LINK_SECRET": "a-journeys-link-secret-of-32-characters",
        "WEBHOOK_DEPARTMENT_HANDOVER_URL": f"{agency.url}/handovers",
        "WEBHOOK_DEPARTMENT_SIGNING_SECRET": SECRET,
    }
    return {f"HUB120_CONNECTOR_{name}": value for name, value in settings.items()}


@pytest.fixture(scope="module")
def agent(hub: RunningHub) -> Iterator[AgentDesk]:
    desk = hub.agent("kang", capacity=20)
    yield desk
    desk.presence(work_pb2.PRESENCE_OFFLINE)


def mailed(took: Took, to: str) -> list[EmailMessage]:
    """What somebody got."""
    return [
        email.message_from_bytes(one.content, policy=email.policy.default)
        for one in took.envelopes
        if one.rcpt_tos == [to] and isinstance(one.content, bytes)
    ]


def words(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    return str(body.get_content()) if body is not None else ""


def citizens_mail(text: str, **headers: str) -> bytes:
    mail = EmailMessage(email.policy.SMTP)
    mail["From"], mail["To"] = f"김누리 <{CITIZEN}>", OURS
    mail["Message-ID"] = f"<{uuid4()}@example.net>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    picture = BytesIO()
    Image.new("RGB", (40, 30), "grey").save(picture, "JPEG")
    mail.add_attachment(picture.getvalue(), "image", "jpeg", filename="가로등.jpg")
    return mail.as_bytes()


def entries(agent: AgentDesk, case_id: str, kind: str) -> list[Any]:
    return [one for one in agent.case(case_id).entries if one.HasField(kind)]


def report(message_id: str) -> bytes:
    """A mail server's report that a mail was delivered."""
    return (
        f"From: MAILER-DAEMON@mx.example.net\r\nTo: {OURS}\r\nMessage-ID: <{uuid4()}@mx.example.net>\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n"
        "Content-Type: text/plain\r\n\r\nok\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; {CITIZEN}\r\nAction: delivered\r\n"
        f"Status: 2.0.0\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\n--b--\r\n"
    ).encode()


def test_a_citizen_writes_is_answered_and_writes_again(agent: AgentDesk, imap: Imap, smtp: tuple[Took, int]) -> None:
    took, _ = smtp
    took.envelopes.clear()
    subject = f"가로등 고장 {uuid4().hex[:6]}"
    imap.append(citizens_mail("광장 앞 가로등이 꺼졌습니다.", Subject=subject))

    def cases() -> list[str]:
        found = agent.intake.ListCases(intake.ListCasesRequest(page_size=20), metadata=agent.metadata, timeout=30)
        ids = [one.id for one in found.cases]
        return [one for one in ids if entries(agent, one, "contact")[0].contact.text.startswith(subject)]

    [case_id] = eventually(cases, 30, "the mail being a case")
    [first] = entries(agent, case_id, "contact")
    assert first.contact.text == f"{subject}\n\n광장 앞 가로등이 꺼졌습니다."
    assert [one.filename for one in first.contact.attachments] == ["가로등.jpg"]
    agent.reply(case_id, "내일 고치겠습니다.")
    [answer] = eventually(lambda: mailed(took, CITIZEN), 30, "the answer being mailed")
    assert words(answer).strip() == "내일 고치겠습니다."
    assert answer["subject"] == f"Re: {subject}"

    imap.append(report(answer["message-id"].strip()))

    def is_delivered() -> bool:
        return case_pb2.REPLY_STATE_DELIVERED in [one.reply.state for one in entries(agent, case_id, "reply")]

    eventually(is_delivered, 30, "the report being a receipt")
    imap.append(citizens_mail("고맙습니다.", Subject=f"Re: {subject}", In_Reply_To=answer["message-id"].strip()))
    eventually(lambda: len(entries(agent, case_id, "contact")) == 2, 30, "the thread going on in the same case")
    assert entries(agent, case_id, "contact")[1].contact.text == "고맙습니다."
    # a mail is marked after it was stored: one left unmarked would be new to the next hub that opens this mailbox
    eventually(lambda: all(SEEN in flags for flags in imap.flags().values()), 30, "all three being marked as read")


def hand_over(hub: RunningHub, agent: AgentDesk, department: str) -> tuple[str, str]:
    """Hand a case over; returns the case and the handover."""
    said = hub.say("가로등이 꺼졌어요", sender={"phone": "+821055501234", "name": "김누리"})
    case_id = agent.case(said.json()["case_number"]).case.id
    asked = intake.HandOverCaseRequest(
        case_id=case_id, department=department, title="가로등 고장", text="밤에 어둡습니다.", request_id=uuid4().hex
    )
    handover = agent.intake.HandOverCase(asked, metadata=agent.metadata, timeout=30).handover
    return case_id, handover.id


def states(agent: AgentDesk, case_id: str) -> list[int]:
    return [one.handover.state for one in entries(agent, case_id, "handover")]


def stands(agent: AgentDesk, case_id: str, state: int, note: str = "") -> None:
    def does() -> bool:
        last = entries(agent, case_id, "handover")[-1].handover
        return (last.state, last.note) == (state, note)

    eventually(does, 30, f"the handover standing at {state}")


def test_a_department_without_a_system_reports_by_its_link(
    hub: RunningHub, agent: AgentDesk, smtp: tuple[Took, int]
) -> None:
    took, _ = smtp
    took.envelopes.clear()
    case_id, _ = hand_over(hub, agent, "email_department")
    [mail] = eventually(lambda: mailed(took, ROADS), 30, "the hand-over being mailed")
    assert "김누리" not in words(mail)
    [link] = re.findall(r"http://\S+/status/\S+", words(mail))
    stands(agent, case_id, case_pb2.HANDOVER_STATE_SUBMITTED)
    before = states(agent, case_id)
    opened = [httpx.get(link, timeout=30) for _ in range(2)]
    assert [one.status_code for one in opened] == [200, 200]
    assert "default-src 'none'" in opened[0].headers["content-security-policy"]
    assert states(agent, case_id) == before
    done = httpx.post(link, data={"state": "in_progress", "note": "내일 갑니다"}, timeout=30)
    assert done.status_code == 200
    stands(agent, case_id, case_pb2.HANDOVER_STATE_IN_PROGRESS, "내일 갑니다")
    again = httpx.post(link, data={"state": "done"}, timeout=30)
    assert "이미 기록했습니다" in again.text
    stands(agent, case_id, case_pb2.HANDOVER_STATE_IN_PROGRESS, "내일 갑니다")
    [following] = re.findall(r'href="([^"]+)"', again.text)
    assert httpx.post(following, data={"state": "done", "note": "고침"}, timeout=30).status_code == 200
    stands(agent, case_id, case_pb2.HANDOVER_STATE_DONE, "고침")
    assert httpx.post(link[:-3], data={"state": "done"}, timeout=30).status_code == 403
    token = link.rpartition("/")[2]
    assert token not in hub.log("api") + hub.log("worker")


def test_a_department_with_a_system_reports_by_signed_json(hub: RunningHub, agent: AgentDesk, agency: Provider) -> None:
    agency.seen.clear()
    case_id, handover_id = hand_over(hub, agent, "webhook_department")
    [seen] = eventually(lambda: list(agency.seen), 30, "the hand-over arriving")
    told = Webhook(SECRET).verify(seen.body, dict(seen.headers))
    assert (told["handover_id"], "citizen" in told) == (handover_id, False)
    stands(agent, case_id, case_pb2.HANDOVER_STATE_SUBMITTED)

    def say(state: str, update_id: str, **more: str) -> httpx.Response:
        body = json.dumps({"handover_id": handover_id, "state": state, "update_id": update_id, **more})
        now = datetime.now(UTC)
        signed = {"webhook-id": update_id, "webhook-timestamp": str(int(now.timestamp()))}
        signature = Webhook(SECRET).sign(update_id, now, body)
        headers = {**signed, "webhook-signature": signature, "content-type": "application/json"}
        return httpx.post(told["status_callback"], content=body.encode(), headers=headers, timeout=30)

    run = uuid4().hex
    assert say("done", f"{run}-1", note="fixed").json() == {"status": "recorded"}
    stands(agent, case_id, case_pb2.HANDOVER_STATE_DONE, "fixed")
    assert say("in_progress", f"{run}-1").json() == {"status": "duplicate"}
    assert say("acknowledged", f"{run}-2").status_code == 409
    assert say("done", f"{run}-3", handover_id=str(uuid4())).status_code == 404
    assert httpx.post(told["status_callback"], content=b"{}", timeout=30).json()["error"] == "unauthorised"
    stands(agent, case_id, case_pb2.HANDOVER_STATE_DONE, "fixed")
