"""By which road an agency is reached, and how long it may be silent."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Final

from chassis.database import Tx
from chassis.phones import e164
from chassis.statements import Row
from services.referral.domain.agency_calls import EMERGENCY, voices
from services.referral.domain.dispatches import Errand
from services.referral.domain.ladders import Timers, timers
from services.referral.store import agencies, named

CONNECTOR: Final = "connector"
TELEPHONE: Final = "telephone"
_WRITTEN: Final = frozenset({"email", "sms"})
_NONE: Final = "none"
_SHORT: Final = re.compile(r"1\d{2,7}")


@dataclass(frozen=True, slots=True)
class Road:
    """``connector``, ``email``, ``sms`` or ``telephone``, where it leads, and whom to turn to when nobody answers."""

    kind: str
    connector: str = ""
    address: str = field(default="", repr=False)
    language: str = "ko"
    second: Road | None = None

    @property
    def written(self) -> bool:
        """By a message with a link."""
        return self.kind in _WRITTEN


def road(tx: Tx, organization_id: str) -> Road | None:
    """How an agency is reached; None if nobody has said so."""
    row = agencies.agency(tx, organization_id)
    if row is None or row.road == _NONE:
        return None
    second = None
    if row.second_road in _WRITTEN:
        second = Road(row.second_road, "", tx.opened("agency", row, "second_address"), row.language)
    connector = row.connector if row.road == CONNECTOR else ""
    return Road(row.road, connector, tx.opened("agency", row, "address"), row.language, second)


def toward(road: Road | None, errand: str) -> Road | None:
    """The road of an errand: a second contact is somebody else's, and a new link or a question about room goes wherever
    links go at all."""
    if road is None:
        return None
    if errand == Errand.SECOND_CONTACT or (errand in {Errand.LINK, Errand.CAPACITY} and not road.written):
        return road.second
    return road


def line(tx: Tx, row: Row) -> str:
    """The telephone of a referral's agency, as it is dialled: what supervisors wrote for the road TELEPHONE, else what
    the directory knows of the service, then of the organization, but no emergency number. Empty: nobody knows one."""
    own = road(tx, row.organization_id)
    known = [own.address] if own is not None and own.kind == TELEPHONE else []
    for kind, row_id in (("service", row.service_id), ("organization", row.organization_id)):
        known += map(dialled, voices(named.phones(tx, kind, row_id)))
    return next((number for number in known if number and number not in EMERGENCY), "")


def dialled(written: str) -> str:
    """A number of the directory as it is dialled: a short one such as 129 as it is, else E.164; empty: no number."""
    digits = written.replace("-", "").replace(" ", "")
    return digits if _SHORT.fullmatch(digits) else e164(written) or ""


def timers_of(tx: Tx, organization_id: str) -> Timers:
    """How long an agency may be silent; as usual where it has no times of its own."""
    row = agencies.agency(tx, organization_id)
    return timers(json.loads(row.timers) if row is not None and row.timers else {})
