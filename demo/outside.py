"""The simulated outside world, seen from the demonstration: its programs start, report and end here."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from demo.program import Order, Report
from demo.trouble import Trouble, last_lines, near

PROVIDERS = ("kakao", "sms", "site", "interpreters", "papago", "exchange")
AGENTS = "agents"
READY_S = 60.0
LEAVE_S = 5.0


class Outside:
    """The programs that run, and one queue of all their reports."""

    def __init__(self, folder: Path) -> None:
        self._logs = folder / "logs"
        self._running: dict[str, subprocess.Popen[str]] = {}
        self._reports: queue.Queue[tuple[str, Report]] = queue.Queue()

    def start(self, name: str, order: Order) -> None:
        """Start ``python -m demo.<name>``."""
        with (self._logs / f"{name}.log").open("ab") as log:
            running = subprocess.Popen(
                [sys.executable, "-m", f"demo.{name}"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, encoding="utf-8",
                start_new_session=True,
            )  # fmt: skip
        self._running[name] = running
        self._tell(name, json.dumps(asdict(order)))
        threading.Thread(target=self._listen, args=(name, running), name=f"reports-{name}", daemon=True).start()

    def _tell(self, name: str, line: str) -> None:
        pipe = self._running[name].stdin
        if pipe is None:
            return
        try:
            pipe.write(f"{line}\n")
            pipe.flush()
        except BrokenPipeError:
            self.check()

    def _listen(self, name: str, running: subprocess.Popen[str]) -> None:
        for line in running.stdout or ():
            self._reports.put((name, Report(**json.loads(line))))

    def wait_ready(self, *names: str) -> dict[str, str]:
        """Wait until each of these is ready; returns what each said then: its address, if it has one."""
        found: dict[str, str] = {}
        deadline = time.monotonic() + READY_S
        while set(names) - found.keys():
            for name, report in self.reports(0.1):
                if report.kind == "ready":
                    found[name] = report.words
            if time.monotonic() > deadline:
                late = ", ".join(sorted(set(names) - found.keys()))
                raise Trouble(
                    f"These programs were not ready within {READY_S:g} s: {late}. Look into {near(self._logs)}/."
                )
        return found

    def go(self) -> None:
        """Let the citizens begin."""
        now = time.monotonic()
        for name in PROVIDERS:
            self._tell(name, f"go {now}")

    def reports(self, wait_s: float) -> Iterator[tuple[str, Report]]:
        """What was reported, waiting a moment if there is nothing. Raises ``Trouble`` if a program has ended."""
        self.check()
        try:
            yield self._reports.get(timeout=wait_s)
            while True:
                yield self._reports.get_nowait()
        except queue.Empty:
            return

    def check(self) -> None:
        """Raises ``Trouble`` if a program has ended."""
        for name, running in self._running.items():
            if running.poll() is not None:
                log = self._logs / f"{name}.log"
                raise Trouble(f"demo.{name} ended by itself. The end of {near(log)}:{last_lines(log)}")

    def stop(self) -> None:
        """End all of them."""
        for running in self._running.values():
            running.terminate()
        for running in self._running.values():
            try:
                running.wait(LEAVE_S)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait()
