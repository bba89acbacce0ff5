"""The day itself: citizens come, agents take what the hub offers them, and at every full hour the promises are looked
after."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from bench.day.centres import Centre
from bench.day.hub import Hub
from bench.day.people import DAY_S, Contact, citizens, staff
from bench.day.promises import broken_now
from bench.day.seats import Seat
from bench.day.timeline import Timeline
from chassis.database import Database
from services.routing.domain.work import NewWork
from services.routing.store import work
from services.routing.use_cases.matching import Terms

_SWEEP_S = 600.0
_CALLS = frozenset({"voice", "video"})


@dataclass
class Outcome:
    """What a day was like for who watched it from outside."""

    sent: Counter[str] = field(default_factory=Counter)
    """Contacts of each case."""
    broken: list[str] = field(default_factory=list)
    """Promises that did not hold at a full hour."""
    happened: int = 0
    transactions: int = 0
    took_s: float = 0.0
    used_s: float = 0.0
    """Of our processor."""


class Day:
    """One day of a centre on a database whose clock is the timeline. The same seed brings the same people."""

    def __init__(self, database: Database, timeline: Timeline, centre: Centre, seed: int, *, looks: int = 24) -> None:
        self.outcome = Outcome()
        self._timeline = timeline
        self._hub = Hub(database, timeline, Terms(centre.offer_s, plans=centre.plans))
        self._latest: dict[str, Contact] = {}
        self._waiting: set[str] = set()
        luck = random.Random(seed)
        self._contacts: Sequence[Contact] = citizens(centre, luck)
        self._seats = [
            Seat(self._hub, person, centre.habits, random.Random(luck.random()), self._take)
            for person in staff(centre, luck)
        ]
        self._looks = [DAY_S * (number + 1) / looks for number in range(looks)]

    def run(self, tell: Callable[[float], object] = lambda _: None) -> Outcome:
        """From midnight until nothing more happens."""
        for seat in self._seats:
            seat.begin()
        for contact in self._contacts:
            self._timeline.at(contact.at, partial(self._come, contact))
        for moment in self._looks:
            self._timeline.at(moment, self._look)
        self._sweep()
        self.outcome.happened = self._timeline.run(tell)
        self._look()
        self.outcome.transactions = self._hub.transactions
        return self.outcome

    def _come(self, contact: Contact) -> None:
        new = NewWork(
            contact.case_id,
            contact.medium,
            contact.language,
            (),
            "phone" if contact.medium == "voice" else "web",
            self._timeline().timestamp(),
            contact.priority_class,
            topic=contact.topic,
            opens_case=contact.opens_case,
        )
        self.outcome.sent[contact.case_id] += 1
        self._latest[contact.case_id] = contact
        if self._hub.contact(new).news:
            return  # an agent has the case already, and sees it
        self._waiting.add(contact.case_id)
        for after_s in self._hub.steps_of(new):
            self._timeline.later(after_s, partial(self._step_ends, contact.case_id))
        if contact.medium in _CALLS:
            self._timeline.later(contact.patience_s, partial(self._hang_up, contact))

    def _step_ends(self, case_id: str) -> None:
        if case_id in self._waiting:
            self._hub.due(self._timeline.now)

    def _take(self, item: Any) -> Contact:
        """An agent has taken work: whose it is."""
        self._waiting.discard(item.case_id)
        return self._latest[item.case_id]

    def _hang_up(self, contact: Contact) -> None:
        """The caller has waited long enough; some of them call again."""
        if contact.case_id not in self._waiting:
            return
        self._hub.hung_up(contact.case_id)
        if self._hub.do(work.open_work, contact.case_id) is not None:
            return  # they have written too, and that is not forgotten
        self._waiting.discard(contact.case_id)
        if contact.redials_after_s is not None:
            again = replace(contact, opens_case=False, redials_after_s=None)
            self._timeline.later(contact.redials_after_s, partial(self._come, again))

    def _sweep(self) -> None:
        """The sweep finds what was left over; ten minutes apart, since whoever leaves something says so."""
        self._hub.due(self._timeline.now)
        if self._timeline.now < DAY_S or self._waiting:
            self._timeline.later(_SWEEP_S, self._sweep)

    def _look(self) -> None:
        self.outcome.broken += broken_now(self._hub.database)
