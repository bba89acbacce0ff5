"""The same work the way nameko's documentation shows it: an event handler, a transaction with psycopg, a dispatch.

Its queues are classic, each dispatch waits for its own confirm, and there is no outbox: the event is dispatched once
the transaction has committed, and lost if the process ends in between. It is spared the outbox's statements.
"""

from __future__ import annotations

import eventlet

eventlet.monkey_patch()

import os  # noqa: E402 - everything below must load after the patch

os.environ["PSYCOPG_WAIT_FUNC"] = "wait_select"  # without it every other greenlet stands still during a query

from typing import Any  # noqa: E402

import psycopg  # noqa: E402
from eventlet.queue import Queue  # noqa: E402
from nameko.events import EventDispatcher, event_handler  # noqa: E402
from nameko.extensions import DependencyProvider  # noqa: E402
from nameko.runners import ServiceRunner  # noqa: E402

WORKERS = int(os.environ.get("BENCH_WORKERS", "10"))


class Connections(DependencyProvider):  # type: ignore[misc] # nameko has no type hints
    """A connection for each worker."""

    def setup(self) -> None:
        """Open them."""
        self._idle = Queue()
        for _ in range(WORKERS):
            self._idle.put(psycopg.connect(os.environ["BENCH_POSTGRES"], options="-csearch_path=bench"))

    def get_dependency(self, worker_ctx: Any) -> Queue:
        """The idle ones."""
        return self._idle


class Contacts:
    """The nameko service."""

    name = os.environ.get("BENCH_NAMESPACE", "") + "nameko"
    dispatch = EventDispatcher()
    connections = Connections()

    @event_handler(os.environ.get("BENCH_NAMESPACE", "") + "source", "contact_received")  # type: ignore[untyped-decorator]
    def contact_received(self, event: dict[str, Any]) -> None:
        """Handle one event."""
        connection = self.connections.get()
        try:
            with connection.transaction():
                if not claimed(connection, event["id"]):
                    return
                connection.execute("UPDATE tally SET events = events + 1 WHERE id = %s", (int(event["case_id"]),))
        finally:
            self.connections.put(connection)
        self.dispatch("case_closed", {"id": event["id"], "case_id": event["case_id"]})


def claimed(connection: psycopg.Connection, event_id: str) -> bool:
    """Whether this event is handled for the first time."""
    insert = "INSERT INTO inbox (event_id, received_at) VALUES (%s, extract(epoch FROM now())) ON CONFLICT DO NOTHING"
    return connection.execute(insert, (event_id,)).rowcount == 1


if __name__ == "__main__":
    runner = ServiceRunner({"AMQP_URI": os.environ["BENCH_BROKER"], "max_workers": WORKERS})
    runner.add_service(Contacts)
    runner.start()
    runner.wait()
