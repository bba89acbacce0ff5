"""What is known of every call afterwards: its span, its duration and status, and the answer when it went wrong."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import grpc
from opentelemetry.trace import Span, SpanKind

from chassis import logs, telemetry
from chassis.grpc_host import call as calls
from chassis.grpc_host import failures
from chassis.grpc_host.failures import Failure
from chassis.telemetry import attributes as known

_NOTHING: Final[Mapping[str, telemetry.Value]] = {}
_log = logs.get_logger("grpc")
_durations = telemetry.histogram(
    "rpc.server.call.duration", "s", "How long gRPC calls take",
    attributes=(known.RPC_SYSTEM, known.RPC_METHOD, known.RPC_STATUS),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Method:
    """One method: its path, the roles it accepts (none: everybody), what its spans and measurements carry, and what its
    spans carry beside."""

    path: str
    roles: frozenset[str]
    attributes: Mapping[str, str]
    spans_also: Mapping[str, telemetry.Value] = field(default_factory=dict)

    @property
    def public(self) -> bool:
        """Whether it needs no token; such methods are neither limited nor measured."""
        return not self.roles


def method(path: str, roles: frozenset[str]) -> Method:
    """A method by its path, of which the second word is the service's name: ``/hub120.intake.v1.…``."""
    service = {known.SERVICE: path.split(".")[1]} if path.startswith("/hub120.") else {}
    said = {known.RPC_SYSTEM: "grpc", known.RPC_METHOD: path[1:], known.RPC_STATUS: "OK"}
    return Method(path, roles, said, {**said, **service})


@dataclass(slots=True)
class _End:
    """How the work ended: with a value, with something to tell the caller, or with what has been told already."""

    code: grpc.StatusCode
    value: Any = None
    told: Failure | None = None
    raised: BaseException | None = None


async def observed(
    of: Method, request: Any, context: Any, work: Awaitable[Any], said: Mapping[str, telemetry.Value] = _NOTHING
) -> Any:
    """Do the work in a span, of which more may be ``said``, count how long it took, and turn what goes wrong into an
    answer."""
    started, said = time.perf_counter(), {**of.spans_also, **said}
    with telemetry.span(of.path[1:], SpanKind.SERVER, said, parent=_parent(), about=request) as span:
        end = await _ended(of, context, work)
        _record(of, span, end.code, started)
    if end.raised is not None:
        raise end.raised
    if end.told is not None:
        await failures.abort(context, end.told, f"{span.get_span_context().trace_id:032x}")
    return end.value


async def _ended(of: Method, context: Any, work: Awaitable[Any]) -> _End:
    try:
        return _End(grpc.StatusCode.OK, value=await work)
    except grpc.aio.AbortError as aborted:
        return _End(context.code(), raised=aborted)
    except asyncio.CancelledError as cancelled:
        return _End(_cancelled(context), raised=cancelled)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - the one place where a call's errors end
        told = _told(of, error)
        return _End(told.code, told=told)


def _parent() -> str | None:
    for key, value in calls.current().metadata:
        if key == "traceparent" and isinstance(value, str):
            return value
    return None


def _cancelled(context: Any) -> grpc.StatusCode:
    """The client went, or its deadline passed: gRPC tells the server the same for both."""
    return grpc.StatusCode.DEADLINE_EXCEEDED if context.time_remaining() == 0 else grpc.StatusCode.CANCELLED


def _told(of: Method, error: BaseException) -> Failure:
    told = failures.failure(error)
    if told.code is grpc.StatusCode.INTERNAL:
        _log.error("call failed", method=of.path, exc_info=error)
    elif told.code is grpc.StatusCode.UNAVAILABLE and not isinstance(error, failures.ServerLeaving):
        _log.warning("call failed", method=of.path, code=told.code.name, exc_info=error)
    return told


def _record(of: Method, span: Span, code: grpc.StatusCode, started: float) -> None:
    carried = of.attributes
    if code is not grpc.StatusCode.OK:
        carried = {**carried, known.RPC_STATUS: code.name}
        span.set_attribute(known.RPC_STATUS, code.name)
        if code in failures.SERVER_FAULTS:
            telemetry.fail(span, code.name)
    _durations.record(time.perf_counter() - started, carried)


async def refuse(of: Method, context: Any, told: Failure) -> None:
    """End a call that was not let in; always raises gRPC's ``AbortError``."""
    _durations.record(0.0, {**of.attributes, known.RPC_STATUS: told.code.name})
    await failures.abort(context, told, "")
