"""Words carried between conversations and cases over gRPC, with intake away for a while and with two apis at it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hub120.intake.v1 import words_service_pb2, words_service_pb2_grpc

from chassis import auth, event_loop, grpc_host, logs
from chassis.auth import LocalIssuer, LocalTokens
from chassis.database import Database
from chassis.grpc_client import Line, Peer
from services.intake.domain.cases import CaseState
from services.intake.domain.contacts import NewContact, Sender
from services.intake.tables import metadata as intake_tables
from services.intake.use_cases import casework, receiving
from services.intake.use_cases.casework import Reader
from services.intake.words_api import WordsApi
from services.translation.carrying import Carrier
from services.translation.tables import metadata as translation_tables
from services.translation.use_cases import relaying_case
from tests.integration.conversations import Talk
from tests.integration.databases import opened
from tests.integration.grpc_calls import until
from tests.integration.routing_floor import rows
from tests.servers.machine import free_port

AMINA = Sender("user", "amina-1", "أمينة")
AUDITOR = Reader("auditor", "GetCase", "audit")


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Houses:
    """Intake and translation, each with a database of its own."""

    intake: Database
    translation: Database
    folder: Path
    port: int

    def writes(self, text: str, message_id: str) -> str:
        """The citizen writes; the case."""
        new = NewContact("web", "text", message_id, AMINA, text)
        return self.intake.run(receiving.receive_contact, new, lambda waiting: waiting).case_id

    def talk(self, case_id: str) -> Talk:
        """A conversation about the case."""
        return Talk(self.translation, now, case_id=case_id)

    def replies(self, case_id: str) -> list[tuple[str, str, str]]:
        """What was queued for the citizen: by whom, the words, and what they were translated from."""
        _, told = self.intake.run(casework.read_case, case_id, AUDITOR)
        entries = [one for one in told if one.entry.kind == "reply" and one.entry.becomes == "queued"]
        return [(one.entry.agent_id or "", one.texts["text"], one.texts["original"]) for one in entries]

    @asynccontextmanager
    async def answering(self) -> AsyncIterator[None]:
        """Intake's api is there while the block lasts."""
        api = WordsApi(self.intake, lambda channel, text: [text])
        server = await grpc_host.serve(
            [grpc_host.implemented(words_service_pb2, words_service_pb2_grpc, api)],
            f"127.0.0.1:{self.port}",
            auth.LocalVerifier(self.folder / "token.key"),
            drain_s=0.0,
        )
        try:
            yield
        finally:
            await server.stop()

    @asynccontextmanager
    async def carriers(self, count: int) -> AsyncIterator[list[Carrier]]:
        """So many apis carry while the block lasts."""
        tokens = LocalTokens(LocalIssuer(self.folder / "token.key"), "translation")
        found = [
            Carrier(self.translation, Peer("intake", Line(f"127.0.0.1:{self.port}"), words_service_pb2, tokens))
            for _ in range(count)
        ]
        running = [asyncio.ensure_future(one.run()) for one in found]
        try:
            yield found
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)


@pytest.fixture
def houses(database_address: str, tmp_path: Path) -> Iterator[Houses]:
    logs.configure("info", "test")
    with (
        opened(database_address, "intake", intake_tables, now) as intake,
        opened(database_address, "translation", translation_tables, now) as translation,
    ):
        yield Houses(intake, translation, tmp_path, free_port())


def run(test: Callable[[], Any]) -> None:
    event_loop.run(test())


def _delivered(talk: Talk) -> int:
    return [told[1] for told in talk.told()].count("delivered")


def originals(talk: Talk) -> list[str]:
    return [told[2] for told in talk.told() if told[1] == "pending"]


def test_what_was_written_before_and_after_comes_in_and_answers_go_out(houses: Houses) -> None:
    async def main() -> None:
        case_id = houses.writes("السلام عليكم", "m-1")
        talk = houses.talk(case_id)
        talk.connects()
        async with houses.answering(), houses.carriers(1) as (carrier,):
            await until(lambda: originals(talk) == ["السلام عليكم"], 20)
            houses.writes("أين أسجل طفلي؟", "m-2")
            houses.translation.run(relaying_case.told_of, case_id, 2, "family")
            carrier.wake_for(talk.id)
            await until(lambda: len(originals(talk)) == 2, 20)
            talk.says("주민센터로 오세요")
            talk.translate(talk.ids()[2], "تعال إلى مركز الخدمة")
            carrier.wake_for(talk.id)
            await until(lambda: talk.told()[-1][1] == "delivered", 20)
        assert houses.replies(case_id) == [("kim", "تعال إلى مركز الخدمة", "주민센터로 오세요")]

    run(main)


def test_while_intake_is_away_words_wait_and_then_keep_their_order(houses: Houses) -> None:
    async def main() -> None:
        case_id = houses.writes("السلام عليكم", "m-1")
        talk = houses.talk(case_id)
        talk.connects()
        for number, text in enumerate(("하나", "둘", "셋")):
            talk.says(text)
            talk.translate(talk.ids()[number], f"[{text}]")
        async with houses.carriers(1):
            await until(lambda: rows(houses.translation, "SELECT tries FROM relay WHERE tries > 0"), 30)
            assert houses.replies(case_id) == []
            async with houses.answering():
                await until(lambda: len(houses.replies(case_id)) == 3, 60)
                await until(lambda: "السلام عليكم" in originals(talk), 60)
        assert [text for _, text, _ in houses.replies(case_id)] == ["[하나]", "[둘]", "[셋]"]

    run(main)


def test_several_apis_carry_nothing_twice(houses: Houses) -> None:
    async def main() -> None:
        talks = []
        for number in range(4):
            new = NewContact("web", "text", f"m-{number}", Sender("user", f"u-{number}"), f"سؤال {number}")
            kept = houses.intake.run(receiving.receive_contact, new, lambda waiting: waiting)
            talk = houses.talk(kept.case_id)
            talk.connects()
            for place, text in enumerate(("하나", "둘")):
                talk.says(text)
                talk.translate(talk.ids()[place], f"[{text}]")
            talks.append(talk)
        async with houses.answering(), houses.carriers(3) as carriers:

            def all_there() -> bool:
                for carrier in carriers:
                    for one in talks:
                        carrier.wake_for(one.id)
                return all(len(houses.replies(one.case_id)) == 2 and len(one.ids()) == 3 for one in talks)

            await until(all_there, 60)
            await until(lambda: all(_delivered(talk) == 2 for talk in talks), 20)
        for talk in talks:
            assert [text for _, text, _ in houses.replies(talk.case_id)] == ["[하나]", "[둘]"]

    run(main)


def test_a_closed_case_takes_no_reply_and_the_agent_hears_of_it(houses: Houses) -> None:
    async def main() -> None:
        case_id = houses.writes("شكرا", "m-1")
        talk = houses.talk(case_id)
        talk.connects()
        talk.says("안녕히 가세요")
        talk.translate(talk.ids()[0], "مع السلامة")
        houses.intake.run(casework.set_case_state, case_id, CaseState.CLOSED, "kim")
        async with houses.answering(), houses.carriers(1):
            await until(lambda: (1, "failed", "안녕히 가세요", "CASE_CLOSED") in talk.told(), 20)

    run(main)
