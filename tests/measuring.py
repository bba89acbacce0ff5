"""Measurements that a test takes as a process does that sends metrics."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import MetricReader

from chassis.telemetry import metrics


@contextmanager
def measuring(*readers: MetricReader) -> Iterator[None]:
    """While the block lasts everything declared measures: what the hub sums is in ``sending.summed``, the rest is read
    by these readers of the library."""
    metrics.bind(MeterProvider(readers, shutdown_on_exit=False).get_meter("test"))
    try:
        yield
    finally:
        metrics.unbind()
