"""The settings of an account with a message centre, read once and refused by name."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from hub120_sdk import Context, Misconfigured

_PORTS = {"smpp": 2775, "smpps": 3550}
_BINDS = ("receiver", "transceiver")
_ALPHABETS = ("gsm", "ascii", "latin-1", "cp949")
LONG_MESSAGES = ("udh", "udh16", "sar", "payload")
RECEIPT_IDS = ("same", "decimal", "hexadecimal")
_PASSWORD, _SYSTEM_ID, _SYSTEM_TYPE, _NUMBER = 8, 15, 12, 20
"""How many characters SMPP 3.4 has room for."""


@dataclass(frozen=True, slots=True)
class Account:
    """Where to bind and as whom, and how numbers and letters are written there."""

    host: str
    port: int
    tls: bool
    tls_ca_file: str
    system_id: str
    system_type: str
    from_number: str
    bind: str
    source: tuple[int, int]
    """Type of number and numbering plan."""
    destination: tuple[int, int]
    default_letters: str
    long_messages: str
    receipt_ids: str
    parts_wait_s: float
    enquire_link_s: float
    timeout_s: float
    password: str = field(repr=False)

    @classmethod
    def read(cls, context: Context) -> Account:
        """Raises ``Misconfigured`` naming the variable."""
        settings = context.settings
        host, port, tls = _address(settings["url"])
        return cls(
            host,
            port,
            tls,
            settings["tls_ca_file"],
            _short(settings, "system_id", _SYSTEM_ID),
            _short(settings, "system_type", _SYSTEM_TYPE),
            _short(settings, "from_number", _NUMBER),
            _one_of(settings, "bind", _BINDS),
            (_number(settings, "source_ton", 6), _number(settings, "source_npi", 18)),
            (_number(settings, "destination_ton", 6), _number(settings, "destination_npi", 18)),
            _one_of(settings, "default_letters", _ALPHABETS),
            _one_of(settings, "long_messages", LONG_MESSAGES),
            _one_of(settings, "receipt_ids", RECEIPT_IDS),
            _seconds(settings, "parts_wait_minutes") * 60,
            _seconds(settings, "enquire_link_s"),
            _seconds(settings, "timeout_s"),
            _short(context.secrets, "password", _PASSWORD),
        )

    def tls_context(self) -> ssl.SSLContext:
        """Trusts the usual authorities, or the one that was named. Raises ``Misconfigured``."""
        try:
            return ssl.create_default_context(cafile=self.tls_ca_file or None)
        except OSError as error:
            raise Misconfigured(f"{_variable('tls_ca_file')} cannot be read ({type(error).__name__})") from None


def _variable(name: str) -> str:
    return f"HUB120_CONNECTOR_SMS_SMPP_{name.upper()}"


def _address(url: str) -> tuple[str, int, bool]:
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        raise Misconfigured(f"{_variable('url')} is no address") from None
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
        raise Misconfigured(f"{_variable('url')} must be smpp://host:port or smpps://host:port")
    return parts.hostname, port, parts.scheme == "smpps"


def _short(values: Mapping[str, str], name: str, most: int) -> str:
    value = values[name]
    if len(value) > most or not value.isascii() or not (value.isprintable() or not value):
        raise Misconfigured(f"{_variable(name)} has more than {most} characters, or others than ASCII")
    return value


def _one_of(settings: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    if settings[name] not in known:
        raise Misconfigured(f"{_variable(name)} must be one of {', '.join(known)}")
    return settings[name]


def _number(settings: Mapping[str, str], name: str, most: int) -> int:
    value = settings[name]
    if not (value.isascii() and value.isdigit() and int(value) <= most):
        raise Misconfigured(f"{_variable(name)} must be a number up to {most}")
    return int(value)


def _seconds(settings: Mapping[str, str], name: str) -> float:
    try:
        value = float(settings[name])
    except ValueError:
        value = 0.0
    if not 0 < value <= 86_400:
        raise Misconfigured(f"{_variable(name)} must be a number above zero")
    return value
