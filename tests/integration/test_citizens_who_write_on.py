"""Citizens who write while an agent is at work, or in the moment they finish: nobody's words end unseen, on either
database, in whatever order routing and intake hear of each other."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from hub120.intake.v1 import events_pb2 as intake_events
from hub120.routing.v1 import events_pb2 as routing_events

from chassis.database import Database, Tx
from chassis.errors import PreconditionFailed
from services.intake.domain.contacts import Kept, NewContact, Sender
from services.intake.store import cases
from services.intake.tables import metadata as intake_metadata
from services.intake.use_cases import casework, receiving
from services.routing.store import offers, work
from services.routing.tables import metadata as routing_metadata
from services.routing.use_cases import desk, desk_reading, matching
from tests.integration.databases import Clock, opened
from tests.integration.routing_floor import TERMS, broken_promises, new_work, ready

TIMES = 25


class Centre:
    """Both services' use cases, and the events between them carried by hand, in the order the test chooses."""

    def __init__(self, intake: Database, routing: Database, clock: Clock) -> None:
        self.intake, self.routing, self._clock = intake, routing, clock
        self._written = 0

    def receive(self, citizen: str) -> intake_events.ContactReceived:
        """Intake stores a message; returns what routing will be told."""
        self._written += 1
        new = NewContact("web", "text", f"{citizen}/{self._written}", Sender("account", citizen), text="안녕하세요")

        def use_case(tx: Tx) -> tuple[Kept, list[bytes]]:
            kept = receiving.receive_contact(tx, new, lambda parked: parked)
            return kept, [one.body for one in tx.outgoing if one.key.endswith("ContactReceived")]

        _, (body,) = self.intake.run(use_case)
        return intake_events.ContactReceived.FromString(body)

    def hear(self, event: intake_events.ContactReceived, language: str = "ko") -> matching.Enqueued:
        """Routing is told of a message."""
        new = new_work(event.case_id, self._clock, language=language, contact_sequence=event.sequence)
        became: list[matching.Enqueued] = []
        self.routing.run(matching.enqueue, new, TERMS, became.append)
        return became[-1]

    def take(self, agent: str) -> Any:
        """The agent accepts what is offered first."""
        return self.routing.run(desk.accept_offer, self.routing.run(offers.pending_of, agent)[0].id, agent)

    def finish(self, item: Any, agent: str, *, seen: int = 0) -> routing_events.WorkDone:
        """The agent finishes and closes the case; returns what intake will be told."""

        def use_case(tx: Tx) -> list[bytes]:
            desk.finish_work(tx, item.id, agent, close_case=True, seen=seen, terms=TERMS)
            return [one.body for one in tx.outgoing if one.key.endswith("WorkDone")]

        (body,) = self.routing.run(use_case)
        return routing_events.WorkDone.FromString(body)

    def settle(self, done: routing_events.WorkDone) -> None:
        """Intake is told that the agent has finished."""
        self.intake.run(
            casework.put_down, done.case_id, done.agent_id, close=done.close_case, seen=done.contact_sequence
        )

    def state(self, case_id: str) -> str:
        """Where the case stands."""
        found = self.intake.run(cases.case, case_id)
        assert found is not None
        return str(found.state)

    def waits_for_somebody(self, case_id: str) -> bool:
        """True if work on the case is open."""
        return self.routing.run(work.open_work, case_id) is not None


@pytest.fixture
def centre(database_address: str, clock: Clock) -> Iterator[Centre]:
    with (
        opened(database_address, "intake", intake_metadata, clock) as intake,
        opened(database_address, "routing", routing_metadata, clock) as routing,
    ):
        yield Centre(intake, routing, clock)


@pytest.fixture
def item(centre: Centre) -> Any:
    """Work that kim has taken."""
    ready(centre.routing, "kim")
    centre.hear(centre.receive("citizen"))
    return centre.take("kim")


def test_what_is_written_again_is_counted_and_shown_on_the_desk(centre: Centre, item: Any) -> None:
    enqueued = centre.hear(centre.receive("citizen"))
    assert (enqueued.work_item_id, enqueued.waits, enqueued.news) == (item.id, False, True)
    before = centre.routing.run(desk_reading.read_desk, "kim")
    centre.routing.run(desk.show_news, item.id)
    (told,) = centre.routing.run(desk_reading.read_changes, "kim", before.sequence) or []
    shown: Any = told.work_item
    assert (told.change.state, shown.id, shown.contact_count) == ("assigned", item.id, 2)
    assert broken_promises(centre.routing) == []


