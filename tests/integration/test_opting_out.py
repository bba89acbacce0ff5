"""Whoever answers what went to many with a word for it gets no more of it, is told so, and is heard all the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hub120.intake.v1 import events_pb2
from hub120_sdk import Address, AddressKind, Inbound

from chassis.process import Process, migrate_services, open_process, prepare
from chassis.settings import Settings
from services import intake, outreach
from services.intake.arrivals import Arrivals
from services.intake.domain.opting_out import ANSWERS, opts_out
from services.intake.use_cases import replying
from services.outreach.domain.contact_rules import RuleKind
from services.outreach.use_cases import contact_rules
from tests.integration.routing_floor import rows
from tests.outside import WEB_SECRET

NUMBER = "010-1234-5678"


@pytest.mark.parametrize(
    "text", ["수신거부", " 수신 거부\n", "거부", "차단", "STOP", "Stop.", "unsubscribe", "ＳＴＯＰ", "OPT-OUT!"]
)
def test_a_message_that_is_such_a_word_opts_out(text: str) -> None:
    assert opts_out(text)


@pytest.mark.parametrize(
    "text", ["", "수신거부 어떻게 해요?", "거부합니다", "please stop", "stop it", "1", "차단기", "STOP" * 20]
)
def test_whoever_writes_more_is_read_by_a_person(text: str) -> None:
    assert not opts_out(text)


class Centre:
    """Intake with a channel, and outreach, with the same keys."""

    def __init__(self, process: Process) -> None:
        self.database, self._outreach = process.database("intake"), process.database("outreach")
        self._arrivals = Arrivals(process)

    def hear(self, text: str, who: str = NUMBER, **more: Any) -> str:
        """A message comes in; its case."""
        inbound = Inbound(uuid4().hex, Address(AddressKind.PHONE, who), text, **more)
        (received,) = self.database.run(self._arrivals.storing(self.database, "web", [inbound]))
        (row,) = rows(self.database, f"SELECT case_id FROM contact WHERE id = '{received.contact_id}'")
        return str(row["case_id"])

    def events(self, name: str) -> list[bytes]:
        """What left of a kind."""
        found = rows(self.database, "SELECT key, body FROM outbox ORDER BY seq")
        return [row["body"] for row in found if row["key"].endswith(name)]

    def carried(self) -> list[tuple[str, str]]:
        """Outreach hears it, twice; the rules about the number, written in another way."""
        for _ in range(2):
            for body in self.events("OptOutAsked"):
                asked = events_pb2.OptOutAsked.FromString(body)
                self._outreach.run(contact_rules.opted_out, bytes.fromhex(asked.address_key), asked.channel)
        return [(row.kind, row.channel) for row in self._outreach.read(contact_rules.rules_of, "+82 10 1234 5678")]

    def told(self, case_id: str) -> list[str]:
        """The automatic replies of a case."""
        found = rows(self.database, f"SELECT * FROM reply WHERE case_id = '{case_id}'")
        keys = self.database.keys
        return [keys.open_text(one["text"], table="reply", column="text", row=one["id"]) for one in found]


@pytest.fixture
def centre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Centre]:
    monkeypatch.setenv("HUB120_CONNECTOR_WEB_REPLY_URL", "http://127.0.0.1:9/")
    monkeypatch.setenv("HUB120_CONNECTOR_WEB_SIGNING_SECRET", WEB_SECRET)
    settings, services = Settings(data_dir=tmp_path, connectors="web"), [intake.SERVICE, outreach.SERVICE]
    prepare(settings)
    migrate_services(settings, services)
    process = open_process(settings, services)
    yield Centre(process)
    process.close()


def test_it_is_written_down_for_the_channel_told_once_and_still_is_a_contact(centre: Centre) -> None:
    case_id = centre.hear("수신거부")
    assert centre.hear("STOP") == case_id
    assert centre.carried() == [(RuleKind.OPTED_OUT, "web")]
    assert centre.told(case_id) == [ANSWERS["ko"]]
    assert len(centre.events("ContactReceived")) == 2, "nothing is lost"
    assert b"1234" not in b"".join(centre.events("OptOutAsked"))
    assert centre.told(centre.hear("STOP", "+821099990000")) == ["\n".join(ANSWERS.values())]
    assert centre.told(centre.hear("unsubscribe", "+821099990001", language="vi")) == [ANSWERS["en"]]


def test_a_word_to_an_agent_is_an_answer_to_them(centre: Centre) -> None:
    case_id = centre.hear("도와주세요")
    cut = lambda _, text: [text]  # noqa: E731
    centre.database.run(replying.reply_to_case, case_id, "kim", "r-1", "방문 상담에 동의하시나요?", cut)
    assert centre.hear("거부") == case_id
    assert (centre.carried(), centre.told(case_id)) == ([], ["방문 상담에 동의하시나요?"])
