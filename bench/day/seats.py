"""Agents at their seats: they come, answer offers or not, talk, write up, rest and go. All they know of the hub is
their desk."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from typing import Any

from bench.day.centres import Habits
from bench.day.hub import Hub, News
from bench.day.people import Break, Contact, Person, around
from bench.day.timeline import MIDNIGHT
from services.routing.domain.agents import ChangeKind, Presence
from services.routing.domain.offers import MISSED_BEFORE_PAUSE, OfferState
from services.routing.domain.work import WorkState
from services.routing.use_cases import desk

_BACK_S = 90.0


class Seat:
    """One agent's day. ``taken`` hears which work item was taken, and says whose contact it is."""

    def __init__(
        self, hub: Hub, person: Person, habits: Habits, luck: random.Random, taken: Callable[[Any], Contact]
    ) -> None:
        self._hub, self._timeline, self._person = hub, hub.timeline, person
        self._habits, self._luck, self._taken = habits, luck, taken
        self.id = person.agent.id
        self.work: dict[str, WorkState] = {}
        self._contacts: dict[str, int] = {}
        self._asked: set[str] = set()
        self._missed = 0
        self._away_until = self._rests_until = 0.0

    def begin(self) -> None:
        """Be known to the hub, and keep the day's hours."""
        self._hub.desks[self.id] = self.hear
        self._hub.do(desk.put_agent, self._person.agent)
        for begins, ends in self._person.shifts:
            self._timeline.at(begins, partial(self._show, Presence.READY))
            self._timeline.at(ends, partial(self._show, Presence.OFFLINE))
        for one in self._person.breaks:
            self._timeline.at(one.at, partial(self._rest, one))

    def hear(self, news: News) -> None:
        """Something happened on the desk."""
        if news.kind is ChangeKind.WORK:
            self.work[news.subject_id] = WorkState(news.state)
            self._contacts[news.subject_id] = news.contacts
        elif news.state == OfferState.PENDING:
            self._asked.add(news.subject_id)
            self._consider(news.subject_id)
        else:
            self._asked.discard(news.subject_id)
            if news.state == OfferState.TIMED_OUT:
                self._miss()

    def _consider(self, offer_id: str) -> None:
        now, luck, habits = self._timeline.now, self._luck, self._habits
        if now >= self._away_until and luck.random() < habits.leaves:
            self._away_until = now + around(luck, habits.away_s)
        if now < self._away_until:
            self._hub.due(now + self._hub.terms.offer_s)
            return
        delay_s = min(around(luck, habits.answer_s), self._hub.terms.offer_s * 0.9)
        answer = self._decline if luck.random() < habits.declines else self._accept
        self._timeline.later(delay_s, partial(answer, offer_id))

    def _decline(self, offer_id: str) -> None:
        if offer_id in self._asked:
            self._hub.do(desk.decline_offer, offer_id, self.id, "", self._hub.terms.offer_s)
            self._hub.refused()

    def _accept(self, offer_id: str) -> None:
        if offer_id not in self._asked:
            return
        self._asked.discard(offer_id)
        item = self._hub.do(desk.accept_offer, offer_id, self.id)
        self._missed = 0
        contact = self._taken(item)
        self._timeline.later(contact.talk_s, partial(self._talked, item, contact.wrap_up_s))

    def _talked(self, item: Any, wrap_up_s: float) -> None:
        """The conversation is over; a caller hangs up."""
        if item.medium != "text":
            self._hub.hung_up(item.case_id)
        if self.work[item.id] is WorkState.ASSIGNED:
            self._hub.do(desk.start_wrap_up, item.id, self.id)
        self._timeline.later(wrap_up_s, partial(self._finish, item))

    def _finish(self, item: Any) -> None:
        seen, terms = self._contacts[item.id], self._hub.terms
        self._hub.do(desk.finish_work, item.id, self.id, close_case=True, seen=seen, terms=terms)

    def _miss(self) -> None:
        """After so many missed the hub pauses the agent, who comes back and says so."""
        self._missed += 1
        self._hub.refused()
        if self._missed == MISSED_BEFORE_PAUSE:
            self._missed = 0
            self._timeline.later(around(self._luck, _BACK_S), self._come_back)

    def _come_back(self) -> None:
        now = self._timeline.now
        if now >= self._rests_until and any(begins <= now < ends for begins, ends in self._person.shifts):
            self._away_until = now
            self._show(Presence.READY)

    def _rest(self, one: Break) -> None:
        self._rests_until = one.at + one.lasts_s
        self._hub.due(self._rests_until)
        returns = MIDNIGHT.timestamp() + self._rests_until
        self._missed = 0
        self._hub.do(desk.set_presence, self.id, Presence.PAUSED, self._hub.terms.offer_s, one.reason, returns)

    def _show(self, presence: Presence) -> None:
        self._missed = 0
        self._hub.do(desk.set_presence, self.id, presence, self._hub.terms.offer_s)
