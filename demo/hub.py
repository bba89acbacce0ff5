"""The hub under demonstration: ``hub120 up`` as a child process, on its usual ports or on free ones."""

from __future__ import annotations

import base64
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import urllib3

from demo.papago import CLIENT_ID
from demo.sms import OUR_NUMBER
from demo.staff import AGENT_LINE, TRUNK
from demo.trouble import Trouble, last_lines, near
from demo.volunteers import HIRED_FOR

READY_S = 90.0
LEAVE_S = 20.0
POLL_S = 0.05
OFFER_S = 3
"""How long an agent has to answer an offer: short, so that a missed one is seen to go on to somebody else."""
_KEPT = ("HUB120_LOG_LEVEL", "HUB120_OTLP_ENDPOINT", "HUB120_TRACE_RATIO")
_USUAL = {"http": 8120, "grpc": 8121, "worker": 8122}


@dataclass(frozen=True)
class Secrets:
    """What the providers and the hub share, new for each run."""

    kakaotalk: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    web: str = field(default_factory=lambda: "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode())
    sms_sid: str = field(default_factory=lambda: f"AC{secrets.token_hex(16)}")
    sms_token: str = field(default_factory=lambda: secrets.token_hex(16))
    interpreters: str = field(default_factory=lambda: "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode())
    alerts: str = field(default_factory=lambda: "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode())
    papago: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    exchange: str = field(default_factory=lambda: secrets.token_urlsafe(24))


@dataclass(frozen=True)
class Addresses:
    """Where the hub listens."""

    http: str
    grpc: str
    worker: str
    moved: Mapping[int, str]
    """Usual ports that were taken, and the addresses used instead."""

    @property
    def webhooks(self) -> str:
        """Scheme, host and port."""
        return f"http://{self.http}"


def addresses(environ: Mapping[str, str]) -> Addresses:
    """The addresses the environment names, else the usual ones, else free ones."""
    moved: dict[int, str] = {}
    found: dict[str, str] = {}
    for name, port in _USUAL.items():
        variable = f"HUB120_{name.upper()}_ADDRESS"
        found[name] = environ.get(variable) or f"127.0.0.1:{port}"
        if variable not in environ and not _free(port):
            found[name] = moved[port] = f"127.0.0.1:{_any_port()}"
    return Addresses(found["http"], found["grpc"], found["worker"], moved)


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _any_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Hub:
    """``hub120 up`` with its connectors set to the simulated providers."""

    def __init__(self, folder: Path, at: Addresses, shared: Secrets, providers: Mapping[str, str]) -> None:
        """``providers`` is where each simulated provider listens."""
        self._log = folder / "logs" / "hub120.log"
        self._at = at
        self._environment = _environment(folder, at, shared, providers)
        self._started = time.monotonic()
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "chassis.cli", "up"],
                env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def wait_ready(self) -> float:
        """Wait until both processes say that they are ready; returns how many seconds that took. Raises ``Trouble``."""
        pool = urllib3.PoolManager(retries=False)
        for address in (self._at.http, self._at.worker):
            while not _ready(pool, address):
                self.check()
                if time.monotonic() - self._started > READY_S:
                    raise Trouble(f"hub120 was not ready within {READY_S:g} s. Look into {near(self._log)}.")
                time.sleep(POLL_S)
        return time.monotonic() - self._started

    def command(self, *words: str) -> None:
        """Run ``hub120`` with these words. Raises ``Trouble`` with what it said if that failed."""
        done = subprocess.run(
            [sys.executable, "-m", "chassis.cli", *words],
            env=self._environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise Trouble(f"hub120 {' '.join(words)} failed:\n{done.stderr or done.stdout}")

    def check(self) -> None:
        """Raises ``Trouble`` if the hub has ended."""
        code = self._process.poll()
        if code is not None:
            told = last_lines(self._log)
            raise Trouble(f"hub120 ended by itself (code {code}). The end of {near(self._log)}:{told}")

    def stop(self) -> None:
        """Ask it to finish what it is doing, and wait."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(LEAVE_S)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def _environment(folder: Path, at: Addresses, shared: Secrets, providers: Mapping[str, str]) -> dict[str, str]:
    """What the hub is set to; of the settings around it only those that say where it tells of itself."""
    around = {name: value for name, value in os.environ.items() if not name.startswith("HUB120_")}
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {
        **around,
        **kept,
        "HUB120_DATA_DIR": str(folder),
        "HUB120_HTTP_ADDRESS": at.http,
        "HUB120_GRPC_ADDRESS": at.grpc,
        "HUB120_WORKER_ADDRESS": at.worker,
        "HUB120_PUBLIC_URL": at.webhooks,
        "HUB120_OFFER_SECONDS": str(OFFER_S),
        "HUB120_CHECK_IN_HOURS": "00:00-24:00",
        "HUB120_NOTICE_ROADS": '{"app": "web"}',
        "HUB120_APPROVE_ABOVE": "1",
        **_connectors(shared, providers),
    }


def _connectors(shared: Secrets, providers: Mapping[str, str]) -> dict[str, str]:
    """Their settings: each leads to a simulated provider."""
    return {
        "HUB120_CONNECTOR_CAP_SIGNING_SECRETS": f"weather={shared.alerts}",
        "HUB120_CONNECTOR_KAKAOTALK_PROVIDER_URL": providers["kakao"],
        "HUB120_CONNECTOR_KAKAOTALK_SKILL_SECRET": shared.kakaotalk,
        "HUB120_CONNECTOR_SMS_TWILIO_BASE_URL": providers["sms"],
        "HUB120_CONNECTOR_SMS_TWILIO_ACCOUNT_SID": shared.sms_sid,
        "HUB120_CONNECTOR_SMS_TWILIO_AUTH_TOKEN": shared.sms_token,
        "HUB120_CONNECTOR_SMS_TWILIO_FROM_NUMBER": OUR_NUMBER,
        "HUB120_CONNECTOR_WEB_REPLY_URL": f"{providers['site']}/replies",
        "HUB120_CONNECTOR_WEB_SIGNING_SECRET": shared.web,
        "HUB120_CONNECTOR_INTERPRETER_HTTP_PARTNER_URL": providers["interpreters"],
        "HUB120_CONNECTOR_INTERPRETER_HTTP_SIGNING_SECRET": shared.interpreters,
        "HUB120_CONNECTOR_INTERPRETER_HTTP_LANGUAGES": " ".join(HIRED_FOR),
        "HUB120_CONNECTOR_PHONE_ASTERISK_BASE_URL": providers["exchange"],
        "HUB120_CONNECTOR_PHONE_ASTERISK_USERNAME": "hub120",
        "HUB120_CONNECTOR_PHONE_ASTERISK_PASSWORD": shared.exchange,
        "HUB120_CONNECTOR_PHONE_ASTERISK_WAITING_MUSIC": "no",
        "HUB120_CONNECTOR_PHONE_ASTERISK_ENDPOINT": TRUNK,
        "HUB120_CONNECTOR_PHONE_ASTERISK_ACCOUNT_ENDPOINT": AGENT_LINE,
        "HUB120_CONNECTOR_PHONE_ASTERISK_ANNOUNCEMENT_MEDIA": "sound:tts/{language}/{text}",
        "HUB120_CONNECTOR_TRANSLATOR_PAPAGO_BASE_URL": providers["papago"],
        "HUB120_CONNECTOR_TRANSLATOR_PAPAGO_CLIENT_ID": CLIENT_ID,
        "HUB120_CONNECTOR_TRANSLATOR_PAPAGO_CLIENT_SECRET": shared.papago,
    }


def _ready(pool: urllib3.PoolManager, address: str) -> bool:
    try:
        return pool.request("GET", f"http://{address}/readyz", timeout=2).status == 200
    except urllib3.exceptions.HTTPError:
        return False
