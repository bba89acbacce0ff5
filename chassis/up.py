"""``hub120 up``: the whole hub on one machine. This process is the api; the worker is its child, started again should
it die."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

from chassis import api_process, logs
from chassis.process import migrate_services, prepare
from chassis.service import choose
from chassis.settings import Settings

AGAIN_S = 1.0

_log = logs.get_logger("up")


def run_all(settings: Settings) -> None:
    """Run until SIGTERM or Ctrl-C."""
    prepare(settings)
    services = choose("all")
    migrate_services(settings, services, contract=True)
    worker = _Worker()
    try:
        api_process.run(settings, services, started=lambda: _tell(settings))
    finally:
        worker.stop()


class _Worker:
    """The worker process."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._child = self._start()
        self._watch = threading.Thread(target=self._keep, name="keep-worker", daemon=True)
        self._watch.start()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "chassis.cli", "serve", "all", "worker"]
        return subprocess.Popen(command, env=os.environ, start_new_session=True)  # noqa: S603 - ourselves

    def _keep(self) -> None:
        while not self._stopping.is_set():
            code = self._child.wait()
            if not self._stopping.wait(AGAIN_S):
                _log.error("worker_died", code=code)
                self._child = self._start()

    def stop(self) -> None:
        """Ask it to finish what it is doing."""
        self._stopping.set()
        self._child.terminate()
        try:
            self._child.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self._child.kill()


def _tell(settings: Settings) -> None:
    here = f"http://{settings.http_address}/"
    print(f"hub120 is up: pages {here}  webhooks {here}channels/…  gRPC {settings.grpc_address}", flush=True)
