"""Receipts: what providers report on recipients of mailings, in any order and more than once."""

from __future__ import annotations

from chassis.database import Tx
from chassis.statements import Row
from services.outreach.domain.mailings import MailingState, Reason, RecipientState
from services.outreach.store import mailings, parts, recipients, reports


def take_report(tx: Tx, channel: str, recipient_id: str, provider_hash: bytes, state: RecipientState) -> bool:
    """Keep what a provider reports; False if it is about nobody who is known. One that comes before the sending is
    recorded waits for it. Only an allowed move changes anything."""
    row = recipients.by_id(tx, recipient_id) if recipient_id else None
    if row is None and provider_hash:
        row = recipients.by_provider(tx, provider_hash)
        if row is None:
            reports.keep(tx, channel, provider_hash, state.value)
    if row is None:
        return False
    _move(tx, row, channel, state)
    return True


def _move(tx: Tx, row: Row, channel: str, state: RecipientState) -> None:
    if state in {RecipientState.DELIVERED, RecipientState.READ}:
        recipients.report(tx, row.id, state, "")
        return
    mailing = mailings.hold(tx, row.mailing_id)
    if mailing is None or mailings.steps(mailing)[row.step].channel != channel:
        return  # another channel is being tried by now
    if state is RecipientState.SENT:
        recipients.report(tx, row.id, state, "")
    elif not _by_the_next(tx, mailing, row):
        recipients.report(tx, row.id, RecipientState.FAILED, Reason.NOT_DELIVERED.value)


def _by_the_next(tx: Tx, mailing: Row, row: Row) -> bool:
    """A channel that failed makes way for the next, if there is one and the mailing was not stopped and has not
    ended."""
    steps, follows = mailings.steps(mailing), row.step + 1
    over = mailing.ends_at is not None and mailing.ends_at <= tx.now.timestamp()
    if follows >= len(steps) or over or mailing.state == MailingState.STOPPED:
        return False
    part = parts.part_of(tx, mailing.id, row.step, row.number)
    if part is None or not recipients.next_channel(tx, row.id, row.step):
        return part is not None
    parts.add(tx, mailing, follows, steps[follows].channel, (part.first, part.last), 0.0)
    if mailing.state == MailingState.DONE:
        mailings.move(tx, mailing.id, MailingState.RUNNING)
    return True


def adopt_reports(tx: Tx) -> int:
    """Apply reports whose message was recorded after they came; how many."""
    found = reports.with_recipient(tx)
    for row in found:
        reports.drop(tx, row.id)
        take_report(tx, row.channel, row.recipient_id, b"", RecipientState(row.state))
    return len(found)
