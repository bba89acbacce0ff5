"""What lies on a desk now, kept up with what the desk's stream tells."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from hub120.routing.v1 import routing_service_pb2 as routing
from hub120.routing.v1 import work_pb2 as work

_HAD = frozenset({work.WORK_STATE_ASSIGNED, work.WORK_STATE_WRAPPING})


@dataclass
class DeskNow:
    """Offers, work and transfers by their ids; of transfers also those that ended while somebody looked."""

    agent: work.Agent = field(default_factory=work.Agent)
    offers: dict[str, work.Offer] = field(default_factory=dict)
    work_items: dict[str, work.WorkItem] = field(default_factory=dict)
    transfers: dict[str, work.Transfer] = field(default_factory=dict)
    _taken: int = 0
    _happened: asyncio.Event = field(default_factory=asyncio.Event)

    async def changes(self) -> AsyncIterator[DeskNow]:
        """Itself, as soon as anything is known of it, and again after it changed."""
        seen = 0
        while True:
            while seen == self._taken:
                await self._happened.wait()
            seen = self._taken
            yield self

    def take(self, told: routing.WatchDeskResponse) -> work.Offer | None:
        """Keep up; returns an offer that is new."""
        new = self._take(told)
        self._taken += 1
        self._happened.set()
        self._happened = asyncio.Event()
        return new

    def _take(self, told: routing.WatchDeskResponse) -> work.Offer | None:
        match told.WhichOneof("what"):
            case "desk":
                self._take_desk(told.desk)
            case "offer":
                return self._take_offer(told.offer)
            case "work_item":
                self._take_work(told.work_item)
            case "transfer":
                self._take_transfer(told.transfer)
        return None

    def _take_desk(self, desk: routing.Desk) -> None:
        self.agent = desk.agent
        self.offers = {one.id: one for one in desk.offers}
        self.work_items = {one.id: one for one in desk.work_items}
        self.transfers = {one.id: one for one in desk.transfers}

    def _take_offer(self, offer: work.Offer) -> work.Offer | None:
        if offer.state != work.OFFER_STATE_PENDING:
            self.offers.pop(offer.id, None)
            return None
        new = offer.id not in self.offers
        self.offers[offer.id] = offer
        return offer if new else None

    def _take_work(self, item: work.WorkItem) -> None:
        if item.state in _HAD and (item.agent_id == self.agent.id or self._gives_up(item.id)):
            self.work_items[item.id] = item
        else:
            self.work_items.pop(item.id, None)

    def _gives_up(self, work_item_id: str) -> bool:
        """Whether another agent has joined in it, and this one is still with them."""
        joined, me = work.TRANSFER_STATE_JOINED, self.agent.id
        found = (one for one in self.transfers.values() if one.work_item_id == work_item_id)
        return any(one.state == joined and one.from_agent_id == me for one in found)

    def _take_transfer(self, transfer: work.Transfer) -> None:
        self.transfers[transfer.id] = transfer
        if transfer.state == work.TRANSFER_STATE_COMPLETED and transfer.from_agent_id == self.agent.id:
            self.work_items.pop(transfer.work_item_id, None)

    def work_of(self, case_id: str) -> Sequence[work.WorkItem]:
        """The work by which the agent has a case."""
        return [one for one in self.work_items.values() if one.case_id == case_id]

    def transfers_of(self, case_id: str) -> Sequence[work.Transfer]:
        """The transfers of a case, the first first."""
        return sorted((one for one in self.transfers.values() if one.case_id == case_id), key=lambda one: one.id)
