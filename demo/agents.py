"""Agents' front ends: each watches its desk over gRPC, takes offers, reads the case, answers what is unanswered, waits
until the answer has left, and finishes. Where nobody at work speaks the citizen's language, they talk through whoever
interprets.

Bad manners: some decline, some let an offer run out of time, some lose the connection and go on with the resume token.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterable, Sequence
from typing import Any

import grpc
from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.routing.v1 import routing_service_pb2 as routing
from hub120.routing.v1 import work_pb2
from hub120.translation.v1 import coverage_service_pb2 as coverage
from hub120.translation.v1 import interpreting_pb2

from demo import citizens, doors
from demo.call import Call
from demo.conversation import Conversation
from demo.outgoing import Outgoing
from demo.program import Program
from demo.staff import CHIEF, STAFF, YOU, Person
from demo.volunteers import HIRED_FOR

PURPOSE = "demonstration"
THINKING_S = (0.02, 0.08)
REPLY_LEAVES_S = 40.0
"""How long an agent waits to see a reply leave before finishing all the same."""
LEFT = {case_pb2.REPLY_STATE_SENT, case_pb2.REPLY_STATE_DELIVERED, case_pb2.REPLY_STATE_READ}
INTERPRETED = {
    work_pb2.INTERPRETATION_STATE_INTERPRETER,
    work_pb2.INTERPRETATION_STATE_MACHINE,
    work_pb2.INTERPRETATION_STATE_NOBODY,
    work_pb2.INTERPRETATION_STATE_UNKNOWN,
}
"""Work that came without anybody who speaks the language: an interpreter is brought in."""
ASKED_TIMES, ANSWER_WITHIN_S = 6, 8
"""How often the partner is asked for an interpreter in one conversation, and how long it may take each time."""
STAYED = {case_pb2.REPLY_STATE_PARKED, case_pb2.REPLY_STATE_FAILED, case_pb2.REPLY_STATE_UNKNOWN}
WORDS = {
    "ko": "안녕하세요, 120입니다. 문의{marked}를 담당 부서에 전달했습니다. 3일 안에 다시 알려 드리겠습니다.",
    "en": "Hello, this is 120. We passed your question{marked} on. You will hear from us within 3 days.",
    "vi": "Xin chào, đây là 120. Chúng tôi đã chuyển câu hỏi{marked} và sẽ trả lời trong 3 ngày.",
    "zh": "您好,这里是120。您的问题{marked}已转交主管部门,我们会在3天内回复。",
    "th": "สวัสดีค่ะ ที่นี่ 120 เราส่งคำถามของคุณ{marked} ให้หน่วยงานที่รับผิดชอบแล้ว จะแจ้งให้ทราบภายใน 3 วัน",
}


class Desk:
    """One agent."""

    def __init__(self, person: Person, program: Program, channel: grpc.aio.Channel, asked_at: dict[str, float]) -> None:
        """``asked_at`` is when each work item was first offered to anyone; all desks share it."""
        self._person = person
        self._program = program
        self._asked_at = asked_at
        self._routing = doors.routing(channel)
        self._intake = doors.intake(channel)
        self._channel = channel
        self._metadata = doors.metadata(program.order.secrets[person.id], PURPOSE)
        self._chance = random.Random(f"{program.order.seed} {person.id}")
        self._seen: set[str] = set()
        self._told = 0

    async def work(self) -> None:
        """Be at the desk until the demonstration ends."""
        token = ""
        async with asyncio.TaskGroup() as group:
            while True:
                token = await self._watch(token, group)

    async def come(self) -> None:
        """Say that work is welcome."""
        request = routing.SetPresenceRequest(presence=work_pb2.PRESENCE_READY)
        await self._ask(self._routing.SetPresence, request)

    async def _watch(self, token: str, group: asyncio.TaskGroup) -> str:
        """Follow the desk until the stream breaks; returns the token to go on with."""
        stream = self._routing.WatchDesk(routing.WatchDeskRequest(resume_token=token), metadata=self._metadata)
        try:
            async for told in stream:
                token = told.resume_token
                await self._hear(told, group)
                self._told += 1
                if self._every(self._told, self._person.breaks_every):
                    self._program.report("manners", words="streams broken and resumed")
                    stream.cancel()
                    return token
        except grpc.aio.AioRpcError as error:
            if error.code() not in doors.PASSING:
                raise
        await asyncio.sleep(0.2)
        return token

    async def _hear(self, told: routing.WatchDeskResponse, group: asyncio.TaskGroup) -> None:
        for offer in [told.offer] if told.HasField("offer") else told.desk.offers:
            if offer.state == work_pb2.OFFER_STATE_PENDING and offer.id not in self._seen:
                self._seen.add(offer.id)
                self._asked_at.setdefault(offer.work_item.id, time.monotonic())
                group.create_task(self._consider(offer, len(self._seen)))
            elif offer.state == work_pb2.OFFER_STATE_TIMED_OUT:
                group.create_task(self.come())  # whoever misses several offers counts as away

    def _every(self, number: int, times: int) -> bool:
        return times > 0 and number % times == 0

    async def _consider(self, offer: work_pb2.Offer, number: int) -> None:
        """Take an offer, or not."""
        if self._every(number, self._person.misses_every):
            self._program.report("manners", words="offers let expire")
            return
        await self._think()
        if self._every(number, self._person.declines_every):
            self._program.report("manners", words="offers declined")
            await self._ask(self._routing.DeclineOffer, routing.DeclineOfferRequest(offer_id=offer.id, reason="break"))
            return
        accepted = await self._ask(self._routing.AcceptOffer, routing.AcceptOfferRequest(offer_id=offer.id))
        if accepted is not None and accepted.work_item.purpose:
            await Outgoing(self._channel, self._metadata, accepted.work_item).make()
        elif accepted is not None and accepted.work_item.medium == case_pb2.MEDIUM_VOICE:
            await self._talk(accepted.work_item)
        elif accepted is not None:
            await self._handle(accepted.work_item)

    async def _talk(self, item: work_pb2.WorkItem) -> None:
        """Talk on the telephone, through an interpreter, and finish when the call is over."""
        marker = citizens.call(self._program.order.run).marker
        self._program.report("offered", marker, at=self._asked_at.get(item.id))
        item, was_interpreted = await Call(self._channel, self._metadata, item).interpret(citizens.ON_TELEPHONE)
        if was_interpreted:
            self._program.report("interpreted", marker, words=citizens.INTERPRETED[citizens.ON_TELEPHONE])
        if item.state == work_pb2.WORK_STATE_WRAPPING:
            request = routing.FinishWorkRequest(
                work_item_id=item.id, close_case=True, seen_contact_count=item.contact_count
            )
            await self._ask(self._routing.FinishWork, request)

    async def _handle(self, item: work_pb2.WorkItem) -> None:
        """Answer what is unanswered in the case and finish; once more if the citizen wrote again meanwhile."""
        while item.state == work_pb2.WORK_STATE_ASSIGNED:
            close = await self._answer(item)
            request = routing.FinishWorkRequest(
                work_item_id=item.id, close_case=close, seen_contact_count=item.contact_count
            )
            if await self._ask(self._routing.FinishWork, request) is not None:
                return
            asked = routing.GetWorkItemRequest(work_item_id=item.id)
            item = (await self._ask(self._routing.GetWorkItem, asked)).work_item

    async def _answer(self, item: work_pb2.WorkItem) -> bool:
        """Answer what is unanswered in the case; returns whether it may be closed. A case whose reply could not leave
        stays open for the citizen's next message."""
        found = await self._ask(self._intake.GetCase, intake.GetCaseRequest(case_id=item.case_id))
        states: dict[str, int] = {}
        await self._read(item, found.case.language, found.entries, states)
        if any(state not in LEFT for state in states.values()):
            await self._see_replies_leave(item, found, states)
        return all(state in LEFT for state in states.values())

    async def _read(
        self, item: work_pb2.WorkItem, language: str, entries: Iterable[case_pb2.Entry], states: dict[str, int]
    ) -> None:
        """Take in entries of the case: answer what the citizen said, note how far each reply came."""
        entries = list(entries)
        states.update({entry.reply.id: entry.reply.state for entry in entries if entry.HasField("reply")})
        answered = {marker for entry in entries for marker in citizens.markers(entry.reply.text)}
        for entry in entries:
            if entry.HasField("contact"):
                states.update(await self._attend(item, language, entry.contact, answered))

    async def _attend(
        self, item: work_pb2.WorkItem, language: str, contact: case_pb2.Contact, answered: set[str]
    ) -> dict[str, int]:
        """Answer one message, once; returns the reply and how far it came."""
        found = citizens.markers(contact.text)
        for marker in found:
            self._program.report("offered", marker, at=self._asked_at.get(item.id))
        if found and (found[0] in answered or citizens.asks_again(found[0])):
            return {}
        await self._think()
        marked = f" ({found[0]})" if found else ""
        if item.interpretation.state in INTERPRETED:
            return await self._answer_interpreted(item, contact.id, WORDS["ko"].format(marked=marked), found)
        text = WORDS.get(language, WORDS["ko"]).format(marked=marked)
        request = intake.ReplyToCaseRequest(case_id=item.case_id, text=text, request_id=contact.id)
        replied = await self._ask(self._intake.ReplyToCase, request)
        if not found:
            self._program.report("told", words=f"{self._person.id} answered: {text}")
        return {replied.reply.id: replied.reply.state} if replied else {}

    async def _answer_interpreted(
        self, item: work_pb2.WorkItem, contact_id: str, text: str, found: Sequence[str]
    ) -> dict[str, int]:
        """Answer one message through whoever interprets; returns the reply, still on its way, or that there is none."""
        conversation = Conversation(doors.interpreters(self._channel), self._metadata, item)
        told = await conversation.answer(contact_id, text)
        if told is None:
            return {contact_id: case_pb2.REPLY_STATE_FAILED}
        for marker in found:
            self._program.report("interpreted", marker, words="machine" if told.machine else "interpreter")
        if not found:
            self._program.report("told", words=f"{self._person.id} answered: {text} → {told.translation}")
        return {told.reply_id: case_pb2.REPLY_STATE_QUEUED}

    async def _see_replies_leave(
        self, item: work_pb2.WorkItem, found: intake.GetCaseResponse, states: dict[str, int]
    ) -> None:
        """Watch the case until every reply has left or cannot; what the citizen adds meanwhile is answered too."""
        last = found.entries[-1].sequence
        request = intake.WatchCaseRequest(case_id=item.case_id, after_sequence=last)
        stream = self._intake.WatchCase(request, metadata=self._metadata, timeout=REPLY_LEAVES_S)
        try:
            async for told in stream:
                await self._read(item, found.case.language, [told.entry], states)
                if all(state in LEFT | STAYED for state in states.values()):
                    stream.cancel()
                    return
        except grpc.aio.AioRpcError as error:
            if error.code() not in doors.PASSING:
                raise

    async def _think(self) -> None:
        await asyncio.sleep(self._chance.uniform(*THINKING_S))

    async def _ask(self, method: Any, request: Any) -> Any:
        """Call, again while the hub is away; None if the hub says that it is too late for this."""
        return await doors.ask(method, request, self._metadata)


