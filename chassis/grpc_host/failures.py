"""Errors on their way out: which status a caller gets for what went wrong, as google.rpc.Status with details.

Our own errors say themselves what the caller can do; a database or a bus that is away is UNAVAILABLE; everything else
is INTERNAL with the trace id and not a word more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import grpc
from google.protobuf import any_pb2, duration_pb2
from google.protobuf.message import Message
from google.rpc import code_pb2, error_details_pb2, status_pb2  # type: ignore[import-untyped] # has no hints

from chassis import errors
from chassis.auth import InvalidToken
from chassis.bus.ports import BusUnavailable

DOMAIN: Final = "hub120"
RETRY_S: Final = 1.0
DETAILS_KEY: Final = "grpc-status-details-bin"

_CODES: Final[Mapping[type[Exception], grpc.StatusCode]] = {
    errors.NotFound: grpc.StatusCode.NOT_FOUND,
    errors.InvalidArgument: grpc.StatusCode.INVALID_ARGUMENT,
    errors.PreconditionFailed: grpc.StatusCode.FAILED_PRECONDITION,
    errors.Conflict: grpc.StatusCode.ABORTED,
    errors.PermissionDenied: grpc.StatusCode.PERMISSION_DENIED,
    errors.ResourceExhausted: grpc.StatusCode.RESOURCE_EXHAUSTED,
    errors.Unavailable: grpc.StatusCode.UNAVAILABLE,
    InvalidToken: grpc.StatusCode.UNAUTHENTICATED,
}


class TooLate(Exception):
    """The server's own deadline for a call has passed."""


class ServerLeaving(Exception):
    """The server is going away while a stream is open."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What the caller is told."""

    code: grpc.StatusCode
    message: str
    details: tuple[Message, ...] = ()


SERVER_FAULTS: Final = frozenset(
    {
        grpc.StatusCode.UNKNOWN,
        grpc.StatusCode.DEADLINE_EXCEEDED,
        grpc.StatusCode.UNIMPLEMENTED,
        grpc.StatusCode.INTERNAL,
        grpc.StatusCode.UNAVAILABLE,
        grpc.StatusCode.DATA_LOSS,
    }
)
"""The codes that make a server span an error, by OpenTelemetry's convention for gRPC."""


def failure(error: BaseException) -> Failure:
    """What to tell the caller about an error."""
    for kind in type(error).__mro__:
        if kind in _CODES:
            return _own(error, _CODES[kind])
    if isinstance(error, NotImplementedError):
        return Failure(grpc.StatusCode.UNIMPLEMENTED, "this method is not there yet", (reason("UNIMPLEMENTED"),))
    if isinstance(error, TooLate):
        return Failure(grpc.StatusCode.DEADLINE_EXCEEDED, "not done in the time the server gives", ())
    if isinstance(error, ServerLeaving):
        return unavailable("this server is leaving: go on at another", 0.0, "SERVER_LEAVING")
    if isinstance(error, BusUnavailable) or errors.database_is_away(error):
        return unavailable("the hub cannot store anything now: try again")
    return Failure(grpc.StatusCode.INTERNAL, "internal error: tell the operator the request id", (reason("INTERNAL"),))


def _own(error: Any, code: grpc.StatusCode) -> Failure:
    return Failure(code, str(error), (reason(error.reason), *_more(error)))


def _more(error: BaseException) -> tuple[Message, ...]:
    match error:
        case errors.InvalidArgument():
            return (_bad_request(error),)
        case errors.PreconditionFailed():
            violation = error_details_pb2.PreconditionFailure.Violation(type=error.reason, description=str(error))
            return (error_details_pb2.PreconditionFailure(violations=[violation]),)
        case errors.ResourceExhausted() | errors.Unavailable():
            return (_retry(error.retry_after_s),)
    return ()


def _bad_request(error: errors.InvalidArgument) -> Message:
    violation = error_details_pb2.BadRequest.FieldViolation
    found = [violation(field=field, description=said) for field, said in error.violations]
    request: Message = error_details_pb2.BadRequest(field_violations=found)
    return request


def _retry(after_s: float) -> Message:
    delay = duration_pb2.Duration()
    delay.FromMilliseconds(int(after_s * 1000))
    info: Message = error_details_pb2.RetryInfo(retry_delay=delay)
    return info


def reason(code: str, **metadata: str) -> Message:
    """An ErrorInfo: the reason as a code that stays the same."""
    info: Message = error_details_pb2.ErrorInfo(reason=code, domain=DOMAIN, metadata=metadata)
    return info


def unavailable(message: str, after_s: float = RETRY_S, code: str = "UNAVAILABLE") -> Failure:
    """The same call will work later, or elsewhere."""
    return Failure(grpc.StatusCode.UNAVAILABLE, message, (reason(code), _retry(after_s)))


async def abort(context: Any, told: Failure, request_id: str) -> None:
    """End the call with a failure; always raises gRPC's ``AbortError``. The request id is the trace's."""
    details = [*told.details, error_details_pb2.RequestInfo(request_id=request_id)] if request_id else told.details
    status = status_pb2.Status(
        code=code_pb2.Code.Value(told.code.name), message=told.message, details=[_packed(each) for each in details]
    )
    await context.abort(told.code, told.message, ((DETAILS_KEY, status.SerializeToString()),))


def _packed(detail: Message) -> any_pb2.Any:
    packed = any_pb2.Any()
    packed.Pack(detail)
    return packed
