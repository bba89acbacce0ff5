"""People as agents keep them: written, read, what they agreed to and when that ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from chassis.database import Tx
from chassis.errors import Conflict, NotFound
from chassis.statements import Row
from services.outreach.domain.calling_times import Span
from services.outreach.domain.check_ins import Reason
from services.outreach.store import people, trail
from services.outreach.store.people import Details, NewPerson
from services.outreach.use_cases.planning import fit_windows, stop_calls


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads what names a person, by which call, and why."""

    subject: str
    action: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody with what names them."""

    row: Row
    name: str = field(repr=False)
    telephone: str = field(repr=False)
    details: Details = field(repr=False)


def put_person(tx: Tx, new: NewPerson, agent_id: str, centre: Span) -> Row:
    """Write somebody; what is planned for them goes into their new windows. Raises ``Conflict`` if another has the
    number, however it is spelt."""
    other = people.with_number(tx, new.telephone)
    if other is not None and other != new.id:
        raise Conflict(f"person {other} has this telephone number", reason_code="TELEPHONE_TAKEN")
    before = people.person(tx, new.id, lock=True)
    trail.audit(tx, agent_id, "PutPerson", new.id)
    row = people.put(tx, new)
    if before is not None and before.windows != row.windows:
        fit_windows(tx, row, agent_id, centre)
    return row


def found(tx: Tx, person_id: str, *, lock: bool = False) -> Row:
    """Somebody. Raises ``NotFound``."""
    row = people.person(tx, person_id, lock=lock)
    if row is None:
        raise NotFound("person", person_id)
    return row


def opened(tx: Tx, person_id: str, reader: Reader) -> Opened:
    """Somebody with what names them; who reads is on record."""
    row = found(tx, person_id)
    trail.audit(tx, reader.subject, reader.action, row.id, reader.purpose)
    return Opened(row, people.name(tx, row), people.telephone(tx, row), people.details(tx, row))


def listed(tx: Tx, after: str, bond: str, limit: int) -> Sequence[Row]:
    """People without what names them."""
    return people.listed(tx, after, bond, limit)


def record_consent(tx: Tx, person_id: str, how: str, wording: str, agent_id: str, request_id: str) -> Row:
    """Somebody agrees to be called. A repeated request records it once."""
    found(tx, person_id, lock=True)
    people.add_consent(tx, person_id, how, wording, agent_id, request_id)
    return found(tx, person_id)


def withdraw_consent(tx: Tx, person_id: str, agent_id: str) -> int:
    """Somebody does not want to be called any more: everything planned ends here. Done twice, the second time finds
    nothing."""
    found(tx, person_id, lock=True)
    people.end_consents(tx, person_id, agent_id)
    return stop_calls(tx, person_id, Reason.CONSENT_WITHDRAWN, agent_id)
