"""What runs out some day is read from its file, and what cannot be read counts as run out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from chassis.auth import LocalIssuer
from chassis.expiry import left_s
from chassis.settings import Settings
from tests.certificates import self_signed

NAME = "HUB120_TLS_CERTIFICATE"


def test_certificates_and_tokens_say_how_long_they_last(tmp_path: Path) -> None:
    certificate = self_signed(tmp_path)[0]
    token = tmp_path / "token"
    token.write_text(LocalIssuer(tmp_path / "token.key").issue("intake", ["service"], 3600.0))
    now = datetime.now(UTC)
    left = left_s(Settings(tls_certificate=certificate, service_token_file=token), now)
    ends = x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc
    assert left[NAME] == pytest.approx((ends - now).total_seconds(), abs=0.01)
    assert left["HUB120_SERVICE_TOKEN_FILE"] == pytest.approx(3600, abs=5)
    assert left_s(Settings(tls_certificate=certificate), ends + timedelta(seconds=9))[NAME] == pytest.approx(-9.0)


@pytest.mark.parametrize("content", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----"])
def test_what_cannot_be_read_has_no_time_left(tmp_path: Path, content: bytes) -> None:
    broken = tmp_path / "broken"
    broken.write_bytes(content)
    now = datetime.now(UTC)
    settings = Settings(tls_certificate=broken, service_token_file=broken, peer_ca=tmp_path / "missing")
    assert all(left <= 0 for left in left_s(settings, now).values())
    assert len(left_s(settings, now)) == 3
