"""Transfers between agents and to departments: the work is somebody's at every moment, and both desks show it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from chassis.database import Database
from chassis.errors import HubError, NotFound, PreconditionFailed
from services.routing.domain.agents import RECOVERY, ChangeKind, Presence
from services.routing.domain.explaining import Ineligibility
from services.routing.domain.offers import OfferState, Why
from services.routing.domain.transfers import USUAL_WAIT_S, NewTransfer, Style, TransferState
from services.routing.domain.work import WorkState
from services.routing.store import agents, offers, transfers, work
from services.routing.tables import metadata
from services.routing.use_cases import conduct, departments, desk, desk_reading, explaining, matching, transferring
from services.routing.use_cases.conduct import NewReport
from tests.integration.databases import Clock, opened
from tests.integration.routing_floor import (
    A_CHAT,
    OFFER_S,
    TERMS,
    broken_promises,
    load_of,
    offered,
    queue,
    ready,
    rows,
    take,
)

NOTE = "민원인이 두 번 설명했어요"


@pytest.fixture
def database(database_address: str, clock: Clock) -> Iterator[Database]:
    with opened(database_address, "routing", metadata, clock) as found:
        yield found


@pytest.fixture
def item(database: Database, clock: Clock) -> Any:
    """Kim has a citizen; lee and park are free, lee for longer."""
    ready(database, "kim")
    queue(database, clock, "c1")
    taken = take(database, "kim")
    for name in ("lee", "park"):
        clock.pass_by(1)
        ready(database, name, skills=("welfare",))
    return taken


def ask(database: Database, item: Any, **more: Any) -> Any:
    wanted = {"agent_id": "kim", "request_id": "r-1", "to_agent_id": "lee", "note": NOTE, **more}
    return database.run(transferring.request, NewTransfer(item.id, **wanted), OFFER_S)


def found(database: Database, transfer: Any) -> Any:
    return database.run(transfers.transfer, transfer.id)


def owner(database: Database, item: Any) -> tuple[str, str]:
    row: Any = database.run(work.work_item, item.id)
    return row.agent_id, row.state


def events(database: Database) -> list[str]:
    found = rows(database, "SELECT key FROM outbox WHERE key LIKE '%Transfer%'")
    return sorted(row["key"].rpartition(".")[2] for row in found)


def test_warm_both_are_with_the_citizen_until_the_first_agent_leaves(
    database: Database, clock: Clock, item: Any
) -> None:
    transfer = ask(database, item)
    assert (transfer.state, transfer.to_agent_id) == (TransferState.OFFERED, "lee")
    assert owner(database, item) == ("kim", WorkState.ASSIGNED)
    assert [load_of(database, name) for name in ("kim", "lee")] == [A_CHAT, A_CHAT]
    assert broken_promises(database) == []
    take(database, "lee")
    assert found(database, transfer).state == TransferState.JOINED
    assert owner(database, item) == ("lee", WorkState.ASSIGNED)
    assert [load_of(database, name) for name in ("kim", "lee")] == [A_CHAT, A_CHAT]
    assert broken_promises(database) == []
    queue(database, clock, "next")
    assert offered(database, "park") == ["next"]
    queue(database, clock, "waits")
    for _ in range(2):
        done = database.run(transferring.complete, transfer.id, "kim", OFFER_S)
    assert done.state == TransferState.COMPLETED
    assert rows(database, "SELECT transfers FROM work_item WHERE case_id = 'c1'") == [{"transfers": 1}]
    assert offered(database, "kim") == ["waits"]
    database.run(desk.finish_work, item.id, "lee", close_case=True, terms=TERMS)
    assert broken_promises(database) == []


def test_what_is_said_with_it_is_shown_on_both_desks_and_nowhere_else(database: Database, item: Any) -> None:
    before: Any = database.run(agents.agent, "kim")
    transfer = ask(database, item)
    told = database.run(desk_reading.read_desk, "lee")
    [(offer, about)] = told.offers
    assert (about.case_id, told.transfers[offer.transfer_id].note) == ("c1", NOTE)
    take(database, "lee")
    database.run(transferring.complete, transfer.id, "kim", OFFER_S)
    changes: Any = database.run(desk_reading.read_changes, "kim", before.sequence)
    states = [one.change.state for one in changes if one.change.kind == ChangeKind.TRANSFER]
    assert states == ["requested", "offered", "joined", "completed"]
    of_lee: Any = database.run(desk_reading.read_changes, "lee", 0)
    assert [(one.change.kind, one.change.state) for one in of_lee] == [
        ("offer", "pending"),
        ("work", "assigned"),
        ("transfer", "completed"),
    ]
    assert {one.transfer.note for one in of_lee if one.transfer} == {NOTE}
    assert NOTE.encode() not in b"".join(bytes(row["body"]) for row in rows(database, "SELECT body FROM outbox"))


def test_cold_the_first_agent_is_free_in_the_moment_of_acceptance(database: Database, item: Any) -> None:
    transfer = ask(database, item, style=Style.COLD)
    take(database, "lee")
    assert found(database, transfer).state == TransferState.COMPLETED
    assert [load_of(database, name) for name in ("kim", "lee")] == [0, A_CHAT]
    assert owner(database, item) == ("lee", WorkState.ASSIGNED)
    assert events(database) == ["TransferCompleted", "TransferRequested"]
    assert broken_promises(database) == []


def test_who_is_named_and_says_no_leaves_the_work_where_it_was(database: Database, item: Any) -> None:
    transfer = ask(database, item)
    (offer,) = database.run(offers.pending_of, "lee")
    database.run(desk.decline_offer, offer.id, "lee", "", OFFER_S)
    assert found(database, transfer).state == TransferState.DECLINED
    assert (owner(database, item), load_of(database, "lee")) == (("kim", WorkState.ASSIGNED), 0)
    assert database.run(transferring.ask_waiting, OFFER_S) == 0
    again = ask(database, item, request_id="r-2", to_agent_id="park")
    assert again.to_agent_id == "park"
    assert broken_promises(database) == []


def test_whoever_has_what_is_asked_for_is_asked_one_after_the_other(
    database: Database, clock: Clock, item: Any
) -> None:
    transfer = ask(database, item, to_agent_id="", needs=("skill:welfare", "language:*"))
    (offer,) = database.run(offers.pending_of, "lee")
    assert offer.why == Why.IDLE
    database.run(desk.decline_offer, offer.id, "lee", "", OFFER_S)
    assert found(database, transfer).state == TransferState.REQUESTED
    assert database.run(transferring.ask_waiting, OFFER_S) == 1
    clock.pass_by(OFFER_S)
    database.run(matching.time_out_offers, OFFER_S)
    assert database.run(transferring.ask_waiting, OFFER_S) == 0
    clock.pass_by(USUAL_WAIT_S)
    assert database.run(transferring.ask_waiting, OFFER_S) == 1
    assert found(database, transfer).state == TransferState.EXPIRED
    assert owner(database, item) == ("kim", WorkState.ASSIGNED)
    assert broken_promises(database) == []


def test_who_is_named_and_busy_is_asked_as_soon_as_there_is_room(database: Database, clock: Clock, item: Any) -> None:
    queue(database, clock, "lee's")
    busy = take(database, "lee")
    transfer = ask(database, item)
    assert transfer.state == TransferState.REQUESTED
    database.run(desk.finish_work, busy.id, "lee", close_case=True, terms=TERMS)
    assert database.run(transferring.ask_waiting, OFFER_S) == 1
    assert offered(database, "lee") == ["c1"]
    assert database.run(offers.pending_of, "lee")[0].why == Why.DIRECT
    assert broken_promises(database) == []


def test_it_can_be_taken_back_before_and_after_the_receiver_joined(database: Database, item: Any) -> None:
    first = ask(database, item)
    for _ in range(2):
        database.run(transferring.cancel, first.id, "kim", OFFER_S)
    assert (found(database, first).state, load_of(database, "lee")) == (TransferState.CANCELLED, 0)
    second = ask(database, item, request_id="r-2")
    take(database, "lee")
    database.run(transferring.cancel, second.id, "lee", OFFER_S)
    assert owner(database, item) == ("kim", WorkState.ASSIGNED)
    assert [load_of(database, name) for name in ("kim", "lee")] == [A_CHAT, 0]
    assert broken_promises(database) == []


def test_only_the_two_may_move_it_and_only_once_at_a_time(database: Database, item: Any) -> None:
    transfer = ask(database, item)
    assert ask(database, item).id == transfer.id
    with pytest.raises(PreconditionFailed, match="under way"):
        ask(database, item, request_id="r-2")
    for use_case in (transferring.cancel, transferring.complete):
        with pytest.raises(NotFound):
            database.run(use_case, transfer.id, "park", OFFER_S)
    with pytest.raises(PreconditionFailed, match="joined"):
        database.run(transferring.complete, transfer.id, "kim", OFFER_S)
    with pytest.raises(NotFound):
        ask(database, item, agent_id="park", request_id="r-3")


def test_a_conversation_that_ends_ends_its_transfer(database: Database, clock: Clock) -> None:
    for name in ("kim", "lee"):
        ready(database, name, chats=4)
        clock.pass_by(1)
    queue(database, clock, "c1", medium="voice")
    item = take(database, "kim")
    asked = ask(database, item)
    database.run(desk.call_ended, "c1")
    assert (found(database, asked).state, owner(database, item)) == (
        TransferState.CANCELLED,
        ("kim", WorkState.WRAPPING),
    )
    assert load_of(database, "lee") == 0
    with pytest.raises(PreconditionFailed, match="no more"):
        ask(database, item, request_id="r-2")
    assert broken_promises(database) == []


@pytest.mark.parametrize("joins", [False, True])
def test_who_finishes_work_ends_its_transfer(database: Database, item: Any, joins: bool) -> None:
    transfer = ask(database, item)
    if joins:
        take(database, "lee")
    database.run(desk.finish_work, item.id, "lee" if joins else "kim", close_case=True, terms=TERMS)
    expected = TransferState.COMPLETED if joins else TransferState.CANCELLED
    assert found(database, transfer).state == expected
    assert [load_of(database, name) for name in ("kim", "lee")] == [0, 0]
    assert broken_promises(database) == []


def test_both_see_that_the_citizen_wrote_while_both_are_there(database: Database, clock: Clock, item: Any) -> None:
    ask(database, item)
    take(database, "lee")
    before = {name: database.run(agents.agent, name).sequence for name in ("kim", "lee")}  # type: ignore[union-attr] # there
    queue(database, clock, "c1")
    database.run(desk.show_news, item.id)
    for name, sequence in before.items():
        changes: Any = database.run(desk_reading.read_changes, name, sequence)
        (change,) = changes
        assert change.work_item is not None
        assert change.work_item.contact_count == 2
    assert [row.id for row in database.run(desk_reading.read_desk, "kim").work] == [item.id]


def test_an_explanation_knows_who_asked_whom_and_who_had_what(database: Database, clock: Clock, item: Any) -> None:
    clock.pass_by(60)
    transfer = ask(database, item)
    clock.pass_by(1)
    take(database, "lee")
    clock.pass_by(1)
    database.run(transferring.complete, transfer.id, "kim", OFFER_S)
    clock.pass_by(1)
    queue(database, clock, "c2")
    first, second = database.run(explaining.explain, item.id).decisions
    assert (first.offer.agent_id, second.offer.agent_id, second.offer.why) == ("kim", "lee", Why.DIRECT)  # type: ignore[union-attr] # made
    assert [one.agent_id for one in second.sorted.eligible] == ["lee"]
    assert second.sorted.ineligible == {(Ineligibility.HAS_IT, ""): ["kim"]}
    (of_c2,) = rows(database, "SELECT id FROM work_item WHERE case_id = 'c2'")
    (only,) = database.run(explaining.explain, of_c2["id"]).decisions
    assert [(one.agent_id, one.load) for one in only.sorted.eligible] == [("park", 0), ("kim", 0)]
    assert only.sorted.ineligible == {(Ineligibility.FULL, ""): ["lee"]}


def test_who_transfers_a_contact_that_was_abusive_rests(database: Database, clock: Clock, item: Any) -> None:
    database.run(conduct.report, NewReport(item.id, "kim", "r-1", "profanity"))
    ask(database, item, style=Style.COLD)
    take(database, "lee")
    kim: Any = database.run(agents.agent, "kim")
    assert (kim.presence, kim.presence_reason) == (Presence.PAUSED, RECOVERY)
    assert kim.return_at == clock().timestamp() + 600
    database.run(desk.finish_work, item.id, "lee", close_case=True, terms=TERMS)
    assert database.run(agents.agent, "lee").presence == Presence.READY  # type: ignore[union-attr] # there


def say(database: Database, transfer: Any, state: str) -> None:
    database.run(departments.handover_changed, transfer.id, state, TERMS)


@pytest.mark.parametrize(
    ("style", "said", "ends"),
    [
        (Style.WARM, ["queued", "submitted", "acknowledged", "done"], TransferState.COMPLETED),
        (Style.WARM, ["submitted", "refused"], TransferState.DECLINED),
        (Style.WARM, ["failed", "acknowledged"], TransferState.DECLINED),
        (Style.COLD, ["submitted", "submitted", "refused"], TransferState.COMPLETED),
        (Style.WARM, ["unknown"], TransferState.REQUESTED),
    ],
)
def test_a_department_ends_the_work_once_it_has_the_case(
    database: Database, item: Any, style: Style, said: list[str], ends: TransferState
) -> None:
    transfer = ask(database, item, to_agent_id="", department="roads", note="", style=style)
    assert len(rows(database, "SELECT id FROM outbox WHERE key LIKE '%HandoverWanted'")) == 1
    with pytest.raises(HubError, match="department"):
        database.run(desk.finish_work, item.id, "kim", close_case=True, terms=TERMS)
    for state in said:
        say(database, transfer, state)
        assert broken_promises(database) == []
    assert found(database, transfer).state == ends
    has_it = ends is not TransferState.COMPLETED
    assert owner(database, item) == ("kim", WorkState.ASSIGNED if has_it else WorkState.DONE)
    assert load_of(database, "kim") == (A_CHAT if has_it else 0)


def test_what_is_written_up_for_a_department_is_not_ended_by_time(database: Database, clock: Clock, item: Any) -> None:
    transfer = ask(database, item, to_agent_id="", department="roads", note="")
    database.run(desk.start_wrap_up, item.id, "kim")
    clock.pass_by(600)
    assert database.run(desk.end_wrap_ups, 60.0, TERMS) == 0
    say(database, transfer, "acknowledged")
    assert owner(database, item) == ("kim", WorkState.DONE)


def test_an_offer_of_a_transfer_that_nobody_answers_is_told_as_timed_out(
    database: Database, clock: Clock, item: Any
) -> None:
    transfer = ask(database, item)
    (offer,) = database.run(offers.pending_of, "lee")
    clock.pass_by(OFFER_S)
    with pytest.raises(PreconditionFailed, match="timed_out"):
        database.run(desk.accept_offer, offer.id, "lee")
    database.run(matching.time_out_offers, OFFER_S)
    assert found(database, transfer).state == TransferState.EXPIRED
    ended: Any = database.run(offers.offer, offer.id)
    assert ended.state == OfferState.TIMED_OUT
