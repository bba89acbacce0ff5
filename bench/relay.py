"""The relay: outbox rows until they are confirmed in a quorum queue, against one confirm a message with kombu.

``python -m bench.relay``. Both take the same rows from PostgreSQL, publish, and delete them in the transaction that
took them.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from datetime import UTC, datetime

import kombu
import sqlalchemy as sa
from hub120.intake.v1 import events_pb2

from bench import machine
from bench.figures import CONSOLE, Figure, finish
from bench.surroundings import Broker, Surroundings, surroundings
from chassis import messages
from chassis.bus import Queue, connect
from chassis.database import Database, outbox_row
from chassis.outbox import Relay, outbox_table

ROWS, PEER_ROWS, ROUNDS = 40_000, 3_000, 3
BODY_BYTES = 500
SERVICE = "bench"
TAKE = sa.text(
    "DELETE FROM outbox WHERE seq = ANY(ARRAY(SELECT seq FROM outbox ORDER BY seq LIMIT 500 FOR UPDATE SKIP LOCKED))"
    " RETURNING id, key, body"
)
QUEUE = Queue("relayed", frozenset({messages.key_of(events_pb2.ContactReceived)}))


def prepared(around: Surroundings) -> Database:
    """A service's database with an outbox."""
    database = Database(around.database, SERVICE, around.keyring())
    metadata = sa.MetaData()
    outbox_table(metadata)
    with database.engine.begin() as connection:
        connection.execute(sa.text(f"CREATE SCHEMA {SERVICE}"))
        metadata.create_all(connection)
    return database


def fill(database: Database, rows: int) -> None:
    """Put so many messages into the outbox."""
    now = datetime.now(UTC)
    event = messages.event(events_pb2.ContactReceived(), source=SERVICE, subject="s", now=now, traceparent="")
    row = outbox_row(replace(event, body=b"x" * BODY_BYTES), now)
    columns = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    insert = sa.text(f"INSERT INTO outbox ({columns}) SELECT {values} FROM generate_series(1, {rows})")
    with database.engine.begin() as connection:
        connection.execute(insert, row)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("VACUUM ANALYZE outbox"))


def ours(database: Database, around: Surroundings, rows: int) -> float:
    """Messages a second by the hub's relay."""
    bus = connect(around.bus)
    relay = Relay(database, bus, [QUEUE])
    fill(database, 1)
    relay.once()  # declares, connects
    fill(database, rows)
    started = time.perf_counter()
    sent = 0
    while sent < rows:
        sent += relay.once()
    took_s = time.perf_counter() - started
    bus.close()
    return rows / took_s


def one_by_one(database: Database, around: Surroundings, rows: int) -> float:
    """Messages a second by kombu, one confirm each."""
    fill(database, rows)
    exchange = kombu.Exchange(f"{around.namespace}hub120.events", "topic", durable=True, passive=True)
    with kombu.Connection(around.broker, transport_options={"confirm_publish": True}) as connection:
        producer = connection.Producer(exchange=exchange)
        started = time.perf_counter()
        sent = 0
        while sent < rows:
            with database.engine.begin() as transaction:
                for row in transaction.execute(TAKE).all():
                    producer.publish(bytes(row.body), routing_key=row.key, delivery_mode=2, message_id=row.id)
                    sent += 1
        return rows / (time.perf_counter() - started)


def measure() -> list[Figure]:
    """Interleaved rounds; medians."""
    with surroundings() as around:
        database, broker = prepared(around), Broker(around.broker)
        mine, peers = [], []
        for number in range(1, ROUNDS + 1):
            mine.append(ours(database, around, ROWS))
            peers.append(one_by_one(database, around, PEER_ROWS))
            CONSOLE.print(f"  round {number} of {ROUNDS}: {mine[-1]:,.0f}/s, kombu one by one {peers[-1]:,.0f}/s")
        queue = around.namespace + QUEUE.name
        arrived, expected = broker.depth(queue), ROUNDS * (ROWS + PEER_ROWS + 1)
        assert arrived == expected, f"{arrived} messages in the queue, {expected} were sent"
        broker.channel.queue_purge(queue)
        broker.close()
        database.close()
    rate, peer = statistics.median(mine), statistics.median(peers)
    note = f"kombu one by one {peer:,.0f}/s; all {expected:,} in the queue; load {machine.load()}"
    return [Figure("relay: outbox rows confirmed in a quorum queue", rate, "/s", 8_000, ratio=rate / peer, note=note)]


if __name__ == "__main__":
    finish("Relay", measure())
