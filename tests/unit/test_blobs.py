"""Attachments are whole or not there, sealed, and cannot be asked for outside their folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from chassis.blobs import Blobs, NoSuchBlob
from chassis.crypto import Keyring, Unsealable

KEYS = Keyring.generate()


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    """An empty store."""
    return Blobs(f"file://{tmp_path}/attachments", KEYS)


def files(tmp_path: Path) -> list[Path]:
    return [path for path in tmp_path.rglob("*") if path.is_file()]


def test_what_is_put_is_got_until_it_is_deleted(blobs: Blobs) -> None:
    key = blobs.put("a1", b"photo")
    assert blobs.get(key) == b"photo"
    blobs.delete(key)
    blobs.delete(key)
    with pytest.raises(NoSuchBlob):
        blobs.get(key)


def test_a_second_put_of_an_id_replaces_the_first(blobs: Blobs, tmp_path: Path) -> None:
    first, second = blobs.put("a1", b"one"), blobs.put("a1", b"two")
    assert first == second
    assert blobs.get(second) == b"two"
    assert len(files(tmp_path)) == 1


def test_the_file_does_not_show_what_is_in_it(blobs: Blobs, tmp_path: Path) -> None:
    blobs.put("a1", b"a photo of somebody")
    (path,) = files(tmp_path)
    assert b"somebody" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_a_file_put_in_the_place_of_another_does_not_open(blobs: Blobs, tmp_path: Path) -> None:
    one, other = blobs.put("a1", b"one"), blobs.put("a2", b"other")
    (tmp_path / "attachments" / other).write_bytes((tmp_path / "attachments" / one).read_bytes())
    with pytest.raises(Unsealable):
        blobs.get(other)


def test_a_write_that_fails_leaves_nothing_and_the_old_file_stays(
    blobs: Blobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = blobs.put("a1", b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        blobs.put("a1", b"new")
    assert blobs.get(key) == b"old"
    assert len(files(tmp_path)) == 1


@pytest.mark.parametrize("key", ["../../etc/passwd", "/etc/passwd", "ab/../../x", "ab/", "", "ab/a\0b"])
def test_no_key_leads_out_of_the_folder(blobs: Blobs, key: str) -> None:
    with pytest.raises(NoSuchBlob):
        blobs.get(key)
    with pytest.raises(NoSuchBlob):
        blobs.delete(key)


def test_an_id_that_could_be_a_path_is_refused(blobs: Blobs) -> None:
    with pytest.raises(ValueError, match="letters"):
        blobs.put("../a1", b"x")


def test_only_folders_are_stores() -> None:
    with pytest.raises(ValueError, match="file:///folder"):
        Blobs("s3://bucket", KEYS)


def test_rotation_seals_every_file_anew_once(tmp_path: Path) -> None:
    address = f"file://{tmp_path}"
    keys = [Blobs(address, KEYS).put(f"a{number}", b"photo %d" % number) for number in range(5)]
    added = KEYS.add()
    renewed = added.make_current(next(name for name in added.key_ids if name != KEYS.current))
    assert sorted(Blobs(address, renewed).rotate()) == sorted(keys)
    assert list(Blobs(address, renewed).rotate()) == []
    only_new = Blobs(address, renewed.remove(KEYS.current))
    assert [only_new.get(key) for key in keys] == [b"photo %d" % number for number in range(5)]
