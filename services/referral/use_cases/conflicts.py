"""Conflicts of interest: found by hashes of people, shown to most as a flag, cleared by a person of the legal desk.

Whoever calls this with a row holds it and writes it back with ``keep``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from chassis.database import Tx
from chassis.errors import PreconditionFailed
from chassis.phones import e164
from chassis.statements import Row
from services.referral.domain.conflicts import Flag, Match, Side, match
from services.referral.store import people, referrals, trail
from services.referral.store.people import NewPerson
from services.referral.use_cases.moving import keep, note
from services.referral.use_cases.reading import Reader, legal_one

_CLIENT = ""
"""No request of an agent has this id."""
_MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Found:
    """A referral on the other side, and who cleared that; no person is named."""

    other_id: str
    number: str
    citizen_is_opponent: bool
    match: Match
    cleared_by: str = ""
    cleared_at: float | None = None
    reason: str = field(default="", repr=False)


def found(tx: Tx, referral_id: str) -> list[Found]:
    """Every conflict of a referral. What was cleared before somebody was added does not count for them."""
    latest = {
        one.other_id if one.referral_id == referral_id else one.referral_id: one
        for one in people.cleared(tx, referral_id)
    }
    return [_found(tx, one, latest.get(one.other_id)) for one in people.opposed(tx, referral_id)]


def _found(tx: Tx, opposed: Row, cleared: Row | None) -> Found:
    same = match(name=bool(opposed.same_name), telephone=bool(opposed.same_telephone)) or Match.NAME
    told = Found(opposed.other_id, opposed.number, opposed.side == Side.CLIENT, same)
    if cleared is None or cleared.cleared_at < max(opposed.mine_at, opposed.other_at):
        return told
    return Found(
        told.other_id, told.number, told.citizen_is_opponent, same, cleared.cleared_by, cleared.cleared_at,
        people.reason(tx, cleared),
    )  # fmt: skip


def know_client(tx: Tx, row: Row, actor: str) -> Row:
    """The citizen of a legal referral can be found from the other side; the row as it is then, flagged if they were."""
    details = referrals.details(tx, row)
    name, telephone = details.get("name", ""), e164(details.get("telephone", "")) or ""
    if name or telephone:
        people.add(tx, row, NewPerson(Side.CLIENT, name, telephone, _CLIENT), actor)
    return judge(tx, row, actor)


def judge(tx: Tx, row: Row, actor: str) -> Row:
    """The row with its flag as it is to be."""
    conflicts = found(tx, row.id)
    settled = Flag.CLEARED if conflicts else Flag.NONE
    flag = settled if all(one.cleared_by for one in conflicts) else Flag.POSSIBLE
    if flag is Flag.POSSIBLE and row.conflict != Flag.POSSIBLE:
        row = note(tx, row, "conflict_found", actor)
    return row._replace(conflict=flag.value)


def stands(tx: Tx, row: Row) -> bool:
    """Whether nobody has cleared a conflict of a referral: looked up anew, for others may have been referred
    meanwhile."""
    return bool(row.law_field) and any(not one.cleared_by for one in found(tx, row.id))


def must_be_clear(tx: Tx, row: Row) -> None:
    """Nothing goes to an agency that may be on the other side. Raises ``PreconditionFailed`` with CONFLICT_OPEN."""
    if stands(tx, row):
        raise PreconditionFailed("CONFLICT_OPEN", f"the legal desk has not cleared a conflict of referral {row.id}")


def listed(tx: Tx, referral_id: str, reader: Reader) -> list[Found]:
    """Conflicts of a referral for the legal desk, those first that nobody cleared; who reads is on record, and the flag
    is as it is to be."""
    row = legal_one(tx, referral_id, lock=True)
    trail.audit(tx, reader.subject, reader.action, row.id, reader.purpose)
    keep(tx, judge(tx, row, reader.subject))
    return sorted(found(tx, referral_id), key=lambda one: bool(one.cleared_by))[:_MOST_LISTED]


def flagged(tx: Tx, after: tuple[float, str] | None, limit: int) -> list[Row]:
    """Open referrals that wait for the legal desk, newest first."""
    return list(referrals.listed(tx, {"conflict": Flag.POSSIBLE.value}, after, limit, open_only=True))


def clear(tx: Tx, referral_id: str, other_id: str, reason: str, actor: str) -> Row:
    """A person says why two referrals do not stand against each other; the first as it is then. Said twice, both
    reasons are kept. Entries do not name the other referral: whoever may watch reads them."""
    held = {one: legal_one(tx, one, lock=True) for one in sorted({referral_id, other_id})}
    row = held[referral_id]
    if other_id not in {one.other_id for one in found(tx, row.id)}:
        raise PreconditionFailed("NO_CONFLICT", f"referral {row.id} has no conflict with {other_id}")
    people.clear(tx, row.id, other_id, reason, actor)
    rows = {one: keep(tx, judge(tx, note(tx, held[one], "conflict_cleared", actor), actor)) for one in held}
    return rows[referral_id]


def carry_over(tx: Tx, row: Row, other: Row, actor: str) -> Row:
    """Opposing parties go along to the referral that takes another's place, and its agency is judged; that one as it is
    then."""
    for one in people.opponents(tx, row.id):
        new = NewPerson(Side.OPPONENT, people.name(tx, one), people.telephone(tx, one), one.id)
        people.add(tx, other, new, one.added_by)
    return judge(tx, other, actor)


def opponents(tx: Tx, row: Row) -> Sequence[tuple[Row, str, str]]:
    """Opposing parties of a referral, each with name and number."""
    return [(one, people.name(tx, one), people.telephone(tx, one)) for one in people.opponents(tx, row.id)]
