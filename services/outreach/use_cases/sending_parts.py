"""Sending: parts of a mailing's list go to their channel's connector, and what became of each recipient is kept.

A recipient is ``sending`` while the connector is asked. If the hub dies in that moment nobody knows whether the
provider took it: one that recognises a repeat is asked again with the same id, for any other the recipient becomes
``unsure`` and a person decides. So everybody gets a mailing once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from hub120.outreach.v1 import events_pb2

from chassis.connectors.queues import bulk_queue
from chassis.database import Tx
from chassis.statements import Row
from services.outreach.domain.mailings import (
    MailingState,
    Reason,
    RecipientState,
    Step,
    Text,
    Texts,
    Urgency,
    address_of,
)
from services.outreach.domain.quiet_hours import EVERYWHERE, place_of, quiet_from, quiet_until
from services.outreach.domain.wording import filled
from services.outreach.store import contact_rules as rules
from services.outreach.store import mailings, parts, recipients
from services.outreach.store.recipients import Range, Result
from services.outreach.use_cases import contact_rules

UNDER_WAY, URGENT_UNDER_WAY = 4, 8
"""Parts that are with one connector or on their way to it: few, so that what is urgent need not wait behind many."""
FORGOTTEN_S = 300.0
"""A part that nobody has moved for so long is asked for again."""
CANCELLED = 5_000
"""Recipients that one transaction crosses out."""


@dataclass(frozen=True, slots=True)
class Message:
    """What one recipient is sent."""

    id: str
    person_hash: bytes
    address: str
    text: str
    template: str
    subject: str
    language: str
    variables: dict[str, str]
    tries: int
    """This one included."""


@dataclass(frozen=True, slots=True)
class Job:
    """A part that is being sent."""

    part_id: str
    mailing_id: str
    channel: str
    range: Range
    urgency: Urgency
    steps: tuple[Step, ...]
    texts: Texts

    @property
    def kind(self) -> str:
        """The kind of address."""
        return self.steps[self.range.step].kind

    @property
    def has_next(self) -> bool:
        """There is another channel after this one."""
        return self.range.step + 1 < len(self.steps)

    def onward(self, recipient_id: str, reason: Reason) -> Result:
        """This channel did not do: the next is tried, or it has failed."""
        if self.has_next:
            return Result(recipient_id, RecipientState.QUEUED, self.range.step + 1)
        return Result(recipient_id, RecipientState.FAILED, self.range.step, reason=reason.value)

    def again(self, recipient_id: str, tries: int, due_at: float) -> Result:
        """It surely did not leave, or sending it twice is harmless: this channel once more."""
        return Result(recipient_id, RecipientState.QUEUED, self.range.step, tries, due_at=due_at)

    def settled(
        self, recipient_id: str, state: RecipientState, reason: str = "", provider: bytes | None = None
    ) -> Result:
        """It ends here, for now."""
        return Result(recipient_id, state, self.range.step, reason=reason, provider_hash=provider)


@dataclass(slots=True)
class Turn:
    """What came of a slice of a part."""

    results: list[Result] = field(default_factory=list)
    opted_out: list[bytes] = field(default_factory=list)
    """Keyed hashes of people who want nothing more over the channel."""


def begin(tx: Tx, part_id: str, *, repeatable: bool) -> Job | None:
    """A part for the connector; None if there is nothing to be done now.

    A second delivery of the task finds the part ``sending`` by somebody who died: those who were being sent are sent
    again only where the provider recognises a repeat.
    """
    part = parts.hold(tx, part_id)
    if part is None or part.state not in {"queued", "sending"}:
        return None
    mailing = mailings.mailing(tx, part.mailing_id)
    if mailing is None:
        return None
    job = _job(tx, part, mailing)
    if part.state == "sending":
        recipients.give_back(tx, job.range, RecipientState.QUEUED if repeatable else RecipientState.UNSURE)
    if mailings.state(tx, mailing.id) != MailingState.RUNNING or _must_wait(tx, job):
        parts.move(tx, part_id, "waiting", part.due_at)
        return None
    parts.move(tx, part_id, "sending", part.due_at)
    return job


def _job(tx: Tx, part: Row, mailing: Row) -> Job:
    where = Range(part.mailing_id, part.step, part.first, part.last)
    urgency = Urgency(mailing.urgency)
    texts = mailings.texts(tx, part.mailing_id)
    return Job(part.id, part.mailing_id, part.channel, where, urgency, mailings.steps(mailing), texts)


def _must_wait(tx: Tx, job: Job) -> bool:
    """What may wait steps aside while life safety leaves by the same channel."""
    return job.urgency is Urgency.BULK and parts.under_way(tx, job.channel, urgent=True) > 0


def take_turn(tx: Tx, job: Job, turn: Turn, limit: int, *, repeatable: bool) -> list[Message]:
    """Keep what came of the last slice, and take the next; empty when there is none now."""
    if repeatable:
        tx.may_be_lost()
    record(tx, job, turn)
    if mailings.state(tx, job.mailing_id) != MailingState.RUNNING or _must_wait(tx, job):
        return []
    quiet, _ = quiet_now(tx, job.urgency)
    while rows := recipients.claim(tx, job.range, limit, quiet):
        messages = _messages(tx, job, rows)
        if messages:
            return messages
    return []


def record(tx: Tx, job: Job, turn: Turn) -> None:
    """Keep what came of a slice."""
    for person_hash in turn.opted_out:
        contact_rules.opted_out(tx, person_hash, job.channel)
    recipients.settle(tx, turn.results)
    parts.touch(tx, job.part_id)


def _messages(tx: Tx, job: Job, rows: Sequence[Row]) -> list[Message]:
    """What each is sent; those who want nothing, or whom this channel does not reach, are settled at once."""
    messages, settled = [], []
    step, found = job.steps[job.range.step], []
    for row in rows:
        addresses, variables = recipients.opened(tx, row)
        found.append((row, address_of(step, addresses), variables))
    known = _rules(tx, job, found)
    for row, address, variables in found:
        hashes = (bytes(row.person_hash), contact_rules.address_hash(tx, step.kind, address))
        refusal = contact_rules.refusal(
            (one for each in hashes for one in known.get(each, ())), job.channel, job.urgency
        )
        text = job.texts.of(job.channel, row.language)
        if refusal is not None:
            settled.append(job.settled(row.id, RecipientState.SKIPPED, refusal.value))
        elif not address or text is None:
            settled.append(job.onward(row.id, Reason.NO_ROAD))
        else:
            messages.append(_message(row, address, text, variables))
    recipients.settle(tx, settled)
    return messages


def _rules(tx: Tx, job: Job, found: Sequence[tuple[Row, str, dict[str, str]]]) -> dict[bytes, list[Row]]:
    if job.urgency is Urgency.LIFE_SAFETY:
        return {}
    hashes = [bytes(row.person_hash) for row, _, _ in found]
    hashes += [contact_rules.address_hash(tx, job.kind, address) for _, address, _ in found if address]
    return rules.of_many(tx, hashes)


def _message(row: Row, address: str, text: Text, variables: dict[str, str]) -> Message:
    words = filled(text.text, variables)
    return Message(
        row.id, bytes(row.person_hash), address, words, text.template, text.subject, text.language, variables, row.tries
    )


def may_go_on(tx: Tx, mailing_id: str) -> bool:
    """Whether anything more of a mailing may leave: asked by senders several times a second."""
    return mailings.state(tx, mailing_id) == MailingState.RUNNING


def closes_at(tx: Tx, job: Job) -> float | None:
    """When the next quiet hours begin anywhere, and so the slice at hand ends; None for what leaves at any hour."""
    if job.urgency is Urgency.LIFE_SAFETY:
        return None
    places = mailings.places(tx)
    begins = (quiet_from(one, tx.now) for one in (*places, place_of("", places)))
    return min((one.timestamp() for one in begins if one is not None and one > tx.now), default=None)


def finish(tx: Tx, job: Job, again_at: float) -> None:
    """Nothing more of a part is to be sent now: it is done, or waits until somebody in it is due, not before
    ``again_at``. Those who go by a later channel are a part of that one's."""
    now = tx.now.timestamp()
    mailing = mailings.hold(tx, job.mailing_id)
    if mailing is None:
        return
    quiet, quiet_ends = quiet_now(tx, job.urgency)
    waiting, due_at = recipients.left(tx, job.range, quiet)
    for row in recipients.next_steps(tx, job.range):
        bounds = (job.range.first, job.range.last)
        parts.add(tx, mailing, row.step, job.steps[row.step].channel, bounds, max(row.due_at, 0.0))
    if waiting:
        due_at = due_at if due_at is not None else _spread(mailing, job, quiet_ends or now)
        parts.move(tx, job.part_id, "waiting", max(due_at, again_at))
    else:
        parts.move(tx, job.part_id, "done", now, now + mailing.wait_s if mailing.wait_s > 0 else None)
    end_if_done(tx, mailing)
    dispatch(tx, job.channel)


