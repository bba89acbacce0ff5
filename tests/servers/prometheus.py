"""The Prometheus of tests: Debian's, found or installed, asked about an exposition that it scrapes from the test."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx

from tests.servers.machine import NotToBeHad, free_port, install
from tests.waiting import eventually

PACKAGE = "prometheus"


def make_sure() -> str:
    """Its program, installed where it may be. Raises ``NotToBeHad``."""
    if shutil.which(PACKAGE) is None:
        install(PACKAGE)
    found = shutil.which(PACKAGE)
    if found is None:
        raise NotToBeHad(f"{PACKAGE} was installed, but its program was not found")
    return found


class Prometheus:
    """A running one."""

    def __init__(self, port: int) -> None:
        self._client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30)

    def asked(self, query: str) -> list[dict[str, Any]]:
        """The series that a query finds now. Fails where the query is none."""
        answer = self._client.get("/api/v1/query", params={"query": query}).json()
        assert answer["status"] == "success", f"{query}: {answer.get('error')}"
        found: list[dict[str, Any]] = answer["data"]["result"]
        return found

    def close(self) -> None:
        """Ask nothing more."""
        self._client.close()

    def scraped(self, times: int) -> bool:
        """Whether the exposition was read so often."""
        found = self.asked("count_over_time(up[10m])")
        return bool(found) and float(found[0]["value"][1]) >= times

    def ready(self) -> bool:
        """Whether it answers."""
        try:
            return self._client.get("/-/ready").status_code == 200
        except httpx.TransportError:
            return False


@contextmanager
def running(folder: Path, served: list[str]) -> Iterator[Prometheus]:
    """One that scrapes the last of ``served`` every half second."""
    program = make_sure()
    with _exposing(served) as exposed:
        settings = folder / "prometheus.yml"
        job = f"[{{job_name: hub, scrape_interval: 500ms, static_configs: [{{targets: ['127.0.0.1:{exposed}']}}]}}]"
        settings.write_text(f"scrape_configs: {job}\n")
        port = free_port()
        with (folder / "prometheus.log").open("wb") as log:
            process = subprocess.Popen(
                [
                    program, f"--config.file={settings}", f"--storage.tsdb.path={folder / 'tsdb'}",
                    f"--web.listen-address=127.0.0.1:{port}",
                ],
                stdout=log, stderr=log, env=dict(os.environ),
            )  # fmt: skip
        found = Prometheus(port)
        try:
            eventually(found.ready, 60, "Prometheus being ready")
            yield found
        finally:
            found.close()
            process.terminate()
            process.wait(timeout=30)


@contextmanager
def _exposing(served: list[str]) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = served[-1].encode()
            self.send_response(200)
            self.send_header("content-type", "text/plain; version=0.0.4")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Tests have enough to print."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
