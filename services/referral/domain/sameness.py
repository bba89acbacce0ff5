"""Two services that are the same: which of them stands for both, and in what they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

_COMPARED = (
    "name",
    "organization",
    "status",
    "kind",
    "description",
    "url",
    "email",
    "eligibility_description",
    "application_process",
    "fees_description",
    "minimum_age",
    "maximum_age",
    "areas",
)


class Candidate(NamedTuple):
    """A service beside another that is the same; the lowest is believed."""

    rank: int
    source: str
    id: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which two services say different things."""

    field: str
    first: str
    second: str


def behind(pairs: Iterable[tuple[Candidate, Candidate]]) -> Mapping[str, str]:
    """For each service that is not the best of its kind the one that stands before it."""
    best: dict[str, Candidate] = {}
    for pair in pairs:
        better, worse = sorted(pair)
        best[worse.id] = min(better, best.get(worse.id, better))
    return {service_id: better.id for service_id, better in best.items()}


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[Difference, ...]:
    """What two documents say differently; what only one of them says counts too."""
    told = [(field, _text(one, field), _text(other, field)) for field in (*_COMPARED, "phones")]
    return tuple(Difference(*found) for found in told if _plain(found[1]) != _plain(found[2]))


def _text(document: Mapping[str, Any], field: str) -> str:
    value = document.get(field, "")
    if field == "phones":
        return ", ".join(sorted(str(phone.get("number", "")) for phone in value or ()))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _plain(text: str) -> str:
    return " ".join(text.split())
