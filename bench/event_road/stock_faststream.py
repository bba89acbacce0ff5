"""The same work with FastStream: a subscriber with a prefetch, async psycopg, a publish that waits for its confirm.

Quorum queues as ours. There is no outbox here either: what is published after the commit is lost if the process ends
in between. It is spared the outbox's statements.
"""

from __future__ import annotations

import asyncio
import os
from typing import Any

import psycopg
from faststream import FastStream
from faststream.rabbit import Channel, QueueType, RabbitBroker, RabbitQueue

CONNECTIONS = 16
PREFETCH = 100

broker = RabbitBroker(os.environ.get("BENCH_BROKER", "amqp://"), default_channel=Channel(prefetch_count=PREFETCH))
incoming = RabbitQueue(
    os.environ.get("BENCH_NAMESPACE", "") + "faststream-in", queue_type=QueueType.QUORUM, durable=True
)
outgoing = os.environ.get("BENCH_NAMESPACE", "") + "faststream-out"
app = FastStream(broker)
idle: asyncio.Queue[psycopg.AsyncConnection] = asyncio.Queue()


@app.on_startup
async def connect() -> None:
    """Open the connections."""
    for _ in range(CONNECTIONS):
        options = "-csearch_path=bench"
        await idle.put(await psycopg.AsyncConnection.connect(os.environ["BENCH_POSTGRES"], options=options))


@broker.subscriber(incoming)
async def contact_received(event: dict[str, Any]) -> None:
    """Handle one event."""
    connection = await idle.get()
    try:
        async with connection.transaction():
            if not await claimed(connection, event["id"]):
                return
            await connection.execute("UPDATE tally SET events = events + 1 WHERE id = %s", (int(event["case_id"]),))
    finally:
        idle.put_nowait(connection)
    await broker.publish({"id": event["id"], "case_id": event["case_id"]}, outgoing, persist=True)


async def claimed(connection: psycopg.AsyncConnection, event_id: str) -> bool:
    """Whether this event is handled for the first time."""
    insert = "INSERT INTO inbox (event_id, received_at) VALUES (%s, extract(epoch FROM now())) ON CONFLICT DO NOTHING"
    return (await connection.execute(insert, (event_id,))).rowcount == 1


if __name__ == "__main__":
    try:
        import uvloop
    except ImportError:
        asyncio.run(app.run())
    else:
        uvloop.run(app.run())
