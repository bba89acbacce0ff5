"""Known bugs of other routers that touch the heart of matching, each named by its report: they do not happen here."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chassis.database import Database
from chassis.errors import HubError
from services.routing.domain.agents import Presence
from services.routing.domain.offers import DECLINED_REST_S
from services.routing.domain.transfers import NewTransfer, Style, TransferState
from services.routing.domain.work import WorkState
from services.routing.store import agents, offers, transfers, work
from services.routing.tables import metadata
from services.routing.use_cases import desk, matching, transferring
from tests.integration.databases import Clock, opened
from tests.integration.routing_floor import (
    A_CHAT,
    OFFER_S,
    PEOPLE,
    TERMS,
    agent,
    broken_promises,
    load_of,
    offered,
    presence_of,
    queue,
    ready,
    rows,
    take,
)


@pytest.fixture
def database(database_address: str, clock: Clock) -> Iterator[Database]:
    with opened(database_address, "routing", metadata, clock) as found:
        yield found


def ask(database: Database, item: Any, style: Style, **more: Any) -> Any:
    new = NewTransfer(item.id, item.agent_id, "r-1", style, **{"to_agent_id": "lee", **more})
    return database.run(transferring.request, new, OFFER_S)


def state_of(database: Database, transfer: Any) -> str:
    found: Any = database.run(transfers.transfer, transfer.id)
    return str(found.state)


@pytest.mark.parametrize("how", ["declines", "misses", "leaves", "nobody there"])
def test_flex_476_a_cold_transfer_does_not_drop_the_first_agent_before_acceptance(
    database: Database, clock: Clock, how: str
) -> None:
    ready(database, "kim")
    queue(database, clock, "c1")
    item = take(database, "kim")
    if how != "nobody there":
        ready(database, "lee")
    else:
        database.run(desk.put_agent, agent("lee"))
    transfer = ask(database, item, Style.COLD)
    for offer in database.run(offers.pending_of, "lee"):
        if how == "declines":
            database.run(desk.decline_offer, offer.id, "lee", "", OFFER_S)
        elif how == "leaves":
            database.run(desk.set_presence, "lee", Presence.OFFLINE, OFFER_S)
    clock.pass_by(10 * OFFER_S)
    database.run(matching.time_out_offers, OFFER_S)
    database.run(transferring.ask_waiting, OFFER_S)
    after: Any = database.run(work.work_item, item.id)
    assert (after.agent_id, after.state, after.transfer_id) == ("kim", WorkState.ASSIGNED, None)
    assert state_of(database, transfer) in {TransferState.DECLINED, TransferState.EXPIRED}
    assert [load_of(database, name) for name in ("kim", "lee")] == [A_CHAT, 0]
    assert broken_promises(database) == []


def test_flex_290_who_asked_to_pause_during_an_offer_is_not_made_available_again(
    database: Database, clock: Clock
) -> None:
    for name in ("kim", "lee"):
        ready(database, name)
        clock.pass_by(1)
    queue(database, clock, "c1")
    item = take(database, "kim")
    transfer = ask(database, item, Style.COLD)
    database.run(desk.set_presence, "kim", Presence.PAUSED, OFFER_S, "meal")
    take(database, "lee")
    assert state_of(database, transfer) == TransferState.COMPLETED
    queue(database, clock, "next")
    assert (presence_of(database, "kim"), offered(database, "kim")) == (Presence.PAUSED, [])
    database.run(desk.set_presence, "lee", Presence.PAUSED, OFFER_S, "meal")
    database.run(desk.finish_work, item.id, "lee", close_case=True, terms=TERMS)
    database.run(matching.match_waiting, OFFER_S)
    database.run(matching.return_from_pauses, OFFER_S)
    assert (presence_of(database, "lee"), offered(database, "lee")) == (Presence.PAUSED, [])
    assert broken_promises(database) == []


def test_flex_290_nor_by_an_offer_that_ends_after_they_paused(database: Database, clock: Clock) -> None:
    ready(database, "lee")
    queue(database, clock, "c1")
    (offer,) = database.run(offers.pending_of, "lee")
    database.run(desk.set_presence, "lee", Presence.PAUSED, OFFER_S, "meal")
    for answer in (
        lambda: database.run(desk.accept_offer, offer.id, "lee"),
        lambda: database.run(desk.decline_offer, offer.id, "lee", "", OFFER_S),
        lambda: database.run(matching.time_out_offers, OFFER_S),
    ):
        with contextlib.suppress(HubError):
            answer()
        assert (presence_of(database, "lee"), offered(database, "lee")) == (Presence.PAUSED, [])


def test_asterisk_1557_who_answers_and_hangs_up_before_the_bridge_drops_nobody_else(
    database: Database, clock: Clock
) -> None:
    for name in PEOPLE:
        ready(database, name, chats=4)
        clock.pass_by(1)
    queue(database, clock, "c1", medium="voice")
    queue(database, clock, "c2", medium="voice")
    item, other = take(database, "kim"), offered(database, "lee")
    transfer = ask(database, item, Style.WARM, to_agent_id="park")
    take(database, "park")
    database.run(transferring.cancel, transfer.id, "park", OFFER_S)
    database.run(desk.set_presence, "park", Presence.OFFLINE, OFFER_S)
    after: Any = database.run(work.work_item, item.id)
    assert (after.agent_id, after.state) == ("kim", WorkState.ASSIGNED)
    assert offered(database, "lee") == other == ["c2"]
    assert broken_promises(database) == []


def test_asterisk_1557_when_one_of_many_takes_a_call_and_the_citizen_hangs_up_others_keep_theirs(
    database: Database, clock: Clock
) -> None:
    for name in PEOPLE:
        ready(database, name, chats=4)
        clock.pass_by(1)
    for number in range(3):
        queue(database, clock, f"c{number}", medium="voice")
    take(database, "kim")
    database.run(desk.call_ended, "c0")
    assert [offered(database, name) for name in ("lee", "park")] == [["c1"], ["c2"]]
    assert broken_promises(database) == []


def test_freeswitch_2540_no_agent_stays_reserved_when_answers_and_ends_come_at_once(
    database: Database, clock: Clock
) -> None:
    for name in PEOPLE:
        ready(database, name, chats=2)
    for number in range(6):
        queue(database, clock, f"c{number}")
    pending = [offer for name in PEOPLE for offer in database.run(offers.pending_of, name)]

    def collide(offer: Any) -> None:
        found: Any = database.run(work.work_item, offer.work_item_id)
        for act in (
            lambda: database.run(desk.accept_offer, offer.id, offer.agent_id),
            lambda: database.run(matching.cancel_work, found.case_id),
            lambda: database.run(desk.decline_offer, offer.id, offer.agent_id, "", OFFER_S),
        ):
            try:
                act()
            except HubError:
                continue

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(collide, [*pending, *pending]))
    clock.pass_by(2 * OFFER_S)
    while database.run(matching.time_out_offers, OFFER_S):
        continue
    for name in PEOPLE:
        for item in database.run(offers.desk_work, name):
            database.run(desk.finish_work, item.id, name, close_case=True, terms=TERMS)
    database.run(matching.time_out_offers, OFFER_S)
    for row in rows(database, "SELECT case_id FROM work_item WHERE state IN ('queued', 'offered')"):
        database.run(matching.cancel_work, row["case_id"])
    assert [load_of(database, name) for name in PEOPLE] == [0, 0, 0]
    assert broken_promises(database) == []


def test_freeswitch_1216_the_line_goes_on_after_the_last_agent_in_it_was_unavailable(
    database: Database, clock: Clock
) -> None:
    for name in PEOPLE:
        ready(database, name)
        clock.pass_by(1)
    database.run(desk.set_presence, PEOPLE[-1], Presence.PAUSED, OFFER_S, "break")
    queue(database, clock, "c1")
    for name in PEOPLE[:-1]:
        (offer,) = database.run(offers.pending_of, name)
        database.run(desk.decline_offer, offer.id, name, "", OFFER_S)
    assert [offered(database, name) for name in PEOPLE] == [[], [], []]
    clock.pass_by(DECLINED_REST_S + 1)
    database.run(matching.match_waiting, OFFER_S)
    assert [offered(database, name) for name in PEOPLE] == [["c1"], [], []]
    assert broken_promises(database) == []


def test_asterisk_1736_an_offer_answered_twice_at_once_counts_once(database: Database, clock: Clock) -> None:
    ready(database, "kim", chats=4)
    queue(database, clock, "c1")
    (offer,) = database.run(offers.pending_of, "kim")
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _: database.run(desk.accept_offer, offer.id, "kim"), range(4)))
    assert len({item.id for item in taken}) == 1
    found: Any = database.run(agents.agent, "kim")
    assert (found.load, found.sequence) == (A_CHAT, 2)
    assert broken_promises(database) == []
