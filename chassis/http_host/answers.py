"""Errors on their way out over HTTP: a status, a reason as a code, a sentence, and the id to quote."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from chassis import errors, logs, telemetry
from chassis.auth import InvalidToken
from chassis.bus.ports import BusUnavailable


class Refused(Exception):
    """A request that is not let in, with what to answer."""

    def __init__(self, status: int, reason: str, message: str, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.status, self.reason, self.retry_after_s = status, reason, retry_after_s


_log = logs.get_logger("http")
_STATUSES: Final[Mapping[type[Exception], int]] = {
    errors.NotFound: 404,
    errors.InvalidArgument: 400,
    errors.PreconditionFailed: 409,
    errors.Conflict: 409,
    errors.PermissionDenied: 403,
    errors.ResourceExhausted: 429,
    errors.Unavailable: 503,
    InvalidToken: 401,
}


def answer(error: BaseException) -> Response:
    """What to answer for an error; what is our fault is logged here, and told without a detail."""
    if isinstance(error, Refused):
        return _refusal(error)
    for kind in type(error).__mro__:
        if kind in _STATUSES:
            return _own(error, _STATUSES[kind])
    if isinstance(error, BusUnavailable) or errors.database_is_away(error):
        _log.warning("request failed", status=503, exc_info=error)
        return plain(503, "UNAVAILABLE", "the hub cannot store anything now: try again", retry_after_s=1)
    _log.error("request failed", status=500, exc_info=error)
    return plain(500, "INTERNAL", "internal error: tell the operator the request id")


def _refusal(error: Refused) -> Response:
    response = plain(error.status, error.reason, str(error), retry_after_s=error.retry_after_s)
    response.headers["connection"] = "close"
    return response


def _own(error: Any, status: int) -> Response:
    more = {}
    if isinstance(error, errors.InvalidArgument):
        more["violations"] = [{"field": field, "description": said} for field, said in error.violations]
    return plain(status, error.reason, str(error), retry_after_s=getattr(error, "retry_after_s", None), **more)


def plain(status: int, reason: str, message: str, *, retry_after_s: float | None = None, **more: Any) -> Response:
    """An answer that says no."""
    body = {"reason": reason, "message": message, "request_id": telemetry.trace_id(), **more}
    headers = {} if retry_after_s is None else {"retry-after": str(max(1, math.ceil(retry_after_s)))}
    return JSONResponse({key: value for key, value in body.items() if value != ""}, status, headers)


async def answer_request(_: Request, error: Exception) -> Response:
    """``answer`` as Starlette calls it."""
    return answer(error)