def _spread(mailing: Row, job: Job, opens_at: float) -> float:
    """Who waited for the morning goes at the mailing's pace, not all at once."""
    return opens_at + (job.range.first - 1) / mailing.pace_per_s if mailing.pace_per_s > 0 else opens_at


def quiet_now(tx: Tx, urgency: Urgency) -> tuple[list[str], float | None]:
    """The places where nothing of this urgency may leave now, and when that ends in the first of them."""
    if urgency is Urgency.LIFE_SAFETY:
        return [], None
    places = mailings.places(tx)
    known = {EVERYWHERE.district: EVERYWHERE} | {one.district: one for one in places}
    ends = {district: quiet_until(one, tx.now) for district, one in known.items()}
    quiet = {district: end.timestamp() for district, end in ends.items() if end is not None}
    return list(quiet), min(quiet.values(), default=None)


def end_if_done(tx: Tx, mailing: Row) -> None:
    """A running mailing of which nothing is left is done."""
    if mailing.state == MailingState.RUNNING and not parts.any_open(tx, mailing.id):
        mailings.move(tx, mailing.id, MailingState.DONE)


def dispatch(tx: Tx, channel: str) -> None:
    """Hand the channel's connector the parts that are due, a few at a time; while life safety leaves nothing else
    does."""
    urgent = parts.under_way(tx, channel, urgent=True)
    _ask(tx, parts.due(tx, channel, max(0, URGENT_UNDER_WAY - urgent), urgent=True))
    if not parts.under_way(tx, channel, urgent=True):
        others = parts.under_way(tx, channel, urgent=False)
        _ask(tx, parts.due(tx, channel, max(0, UNDER_WAY - others), urgent=False))


