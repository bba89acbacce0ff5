"""A mailing in a whole hub, in one worker with everything else: replies go on beside it, and its receipts find it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from uuid import uuid4

import pytest
from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import intake_service_pb2 as intake

from chassis.crypto import Keyring
from chassis.database import Database
from chassis.statements import Sql
from services.outreach.domain.mailings import Kind, NewMailing, Recipient, Step, Text, Urgency
from services.outreach.use_cases import mailing
from tests.hub import AgentDesk, RunningHub, running_hub
from tests.outside import TextMessage
from tests.waiting import eventually

MANY, NOTICE = 300, "폭염 경보입니다."
_SCORE = Sql("SELECT score FROM survey WHERE case_id = :case_id AND state = 'answered'")


def counted(database: Database, mailing_id: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in database.run(mailing.counts, mailing_id)[1].values():
        found.update(one)
    return found


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    with running_hub(tmp_path_factory.mktemp("hub"), {"HUB120_SURVEY_PERCENT": "100"}) as found:
        yield found


@pytest.fixture(scope="module")
def agent(hub: RunningHub) -> AgentDesk:
    return hub.agent("lee", capacity=4)


@pytest.fixture
def database(hub: RunningHub) -> Iterator[Database]:
    """Outreach's."""
    keys = Keyring.load(hub.folder / "keyring.json")
    found = Database(f"sqlite:///{hub.folder}/{{service}}.db", "outreach", keys)
    yield found
    found.close()


def test_replies_leave_beside_a_mailing_and_receipts_find_its_recipients(
    hub: RunningHub, agent: AgentDesk, database: Database
) -> None:
    citizen = "+821055556666"
    hub.text_message(citizen, "문자로 묻습니다")
    case_id = eventually(lambda: agent.case_of(citizen), what="the case")
    new = NewMailing(
        id=str(uuid4()), kind=Kind.NOTICE, urgency=Urgency.LIFE_SAFETY, title="Heat",
        steps=(Step("sms_twilio", "phone"),), texts=(Text("", "ko", NOTICE),), created_by="kim",
        needs_approval_above=MANY,
    )  # fmt: skip
    database.run(mailing.open_mailing, new)
    mailing.expand(database, new.id, (Recipient({"phone": f"+8210{one:08}"}) for one in range(MANY)))
    database.run(mailing.start, new.id, "lee")

    def notices() -> list[TextMessage]:
        return [one for one in hub.outside.sms.messages if one.text == NOTICE]

    eventually(lambda: len(notices()) >= 15, 60, "the mailing leaving")
    for number in range(5):
        agent.reply(case_id, f"{number}번째 답변")
    eventually(lambda: len(hub.outside.sms.to(citizen)) == 5, 20, "the replies")
    assert len(notices()) < MANY, "the replies waited for the mailing"
    database.run(mailing.stop, new.id, "lee")
    eventually(lambda: not {"sending", "queued"} & {*counted(database, new.id)}, 30, "the end of the mailing")
    assert counted(database, new.id)["sent"] == len(notices())

    delivered, failed = notices()[:10], notices()[10]
    for one in delivered:
        hub.twilio_calls(one.callback, {"MessageSid": one.sid, "MessageStatus": "delivered"})
    hub.twilio_calls(failed.callback, {"MessageSid": failed.sid, "MessageStatus": "undelivered", "ErrorCode": "30003"})
    eventually(lambda: counted(database, new.id)["delivered"] == len(delivered), 20, "the receipts")
    eventually(lambda: counted(database, new.id)["failed"] == 1, 20, "the failure")


def test_who_was_helped_is_asked_and_what_they_say_is_kept(
    hub: RunningHub, agent: AgentDesk, database: Database
) -> None:
    citizen = "+821077778888"
    hub.text_message(citizen, "고맙습니다")
    case_id = eventually(lambda: agent.case_of(citizen), what="the case")
    request = intake.SetCaseStateRequest(case_id=case_id, state=case_pb2.CASE_STATE_CLOSED)
    agent.intake.SetCaseState(request, metadata=agent.metadata, timeout=30)
    (question,) = eventually(lambda: hub.outside.sms.to(citizen), 20, "the question")
    assert "만족하셨습니까" in question
    assert "5. 매우 만족" in question
    hub.text_message(citizen, "5번")
    assert eventually(lambda: _score(database, case_id), 20, "the answer") == 5


def _score(database: Database, case_id: str) -> int | None:
    score: int | None = database.run(lambda tx: tx.execute(_SCORE, {"case_id": case_id})).scalar_one_or_none()
    return score
