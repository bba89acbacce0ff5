"""Calls from one service's api to another's: a token of the service, a deadline, the trace handed on, and a stated
error when the other does not answer.

A call is repeated only where the caller says that repeating it is harmless, and only while the deadline allows. The
worker never calls: it leaves what is to be asked to the api.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import grpc
from google.protobuf.message import Message as Proto
from google.protobuf.message_factory import GetMessageClass
from google.rpc import error_details_pb2, status_pb2  # type: ignore[import-untyped] # has no hints
from opentelemetry.trace import SpanKind

from chassis import logs, telemetry
from chassis.addresses import is_local, split
from chassis.auth import FileTokens, LocalIssuer, LocalTokens, ServiceTokens
from chassis.errors import HubError, Unavailable
from chassis.grpc_host.call import PURPOSE
from chassis.grpc_host.failures import DETAILS_KEY
from chassis.grpc_host.transport import LARGEST_MESSAGE
from chassis.process import Process
from chassis.settings import Settings, SettingsError
from chassis.telemetry import attributes as known

WAITS_S: Final = (0.1, 0.4)
"""How long a call that may be repeated waits before it is."""
_PASSING: Final = {grpc.StatusCode.UNAVAILABLE}
_AWAY: Final = {
    grpc.StatusCode.UNAVAILABLE,
    grpc.StatusCode.DEADLINE_EXCEEDED,
    grpc.StatusCode.RESOURCE_EXHAUSTED,
    grpc.StatusCode.UNIMPLEMENTED,
    grpc.StatusCode.UNAUTHENTICATED,
    grpc.StatusCode.PERMISSION_DENIED,
    grpc.StatusCode.INTERNAL,
    grpc.StatusCode.UNKNOWN,
    grpc.StatusCode.CANCELLED,
}
"""Nothing is known of what was asked: the other is away, or does not take our calls. It may be asked again later."""
_POLICY: Final = json.dumps({"loadBalancingConfig": [{"round_robin": {}}]})
_OPTIONS: Final[Sequence[tuple[str, Any]]] = (
    ("grpc.service_config", _POLICY),
    ("grpc.keepalive_time_ms", 60_000),
    ("grpc.keepalive_timeout_ms", 20_000),
    ("grpc.max_receive_message_length", LARGEST_MESSAGE),
    ("grpc.max_send_message_length", LARGEST_MESSAGE),
    ("grpc.min_reconnect_backoff_ms", 200),
    ("grpc.initial_reconnect_backoff_ms", 200),
    ("grpc.max_reconnect_backoff_ms", 2_000),
)
_log = logs.get_logger("grpc")


class Refused(HubError):
    """The other service does not do it, and will not as things stand; ``reason`` is its own code."""

    def __init__(self, service: str, code: str, reason: str) -> None:
        super().__init__(f"{service} refuses: {reason or code}")
        self.reason = reason or code


@dataclass(frozen=True, slots=True)
class ClientTls:
    """Whom to trust (the system's authorities if nobody is named), and the certificate to show, if any."""

    authority: Path | None = None
    certificate: Path | None = None
    key: Path | None = None

    def stamps(self) -> tuple[int, ...]:
        """What tells that a file has changed."""
        return tuple(file.stat().st_mtime_ns for file in (self.authority, self.certificate, self.key) if file)

    def credentials(self) -> grpc.ChannelCredentials:
        """As gRPC wants them."""
        found = (file.read_bytes() if file else None for file in (self.authority, self.key, self.certificate))
        return grpc.ssl_channel_credentials(*found)


class Line:
    """The connection to an address, balanced over all that stand behind it. Belongs to the event loop."""

    def __init__(self, address: str, tls: ClientTls | None = None) -> None:
        self.address, self._tls = address, tls
        self._channel: grpc.aio.Channel | None = None
        self._stamps: tuple[int, ...] = ()

    def channel(self) -> grpc.aio.Channel:
        """The connection; a new one after a certificate has changed."""
        if self._tls is None:
            self._channel = self._channel or grpc.aio.insecure_channel(self.address, _OPTIONS)
        elif self._channel is None or self._tls.stamps() != self._stamps:
            self._stamps = self._tls.stamps()
            self._channel = grpc.aio.secure_channel(self.address, self._tls.credentials(), _OPTIONS)
        return self._channel

    async def close(self) -> None:
        """Hang up."""
        if self._channel is not None:
            await self._channel.close(None)
            self._channel = None


class Peer:
    """One gRPC service of another of the hub's services. Belongs to the event loop."""

    def __init__(self, service: str, line: Line, contract: ModuleType, tokens: ServiceTokens) -> None:
        self._service, self._line, self._tokens = service, line, tokens
        (described,) = contract.DESCRIPTOR.services_by_name.values()
        self._answers = {
            f"/{described.full_name}/{method.name}": GetMessageClass(method.output_type) for method in described.methods
        }
        self._prefix = f"/{described.full_name}/"

    async def call(self, method: str, request: Proto, *, deadline_s: float, repeatable: bool, purpose: str = "") -> Any:
        """The answer. Raises ``Unavailable`` when the other does not answer or does not take our calls, ``Refused``
        when it says no."""
        path, until = f"{self._prefix}{method}", time.monotonic() + deadline_s
        attributes = {known.RPC_SYSTEM: "grpc", known.RPC_METHOD: path[1:]}
        with telemetry.span(path[1:], SpanKind.CLIENT, attributes, about=request) as span:
            for wait_s in (*(WAITS_S if repeatable else ()), None):
                try:
                    answer = await self._once(path, request, until - time.monotonic(), purpose)
                except grpc.aio.AioRpcError as error:
                    if wait_s is not None and error.code() in _PASSING and time.monotonic() + wait_s < until:
                        await asyncio.sleep(wait_s)
                        continue
                    span.set_attribute(known.RPC_STATUS, error.code().name)
                    telemetry.fail(span, error.code().name)
                    raise self._told(path, error) from None
                span.set_attribute(known.RPC_STATUS, "OK")
                return answer
        raise AssertionError("unreachable")

    async def _once(self, path: str, request: Proto, left_s: float, purpose: str) -> Any:
        metadata = [("authorization", f"Bearer {self._tokens.token()}")]
        if purpose:
            metadata.append((PURPOSE, purpose))
        if trace := telemetry.traceparent():
            metadata.append(("traceparent", trace))
        ask: Any = self._line.channel().unary_unary(
            path,
            request_serializer=type(request).SerializeToString,
            response_deserializer=self._answers[path].FromString,
        )
        return await ask(request, timeout=max(left_s, 0.001), metadata=metadata)

    def _told(self, path: str, error: grpc.aio.AioRpcError) -> HubError:
        code, reason = error.code(), reason_of(error)
        if code in _AWAY:
            _log.warning("peer does not answer", method=path[1:], code=code.name, reason=reason)
            return Unavailable(f"{self._service} does not answer ({reason or code.name}): try again")
        return Refused(self._service, code.name, reason)

    async def close(self) -> None:
        """Hang up."""
        await self._line.close()


def reason_of(error: grpc.aio.AioRpcError) -> str:
    """The reason that the other gave as a code; empty if it gave none."""
    info = error_details_pb2.ErrorInfo()
    return str(info.reason) if any(packed.Unpack(info) for packed in details_of(error)) else ""


def details_of(error: grpc.aio.AioRpcError) -> Sequence[Any]:
    """What the other said beside code and message, packed (google.rpc.Status)."""
    trailing: Any = error.trailing_metadata()  # the hints do not know that it is a sequence of pairs
    return status_pb2.Status.FromString(dict(trailing or ()).get(DETAILS_KEY, b"")).details  # type: ignore[no-any-return]


def peer(process: Process, caller: str, service: str, variable: str, contract: ModuleType) -> Peer:
    """A service as ``caller`` reaches it: at the address in ``variable``, or in this very process. Raises
    ``SettingsError`` for what cannot be used."""
    return Peer(service, line(process, service, variable), contract, _tokens(process.settings, caller))


def line(process: Process, service: str, variable: str) -> Line:
    """The connection to a service, at the address in ``variable``, or in this very process. Raises ``SettingsError``
    for what cannot be used."""
    settings = process.settings
    address = getattr(settings, variable.removeprefix("HUB120_").lower())
    if not address:
        if service not in {one.name for one in process.services}:
            raise SettingsError(f"{variable}: set it to where {service} answers gRPC, for it is not in this process")
        address = _own(settings.grpc_address)
    tls = _tls(settings)
    try:
        exposed = tls is None and not settings.insecure and not is_local(address.removeprefix("dns:///"))
    except ValueError as error:
        raise SettingsError(f"{variable}: {error}") from error
    if exposed:
        raise SettingsError(
            f"{variable}: {address} would be called without TLS: set HUB120_PEER_CA, or HUB120_INSECURE"
        )
    return Line(address, tls)


def _own(address: str) -> str:
    """This process as it reaches itself, whatever it listens on."""
    host, port = split(address)
    return f"localhost:{port}" if host in {"0.0.0.0", "::"} else address  # noqa: S104 - compared, not listened on


def _tls(settings: Settings) -> ClientTls | None:
    if settings.peer_ca is None and settings.tls_certificate is None:
        return None
    return ClientTls(settings.peer_ca, settings.tls_certificate, settings.tls_key)


def _tokens(settings: Settings, caller: str) -> ServiceTokens:
    if settings.service_token_file is not None:
        tokens = FileTokens(settings.service_token_file)
        try:
            tokens.token()
        except Unavailable as error:
            raise SettingsError(str(error)) from error
        return tokens
    if settings.oidc_issuer:
        raise SettingsError("HUB120_SERVICE_TOKEN_FILE: set the file with a token of HUB120_OIDC_ISSUER, role service")
    return LocalTokens(LocalIssuer(settings.token_key_path, make=settings.embedded), caller)
