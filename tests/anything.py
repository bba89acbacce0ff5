"""Whatever may come in a request's body, for property tests of ``parse``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy


def any_json(names: Sequence[str] = (), words: Sequence[str] = ()) -> SearchStrategy[Any]:
    """Any JSON value. ``names`` are the field names of the format, so that objects come close to real ones; ``words``
    are values that mean something in it."""
    keys = st.sampled_from(names) if names else st.text(max_size=8)
    leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    return st.recursive(
        leaves | st.sampled_from(words) if words else leaves,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5),
        max_leaves=25,
    )


def any_body(*values: SearchStrategy[Any]) -> SearchStrategy[bytes]:
    """The bytes of any of these values as JSON, or bytes that mean nothing."""
    return st.binary() | st.one_of(values).map(lambda value: json.dumps(value).encode())
