"""The rules that a centre begins with, until it writes its own: ``eligibility_sample.json``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def sample() -> Sequence[Mapping[str, Any]]:
    """The documents of the rules, as somebody would write them."""
    kept = json.loads((files("services.referral") / "eligibility_sample.json").read_text("utf-8"))
    found: list[Mapping[str, Any]] = kept["rules"]
    return found
