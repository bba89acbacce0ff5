"""What runs out some day: the certificates and tokens that the settings name, read from their files.

Keys of the keyring do not run out: they are rotated when an installation wants to (``chassis.rotation``).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from cryptography import x509

from chassis.settings import Settings

_CERTIFICATES = ("tls_certificate", "tls_client_ca", "peer_ca")
_TOKENS = ("service_token_file",)


def left_s(settings: Settings, now: datetime) -> Mapping[str, float]:
    """How many seconds are left of each, by its setting; what cannot be read has none left, what has no end is not
    told."""
    found = {
        name: _end(path, read)
        for names, read in ((_CERTIFICATES, _certificate_ends), (_TOKENS, _token_ends))
        for name in names
        if (path := getattr(settings, name)) is not None
    }
    return {f"HUB120_{name.upper()}": end - now.timestamp() for name, end in found.items() if end is not None}


def _end(path: Path, read: Callable[[bytes], float | None]) -> float | None:
    try:
        return read(path.read_bytes())
    except (OSError, ValueError, IndexError, TypeError):
        return 0.0


def _certificate_ends(text: bytes) -> float:
    """Of several in a file the one that ends first."""
    return min(one.not_valid_after_utc.timestamp() for one in x509.load_pem_x509_certificates(text))


def _token_ends(token: bytes) -> float | None:
    """When a JWT ends, which nobody checks here: whoever is shown it does."""
    payload = token.strip().split(b".")[1]
    claims = json.loads(base64.urlsafe_b64decode(payload + b"=" * (-len(payload) % 4)))
    return float(claims["exp"]) if "exp" in claims else None
