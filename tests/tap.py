"""A tap on a hub's bus: everything that passes, as it goes over the wire, headers and all."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from urllib.parse import parse_qs, urlsplit

import kombu

from tests.hub import RunningHub

QUEUES = (
    *(f"connector.{name}.reply" for name in ("web", "sms_twilio", "kakaotalk")),
    "connector.phone_asterisk.call",
)


class Tap:
    """Bound to both exchanges of RabbitMQ; on the local bus it looks into the file, where broadcasts are kept."""

    def __init__(self, hub: RunningHub) -> None:
        self._file = hub.folder / "bus.db"
        self._connection: kombu.Connection | None = None
        address = hub.environment.get("HUB120_BUS", "")
        if address:
            self._bind(address)

    def _bind(self, address: str) -> None:
        namespace = parse_qs(urlsplit(address).query).get("namespace", [""])[0]
        self._connection = kombu.Connection(address.partition("?")[0])
        channel = self._connection.default_channel
        self._queue = channel.queue_declare("", exclusive=True).queue
        channel.queue_bind(self._queue, f"{namespace}hub120.events", routing_key="#")
        for queue in QUEUES:
            channel.queue_bind(self._queue, f"{namespace}hub120.tasks", routing_key=namespace + queue)

    def taken(self) -> list[bytes]:
        """What passed so far: properties, headers and body of each message."""
        if self._connection is None:
            return self._from_file()
        found = []
        while (message := self._connection.default_channel.basic_get(self._queue, no_ack=True)) is not None:
            body = message.body if isinstance(message.body, bytes) else message.body.encode()
            told = json.dumps([message.delivery_info, message.properties], default=str, ensure_ascii=False)
            found.append(told.encode() + b"\n" + body)
        return found

    def _from_file(self) -> list[bytes]:
        with closing(sqlite3.connect(self._file)) as connection:
            rows = connection.execute("SELECT key, headers, body FROM broadcast").fetchall()
        return [f"{key} {headers}\n".encode() + body for key, headers, body in rows]

    def close(self) -> None:
        """Take the tap away."""
        if self._connection is not None:
            self._connection.release()
