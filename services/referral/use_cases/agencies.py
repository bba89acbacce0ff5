"""Agencies: supervisors say how each is reached, and how long it may be silent."""

from __future__ import annotations

from chassis.database import Tx
from chassis.errors import NotFound
from services.referral.domain.agencies import Agency
from services.referral.store import agencies, directory


def put_agency(tx: Tx, new: Agency) -> Agency:
    """Write how an agency is reached. What is under way keeps the road it has taken."""
    if directory.organization(tx, new.organization_id) is None:
        raise NotFound("organization", new.organization_id)
    agencies.put(tx, new)
    return get_agency(tx, new.organization_id)


def get_agency(tx: Tx, organization_id: str) -> Agency:
    """An agency."""
    found = agencies.named(tx, organization_id)
    if found is None:
        raise NotFound("agency", organization_id)
    return found


def remove_agency(tx: Tx, organization_id: str) -> None:
    """Nobody is referred to it any more."""
    if not agencies.remove(tx, organization_id):
        raise NotFound("agency", organization_id)
