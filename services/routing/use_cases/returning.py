"""Returning: work whose agent did not answer their telephone goes back to its place, and the agent is asked no more
until they say that they are there."""

from __future__ import annotations

from chassis.database import Tx
from chassis.statements import Row
from services.routing.domain.agents import TELEPHONE, ChangeKind, Presence
from services.routing.domain.work import WorkState
from services.routing.store import agents, conferences, desks, offers, work
from services.routing.use_cases import talking, transferring
from services.routing.use_cases.matching import desk_signal, leave, offer_waiting


def return_unreached(tx: Tx, offer_s: float) -> bool:
    """Give back the work of one agent who was not reached; False if there is none. Done twice, the second time finds
    none. Whoever changes a desk takes the agent first, so this is not done where the talk fails."""
    agent_id = conferences.unreached_agent(tx)
    if agent_id is None:
        return False
    for row in conferences.take_unreached(tx, agent_id):
        item = work.open_work(tx, row.case_id, lock=True)
        if item is not None and _waits(tx, item, agent_id):
            transferring.conversation_ended(tx, item, offer_s)
            _give_back(tx, row.case_id, agent_id, offer_s)
    return True


def _waits(tx: Tx, item: Row, agent_id: str) -> bool:
    """The agent still has it, and the citizen waits, on the line or to be called back."""
    waits = item.callback_at is not None or talking.on_the_line(tx, item.case_id) is not None
    return waits and item.agent_id == agent_id and item.state == WorkState.ASSIGNED


def _give_back(tx: Tx, case_id: str, agent_id: str, offer_s: float) -> None:
    """Work that a department has been asked to take over stays with its agent until the department has."""
    item = work.open_work(tx, case_id, lock=True)
    if item is None or item.transfer_id:
        return
    offers.unreached(tx, item.id, agent_id)
    work.give_back(tx, item.id)
    sequence, _ = desks.desk_changed(
        tx, agent_id, ChangeKind.WORK, item.id, WorkState.QUEUED, load=-item.cost
    )  # fmt: skip
    desk_signal(tx, agent_id, sequence)
    agent = agents.agent(tx, agent_id)
    if agent is not None and agent.presence == Presence.READY:
        leave(tx, agent_id, Presence.PAUSED, offer_s, TELEPHONE)
    offer_waiting(tx, item.id, offer_s)
