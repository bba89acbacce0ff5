"""Merging: in a surge what many report of one place, on one topic, within a while, is one piece of work.

Nothing urgent is ever merged, and no call: whoever speaks is heard.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from enum import StrEnum

from services.routing.domain.work import NewWork, PriorityClass

MERGED_CLASSES = frozenset({PriorityClass.NORMAL, PriorityClass.BULK})
"""What may be merged; what is more urgent waits by itself."""


class MergeState(StrEnum):
    """Where a merged case stands."""

    MERGED = "merged"
    RESTORED = "restored"
    SETTLED = "settled"
    DROPPED = "dropped"


MERGE_MOVES: Mapping[MergeState, frozenset[MergeState]] = {
    MergeState.MERGED: frozenset({MergeState.RESTORED, MergeState.SETTLED, MergeState.DROPPED}),
    MergeState.RESTORED: frozenset(),
    MergeState.SETTLED: frozenset(),
    MergeState.DROPPED: frozenset(),
}


def may_be_merged(work: NewWork) -> bool:
    """Whether work may be taken together with other work: it begins a case, in writing, on a known topic, and is not
    urgent."""
    return work.opens_case and work.medium == "text" and bool(work.topic) and work.priority_class in MERGED_CLASSES


def stored(work: NewWork) -> str:
    """Work as it is kept while it is merged."""
    return json.dumps(asdict(work), separators=(",", ":"))


def loaded(column: str) -> NewWork:
    """What ``stored`` stored."""
    told = json.loads(column)
    return NewWork(**{**told, "skills": tuple(told["skills"]), "priority_class": PriorityClass(told["priority_class"])})
