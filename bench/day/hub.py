"""Routing as its processes run it: a transaction for each use case, timers when something is due, and what desks hear.

Timers come at the same half seconds as in a worker, but only at those where something can be due: the others would find
nothing.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from hub120.routing.v1 import events_pb2

from bench.day.timeline import Timeline
from chassis.database import Database, Tx
from services.routing import protos
from services.routing.domain import plans
from services.routing.domain.agents import ChangeKind
from services.routing.domain.offers import DECLINED_REST_S, OfferState
from services.routing.domain.work import NewWork
from services.routing.use_cases import desk, desk_reading, matching
from services.routing.use_cases.desk_reading import Change
from services.routing.use_cases.matching import Enqueued, Terms

TICK_S = 0.5
_STATES = {number: state.value for state, number in protos.WORK_STATES.items()}


@dataclass(frozen=True, slots=True)
class News:
    """A change on a desk, as its agent's front end hears it."""

    kind: ChangeKind
    subject_id: str
    """The offer or the work item."""
    state: str
    contacts: int
    """Of the work item."""


class Hub:
    """One replica on a database with a simulated clock."""

    def __init__(self, database: Database, timeline: Timeline, terms: Terms) -> None:
        self.database, self.timeline, self.terms = database, timeline, terms
        self.desks: dict[str, Callable[[News], object]] = {}
        self.transactions = 0
        self._heard: dict[str, int] = defaultdict(int)
        self._ticks: set[int] = set()

    def do(self, use_case: Any, *arguments: Any, **more: Any) -> Any:
        """Run a use case; the desks hear what it changed."""
        self.transactions += 1
        result = self.database.run(use_case, *arguments, **more)
        for message in self.database.take_signals():
            self._hear(events_pb2.DeskChanged.FromString(message.body))
        return result

    def contact(self, new: NewWork) -> Enqueued:
        """A case needs a person, as ``Worker.contact_received`` does it; returns what became of it."""
        became: list[Enqueued] = []
        self.do(self._enqueue, new, became.append)
        return became[-1]

    def hung_up(self, case_id: str) -> None:
        """The citizen's leg has ended, as ``Worker.call_changed`` does it."""
        self.do(self._call_ended, case_id)

    def steps_of(self, new: NewWork) -> list[float]:
        """After how many seconds each further step of this work counts."""
        ends, waited = [], 0.0
        for step in plans.course(self.terms.plans, new).steps[:-1]:
            waited += step.wait_s
            ends.append(waited)
        return ends

    def refused(self) -> None:
        """Somebody will not have an offer: work that nobody else could take is offered to them again after a rest."""
        self.due(self.timeline.now + DECLINED_REST_S)

    def due(self, moment: float) -> None:
        """Timers find something at the next half second after that."""
        tick = math.floor(moment / TICK_S) + 1
        if tick not in self._ticks:
            self._ticks.add(tick)
            self.timeline.at(tick * TICK_S, partial(self._tick, tick))

    def _enqueue(self, tx: Tx, new: NewWork, tell: Callable[[Enqueued], object]) -> None:
        matching.enqueue(tx, new, self.terms, partial(self._enqueued, tx, tell))

    def _enqueued(self, tx: Tx, tell: Callable[[Enqueued], object], became: Enqueued) -> None:
        tell(became)
        if became.waits:
            self._look_again(tx)
        if became.news:
            tx.once_committed("news", partial(self.database.run, desk.show_news, became.work_item_id))

    def _call_ended(self, tx: Tx, case_id: str) -> None:
        if desk.call_ended(tx, case_id):
            self._look_again(tx)

    def _look_again(self, tx: Tx) -> None:
        tx.once_committed("look again", self._match)

    def _match(self) -> None:
        self.database.run(matching.match_waiting, self.terms.offer_s)

    def _tick(self, tick: int) -> None:
        self._ticks.discard(tick)
        offer_s = self.terms.offer_s
        for timer in (matching.time_out_offers, matching.relax_waiting):
            while self.do(timer, offer_s):
                continue
        self.do(matching.return_from_pauses, offer_s)
        self.do(matching.match_waiting, offer_s)

    def _hear(self, changed: events_pb2.DeskChanged) -> None:
        """As a stream does: what follows is taken from the signal, anything else is read."""
        agent_id, heard = changed.agent_id, self._heard[changed.agent_id]
        if changed.sequence <= heard:
            return
        if changed.sequence == heard + 1 and changed.WhichOneof("what"):
            self._heard[agent_id] = changed.sequence
            self.desks[agent_id](_signalled(changed))
            return
        changes = self.database.read(desk_reading.read_changes, agent_id, heard)
        assert changes is not None, f"the desk of {agent_id} has not kept what came after {heard}"
        for change in changes:
            self._heard[agent_id] += 1
            assert change.change.sequence == self._heard[agent_id], f"a gap on the desk of {agent_id}"
            self.desks[agent_id](_read(change))


def _signalled(changed: events_pb2.DeskChanged) -> News:
    if changed.HasField("offer"):
        offer = changed.offer
        return News(ChangeKind.OFFER, offer.id, OfferState.PENDING, offer.work_item.contact_count)
    item = changed.work_item
    return News(ChangeKind.WORK, item.id, _STATES[item.state], item.contact_count)


def _read(found: Change) -> News:
    change = found.change
    contacts = found.work_item.contact_count if found.work_item else 0
    return News(ChangeKind(change.kind), change.subject_id, change.state, contacts)