def test_what_is_written_before_anybody_took_the_work_counts_as_seen_by_who_does(centre: Centre) -> None:
    ready(centre.routing, "kim")
    centre.hear(centre.receive("citizen"))
    assert not centre.hear(centre.receive("citizen")).news
    item = centre.take("kim")
    assert (item.contact_count, item.seen_count) == (2, 2)
    centre.settle(centre.finish(item, "kim"))
    assert (centre.state(item.case_id), centre.waits_for_somebody(item.case_id)) == ("closed", False)


def test_work_is_not_finished_over_words_that_its_agent_has_not_seen(centre: Centre, item: Any) -> None:
    centre.hear(centre.receive("citizen"))
    with pytest.raises(PreconditionFailed) as refused:
        centre.finish(item, "kim", seen=1)
    assert refused.value.reason == "WORK_HAS_NEWS"
    centre.settle(centre.finish(item, "kim", seen=2))
    assert (centre.state(item.case_id), centre.waits_for_somebody(item.case_id)) == ("closed", False)
    assert centre.routing.run(desk.finish_work, item.id, "kim", close_case=True, seen=1, terms=TERMS).id == item.id


def test_who_does_not_say_what_they_have_seen_leaves_the_rest_to_the_next(centre: Centre, item: Any) -> None:
    for _ in range(2):
        centre.hear(centre.receive("citizen"))
    centre.settle(centre.finish(item, "kim"))
    assert centre.state(item.case_id) == "open"
    again = centre.take("kim")
    assert (again.case_id, again.contact_count, again.id != item.id) == (item.case_id, 2, True)
    centre.settle(centre.finish(again, "kim"))
    assert (centre.state(item.case_id), centre.waits_for_somebody(item.case_id)) == ("closed", False)
    assert broken_promises(centre.routing) == []


@pytest.mark.parametrize("intake_hears_first", [True, False])
def test_a_case_is_not_closed_over_words_that_routing_hears_of_too_late(
    centre: Centre, item: Any, *, intake_hears_first: bool
) -> None:
    late = centre.receive("citizen")
    done = centre.finish(item, "kim", seen=1)
    if intake_hears_first:
        centre.settle(done)
    centre.hear(late)
    if not intake_hears_first:
        centre.settle(done)
    assert centre.state(item.case_id) == "open"
    again = centre.take("kim")
    assert again.case_id == item.case_id
    centre.settle(centre.finish(again, "kim", seen=1))
    assert centre.state(item.case_id) == "closed"


def test_a_message_after_the_case_was_closed_opens_another(centre: Centre, item: Any) -> None:
    centre.settle(centre.finish(item, "kim", seen=1))
    assert centre.receive("citizen").case_id != item.case_id


@pytest.mark.parametrize("says_what_was_seen", [True, False])
def test_in_the_very_moment_of_finishing_nothing_is_lost(centre: Centre, *, says_what_was_seen: bool) -> None:
    """Each time a citizen writes twice more, an agent finishes, and intake hears of it, all at once."""
    for number in range(TIMES):
        ready(centre.routing, f"agent-{number}", languages=(f"x{number}",))
        centre.hear(centre.receive(f"citizen-{number}"), f"x{number}")
        item = centre.take(f"agent-{number}")
        written, finished = all_at_once(centre, number, item, item.contact_count if says_what_was_seen else 0)
        joined = [event for event in written if event.case_id == item.case_id]
        assert all(centre.waits_for_somebody(event.case_id) for event in written)
        assert (centre.state(item.case_id) == "closed") == (not joined)
        assert finished or joined
    assert broken_promises(centre.routing) == []


def all_at_once(centre: Centre, number: int, item: Any, seen: int) -> tuple[list[intake_events.ContactReceived], bool]:
    """What the citizen wrote, and whether the agent could finish."""
    start = Barrier(3)

    def write() -> intake_events.ContactReceived:
        start.wait()
        event = centre.receive(f"citizen-{number}")
        centre.hear(event, f"x{number}")
        return event

    def finish() -> bool:
        start.wait()
        try:
            centre.settle(centre.finish(item, f"agent-{number}", seen=seen))
        except PreconditionFailed:
            return False
        return True

    with ThreadPoolExecutor(3) as pool:
        finishing, writing = pool.submit(finish), [pool.submit(write) for _ in range(2)]
        return [one.result() for one in writing], finishing.result()
