"""Where a server listens and how its connections behave: addresses, TLS with certificates read again when they
change, keepalive, ages and sizes."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import grpc

from chassis import logs
from chassis.addresses import AddressInUse, UnsafeAddress, is_local

LARGEST_MESSAGE: Final = 4 * 1024 * 1024
_log = logs.get_logger("grpc")


@dataclass(frozen=True, slots=True)
class Tls:
    """The server's certificate and key (PEM), and, for mTLS, the authority its clients' certificates must come from."""

    certificate: Path
    key: Path
    client_ca: Path | None = None

    def files(self) -> list[Path]:
        """All of them."""
        return [self.certificate, self.key, *([self.client_ca] if self.client_ca else [])]


@dataclass(frozen=True, slots=True)
class Connections:
    """How connections behave. None lives for ever, so that clients spread over new servers."""

    max_age_s: float = 300.0
    """After this long a client is asked to connect again; 0 for never."""
    max_age_grace_s: float = 30.0
    keepalive_s: float = 60.0
    permit_ping_every_s: float = 30.0
    max_streams: int = 1000

    def options(self) -> list[tuple[str, int]]:
        """As gRPC wants them."""
        ages = [("max_connection_age", self.max_age_s), ("max_connection_age_grace", self.max_age_grace_s)]
        times = [
            ("keepalive_time", self.keepalive_s),
            ("keepalive_timeout", 20.0),
            ("http2.min_recv_ping_interval_without_data", self.permit_ping_every_s),
            *(ages if self.max_age_s else []),
        ]
        return [
            *((f"grpc.{name}_ms", int(value * 1000)) for name, value in times),
            ("grpc.keepalive_permit_without_calls", 1),
            ("grpc.max_concurrent_streams", self.max_streams),
            ("grpc.max_receive_message_length", LARGEST_MESSAGE),
            ("grpc.max_send_message_length", LARGEST_MESSAGE),
            ("grpc.max_metadata_size", 16 * 1024),
            ("grpc.so_reuseport", 0),
        ]


def listen(server: grpc.aio.Server, address: str, tls: Tls | None, *, insecure: bool) -> int:
    """Listen, and say on which port. Raises ``UnsafeAddress`` or ``AddressInUse``."""
    if tls is None and not insecure and not is_local(address):
        raise UnsafeAddress(address)
    try:
        if tls is None:
            return server.add_insecure_port(address)
        return server.add_secure_port(address, _Certificates(tls).credentials())
    except RuntimeError as error:
        raise AddressInUse(address) from error


@dataclass(slots=True)
class _Certificates:
    """Reads certificates again when a file has changed; a set that does not fit together is left until it does."""

    tls: Tls
    _seen: list[int] = field(default_factory=list)

    def credentials(self) -> grpc.ServerCredentials:
        self._seen = self._stamps()
        changed: Any = self._changed  # may say None for no change, which the hints do not know
        return grpc.dynamic_ssl_server_credentials(self._read(), changed, self.tls.client_ca is not None)

    def _stamps(self) -> list[int]:
        return [file.stat().st_mtime_ns for file in self.tls.files()]

    def _read(self) -> grpc.ServerCertificateConfiguration:
        roots = self.tls.client_ca.read_bytes() if self.tls.client_ca else None
        pair = (self.tls.key.read_bytes(), self.tls.certificate.read_bytes())
        return grpc.ssl_server_certificate_configuration([pair], roots)

    def _changed(self) -> grpc.ServerCertificateConfiguration | None:
        try:
            if (stamps := self._stamps()) == self._seen:
                return None
            fresh = self._read()
        except OSError as error:
            _log.error("certificates not read", exc_info=error)
            return None
        self._seen = stamps
        _log.info("certificates read again")
        return fresh