async def work(program: Program) -> None:
    """Write the agents' records, then have all of them work."""
    asked_at: dict[str, float] = {}
    async with grpc.aio.insecure_channel(program.order.grpc) as channel:
        await _write_records(program, channel)
        await _write_coverage(program, channel)
        desks = [Desk(person, program, channel, asked_at) for person in STAFF]
        await asyncio.gather(*(desk.come() for desk in desks))
        async with asyncio.TaskGroup() as group:
            for desk in desks:
                group.create_task(desk.work())
            program.report("ready")


async def _write_records(program: Program, channel: grpc.aio.Channel) -> None:
    chief = doors.metadata(program.order.secrets[CHIEF], PURPOSE)
    put = doors.routing(channel).PutAgent
    for person in (*STAFF, YOU):
        record = work_pb2.Agent(
            id=person.id, languages=person.languages, skills=person.skills, capacity=person.capacity
        )
        await doors.ask(put, routing.PutAgentRequest(agent=record), chief)


async def _write_coverage(program: Program, channel: grpc.aio.Channel) -> None:
    """The partner is asked again where it declined, said nothing or left, and has less time to answer than usual."""
    partner = interpreting_pb2.Provider(kind=interpreting_pb2.PROVIDER_KIND_PARTNER, connector="interpreter_http")
    partner.answer_within.FromSeconds(ANSWER_WITHIN_S)
    rule = interpreting_pb2.CoverageRule(
        id="demonstration", languages=HIRED_FOR, media=[case_pb2.MEDIUM_TEXT], providers=[partner] * ASKED_TIMES
    )
    chief = doors.metadata(program.order.secrets[CHIEF], PURPOSE)
    put = doors.coverage(channel).PutCoverageRule
    await doors.ask(put, coverage.PutCoverageRuleRequest(rule=rule), chief)


def main() -> None:
    """Run until the demonstration ends."""
    asyncio.run(work(Program()))


if __name__ == "__main__":
    main()
