"""Whatever the event stream tells is read or refused; no number leads anywhere but to the trunk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hub120_sdk import (
    Address,
    AddressKind,
    CallEvent,
    Context,
    HttpAnswer,
    Inbound,
    KeyPress,
    Manifest,
    Receipt,
    Unreadable,
)
from hub120_sdk.testing import fixture
from hypothesis import given
from hypothesis import strategies as st

from plugins.phone_asterisk import mapping
from plugins.phone_asterisk.inbound import Reader
from plugins.phone_asterisk.legs import Legs

SETTINGS = {name: one.default for name, one in Manifest.load("plugins.phone_asterisk").settings.items()}
EVENTS = (
    "stasis_start_caller",
    "dial_busy",
    "hold",
    "entered_bridge",
    "left_bridge",
    "destroyed_refused",
    "unhold",
    "key_pressed",
)
VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.lists(st.text(max_size=5), max_size=3)


class NoHttp:
    def request(self, *_: Any, **__: Any) -> HttpAnswer:
        raise AssertionError("a reader asks nobody")


def reader(**changes: str) -> Reader:
    return Reader(Context({**SETTINGS, **changes}, {}, NoHttp(), lambda: datetime.now(UTC)))


def changed(event: Any, path: list[str], value: object) -> Any:
    if not path or not isinstance(event, Mapping):
        return value
    return {**event, path[0]: changed(event.get(path[0]), path[1:], value)}


WHOSE = ("channel", "peer", "bridge", "caller")
NAMES = (*WHOSE, "id", "state", "number", "timestamp", "creationtime", "type", "args", "cause", "digit")
PATHS = st.lists(st.sampled_from(NAMES), max_size=3)


@given(st.sampled_from(EVENTS), PATHS, VALUES | st.dictionaries(st.text(max_size=5), VALUES, max_size=3))
def test_any_event_gives_records_or_is_unreadable(name: str, path: list[str], value: object) -> None:
    event = changed(json.loads(fixture("plugins.phone_asterisk", f"{name}.json")), path, value)
    try:
        records = reader().read(event, Legs(""))
    except Unreadable:
        return
    assert all(isinstance(one, Inbound | CallEvent | KeyPress | Receipt) for one in records)


@pytest.mark.parametrize(
    ("shown", "number"),
    [
        ("01055501234", "+821055501234"),
        ("010-5550-1234", "+821055501234"),
        ("+821055501234", "+821055501234"),
        ("821055501234", "+821055501234"),
        ("00841234567890", "+841234567890"),
        ("0311200000", "+82311200000"),
        ("15880120", "+8215880120"),
    ],
)
def test_a_number_is_known_in_all_its_spellings(shown: str, number: str) -> None:
    assert mapping.sender(shown, "", "c-1", "82", True) == Address(AddressKind.PHONE, number, verified=True)


@pytest.mark.parametrize("shown", ["", "anonymous", "Anonymous", "Restricted", "asterisk"])
def test_who_shows_no_number_is_somebody_new_each_time(shown: str) -> None:
    first, second = (mapping.sender(shown, "Anonymous", call, "82", True) for call in ("c-1", "c-2"))
    assert first.kind is AddressKind.ACCOUNT
    assert first.value != second.value
    assert not first.verified


def test_an_extension_is_an_account_and_never_verified() -> None:
    assert mapping.sender("1001", "상담사", "c-1", "82", True) == Address(AddressKind.ACCOUNT, "1001", "상담사")


@given(st.sampled_from(AddressKind), st.text(max_size=30))
def test_no_address_leads_anywhere_but_where_the_settings_say(kind: AddressKind, value: str) -> None:
    found = mapping.endpoint(Address(kind, value), {**SETTINGS, "account_endpoint": "PJSIP/{account}"})
    dialled = found.removeprefix("PJSIP/").removesuffix("@trunk")
    assert all(letter.isalnum() or letter in "_.-" for letter in dialled)


def test_other_countries_are_dialled_with_the_international_prefix() -> None:
    assert mapping.endpoint(Address(AddressKind.PHONE, "+84912345678"), SETTINGS) == "PJSIP/0084912345678@trunk"


def test_a_short_number_is_dialled_as_it_is() -> None:
    assert mapping.endpoint(Address(AddressKind.PHONE, "119"), SETTINGS) == "PJSIP/119@trunk"
    assert mapping.endpoint(Address(AddressKind.PHONE, "0311200000"), SETTINGS) == ""


def test_a_legs_memory_comes_back_from_the_cursor() -> None:
    legs, told = Legs(""), json.loads(fixture("plugins.phone_asterisk", "entered_hold.json"))
    reader().read(told, legs)
    again = Legs(legs.cursor)
    (leg,) = again
    known, before = again.get(leg), legs.get(leg)
    assert (known.state, known.conference_id, known.joined) == (before.state, before.conference_id, before.joined)
