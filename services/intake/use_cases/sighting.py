"""Sightings: a contact that quotes the code of somebody who is looked for is put before others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from hub120.intake.v1 import events_pb2

from chassis.database import Tx
from services.intake.domain.contacts import NewContact
from services.intake.domain.priorities import PriorityClass
from services.intake.store import sightings
from services.intake.store.contacts import Placed

_CODE = re.compile(r"(?<![0-9])[0-9]{5}(?![0-9])")
_MOST_CODES = 10
"""Of one contact that are looked up: nobody quotes more."""


def watch_for(tx: Tx, notice_id: str, code: str, until: float) -> None:
    """Contacts that quote this code are sightings until then."""
    sightings.put(tx, notice_id, code, until)


def forget_notice(tx: Tx, notice_id: str) -> None:
    """Nobody is looked for by this notice any more."""
    sightings.remove(tx, notice_id)


def look(tx: Tx, new: NewContact) -> tuple[NewContact, Sequence[str]]:
    """The contact, at least of the class safety if it quotes a code, and whose: the notices. Most have no five digits,
    and for those nothing is looked up."""
    codes = list(dict.fromkeys(_CODE.findall(new.text)))[:_MOST_CODES]
    found = sightings.sought(tx, codes) if codes else ()
    if not found:
        return new, ()
    priority = min(new.judged.priority, PriorityClass.SAFETY)
    return replace(new, judged=replace(new.judged, priority=priority)), found


def tell(tx: Tx, placed: Placed, notice_ids: Sequence[str]) -> None:
    """Outreach hears in which case somebody was seen."""
    for notice_id in notice_ids:
        told = events_pb2.SightingReceived(
            notice_id=notice_id, case_id=placed.case_id, contact_id=placed.contact_id, receive_time=tx.now
        )
        tx.emit(told, subject=notice_id)
