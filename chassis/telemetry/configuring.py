"""Where a process sends its spans and metrics: said once at its start, ended once at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chassis.telemetry.exporting import Exporting

METRICS_EVERY_S = 15.0
_exporting: Exporting | None = None


def configure(
    service: str,
    instance_kind: str,
    otlp_endpoint: str | None,
    *,
    sample_ratio: float = 1.0,
    strict: bool = False,
    metrics_every_s: float = METRICS_EVERY_S,
) -> None:
    """Send this process's spans and metrics to ``otlp_endpoint`` (``http://collector:4318``), or nowhere.

    Without an endpoint trace ids are still made, logged and handed on. In a worker, call it after eventlet has patched
    the standard library. Calling it again replaces what was said before. ``strict`` raises for undeclared attributes.
    """
    global _exporting  # noqa: PLW0603 - the process has one
    shutdown()
    if otlp_endpoint:
        from chassis.telemetry import exporting  # noqa: PLC0415 - a process that sends nothing need not carry it

        resource = exporting.described(service, instance_kind)
        _exporting = exporting.Exporting(
            otlp_endpoint, resource, sample_ratio=sample_ratio, strict=strict, metrics_every_s=metrics_every_s
        )
        _exporting.begin()


def flush(timeout_s: float = 5.0) -> None:
    """Send what is waiting now."""
    if _exporting:
        _exporting.flush(timeout_s)


def shutdown(timeout_s: float = 5.0) -> None:
    """Send what is waiting and stop; returns after ``timeout_s`` even if nobody answers."""
    global _exporting
    ended, _exporting = _exporting, None
    if ended:
        ended.end(timeout_s)
