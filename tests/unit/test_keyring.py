"""What is sealed opens in its place only, and nothing about keys shows where it should not."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.crypto import BadKeyring, Keyring, Unsealable

KEYS = Keyring.generate()
PLACE = {"table": "contact", "column": "text", "row": "c1"}


@given(st.text())
def test_what_is_sealed_opens_in_its_place(text: str) -> None:
    assert KEYS.open_text(KEYS.seal(text, **PLACE), **PLACE) == text


@pytest.mark.parametrize("part", ["table", "column", "row"])
def test_a_value_moved_elsewhere_does_not_open_and_the_error_says_where_not_what(part: str) -> None:
    sealed = KEYS.seal("홍길동", **PLACE)
    with pytest.raises(Unsealable) as caught:
        KEYS.open(sealed, **{**PLACE, part: "other"})
    assert "other" in str(caught.value)
    assert KEYS.current in str(caught.value)
    assert "홍길동" not in str(caught.value)


@given(st.data())
def test_one_changed_byte_and_it_does_not_open(data: st.DataObject) -> None:
    sealed = bytearray(KEYS.seal("내용", **PLACE))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Unsealable):
        KEYS.open(bytes(sealed), **PLACE)


@given(st.binary(max_size=80))
def test_what_was_never_sealed_does_not_open(rubbish: bytes) -> None:
    with pytest.raises(Unsealable):
        KEYS.open(rubbish, **PLACE)


def test_equal_texts_look_different_each_time_they_are_sealed() -> None:
    assert KEYS.seal("같은 말", **PLACE) != KEYS.seal("같은 말", **PLACE)


def test_a_keyed_hash_is_equal_for_equal_values_of_one_purpose_and_one_keyring() -> None:
    number = "+821012345678"
    assert KEYS.keyed_hash("number", number) == KEYS.keyed_hash("number", number)
    assert len(KEYS.keyed_hash("number", number)) == 16
    assert KEYS.keyed_hash("address", number) != KEYS.keyed_hash("number", number)
    assert Keyring.generate().keyed_hash("number", number) != KEYS.keyed_hash("number", number)


def test_hashes_stay_when_data_keys_come_and_go() -> None:
    renewed = KEYS.add()
    newest = next(name for name in renewed.key_ids if name != KEYS.current)
    renewed = renewed.make_current(newest).remove(KEYS.current)
    assert renewed.keyed_hash("number", "1") == KEYS.keyed_hash("number", "1")


def test_a_new_key_opens_old_values_until_the_old_key_is_removed() -> None:
    old = KEYS.seal("전", **PLACE)
    both = KEYS.add()
    assert both.current == KEYS.current
    newest = next(name for name in both.key_ids if name != KEYS.current)
    switched = both.make_current(newest)
    assert switched.open_text(old, **PLACE) == "전"
    assert both.open_text(switched.seal("후", **PLACE), **PLACE) == "후"
    with pytest.raises(Unsealable, match="not in the keyring"):
        switched.remove(KEYS.current).open(old, **PLACE)


def test_a_keyring_file_is_for_its_owner_alone_and_never_replaced_by_accident(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    made = Keyring.create(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Keyring.load(path).open_text(made.seal("x", **PLACE), **PLACE) == "x"
    with pytest.raises(FileExistsError):
        Keyring.create(path)
    made.add().save(path)
    assert len(Keyring.load(path).key_ids) == 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["keys.json"]


def test_printing_a_keyring_shows_ids_only() -> None:
    shown = repr(KEYS)
    assert KEYS.current in shown
    assert not any(key in shown for key in json.loads(KEYS.dump())["data"].values())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"current": "a"}',
        '{"current": "a", "data": {"a": "c2hvcnQ="}, "index": "c2hvcnQ="}',
        '{"current": "b", "data": {"a": "%s"}, "index": "%s"}' % (("A" * 43 + "=",) * 2),
        '{"current": "A B", "data": {"A B": "%s"}, "index": "%s"}' % (("A" * 43 + "=",) * 2),
    ],
    ids=["empty", "no object", "no keys", "short keys", "current is missing", "an id with a space"],
)
def test_a_keyring_that_cannot_be_used_is_refused(text: str) -> None:
    with pytest.raises(BadKeyring):
        Keyring.parse(text)


def test_a_keyring_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadKeyring, match=r"none\.json"):
        Keyring.load(tmp_path / "none.json")


def test_a_process_that_meets_a_new_key_reads_its_file_again_and_seals_with_it(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    running, changed = Keyring.create(path) and Keyring.load(path), Keyring.load(path).add()
    newest = next(name for name in changed.key_ids if name != changed.current)
    changed = changed.make_current(newest)
    changed.save(path)
    assert running.open_text(changed.seal("새 열쇠", **PLACE), **PLACE) == "새 열쇠"
    assert running.current == newest


def test_a_file_that_became_unreadable_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    Keyring.create(path)
    running = Keyring.load(path)
    sealed = running.seal("x", **PLACE)
    path.write_text("rubbish")
    with pytest.raises(Unsealable):
        running.open(KEYS.seal("y", **PLACE), **PLACE)
    assert running.open_text(sealed, **PLACE) == "x"
