"""Which hosts a manifest allows, also with settings in the list."""

import pytest
from hub120_sdk import Rejected
from hub120_sdk.hosts import AllowedHosts, destination

ALLOWED = AllowedHosts(
    ["api.example.org", "*.cdn.example", "odd.example:8443", "{base}", "{empty}"],
    {"base": "http://10.0.0.7:9000/api", "empty": ""},
)


@pytest.mark.parametrize(
    ("url", "trusted"),
    [
        ("https://api.example.org/a", False),
        ("https://API.example.org.:443/a", False),
        ("https://a.b.cdn.example/", False),
        ("https://odd.example:8443/", False),
        ("http://10.0.0.7:9000/other?x=1", True),
    ],
)
def test_allowed_addresses(url: str, trusted: bool) -> None:
    assert ALLOWED.check(url).trusted is trusted


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example.org/",
        "https://cdn.example/",
        "https://xcdn.example/",
        "https://odd.example/",
        "https://10.0.0.7:9000/",
        "http://10.0.0.7/",
        "http://10.0.0.7:9001/",
        "https://api.example.org\\@evil.example/",
        "https://evil.example/#@api.example.org",
        "https://api.example.org%2f.evil.example/",
        "javascript:alert(1)",
        "https:///path",
        "http://[fe80::1%25eth0]/",
    ],
)
def test_everything_else_is_refused_by_its_host(url: str) -> None:
    with pytest.raises(Rejected):
        ALLOWED.check(url)


def test_a_public_provider_named_by_a_setting_is_still_public() -> None:
    allowed = AllowedHosts(["*.example.org", "{base}"], {"base": "https://api.example.org"})
    assert allowed.check("https://api.example.org/x").trusted is False


def test_what_was_checked_is_what_is_called() -> None:
    to = destination("https://API.Example.org:8443?a=b#c")
    assert (to.scheme, to.host, to.port, to.target) == ("https", "api.example.org", 8443, "/?a=b")
