"""Whatever is sent to the hub, a connector gives records or refuses it and calls nobody; whatever address stands in a
message, nobody goes there whom the manifest does not allow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hub120_sdk import (
    Attachment,
    ConnectorError,
    Content,
    HttpAnswer,
    Rejected,
    Request,
    Unauthorised,
    Unreadable,
)
from hub120_sdk.hosts import AllowedHosts
from hub120_sdk.testing import Answer, Bench, Provider
from hub120_sdk.testing.inbound_checks import are_records
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.connectors.http import OutboundHttp
from tests.benches import NoWayOut, bench_of, packages

ROOT = Path(__file__).parents[2]
FORMATS = ROOT.parent / "shared" / "formats"
OBJECTS = 200
"""So many objects of one recorded file are tried on their own."""

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
bodies = st.binary(max_size=300) | json_values.map(lambda value: json.dumps(value).encode())
headers = st.dictionaries(
    st.sampled_from(["content-type", "authorization", "x-signature", "x-request-id", "user-agent", "accept"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60)
    | st.sampled_from(["application/json", "text/xml", "application/x-www-form-urlencoded", "multipart/form-data"]),
)
paths = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=60)


@pytest.fixture(scope="module", params=packages("channel", "department", "interpreter"))
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    with bench_of(request.param, NoWayOut()) as bench:
        yield bench


def takes(bench: Bench, request: Request) -> None:
    """It gives records or refuses the request, and nothing else."""
    outcome = bench.parse(request)
    if isinstance(outcome, ConnectorError):
        assert isinstance(outcome, Unreadable | Unauthorised), outcome
    else:
        are_records(bench, outcome, f"for {request!r}")


def signed(bench: Bench, request: Request) -> Request:
    """As the provider signs it; as it is where no provider could."""
    try:
        return bench.signed(request)
    except ValueError:
        return request


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_request_gives_records_or_is_refused(bench: Bench, data: st.DataObject) -> None:
    known = [row.request for row in bench.suite.parses]
    base = data.draw(st.sampled_from(known)) if known else Request("POST", "https://hub.example/channels/x", {})
    method = data.draw(st.sampled_from(["GET", "POST", "PUT", "DELETE", base.method]))
    url = base.url + data.draw(st.just("") | paths | paths.map("?{}".format))
    body = data.draw(bodies | st.just(base.body))
    request = Request(method, url, {**base.headers, **data.draw(headers)}, body)
    takes(bench, signed(bench, request) if data.draw(st.booleans()) else request)


def recordings() -> list[Path]:
    """The fixtures of every connector, and all that was recorded or published, where that stands beside this
    repository."""
    beside = [path for path in FORMATS.rglob("*") if path.is_file() and path.parent != FORMATS]
    return sorted([*ROOT.glob("plugins/*/fixtures/*"), *beside])


def test_every_recorded_payload_of_any_provider_gives_records_or_is_refused(bench: Bench) -> None:
    known = [row.request for row in bench.suite.parses][:1]
    base = known[0] if known else Request("POST", "https://hub.example/channels/x", {})
    for recorded in recordings():
        for body in pieces(recorded.read_bytes()):
            try:
                takes(bench, bench.signed(Request("POST", base.url, base.headers, body)))
            except Exception as error:
                raise AssertionError(f"{recorded}: {error}") from error


def pieces(recorded: bytes) -> Iterator[bytes]:
    """The file, and each object in it if it is JSON."""
    yield recorded[:1_000_000]
    try:
        objects = list(objects_in(json.loads(recorded)))
    except ValueError:
        return
    yield from (json.dumps(one).encode() for one in objects[:OBJECTS])


def objects_in(value: object) -> Iterator[object]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, dict):
        yield value
    for one in inner:
        yield from objects_in(one)


class Gate:
    """An ``Http`` that lets through whom the manifest allows, and remembers where they went."""

    def __init__(self, bench: Bench) -> None:
        self._allowed = AllowedHosts(bench.manifest.allowed_hosts, bench.settings)
        self.hosts: set[str] = set()

    def request(self, method: str, url: str, **_: object) -> HttpAnswer:
        """Go nowhere, whatever the answer would be."""
        self.hosts.add(self._allowed.check(url).host)
        return HttpAnswer(404, {}, b"")


HOSTILE = (
    "http://127.0.0.1:22/",
    "http://localhost/admin",
    "https://169.254.169.254/latest/meta-data/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0177.0.0.1/",
    "https://127.1/",
    "https://10.0.0.1/",
    "https://192.168.0.1/",
    "https://intranet/",
    "https://evil.example/x",
    "http://evil.example/x",
    "//evil.example/x",
    "https:/\\evil.example/x",
    "https://evil.example\\@allowed.example/",
    "https://user:secret@evil.example/",
    "file:///etc/passwd",
    "ftp://evil.example/",
    "gopher://127.0.0.1:6379/_x",
    "data:text/plain,x",
    "",
    "\x00",
    "https://",
    "https://evil.example:99999/",
)


@pytest.mark.parametrize("package", packages("channel"))
def test_no_file_is_fetched_from_where_the_manifest_does_not_allow(package: str) -> None:
    with bench_of(package, NoWayOut()) as bench:
        bench.http = gate = Gate(bench)  # type: ignore[assignment] # another Http
        bench.connector = bench.make(bench.suite.secrets)
        for reference in (*HOSTILE, *disguised(bench)):
            with pytest.raises(ConnectorError):
                bench.channel.fetch(Attachment(reference, "image/png"))
        assert not {host for host in gate.hosts if "evil" in host or host in {"localhost", "intranet"}}


def disguised(bench: Bench) -> Iterator[str]:
    """Addresses that only look like those the connector may call."""
    for row in bench.suite.fetches:
        if isinstance(row.expected, Content) and "://" in row.attachment.reference:
            host = row.attachment.reference.split("://")[1].split("/")[0]
            yield f"https://{host}.evil.example/x"
            yield f"https://{host}@evil.example/x"
            yield f"https://evil.example/#{host}"
            yield f"https://evil.example/?{host}"


@pytest.mark.parametrize("package", packages("channel"))
def test_no_redirect_leads_to_where_the_manifest_does_not_allow(package: str) -> None:
    with Provider() as inside, bench_of(package, NoWayOut()) as bench:
        allowed = AllowedHosts(bench.manifest.allowed_hosts, bench.settings)
        bench.http = OutboundHttp(allowed, 1_000_000, 4)  # type: ignore[assignment] # another Http
        bench.connector = bench.make(bench.suite.secrets)
        good = [row for row in bench.suite.fetches if isinstance(row.expected, Content)]
        for row in good:
            for status in (301, 302, 303, 307, 308):
                answer = Answer(status, b"", {"location": f"{inside.url}/secret"})
                outcome = bench.fetch(row.attachment, [*row.answers[:-1], answer])
                assert isinstance(outcome, Rejected), f"{row.name}, {status}: {outcome!r}"
        assert inside.seen == []
