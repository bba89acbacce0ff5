"""TLS for real: who is trusted, and certificates that change while the server runs."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import grpc
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hub120.intake.v1 import intake_service_pb2 as pb
from hub120.intake.v1.intake_service_pb2_grpc import IntakeServiceStub

from chassis import auth, event_loop, grpc_host
from tests.integration.grpc_service import Intake, served


class Authority:
    """Signs certificates into a folder."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.certificate = self._write(f"{name}.ca.pem", self._signed(self._name, self._key.public_key(), ca=True))

    def signed(self, name: str, serial: int) -> tuple[Path, Path]:
        """A certificate for localhost with this serial number, and its key, as files."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        certificate = self._write(f"{name}.pem", self._signed(subject, key.public_key(), serial=serial))
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return certificate, self._write(f"{name}.key", private)

    def _signed(self, subject: x509.Name, key: Any, *, ca: bool = False, serial: int = 1) -> bytes:
        now = dt.datetime.now(dt.UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key)
            .serial_number(serial)
            .not_valid_before(now - dt.timedelta(hours=1))
            .not_valid_after(now + dt.timedelta(hours=1))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        )
        return builder.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    def _write(self, name: str, content: bytes) -> Path:
        file = self._folder / name
        beside = file.with_suffix(".new")
        beside.write_bytes(content)
        os.replace(beside, file)
        return file


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path, "hub")


def shown(ca: Path, pair: tuple[Path, Path] | None) -> grpc.ChannelCredentials:
    """What a client trusts and shows."""
    key, chain = (pair[1].read_bytes(), pair[0].read_bytes()) if pair else (None, None)
    return grpc.ssl_channel_credentials(ca.read_bytes(), key, chain)


async def called(port: int, folder: Path, ca: Path, pair: tuple[Path, Path] | None = None) -> grpc.StatusCode:
    """Call once over TLS on a connection of its own; how it ended."""
    credentials = shown(ca, pair)
    token = auth.LocalIssuer(folder / "token.key").issue("agent-7", ["agent"])
    options = [("grpc.use_local_subchannel_pool", 1)]
    async with grpc.aio.secure_channel(f"localhost:{port}", credentials, options) as channel:
        stub: Any = IntakeServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints
        try:
            metadata = [("authorization", f"Bearer {token}")]
            await stub.GetCase(pb.GetCaseRequest(case_id="nothing"), metadata=metadata, timeout=10)
        except grpc.aio.AioRpcError as error:
            return error.code()
    return grpc.StatusCode.OK


def test_a_client_that_trusts_the_authority_is_served_and_plain_text_is_not(
    tmp_path: Path, authority: Authority
) -> None:
    async def main() -> None:
        tls = grpc_host.Tls(*authority.signed("server", 10))
        async with served(tmp_path, Intake(), tls=tls) as host:
            assert await called(host.server.port, tmp_path, authority.certificate) is grpc.StatusCode.OK
            stranger = Authority(tmp_path, "stranger").certificate
            assert await called(host.server.port, tmp_path, stranger) is grpc.StatusCode.UNAVAILABLE
            with pytest.raises(grpc.aio.AioRpcError) as refused:
                await host.get("nothing")
            assert refused.value.code() is grpc.StatusCode.UNAVAILABLE

    event_loop.run(main())


def test_with_a_client_authority_a_certificate_is_needed(tmp_path: Path, authority: Authority) -> None:
    async def main() -> None:
        tls = grpc_host.Tls(*authority.signed("server", 10), authority.certificate)
        async with served(tmp_path, Intake(), tls=tls) as host:
            port, ca = host.server.port, authority.certificate
            assert await called(port, tmp_path, ca, authority.signed("agent", 11)) is grpc.StatusCode.OK
            assert await called(port, tmp_path, ca) is grpc.StatusCode.UNAVAILABLE
            stranger = Authority(tmp_path, "stranger").signed("spy", 12)
            assert await called(port, tmp_path, ca, stranger) is grpc.StatusCode.UNAVAILABLE

    event_loop.run(main())


def test_a_changed_certificate_is_used_without_a_restart(tmp_path: Path, authority: Authority) -> None:
    async def main() -> None:
        tls = grpc_host.Tls(*authority.signed("server", 10))
        async with served(tmp_path, Intake(), tls=tls) as host:
            port = host.server.port
            assert await called(port, tmp_path, authority.certificate) is grpc.StatusCode.OK
            newer = Authority(tmp_path, "newer")
            newer.signed("server", 20)
            assert await called(port, tmp_path, newer.certificate) is grpc.StatusCode.OK
            assert await called(port, tmp_path, authority.certificate) is grpc.StatusCode.UNAVAILABLE
            tls.certificate.unlink()
            assert await called(port, tmp_path, newer.certificate) is grpc.StatusCode.OK

    event_loop.run(main())
