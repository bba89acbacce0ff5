"""A wire between a client and a server that can go dead without hanging up, and can speak TLS to the client."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Wire:
    """Relays ``port`` to the server's; while ``cut`` is set nothing passes, and nobody is told."""

    def __init__(self, server_port: int, trust: ssl.SSLContext | None) -> None:
        self.cut = threading.Event()
        self.port = 0
        self._server_port, self._trust = server_port, trust
        self._ends: set[asyncio.StreamWriter] = set()
        self._relays: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        self._ready.wait(timeout=30)

    def close(self) -> None:
        """Hang up on everybody."""
        self._loop.call_soon_threadsafe(self._done.set)
        self._thread.join(timeout=30)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        self._done = asyncio.Event()
        server = await asyncio.start_server(self._meet, "127.0.0.1", 0, ssl=self._trust)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._done.wait()
        server.close()
        for end in self._ends:
            end.transport.abort()
        if self._relays:
            await asyncio.wait(self._relays, timeout=5)

    def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        relay = asyncio.ensure_future(self._relay(reader, writer))
        self._relays.add(relay)
        relay.add_done_callback(self._relays.discard)

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._server_port)
        except OSError:  # nobody is there: the client hears it as it would without the wire
            return await _hung_up(writer)
        ends = {writer, far_writer}
        self._ends |= ends
        await asyncio.gather(self._carry(reader, far_writer), self._carry(far_reader, writer))
        self._ends -= ends
        for end in ends:
            await _hung_up(end)

    async def _carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(65536):
                if not self.cut.is_set():
                    sink.write(data)
                    await sink.drain()
        sink.close()


async def _hung_up(end: asyncio.StreamWriter) -> None:
    end.close()
    with contextlib.suppress(OSError):
        await end.wait_closed()


@contextmanager
def relayed(server_port: int, trust: ssl.SSLContext | None = None) -> Iterator[Wire]:
    """A wire to the server; with ``trust`` it speaks TLS from the first byte."""
    wire = Wire(server_port, trust)
    try:
        yield wire
    finally:
        wire.close()
