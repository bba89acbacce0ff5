"""How connectors are configured, listed and logged, and how long replies are cut."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hub120_sdk import (
    Context,
    Misconfigured,
    Setting,
    Unauthorised,
)

from chassis.connectors.errors import NotConfigured, UnknownConnector
from chassis.connectors.host import Host
from chassis.connectors.registry import Found, Refused, Registry
from chassis.connectors.states import Readiness
from tests.odd_connectors import MESSAGE, ODD, REPLY, REQUEST, Odd, host, now, odd, runner

SECRETIVE = replace(
    ODD,
    id="secretive",
    settings={"url": Setting("where"), "colour": Setting("of the sky", default="blue")},
    secrets={"token": Setting("the key")},
)


def test_missing_variables_are_named_and_stop_nobody() -> None:
    both = host(odd(SECRETIVE), odd())
    state = both.states()[1]
    assert state.readiness is Readiness.UNCONFIGURED
    assert state.missing == ("HUB120_CONNECTOR_SECRETIVE_URL", "HUB120_CONNECTOR_SECRETIVE_TOKEN")
    assert both.get("secretive") is None
    with pytest.raises(NotConfigured, match="HUB120_CONNECTOR_SECRETIVE_TOKEN"):
        both.parse("secretive", REQUEST)
    assert both.parse("odd", REQUEST) == [MESSAGE]


def test_a_secret_may_be_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("hush\n")
    made: list[Context] = []

    def make(context: Context) -> Odd:
        made.append(context)
        return Odd()

    environ = {
        "HUB120_CONNECTOR_SECRETIVE_URL": "https://x.example",
        "HUB120_CONNECTOR_SECRETIVE_TOKEN_FILE": str(tmp_path / "token"),
        "HUB120_CONNECTOR_SECRETIVE_COLOR": "red",
    }
    one = host(Found(SECRETIVE, "tests", make), environ=environ, public_url="https://hub.example/")
    assert made[0].secrets == {"token": "hush"}
    assert made[0].settings == {"url": "https://x.example", "colour": "blue"}
    assert made[0].public_url == "https://hub.example/channels/secretive"
    assert "hush" not in repr(made[0])
    assert one.unknown_variables() == ["HUB120_CONNECTOR_SECRETIVE_COLOR"]


def test_an_operators_limits_take_the_place_of_the_manifests() -> None:
    environ = {"HUB120_CONNECTOR_ODD_LIMIT_SENDS_PER_SECOND": "7.5", "HUB120_CONNECTOR_ODD_LIMIT_PARALLEL_SENDS": "3"}
    limited = host(odd(), environ=environ)
    running = limited.get("odd")
    assert running is not None
    assert (running.manifest.limits.sends_per_second, running.manifest.limits.parallel_sends) == (7.5, 3)
    assert limited.unknown_variables() == []


@pytest.mark.parametrize("value", ["many", "0", "-1", "1e9", "nan"])
def test_a_limit_that_is_none_is_refused_by_the_variables_name(value: str) -> None:
    [state] = host(odd(), environ={"HUB120_CONNECTOR_ODD_LIMIT_SENDS_PER_SECOND": value}).states()
    assert (state.readiness, "LIMIT_SENDS_PER_SECOND" in state.reason) == (Readiness.FAILED, True)


def test_only_listed_connectors_run_and_a_misspelt_one_is_told() -> None:
    listed = host(odd(), odd(replace(ODD, id="other")), enabled=["odd", "kakoatalk"])
    assert {state.id: state.readiness for state in listed.states()} == {
        "kakoatalk": Readiness.REFUSED,
        "odd": Readiness.READY,
        "other": Readiness.DISABLED,
    }
    with pytest.raises(NotConfigured):
        listed.parse("other", REQUEST)
    with pytest.raises(UnknownConnector):
        listed.parse("nobody", REQUEST)


@pytest.mark.parametrize(
    "factory",
    [
        lambda context: None,
        lambda context: object(),
        lambda context: 1 / 0,
        lambda context: (_ for _ in ()).throw(SystemExit(1)),
        lambda context: (_ for _ in ()).throw(Misconfigured("the key is no key")),
    ],
)
def test_a_connector_that_cannot_be_made_stops_nobody(factory: Any) -> None:
    both = host(Found(replace(ODD, id="broken"), "tests", factory), odd())
    assert both.states()[0].readiness is Readiness.FAILED
    assert both.states()[0].reason
    assert both.parse("odd", REQUEST) == [MESSAGE]


def test_refused_plugins_are_listed() -> None:
    one = Host(Registry(refused=(Refused("bad", "ImportError: x"),)), {}, now, runner=runner())
    [state] = one.states()
    assert (state.id, state.readiness, state.reason) == ("bad", Readiness.REFUSED, "ImportError: x")


def test_the_log_of_calls_names_nobody() -> None:
    one = host(odd(parse=Unauthorised("no")))
    with pytest.raises(Unauthorised):
        one.parse("odd", REQUEST)
    one.send("odd", REPLY)
    parsed, sent = one.calls("odd")
    assert (parsed.call, parsed.error, parsed.method, parsed.path) == (
        "parse",
        "Unauthorised",
        "POST",
        "/channels/odd/*",
    )
    assert (sent.call, sent.error) == ("send", "")
    told = repr(one.calls("odd")) + repr(one.states())
    assert not any(secret in told for secret in ("hush", "abc123", "citizen-1", "가로등", "고치"))
    assert one.states()[0].last_error is not None


def test_a_long_reply_becomes_several_and_none_of_it_is_lost() -> None:
    limits = replace(ODD.limits, text_characters=100, text_parts=2, answer_parts=3)
    one = host(odd(replace(ODD, limits=limits)))
    text = "누리시 복지과에서 안내드립니다. " * 40
    pieces = one.pieces("odd", text)
    assert "".join(pieces) == text
    assert all(len(piece) <= 200 for piece in pieces)
    waiting = [
        replace(REPLY, reply_id=str(number), text=piece) for number, piece in enumerate([pieces[0], "네", pieces[1]])
    ]
    assert one.fitting("odd", waiting) == waiting[:2]
    assert host(odd()).pieces("odd", text) == [text]
    assert host(odd()).fitting("odd", waiting) == []
