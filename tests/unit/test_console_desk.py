"""What lies on a desk as its stream tells it, and the entries of a case as they are drawn."""

from __future__ import annotations

import asyncio
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from hub120.intake.v1 import case_pb2
from hub120.routing.v1 import routing_service_pb2 as routing
from hub120.routing.v1 import work_pb2 as work

from services.console.desk.composer import newest, reply_deadline
from services.console.desk.desk_now import DeskNow

ITEM = work.WorkItem(id="w", case_id="c", state=work.WORK_STATE_ASSIGNED, agent_id="kim")


def transfer(state: work.TransferState) -> work.Transfer:
    return work.Transfer(id="t", work_item_id="w", case_id="c", from_agent_id="kim", to_agent_id="lee", state=state)


def desk_of(agent_id: str, *told: routing.WatchDeskResponse, **lies: Any) -> DeskNow:
    found = DeskNow()
    found.take(routing.WatchDeskResponse(desk=routing.Desk(agent=work.Agent(id=agent_id), **lies)))
    for one in told:
        found.take(one)
    return found


def test_the_first_agent_has_the_work_until_they_leave_it_to_whoever_joined() -> None:
    joined = routing.WatchDeskResponse(transfer=transfer(work.TRANSFER_STATE_JOINED))
    theirs = work.WorkItem(id="w", case_id="c", state=work.WORK_STATE_ASSIGNED, agent_id="lee", contact_count=2)
    desk = desk_of("kim", joined, routing.WatchDeskResponse(work_item=theirs), work_items=[ITEM])
    assert [one.contact_count for one in desk.work_of("c")] == [2]
    desk.take(routing.WatchDeskResponse(transfer=transfer(work.TRANSFER_STATE_COMPLETED)))
    assert desk.work_of("c") == []


def test_whoever_joined_keeps_the_work_that_the_first_agent_leaves_to_them() -> None:
    completed = routing.WatchDeskResponse(transfer=transfer(work.TRANSFER_STATE_COMPLETED))
    theirs = work.WorkItem(id="w", case_id="c", state=work.WORK_STATE_ASSIGNED, agent_id="lee")
    assert desk_of("lee", completed, work_items=[theirs]).work_of("c") == [theirs]


def test_whoever_sees_two_others_talk_has_no_part_in_their_work() -> None:
    joined = routing.WatchDeskResponse(transfer=transfer(work.TRANSFER_STATE_JOINED))
    theirs = work.WorkItem(id="w", case_id="c", state=work.WORK_STATE_ASSIGNED, agent_id="lee")
    assert desk_of("choi", joined, routing.WatchDeskResponse(work_item=theirs)).work_of("c") == []


def test_an_offer_is_new_once_and_gone_when_it_is_answered() -> None:
    desk = desk_of("kim")
    pending = routing.WatchDeskResponse(offer=work.Offer(id="o", state=work.OFFER_STATE_PENDING))
    assert [desk.take(pending) is not None for _ in range(2)] == [True, False]
    assert set(desk.offers) == {"o"}
    assert desk.take(routing.WatchDeskResponse(offer=work.Offer(id="o", state=work.OFFER_STATE_TIMED_OUT))) is None
    assert not desk.offers


def test_work_of_another_agent_leaves_the_desk() -> None:
    theirs = work.WorkItem(id="w", case_id="c", state=work.WORK_STATE_ASSIGNED, agent_id="lee")
    assert desk_of("kim", routing.WatchDeskResponse(work_item=theirs), work_items=[ITEM]).work_of("c") == []


def test_a_transfer_that_ended_is_seen_to_have_ended() -> None:
    declined = routing.WatchDeskResponse(transfer=transfer(work.TRANSFER_STATE_DECLINED))
    desk = desk_of("kim", declined, work_items=[ITEM], transfers=[transfer(work.TRANSFER_STATE_OFFERED)])
    assert [one.state for one in desk.transfers_of("c")] == [work.TRANSFER_STATE_DECLINED]
    assert desk.transfers_of("another") == []


def test_whoever_follows_a_desk_hears_what_it_is_and_what_becomes_of_it() -> None:
    async def heard() -> list[int]:
        desk, counts = DeskNow(), []
        changes = desk.changes()
        first = asyncio.ensure_future(anext(changes))
        await asyncio.sleep(0)
        desk.take(routing.WatchDeskResponse(desk=routing.Desk(agent=work.Agent(id="kim"))))
        counts.append(len((await first).work_items))
        desk.take(routing.WatchDeskResponse(work_item=ITEM))
        counts.append(len((await anext(changes)).work_items))
        return counts

    assert asyncio.run(heard()) == [0, 1]


def reply(sequence: int, state: case_pb2.ReplyState) -> case_pb2.Entry:
    return case_pb2.Entry(sequence=sequence, reply=case_pb2.Reply(id="r", state=state))


def test_a_reply_is_shown_once_where_it_was_written_and_as_it_stands() -> None:
    note = case_pb2.Entry(sequence=2, note=case_pb2.Note(id="n"))
    moves = [case_pb2.Entry(sequence=4 + number, state_change=case_pb2.StateChange()) for number in range(2)]
    told = [reply(1, case_pb2.REPLY_STATE_QUEUED), note, reply(3, case_pb2.REPLY_STATE_SENT), *moves]
    assert [one.sequence for one in newest(told)] == [3, 2, 4, 5]


def test_the_deadline_of_a_channel_is_that_of_what_the_citizen_said_last() -> None:
    first = case_pb2.Contact(id="1", reply_deadline_time=Timestamp(seconds=60))
    assert reply_deadline([]) is None
    assert reply_deadline([case_pb2.Entry(contact=first)]) == Timestamp(seconds=60)
    later = case_pb2.Entry(contact=case_pb2.Contact(id="2"))
    assert reply_deadline([case_pb2.Entry(contact=first), later]) is None
