"""What citizens and agents call things, and what those who help call them: ``synonyms.csv``, read once.

Each line has what is said and what it means to those who help, separated by slashes; where the second is empty, the
words mean the same. Endings and spaces do not matter: ``집이 없`` is found in "집이 없어요".
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from services.referral.domain.search_query import Synonyms


@cache
def synonyms() -> Synonyms:
    """All of them."""
    lines = (files("services.referral") / "synonyms.csv").read_text("utf-8").splitlines()
    groups = [(said.split("/"), (meant or said).split("/")) for said, meant in csv.reader(lines[1:])]
    return Synonyms.of(groups)
