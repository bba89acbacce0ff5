"""Listening to the broadcast: a queue that goes when its connection goes, and a loop that makes another."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

from chassis.bus.amqp.envelope import unwrap
from chassis.bus.amqp.link import Link, LinkLost
from chassis.bus.ports import BusUnavailable, Message

_LOOK_S = 0.25
"""How soon ``stopped`` is noticed."""

_LONGEST_LAG = 50_000
"""Events the broker keeps for a listener that does not keep up; it drops the oldest."""

log = logging.getLogger(__name__)


def listen(
    open_link: Callable[[], Link],
    exchange: str,
    patterns: Sequence[str],
    deliver: Callable[[Message], None],
    stopped: Callable[[], bool],
) -> None:
    """Hand events over until ``stopped``, on as many connections as that takes."""
    pause_s = _LOOK_S
    while not stopped():
        try:
            link = open_link()
        except BusUnavailable as error:
            log.warning("the broadcast is interrupted: %s", error)
            time.sleep(pause_s)
            continue
        try:
            with contextlib.suppress(LinkLost):
                _consume(link, exchange, patterns, deliver)
                while not stopped():
                    link.pump(_LOOK_S)
                    link.beat()
        finally:
            link.close()


def _consume(link: Link, exchange: str, patterns: Sequence[str], deliver: Callable[[Message], None]) -> None:
    with link.using() as channel:
        channel.exchange_declare(exchange, "topic", durable=True, auto_delete=False)
        name = channel.queue_declare("", exclusive=True, auto_delete=True, arguments={"x-max-length": _LONGEST_LAG})[0]
        for pattern in patterns:
            channel.queue_bind(name, exchange, routing_key=pattern)
    link.consume(name, lambda raw: _hand_over(raw, deliver), no_ack=True)


def _hand_over(raw: Any, deliver: Callable[[Message], None]) -> None:
    message, _ = unwrap(raw)
    try:
        deliver(message)
    except Exception:  # a listener's fault must not end the broadcast
        log.exception("a subscriber failed on event %s (%s)", message.id, message.key)
