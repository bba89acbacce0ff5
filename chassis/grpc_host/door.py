"""The one interceptor every call passes: a method without a rule is not served, a caller without a role not let in.

Methods are looked up here and not registered with the server one by one: gRPC's asyncio server spends time on every
call for each method it has registered.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import grpc

from chassis import logs
from chassis.auth import InvalidToken, Verifier
from chassis.errors import HubError, PermissionDenied
from chassis.grpc_host import call as calls
from chassis.grpc_host.call import Call
from chassis.grpc_host.failures import failure
from chassis.grpc_host.identity import Identities
from chassis.grpc_host.observing import Method, method, refuse
from chassis.grpc_host.rates import Rates
from chassis.grpc_host.serving import Handler, Serving

_log = logs.get_logger("grpc")


class Door(grpc.aio.ServerInterceptor):  # type: ignore[type-arg] # generic in the hints alone
    """Lets a call through to its method, or says why not."""

    def __init__(
        self,
        handlers: Mapping[str, Handler],
        rules: Mapping[str, frozenset[str]],
        verifier: Verifier,
        serving: Serving,
    ) -> None:
        self._identities, self._rates = Identities(verifier), Rates(serving.limits.caller_per_second)
        found = [method(path, roles) for path, roles in rules.items()]
        self._methods = {each.path: (each, serving.wrapped(each, handlers[each.path])) for each in found}

    async def intercept_service(
        self, continuation: Callable[[Any], Awaitable[Any]], handler_call_details: Any
    ) -> Handler:
        """The handler of the method called, or one that refuses; None where there is no such method."""
        known = self._methods.get(handler_call_details.method)
        if known is None:
            return None
        wanted, handler = known
        call = Call(wanted.path, None, handler_call_details.invocation_metadata)
        if not wanted.public:
            try:
                call.caller = await self._identities.caller(call.metadata)
                _require(wanted, call.caller.roles)
                self._rates.take(call.caller)
            except Exception as error:  # noqa: BLE001 - whatever goes wrong here, nobody is let in
                return _refusal(wanted, error)
        calls.begin(call)
        return handler

    def close(self) -> None:
        """Let go of what was held."""
        self._identities.close()


def _require(wanted: Method, roles: frozenset[str]) -> None:
    if not roles & wanted.roles:
        raise PermissionDenied(f"needs one of the roles: {', '.join(sorted(wanted.roles))}")


def _refusal(wanted: Method, error: Exception) -> Handler:
    """A handler that refuses before the request is read, which is why it is one for streams."""
    told = failure(error)
    if isinstance(error, InvalidToken | HubError):
        _log.warning("call refused", method=wanted.path, code=told.code.name, reason=error.reason)
    else:
        _log.error("call refused", method=wanted.path, code=told.code.name, exc_info=error)

    async def refuse_at_once(_: Any, context: Any) -> None:
        await refuse(wanted, context, told)

    return grpc.stream_stream_rpc_method_handler(refuse_at_once)
