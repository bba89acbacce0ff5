"""The coverage that a centre begins with: the languages of ``gyeonggi.json``, and the one that a setting adds."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files

from google.protobuf.json_format import ParseDict
from hub120.translation.v1.interpreting_pb2 import CoverageRule

from services.translation.domain.coverage import Rule, in_order
from services.translation.protos import read_rule


@lru_cache(maxsize=8)
def sample(extra_language: str) -> tuple[Rule, ...]:
    """The rules in the order in which they are asked."""
    kept = json.loads((files("services.translation") / "gyeonggi.json").read_text("utf-8"))
    written = [ParseDict(one, CoverageRule()) for one in kept["rules"]]
    for rule in written:
        if rule.id in kept["and_extra"] and extra_language not in rule.languages:
            rule.languages.append(extra_language)
    return tuple(in_order(map(read_rule, written)))