def _ask(tx: Tx, due: Iterable[Row]) -> None:
    for part in due:
        parts.move(tx, part.id, "queued", part.due_at)
        _task(tx, part.id, part.channel, part.mailing_id)


def _task(tx: Tx, part_id: str, channel: str, mailing_id: str) -> None:
    tx.ask(bulk_queue(channel), events_pb2.SendPart(part_id=part_id, channel=channel), subject=mailing_id)


def dispatch_due(tx: Tx, runs: Callable[[str], bool]) -> None:
    """Hand on what is due on any channel whose connector runs (``runs`` says); ask again for what was forgotten."""
    for channel in parts.due_channels(tx):
        if runs(channel):
            dispatch(tx, channel)
    for row in parts.forgotten(tx, tx.now.timestamp() - FORGOTTEN_S):
        _task(tx, row.id, row.channel, row.mailing_id)


def look_after(tx: Tx) -> int:
    """Those whose delivery was not confirmed in time go by the next channel; how many parts were looked at. Mailings of
    which nothing is left, because it left before they were held or because nobody is on the list, are done."""
    for mailing_id in parts.finished(tx):
        mailing = mailings.hold(tx, mailing_id)
        if mailing is not None:
            end_if_done(tx, mailing)
    found = parts.to_look_at(tx)
    for part in found:
        mailing = mailings.hold(tx, part.mailing_id)
        if mailing is None or mailing.state not in {MailingState.RUNNING, MailingState.PAUSED}:
            continue
        steps, where = mailings.steps(mailing), Range(part.mailing_id, part.step, part.first, part.last)
        if part.step + 1 < len(steps) and recipients.overdue(tx, where):
            parts.add(tx, mailing, part.step + 1, steps[part.step + 1].channel, (part.first, part.last), 0.0)
    for mailing_id in sorted({part.mailing_id for part in found}):  # when all of its parts were looked at
        mailing = mailings.hold(tx, mailing_id)
        if mailing is not None:
            end_if_done(tx, mailing)
    return len(found)


def cross_out(tx: Tx) -> bool:
    """Some of what stopped mailings had not sent is crossed out; True if there may be more. A sender brings back what
    it had not sent: its part stays open until then."""
    for mailing_id in parts.of_stopped(tx):
        mailings.hold(tx, mailing_id)  # so that no sender finishes between the two
        if recipients.cancel(tx, mailing_id, CANCELLED) == CANCELLED:
            return True
        parts.end_all(tx, mailing_id)
    return False
