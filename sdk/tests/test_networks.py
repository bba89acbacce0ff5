"""The networks a provider calls from."""

import pytest
from hub120_sdk.networks import Networks


@pytest.mark.parametrize("known", ["203.0.113.1", "::ffff:203.0.113.1", "198.51.100.7", "2001:db8::7"])
def test_callers_of_the_networks_are_admitted(known: str) -> None:
    assert Networks("203.0.113.0/24 198.51.100.7 2001:db8::/64").admit(known)


@pytest.mark.parametrize("unknown", ["198.51.100.1", "::ffff:198.51.100.1", "2001:db8:1::7", "unix:", ""])
def test_nobody_else_is_admitted_but_where_no_network_is_named(unknown: str) -> None:
    assert not Networks("203.0.113.0/24 2001:db8::/64").admit(unknown)
    assert Networks(" ").admit(unknown)


@pytest.mark.parametrize("written", ["203.0.113.1/24", "bizgo.io", "203.0.113.0/24, 198.51.100.7"])
def test_what_is_no_network_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"does not appear|host bits"):
        Networks(written)
