"""Whatever is asked for, ``parse`` gives records or says why not, in the words of the specification."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hub120_sdk import Inbound, Inquiry, Request, Unauthorised, Unreadable
from hub120_sdk.testing import Bench
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.open311.tests.conformance import URL

WORDS = st.sampled_from(["requests", "services", "tokens", "discovery", "pothole", ".json", ".xml", "/", "?", "x"])
PATHS = st.lists(WORDS | st.text(max_size=6).map(quote), max_size=6).map("".join)
FIELDS = ("service_code", "lat", "long", "address_string", "attribute[plate]", "page", "start_date", "status", "email")
FORMS = st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=20) | st.sampled_from(["pothole", "parking", "37"]))


def written(fields: dict[str, str]) -> str:
    return "&".join(f"{quote(name)}={quote(value)}" for name, value in fields.items())


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench("plugins.open311") as bench:
        yield bench


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(method=st.sampled_from(["GET", "POST", "PUT"]), path=PATHS, query=FORMS, body=st.binary() | FORMS)
def test_parse_gives_records_or_says_why_not(
    bench: Bench, method: str, path: str, query: dict[str, str], body: bytes | dict[str, str]
) -> None:
    raw = body if isinstance(body, bytes) else written(body).encode()
    for tail in (path, "requests.json", "requests.xml"):
        request = Request(method, f"{URL}/{tail}?{written(query)}", {}, raw)
        outcome: Any = bench.parse(bench.signed(request))
        if isinstance(outcome, list):
            assert all(isinstance(record, Inbound | Inquiry) for record in outcome)
        else:
            assert isinstance(outcome, Unreadable | Unauthorised)
            assert outcome.response is not None
            assert 400 <= outcome.response.status < 500
