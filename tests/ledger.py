"""What really lies in a hub's databases and queues, read past the hub: connections and a keyring of our own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from chassis.bus import Bus, connect
from chassis.crypto import Keyring
from tests.hub import RunningHub
from tests.waiting import eventually

SERVICES = ("intake", "outreach", "referral", "routing", "translation")
BROKEN_PROMISES = {
    "load is not what lies on the desk": """SELECT agent.id FROM agent WHERE load <>
        coalesce((SELECT sum(cost) FROM work_item WHERE work_item.agent_id = agent.id
           AND work_item.state IN ('offered', 'assigned', 'wrapping')), 0)
        + coalesce((SELECT sum(cost) FROM transfer JOIN work_item ON work_item.id = transfer.work_item_id
           WHERE transfer.department = '' AND ((transfer.state = 'offered' AND transfer.to_agent_id = agent.id)
           OR (transfer.state = 'joined' AND transfer.from_agent_id = agent.id))), 0)""",
    "two pending offers": """SELECT work_item_id AS id FROM offer WHERE state = 'pending'
        GROUP BY work_item_id HAVING count(*) > 1""",
    "offered without a pending offer": """SELECT id FROM work_item WHERE state = 'offered' AND NOT EXISTS
        (SELECT 1 FROM offer WHERE offer.work_item_id = work_item.id AND offer.state = 'pending')""",
    "a pending offer of work that is not offered to them": """SELECT offer.id FROM offer
        JOIN work_item ON work_item.id = offer.work_item_id WHERE offer.state = 'pending'
        AND (work_item.state <> 'offered' OR work_item.agent_id <> offer.agent_id) AND NOT EXISTS (
            SELECT 1 FROM transfer WHERE transfer.id = offer.transfer_id AND transfer.id = work_item.transfer_id
            AND transfer.state = 'offered' AND transfer.to_agent_id = offer.agent_id
            AND transfer.from_agent_id = work_item.agent_id AND work_item.state = 'assigned')""",
    "a transfer is offered without a pending offer": """SELECT id FROM transfer
        WHERE state = 'offered' AND department = '' AND NOT EXISTS (SELECT 1 FROM offer
            WHERE offer.transfer_id = transfer.id AND offer.state = 'pending')""",
    "a transfer is open and its work does not know it, or has another agent than it says": """SELECT transfer.id
        FROM transfer JOIN work_item ON work_item.id = transfer.work_item_id
        WHERE transfer.state IN ('requested', 'offered', 'joined') AND (
            work_item.transfer_id IS NULL OR work_item.transfer_id <> transfer.id
            OR work_item.state NOT IN ('assigned', 'wrapping') OR work_item.agent_id <>
                CASE WHEN transfer.state = 'joined' THEN transfer.to_agent_id ELSE transfer.from_agent_id END)""",
    "work is in a transfer that has ended": """SELECT work_item.id FROM work_item
        JOIN transfer ON transfer.id = work_item.transfer_id WHERE transfer.ended_at IS NOT NULL""",
    "a transfer has ended without a time": """SELECT id FROM transfer
        WHERE (ended_at IS NULL) <> (state IN ('requested', 'offered', 'joined'))""",
    "who has work has left it": """SELECT id FROM work_item WHERE state IN ('assigned', 'wrapping') AND NOT EXISTS (
        SELECT 1 FROM offer WHERE offer.work_item_id = work_item.id AND offer.agent_id = work_item.agent_id
        AND offer.state = 'accepted' AND offer.left_at IS NULL)""",
    "who has not left work has it no more": """SELECT offer.id FROM offer
        JOIN work_item ON work_item.id = offer.work_item_id WHERE offer.state = 'accepted' AND offer.left_at IS NULL
        AND work_item.agent_id <> offer.agent_id AND NOT EXISTS (
            SELECT 1 FROM transfer WHERE transfer.id = work_item.transfer_id
            AND transfer.state = 'joined' AND transfer.from_agent_id = offer.agent_id)""",
    "a pending offer on the desk of somebody who is away": """SELECT offer.id FROM offer
        JOIN agent ON agent.id = offer.agent_id WHERE offer.state = 'pending' AND agent.presence <> 'ready'""",
    "queued work has an agent": "SELECT id FROM work_item WHERE state = 'queued' AND agent_id IS NOT NULL",
    "two open work items of one case": """SELECT case_id AS id FROM work_item
        WHERE state IN ('queued', 'offered', 'assigned', 'wrapping') GROUP BY case_id HAVING count(*) > 1""",
    "a gap on the desk": """SELECT agent.id FROM agent WHERE sequence <>
        (SELECT count(*) FROM desk_change WHERE desk_change.agent_id = agent.id)
        OR sequence <> (SELECT coalesce(max(sequence), 0) FROM desk_change WHERE desk_change.agent_id = agent.id)""",
    "work that has ended without a time": """SELECT id FROM work_item
        WHERE (ended_at IS NULL) = (state IN ('done', 'abandoned', 'cancelled'))""",
    "a callback that is offered before its time": """SELECT id FROM work_item
        WHERE held_until IS NOT NULL AND state NOT IN ('queued', 'abandoned', 'cancelled')""",
    "taken without an offer": """SELECT id FROM work_item WHERE state IN ('offered', 'assigned', 'wrapping', 'done')
        AND NOT EXISTS
        (SELECT 1 FROM offer WHERE offer.work_item_id = work_item.id)""",
}
"""Queries on routing's tables that find something where a promise is broken."""


