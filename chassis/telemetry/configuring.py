"""Where a process keeps or sends its spans and metrics: said once at its start, ended once at its end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opentelemetry.sdk.resources import Resource

    from chassis.telemetry.exporting import Exporting
    from chassis.telemetry.recording import Recording

METRICS_EVERY_S = 15.0


@dataclass(frozen=True, slots=True)
class Keep:
    """Spans are kept in a file, about so many of the newest."""

    file: Path
    spans: int


class _Configured:
    """What the process does with its spans and metrics now."""

    recording: Recording | None = None
    exporting: Exporting | None = None


def configure(
    service: str,
    instance_kind: str,
    otlp_endpoint: str | None,
    *,
    keep: Keep | None = None,
    sample_ratio: float = 1.0,
    strict: bool = False,
    metrics_every_s: float = METRICS_EVERY_S,
) -> None:
    """Send this process's spans and metrics to ``otlp_endpoint`` (``http://collector:4318``), keep its spans in a file,
    both, or neither.

    With neither, trace ids are still made, logged and handed on. In a worker, call it after eventlet has patched
    the standard library. Calling it again replaces what was said before. ``strict`` raises for undeclared attributes.
    """
    shutdown()
    if not otlp_endpoint and keep is None:
        return
    from chassis.telemetry import recording  # noqa: PLC0415 - a process that records nothing need not carry it

    resource, following = recording.described(service, instance_kind), []
    if otlp_endpoint:
        _Configured.exporting = _sending(otlp_endpoint, resource, metrics_every_s)
        following.append(_Configured.exporting.spans)
    if keep is not None:
        from chassis.telemetry import keeping  # noqa: PLC0415 - as above

        following.append(keeping.kept_in(keep.file, keep.spans))
    _Configured.recording = recording.Recording(resource, following, sample_ratio=sample_ratio, strict=strict)
    _Configured.recording.begin()


def _sending(endpoint: str, resource: Resource, metrics_every_s: float) -> Exporting:
    from chassis.telemetry import exporting  # noqa: PLC0415 - a process that sends nothing need not carry it

    sending = exporting.Exporting(endpoint, resource, metrics_every_s=metrics_every_s)
    sending.begin()
    return sending


def flush(timeout_s: float = 5.0) -> None:
    """Hand over what is waiting now."""
    if _Configured.recording:
        _Configured.recording.flush(timeout_s)
    if _Configured.exporting:
        _Configured.exporting.flush(timeout_s)


def shutdown(timeout_s: float = 5.0) -> None:
    """Hand over what is waiting and stop; returns after ``timeout_s`` even if nobody answers."""
    recording, _Configured.recording = _Configured.recording, None
    exporting, _Configured.exporting = _Configured.exporting, None
    handed_over = recording is None or recording.end(timeout_s / 2)
    if exporting:
        if not handed_over:
            exporting.give_up()
        exporting.end(timeout_s / 2)
