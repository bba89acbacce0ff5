"""What every program of the simulated outside world has in common: it is told what to do on its standard input, one
line of JSON and later ``go``, and reports what happens on its standard output, one line each.

A program ends when its input ends, so that none outlives the demonstration. Times are those of the machine's monotonic
clock, which all processes share.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

from demo.citizens import Message

WRITING_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Order:
    """What a program is told before it starts."""

    webhooks: str
    """Where the hub takes webhooks: scheme, host and port."""
    grpc: str
    run: str
    """Three letters that every marker of this run begins with."""
    seed: int
    contacts: int
    rate: float
    """Messages a second over all channels."""
    secrets: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """One thing that happened, as a program tells it."""

    kind: str
    """ready, sent, accepted, refused, reply, offered, interpreted, photo, manners or told."""
    contact: str = ""
    """The marker of the message concerned."""
    at: float = 0.0
    words: str = ""


class Program:
    """The two pipes of a program."""

    def __init__(self) -> None:
        line = sys.stdin.readline()
        if not line.startswith("{"):
            sys.exit("This program is one of those that `python -m demo` starts; run that instead.")
        self.order = Order(**json.loads(line))
        self._go = threading.Event()
        self._started = 0.0
        self._writing = threading.Lock()
        threading.Thread(target=self._listen, name="orders", daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin:
            self._started = float(line.split()[1])
            self._go.set()
        os._exit(0)

    def report(self, kind: str, contact: str = "", words: str = "", at: float | None = None) -> None:
        """Tell the demonstration."""
        line = json.dumps(asdict(Report(kind, contact, time.monotonic() if at is None else at, words)))
        with self._writing:
            print(line, flush=True)

    def wait_for_go(self) -> float:
        """Wait until the sample begins, and return when that is."""
        self._go.wait()
        return self._started

    def stay(self) -> None:
        """Wait for the end."""
        threading.Event().wait()

    def write(self, messages: Iterable[Message], say: Callable[[Message], None]) -> None:
        """Have each message said when it is due. Whatever ``say`` raises ends the program."""
        started = self.wait_for_go()
        with ThreadPoolExecutor(WRITING_AT_ONCE) as pool:
            said = []
            for message in messages:
                time.sleep(max(0.0, started + message.due_s - time.monotonic()))
                said.append(pool.submit(say, message))
        for one in said:
            one.result()
