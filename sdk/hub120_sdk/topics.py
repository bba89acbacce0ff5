"""What citizens' matters are about: one table of topics with stable ids, and their names in Korean and English.

The Korean names are the categories under which Korean contact centres publish their questions and answers.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic; its id never changes."""

    id: str
    ko: str
    en: str


@cache
def topics() -> Mapping[str, Topic]:
    """Every topic by its id, as ``topics.csv`` beside this file lists them."""
    table = files("hub120_sdk").joinpath("topics.csv").read_text(encoding="utf-8")
    return MappingProxyType({row["id"]: Topic(**row) for row in csv.DictReader(table.splitlines())})
