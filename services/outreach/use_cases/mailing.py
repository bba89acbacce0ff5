"""Mailings from the first word to the last recipient: written, filled, approved, started, held, ended.

Whoever writes a mailing (a campaign, a notice) calls these; how its parts leave is in ``sending_parts``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from chassis.database import Database, Tx
from chassis.errors import InvalidArgument, NotFound, PreconditionFailed
from chassis.ids import new_id
from chassis.statements import Row
from services.outreach.domain.mailings import (
    KINDS_OF_ADDRESS,
    MAILING_MOVES,
    OPEN,
    VOICE,
    Added,
    MailingState,
    NewMailing,
    Reason,
    Recipient,
    RecipientState,
    Step,
    Urgency,
    address_of,
    needs_approval,
    part_bounds,
    part_size,
    person,
)
from services.outreach.domain.quiet_hours import Place, place_of
from services.outreach.store import contact_rules as rules
from services.outreach.store import mailings as store
from services.outreach.store import parts, recipients
from services.outreach.store.recipients import NewRow
from services.outreach.use_cases import calling_recipients, contact_rules

CHUNK = 2_000
"""Recipients that one transaction adds."""
_OVER = frozenset({MailingState.DONE, MailingState.STOPPED})


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads what is personal, by which method, and for what."""

    subject: str
    action: str
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Unreached:
    """Somebody whom no channel reached, with the number to call."""

    row: Row
    phone: str


def open_mailing(tx: Tx, new: NewMailing) -> Row:
    """Write a mailing; nobody is on its list yet. Written twice, the second finds the first. Raises
    ``InvalidArgument`` without a text in Korean, or with steps that lead nowhere."""
    if not new.steps or any(step.kind not in KINDS_OF_ADDRESS for step in new.steps):
        raise InvalidArgument([("steps", f"name a connector and one of {', '.join(KINDS_OF_ADDRESS)}, each")])
    if any(step.channel == VOICE and (step.kind != "phone" or step is not new.steps[-1]) for step in new.steps):
        raise InvalidArgument(
            [("steps", f"name {VOICE} last, and by phone: who is called was reached by nothing else")]
        )
    if not any(text.language == "ko" for text in new.texts):
        raise InvalidArgument([("texts", "have none in Korean, which everybody gets for whose language there is none")])
    added = store.add(tx, new)
    if added is not None:
        store.audit(tx, new.created_by, "OpenMailing", new.id)
    return added or of(tx, new.id)


def of(tx: Tx, mailing_id: str) -> Row:
    """A mailing. Raises ``NotFound``."""
    row = store.mailing(tx, mailing_id)
    if row is None:
        raise NotFound("mailing", mailing_id)
    return row


def add_recipients(tx: Tx, mailing_id: str, chunk: Sequence[Recipient]) -> Added:
    """Put some on the list. A person is on it once, however their number was written; one who does not want it stays on
    it, crossed out. Raises ``PreconditionFailed`` with MAILING_CLOSED for a list that is complete."""
    row = _held(tx, mailing_id)
    if row.state not in OPEN:
        raise PreconditionFailed("MAILING_CLOSED", f"the list of mailing {mailing_id} is complete")
    known = [(one, contact_rules.same_form(one.addresses)) for one in chunk]
    usable = [(one, addresses) for one, addresses in known if addresses]
    new = _rows(tx, row, usable)
    added = recipients.add(tx, mailing_id, new)
    refused = sum(one.state == RecipientState.SKIPPED for one in new)
    twice = len(new) - added
    store.grown(tx, mailing_id, added=added, numbered=len(new), duplicates=twice)
    return Added(added, twice, refused + len(chunk) - len(usable))


def _rows(tx: Tx, mailing: Row, usable: Sequence[tuple[Recipient, dict[str, str]]]) -> list[NewRow]:
    """Recipients as they are written, numbered on from the list's last."""
    places, starts, steps = store.places(tx), store.starts(mailing), store.steps(mailing)
    urgency = Urgency(mailing.urgency)
    hashes = [_hashes(tx, addresses) for _, addresses in usable]
    found = rules.of_many(tx, [one for several in hashes for one in several]) if urgency is Urgency.BULK else {}
    rows = []
    for number, ((one, addresses), known) in enumerate(zip(usable, hashes, strict=True), mailing.last_number + 1):
        refusal = contact_rules.refusal((row for each in known for row in found.get(each, ())), "", urgency)
        if refusal is None and not any(address_of(step, addresses) for step in steps):
            refusal = Reason.NO_ROAD
        variant = known[0][0] % len(starts) if starts else 0
        rows.append(_row(tx, one, addresses, number, known[0], refusal, (variant, starts), places))
    return rows


