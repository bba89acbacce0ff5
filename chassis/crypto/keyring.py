"""The keys of one installation: data keys that seal personal columns, and the index key behind keyed hashes.

A keyring is a JSON file, ``{"current": ID, "data": {ID: KEY, …}, "index": KEY}``, each key 32 bytes in base64. All
processes of an installation have the same. The current data key seals; every key in it opens. A process that meets a
key it does not know reads its file again, so a new key needs no restart where all processes see one file.

To rotate the data key without one failed read: ``add`` a key and wait until the file is everywhere (all can open it),
``make_current`` (all come to seal with it), run the rotation, and ``remove`` the old key when nothing waits for it.

The index key does not rotate with them: a keyed hash cannot be computed from a keyed hash. To change it, stop the
service, compute every hash column again from the sealed value beside it, and start with the new key.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hmac
import json
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT = 1
KEY_BYTES = 32
NONCE_BYTES = 12
HASH_BYTES = 16
_KEY_ID = re.compile(r"[a-z0-9-]{1,32}")


class BadKeyring(Exception):
    """The keyring cannot be used; says why, never with key material."""


class Unsealable(Exception):
    """A sealed value does not open: another key, another place, or damage. Names the place, never the content."""

    def __init__(self, table: str, column: str, row: str, key_id: str, why: str) -> None:
        super().__init__(f"{table}.{column} of row {row}, sealed with key {key_id!r}, does not open: {why}")
        self.key_id = key_id


class Keyring:
    """Seals, opens and hashes; safe to use from several threads."""

    def __init__(self, current: str, data: Mapping[str, bytes], index: bytes) -> None:
        wrong = [name for name, key in {**data, "index": index}.items() if len(key) != KEY_BYTES]
        if wrong:
            raise BadKeyring(f"keys {sorted(wrong)} are not {KEY_BYTES} bytes long")
        if any(not _KEY_ID.fullmatch(name) for name in data):
            raise BadKeyring("ids of data keys have 1 to 32 of: lower-case letters, digits, hyphen")
        if current not in data:
            raise BadKeyring(f"the current key {current!r} is not among the data keys {sorted(data)}")
        self.current = current
        self._data = dict(data)
        self._index = index
        self._ciphers = {name: AESGCM(key) for name, key in data.items()}
        self._hash_keys: dict[str, bytes] = {}
        self._source: Path | None = None
        self._source_version = 0

    @classmethod
    def generate(cls) -> Keyring:
        """A new keyring with one data key."""
        name = _new_id()
        return cls(name, {name: secrets.token_bytes(KEY_BYTES)}, secrets.token_bytes(KEY_BYTES))

    @classmethod
    def parse(cls, text: str) -> Keyring:
        """Read a keyring from its JSON, as a file or an environment variable has it."""
        try:
            content: dict[str, Any] = json.loads(text)
            data = {name: base64.b64decode(key, validate=True) for name, key in content["data"].items()}
            return cls(content["current"], data, base64.b64decode(content["index"], validate=True))
        except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as error:
            raise BadKeyring('a keyring is {"current": id, "data": {id: key}, "index": key}, keys in base64') from error

    @classmethod
    def load(cls, path: Path) -> Keyring:
        """Read a keyring file."""
        try:
            version = path.stat().st_mtime_ns
            keyring = cls.parse(path.read_text())
            keyring._source, keyring._source_version = path, version
            return keyring
        except OSError as error:
            raise BadKeyring(f"the keyring {path} cannot be read: {error.strerror}") from error

    @classmethod
    def create(cls, path: Path) -> Keyring:
        """Write a new keyring, readable by its owner alone. Raises ``FileExistsError``: a lost keyring is lost data."""
        keyring = cls.generate()
        aside = keyring._write_beside(path)
        try:
            path.hardlink_to(aside)
        finally:
            aside.unlink()
        return keyring

    def save(self, path: Path) -> None:
        """Put this keyring in the place of an older one, whole or not at all."""
        self._write_beside(path).replace(path)

    def _write_beside(self, path: Path) -> Path:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # readable by its owner alone
        with os.fdopen(descriptor, "w") as file:
            file.write(self.dump())
            file.flush()
            os.fsync(file.fileno())
        return Path(name)

    def dump(self) -> str:
        """The keyring as JSON: secret."""
        data = {name: base64.b64encode(key).decode() for name, key in self._data.items()}
        content = {"current": self.current, "data": data, "index": base64.b64encode(self._index).decode()}
        return json.dumps(content, indent=2) + "\n"

    def __repr__(self) -> str:
        return f"Keyring(current={self.current!r}, data={sorted(self._data)})"

    def add(self) -> Keyring:
        """This keyring with one more data key, which only opens until it is made current."""
        return Keyring(self.current, {**self._data, _new_id(): secrets.token_bytes(KEY_BYTES)}, self._index)

    def make_current(self, key_id: str) -> Keyring:
        """This keyring sealing with another of its keys."""
        return Keyring(key_id, self._data, self._index)

    def remove(self, key_id: str) -> Keyring:
        """This keyring without a key: what it sealed is unreadable from then on."""
        return Keyring(self.current, {name: key for name, key in self._data.items() if name != key_id}, self._index)

    @property
    def key_ids(self) -> list[str]:
        """The ids of all data keys."""
        return sorted(self._data)

    @property
    def sealed_prefix(self) -> bytes:
        """How everything sealed with the current key starts."""
        return _prefix(self.current)

    def seal(self, plaintext: str | bytes, *, table: str, column: str, row: str) -> bytes:
        """Encrypt for one place: a value moved to another row, column or table does not open there."""
        content = plaintext.encode() if isinstance(plaintext, str) else plaintext
        key_id, nonce = self.current, os.urandom(NONCE_BYTES)
        sealed = self._ciphers[key_id].encrypt(nonce, content, _place(table, column, row))
        return _prefix(key_id) + nonce + sealed

    def open(self, blob: bytes, *, table: str, column: str, row: str) -> bytes:
        """Decrypt what was sealed for this place, or raise ``Unsealable``."""
        name = key_id_of(blob)
        cipher = self._ciphers.get(name) or self._read_again().get(name)
        if cipher is None:
            raise Unsealable(table, column, row, name, "that key is not in the keyring")
        start = 2 + len(name)
        nonce, sealed = blob[start : start + NONCE_BYTES], blob[start + NONCE_BYTES :]
        try:
            return cipher.decrypt(nonce, sealed, _place(table, column, row))
        except (InvalidTag, ValueError):
            raise Unsealable(table, column, row, name, "it was changed, or sealed for another place") from None

    def open_text(self, blob: bytes, *, table: str, column: str, row: str) -> str:
        """Decrypt text."""
        return self.open(blob, table=table, column=column, row=row).decode()

    def keyed_hash(self, purpose: str, value: str | bytes) -> bytes:
        """What a value is looked up by: equal values of one purpose have equal hashes, and only this keyring can tell.

        The caller brings equal values into one form first (``chassis.phones.e164``).
        """
        key = self._hash_keys.get(purpose) or self._hash_keys.setdefault(purpose, self._derive(purpose))
        return hmac.digest(key, value.encode() if isinstance(value, str) else value, "sha256")[:HASH_BYTES]

    def _read_again(self) -> dict[str, AESGCM]:
        """Take over what changed in the file this was loaded from; a file that is no keyring changes nothing."""
        with contextlib.suppress(OSError, BadKeyring):
            if self._source is not None and self._source.stat().st_mtime_ns != self._source_version:
                newer = Keyring.load(self._source)
                self._source_version = newer._source_version
                self._data, self._ciphers = newer._data, newer._ciphers
                self.current = newer.current
        return self._ciphers

    def _derive(self, purpose: str) -> bytes:
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"hub120 keyed hash " + purpose.encode()).derive(self._index)


def key_id_of(blob: bytes) -> str:
    """The id of the key a value was sealed with; empty where it is nothing sealed."""
    if len(blob) < 2 + NONCE_BYTES or blob[0] != FORMAT:
        return ""
    return blob[2 : 2 + blob[1]].decode("ascii", "replace")


def _prefix(key_id: str) -> bytes:
    return bytes((FORMAT, len(key_id))) + key_id.encode()


def _place(table: str, column: str, row: str) -> bytes:
    return f"{table}:{column}:{row}".encode()


def _new_id() -> str:
    return f"{date.today():%Y%m%d}-{secrets.token_hex(3)}"
