"""Where RabbitMQ is, read from the bus address."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kombu.utils.url import url_to_parts

CONNECT_TIMEOUT_S = 5.0
HEARTBEAT_S = 20
"""Both sides; a silent peer is given up after two."""

USER_TIMEOUT_MS = 10_000
"""How long the kernel lets sent bytes go unacknowledged. py-amqp's default of one second cuts the connection at every
hiccup of a network; ten is the deadline of a publish, so nothing waits longer than it would anyway."""

_OPTIONS = {"namespace", "cafile", "certfile", "keyfile"}


@dataclass(frozen=True, slots=True)
class Address:
    """A broker and what to say to be let in."""

    host: str
    port: int
    user: str
    password: str
    vhost: str
    namespace: str = ""
    tls: dict[str, Any] | None = None

    @classmethod
    def parse(cls, address: str) -> Address:
        """Read ``amqp[s]://user:password@host:port/vhost?namespace=…``; ``ValueError`` says what is wrong with it."""
        scheme, host, port, user, password, vhost, options = url_to_parts(address)
        unknown = set(options) - _OPTIONS
        if unknown:
            raise ValueError(f"the bus address has unknown options {sorted(unknown)}: there are {sorted(_OPTIONS)}")
        secure = scheme == "amqps"
        return cls(
            host=host or "127.0.0.1",
            port=port or (5671 if secure else 5672),
            user=user or "guest",
            password=password or "guest",
            vhost=vhost or "/",
            namespace=options.get("namespace", ""),
            tls=_tls(host or "127.0.0.1", options) if secure else None,
        )

    def connection_options(self, connection_name: str, connect_timeout_s: float) -> dict[str, Any]:
        """What py-amqp's connection takes."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        user_timeout = {socket.TCP_USER_TIMEOUT: USER_TIMEOUT_MS} if hasattr(socket, "TCP_USER_TIMEOUT") else {}
        return {
            "host": f"{host}:{self.port}",
            "userid": self.user,
            "password": self.password,
            "virtual_host": self.vhost,
            "login_method": "PLAIN",
            "ssl": self.tls or False,
            "connect_timeout": connect_timeout_s,
            "heartbeat": HEARTBEAT_S,
            "socket_settings": user_timeout,
            "client_properties": {"connection_name": connection_name},
        }


def _tls(host: str, options: Mapping[str, str]) -> dict[str, Any]:
    import ssl  # noqa: PLC0415 - only TLS needs it

    for option in ("cafile", "certfile", "keyfile"):
        if option in options and not Path(options[option]).is_file():
            raise ValueError(f"the bus address names a {option} that is not there: {options[option]}")
    return {
        "cert_reqs": ssl.CERT_REQUIRED,
        "server_hostname": host,
        "ca_certs": options.get("cafile"),
        "certfile": options.get("certfile"),
        "keyfile": options.get("keyfile"),
    }
