"""Every built-in connector on the kit's bench, for tests that put the same question to all of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hub120_sdk import HttpAnswer, Manifest
from hub120_sdk.testing import Bench

from plugins import BUILT_IN


def packages(*capabilities: str) -> list[str]:
    """Those that have one of these capabilities."""
    names = [module.__name__ for module in BUILT_IN]
    return [name for name in names if Manifest.load(name).capabilities & {*capabilities}]


class NoWayOut:
    """An ``Http`` that nobody may use."""

    def request(self, *_: Any, **__: Any) -> HttpAnswer:
        """Fail the test."""
        raise AssertionError("what was sent to the hub made it call somebody")


@contextmanager
def bench_of(package: str, http: Any) -> Iterator[Bench]:
    """The bench, with a connector whose way out is ``http``."""
    with Bench(package) as bench:
        bench.http = http
        bench.connector = bench.make(bench.suite.secrets)
        yield bench