def _row(
    tx: Tx, one: Recipient, addresses: Mapping[str, str], number: int, person_hash: bytes, refusal: Reason | None,
    start: tuple[int, Sequence[float]], places: tuple[Place, ...],
) -> NewRow:  # fmt: skip
    recipient_id, (variant, starts) = new_id(tx.now), start
    return NewRow(
        id=recipient_id,
        number=number,
        person_hash=person_hash,
        details=recipients.sealed(tx, recipient_id, addresses, one.variables),
        language=one.language,
        district=one.district,
        place=place_of(one.district, places).district,
        variant=variant,
        state=(RecipientState.SKIPPED if refusal else RecipientState.QUEUED).value,
        reason=refusal.value if refusal else "",
        due_at=starts[variant] if starts else 0.0,
    )


def _hashes(tx: Tx, addresses: Mapping[str, str]) -> list[bytes]:
    """Of the person first, then of each address: rules may be about any."""
    whole = person(addresses)
    found = [tx.keys.keyed_hash("outreach_address", whole)]
    if len(addresses) > 1:
        found += [contact_rules.address_hash(tx, kind, address) for kind, address in addresses.items()]
    return found


def expand(database: Database, mailing_id: str, everybody: Iterable[Recipient], size: int = CHUNK) -> Added:
    """Fill the list from whoever tells it, a chunk at a time, and close it. Memory holds one chunk."""
    left, total = iter(everybody), Added(0, 0, 0)
    while chunk := list(islice(left, size)):
        some = database.run(add_recipients, mailing_id, chunk)
        total = Added(total.added + some.added, total.duplicates + some.duplicates, total.refused + some.refused)
    database.run(close_list, mailing_id)
    return total


def close_list(tx: Tx, mailing_id: str) -> Row:
    """The list is complete: it is cut into parts. Closed twice is closed once."""
    row = _held(tx, mailing_id)
    if row.state not in OPEN:
        return row
    channel = store.steps(row)[0].channel
    for bounds in part_bounds(1, row.last_number, part_size(row.pace_per_s)):
        parts.add(tx, row, 0, channel, bounds, 0.0)
    if row.state == MailingState.DRAFT:
        store.move(tx, mailing_id, MailingState.EXPANDING)
    return store.move(tx, mailing_id, MailingState.READY)


def approve(tx: Tx, mailing_id: str, who: str) -> Row:
    """Somebody other than its writer approves it. Approved twice, the first stays. Raises ``PreconditionFailed``."""
    row = _held(tx, mailing_id)
    if row.approved_by:
        return row
    if row.created_by == who:
        raise PreconditionFailed("OWN_MAILING", f"mailing {mailing_id} is approved by somebody who did not write it")
    if row.state != MailingState.READY:
        raise PreconditionFailed(
            "MAILING_NOT_READY", f"mailing {mailing_id} is {row.state}; only ready ones are approved"
        )
    store.audit(tx, who, "ApproveMailing", mailing_id)
    return store.approve(tx, mailing_id, who) or of(tx, mailing_id)


def start(tx: Tx, mailing_id: str, who: str) -> Row:
    """Let it leave, or go on. Started twice is started once. Raises ``PreconditionFailed``."""
    row = _held(tx, mailing_id)
    if row.state == MailingState.RUNNING:
        return row
    if row.state in _OVER:
        raise PreconditionFailed("MAILING_OVER", f"mailing {mailing_id} is {row.state}")
    if row.state in OPEN:
        raise PreconditionFailed("MAILING_NOT_READY", f"the list of mailing {mailing_id} is not complete")
    if needs_approval(row.total, row.needs_approval_above) and not row.approved_by:
        raise PreconditionFailed("NOT_APPROVED", f"mailing {mailing_id} goes to {row.total} and nobody has approved it")
    store.audit(tx, who, "StartMailing", mailing_id)
    if row.state == MailingState.READY and row.pace_per_s > 0:
        parts.spread(tx, mailing_id, tx.now.timestamp(), row.pace_per_s)
    return store.move(tx, mailing_id, MailingState.RUNNING)


def pause(tx: Tx, mailing_id: str, who: str) -> Row:
    """Hold it: senders look before each message. Held twice is held once. Raises ``PreconditionFailed``."""
    row = _held(tx, mailing_id)
    if row.state == MailingState.PAUSED:
        return row
    if row.state != MailingState.RUNNING:
        raise PreconditionFailed("MAILING_NOT_RUNNING", f"mailing {mailing_id} is {row.state}")
    store.audit(tx, who, "PauseMailing", mailing_id)
    return _without_calls(tx, store.move(tx, mailing_id, MailingState.PAUSED))


