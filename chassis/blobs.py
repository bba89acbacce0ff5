"""Attachments outside the database: one sealed file each, whole or not there, below one folder.

The database keeps the key that ``put`` returned; what a file is and who may read it is the database's to know.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from chassis.crypto import Keyring
from chassis.crypto.keyring import key_id_of

_ID = re.compile(r"[A-Za-z0-9_-]{1,128}")
_KEY = re.compile(r"[0-9a-f]{2}/[A-Za-z0-9_-]{1,128}")


class NoSuchBlob(Exception):
    """Nothing is stored under this key."""

    def __init__(self, key: str) -> None:
        super().__init__(f"no attachment is stored under {key!r}")


class Blobs:
    """A store of sealed files at ``file:///folder``; safe to use from several processes."""

    def __init__(self, address: str, keyring: Keyring) -> None:
        scheme, _, path = address.partition("://")
        if scheme != "file" or not path.startswith("/"):
            raise ValueError(f"attachments are kept at file:///folder, not at {address!r}")
        self._folder = Path(path)
        self._keyring = keyring

    def put(self, blob_id: str, data: bytes) -> str:
        """Store under an id of ours and return the key to get it by; a second ``put`` of an id replaces the first.

        When it returns, the file survives a loss of power.
        """
        if not _ID.fullmatch(blob_id):
            raise ValueError("the id of an attachment has letters, digits, hyphen and underscore only")
        key = f"{sha256(blob_id.encode()).hexdigest()[:2]}/{blob_id}"
        self._write(key, data)
        return key

    def get(self, key: str) -> bytes:
        """The bytes stored under a key. Raises ``NoSuchBlob``, or ``Unsealable`` when the file is not what was put."""
        try:
            sealed = self._path(key).read_bytes()
        except FileNotFoundError:
            raise NoSuchBlob(key) from None
        return self._open(key, sealed)

    def delete(self, key: str) -> None:
        """Remove; nothing happens where nothing is."""
        self._path(key).unlink(missing_ok=True)

    def rotate(self) -> Iterator[str]:
        """Seal anew what is not sealed with the current data key, yielding each key once done. May run while in use."""
        for path in sorted(self._folder.glob("??/*")):
            key = f"{path.parent.name}/{path.name}"
            if not _KEY.fullmatch(key):
                continue
            with contextlib.suppress(FileNotFoundError):
                sealed = path.read_bytes()
                if key_id_of(sealed) != self._keyring.current:
                    self._write(key, self._open(key, sealed))
                    yield key

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise NoSuchBlob(key)
        return self._folder / key

    def _open(self, key: str, sealed: bytes) -> bytes:
        return self._keyring.open(sealed, table="blob", column="content", row=key)

    def _write(self, key: str, data: bytes) -> None:
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, aside = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(self._keyring.seal(data, table="blob", column="content", row=key))
                file.flush()
                os.fsync(file.fileno())
            Path(aside).replace(path)
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
