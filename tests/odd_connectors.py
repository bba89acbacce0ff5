"""Connectors that break every promise, and a host to put them in; on threads, or on greenlets where asked for."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from hub120_sdk import (
    Address,
    AddressKind,
    Attachment,
    Content,
    Delivery,
    Inbound,
    Limits,
    Manifest,
    Outbound,
    Receipt,
    Received,
    Request,
    Response,
)

from chassis.connectors.host import Host
from chassis.connectors.registry import Found, Registry
from chassis.connectors.runner import Runner, ThreadRunner

CITIZEN = Address(AddressKind.ACCOUNT, "citizen-1")
MESSAGE = Inbound("m-1", CITIZEN, "가로등이 꺼졌어요")
REPLY = Outbound("r-1", CITIZEN, "곧 고치겠습니다")
REQUEST = Request("POST", "https://hub.example/channels/odd/abc123?secret=hush", {})
ODD = Manifest("odd", "Odd", frozenset({"channel"}), "tests", limits=Limits(parse_deadline_s=0.3, send_deadline_s=0.3))
GOOD = Manifest("good", "Good", frozenset({"channel"}), "tests")
"""It has the time that connectors usually have, however busy the machine is."""


class Odd:
    """Does as the test says."""

    def __init__(self, **does: Any) -> None:
        self._does = does

    def parse(self, request: Request) -> Sequence[Inbound | Receipt]:
        done: Sequence[Inbound | Receipt] = self._do("parse", [MESSAGE])
        return done

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        done: Response = self._do("answer", Response())
        return done

    def send(self, message: Outbound) -> Receipt:
        done: Receipt = self._do("send", Receipt(Delivery.SENT))
        return done

    def fetch(self, attachment: Attachment) -> Content:
        done: Content = self._do("fetch", Content(b"x"))
        return done

    def _do(self, name: str, default: Any) -> Any:
        does = self._does.get(name, default)
        if isinstance(does, BaseException):
            raise does
        return does() if callable(does) else does


def runner() -> Runner:
    if os.environ.get("HUB120_TEST_RUNNER") == "greenlets":
        made: Runner = import_module("chassis.connectors.greenlets").GreenletRunner()
        return made
    return ThreadRunner()


class Time:
    """A monotonic clock that tests move."""

    def __init__(self) -> None:
        self.now_s = 1_000.0

    def __call__(self) -> float:
        return self.now_s


def now() -> datetime:
    return datetime.now(UTC)


def host(*found: Found, environ: Mapping[str, str] | None = None, **options: Any) -> Host:
    registry = Registry({one.manifest.id: one for one in found})
    return Host(registry, environ or {}, now, runner=runner(), **options)


def odd(manifest: Manifest = ODD, **does: Any) -> Found:
    return Found(manifest, "tests.odd", lambda context: Odd(**does))


def odd_in(call: str, does: Any) -> Found:
    return Found(ODD, "tests.odd", lambda context: Odd(**{call: does}))


def hang() -> Callable[[], None]:
    return threading.Event().wait  # type: ignore[return-value]


def spin() -> None:
    while True:
        pass
