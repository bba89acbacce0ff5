"""The way out for connectors, over real sockets."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from hub120_sdk import Rejected, Retry, Unreachable, Unsure
from hub120_sdk.hosts import AllowedHosts
from hub120_sdk.testing import Answer, Provider

from chassis import telemetry
from chassis.connectors.http import OutboundHttp, is_public

LIMIT = 1_000


@pytest.fixture
def provider() -> Iterator[Provider]:
    with Provider() as provider:
        yield provider


def out(*patterns: str, **settings: str) -> OutboundHttp:
    return OutboundHttp(AllowedHosts([*patterns, *(f"{{{name}}}" for name in settings)], settings), LIMIT)


def test_an_answer_of_any_status_is_an_answer(provider: Provider) -> None:
    provider.script([Answer(404, b"gone", {"X-Kind": "Soft"})])
    answer = out(api=provider.url).request("POST", provider.url + "/a?b=1", headers={"X-One": "1"}, body=b"body")
    assert (answer.status, answer.body, answer.headers["x-kind"]) == (404, b"gone", "Soft")
    [seen] = provider.seen
    assert (seen.method, seen.path, seen.body, seen.headers["x-one"]) == ("POST", "/a?b=1", b"body", "1")


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/",
        "http://api.example.org/",
        "https://api.example.org:8443/",
        "https://api.example.org.evil.example/",
        "https://evilapi.example.org/",
        "https://api.example.org@evil.example/",
        "https://user:pass@api.example.org/",
        "https://bücher.example/",
        "file:///etc/passwd",
        "ftp://api.example.org/",
        "//api.example.org/",
        "https://",
        "https://[::1/",
        "https://api.example.org:port/",
        "",
    ],
)
def test_only_the_manifests_hosts_are_called(url: str) -> None:
    with pytest.raises(Rejected):
        out("api.example.org").request("GET", url)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:0a00:0001::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
    ],
)
def test_private_addresses_are_known_in_every_disguise(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_public_name_that_leads_inside_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as inside:
        port = inside.getsockname()[1]
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
        inside.settimeout(0.2)
        with pytest.raises(Retry, match="could not be reached"):
            out(f"rebinding.example.org:{port}").request("GET", f"https://rebinding.example.org:{port}/", timeout_s=2)
        with pytest.raises(TimeoutError):
            inside.accept()


def test_a_redirect_is_followed_to_allowed_hosts_without_credentials(provider: Provider) -> None:
    with Provider() as storage:
        provider.script([Answer(307, b"", {"location": f"{storage.url}/file"})])
        storage.script([Answer(200, b"picture")])
        http = out(api=provider.url, storage=storage.url)
        headers = {"Authorization": "Basic x", "Accept": "image/*"}
        assert http.request("GET", provider.url + "/media", headers=headers).body == b"picture"
        assert provider.seen[0].headers["authorization"] == "Basic x"
        assert "authorization" not in storage.seen[0].headers
        assert storage.seen[0].headers["accept"] == "image/*"


def test_a_redirect_elsewhere_is_refused_and_one_of_a_post_is_an_answer(provider: Provider) -> None:
    provider.script([Answer(302, b"", {"location": "http://169.254.169.254/latest/meta-data"})])
    with pytest.raises(Rejected, match=r"169\.254"):
        out(api=provider.url).request("GET", provider.url)
    assert out(api=provider.url).request("POST", provider.url).status == 302


def test_redirects_in_circles_end(provider: Provider) -> None:
    provider.script([Answer(302, b"", {"location": "/again"})])
    with pytest.raises(Rejected, match="circles"):
        out(api=provider.url).request("GET", provider.url)
    assert len(provider.seen) == 4


def test_an_answer_that_is_too_large_is_not_read(provider: Provider) -> None:
    provider.script([Answer(200, b"x" * (LIMIT + 1))])
    with pytest.raises(Rejected, match="1000 bytes"):
        out(api=provider.url).request("GET", provider.url)
    with pytest.raises(Unsure):
        out(api=provider.url).request("POST", provider.url)


def test_a_provider_that_cannot_be_reached_is_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
    with pytest.raises(Unreachable):
        out(api=url).request("POST", url)


@pytest.mark.parametrize("answer", [Answer(dropped=True), Answer(slow=True)], ids=["hung up", "silent"])
def test_a_post_without_an_answer_may_have_been_done(provider: Provider, answer: Answer) -> None:
    provider.script([answer])
    with pytest.raises(Unsure):
        out(api=provider.url).request("POST", provider.url, body=b"x", timeout_s=0.3)
    with pytest.raises(Retry) as get:
        out(api=provider.url).request("GET", provider.url, timeout_s=0.3)
    assert type(get.value) is Retry


def test_an_answer_that_drips_ends_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        stop = threading.Event()

        def drip() -> None:
            connection, _ = server.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n")
                while not stop.wait(0.05):
                    connection.sendall(b"x")

        thread = threading.Thread(target=drip)
        thread.start()
        with pytest.raises(Retry):
            out(api=url).request("GET", url, timeout_s=0.3)
        stop.set()
        thread.join()


def test_the_trace_goes_to_an_operators_host(provider: Provider) -> None:
    with telemetry.span("test"):
        out(api=provider.url).request("GET", provider.url)
        assert telemetry.trace_id() in provider.seen[0].headers["traceparent"]


def test_the_trace_never_goes_to_a_public_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: dict[str, Any] = {}

    class Pool:
        def urlopen(self, *_: object, headers: dict[str, str], **__: object) -> None:
            sent.update(headers)
            raise ConnectionRefusedError

    http = out("api.example.org", api="https://api.example.org")
    monkeypatch.setattr(http._public, "connection_from_host", lambda *_: Pool())
    with telemetry.span("test"), pytest.raises(Retry):
        http.request("GET", "https://api.example.org/")
    assert sent["user-agent"] == "hub120"
    assert "traceparent" not in sent


def test_every_request_is_remembered(provider: Provider) -> None:
    told: list[tuple[object, ...]] = []
    allowed = AllowedHosts(["{api}"], {"api": provider.url})
    http = OutboundHttp(allowed, LIMIT, on_request=lambda *request: told.append(request))
    http.request("GET", provider.url + "/a")
    provider.script([Answer(dropped=True)])
    with pytest.raises(Retry):
        http.request("GET", provider.url + "/b")
    assert [(one[0], one[2], one[4]) for one in told] == [("GET", 200, ""), ("GET", 0, "ProtocolError")]
