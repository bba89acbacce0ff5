"""Requests that no provider should send and that will come all the same: the same ones in every run."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl, urlencode

HOPELESS = (
    b"",
    b"{",
    b"null",
    b"true",
    b"[]",
    b"[[]]",
    b"{}",
    b'"text"',
    b"1e999",
    b"-" + b"9" * 5_000,
    b"[" * 100_000,
    b'{"a":' * 5_000,
    b"\xff\xfe\x00\x00",
    b"\x00" * 100,
    b"a=1&" * 5_000,
    b"%FF=%FF&%00=%00",
    b"<xml/>",
    "안녕하세요".encode("utf-16"),
    "안녕하세요".encode("euc-kr"),
)
_STRANGE: tuple[object, ...] = (
    None,
    True,
    0,
    -1,
    10**30,
    1e308,
    "",
    "\x00",
    "\ud800",
    "가" * 3_000,
    [],
    [None],
    {},
    {"": {}},
)
_MUTATIONS = 40


def bodies(good: bytes, seed: int = 120) -> Iterator[bytes]:
    """Garbage, then ``good`` with one thing wrong in each."""
    yield from HOPELESS
    try:
        value = json.loads(good)
    except ValueError:
        yield from _forms(good)
    else:
        for one in _mutants(value):
            yield json.dumps(one).encode()
    yield from _flipped(good, random.Random(seed))  # noqa: S311 (the same garbage in every run)


def queries(good: str) -> Iterator[str]:
    """The address with one thing wrong in its query; nothing if it has none."""
    address, _, query = good.partition("?")
    return (f"{address}?{strange.decode()}" for strange in (_forms(query.encode()) if query else ()))


def _mutants(value: object) -> Iterator[object]:
    """``value`` with each part in turn missing, or something strange."""
    yield from _STRANGE
    if isinstance(value, Mapping):
        for key in value:
            rest = {name: one for name, one in value.items() if name != key}
            yield rest
            yield from ({**rest, key: one} for one in _mutants(value[key]))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from ([*value[:index], one, *value[index + 1 :]] for one in _mutants(inner))


def _forms(good: bytes) -> Iterator[bytes]:
    fields = parse_qsl(good.decode("utf-8", "replace"), keep_blank_values=True)
    for index, (name, value) in enumerate(fields):
        before, after = fields[:index], fields[index + 1 :]
        yield urlencode(before + after).encode()
        yield urlencode([*fields, (name, "other")]).encode()
        for strange in ("", "\x00", "-1", "99999999999", "가" * 3_000, value + "x"):
            yield urlencode([*before, (name, strange), *after]).encode()


def _flipped(good: bytes, chance: random.Random) -> Iterator[bytes]:
    for _ in range(_MUTATIONS):
        body = bytearray(good or b"x")
        for _ in range(chance.randint(1, 8)):
            body[chance.randrange(len(body))] = chance.randrange(256)
        yield bytes(body[: chance.randint(1, len(body))])
