"""Which addresses others can reach or overhear."""

from __future__ import annotations

import pytest

from chassis.addresses import is_confidential, is_local


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("127.0.0.1:80", True),
        ("127.9.9.9:80", True),
        ("[::1]:80", True),
        ("localhost:80", True),
        ("unix:/run/hub120.sock", True),
        ("0.0.0.0:80", False),
        ("10.0.0.7:80", False),
        ("localhost.example.kr:80", False),
    ],
)
def test_what_this_machine_alone_can_reach(address: str, local: bool) -> None:
    assert is_local(address) is local


@pytest.mark.parametrize(
    ("url", "confidential"),
    [
        ("https://id.example.kr/token", True),
        ("http://127.0.0.1:8080/token", True),
        ("http://[::1]/token", True),
        ("http://localhost/token", True),
        ("http://id.example.kr/token", False),
        ("http://localhost.example.kr/token", False),
        ("http://user@127.0.0.1@id.example.kr/token", False),
        ("ftp://localhost/token", False),
        ("localhost/token", False),
        ("", False),
    ],
)
def test_what_is_said_over_tls_or_within_this_machine_cannot_be_overheard(url: str, confidential: bool) -> None:
    assert is_confidential(url) is confidential
