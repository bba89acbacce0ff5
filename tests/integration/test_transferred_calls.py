"""Calls that are transferred from one agent to another, on real SQLite and PostgreSQL: the citizen is never alone."""

from __future__ import annotations

from typing import Any

import pytest
from hub120.intake.v1 import legs_pb2

from chassis.database import Database
from services.routing.domain.conference import ConferenceState, LegState, Role
from services.routing.domain.transfers import NewTransfer, Style, TransferState
from services.routing.domain.work import WorkState
from services.routing.store import transfers
from services.routing.tables import metadata
from services.routing.use_cases import conferencing, departments, desk, transferring
from services.routing.use_cases.conferencing import Leader, NewCall
from tests.integration.call_centre import CONNECTING, Centre
from tests.integration.conference_floor import AGENT, CALL, CASE
from tests.integration.databases import Clock, emptied, shared
from tests.integration.routing_floor import OFFER_S, TERMS, broken_promises, queue, ready

AGENT_ROLE, CITIZEN = Role.AGENT, Role.CITIZEN
JOIN, HOLD, RESUME = legs_pb2.LEG_COMMAND_JOIN, legs_pb2.LEG_COMMAND_HOLD, legs_pb2.LEG_COMMAND_RESUME


both, clock, database = shared("routing", metadata)


@pytest.fixture
def centre(database: Database, clock: Clock) -> Centre:
    """Kim talks with a citizen who called, and lee is free."""
    centre = Centre(database, clock, CONNECTING)
    ready(centre.database, "kim", chats=4)
    queue(centre.database, centre.clock, CASE, medium="voice")
    centre.calls_in()
    centre.take()
    centre.up(AGENT_ROLE)
    centre.clock.pass_by(1)
    ready(centre.database, "lee", chats=4)
    return centre


def transferred(centre: Centre, style: Style) -> Any:
    """Kim asks lee, who accepts; the transfer. The clock has looked."""
    new = NewTransfer(centre.item().id, "kim", f"t-{style}", style, to_agent_id="lee")
    asked = centre.run(transferring.request, new, OFFER_S)
    centre.take("lee")
    centre.pass_by(0)
    return centre.database.run(transfers.transfer, asked.id)


def told(centre: Centre, leg_id: str) -> list[int]:
    """What the exchange was asked to do with a leg."""
    return [one.command for one in centre.asked if one.leg_id == leg_id]


def test_warm_the_receiver_is_called_into_the_talk_and_the_first_agent_is_hung_up_when_they_leave(
    centre: Centre,
) -> None:
    transfer = transferred(centre, Style.WARM)
    assert (transfer.state, centre.dialled()) == (TransferState.JOINED, ["kim", "lee"])
    centre.up(AGENT_ROLE)
    assert (centre.stands(), told(centre, CALL), centre.hung_up()) == (ConferenceState.BRIDGED, [JOIN], [])
    assert centre.found.row.agent_id == "lee"
    (first,) = centre.legs_of("kim")
    centre.run(transferring.complete, transfer.id, "kim", OFFER_S)
    assert centre.hung_up() == [first.id]
    centre.hear(first.id, LegState.ENDED, reason="done")
    assert (centre.stands(), told(centre, CALL)) == (ConferenceState.BRIDGED, [JOIN])
    centre.run(desk.start_wrap_up, centre.item().id, "lee")
    assert centre.stands() is ConferenceState.ENDED
    assert broken_promises(centre.database) == []


def test_warm_and_given_back_the_receiver_is_hung_up_and_the_first_agent_goes_on(centre: Centre) -> None:
    transfer = transferred(centre, Style.WARM)
    centre.up(AGENT_ROLE)
    (second,) = centre.legs_of("lee")
    centre.run(transferring.cancel, transfer.id, "lee", OFFER_S)
    centre.hear(second.id, LegState.ENDED, reason="done")
    centre.pass_by(1)
    assert (centre.hung_up(), centre.dialled()) == ([second.id], ["kim", "lee"])
    assert (centre.stands(), centre.found.row.agent_id) == (ConferenceState.BRIDGED, "kim")


def test_warm_a_receiver_who_does_not_answer_leaves_the_citizen_with_the_first_agent(centre: Centre) -> None:
    transferred(centre, Style.WARM)
    centre.not_answered()
    centre.gives_back()
    assert (centre.stands(), centre.item().agent_id) == (ConferenceState.BRIDGED, "lee")
    assert told(centre, CALL) == [JOIN]


