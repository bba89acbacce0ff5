"""Who a citizen is: addresses, the proof of a number, and which records are one person.

Two records become one person only through a number that both have proved: one by writing from it (the carrier vouches
for that), the other by telling the code that was sent to it. Unlinking takes a record out again, whole.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from hub120.intake.v1 import events_pb2

from chassis.connectors.queues import reply_queue
from chassis.database import Tx
from chassis.errors import NotFound, PreconditionFailed, ResourceExhausted
from chassis.ids import new_id
from chassis.statements import Row
from services.intake.domain.verification import CODE_LIFE_S, CODES_PER_HOUR, CodeRefused, judge_code
from services.intake.store import citizens
from services.intake.use_cases.casework import Reader, audit

_HOUR_S = 3600.0

_REFUSALS = {
    CodeRefused.WRONG: "the code is not the one that was sent; ask the citizen to read it again",
    CodeRefused.USED: "this code was used before; start a new verification if another number is meant",
    CodeRefused.EXPIRED: "the code is too old; start a new verification",
    CodeRefused.TRIED_TOO_OFTEN: "the code was tried too often; start a new verification",
}


@dataclass(frozen=True, slots=True)
class Person:
    """A citizen's record with its addresses (row, address, display name) and the ids of linked records."""

    citizen_id: str
    identities: Sequence[tuple[Row, str, str]]
    linked: Sequence[str]


def read_citizen(tx: Tx, citizen_id: str, reader: Reader) -> Person:
    """A citizen with all addresses and links."""
    _existing(tx, citizen_id)
    audit(tx, reader, citizen_id=citizen_id, case_id="")
    found = [
        (row, tx.opened("identity", row, "address"), tx.opened("identity", row, "display_name"))
        for row in citizens.identities(tx, citizen_id)
    ]
    return Person(citizen_id, found, citizens.linked(tx, citizen_id))


def start_verification(tx: Tx, citizen_id: str, number: str, channel: str, reader: Reader) -> tuple[str, float]:
    """Send a code to a number; returns the verification's id and until when the code is good."""
    _existing(tx, citizen_id)
    now = tx.now.timestamp()
    if citizens.recent_codes(tx, number, now - _HOUR_S) >= CODES_PER_HOUR:
        raise ResourceExhausted("three codes went to this number within the hour", retry_after_s=_HOUR_S)
    verification_id, code = new_id(tx.now), f"{secrets.randbelow(1_000_000):06d}"
    citizens.add_verification(tx, verification_id, citizen_id, number, code, now + CODE_LIFE_S)
    audit(tx, reader, citizen_id=citizen_id, case_id="")
    tx.ask(
        reply_queue(channel),
        events_pb2.SendVerificationCode(verification_id=verification_id),
        subject=citizen_id,
    )
    return verification_id, now + CODE_LIFE_S


def code_to_send(tx: Tx, verification_id: str) -> tuple[str, str] | None:
    """The number and code of a verification that is still open."""
    found = citizens.verification(tx, verification_id)
    if found is None:
        return None
    verification, number = found
    still_good = verification.confirmed_at is None and verification.expires_at > tx.now.timestamp()
    return (number, verification.code) if still_good else None


def try_code(tx: Tx, verification_id: str, code: str, actor: str) -> CodeRefused | str:
    """Judge the code the citizen told. The right one links the record to those that proved the same number and
    returns the citizen's id; a wrong one is counted, in a transaction that commits."""
    found = citizens.verification(tx, verification_id)
    if found is None:
        raise NotFound("verification", verification_id)
    verification, number = found
    refused = judge_code(verification, code, tx.now.timestamp())
    if refused:
        citizens.count_try(tx, verification_id)
        return refused
    citizens.confirm(tx, verification_id)
    citizens.add_proved_number(tx, new_id(tx.now), verification.citizen_id, number)
    link_by_number(tx, verification.citizen_id, number, actor)
    return verification.citizen_id


def refuse(refused: CodeRefused) -> PreconditionFailed:
    """A refusal with the words for the agent."""
    return PreconditionFailed(refused.value, _REFUSALS[refused])


def link_by_number(tx: Tx, citizen_id: str, number: str, actor: str) -> None:
    """Make one person of all records that proved a number, and of those linked to them before."""
    others = citizens.same_number(tx, citizen_id, number)
    if not others:
        return
    person_id = others[0].person_id
    apart = [citizen_id, *(other.id for other in others if other.person_id != person_id)]
    for member in dict.fromkeys(one for record in apart for one in (record, *citizens.linked(tx, record))):
        citizens.link(tx, new_id(tx.now), member, person_id, number, actor)


def unlink_citizen(tx: Tx, citizen_id: str, actor: str, reason: str, reader: Reader) -> Person:
    """Take a record out of its person. Done twice, the second time finds it alone."""
    _existing(tx, citizen_id)
    citizens.unlink(tx, citizen_id, actor, reason)
    citizens.hand_over_person(tx, citizen_id)
    return read_citizen(tx, citizen_id, reader)


def _existing(tx: Tx, citizen_id: str) -> None:
    if citizens.citizen(tx, citizen_id) is None:
        raise NotFound("citizen", citizen_id)