def stop(tx: Tx, mailing_id: str, who: str) -> Row:
    """End it for good; what has not left is crossed out behind the doors. Stopped twice is stopped once. Raises
    ``PreconditionFailed``."""
    row = _held(tx, mailing_id)
    if row.state == MailingState.STOPPED:
        return row
    if MailingState.STOPPED not in MAILING_MOVES[MailingState(row.state)]:
        raise PreconditionFailed("MAILING_OVER", f"mailing {mailing_id} is {row.state}")
    close_list(tx, mailing_id)
    store.audit(tx, who, "StopMailing", mailing_id)
    return _without_calls(tx, store.move(tx, mailing_id, MailingState.STOPPED))


def _without_calls(tx: Tx, row: Row) -> Row:
    calling_recipients.take_back(tx, row.id)
    return row


def call_unreached(tx: Tx, mailing_id: str, who: str, parallel_calls: int, call_attempts: int) -> tuple[Row, int]:
    """Have those called whom nothing reached, and how many they are; from now on whoever is left is called too. Done
    twice, the second time finds those who failed since. Raises ``PreconditionFailed``."""
    row = _held(tx, mailing_id)
    if row.state == MailingState.STOPPED:
        raise PreconditionFailed("MAILING_OVER", f"mailing {mailing_id} is {row.state}")
    if row.state not in {MailingState.RUNNING, MailingState.PAUSED, MailingState.DONE}:
        raise PreconditionFailed("MAILING_NOT_RUNNING", f"mailing {mailing_id} is {row.state}: nobody is unreached yet")
    steps = store.steps(row)
    if steps[-1].channel != VOICE:
        steps = (*steps, Step(VOICE, "phone"))
    over = row.state == MailingState.DONE and row.wait_s > 0
    store.audit(tx, who, "CallUnreached", mailing_id)
    row = store.call(tx, mailing_id, steps, parallel_calls, call_attempts)
    found = recipients.call(tx, mailing_id, len(steps) - 1, unconfirmed=over)
    if found:
        for bounds in part_bounds(1, row.last_number, part_size(row.pace_per_s)):
            parts.add(tx, row, len(steps) - 1, VOICE, bounds, tx.now.timestamp())
        if row.state == MailingState.DONE:
            row = store.move(tx, mailing_id, MailingState.RUNNING)
    return row, found


def resolve_unsure(tx: Tx, mailing_id: str, who: str, *, send_again: bool) -> int:
    """A person decides about those of whom nobody knows whether they got it; how many they are. Raises
    ``PreconditionFailed`` (MAILING_OVER) for sending again what was stopped."""
    row = _held(tx, mailing_id)
    if send_again and row.state == MailingState.STOPPED:
        raise PreconditionFailed("MAILING_OVER", f"mailing {mailing_id} is {row.state}: nothing more of it is sent")
    state, reason = (RecipientState.QUEUED, "") if send_again else (RecipientState.FAILED, Reason.GIVEN_UP.value)
    found = recipients.resolve(tx, mailing_id, state, reason)
    store.audit(tx, who, "ResolveUnsure", mailing_id)
    if send_again and found:
        parts.reopen(tx, mailing_id)
        if row.state == MailingState.DONE:
            store.move(tx, mailing_id, MailingState.RUNNING)
    return len(found)


def counts(tx: Tx, mailing_id: str) -> tuple[Row, Mapping[int, Counter[str]], Counter[str]]:
    """A mailing, how many stand where by starting time drawn, and why some did not get it."""
    row, found = of(tx, mailing_id), recipients.counts(tx, mailing_id)
    by_variant: dict[int, Counter[str]] = {}
    reasons: Counter[str] = Counter()
    for one in found:
        by_variant.setdefault(one.variant, Counter())[one.state] += one.recipients
        if one.reason:
            reasons[one.reason] += one.recipients
    return row, by_variant, reasons


def unreached(tx: Tx, mailing_id: str, after: int, limit: int, reader: Reader) -> list[Unreached]:
    """A page of those whom no channel reached, in the order of the list: those to be called."""
    mailing = of(tx, mailing_id)
    over = mailing.state in _OVER and mailing.wait_s > 0
    rows = recipients.unreached(tx, mailing_id, after, limit, unconfirmed=over)
    store.audit(tx, reader.subject, reader.action, mailing_id, reader.purpose)
    return [Unreached(row, recipients.opened(tx, row)[0].get("phone", "")) for row in rows]


def everybody_unreached(database: Database, mailing_id: str, reader: Reader) -> Iterator[Unreached]:
    """All of them, a chunk at a time."""
    after = 0
    while page := database.run(unreached, mailing_id, after, CHUNK, reader):
        yield from page
        after = page[-1].row.number


def _held(tx: Tx, mailing_id: str) -> Row:
    row = store.hold(tx, mailing_id)
    if row is None:
        raise NotFound("mailing", mailing_id)
    return row
