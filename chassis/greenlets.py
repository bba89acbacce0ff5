"""How a greenlet waits for PostgreSQL: straight at eventlet's hub, which costs half of its imitation of ``select``."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from eventlet.green import select
from eventlet.hubs import trampoline
from psycopg.waiting import Ready, Wait


def wait(conversation: Generator[Wait, Ready, Any], socket: int, interval: float = 0.0) -> Any:
    """Run psycopg's conversation to its end and return what it returns; other greenlets run meanwhile."""
    try:
        wanted = next(conversation)
        while True:
            wanted = conversation.send(_ready(socket, wanted))
    except StopIteration as end:
        return end.value


def _ready(socket: int, wanted: Wait) -> Ready:
    if wanted == Wait.R:
        trampoline(socket, read=True)
        return Ready.R
    readable, writable, _ = select.select([socket], [socket], [])  # the server reads no faster than it answers
    return Ready((Ready.R if readable else 0) | (Ready.W if writable else 0))