def test_cold_the_citizen_hears_music_until_the_receiver_is_there(centre: Centre) -> None:
    transfer = transferred(centre, Style.COLD)
    assert transfer.state == TransferState.COMPLETED
    (first,) = centre.legs_of("kim")
    assert (centre.hung_up(), centre.dialled()) == ([first.id], ["kim", "lee"])
    centre.hear(first.id, LegState.ENDED, reason="done")
    assert (centre.stands(), told(centre, CALL)) == (ConferenceState.REQUESTED, [JOIN, HOLD])
    centre.hear(CALL, LegState.HELD, case_id=CASE)
    centre.up(AGENT_ROLE)
    assert (centre.stands(), told(centre, CALL)) == (ConferenceState.BRIDGED, [JOIN, HOLD, RESUME])
    assert broken_promises(centre.database) == []


def test_cold_a_receiver_who_does_not_answer_gives_the_citizen_to_the_next(centre: Centre) -> None:
    transferred(centre, Style.COLD)
    (first,) = centre.legs_of("kim")
    centre.hear(first.id, LegState.ENDED, reason="done")
    centre.not_answered()
    assert centre.stands() is ConferenceState.FAILED
    centre.gives_back()
    assert CALL not in centre.hung_up()
    assert (centre.item().state, centre.item().agent_id) == (WorkState.OFFERED, "kim")
    centre.take("kim")
    centre.up(AGENT_ROLE)
    assert (centre.stands(), told(centre, CALL)[-1]) == (ConferenceState.BRIDGED, JOIN)
    assert broken_promises(centre.database) == []


def test_a_citizen_who_was_called_and_waits_is_put_through_to_the_next_agent(both: tuple[Database, Clock]) -> None:
    emptied(both[0], metadata)
    centre = Centre(*both, CONNECTING)
    ready(centre.database, "kim", chats=4)
    queue(centre.database, centre.clock, CASE, medium="voice")
    item = centre.take()
    call = NewCall("c-1", work_item_id=item.id)
    centre.conference_id = centre.run(conferencing.call_citizen, call, AGENT, centre.lines).row.id
    centre.up(AGENT_ROLE)
    centre.up(CITIZEN)
    citizen = centre.last(CITIZEN).id
    centre.clock.pass_by(1)
    ready(centre.database, "lee", chats=4)
    transferred(centre, Style.COLD)
    centre.hear(centre.legs_of("kim")[0].id, LegState.ENDED, reason="done")
    centre.not_answered()
    centre.gives_back()
    assert citizen not in centre.hung_up()
    centre.take("kim")
    centre.up(AGENT_ROLE)
    assert (centre.stands(), told(centre, citizen)[-1]) == (ConferenceState.BRIDGED, JOIN)
    centre.hear(citizen, LegState.ENDED, reason="done")
    assert centre.stands() is ConferenceState.ENDED


def asks_department(centre: Centre) -> Any:
    new = NewTransfer(centre.item().id, "kim", "t-works", Style.COLD, department="works")
    return centre.run(transferring.request, new, OFFER_S)


def test_a_department_that_has_the_case_cuts_nobody_off(centre: Centre) -> None:
    item, transfer = centre.item(), asks_department(centre)
    centre.run(departments.handover_changed, transfer.id, "submitted", TERMS)
    assert (centre.item().state, centre.stands(), centre.hung_up()) == (
        WorkState.ASSIGNED, ConferenceState.BRIDGED, [],
    )  # fmt: skip
    centre.run(desk.finish_work, item.id, "kim", close_case=False, seen=1, terms=TERMS)
    assert centre.stands() is ConferenceState.ENDED
    assert broken_promises(centre.database) == []


def test_work_that_a_department_was_asked_to_take_stays_with_an_agent_who_does_not_answer(
    both: tuple[Database, Clock],
) -> None:
    emptied(both[0], metadata)
    centre = Centre(*both, CONNECTING)
    ready(centre.database, "kim", chats=4)
    queue(centre.database, centre.clock, CASE, medium="voice")
    centre.calls_in()
    centre.take()
    asks_department(centre)
    centre.not_answered()
    centre.gives_back()
    assert (centre.stands(), centre.item().state) == (ConferenceState.FAILED, WorkState.ASSIGNED)
    assert broken_promises(centre.database) == []


def test_wrap_up_does_not_run_out_while_the_citizen_has_called_again(centre: Centre) -> None:
    centre.hear(CALL, LegState.ENDED, reason="failed", case_id=CASE)
    centre.run(desk.call_ended, CASE)
    centre.pass_by(1)
    centre.calls_in("0199e0f2-7c00-7abc-8def-0000000000cb")
    centre.pass_by(10)
    assert centre.run(desk.end_wrap_ups, 5.0, TERMS) == 0
    centre.hear("0199e0f2-7c00-7abc-8def-0000000000cb", LegState.ENDED, reason="done", case_id=CASE)
    assert centre.run(desk.end_wrap_ups, 5.0, TERMS) == 1


def test_only_the_agent_who_has_the_work_leads_its_talk(centre: Centre) -> None:
    transferred(centre, Style.WARM)
    centre.run(conferencing.end, centre.conference_id, Leader("lee"), "")
    assert centre.stands() is ConferenceState.ENDED
