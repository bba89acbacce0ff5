"""Agents who take calls, as tests lead them: work, offers, telephones and the conferences that connect them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services.routing.domain.conference import AGAIN_S, AGENT_RING_S, GRACE_S, LegState, Role
from services.routing.domain.talks import AGENT_CALLS
from services.routing.store import conferences, offers, work
from services.routing.use_cases import desk, returning
from tests.integration.conference_floor import CASE, LINES, Floor
from tests.integration.routing_floor import OFFER_S

CONNECTING = replace(LINES, connects=True, key="1")
NOT_ANSWERED_S = AGENT_RING_S + GRACE_S


class Centre(Floor):
    """A floor on which agents take calls."""

    def take(self, name: str = "kim") -> Any:
        """Accept the first offer; the work item."""
        offer, *_ = self.database.run(offers.pending_of, name)
        item = self.run(desk.accept_offer, offer.id, name, OFFER_S, self.lines)
        self.conference_id = item.conference_id or ""
        return item

    def find(self) -> Any:
        """The conference of the case that goes on."""
        row = self.database.run(conferences.open_of_case, CASE)
        self.conference_id = row.id if row else self.conference_id
        return row

    def item(self) -> Any:
        return self.database.run(work.open_work, CASE)

    def not_answered(self) -> None:
        """The agent's telephone rings, as often as it is called, and nobody is there."""
        for _ in range(AGENT_CALLS):
            self.done(self.last(Role.AGENT).id)
            self.hear(self.last(Role.AGENT).id, LegState.RINGING)
            self.pass_by(NOT_ANSWERED_S)
            self.pass_by(AGAIN_S)

    def legs_of(self, agent_id: str) -> list[Any]:
        """The telephones of an agent in the conference."""
        return [leg for leg in self.found.legs if leg.agent_id == agent_id]

    def gives_back(self) -> None:
        """The timer that gives work back."""
        while self.run(returning.return_unreached, OFFER_S):
            pass