class Ledger:
    """Reads a hub's two databases, opens what is sealed there, and looks into its queues."""

    def __init__(self, hub: RunningHub) -> None:
        self._hub = hub
        self._keyring_file = Path(hub.environment["HUB120_KEYS_FILE"])
        self._engines = {service: sa.create_engine(**self._address(service)) for service in SERVICES}

    def _address(self, service: str) -> dict[str, Any]:
        address = self._hub.environment.get("HUB120_DATABASE", "")
        if not address:
            return {"url": f"sqlite:///{self._hub.folder}/{service}.db", "connect_args": {"timeout": 30}}
        options = {"options": f"-csearch_path={service}"}
        return {"url": address, "connect_args": options, "poolclass": sa.NullPool}

    def close(self) -> None:
        """Let go of the connections."""
        for engine in self._engines.values():
            engine.dispose()

    def rows(self, service: str, query: str, **values: Any) -> list[Mapping[str, Any]]:
        """The rows of a query."""
        with self._engines[service].connect() as connection:
            return [dict(row) for row in connection.execute(sa.text(query), values).mappings()]

    def change(self, service: str, statement: str, **values: Any) -> None:
        """Change something behind the hub's back."""
        with self._engines[service].begin() as connection:
            connection.execute(sa.text(statement), values)

    def one(self, service: str, query: str, **values: Any) -> Any:
        """The one value of a query."""
        (row,) = self.rows(service, query, **values)
        (value,) = row.values()
        return value

    @property
    def keys(self) -> Keyring:
        """The keyring as it is now."""
        return Keyring.load(self._keyring_file)

    def texts(self) -> Counter[str]:
        """What citizens wrote, opened, with how often each text lies in a case."""
        keys = self.keys
        return Counter(
            keys.open_text(bytes(row["text"]), table="contact", column="text", row=row["id"])
            for row in self.rows("intake", "SELECT id, text FROM contact")
        )

    @contextmanager
    def bus(self) -> Iterator[Bus]:
        """The hub's bus, opened by us."""
        address = self._hub.environment.get("HUB120_BUS", f"local:///{self._hub.folder}/bus.db")
        opened = connect(address)
        try:
            yield opened
        finally:
            opened.close()

    def outbox(self) -> int:
        """Messages that wait to be published."""
        return sum(self.one(service, "SELECT count(*) FROM outbox") for service in SERVICES)

    def wait_until_drained(self, within_s: float = 30.0) -> None:
        """Everything committed is published and every event is handled."""
        eventually(lambda: self.outbox() == 0, within_s, "the outboxes being empty")
        with self.bus() as bus:
            eventually(lambda: not any(bus.ready(service) for service in SERVICES), within_s, "the queues being empty")

    def dead(self) -> list[str]:
        """Why messages were given up."""
        queues = [*SERVICES, "connector.web.reply"]
        with self.bus() as bus:
            return [f"{queue}: {one.reason}" for queue in queues for one in bus.dead(queue)]

    def inconsistencies(self) -> list[str]:
        """What of routing's promises does not hold: nothing, at any moment between two transactions."""
        return [
            f"{rule}: {row['id']}" for rule, query in BROKEN_PROMISES.items() for row in self.rows("routing", query)
        ]
