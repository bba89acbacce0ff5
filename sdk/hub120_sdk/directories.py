"""Directories: the services that somebody outside lists, a page at a time, for the hub's own directory.

A service is an Open Referral HSDS 3.0 service in full form (its organization, phones, areas, documents and terms stand
in it), as JSON. Nothing in it is personal: it is what a ministry or a city publishes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Listed:
    """One service of a source."""

    key: str
    """What the source calls it; the same in every listing, and of no other service."""
    document: Mapping[str, object] = field(repr=False)
    """HSDS 3.0, as JSON would hold it. Ids that the source does not have may be left out: the hub makes them of the
    key."""


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page of a listing, and where the next one is."""

    services: tuple[Listed, ...]
    cursor: str = ""
    """What to ask the next page with, at most 4,096 characters; empty: this was the last."""
    total: int | None = None
    """How many services the whole listing has, as far as the source says."""
    complete: bool = False
    """On the last page: the pages held, or named as unchanged, every service that the source has. Whatever else the hub
    knows of it is gone. False where the listing moved while it was read."""
    unchanged: tuple[str, ...] = ()
    """Keys of services that the source still has and that did not change since ``modified_after``."""
