"""What lies on a desk now, kept up with what the desk's stream tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hub120.routing.v1 import routing_service_pb2 as routing
from hub120.routing.v1 import work_pb2 as work

_HAD = frozenset({work.WORK_STATE_ASSIGNED, work.WORK_STATE_WRAPPING})
_OPEN_TRANSFERS = frozenset({work.TRANSFER_STATE_REQUESTED, work.TRANSFER_STATE_OFFERED, work.TRANSFER_STATE_JOINED})


@dataclass
class DeskNow:
    """Offers, work and transfers by their ids."""

    agent: work.Agent = field(default_factory=work.Agent)
    offers: dict[str, work.Offer] = field(default_factory=dict)
    work_items: dict[str, work.WorkItem] = field(default_factory=dict)
    transfers: dict[str, work.Transfer] = field(default_factory=dict)

    def take(self, told: routing.WatchDeskResponse) -> work.Offer | None:
        """Keep up; returns an offer that is new."""
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
        if item.state in _HAD and item.agent_id == self.agent.id:
            self.work_items[item.id] = item
        else:
            self.work_items.pop(item.id, None)

    def _take_transfer(self, transfer: work.Transfer) -> None:
        if transfer.state in _OPEN_TRANSFERS:
            self.transfers[transfer.id] = transfer
        else:
            self.transfers.pop(transfer.id, None)

    def work_of(self, case_id: str) -> Sequence[work.WorkItem]:
        """The work by which the agent has a case."""
        return [one for one in self.work_items.values() if one.case_id == case_id]
